/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include "store/mado-outbox.h"

#define EVENT(e) MADO_PAYMENT_EVENT_##e

/* A charge that was paid, and then cancelled. */
typedef struct {
  MadoCharge *charge;
  MadoPayment *payment;
} Paid;

static void
paid_clear (Paid *self)
{
  g_clear_object (&self->charge);
  g_clear_object (&self->payment);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paid, paid_clear)

static Paid
pay (MadoTestStore *test, MadoProvider provider, gint64 yen)
{
  g_autoptr(MadoCharge) raised = money_raise (test, yen);
  g_autoptr(MadoPayment) begun = NULL;
  g_autoptr(GError) error = NULL;
  Paid paid;

  begun = money_start (test, &money_clerk, raised->number, provider, &error);
  g_assert_no_error (error);
  paid.payment = money_hear (test, &people_system, begun->id, EVENT (CAPTURE), NULL, &error);
  g_assert_no_error (error);
  paid.charge = money_charge (test, raised->number);
  return paid;
}

static void
lessen (MadoTestStore *test, Paid *paid, gint64 yen)
{
  g_autoptr(GError) error = NULL;
  MadoCharge *after = money_lessen (test, paid->charge, yen, &error);

  g_assert_no_error (error);
  g_object_unref (paid->charge);
  paid->charge = after;
}

static MadoPaymentState
state_of (MadoTestStore *test, const Paid *paid)
{
  g_autoptr(MadoPayment) now = mado_payment_get (test->store, &money_clerk, paid->payment->id, NULL);

  return now->state;
}

static void
test_in_parts (MadoTestStore *test)
{
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_QR_WALLET, 900);
  g_autoptr(MadoCharge) part_of = g_object_ref (paid.charge);
  g_autoptr(MadoRefund) part = NULL, done = NULL, again = NULL, rest = NULL;
  g_autoptr(GError) owed = NULL, error = NULL, more = NULL;

  g_assert_null (money_propose (test, &money_clerk, paid.payment->id, 300, &owed));
  g_assert_error (owed, MADO_ERROR, MADO_ERROR_CONFLICT);
  lessen (test, &paid, 600);
  part = money_propose (test, &money_clerk, paid.payment->id, 300, &error);
  g_assert_no_error (error);
  g_assert_cmpint (part->state, ==, MADO_REFUND_STATE_ASKED);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'payment.refund'"), ==, 1);
  g_assert_null (money_propose (test, &money_clerk, paid.payment->id, 1, &more));
  g_assert_error (more, MADO_ERROR, MADO_ERROR_CONFLICT);
  done = money_refund (test, &money_wallet, part->id, MADO_REFUND_EVENT_FINISH, &error);
  g_assert_no_error (error);
  again = money_refund (test, &money_wallet, part->id, MADO_REFUND_EVENT_FINISH, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->version, ==, done->version);
  g_assert_cmpint (state_of (test, &paid), ==, MADO_PAYMENT_STATE_PARTLY_REFUNDED);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 600);
  g_assert_cmpint (money_balance (test, "refunding"), ==, 0);
  g_clear_object (&paid.charge);
  paid.charge = money_charge (test, part_of->number);
  lessen (test, &paid, 0);
  rest = money_propose (test, &money_clerk, paid.payment->id, 600, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rest->amount, ==, 600);
  money_audit (test);
}

static void
test_whole (MadoTestStore *test)
{
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_COUNTER, 900);
  g_autoptr(MadoRefund) refund = NULL, done = NULL;
  g_autoptr(GError) error = NULL, late = NULL;

  lessen (test, &paid, 0);
  refund = money_propose (test, &money_clerk, paid.payment->id, 900, &error);
  g_assert_no_error (error);
  done = money_refund (test, &money_clerk, refund->id, MADO_REFUND_EVENT_FINISH, &error);   /* out of the till */
  g_assert_no_error (error);
  g_assert_cmpint (done->state, ==, MADO_REFUND_STATE_DONE);
  g_assert_cmpint (state_of (test, &paid), ==, MADO_PAYMENT_STATE_REFUNDED);
  g_assert_cmpint (money_balance (test, "transit:counter"), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'payment.refund'"), ==, 0);
  g_assert_null (money_refund (test, &money_clerk, refund->id, MADO_REFUND_EVENT_FAIL, &late));
  g_assert_error (late, MADO_ERROR, MADO_ERROR_CONFLICT);
  money_audit (test);
}

static void
test_second_person (MadoTestStore *test)
{
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_QR_WALLET, 5000);
  g_autoptr(MadoRefund) refund = NULL, approved = NULL, own = NULL;
  g_autoptr(GError) error = NULL, clerk = NULL, same = NULL;

  lessen (test, &paid, 0);
  refund = money_propose (test, &money_clerk, paid.payment->id, 2000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (refund->state, ==, MADO_REFUND_STATE_PROPOSED);
  g_assert_null (money_refund (test, &money_clerk, refund->id, MADO_REFUND_EVENT_APPROVE, &clerk));
  g_assert_cmpint (clerk->domain, ==, MADO_ERROR);
  approved = money_refund (test, &money_supervisor, refund->id, MADO_REFUND_EVENT_APPROVE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (approved->state, ==, MADO_REFUND_STATE_ASKED);
  own = money_propose (test, &money_supervisor, paid.payment->id, 3000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (own->state, ==, MADO_REFUND_STATE_PROPOSED);
  g_assert_null (money_refund (test, &money_supervisor, own->id, MADO_REFUND_EVENT_APPROVE, &same));
  g_assert_error (same, MADO_ERROR, MADO_ERROR_CONFLICT);
  money_audit (test);
}

/* Declined or failed, it is too much again; or pays what came to be owed meanwhile. */
static void
test_kept (MadoTestStore *test)
{
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_QR_WALLET, 5000);
  g_autoptr(MadoRefund) declined = NULL, failed = NULL, a = NULL, b = NULL;
  g_autoptr(GError) error = NULL;

  lessen (test, &paid, 2000);
  declined = money_propose (test, &money_clerk, paid.payment->id, 2000, &error);
  failed = money_propose (test, &money_clerk, paid.payment->id, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money_balance (test, "refunding"), ==, -3000);
  a = money_refund (test, &money_clerk, declined->id, MADO_REFUND_EVENT_DECLINE, &error);
  b = money_refund (test, &money_wallet, failed->id, MADO_REFUND_EVENT_FAIL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money_balance (test, "refunding"), ==, 0);
  g_assert_cmpint (money_balance (test, "overpaid"), ==, -3000);
  money_audit (test);
}

static void
test_too_much (MadoTestStore *test)
{
  static const gint64 wrong[] = { 0, -1, 301, G_MAXINT64 };
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_QR_WALLET, 300);

  lessen (test, &paid, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_null (money_propose (test, &money_clerk, paid.payment->id, wrong[i], &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
  money_audit (test);
}

/* While it is on its way back, the provider cannot take the payment back as well. */
static void
test_not_twice_back (MadoTestStore *test)
{
  g_auto(Paid) paid = pay (test, MADO_PROVIDER_QR_WALLET, 300);
  g_autoptr(MadoRefund) refund = NULL;
  g_autoptr(MadoPayment) cancelled = NULL;

  lessen (test, &paid, 0);
  refund = money_propose (test, &money_clerk, paid.payment->id, 300, NULL);
  cancelled = money_hear (test, &money_wallet, paid.payment->id, EVENT (CANCEL), NULL, NULL);
  g_assert_cmpint (cancelled->state, ==, MADO_PAYMENT_STATE_CAPTURED);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'payment.contradicted'"), ==,
                   1);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/refunds/in-parts", test_in_parts);
  mado_test_store_add ("/payments/refunds/whole", test_whole);
  mado_test_store_add ("/payments/refunds/second-person", test_second_person);
  mado_test_store_add ("/payments/refunds/kept", test_kept);
  mado_test_store_add ("/payments/refunds/too-much", test_too_much);
  mado_test_store_add ("/payments/refunds/not-twice-back", test_not_twice_back);
  return g_test_run ();
}
