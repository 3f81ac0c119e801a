/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "payments/mado-slips.h"
#include "wire/mado-slip.h"

#define COMPANY "929023"

static MadoChargeSlip *
issue (MadoTestStore *test, const MadoCharge *charge, const char *company, GError **error)
{
  MadoChargeSlip *slip = NULL;

  mado_act_run (test->store, mado_slip_issue (test->store, &money_resident, charge->number, company, error),
                (gpointer *) &slip, error);
  return slip;
}

static void
check (MadoTestStore *test, const char *report, gint64 taken, gint64 known, gint64 strays)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoSettlement) settlement = money_take (test, "slips", report, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (settlement->matched + settlement->late + settlement->cancelled, ==, taken);
  g_assert_cmpint (settlement->known, ==, known);
  g_assert_cmpint (settlement->open, ==, strays);
}

static void
check_again (MadoTestStore *test, const char *report)
{
  g_autoptr(MadoSettlement) settlement = money_take (test, "slips", report, -1, NULL);

  g_assert_true (settlement->again);
}

/* Flash, final, and both files once more. */
static void
test_paid (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 10605), paid = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoChargeSlip) slip = issue (test, charge, COMPANY, &error);
  g_autofree char *flash = NULL, *final = NULL, *both = NULL;

  g_assert_no_error (error);
  flash = money_slip_line ("01", slip->code, 10605);
  final = money_slip_line ("02", slip->code, 10605);
  check (test, flash, 1, 0, 0);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 10605);
  check_again (test, flash);
  check (test, final, 1, 0, 0);
  check_again (test, final);
  both = g_strconcat (flash, final, NULL);
  check (test, both, 0, 2, 0);
  paid = money_charge (test, charge->number);
  g_assert_cmpint (paid->state, ==, MADO_CHARGE_STATE_PAID);
  g_assert_cmpint (money_balance (test, "transit:slip"), ==, 0);
  g_assert_cmpint (money_balance (test, "bank"), ==, 10605 - 57);
  g_assert_cmpint (money_balance (test, "costs"), ==, 57);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'settlement.taken'"), ==, 3);
  money_audit (test);
}

static void
test_cancelled_after_flash (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), open = NULL;
  g_autoptr(MadoChargeSlip) slip = issue (test, charge, COMPANY, NULL);
  g_autofree char *flash = money_slip_line ("01", slip->code, 300), *gone = money_slip_line ("03", slip->code, 300);
  g_autofree char *both = g_strconcat (flash, gone, NULL);

  check (test, both, 2, 0, 0);
  check_again (test, both);
  open = money_charge (test, charge->number);
  g_assert_cmpint (open->state, ==, MADO_CHARGE_STATE_OPEN);
  money_audit (test);
}

/* Two slips for one charge, both taken to a shop. */
static void
test_paid_by_both (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), over = NULL;
  g_autoptr(MadoChargeSlip) a = issue (test, charge, COMPANY, NULL), b = issue (test, charge, COMPANY, NULL);
  g_autofree char *one = money_slip_line ("02", a->code, 300), *two = money_slip_line ("02", b->code, 300);
  g_autofree char *both = g_strconcat (one, two, NULL);

  check (test, both, 2, 0, 0);
  over = money_charge (test, charge->number);
  g_assert_cmpint (mado_charge_get_over (over), ==, 300);
  money_audit (test);
}

static void
test_stray (MadoTestStore *test)
{
  g_autofree char *stray = money_slip_line ("02", "91929023252070000010123499900199999900106050", 10605);

  check (test, stray, 0, 0, 1);
  check_again (test, stray);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM differences"), ==, 1);
  g_assert_cmpint (money_balance (test, "suspense"), ==, -10605);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payments"), ==, 0);
}

/* One wrong line, and nothing of the file counts, however long it is. */
static void
test_wrong_line (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoChargeSlip) slip = issue (test, charge, COMPANY, NULL);
  g_autofree char *good = money_slip_line ("02", slip->code, 300), *wrong = money_slip_line ("02", slip->code, 301);
  g_autofree char *both = g_strconcat (good, wrong, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (money_take (test, "slips", both, -1, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/2/金額");
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payments"), ==, 0);
}

static void
test_refused (MadoTestStore *test)
{
  g_autoptr(MadoCharge) large = money_raise (test, 300001), small = money_raise (test, 300);
  g_autoptr(GError) limit = NULL, company = NULL, resident = NULL;
  const char *nothing = "";

  g_assert_null (issue (test, large, COMPANY, &limit));
  g_assert_error (limit, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (issue (test, small, "12345", &company));
  g_assert_error (company, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (mado_settlement_take (test->store, &money_resident, money_treasury (), "slips",
                                       (const guint8 *) nothing, 0, &resident));
  g_assert_error (resident, MADO_ERROR, MADO_ERROR_FORBIDDEN);
}

/* More than one act's worth: cut between two of them, the same file again finishes it. */
static void
test_long (MadoTestStore *test)
{
  g_autoptr(GString) report = g_string_new (NULL);
  g_autofree char *head = NULL;

  for (guint i = 0; i < 60; i++) {
    g_autoptr(MadoCharge) charge = money_raise (test, 300);
    g_autoptr(MadoChargeSlip) slip = issue (test, charge, COMPANY, NULL);
    g_autofree char *final = money_slip_line ("02", slip->code, 300);

    g_string_append (report, final);
    if (i == 24)
      head = g_strdup (report->str);
  }
  check (test, head, 25, 0, 0);
  mado_test_store_reopen (test);
  check (test, report->str, 35, 25, 0);
  g_assert_cmpint (money_balance (test, "bank"), ==, 60 * (300 - 57));
  money_audit (test);
}

/* Somebody else holds it: they see what it says, pay it, and learn nothing of who owes it, or for what. */
static void
test_holder (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), other = money_raise (test, 200);
  g_autoptr(MadoChargeSlip) slip = issue (test, charge, COMPANY, NULL), another = issue (test, other, COMPANY, NULL);
  g_autoptr(MadoCharge) own = mado_slip_find (test->store, &money_resident, slip->code, NULL);
  g_autoptr(MadoCharge) seen = mado_slip_find (test->store, &money_other, slip->code, NULL);
  g_autoptr(MadoPayment) payment = NULL, known = NULL, lost = NULL;
  g_autoptr(GError) error = NULL, stranger = NULL, wrong = NULL, again = NULL;
  g_autoptr(JsonNode) json = mado_record_to_json (MADO_RECORD (seen), MADO_JSON_PRIVATE);
  g_autofree char *text = json_to_string (json, FALSE);

  g_assert_nonnull (own->lines);
  g_assert_cmpint (seen->amount, ==, 300);
  g_assert_cmpstr (seen->number, ==, charge->number);
  g_assert_null (strstr (text, "保育"));
  g_assert_null (strstr (text, MONEY_RESIDENT));
  g_assert_null (mado_payment_start (test->store, &money_other, charge->number, MADO_PROVIDER_TERMINAL, NULL, "ja",
                                     &error));
  g_clear_error (&error);
  g_assert_true (mado_act_run (test->store, mado_slip_pay (test->store, &money_other, slip->code,
                                                           MADO_PROVIDER_QR_WALLET, "kiosk-1", "ja", &error),
                               (gpointer *) &payment, &error));
  g_assert_null (mado_payment_get (test->store, &money_other, payment->id, &stranger));
  g_assert_error (stranger, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  known = mado_slip_get_payment (test->store, slip->code, payment->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (known->id, ==, payment->id);
  g_assert_null (mado_slip_get_payment (test->store, another->code, payment->id, &wrong));
  g_assert_error (wrong, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_null (mado_slip_give_up (test->store, &money_other, another->code, payment->id, NULL));
  g_assert_true (mado_act_run (test->store, mado_slip_give_up (test->store, &money_other, slip->code, payment->id,
                                                               &error), NULL, &error));
  g_assert_false (mado_act_run (test->store, mado_slip_pay (test->store, &money_other, slip->code,
                                                            MADO_PROVIDER_QR_WALLET, NULL, "ja", &again), NULL,
                                &again));
  g_assert_error (again, MADO_ERROR, MADO_ERROR_CONFLICT);   /* it is being asked for */
  lost = money_hear (test, &money_wallet, payment->id, MADO_PAYMENT_EVENT_CAPTURE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lost->captured, ==, 300);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/slips/paid", test_paid);
  mado_test_store_add ("/payments/slips/cancelled-after-flash", test_cancelled_after_flash);
  mado_test_store_add ("/payments/slips/paid-by-both", test_paid_by_both);
  mado_test_store_add ("/payments/slips/stray", test_stray);
  mado_test_store_add ("/payments/slips/wrong-line", test_wrong_line);
  mado_test_store_add ("/payments/slips/refused", test_refused);
  mado_test_store_add ("/payments/slips/long", test_long);
  mado_test_store_add ("/payments/slips/holder", test_holder);
  return g_test_run ();
}
