/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money that went over the counter: cash, which comes to the bank by the day, and cards, each in its company's file. */
#include "money.h"

#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"

#define CASH  "払込番号,払込金額,収納日,払込日,所属\n"
#define CARDS "伝票番号,取引区分,売上金額,手数料,利用日,振込日\n"
#define TRANSIT "決済通番,処理区分,利用金額,手数料額,利用年月日,精算日\n"

static MadoPayment *
take_cash (MadoTestStore *test, const MadoCharge *charge)
{
  g_autoptr(GError) error = NULL;
  MadoPayment *payment = NULL;

  mado_act_run (test->store, mado_payment_take_cash (test->store, &money_clerk, charge->number, &error),
                (gpointer *) &payment, &error);
  g_assert_no_error (error);
  return payment;
}

static MadoPayment *
take_card (MadoTestStore *test, gint64 yen, const char *brand, const char *reference)
{
  g_autofree char *key = mado_ulid_new ();
  g_autoptr(MadoCharge) charge = money_raise (test, yen);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) begun = money_start (test, &money_resident, charge->number, MADO_PROVIDER_TERMINAL, &error);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_CAPTURE, .key = key, .yen = yen,
                                 .reference = reference, .brand = brand };
  MadoPayment *payment = NULL;

  g_assert_no_error (error);
  mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, begun->id, &news, &error),
                (gpointer *) &payment, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (payment->brand, ==, brand);
  return payment;
}

static void
give_back (MadoTestStore *test, const char *charge, const MadoPayment *payment, gint64 left)
{
  g_autoptr(MadoCharge) found = money_charge (test, charge), less = NULL;
  g_autoptr(MadoRefund) refund = NULL, done = NULL;
  g_autoptr(GError) error = NULL;

  less = money_lessen (test, found, left, &error);
  g_assert_no_error (error);
  refund = money_propose (test, &money_clerk, payment->id, payment->captured - left, &error);
  g_assert_no_error (error);
  done = money_refund (test, &money_clerk, refund->id, MADO_REFUND_EVENT_FINISH, &error);
  g_assert_no_error (error);
}

/* One line of the treasurer's, of today at the counter of "hongo". */
static char *
deposit (const char *number, gint64 yen)
{
  g_autofree char *day = mado_clock_format_date (mado_clock_now ());

  return g_strdup_printf (CASH "%s,%" G_GINT64_FORMAT ",%s,%s,hongo\n", number, yen, day, day);
}

static MadoSettlement *
take (MadoTestStore *test, const char *mapping, const char *text)
{
  g_autoptr(GError) error = NULL;
  MadoSettlement *settlement = money_take (test, mapping, text, -1, &error);

  g_assert_no_error (error);
  money_audit (test);
  return settlement;
}

static void
write_off (MadoTestStore *test, const MadoDifference *difference)
{
  g_autoptr(MadoDifference) proposed = NULL, closed = NULL;
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_difference_propose (test->store, &money_clerk, difference->id, difference->version,
                                                      MADO_REMEDY_WRITE_OFF, NULL, "数えちがい", &error),
                (gpointer *) &proposed, &error);
  g_assert_no_error (error);
  mado_act_run (test->store, mado_difference_decide (test->store, &money_supervisor, proposed->id, proposed->version,
                                                     MADO_DIFFERENCE_EVENT_APPROVE, &error),
                (gpointer *) &closed, &error);
  g_assert_no_error (error);
  money_audit (test);
}

/* What was given back out of the drawer is not in the sum. */
static void
test_day (MadoTestStore *test)
{
  g_autoptr(MadoCharge) small = money_raise (test, 300), large = money_raise (test, 900);
  g_autoptr(MadoPayment) one = take_cash (test, small), two = take_cash (test, large), card = NULL, settled = NULL;
  g_autoptr(MadoSettlement) before = NULL, settlement = NULL, again = NULL;
  g_autofree char *text = deposit ("D1", 1000);

  card = take_card (test, 500, "visa", "C1");
  give_back (test, large->number, two, 700);
  g_assert_cmpint (money_balance (test, "transit:counter"), ==, 1000);
  before = mado_settlement_preview (test->store, &money_clerk, money_treasury (), "cash", (const guint8 *) text,
                                    strlen (text), NULL);
  g_assert_cmpint (before->matched, ==, 1);
  settlement = take (test, "cash", text);
  g_assert_cmpint (settlement->matched, ==, 1);
  g_assert_cmpint (settlement->open, ==, 0);
  settled = mado_payment_get (test->store, &people_system, one->id, NULL);
  g_assert_cmpint (settled->state, ==, MADO_PAYMENT_STATE_SETTLED);
  g_assert_cmpint (money_balance (test, "transit:counter"), ==, 0);
  g_assert_cmpint (money_balance (test, "transit:terminal"), ==, 500);
  g_assert_cmpint (money_balance (test, "bank"), ==, 1000);
  again = take (test, "cash", text);
  g_assert_true (again->again);
  g_assert_cmpint (money_balance (test, "bank"), ==, 1000);
}

/* Ten yen are lacking in the drawer: the residents have paid all the same. */
static void
test_short (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) one = take_cash (test, charge);
  g_autofree char *text = deposit ("D1", 290);
  g_autoptr(MadoSettlement) settlement = take (test, "cash", text);
  const MadoDifference *difference = settlement->differences->pdata[0];

  g_assert_cmpint (settlement->open, ==, 1);
  g_assert_cmpint (difference->match, ==, MADO_MATCH_AMOUNT_DIFFERS);
  g_assert_cmpint (difference->expected, ==, 300);
  g_assert_cmpint (difference->held, ==, -10);
  g_assert_cmpint (money_balance (test, "bank"), ==, 290);
  g_assert_cmpint (money_balance (test, "transit:counter"), ==, 0);
  write_off (test, difference);
  g_assert_cmpint (money_balance (test, "suspense"), ==, 0);
  g_assert_cmpint (money_balance (test, "differences"), ==, 10);
  g_assert_cmpint (money_balance (test, "bank"), ==, 290);
}

/* More than was taken; and the preview knows that a drawer is emptied once. */
static void
test_over (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) one = take_cash (test, charge);
  g_autofree char *first = deposit ("D1", 310), *second = deposit ("D2", 300);
  g_autofree char *text = g_strconcat (first, second + strlen (CASH), NULL);
  g_autoptr(MadoSettlement) before = NULL, settlement = NULL;

  before = mado_settlement_preview (test->store, &money_clerk, money_treasury (), "cash", (const guint8 *) text,
                                    strlen (text), NULL);
  settlement = take (test, "cash", text);
  g_assert_cmpint (before->open, ==, 2);
  g_assert_cmpint (settlement->open, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const MadoDifference *seen = before->differences->pdata[i], *found = settlement->differences->pdata[i];

    g_assert_cmpint (seen->match, ==, found->match);
    g_assert_cmpint (seen->held, ==, found->held);
  }
  g_assert_cmpint (money_balance (test, "bank"), ==, 610);
  g_assert_cmpint (money_balance (test, "suspense"), ==, -310);
  write_off (test, settlement->differences->pdata[0]);
  write_off (test, settlement->differences->pdata[1]);
  g_assert_cmpint (money_balance (test, "suspense"), ==, 0);
}

/* Cards and transport cards come in two files: neither misses what is in the other. */
static void
test_brands (MadoTestStore *test)
{
  g_autoptr(MadoPayment) card = take_card (test, 500, "visa", "C1"), forgotten = take_card (test, 700, "jcb", "C2");
  g_autoptr(MadoPayment) suica = take_card (test, 300, "suica", "S1");
  g_autofree char *day = mado_clock_format_date (mado_clock_now ());
  g_autofree char *cards = g_strdup_printf (CARDS "C1,売上,500,16,%s,%s\n", day, day);
  g_autofree char *transit = g_strdup_printf (TRANSIT "S1,決済,300,9,%s,%s\n", day, day);
  g_autoptr(MadoSettlement) one = take (test, "cards", cards), two = take (test, "transit", transit);
  const MadoDifference *missing = one->differences->pdata[0];

  g_assert_cmpint (one->matched, ==, 1);
  g_assert_cmpint (one->open, ==, 1);
  g_assert_cmpint (missing->match, ==, MADO_MATCH_MISSING_THERE);
  g_assert_cmpstr (missing->payment, ==, forgotten->id);
  g_assert_cmpint (two->matched, ==, 1);
  g_assert_cmpint (two->open, ==, 0);
  g_assert_cmpint (money_balance (test, "bank"), ==, 500 - 16 + 300 - 9);
  g_assert_cmpint (money_balance (test, "transit:terminal"), ==, 700);
}

/* Two terminals, each with its own count. */
static void
test_same_number (MadoTestStore *test)
{
  g_autoptr(MadoPayment) one = take_card (test, 500, "visa", "C1"), two = take_card (test, 500, "visa", "C1");
  g_autofree char *day = mado_clock_format_date (mado_clock_now ());
  g_autofree char *cards = g_strdup_printf (CARDS "C1,売上,500,16,%s,%s\nC1,売上,500,16,%s,%s\n", day, day, day, day);
  g_autoptr(MadoSettlement) settlement = take (test, "cards", cards);

  g_assert_cmpint (settlement->matched, ==, 2);
  g_assert_cmpint (money_balance (test, "transit:terminal"), ==, 0);
}

/* No terminal knows what its company told us of afterwards: a person gives it back, and says so. */
static void
test_unheard_card (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 800);
  g_autoptr(GError) error = NULL;
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_CAPTURE, .key = "file/C9", .yen = 800, .reference = "C9" };
  g_autoptr(MadoPayment) noted = NULL, after = NULL;

  mado_act_run (test->store, mado_payment_note (test->store, &people_system, charge->number, MADO_PROVIDER_TERMINAL,
                                                &news, &error), (gpointer *) &noted, &error);
  g_assert_no_error (error);
  g_assert_null (noted->device);
  give_back (test, charge->number, noted, 0);
  after = mado_payment_get (test->store, &people_system, noted->id, NULL);
  g_assert_cmpint (after->state, ==, MADO_PAYMENT_STATE_REFUNDED);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM outbox WHERE channel LIKE 'terminal%'"), ==, 0);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/tills/day", test_day);
  mado_test_store_add ("/payments/tills/short", test_short);
  mado_test_store_add ("/payments/tills/over", test_over);
  mado_test_store_add ("/payments/tills/brands", test_brands);
  mado_test_store_add ("/payments/tills/same-number", test_same_number);
  mado_test_store_add ("/payments/tills/unheard-card", test_unheard_card);
  return g_test_run ();
}
