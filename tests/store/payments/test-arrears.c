/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "payments/mado-arrears.h"

/* Worked by hand from the cities' published formula: days × rate / 365 for each span, whole yen, then 100 yen. */
static const struct {
  gint64 owed;
  const char *due, *on;
  gint64 yen;
} worked[] = {
  { 100000, "2026-01-31", "2026-01-31", 0 },
  { 1999, "2024-01-31", "2026-01-31", 0 },
  { 100000, "2026-01-31", "2026-02-28", 0 },             /* 28 days at 2.8 %: 214, below 1,000 */
  { 1000000, "2026-01-31", "2026-02-28", 2100 },         /* 2,147 */
  { 1000000, "2026-01-31", "2026-03-31", 9800 },         /* 2,147 + 31 days at 9.1 %: 7,728 */
  { 1000999, "2026-01-31", "2026-03-31", 9800 },         /* the 999 do not count */
  { 1000000, "2025-11-30", "2026-01-31", 9900 }, /* 30 days 2.4 %: 1,972; 1 day 8.7 %: 238; 31 days 9.1 %: 7,728 */
};

static void
test_worked (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (worked); i++) {
    g_autoptr(GError) error = NULL;
    gint64 yen;

    g_assert_true (mado_surcharge_reckon (money_treasury (), worked[i].owed, worked[i].due, worked[i].on, &yen,
                                          &error));
    if (yen / 100 != worked[i].yen / 100)
      g_error ("%u: %" G_GINT64_FORMAT, i, yen);
  }
}

/* No rate is guessed for a year the books do not have. */
static void
test_no_rate (void)
{
  g_autoptr(GError) past = NULL, future = NULL, day = NULL;
  gint64 yen;

  g_assert_false (mado_surcharge_reckon (money_treasury (), 100000, "2019-12-31", "2026-01-31", &yen, &past));
  g_assert_error (past, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_false (mado_surcharge_reckon (money_treasury (), 100000, "2026-12-31", "2027-01-31", &yen, &future));
  g_assert_error (future, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_false (mado_surcharge_reckon (money_treasury (), 100000, "soon", "2027-01-31", &yen, &day));
  g_assert_error (day, MADO_ERROR, MADO_ERROR_INVALID);
}

static void
test_plans (void)
{
  for (gint64 owed = 2000; owed < 300000; owed += 1777)
    for (guint n = 2; n <= MADO_INSTALMENTS_MAX; n++) {
      g_autoptr(GArray) plan = mado_instalments_plan (owed, n, "2026-12-31", NULL);
      gint64 sum = 0;

      g_assert_true ((plan != NULL) == (owed / n >= 1000));
      for (guint i = 0; plan && i < n; i++) {
        const MadoInstalment *instalment = &g_array_index (plan, MadoInstalment, i);

        g_assert_true (i == 0 || instalment->yen % 1000 == 0);
        g_assert_cmpint (instalment->yen, >, 0);
        sum += instalment->yen;
      }
      g_assert_cmpint (sum, ==, plan ? owed : 0);
    }
}

static void
assert_no_plan (guint n, const char *first_due, const char *pointer)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_instalments_plan (10000, n, first_due, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, pointer);
}

/* By the members of the body. */
static void
test_mistakes (void)
{
  assert_no_plan (1, "2026-12-31", "/n");
  assert_no_plan (11, "2026-12-31", "/n");
  assert_no_plan (2, "soon", "/firstDue");
}

static MadoCharge *
raise_overdue (MadoTestStore *test, int yen)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, "office", "hongo", "payer", MONEY_RESIDENT,
                                               "due-date", "2026-01-31", NULL);
  g_autoptr(GError) error = NULL;
  MadoCharge *raised = NULL;

  charge->words = json_from_string ("{\"ja\":\"固定資産税\",\"en\":\"Property tax\"}", NULL);
  charge->lines = money_lines ("taxes.property", yen, NULL);
  mado_act_run (test->store, mado_charge_raise (test->store, &money_clerk, charge, &error), (gpointer *) &raised,
                &error);
  g_assert_no_error (error);
  return raised;
}

static MadoCharge *
surcharge (MadoTestStore *test, const MadoCharge *charge, GError **error)
{
  MadoCharge *raised = NULL;

  mado_act_run (test->store, mado_charge_surcharge (test->store, &money_clerk, money_treasury (), charge->number,
                                                    "2026-03-31", error), (gpointer *) &raised, error);
  return raised;
}

static void
assert_words (const MadoCharge *charge, const char *language, const char *words)
{
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (charge->words), language), ==, words);
}

static void
test_surcharge (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL, twice = NULL, small = NULL;
  g_autoptr(MadoCharge) large = NULL, little = NULL, raised = NULL;

  mado_clock_freeze (mado_clock_parse_time ("2026-04-01T01:00:00Z"));
  large = raise_overdue (test, 1000000);
  little = raise_overdue (test, 1000);
  raised = surcharge (test, large, &error);
  g_assert_no_error (error);
  g_assert_cmpint (raised->amount, ==, 9800);
  assert_words (raised, "ja", "固定資産税 延滞金");
  assert_words (raised, "en", "Property tax, late payment surcharge");
  g_assert_null (surcharge (test, large, &twice));
  g_assert_error (twice, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_null (surcharge (test, little, &small));
  g_assert_error (small, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_cmpint (money_balance (test, "revenue:surcharges"), ==, -9800);
  money_audit (test);
  mado_clock_thaw ();
}

static void
test_split (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 10500), first = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL, stale = NULL;
  gint64 sum = 0;

  mado_act_run (test->store, mado_charge_split (test->store, &money_clerk, charge->number, charge->version, 3,
                                                "2026-12-31", "分けて納めます", &error), (gpointer *) &first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->amount, ==, 4500);
  g_assert_cmpstr (first->due_date, ==, "2026-12-31");
  all = mado_charge_list (test->store, &money_resident, &(MadoChargeQuery) { NULL }, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  for (guint i = 0; i < all->len; i++) {
    const MadoCharge *one = all->pdata[i];

    sum += one->amount;
    if (g_strcmp0 (one->due_date, "2027-01-31") == 0)
      assert_words (one, "ja", "保育料 10月分（下のお子さん）（分納 2/3）");
  }
  g_assert_cmpint (sum, ==, 10500);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 10500);
  g_assert_cmpint (money_balance (test, "revenue:fees.nursery"), ==, -10500);
  g_assert_null (mado_charge_split (test->store, &money_clerk, charge->number, charge->version, 3, "2026-12-31",
                                    "もう一度", &stale));
  g_assert_error (stale, MADO_ERROR, MADO_ERROR_STALE);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payments/arrears/worked", test_worked);
  g_test_add_func ("/payments/arrears/no-rate", test_no_rate);
  g_test_add_func ("/payments/arrears/plans", test_plans);
  g_test_add_func ("/payments/arrears/mistakes", test_mistakes);
  mado_test_store_add ("/payments/arrears/surcharge", test_surcharge);
  mado_test_store_add ("/payments/arrears/split", test_split);
  return g_test_run ();
}
