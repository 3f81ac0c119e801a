/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include "counter/mado-counter.h"
#include "payments/mado-books.h"
#include "payments/mado-charges.h"
#include "payments/mado-payments.h"
#include "payments/mado-refunds.h"

static const MadoActor wallet = { "device", "notifier", NULL, MADO_ROLE_NOTIFIER };

typedef struct {
  MadoTestStore *test;
  MadoCounter *counter;
  CounterVisit visit;
  char *head, *number;
} Filed;

/* A certificate for 600 yen, filed and granted at a kiosk. */
static Filed
file (MadoTestStore *test, const char *procedure, const char *answers)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCity) city = mado_city_load (MADO_TEST_DATA "/cities/fujisawa/city.json", &error);
  Filed self = { .test = test, .visit = counter_open (test) };

  self.counter = mado_counter_new (test->store, city, counter_get_catalogue ());
  self.head = counter_add_card_holder (test);
  counter_identify (test, &self.visit, COUNTER_CARD, "1234");
  self.number = counter_file (test, &self.visit, procedure, answers);
  return self;
}

static void
filed_clear (Filed *self)
{
  g_clear_object (&self->counter);
  counter_visit_clear (&self->visit);
  g_free (self->head);
  g_free (self->number);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filed, filed_clear)

static MadoCharge *
get_charge (const Filed *self)
{
  const MadoChargeQuery all = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) charges = mado_charge_list (self->test->store, &self->visit.actor, &all, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (charges->len, ==, 1);
  return g_object_ref (charges->pdata[0]);
}

static MadoPayment *
start (const Filed *self, GError **error)
{
  g_autoptr(MadoCharge) charge = get_charge (self);
  gpointer payment = NULL;

  mado_act_run (self->test->store, mado_payment_start (self->test->store, &self->visit.actor, charge->number,
                                                       MADO_PROVIDER_QR_WALLET, "kiosk-1", "ja", error),
                &payment, error);
  return payment;
}

static void
hear (const Filed *self, const MadoPayment *payment, MadoPaymentEvent event, const char *key)
{
  const MadoPaymentNews news = { .event = event, .key = key, .yen = -1 };
  g_autoptr(GError) error = NULL;

  mado_act_run (self->test->store, mado_payment_hear (self->test->store, &wallet, payment->id, &news, &error), NULL,
                &error);
  g_assert_no_error (error);
}

/* Debits are credits, and so much is in that account. */
static gint64
balance (const Filed *self, const char *account)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) totals = mado_books_read_totals (self->test->store, &counter_supervisor, NULL, "2000-01-01",
                                                        "2999-12-31", &error);
  gint64 sum = 0, found = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < totals->len; i++) {
    const MadoPosting *total = totals->pdata[i];

    sum += total->debit - total->credit;
    if (g_str_equal (total->account, account))
      found = total->debit - total->credit;
  }
  g_assert_cmpint (sum, ==, 0);
  return found;
}

/* Filed and owed in one act; paid by QR, the certificate is there, and nothing is left open in the books. */
static void
test_pay_by_qr (MadoTestStore *test)
{
  g_auto(Filed) self = file (test, "juminhyo", counter_certificate_answers);
  g_autoptr(MadoCharge) charge = get_charge (&self), after = NULL;
  g_autoptr(MadoCase) waiting = counter_read (test, &self.visit.actor, self.number), paid = NULL;
  g_autoptr(MadoPayment) payment = NULL;
  g_autoptr(GError) error = NULL;
  const MadoChargeLine *line = charge->lines->pdata[0];

  g_assert_cmpint (charge->amount, ==, 600);
  g_assert_cmpint (line->quantity, ==, 2);
  g_assert_cmpint (line->unit, ==, 300);
  g_assert_cmpstr (charge->payer, ==, self.head);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (charge->words), "ja"), ==,
                   "住民票の写し（髙﨑 美代子さん）");
  g_assert_false (waiting->has_result);

  payment = start (&self, &error);
  g_assert_no_error (error);
  hear (&self, payment, MADO_PAYMENT_EVENT_OPEN, "1");
  hear (&self, payment, MADO_PAYMENT_EVENT_CAPTURE, "2");
  hear (&self, payment, MADO_PAYMENT_EVENT_CAPTURE, "2");
  paid = counter_read (test, &self.visit.actor, self.number);
  after = get_charge (&self);
  g_assert_cmpint (after->state, ==, MADO_CHARGE_STATE_PAID);
  g_assert_true (paid->has_result);
  g_assert_cmpint (paid->paid_at, >, 0);
  g_assert_cmpint (balance (&self, MADO_ACCOUNT_RECEIVABLE), ==, 0);
  g_assert_cmpint (balance (&self, "transit:qr-wallet"), ==, 600);
  g_assert_cmpint (balance (&self, "revenue:fees.juminhyo"), ==, -600);
  g_assert_null (start (&self, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* Cash that a clerk takes is in the books like any other money, with a receipt. */
static void
test_pay_cash (MadoTestStore *test)
{
  g_auto(Filed) self = file (test, "juminhyo", counter_certificate_answers);
  g_autoptr(MadoCharge) charge = get_charge (&self);
  g_autoptr(GPtrArray) receipts = NULL;
  g_autoptr(MadoCase) paid = NULL;
  g_autoptr(GError) error = NULL;

  counter_walk (test, &counter_clerk, self.number, "paid");
  paid = counter_read (test, &self.visit.actor, self.number);
  g_assert_true (paid->has_result);
  g_assert_cmpint (balance (&self, "transit:counter"), ==, 600);
  receipts = mado_receipt_list (test->store, &counter_clerk, charge->number, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 1);
}

/* While a code is on a screen, nobody pays in cash beside it. */
static void
test_not_twice (MadoTestStore *test)
{
  g_auto(Filed) self = file (test, "juminhyo", counter_certificate_answers);
  const MadoCaseStep paid = { .event = MADO_CASE_EVENT_PAID };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = start (&self, &error);
  g_autoptr(MadoCase) filed = NULL;

  g_assert_no_error (error);
  g_assert_null (counter_step (test, &counter_clerk, self.number, &paid, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  filed = counter_read (test, &self.visit.actor, self.number);
  g_assert_cmpint (filed->paid_at, ==, 0);
}

static gint64
count_refunds (MadoTestStore *test, const char *state)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM refunds WHERE state = '%s'", state);

  return people_count (test, sql);
}

/* Paid, then withdrawn: all of it is on its way back by the way it came. */
static void
test_withdraw (MadoTestStore *test)
{
  g_auto(Filed) self = file (test, "koseki-shomei",
                             "{\"applicant.fullName\":\"髙﨑 美代子\",\"applicant.dateOfBirth\":\"1941-03-02\","
                             "\"domicile.address\":\"神奈川県藤沢市朝日町1番地\",\"domicile.head\":\"髙﨑 美代子\","
                             "\"domicile.relation\":\"self\",\"domicile.extent\":\"all\",\"certificate.copies\":1}");
  g_autoptr(MadoPayment) payment = NULL;
  g_autoptr(MadoCharge) charge = NULL;
  g_autoptr(GError) error = NULL;

  payment = start (&self, &error);
  g_assert_no_error (error);
  hear (&self, payment, MADO_PAYMENT_EVENT_CAPTURE, "1");
  counter_walk (test, &self.visit.actor, self.number, "withdraw");
  charge = get_charge (&self);
  g_assert_cmpint (charge->state, ==, MADO_CHARGE_STATE_CANCELLED);
  g_assert_cmpint (count_refunds (test, "asked"), ==, 450);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM outbox WHERE topic = 'payment.refund'"), ==, 1);
  g_assert_cmpint (balance (&self, MADO_ACCOUNT_OVERPAID), ==, 0);
  g_assert_cmpint (balance (&self, MADO_ACCOUNT_REFUNDING), ==, -450);
}

/* Withdrawn while the code was still on the screen, paid all the same: the money goes back by itself. */
static void
test_paid_after_withdrawal (MadoTestStore *test)
{
  g_auto(Filed) self = file (test, "juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = start (&self, &error);
  g_autoptr(MadoCase) filed = NULL;

  g_assert_no_error (error);
  counter_walk (test, &self.visit.actor, self.number, "withdraw");
  hear (&self, payment, MADO_PAYMENT_EVENT_CAPTURE, "1");
  filed = counter_read (test, &self.visit.actor, self.number);
  g_assert_cmpint (filed->state, ==, MADO_CASE_STATE_WITHDRAWN);
  g_assert_false (filed->has_result);
  g_assert_cmpint (count_refunds (test, "asked"), ==, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/fees/pay-by-qr", test_pay_by_qr);
  mado_test_store_add ("/fees/pay-cash", test_pay_cash);
  mado_test_store_add ("/fees/not-twice", test_not_twice);
  mado_test_store_add ("/fees/withdraw", test_withdraw);
  mado_test_store_add ("/fees/paid-after-withdrawal", test_paid_after_withdrawal);
  return g_test_run ();
}
