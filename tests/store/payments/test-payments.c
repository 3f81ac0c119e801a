/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include "core/mado-clock.h"
#include "store/mado-journal.h"
#include "store/mado-outbox.h"

#define EVENT(e) MADO_PAYMENT_EVENT_##e

static MadoPayment *
start (MadoTestStore *test, const char *charge)
{
  g_autoptr(GError) error = NULL;
  MadoPayment *payment = money_start (test, &money_resident, charge, MADO_PROVIDER_QR_WALLET, &error);

  g_assert_no_error (error);
  return payment;
}

static MadoPaymentState
hear (MadoTestStore *test, const char *payment, MadoPaymentEvent event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) after = money_hear (test, &money_wallet, payment, event, NULL, &error);

  g_assert_no_error (error);
  return after->state;
}

static gint64
count_calls (MadoTestStore *test, const char *topic)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) AS n FROM outbox WHERE channel = 'qr-wallet'"
                                          " AND topic = '%s'", topic);

  return people_count (test, sql);
}

static void
test_paid (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), paid = NULL;
  g_autoptr(MadoPayment) payment = start (test, charge->number);
  g_autoptr(GPtrArray) receipts = NULL;
  g_autoptr(GError) again = NULL;

  g_assert_cmpint (payment->amount, ==, 300);
  g_assert_cmpint (count_calls (test, "payment.create"), ==, 1);
  g_assert_cmpint (hear (test, payment->id, EVENT (OPEN)), ==, MADO_PAYMENT_STATE_PENDING);
  g_assert_cmpint (hear (test, payment->id, EVENT (CAPTURE)), ==, MADO_PAYMENT_STATE_CAPTURED);
  paid = money_charge (test, charge->number);
  g_assert_cmpint (paid->state, ==, MADO_CHARGE_STATE_PAID);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 300);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 0);
  receipts = mado_receipt_list (test->store, &money_resident, charge->number, NULL);
  g_assert_cmpuint (receipts->len, ==, 1);
  g_assert_true (g_str_has_suffix (((MadoPaymentReceipt *) receipts->pdata[0])->number, "/000001"));
  g_assert_null (money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, &again));
  g_assert_error (again, MADO_ERROR, MADO_ERROR_CONFLICT);
  money_audit (test);
}

static void
test_one_at_a_time (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) first = start (test, charge->number), second = NULL;
  g_autoptr(GError) pending = NULL, unknown = NULL;

  g_assert_null (money_start (test, &money_clerk, charge->number, MADO_PROVIDER_COUNTER, &pending));
  g_assert_error (pending, MADO_ERROR, MADO_ERROR_CONFLICT);
  hear (test, first->id, EVENT (LOSE));
  g_assert_cmpint (count_calls (test, "payment.ask"), ==, 1);
  g_assert_null (money_start (test, &money_resident, charge->number, MADO_PROVIDER_TERMINAL, &unknown));
  g_assert_error (unknown, MADO_ERROR, MADO_ERROR_CONFLICT);
  hear (test, first->id, EVENT (FAIL));
  second = start (test, charge->number);
  g_assert_cmpstr (second->id, !=, first->id);
  money_audit (test);
}

/* What the program checks, the store holds too: two that were begun elsewhere at the same moment. */
static void
test_held_by_the_store (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) first = start (test, charge->number);
  g_autoptr(GError) error = NULL;

  mado_test_store_tamper (test, "UPDATE payments SET state = 'failed'");   /* yet it holds */
  g_assert_null (money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_EXISTS);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payments"), ==, 1);
}

/* Redirect, asking and a notice all say that it was paid, in any number. */
static void
test_said_again (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = start (test, charge->number);

  for (guint i = 0; i < 3; i++) {
    g_autoptr(MadoPayment) same = money_hear (test, &money_wallet, payment->id, EVENT (CAPTURE), "notice-1", NULL);

    g_assert_cmpint (same->state, ==, MADO_PAYMENT_STATE_CAPTURED);
  }
  hear (test, payment->id, EVENT (CAPTURE));
  hear (test, payment->id, EVENT (OPEN));
  hear (test, payment->id, EVENT (AUTHORISE));
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 300);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payment_events WHERE taken = 1"), ==, 1);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payment_events WHERE taken = 0"), ==, 3);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'payment.contradicted'"), ==,
                   0);
  money_audit (test);
}

/* It cannot be, but it was said: kept for somebody to look at, and nothing moves. */
static void
test_contradiction (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = start (test, charge->number), after = NULL;
  const MadoPaymentNews other = { .event = EVENT (CAPTURE), .key = "k", .yen = 299 };

  hear (test, payment->id, EVENT (CAPTURE));
  mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, payment->id, &other, NULL),
                (gpointer *) &after, NULL);
  g_assert_cmpint (after->captured, ==, 300);
  g_assert_cmpint (hear (test, payment->id, EVENT (FAIL)), ==, MADO_PAYMENT_STATE_CAPTURED);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'payment.contradicted'"), ==,
                   2);
  money_audit (test);
}

/* Given up, and paid all the same. */
static void
test_late (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = start (test, charge->number);
  g_autoptr(GError) error = NULL;

  mado_clock_freeze (mado_clock_now ());
  g_assert_cmpint (mado_payments_lapse (test->store, 10, &error), ==, 0);
  mado_clock_advance (MADO_PAYMENT_LIFE + G_USEC_PER_SEC);
  g_assert_cmpint (mado_payments_lapse (test->store, 10, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (mado_payments_lapse (test->store, 10, &error), ==, 0);
  g_assert_cmpint (count_calls (test, "payment.cancel"), ==, 1);
  g_assert_cmpint (hear (test, payment->id, EVENT (EXPIRE)), ==, MADO_PAYMENT_STATE_EXPIRED);
  g_assert_cmpint (hear (test, payment->id, EVENT (CAPTURE)), ==, MADO_PAYMENT_STATE_CAPTURED);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 0);
  mado_clock_thaw ();
  money_audit (test);
}

/* At the shop on the way home, while the code was still on the screen. */
static void
test_paid_twice (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), over = NULL;
  g_autoptr(MadoPayment) payment = start (test, charge->number), slip = NULL, final = NULL;
  g_autoptr(GError) error = NULL;

  slip = money_slip (test, charge->number, EVENT (AUTHORISE), "9100-1815", 300, &error);
  g_assert_no_error (error);
  g_assert_cmpint (slip->state, ==, MADO_PAYMENT_STATE_AUTHORISED);
  hear (test, payment->id, EVENT (CAPTURE));
  final = money_slip (test, charge->number, EVENT (CAPTURE), "9100-1815", 300, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (final->id, ==, slip->id);
  over = money_charge (test, charge->number);
  g_assert_cmpint (mado_charge_get_over (over), ==, 300);
  g_assert_cmpint (money_balance (test, "overpaid"), ==, -300);
  money_audit (test);
}

static void
test_flash_taken_back (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) flash = money_slip (test, charge->number, EVENT (AUTHORISE), "9100", 300, NULL);
  g_autoptr(MadoPayment) gone = NULL, again = NULL, begun = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  gone = money_slip (test, charge->number, EVENT (CANCEL), "9100", 300, NULL);
  g_assert_cmpint (gone->state, ==, MADO_PAYMENT_STATE_CANCELLED);
  again = money_slip (test, charge->number, EVENT (CANCEL), "9100", 300, NULL);   /* the file a second time */
  g_assert_cmpint (again->version, ==, gone->version);
  begun = start (test, charge->number);
  g_assert_nonnull (begun);
  money_audit (test);
}

static void
test_taken_back (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), open = NULL;
  g_autoptr(MadoPayment) payment = start (test, charge->number);
  g_autoptr(GPtrArray) receipts = NULL;

  hear (test, payment->id, EVENT (CAPTURE));
  g_assert_cmpint (hear (test, payment->id, EVENT (CANCEL)), ==, MADO_PAYMENT_STATE_CANCELLED);
  open = money_charge (test, charge->number);
  g_assert_cmpint (open->state, ==, MADO_CHARGE_STATE_OPEN);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
  receipts = mado_receipt_list (test->store, &money_resident, charge->number, NULL);
  g_assert_cmpint (((MadoPaymentReceipt *) receipts->pdata[0])->void_at, >, 0);
  money_audit (test);
}

static void
test_settled (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = start (test, charge->number), settled = NULL;
  MadoPaymentNews news = { .event = EVENT (SETTLE), .key = "payout-1", .yen = -1, .costs = 301 };
  g_autoptr(GError) error = NULL, twice = NULL;

  hear (test, payment->id, EVENT (CAPTURE));
  g_assert_false (mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, payment->id, &news, &error),
                                NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_clear_error (&error);
  news.costs = 6;
  mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, payment->id, &news, &error),
                (gpointer *) &settled, &error);
  g_assert_no_error (error);
  g_assert_cmpint (settled->state, ==, MADO_PAYMENT_STATE_SETTLED);
  g_assert_cmpint (money_balance (test, "bank"), ==, 294);
  g_assert_cmpint (money_balance (test, "costs"), ==, 6);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
  news.key = "payout-2";
  mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, payment->id, &news, &twice), NULL, &twice);
  g_assert_no_error (twice);
  g_assert_cmpint (money_balance (test, "bank"), ==, 294);
  money_audit (test);
}

/* Who may not, is told so. */
static void
test_who (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300), cash = money_raise (test, 200);
  g_autoptr(MadoPayment) payment = start (test, charge->number), taken = NULL, given_up = NULL, counter = NULL;
  g_autoptr(GError) owner = NULL, clerk = NULL, device = NULL, stranger = NULL, error = NULL, resident = NULL;

  g_assert_null (money_hear (test, &money_resident, payment->id, EVENT (CAPTURE), NULL, &owner));
  g_assert_error (owner, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (money_hear (test, &money_clerk, payment->id, EVENT (CAPTURE), NULL, &clerk));
  g_assert_error (clerk, MADO_ERROR, MADO_ERROR_CONFLICT);   /* only what was taken by hand */
  g_assert_null (money_hear (test, &money_kiosk, payment->id, EVENT (CAPTURE), NULL, &device));
  g_assert_error (device, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (money_hear (test, &money_other, payment->id, EVENT (ABANDON), NULL, &stranger));
  g_assert_error (stranger, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  given_up = money_hear (test, &money_resident, payment->id, EVENT (ABANDON), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (given_up->state, ==, MADO_PAYMENT_STATE_UNKNOWN);
  g_assert_null (money_start (test, &money_resident, cash->number, MADO_PROVIDER_COUNTER, &resident));
  g_assert_error (resident, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  counter = money_start (test, &money_clerk, cash->number, MADO_PROVIDER_COUNTER, &error);
  g_assert_no_error (error);
  taken = money_hear (test, &money_clerk, counter->id, EVENT (CAPTURE), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (taken->state, ==, MADO_PAYMENT_STATE_CAPTURED);
  g_assert_cmpint (money_balance (test, "transit:counter"), ==, 200);
  money_audit (test);
}

/* It is called where the payer stands; what it lost is asked for, and a kiosk's word counts for nothing. */
static void
test_terminal (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = money_start (test, &money_resident, charge->number, MADO_PROVIDER_TERMINAL, NULL);
  g_autoptr(MadoCharge) other = money_raise (test, 300);
  g_autoptr(MadoPayment) lost = NULL, paid = NULL;
  g_autoptr(GError) error = NULL, forbidden = NULL, nowhere = NULL;

  g_assert_null (money_hear (test, &money_kiosk, payment->id, EVENT (CAPTURE), NULL, &forbidden));
  g_assert_error (forbidden, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  lost = money_hear (test, &money_wallet, payment->id, EVENT (LOSE), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lost->state, ==, MADO_PAYMENT_STATE_UNKNOWN);
  paid = money_hear (test, &money_wallet, payment->id, EVENT (CAPTURE), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paid->state, ==, MADO_PAYMENT_STATE_CAPTURED);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM outbox WHERE channel = 'terminal/kiosk-1'"), ==, 2);
  g_assert_null (mado_payment_start (test->store, &money_resident, other->number, MADO_PROVIDER_TERMINAL, NULL, "ja",
                                     &nowhere));
  g_assert_error (nowhere, MADO_ERROR, MADO_ERROR_INVALID);
  money_audit (test);
}

static void
test_wrong_news (MadoTestStore *test)
{
  static const MadoPaymentNews wrong[] = {
    { .event = EVENT (CAPTURE), .yen = -1 },
    { .event = EVENT (REFUND), .key = "k" },
    { .event = EVENT (CAPTURE), .key = "k", .yen = 0 },
    { .event = EVENT (CAPTURE), .key = "k", .yen = -300 },
  };
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = start (test, charge->number);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_false (mado_act_run (test->store, mado_payment_hear (test->store, &money_wallet, payment->id, &wrong[i],
                                                                  &error), NULL, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/paid", test_paid);
  mado_test_store_add ("/payments/one-at-a-time", test_one_at_a_time);
  mado_test_store_add ("/payments/held-by-the-store", test_held_by_the_store);
  mado_test_store_add ("/payments/said-again", test_said_again);
  mado_test_store_add ("/payments/contradiction", test_contradiction);
  mado_test_store_add ("/payments/late", test_late);
  mado_test_store_add ("/payments/paid-twice", test_paid_twice);
  mado_test_store_add ("/payments/flash-taken-back", test_flash_taken_back);
  mado_test_store_add ("/payments/taken-back", test_taken_back);
  mado_test_store_add ("/payments/settled", test_settled);
  mado_test_store_add ("/payments/who", test_who);
  mado_test_store_add ("/payments/terminal", test_terminal);
  mado_test_store_add ("/payments/wrong-news", test_wrong_news);
  return g_test_run ();
}
