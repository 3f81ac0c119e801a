/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-era.h"

#include <glib/gi18n-lib.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#define MAX_ERAS 16
#define DAY_MS   86400000.0

static MadoEra eras[MAX_ERAS];   /* the latest first */
static guint   n_eras;

static int
get_field (UCalendar *calendar, int days, UCalendarDateFields field)
{
  UErrorCode status = U_ZERO_ERROR;

  ucal_setMillis (calendar, days * DAY_MS, &status);

  return ucal_get (calendar, field, &status);
}

/* The last day of the era in which @first lies; eras only follow one another, so that halving finds it. */
static int
find_last_day (UCalendar *calendar, int first, int last)
{
  int era = get_field (calendar, first, UCAL_ERA);

  while (first < last) {
    int middle = first + (last - first + 1) / 2;

    if (get_field (calendar, middle, UCAL_ERA) == era)
      first = middle;
    else
      last = middle - 1;
  }

  return first;
}

static void
format_name (const char *locale, const UChar *pattern, int days, char *out, int size)
{
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, u"UTC", -1, pattern, -1, &status);
  UChar text[32];

  udat_format (format, days * DAY_MS, text, G_N_ELEMENTS (text), NULL, &status);
  u_strToUTF8 (out, size, NULL, text, -1, &status);
  udat_close (format);
  if (U_FAILURE (status))
    g_error ("ICU does not know the eras: %s", u_errorName (status));
}

static MadoEra
read_era (UCalendar *calendar, int first)
{
  MadoEra era = { .first = first };
  char letter[4];
  int year, month, day;

  mado_date_to_ymd (first, &year, &month, &day);
  era.last = find_last_day (calendar, first, mado_date_from_ymd (9999, 12, 31));
  era.base = year - get_field (calendar, first, UCAL_YEAR);
  format_name ("ja_JP@calendar=japanese", u"GGGG", first, era.name, sizeof era.name);
  format_name ("en_US@calendar=japanese", u"GGGG", first, era.latin, sizeof era.latin);
  format_name ("en_US@calendar=japanese", u"GGGGG", first, letter, sizeof letter);
  era.letter = letter[0];

  return era;
}

static guint
load_eras (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *calendar = ucal_open (u"UTC", -1, "ja_JP@calendar=japanese", UCAL_TRADITIONAL, &status);
  MadoEra found[MAX_ERAS];
  guint n = 0;

  if (U_FAILURE (status))
    g_error ("ICU has no Japanese calendar: %s", u_errorName (status));
  for (int first = mado_date_parse (MADO_ERA_FIRST_DATE);
       n < MAX_ERAS && first <= mado_date_from_ymd (9999, 12, 31);
       first = found[n++].last + 1)
    found[n] = read_era (calendar, first);
  ucal_close (calendar);
  for (guint i = 0; i < n; i++)
    eras[i] = found[n - 1 - i];

  return n;
}

/**
 * mado_era_list:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): the eras since 1873, the latest first
 */
const MadoEra *
mado_era_list (guint *n)
{
  static gsize loaded;

  if (g_once_init_enter (&loaded)) {
    n_eras = load_eras ();
    g_once_init_leave (&loaded, 1);
  }
  *n = n_eras;

  return eras;
}

/**
 * mado_era_of:
 * @year: (out) (optional): the year of the era, 1 for 元年
 *
 * Returns: (transfer none) (nullable): the era in which that day lies
 */
const MadoEra *
mado_era_of (int days, int *year)
{
  guint n;
  const MadoEra *list = mado_era_list (&n);

  for (guint i = 0; i < n; i++) {
    if (days < list[i].first || days > list[i].last)
      continue;
    if (year != NULL) {
      int western, month, day;

      mado_date_to_ymd (days, &western, &month, &day);
      *year = western - list[i].base;
    }
    return &list[i];
  }

  return NULL;
}

static char *
format_kanji (const MadoEra *era, int year, int western, int month, int day, gboolean both)
{
  g_autofree char *number = year == 1 ? g_strdup ("元") : g_strdup_printf ("%d", year);

  if (both)
    return g_strdup_printf ("%s%s年（%d年）%d月%d日", era->name, number, western, month, day);

  return g_strdup_printf ("%s%s年%d月%d日", era->name, number, month, day);
}

static const char *const english_months[] = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December"
};

/**
 * mado_era_format:
 *
 * Returns: (transfer full): the date in that style
 */
char *
mado_era_format (int days, MadoEraStyle style)
{
  int year, western, month, day;
  const MadoEra *era = mado_era_of (days, &year);

  mado_date_to_ymd (days, &western, &month, &day);
  switch (style) {
  case MADO_ERA_KANJI:
  case MADO_ERA_BOTH:
    return era != NULL ? format_kanji (era, year, western, month, day, style == MADO_ERA_BOTH)
                       : g_strdup_printf ("%d年%d月%d日", western, month, day);
  case MADO_ERA_LETTER:
    return era != NULL ? g_strdup_printf ("%c%d.%d.%d", era->letter, year, month, day) : mado_date_format (days);
  case MADO_ERA_ENGLISH:
  default:
    return era != NULL ? g_strdup_printf ("%s %d, %d (%s %d)", english_months[month - 1], day, western, era->latin,
                                          year)
                       : g_strdup_printf ("%s %d, %d", english_months[month - 1], day, western);
  }
}

static int
refuse_day (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "no-such-day",
                     _("There is no such day in the calendar; please look at the month and the day again"));

  return MADO_DATE_NONE;
}

static int
refuse_before_1873 (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "before-1873",
                     _("Dates before January 1, 1873 (明治6年1月1日) follow another calendar; please ask at the "
                       "counter"));

  return MADO_DATE_NONE;
}

/**
 * mado_era_western_to_date:
 *
 * Returns: the day, or %MADO_DATE_NONE
 */
int
mado_era_western_to_date (int year, int month, int day, GError **error)
{
  int days = mado_date_from_ymd (year, month, day);

  if (days == MADO_DATE_NONE)
    return refuse_day (error);

  return days >= mado_date_parse (MADO_ERA_FIRST_DATE) ? days : refuse_before_1873 (error);
}

/**
 * mado_era_to_date:
 *
 * Returns: the day, or %MADO_DATE_NONE
 */
int
mado_era_to_date (const MadoEra *era, int year, int month, int day, GError **error)
{
  int days = year >= 1 && year < 9999 ? mado_era_western_to_date (era->base + year, month, day, error)
                                      : refuse_day (error);
  g_autofree char *right = NULL;

  if (days == MADO_DATE_NONE || (days >= era->first && days <= era->last))
    return days;

  right = mado_era_format (days, MADO_ERA_KANJI);
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "era",
                     days > era->last ? _("%s had ended by that day, which is written %s")
                                      : _("%s had not begun on that day, which is written %s"), era->name, right);

  return MADO_DATE_NONE;
}
