/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-clock.h"
#include "core/mado-date.h"

#define S G_TIME_SPAN_SECOND

static void
test_frozen (void)
{
  gint64 before = g_get_real_time ();

  g_assert_cmpint (mado_clock_now (), >=, before);
  mado_clock_freeze (1000 * S);
  g_assert_cmpint (mado_clock_now (), ==, 1000 * S);
  mado_clock_advance (5 * S);
  g_assert_cmpint (mado_clock_now (), ==, 1005 * S);
  mado_clock_thaw ();
  g_assert_cmpint (mado_clock_now (), >=, before);
}

static void
test_format (void)
{
  static const struct { gint64 us; const char *time, *date; } cases[] = {
    { 0, "1970-01-01T00:00:00.000Z", "1970-01-01" },
    { -1, "1969-12-31T23:59:59.999Z", "1970-01-01" },
    { 1795138920123456, "2026-11-20T01:42:00.123Z", "2026-11-20" },
    { 1795186799999999, "2026-11-20T14:59:59.999Z", "2026-11-20" },   /* a moment before midnight in Japan */
    { 1795186800000000, "2026-11-20T15:00:00.000Z", "2026-11-21" },
    { G_MAXINT64 / 2, "9999-12-31T23:59:59.999Z", "9999-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *time = mado_clock_format_time (cases[i].us);
    g_autofree char *date = mado_clock_format_date (cases[i].us);

    g_assert_cmpstr (time, ==, cases[i].time);
    g_assert_cmpstr (date, ==, cases[i].date);
  }
}

static void
test_parse (void)
{
  static const char *const bad[] = {
    "", "2026-11-20", "2026-11-20T01:42:00", "2026-11-20 01:42:00Z", "2026-11-20T24:00:00Z", "2026-02-29T00:00:00Z",
    "2026-11-20T01:60:00Z", "2026-11-20T01:42:61Z", "2026-11-20T01:42:00.Z", "2026-11-20T01:42:00Zx",
    "2026-11-20T01:42:00+9:00", "2026-11-20T01:42:00+24:00", "20261120T014200Z", "２０２６-11-20T01:42:00Z",
  };

  g_assert_cmpint (mado_clock_parse_time ("2026-11-20T01:42:00Z"), ==, 1795138920 * S);
  g_assert_cmpint (mado_clock_parse_time ("2026-11-20t10:42:00.25+09:00"), ==, 1795138920 * S + 250000);
  g_assert_cmpint (mado_clock_parse_time ("2026-11-19T20:42:00.123456789-05:00"), ==, 1795138920 * S + 123456);
  g_assert_cmpint (mado_clock_parse_time ("2016-12-31T23:59:60Z"), ==, 1483228800 * S);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (mado_clock_parse_time (bad[i]), ==, -1);
  g_assert_cmpint (mado_clock_parse_time (NULL), ==, -1);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 10000; i++) {
    gint64 ms = (gint64) g_test_rand_int () * (1 << 14) + g_test_rand_int_range (0, 1 << 14);
    g_autofree char *text = mado_clock_format_time (ms * 1000);

    g_assert_cmpint (mado_clock_parse_time (text), ==, ms * 1000);
  }
}

/* Every day of ten thousand years, against GLib's own calendar. */
static void
test_every_day (void)
{
  GDate date;
  int days = mado_date_parse ("0001-01-01");

  g_assert_cmpint (mado_date_parse ("1970-01-01"), ==, 0);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1);
  for (; days <= mado_date_parse ("9999-12-31"); days++, g_date_add_days (&date, 1)) {
    int year, month, day;

    mado_date_to_ymd (days, &year, &month, &day);
    if (g_date_get_year (&date) != year || (int) g_date_get_month (&date) != month || g_date_get_day (&date) != day
        || mado_date_from_ymd (year, month, day) != days || mado_date_weekday (days) != g_date_get_weekday (&date))
      g_error ("Day %d", days);
  }
}

static void
test_invalid_dates (void)
{
  static const char *const bad[] = {
    "", "2026-1-1", "2026-13-01", "2026-00-01", "2026-04-31", "2025-02-29", "1900-02-29", "0000-01-01", "2026-11-20 ",
    "2026/11/20", "-026-11-20", "2026-11-2x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mado_date_is_valid (bad[i]));
  g_assert_false (mado_date_is_valid (NULL));
  g_assert_true (mado_date_is_valid ("2000-02-29"));
  g_assert_cmpint (mado_date_from_ymd (2026, 11, -1), ==, MADO_DATE_NONE);
}

static int
age (const char *born, const char *on)
{
  return mado_date_age (mado_date_parse (born), mado_date_parse (on));
}

static int
legal_age (const char *born, const char *on)
{
  return mado_date_legal_age (mado_date_parse (born), mado_date_parse (on));
}

static void
test_age (void)
{
  g_assert_cmpint (age ("2000-05-05", "2026-05-04"), ==, 25);
  g_assert_cmpint (age ("2000-05-05", "2026-05-05"), ==, 26);
  g_assert_cmpint (age ("2000-02-29", "2001-02-28"), ==, 0);
  g_assert_cmpint (age ("2000-02-29", "2001-03-01"), ==, 1);
  g_assert_cmpint (age ("2026-05-05", "2026-05-05"), ==, 0);
  g_assert_cmpint (age ("2026-05-05", "2026-05-04"), ==, -1);
  g_assert_cmpint (legal_age ("2000-05-05", "2026-05-03"), ==, 25);
  g_assert_cmpint (legal_age ("2000-05-05", "2026-05-04"), ==, 26);
  g_assert_cmpint (legal_age ("2026-05-05", "2026-05-04"), ==, -1);
}

static void
test_years (void)
{
  g_autofree char *clamped = mado_date_format (mado_date_add_months (mado_date_parse ("2026-10-31"), 4));
  g_autofree char *back = mado_date_format (mado_date_add_months (mado_date_parse ("2026-01-15"), -13));

  g_assert_cmpstr (clamped, ==, "2027-02-28");
  g_assert_cmpstr (back, ==, "2024-12-15");
  g_assert_cmpint (mado_date_add_months (mado_date_parse ("9999-12-31"), 1), ==, MADO_DATE_NONE);
  g_assert_cmpint (mado_date_fiscal_year (mado_date_parse ("2027-03-31")), ==, 2026);
  g_assert_cmpint (mado_date_fiscal_year (mado_date_parse ("2027-04-01")), ==, 2027);
  /* Born on 1 April: with those born in March. */
  g_assert_cmpint (mado_date_school_entry (mado_date_parse ("2020-04-01")), ==, 2026);
  g_assert_cmpint (mado_date_school_entry (mado_date_parse ("2020-04-02")), ==, 2027);
  g_assert_cmpint (mado_date_school_grade (mado_date_parse ("2020-04-01"), mado_date_parse ("2026-04-01")), ==, 1);
  g_assert_cmpint (mado_date_school_grade (mado_date_parse ("2011-04-02"), mado_date_parse ("2027-03-31")), ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/clock/frozen", test_frozen);
  g_test_add_func ("/core/clock/format", test_format);
  g_test_add_func ("/core/clock/parse", test_parse);
  g_test_add_func ("/core/clock/round-trip", test_round_trip);
  g_test_add_func ("/core/date/every-day", test_every_day);
  g_test_add_func ("/core/date/invalid", test_invalid_dates);
  g_test_add_func ("/core/date/age", test_age);
  g_test_add_func ("/core/date/years", test_years);

  return g_test_run ();
}
