/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-date.h"

#include "core/mado-clock.h"

#define DAYS_PER_ERA 146097      /* 400 Gregorian years */
#define EPOCH_SHIFT  719468      /* from 0000-03-01, where leap days come last, to 1970-01-01 */
#define DAY_US       (24 * G_TIME_SPAN_HOUR)
#define JAPAN_US     (9 * G_TIME_SPAN_HOUR)

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap);
}

/**
 * mado_date_from_ymd:
 * @year: from 1 to 9999
 * @month: from 1
 * @day: from 1
 *
 * Returns: the day number, or %MADO_DATE_NONE if there is no such day
 */
int
mado_date_from_ymd (int year, int month, int day)
{
  int era, year_of_era, day_of_year;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return MADO_DATE_NONE;

  year -= month <= 2;
  era = year / 400;
  year_of_era = year % 400;
  day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

  return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH_SHIFT;
}

/**
 * mado_date_to_ymd:
 * @days: a day number
 * @year: (out): its year
 * @month: (out): its month, from 1
 * @day: (out): its day, from 1
 */
void
mado_date_to_ymd (int days, int *year, int *month, int *day)
{
  int shifted = days + EPOCH_SHIFT;
  int era = (shifted >= 0 ? shifted : shifted - DAYS_PER_ERA + 1) / DAYS_PER_ERA;
  int day_of_era = shifted - era * DAYS_PER_ERA;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted_month = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  *month = (shifted_month + 2) % 12 + 1;
  *year = year_of_era + era * 400 + (*month <= 2);
}

static int
digits (const char *text, guint n)
{
  int value = 0;

  for (guint i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }

  return value;
}

/**
 * mado_date_parse:
 * @iso: (nullable): "2026-11-20"
 *
 * Returns: its day number, or %MADO_DATE_NONE
 */
int
mado_date_parse (const char *iso)
{
  if (iso == NULL || strlen (iso) != 10 || iso[4] != '-' || iso[7] != '-')
    return MADO_DATE_NONE;

  return mado_date_from_ymd (digits (iso, 4), digits (iso + 5, 2), digits (iso + 8, 2));
}

/**
 * mado_date_is_valid:
 * @iso: (nullable): "2026-11-20"
 *
 * Returns: whether that is a day of the years 1 to 9999
 */
gboolean
mado_date_is_valid (const char *iso)
{
  return mado_date_parse (iso) != MADO_DATE_NONE;
}

static void
put_digits (char *out, guint n, int value)
{
  while (n-- > 0) {
    out[n] = (char) ('0' + value % 10);
    value /= 10;
  }
}

/**
 * mado_date_fill:
 * @days: a day number
 * @out: (out caller-allocates) (array fixed-size=11): "2026-11-20"
 */
void
mado_date_fill (int days, char out[11])
{
  int year, month, day;

  mado_date_to_ymd (days, &year, &month, &day);
  put_digits (out, 4, year);
  out[4] = '-';
  put_digits (out + 5, 2, month);
  out[7] = '-';
  put_digits (out + 8, 2, day);
  out[10] = '\0';
}

/**
 * mado_date_format:
 * @days: a day number
 *
 * Returns: (transfer full): "2026-11-20"
 */
char *
mado_date_format (int days)
{
  char text[11];

  mado_date_fill (days, text);

  return g_strdup (text);
}

/**
 * mado_date_today:
 *
 * Returns: the present day in Japan, by mado_clock_now()
 */
int
mado_date_today (void)
{
  return (int) ((mado_clock_now () + JAPAN_US) / DAY_US);
}

/**
 * mado_date_add_months:
 * @days: a day number
 * @months: how many, back if negative
 *
 * Returns: the same day of that month, or its last; %MADO_DATE_NONE outside the years 1 to 9999
 */
int
mado_date_add_months (int days, int months)
{
  int year, month, day, count;

  mado_date_to_ymd (days, &year, &month, &day);
  count = year * 12 + month - 1 + months;
  year = count / 12;
  month = count % 12 + 1;
  if (year < 1 || year > 9999)
    return MADO_DATE_NONE;

  return mado_date_from_ymd (year, month, MIN (day, days_in_month (year, month)));
}

/**
 * mado_date_weekday:
 * @days: a day number
 *
 * Returns: 1 for Monday to 7 for Sunday (ISO 8601)
 */
guint
mado_date_weekday (int days)
{
  return (guint) (((days + 3) % 7 + 7) % 7) + 1;   /* 1970-01-01 was a Thursday */
}

/**
 * mado_date_age:
 * @born: day of birth
 * @on: the day in question
 *
 * Returns: full years by the birthday; -1 before birth
 */
int
mado_date_age (int born, int on)
{
  int born_year, born_month, born_day, year, month, day;

  if (on < born)
    return -1;

  mado_date_to_ymd (born, &born_year, &born_month, &born_day);
  mado_date_to_ymd (on, &year, &month, &day);

  return year - born_year - (month < born_month || (month == born_month && day < born_day));
}

/**
 * mado_date_legal_age:
 * @born: day of birth
 * @on: the day in question
 *
 * By 年齢計算ニ関する法律: a year is full at the end of the day before the birthday.
 *
 * Returns: full years by law; -1 before birth
 */
int
mado_date_legal_age (int born, int on)
{
  return on < born ? -1 : mado_date_age (born, on + 1);
}

/**
 * mado_date_fiscal_year:
 * @days: a day number
 *
 * Returns: the year in whose April the fiscal year began
 */
int
mado_date_fiscal_year (int days)
{
  int year, month, day;

  mado_date_to_ymd (days, &year, &month, &day);

  return month >= 4 ? year : year - 1;
}

/**
 * mado_date_school_entry:
 * @born: day of birth
 *
 * Returns: the fiscal year of the first year at primary school (学校教育法17条)
 */
int
mado_date_school_entry (int born)
{
  return mado_date_fiscal_year (born - 1) + 7;
}

/**
 * mado_date_school_grade:
 * @born: day of birth
 * @on: the day in question
 *
 * Returns: 1 to 6 at primary, 7 to 9 at junior high school; less before, more after
 */
int
mado_date_school_grade (int born, int on)
{
  return mado_date_fiscal_year (on) - mado_date_school_entry (born) + 1;
}
