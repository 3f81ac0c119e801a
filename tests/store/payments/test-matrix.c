/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every state and every news of a provider, from the state table: said once, again, under another key, after a death
 * before its commit, after one between the commit and the answer, overtaken by every other news, and never. Each is
 * accounted for: the state is the table's, the news is kept, what contradicts is in the journal, the books balance. And
 * two programs on one store at the same moment.
 */
#include "money.h"

#include "core/mado-id.h"

#define EVENT(e) MADO_PAYMENT_EVENT_##e
#define NEWS     EVENT (REFUND)   /* all before it are told by a provider */

/* All that news can change. */
static gint64
count_all (MadoTestStore *test)
{
  return people_count (test, "SELECT (SELECT COUNT(*) FROM ledger_postings) + (SELECT COUNT(*) FROM journal)"
                             " + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM receipts)"
                             " + (SELECT COUNT(*) FROM payment_events)"
                             " + CAST((SELECT SUM(version) FROM payments) AS BIGINT)"
                             " + CAST((SELECT SUM(version) FROM charges) AS BIGINT) AS n");
}

static MadoOutcome
apply_and_die (MadoTx *tx, gpointer act, GError **error)
{
  if (mado_act_apply (tx, act, error) == MADO_OUTCOME_COMMIT)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "died before the commit");
  return MADO_OUTCOME_ROLL_BACK;
}

static void
die_hearing (MadoTestStore *test, const char *payment, const MadoPaymentNews *news)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoAct) act = mado_payment_hear (test->store, &people_system, payment, news, &error);
  gint64 before = count_all (test);

  g_assert_false (mado_store_write (test->store, apply_and_die, act, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_cmpint (count_all (test), ==, before);
}

/* Where the table leads from here, or nowhere. */
static int
expect (const MadoPayment *payment, MadoPaymentEvent event)
{
  guint holds = MADO_PAYMENT_GUARD_REMOTE | (payment->settled_at ? 0 : MADO_PAYMENT_GUARD_UNSETTLED)
                | (payment->refunded ? 0 : MADO_PAYMENT_GUARD_UNTOUCHED);
  const MadoTransition *row = mado_state_table_find (mado_payment_states (), payment->state, event, MADO_ROLE_SYSTEM,
                                                     holds, NULL);

  return row ? row->to : (int) payment->state;
}

static gint64
count_of (MadoTestStore *test, const char *what, const char *payment)
{
  g_autofree char *sql = g_strdup_printf (what, payment);

  return people_count (test, sql);
}

/* It says what was known, or was passed on the way: nothing for a person to look at. */
static gboolean
is_stale (const MadoPayment *payment, MadoPaymentEvent event)
{
  static const MadoPaymentState same[NEWS] = {
    [EVENT (AUTHORISE)] = MADO_PAYMENT_STATE_AUTHORISED, [EVENT (FAIL)] = MADO_PAYMENT_STATE_FAILED,
    [EVENT (CANCEL)] = MADO_PAYMENT_STATE_CANCELLED, [EVENT (EXPIRE)] = MADO_PAYMENT_STATE_EXPIRED,
  };
  gboolean before_money = event == EVENT (AUTHORISE) || event == EVENT (CAPTURE);

  return event == EVENT (OPEN) || (before_money && mado_payment_state_is_paid (payment->state))
         || (same[event] && payment->state == same[event]);
}

/* Told once more: taken where the table has a row, otherwise kept, and shown to people if it is no old news. */
static MadoPayment *
tell (MadoTestStore *test, const MadoPayment *before, MadoPaymentEvent event, const char *key)
{
  static const char kept[] = "SELECT COUNT(*) AS n FROM payment_events WHERE payment = '%s'";
  static const char contradicted[] = "SELECT COUNT(*) AS n FROM journal WHERE subject = 'payment/%s'"
                                     " AND action = 'payment.contradicted'";
  g_autoptr(GError) error = NULL;
  gint64 had = count_of (test, kept, before->id), objections = count_of (test, contradicted, before->id);
  MadoPayment *after = money_hear (test, &people_system, before->id, event, key, &error);

  g_assert_no_error (error);
  g_assert_cmpint (after->state, ==, expect (before, event));
  g_assert_cmpint (after->captured, ==, mado_payment_state_is_paid (after->state) ? 300 : 0);
  g_assert_cmpint (count_of (test, kept, before->id), ==, had + 1);
  g_assert_cmpint (count_of (test, contradicted, before->id) - objections, ==,
                   after->version == before->version && !is_stale (before, event));
  return after;
}

/* Whoever told it died before the answer, and tells it again after the restart: nothing more comes of it. */
static void
tell_again (MadoTestStore *test, const MadoPayment *once, MadoPaymentEvent event, const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) again = NULL;
  gint64 changed = count_all (test);

  again = money_hear (test, &people_system, once->id, event, key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->version, ==, once->version);
  g_assert_cmpint (count_all (test), ==, changed);
}

static void
try_cell (MadoTestStore *test, MadoPaymentState from, MadoPaymentEvent event)
{
  g_autoptr(MadoPayment) before = money_bring_to (test, from), once = NULL, other = NULL;
  g_autofree char *key = mado_ulid_new ();
  const MadoPaymentNews news = { .event = event, .key = key, .yen = -1 };

  g_assert_cmpint (before->state, ==, from);
  die_hearing (test, before->id, &news);
  once = tell (test, before, event, key);
  tell_again (test, once, event, key);
  mado_test_store_reopen (test);
  tell_again (test, once, event, key);
  other = tell (test, once, event, NULL);
}

static void
test_cells (MadoTestStore *test)
{
  for (int state = 0; state < MONEY_STATES; state++) {
    for (int event = 0; event < NEWS; event++)
      try_cell (test, state, event);
    money_audit (test);
  }
}

/* The second is there before the first, which comes after it, twice. */
static void
test_reordered (MadoTestStore *test)
{
  for (int state = 0; state < MONEY_STATES; state++) {
    for (int first = 0; first < NEWS; first++)
      for (int second = 0; second < NEWS; second++) {   /* the same twice under two keys is among them */
        g_autoptr(MadoPayment) before = money_bring_to (test, state);
        g_autofree char *key = mado_ulid_new ();
        g_autoptr(MadoPayment) overtaken = tell (test, before, second, NULL);
        g_autoptr(MadoPayment) late = tell (test, overtaken, first, key);

        tell_again (test, late, first, key);
      }
    money_audit (test);
  }
}

/* How an answer of the provider ends it, who was asked. */
static const MadoPaymentEvent ends[] = { EVENT (CAPTURE), EVENT (FAIL), EVENT (CANCEL), EVENT (EXPIRE) };

/*
 * It is never told. Then time runs out, the provider is asked because nobody else knows, and its answer alone decides;
 * what had an end already keeps it, but for money that came all the same.
 */
static void
test_lost (MadoTestStore *test)
{
  for (int state = 0; state < MONEY_STATES; state++) {
    for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
      g_autoptr(MadoPayment) before = money_bring_to (test, state);
      gint64 asked = count_of (test, "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'payment.cancel'"
                               " AND key LIKE 'payment.cancel/%s/%%'", before->id);
      g_autoptr(MadoPayment) given_up = tell (test, before, EVENT (ABANDON), NULL);
      g_autoptr(MadoPayment) ended = NULL;

      g_assert_cmpint (count_of (test, "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'payment.cancel'"
                                 " AND key LIKE 'payment.cancel/%s/%%'", before->id), ==,
                       asked + (given_up->version > before->version));
      ended = tell (test, given_up, ends[i], NULL);
      g_assert_false (mado_payment_state_is_live (ended->state));
    }
    money_audit (test);
  }
}

/* --- two programs ------------------------------------------------------------------------------------------------- */

#define RACES 20

typedef struct {
  MadoStore *store;
  char **charges;
  char **payments;    /* (nullable) */
  guint won, refused;
} Racer;

static gboolean
start (Racer *self, const char *charge, GError **error)
{
  return mado_act_run (self->store, mado_payment_start (self->store, &people_system, charge, MADO_PROVIDER_QR_WALLET,
                                                        NULL, NULL, error), NULL, error);
}

static gboolean
capture (Racer *self, const char *payment, GError **error)
{
  const MadoPaymentNews news = { .event = EVENT (CAPTURE), .key = payment, .yen = -1 };

  return mado_act_run (self->store, mado_payment_hear (self->store, &people_system, payment, &news, error), NULL,
                       error);
}

static gpointer
race (gpointer data)
{
  Racer *self = data;

  for (guint i = 0; i < RACES; i++) {
    g_autoptr(GError) error = NULL;

    if (self->payments ? capture (self, self->payments[i], &error) : start (self, self->charges[i], &error))
      self->won++;
    else {
      self->refused++;
      if (!g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT)
          && !g_error_matches (error, MADO_ERROR, MADO_ERROR_EXISTS)
          && !g_error_matches (error, MADO_ERROR, MADO_ERROR_STALE))
        g_error ("%s", error->message);
    }
  }
  return NULL;
}

static void
run_both (Racer racers[2])
{
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("racer", race, &racers[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

/* Both begin to pay the same; then both hear the same news. */
static void
test_two_programs (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStore) second = mado_store_open (test->address, test->data_key, &error);
  char *charges[RACES + 1] = { NULL }, *payments[RACES + 1] = { NULL };
  Racer racers[2] = { { test->store, charges }, { second, charges } };

  g_assert_no_error (error);
  for (guint i = 0; i < RACES; i++) {
    g_autoptr(MadoCharge) charge = money_raise (test, 300);

    charges[i] = g_strdup (charge->number);
  }
  run_both (racers);
  g_assert_cmpuint (racers[0].won + racers[1].won, ==, RACES);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM payments"), ==, RACES);
  for (guint i = 0; i < RACES; i++) {
    g_autoptr(GPtrArray) all = mado_payment_list (test->store, &people_system, charges[i], NULL);

    payments[i] = g_strdup (((MadoPayment *) all->pdata[0])->id);
  }
  racers[0] = (Racer) { test->store, charges, payments };
  racers[1] = (Racer) { second, charges, payments };
  run_both (racers);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, RACES * 300);
  money_audit (test);
  g_test_message ("%u refused of %u", racers[0].refused + racers[1].refused, 2 * RACES);
  mado_store_close (second);
  for (guint i = 0; i < RACES; i++) {
    g_free (charges[i]);
    g_free (payments[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/matrix", test_cells);
  mado_test_store_add ("/payments/reordered", test_reordered);
  mado_test_store_add ("/payments/lost", test_lost);
  mado_test_store_add ("/payments/two-programs", test_two_programs);
  return g_test_run ();
}
