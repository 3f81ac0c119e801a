/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include "core/mado-json.h"
#include "payments/mado-charges-private.h"
#include "store/mado-journal.h"

static void
test_raise (MadoTestStore *test)
{
  g_autoptr(MadoCharge) raised = money_raise (test, 12300);
  g_autoptr(MadoCharge) mine = NULL;
  g_autoptr(GError) error = NULL;

  mado_test_store_reopen (test);
  mine = mado_charge_get (test->store, &money_resident, raised->number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mine->amount, ==, 12300);
  g_assert_cmpint (mine->state, ==, MADO_CHARGE_STATE_OPEN);
  g_assert_cmpstr (mado_json_text (mine->words, "ja"), ==, "保育料 10月分（下のお子さん）");
  g_assert_cmpuint (mine->lines->len, ==, 1);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 12300);
  g_assert_cmpint (money_balance (test, "revenue:fees.nursery"), ==, -12300);
  money_audit (test);
}

/* Not even that there is one. */
static void
test_others (MadoTestStore *test)
{
  const MadoChargeQuery own = { NULL }, named = { .payer = MONEY_RESIDENT };
  g_autoptr(MadoCharge) raised = money_raise (test, 300);
  g_autoptr(GError) read = NULL, pay = NULL, lessen = NULL;
  g_autoptr(GPtrArray) mine = mado_charge_list (test->store, &money_resident, &own, NULL, NULL);
  g_autoptr(GPtrArray) theirs = mado_charge_list (test->store, &money_other, &named, NULL, NULL);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  g_assert_cmpuint (mine->len, ==, 1);
  g_assert_cmpuint (theirs->len, ==, 0);
  g_assert_null (mado_charge_get (test->store, &money_other, raised->number, &read));
  g_assert_error (read, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_null (money_start (test, &money_other, raised->number, MADO_PROVIDER_QR_WALLET, &pay));
  g_assert_error (pay, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_null (mado_charge_lessen (test->store, &money_resident, raised->number, 1, none, "x", &lessen));
  g_assert_error (lessen, MADO_ERROR, MADO_ERROR_FORBIDDEN);
}

/* Staff who look are journalled, with whom it concerns; the one who owes it is not. */
static void
test_looks (MadoTestStore *test)
{
  g_autoptr(MadoCharge) raised = money_raise (test, 300);
  g_autoptr(MadoCharge) mine = mado_charge_get (test->store, &money_resident, raised->number, NULL), seen = NULL;
  g_autoptr(GPtrArray) own = mado_payment_list (test->store, &money_resident, raised->number, NULL), others = NULL;
  const char *const looks = "SELECT COUNT(*) AS n FROM journal WHERE action LIKE '%.viewed'"
                            " AND resident = '" MONEY_RESIDENT "'";

  g_assert_true (mine && own);
  g_assert_cmpint (people_count (test, looks), ==, 0);
  seen = mado_charge_get (test->store, &money_clerk, raised->number, NULL);
  others = mado_payment_list (test->store, &money_clerk, raised->number, NULL);
  g_assert_true (seen && others);
  g_assert_cmpint (people_count (test, looks), ==, 2);
}

static void
refuse (MadoTestStore *test, const char *office, const char *due, const char *account, gint64 unit, const char *pointer)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, "office", office, "due-date", due, NULL);
  g_autoptr(GError) error = NULL;

  charge->words = json_from_string ("{\"ja\":\"x\"}", NULL);
  charge->lines = money_lines (account, (int) unit, NULL);
  g_assert_null (mado_charge_raise (test->store, &money_clerk, charge, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, pointer);
}

static void
test_wrong (MadoTestStore *test)
{
  refuse (test, "Hongo 1", NULL, "fees", 1, "/office");
  refuse (test, "hongo", "2026-02-30", "fees", 1, "/dueDate");
  refuse (test, "hongo", NULL, "FEES", 1, "/lines/0/account");
  refuse (test, "hongo", NULL, "fees", -1, "/lines/0/unit");
}

static void
test_lessen (MadoTestStore *test)
{
  g_autoptr(MadoCharge) raised = money_raise (test, 1000);
  g_autoptr(MadoCharge) half = NULL, cancelled = NULL, read = NULL;
  g_autoptr(GError) error = NULL, more = NULL, stale = NULL, again = NULL;

  half = money_lessen (test, raised, 500, &error);
  g_assert_no_error (error);
  g_assert_cmpint (half->amount, ==, 500);
  g_assert_null (money_lessen (test, raised, 400, &stale));
  g_assert_error (stale, MADO_ERROR, MADO_ERROR_STALE);
  g_assert_null (money_lessen (test, half, 600, &more));
  g_assert_error (more, MADO_ERROR, MADO_ERROR_INVALID);
  cancelled = money_lessen (test, half, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cancelled->state, ==, MADO_CHARGE_STATE_CANCELLED);
  g_assert_null (money_lessen (test, cancelled, 0, &again));
  g_assert_error (again, MADO_ERROR, MADO_ERROR_CONFLICT);
  read = money_charge (test, raised->number);
  g_assert_cmpuint (read->changes->len, ==, 2);
  g_assert_cmpstr (((MadoChargeChange *) read->changes->pdata[0])->reason, ==, "二人目は半額です");
  g_assert_cmpint (((MadoChargeChange *) read->changes->pdata[1])->before, ==, 500);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 0);
  money_audit (test);
}

/* From one account to another: what one loses and the other gains. */
static void
test_move_between_accounts (MadoTestStore *test)
{
  g_autoptr(MadoCharge) raised = money_raise (test, 1000);
  g_autoptr(GPtrArray) lines = money_lines ("fees.nursery", 300, "fees.meals", 500, NULL);
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_charge_lessen (test->store, &money_clerk, raised->number, 1, lines, "給食費", &error),
                NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money_balance (test, "revenue:fees.nursery"), ==, -300);
  g_assert_cmpint (money_balance (test, "revenue:fees.meals"), ==, -500);
  money_audit (test);
}

/* For whom and for what lies sealed, and nobody's name or reason is in the journal. */
static void
test_sealed (MadoTestStore *test)
{
  g_autoptr(MadoCharge) raised = money_raise (test, 1000);
  g_autoptr(MadoCharge) half = money_lessen (test, raised, 500, NULL);

  g_assert_nonnull (half);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE detail LIKE '%保育%'"
                                       " OR detail LIKE '%半額%'"), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action LIKE 'charge.%'"), ==, 2);
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

static MadoOutcome
write_draft (MadoTx *tx, gpointer draft, GError **error)
{
  return mado_charge_draft_apply (draft, tx, &money_clerk, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* The number that was drawn is another charge's already. */
static void
test_number_taken (MadoTestStore *test)
{
  g_autoptr(MadoCharge) first = money_raise (test, 300), second = NULL, kept = NULL;
  g_auto(MadoChargeDraft) draft = { 0 };
  g_autoptr(GError) error = NULL;

  second = g_object_new (MADO_TYPE_CHARGE, "office", "hongo", NULL);
  second->words = json_from_string ("{\"ja\":\"手数料\"}", NULL);
  second->lines = money_lines ("fees.certificates", 200, NULL);
  g_assert_true (mado_charge_draft_prepare (&draft, test->store, second, &error));
  g_free (second->number);
  second->number = g_strdup (first->number);
  g_assert_true (mado_store_write (test->store, write_draft, &draft, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (second->number, !=, first->number);
  kept = money_charge (test, second->number);
  g_assert_cmpint (kept->amount, ==, 200);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/charges/raise", test_raise);
  mado_test_store_add ("/payments/charges/others", test_others);
  mado_test_store_add ("/payments/charges/looks", test_looks);
  mado_test_store_add ("/payments/charges/wrong", test_wrong);
  mado_test_store_add ("/payments/charges/lessen", test_lessen);
  mado_test_store_add ("/payments/charges/accounts", test_move_between_accounts);
  mado_test_store_add ("/payments/charges/sealed", test_sealed);
  mado_test_store_add ("/payments/charges/number-taken", test_number_taken);
  return g_test_run ();
}
