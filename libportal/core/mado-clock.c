/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-clock.h"

#include "core/mado-date.h"

#define RUNNING      G_MININT64
#define DAY_US       (24 * G_TIME_SPAN_HOUR)
#define JAPAN_US     (9 * G_TIME_SPAN_HOUR)
#define FIRST_US     (G_GINT64_CONSTANT (-719162) * DAY_US)                   /* 0001-01-01 */
#define LAST_US      (G_GINT64_CONSTANT (2932897) * DAY_US - 1)               /* 9999-12-31 */

static gint64 frozen_at = RUNNING;

/**
 * mado_clock_now:
 *
 * Returns: microseconds since 1970, UTC, or the instant a test has set
 */
gint64
mado_clock_now (void)
{
  gint64 frozen = __atomic_load_n (&frozen_at, __ATOMIC_RELAXED);

  return frozen == RUNNING ? g_get_real_time () : frozen;
}

/**
 * mado_clock_freeze:
 * @now_us: the instant at which time stands still from now on, for tests
 */
void
mado_clock_freeze (gint64 now_us)
{
  __atomic_store_n (&frozen_at, now_us, __ATOMIC_RELAXED);
}

/**
 * mado_clock_advance:
 * @us: how far to move the frozen instant; it freezes a running clock
 *
 * For tests.
 */
void
mado_clock_advance (gint64 us)
{
  mado_clock_freeze (mado_clock_now () + us);
}

/**
 * mado_clock_thaw:
 *
 * Lets time run again.
 */
void
mado_clock_thaw (void)
{
  mado_clock_freeze (RUNNING);
}

/* Rounds down also before 1970. */
static int
split_days (gint64 time_us, gint64 *rest_us)
{
  gint64 days = time_us / DAY_US;

  if (time_us % DAY_US < 0)
    days--;
  *rest_us = time_us - days * DAY_US;

  return (int) days;
}

/**
 * mado_clock_format_date:
 * @time_us: microseconds since 1970, UTC
 *
 * Returns: (transfer full): the date in Japan, "2026-11-20"
 */
char *
mado_clock_format_date (gint64 time_us)
{
  gint64 rest;

  return mado_date_format (split_days (CLAMP (time_us + JAPAN_US, FIRST_US, LAST_US), &rest));
}

static void
put_two (char *out, gint64 value)
{
  out[0] = (char) ('0' + value / 10 % 10);
  out[1] = (char) ('0' + value % 10);
}

/**
 * mado_clock_fill_time:
 * @time_us: microseconds since 1970, UTC
 * @out: (out caller-allocates) (array fixed-size=25): RFC 3339 with milliseconds, as JavaScript has them
 *
 * As mado_clock_format_time(), without allocating.
 */
void
mado_clock_fill_time (gint64 time_us, char out[25])
{
  gint64 us;
  int days = split_days (CLAMP (time_us, FIRST_US, LAST_US), &us);
  gint64 ms = us / 1000;

  mado_date_fill (days, out);
  out[10] = 'T';
  put_two (out + 11, ms / 3600000);
  out[13] = ':';
  put_two (out + 14, ms / 60000 % 60);
  out[16] = ':';
  put_two (out + 17, ms / 1000 % 60);
  out[19] = '.';
  out[20] = (char) ('0' + ms / 100 % 10);
  put_two (out + 21, ms % 100);
  out[23] = 'Z';
  out[24] = '\0';
}

/**
 * mado_clock_format_time:
 * @time_us: microseconds since 1970, UTC
 *
 * Returns: (transfer full): RFC 3339, "2026-11-20T01:42:00.000Z"
 */
char *
mado_clock_format_time (gint64 time_us)
{
  char text[25];

  mado_clock_fill_time (time_us, text);

  return g_strdup (text);
}

static int
read_two (const char *text, int max)
{
  int value;

  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;
  value = (text[0] - '0') * 10 + (text[1] - '0');

  return value <= max ? value : -1;
}

/* ".25" and the like, to the microsecond; further digits are dropped. */
static gint64
read_fraction (const char **text)
{
  gint64 us = 0, scale = 100000;
  const char *p = *text;

  if (*p != '.')
    return 0;
  if (!g_ascii_isdigit (p[1]))
    return -1;
  for (p++; g_ascii_isdigit (*p); p++) {
    us += (*p - '0') * scale;
    scale /= 10;
  }
  *text = p;

  return us;
}

/* "Z" or "+09:00", in minutes; FALSE if it is neither or something follows. */
static gboolean
read_offset (const char *text, int *minutes)
{
  int hour, minute;

  *minutes = 0;
  if (g_ascii_toupper (*text) == 'Z')
    return text[1] == '\0';
  if ((*text != '+' && *text != '-') || strlen (text) != 6 || text[3] != ':')
    return FALSE;

  hour = read_two (text + 1, 23);
  minute = read_two (text + 4, 59);
  if (hour < 0 || minute < 0)
    return FALSE;
  *minutes = (hour * 60 + minute) * (*text == '-' ? -1 : 1);

  return TRUE;
}

/**
 * mado_clock_parse_time:
 * @text: (nullable): RFC 3339, in any zone
 *
 * Returns: microseconds since 1970, UTC, or -1 if @text is none
 */
gint64
mado_clock_parse_time (const char *text)
{
  char date[11];
  int days, hour, minute, second, offset;
  gint64 fraction;

  if (text == NULL || strnlen (text, 20) < 20 || g_ascii_toupper (text[10]) != 'T' || text[13] != ':'
      || text[16] != ':')
    return -1;

  memcpy (date, text, 10);
  date[10] = '\0';
  days = mado_date_parse (date);
  hour = read_two (text + 11, 23);
  minute = read_two (text + 14, 59);
  second = read_two (text + 17, 60);    /* a leap second counts as the next one, as on a POSIX clock */
  if (days == MADO_DATE_NONE || hour < 0 || minute < 0 || second < 0)
    return -1;

  text += 19;
  fraction = read_fraction (&text);
  if (fraction < 0 || !read_offset (text, &offset))
    return -1;

  return days * DAY_US + (hour * 60 + minute - offset) * G_TIME_SPAN_MINUTE + second * G_TIME_SPAN_SECOND
         + fraction;
}
