/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "store/mado-journal.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static MadoLedgerDay *
close_day (MadoTestStore *test, const MadoActor *actor, const char *office, const char *day, GError **error)
{
  MadoLedgerDay *closed = NULL;

  mado_act_run (test->store, mado_day_close (test->store, actor, office, day, error), (gpointer *) &closed, error);
  return closed;
}

static void
freeze_at (const char *time)
{
  mado_clock_freeze (mado_clock_parse_time (time));
}

/* Positions are given within moments; a day is proven once its entry has one. */
static gboolean
verify (MadoTestStore *test, char **bad)
{
  const MadoJournalQuery query = { .limit = 1000, .action = "day.closed" };
  gint64 n = people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'day.closed'");

  for (guint i = 0; i < 500; i++) {
    g_autoptr(GPtrArray) entries = mado_journal_read (test->store, &query, NULL);

    if (entries && entries->len == n)
      return mado_day_verify (test->store, "hongo", bad, NULL);
    g_usleep (10000);
  }
  g_error ("the journal gave no position");
}

static void
test_statement (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(MadoPayment) payment = money_start (test, &money_clerk, charge->number, MADO_PROVIDER_COUNTER, NULL);
  g_autoptr(MadoPayment) paid = money_hear (test, &money_clerk, payment->id, MADO_PAYMENT_EVENT_CAPTURE, NULL, NULL);
  g_autoptr(GPtrArray) entries = mado_books_read_charge (test->store, &money_clerk, charge->id, NULL);
  g_autoptr(GError) error = NULL;
  const MadoLedgerEntry *entry;

  g_assert_nonnull (paid);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->kind, ==, "charge.raised");
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->kind, ==, "payment.captured");
  g_assert_cmpstr (entry->payment, ==, payment->id);
  g_assert_cmpuint (entry->postings->len, ==, 2);
  g_assert_null (mado_books_read_charge (test->store, &money_resident, charge->id, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
}

static void
test_close (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = NULL, late = NULL;
  g_autoptr(MadoLedgerDay) closed = NULL, next = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL, again = NULL, clerk = NULL, future = NULL;
  g_autofree char *bad = NULL;

  freeze_at ("2026-11-20T08:00:00Z");
  charge = money_raise (test, 300);
  g_assert_null (close_day (test, &money_clerk, "hongo", "2026-11-20", &clerk));
  g_assert_error (clerk, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (close_day (test, &money_supervisor, "hongo", "2026-11-21", &future));
  g_assert_error (future, MADO_ERROR, MADO_ERROR_INVALID);
  closed = close_day (test, &money_supervisor, "hongo", "2026-11-20", &error);
  g_assert_no_error (error);
  g_assert_cmpint (closed->entries, ==, 1);
  g_assert_cmpuint (closed->totals->len, ==, 2);
  g_assert_null (close_day (test, &money_supervisor, "hongo", "2026-11-20", &again));
  g_assert_error (again, MADO_ERROR, MADO_ERROR_CONFLICT);

  late = money_raise (test, 500);   /* the same evening: in tomorrow's books */
  entries = mado_books_read_charge (test->store, &money_clerk, late->id, NULL);
  g_assert_cmpstr (((MadoLedgerEntry *) entries->pdata[0])->day, ==, "2026-11-21");
  mado_clock_advance (DAY);
  next = close_day (test, &money_supervisor, "hongo", "2026-11-21", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (next->former, ==, closed->digest);
  g_assert_true (verify (test, &bad));
  mado_clock_thaw ();
  money_audit (test);
}

static void
test_order (MadoTestStore *test)
{
  g_autoptr(MadoCharge) first = NULL, second = NULL;
  g_autoptr(MadoLedgerDay) a = NULL, b = NULL, empty = NULL, other = NULL;
  g_autoptr(GError) early = NULL, error = NULL;

  freeze_at ("2026-11-18T01:00:00Z");
  first = money_raise (test, 300);
  mado_clock_advance (DAY);
  second = money_raise (test, 300);
  g_assert_null (close_day (test, &money_supervisor, "hongo", "2026-11-19", &early));
  g_assert_error (early, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_nonnull (strstr (early->message, "2026-11-18"));
  a = close_day (test, &money_supervisor, "hongo", "2026-11-18", &error);
  b = close_day (test, &money_supervisor, "hongo", "2026-11-19", &error);
  g_assert_no_error (error);
  other = close_day (test, &money_supervisor, "tsujido", "2026-11-19", &error);   /* where nothing happened */
  g_assert_no_error (error);
  g_assert_cmpint (other->entries, ==, 0);
  g_assert_null (other->former);
  mado_clock_thaw ();
}

/* Whoever changes the books behind the program is found, day and all; the table's own digest does not help them. */
static void
test_tampered (MadoTestStore *test)
{
  static const char *const tricks[] = {
    "UPDATE ledger_postings SET debit = debit + 1 WHERE debit = 300",
    "UPDATE ledger_entries SET kind = 'charge.lessened' WHERE day = '2026-11-18'",
    "UPDATE ledger_days SET digest = 'abc' WHERE day = '2026-11-18'",
    "DELETE FROM ledger_days WHERE day = '2026-11-18'",
    "DELETE FROM ledger_postings WHERE debit = 300",
  };
  static const char *const keep =
    "CREATE TABLE k1 AS SELECT * FROM ledger_postings; CREATE TABLE k2 AS SELECT * FROM ledger_entries;"
    " CREATE TABLE k3 AS SELECT * FROM ledger_days";
  static const char *const restore =
    "DELETE FROM ledger_postings; INSERT INTO ledger_postings SELECT * FROM k1; DELETE FROM ledger_entries;"
    " INSERT INTO ledger_entries SELECT * FROM k2; DELETE FROM ledger_days; INSERT INTO ledger_days SELECT * FROM k3";
  g_autoptr(MadoCharge) first = NULL, second = NULL;
  g_autoptr(MadoLedgerDay) a = NULL, b = NULL;

  freeze_at ("2026-11-18T01:00:00Z");
  first = money_raise (test, 300);
  a = close_day (test, &money_supervisor, "hongo", "2026-11-18", NULL);
  mado_clock_advance (DAY);
  second = money_raise (test, 200);
  b = close_day (test, &money_supervisor, "hongo", "2026-11-19", NULL);
  g_assert_true (a && b && verify (test, NULL));
  mado_test_store_tamper (test, keep);
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++) {
    g_autofree char *bad = NULL;

    mado_test_store_tamper (test, tricks[i]);
    g_assert_false (verify (test, &bad));
    g_assert_nonnull (bad);
    mado_test_store_tamper (test, restore);
    g_assert_true (verify (test, NULL));
  }
  mado_clock_thaw ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/books/statement", test_statement);
  mado_test_store_add ("/payments/books/close", test_close);
  mado_test_store_add ("/payments/books/order", test_order);
  mado_test_store_add ("/payments/books/tampered", test_tampered);
  return g_test_run ();
}
