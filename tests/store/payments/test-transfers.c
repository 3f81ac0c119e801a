/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#define OTHER "01JD0000000000000000000R02"

static MadoSettlement *
take (MadoTestStore *test, const MoneyCredit *credits, guint n)
{
  g_autoptr(GString) file = money_notice (credits, n);
  g_autoptr(GError) error = NULL;
  MadoSettlement *settlement = money_take (test, "bank", file->str, (gssize) file->len, &error);

  g_assert_no_error (error);
  money_audit (test);
  return settlement;
}

static MadoCharge *
raise_for (MadoTestStore *test, const char *payer, const char *kana, int yen, const char *due)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, "office", "hongo", "payer", payer,
                                               "payer-kana", kana, "due-date", due, NULL);
  g_autoptr(GError) error = NULL;
  MadoCharge *raised = NULL;

  charge->words = json_from_string ("{\"ja\":\"固定資産税\"}", NULL);
  charge->lines = money_lines ("taxes.property", yen, NULL);
  mado_act_run (test->store, mado_charge_raise (test->store, &money_clerk, charge, &error), (gpointer *) &raised,
                &error);
  g_assert_no_error (error);
  return raised;
}

static void
check_paid (MadoTestStore *test, const MadoCharge *charge, gboolean paid)
{
  g_autoptr(MadoCharge) now = money_charge (test, charge->number);

  g_assert_cmpint (now->state, ==, paid ? MADO_CHARGE_STATE_PAID : MADO_CHARGE_STATE_OPEN);
}

/* The name in whatever kana, and the amount; what is due first is paid first. */
static void
test_by_name (MadoTestStore *test)
{
  g_autoptr(MadoCharge) later = raise_for (test, MONEY_RESIDENT, "ヤマダ　ショウタ", 5000, "2027-02-28");
  g_autoptr(MadoCharge) sooner = raise_for (test, MONEY_RESIDENT, "ヤマダ　ショウタ", 5000, "2026-12-25");
  const MoneyCredit credit = { "ﾔﾏﾀﾞ ｼﾖｳﾀ", "", 5000, "000001" };
  g_autoptr(MadoSettlement) settlement = take (test, &credit, 1);

  g_assert_cmpint (settlement->matched, ==, 1);
  check_paid (test, sooner, TRUE);
  check_paid (test, later, FALSE);
  g_assert_cmpint (money_balance (test, "bank"), ==, 5000);
  g_assert_cmpint (money_balance (test, "transit:bank-transfer"), ==, 0);
}

static void
test_by_number (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 700);
  const MoneyCredit credit = { "ｶ)ﾅﾆｶ", charge->number, 700, "000001" };
  g_autoptr(MadoSettlement) settlement = take (test, &credit, 1);

  g_assert_cmpint (settlement->matched, ==, 1);
  check_paid (test, charge, TRUE);
}

/* Two people of one name, another amount, nobody at all: a person decides, and sees who may be meant. */
static void
test_uncertain (MadoTestStore *test)
{
  g_autoptr(MadoCharge) mine = raise_for (test, MONEY_RESIDENT, "サトウ ケイコ", 3000, NULL);
  g_autoptr(MadoCharge) theirs = raise_for (test, OTHER, "サトウ ケイコ", 3000, NULL);
  g_autoptr(MadoCharge) more = raise_for (test, OTHER, "スズキ イチロウ", 9000, NULL);
  const MoneyCredit credits[] = {
    { "ｻﾄｳ ｹｲｺ", "", 3000, "000001" }, { "ｽｽﾞｷ ｲﾁﾛｳ", "", 8000, "000002" }, { "ﾅﾅｼ", "ﾒﾓ", 10, "000003" },
  };
  g_autoptr(MadoSettlement) settlement = take (test, credits, 3), seen = NULL;
  const MadoDifference *difference;

  g_assert_cmpint (settlement->open, ==, 3);
  g_assert_cmpint (money_balance (test, "suspense"), ==, -11010);
  seen = mado_settlement_get (test->store, &money_clerk, settlement->id, NULL);
  difference = seen->differences->pdata[0];
  g_assert_cmpint (difference->match, ==, MADO_MATCH_UNCERTAIN);
  g_assert_cmpuint (g_strv_length (difference->candidates), ==, 2);
  g_assert_cmpstr (difference->payer, ==, "ｻﾄｳ ｹｲｺ");
  difference = seen->differences->pdata[1];
  g_assert_cmpuint (g_strv_length (difference->candidates), ==, 1);
  g_assert_cmpstr (difference->candidates[0], ==, more->number);
  g_assert_cmpint (difference->expected, ==, 9000);
  difference = seen->differences->pdata[2];
  g_assert_null (difference->candidates);
  g_assert_cmpstr (difference->note, ==, "ﾒﾓ 0000000000");
  check_paid (test, mine, FALSE);
  check_paid (test, theirs, FALSE);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'differences.viewed'"), ==, 1);
}

/* The wallet's transfer is where its own file is seen to arrive: it is not booked again. */
static void
test_payout (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 1000);
  g_autoptr(MadoPayment) payment = money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, NULL);
  g_autoptr(MadoPayment) paid = money_hear (test, &money_wallet, payment->id, MADO_PAYMENT_EVENT_CAPTURE, NULL, NULL);
  g_autofree char *file = g_strdup_printf ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n"
                                           "P1,取引完了,2026/11/19 10:00:00,1000,%s\n", payment->id);
  const MoneyCredit credit = { "ﾍﾟｲﾍﾟｲ(ｶ", "", 981, "000001" }, stray = { "ﾍﾟｲﾍﾟｲ(ｶ", "", 77, "000002" };
  g_autoptr(MadoSettlement) wallet = money_take (test, "wallet", file, -1, NULL), bank = NULL, seen = NULL;
  g_autoptr(MadoSettlement) early = NULL;

  bank = take (test, &credit, 1);
  g_assert_cmpint (bank->matched, ==, 1);
  seen = mado_settlement_get (test->store, &money_clerk, wallet->id, NULL);
  g_assert_cmpstr (seen->arrived_on, ==, "2026-11-20");
  g_assert_cmpint (money_balance (test, "bank"), ==, 981);
  early = take (test, &stray, 1);
  g_assert_cmpint (early->open, ==, 1);
  g_assert_cmpint (money_balance (test, "bank"), ==, 981);
}

/* Cut anywhere, nothing counts. */
static void
test_cut (MadoTestStore *test)
{
  const MoneyCredit credit = { "ﾔﾏﾀﾞ ﾀﾛｳ", "", 5000, "000001" };
  g_autoptr(GString) file = money_notice (&credit, 1);

  for (gsize n = 0; n < file->len - 150; n += 37) {
    g_autoptr(GError) error = NULL;

    g_assert_null (money_take (test, "bank", file->str, (gssize) n, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_MALFORMED);
  }
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM settlements"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/transfers/by-name", test_by_name);
  mado_test_store_add ("/payments/transfers/by-number", test_by_number);
  mado_test_store_add ("/payments/transfers/uncertain", test_uncertain);
  mado_test_store_add ("/payments/transfers/payout", test_payout);
  mado_test_store_add ("/payments/transfers/cut", test_cut);
  return g_test_run ();
}
