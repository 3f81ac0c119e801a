/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-date-entry.h"

static const MadoEra *
era (char letter)
{
  guint n;
  const MadoEra *list = mado_era_list (&n);

  for (guint i = 0; i < n; i++)
    if (list[i].letter == letter)
      return &list[i];
  g_assert_not_reached ();
}

static void
type (MadoDateEntry *entry, const char *digits)
{
  for (; *digits != '\0'; digits++)
    g_assert_true (mado_date_entry_type (entry, *digits));
}

static void
assert_date (const MadoDateEntry *entry, const char *expected)
{
  g_autoptr(GError) error = NULL;
  int days = mado_date_entry_read (entry, &error);
  g_autofree char *date = NULL;

  g_assert_no_error (error);
  date = mado_date_format (days);
  g_assert_cmpstr (date, ==, expected);
}

static void
test_digits (void)
{
  const struct { char letter; const char *digits, *date; } cases[] = {
    { 'S', "6249", "1987-04-09" },
    { 'R', "81110", "2026-11-10" }, { 'T', "2315", "1913-03-15" },
    { 'S', "621109", "1987-11-09" }, { 'R', "081120", "2026-11-20" },
    { 'H', "310430", "2019-04-30" }, { 'R', "0151", "2019-05-01" }, { 'M', "450729", "1912-07-29" },
    { 0, "19870409", "1987-04-09" }, { 0, "200412", "2004-01-02" }, { 0, "20241231", "2024-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MadoDateEntry entry;

    mado_date_entry_init (&entry, cases[i].letter != 0 ? era (cases[i].letter) : NULL);
    if (i == 9) {   /* 1 may become 10: the next part is chosen by hand */
      type (&entry, "20041");
      g_assert_cmpint (entry.part, ==, MADO_DATE_MONTH);
      entry.part = MADO_DATE_DAY;
      type (&entry, "2");
    } else
      type (&entry, cases[i].digits);
    assert_date (&entry, cases[i].date);
  }
}

static void
test_first_year (void)
{
  MadoDateEntry entry;

  mado_date_entry_init (&entry, era ('R'));
  g_assert_true (mado_date_entry_first (&entry));
  type (&entry, "51");
  assert_date (&entry, "2019-05-01");
  mado_date_entry_init (&entry, NULL);
  g_assert_false (mado_date_entry_first (&entry));
}

/* What cannot be a date is refused in words that say what is wrong. */
static void
test_refused (void)
{
  const struct { char letter; const char *digits; } cases[] = {
    { 'R', "081131" }, { 'S', "640108" }, { 'H', "010107" }, { 'R', "" }, { 'R', "8" }, { 0, "20250229" },
    { 'R', "081300" }, { 'R', "000101" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GError) error = NULL;
    MadoDateEntry entry;

    mado_date_entry_init (&entry, cases[i].letter != 0 ? era (cases[i].letter) : NULL);
    for (const char *c = cases[i].digits; *c != '\0'; c++)
      mado_date_entry_type (&entry, *c);
    g_assert_cmpint (mado_date_entry_read (&entry, &error), ==, MADO_DATE_NONE);
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
}

static void
test_systems (void)
{
  MadoDateEntry entry;

  mado_date_entry_init (&entry, era ('S'));
  type (&entry, "6249");
  mado_date_entry_set_era (&entry, NULL);
  g_assert_cmpstr (entry.digits[MADO_DATE_YEAR], ==, "1987");
  assert_date (&entry, "1987-04-09");
  mado_date_entry_set_era (&entry, era ('R'));
  g_assert_cmpint (entry.era->letter, ==, 'S');   /* the day decides */
  assert_date (&entry, "1987-04-09");
  mado_date_entry_set_era (&entry, era ('H'));    /* a slip of the era keeps what was typed */
  g_assert_cmpstr (entry.digits[MADO_DATE_YEAR], ==, "62");
}

static void
test_erase (void)
{
  MadoDateEntry entry;

  mado_date_entry_init (&entry, era ('S'));
  type (&entry, "624");
  g_assert_cmpint (entry.part, ==, MADO_DATE_DAY);
  g_assert_true (mado_date_entry_erase (&entry));
  g_assert_cmpint (entry.part, ==, MADO_DATE_MONTH);
  g_assert_true (mado_date_entry_erase (&entry));
  g_assert_cmpstr (entry.digits[MADO_DATE_YEAR], ==, "6");
  g_assert_true (mado_date_entry_erase (&entry));
  g_assert_false (mado_date_entry_erase (&entry));
  g_assert_true (mado_date_entry_is_empty (&entry));
  type (&entry, "6249");
  g_assert_true (mado_date_entry_type (&entry, '1'));    /* 9, then 91: the reading says there is no such day */
  g_assert_false (mado_date_entry_type (&entry, '1'));
  g_assert_false (mado_date_entry_type (&entry, 'x'));
  mado_date_entry_clear (&entry);
  g_assert_true (mado_date_entry_is_empty (&entry));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-entry/digits", test_digits);
  g_test_add_func ("/date-entry/first-year", test_first_year);
  g_test_add_func ("/date-entry/refused", test_refused);
  g_test_add_func ("/date-entry/systems", test_systems);
  g_test_add_func ("/date-entry/erase", test_erase);
  return g_test_run ();
}
