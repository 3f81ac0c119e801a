/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"

#define TITLES "取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n"

/* A wallet's payment of @yen that was captured. */
static MadoPayment *
capture (MadoTestStore *test, gint64 yen)
{
  g_autoptr(MadoCharge) charge = money_raise (test, yen);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, &error);
  MadoPayment *captured;

  g_assert_no_error (error);
  captured = money_hear (test, &money_wallet, payment->id, MADO_PAYMENT_EVENT_CAPTURE, NULL, &error);
  g_assert_no_error (error);
  return captured;
}

static char *
row (const char *reference, const char *status, gint64 yen, const char *payment)
{
  return g_strdup_printf ("%s,%s,2026/11/20 10:00:00,%" G_GINT64_FORMAT ",%s\n", reference, status, yen, payment);
}

/* Rows under their titles. */
static char *
file (const char *first, ...)
{
  GString *text = g_string_new (TITLES);
  va_list more;

  va_start (more, first);
  for (const char *next = first; next; next = va_arg (more, const char *))
    g_string_append (text, next);
  va_end (more);
  return g_string_free (text, FALSE);
}

static MadoSettlement *
take (MadoTestStore *test, const char *text)
{
  g_autoptr(GError) error = NULL;
  MadoSettlement *settlement = money_take (test, "wallet", text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (settlement->done);
  money_audit (test);
  return settlement;
}

static const MadoDifference *
only_difference (const MadoSettlement *settlement, MadoMatch match)
{
  const MadoDifference *difference;

  g_assert_cmpuint (settlement->differences->len, ==, 1);
  difference = settlement->differences->pdata[0];
  g_assert_cmpint (difference->match, ==, match);
  return difference;
}

static MadoDifference *
propose (MadoTestStore *test, const MadoActor *actor, const MadoDifference *difference, MadoRemedy remedy,
         const char *target, GError **error)
{
  MadoDifference *after = NULL;

  mado_act_run (test->store, mado_difference_propose (test->store, actor, difference->id, difference->version, remedy,
                                                      target, "収納会社に確かめました", error), (gpointer *) &after,
                error);
  return after;
}

static MadoDifference *
decide (MadoTestStore *test, const MadoActor *actor, const MadoDifference *difference, MadoDifferenceEvent event,
        GError **error)
{
  MadoDifference *after = NULL;

  mado_act_run (test->store, mado_difference_decide (test->store, actor, difference->id, difference->version, event,
                                                     error), (gpointer *) &after, error);
  return after;
}

/* One proposes, another approves. */
static void
put_right (MadoTestStore *test, const MadoDifference *difference, MadoRemedy remedy, const char *target)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoDifference) proposed = propose (test, &money_clerk, difference, remedy, target, &error), closed = NULL;

  g_assert_no_error (error);
  closed = decide (test, &money_supervisor, proposed, MADO_DIFFERENCE_EVENT_APPROVE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (closed->state, ==, MADO_DIFFERENCE_STATE_CLOSED);
  g_assert_cmpint (money_balance (test, "suspense"), ==, 0);
  money_audit (test);
}

/* --- kinds -------------------------------------------------------------------------------------------------------- */

static void
test_matched (MadoTestStore *test)
{
  g_autoptr(MadoPayment) payment = capture (test, 1000), settled = NULL;
  g_autofree char *line = row ("P1", "取引完了", 1000, payment->id), *text = file (line, NULL);
  g_autoptr(MadoSettlement) before = NULL, settlement = NULL, again = NULL;
  gint64 journal;

  before = mado_settlement_preview (test->store, &money_clerk, money_treasury (), "wallet", (const guint8 *) text,
                                    strlen (text), NULL);
  g_assert_cmpint (before->matched, ==, 1);
  g_assert_cmpint (before->costs, ==, 19);
  g_assert_cmpint (money_balance (test, "bank"), ==, 0);
  settlement = take (test, text);
  g_assert_cmpint (settlement->matched, ==, 1);
  g_assert_cmpint (settlement->open, ==, 0);
  settled = mado_payment_get (test->store, &money_clerk, payment->id, NULL);
  g_assert_cmpint (settled->state, ==, MADO_PAYMENT_STATE_SETTLED);
  g_assert_cmpint (money_balance (test, "bank"), ==, 981);
  g_assert_cmpint (money_balance (test, "costs"), ==, 19);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
  journal = people_count (test, "SELECT COUNT(*) AS n FROM journal");
  again = take (test, text);
  g_assert_true (again->again);
  g_assert_cmpstr (again->id, ==, settlement->id);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal"), ==, journal);
}

/* Another file that has the same line as well as a new one. */
static void
test_overlap (MadoTestStore *test)
{
  g_autoptr(MadoPayment) one = capture (test, 300), two = capture (test, 400);
  g_autofree char *first = row ("P1", "取引完了", 300, one->id), *second = row ("P2", "取引完了", 400, two->id);
  g_autofree char *a = file (first, second, NULL), *b = file (second, first, NULL);
  g_autoptr(MadoSettlement) taken = take (test, a), overlap = take (test, b);

  g_assert_cmpint (taken->matched, ==, 2);
  g_assert_cmpint (overlap->known, ==, 2);
  g_assert_cmpint (money_balance (test, "bank"), ==, 700 - 5 - 7);
}

/* We hear of it by the file first: the payer was shown "unknown" until now. */
static void
test_late (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 500), paid = NULL;
  g_autoptr(MadoPayment) payment = money_start (test, &money_resident, charge->number, MADO_PROVIDER_QR_WALLET, NULL);
  g_autoptr(MadoPayment) lost = money_hear (test, &people_system, payment->id, MADO_PAYMENT_EVENT_LOSE, NULL, NULL);
  g_autofree char *line = row ("P1", "取引完了", 500, payment->id), *text = file (line, NULL);
  g_autoptr(MadoSettlement) settlement = take (test, text);

  g_assert_cmpint (settlement->late, ==, 1);
  paid = money_charge (test, charge->number);
  g_assert_cmpint (paid->state, ==, MADO_CHARGE_STATE_PAID);
}

static void
test_missing_here (MadoTestStore *test)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 800), paid = NULL;
  g_autofree char *line = row ("P1", "取引完了", 800, "01JD0000000000000000000XXX"), *text = file (line, NULL);
  g_autoptr(MadoSettlement) settlement = take (test, text);
  const MadoDifference *difference = only_difference (settlement, MADO_MATCH_MISSING_HERE);

  g_assert_cmpint (difference->held, ==, 800);
  g_assert_cmpint (money_balance (test, "suspense"), ==, -800);
  g_assert_cmpint (money_balance (test, "bank"), ==, 800 - 15);
  put_right (test, difference, MADO_REMEDY_ASSIGN, charge->number);
  paid = money_charge (test, charge->number);
  g_assert_cmpint (paid->state, ==, MADO_CHARGE_STATE_PAID);
  g_assert_cmpint (money_balance (test, "bank"), ==, 800 - 15);
  g_assert_cmpint (money_balance (test, "costs"), ==, 15);
}

static void
test_twice (MadoTestStore *test)
{
  g_autoptr(MadoPayment) payment = capture (test, 300);
  g_autofree char *one = row ("P1", "取引完了", 300, payment->id), *two = row ("P2", "取引完了", 300, payment->id);
  g_autofree char *text = file (one, two, NULL);
  g_autoptr(MadoSettlement) before = mado_settlement_preview (test->store, &money_clerk, money_treasury (), "wallet",
                                                              (const guint8 *) text, strlen (text), NULL);
  g_autoptr(MadoSettlement) settlement = take (test, text);

  g_assert_cmpint (before->matched, ==, 1);
  only_difference (before, MADO_MATCH_TWICE);
  g_assert_cmpint (settlement->matched, ==, 1);
  put_right (test, only_difference (settlement, MADO_MATCH_TWICE), MADO_REMEDY_GIVE_BACK, NULL);
  g_assert_cmpint (money_balance (test, "bank"), ==, 300 - 5 - 5);
}

static void
test_amount_differs (MadoTestStore *test)
{
  static const gint64 theirs[] = { 900, 1100 };

  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++) {
    g_autoptr(MadoPayment) payment = capture (test, 1000), settled = NULL;
    g_autofree char *line = row (i ? "P2" : "P1", "取引完了", theirs[i], payment->id), *text = file (line, NULL);
    g_autoptr(MadoSettlement) settlement = take (test, text);
    const MadoDifference *difference = only_difference (settlement, MADO_MATCH_AMOUNT_DIFFERS);

    g_assert_cmpint (difference->expected, ==, 1000);
    put_right (test, difference, MADO_REMEDY_WRITE_OFF, NULL);
    settled = mado_payment_get (test->store, &money_clerk, payment->id, NULL);
    g_assert_cmpint (settled->state, ==, MADO_PAYMENT_STATE_SETTLED);
    g_assert_cmpint (money_balance (test, "differences"), ==, i ? 0 : 100);
  }
  g_assert_cmpint (money_balance (test, "bank"), ==, 900 - 17 + 1100 - 21);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
}

/* Captured, but not in the file of its day: it comes with the next, or never. */
static void
test_missing_there (MadoTestStore *test)
{
  g_autoptr(MadoPayment) one = NULL, two = NULL, gone = NULL;
  g_autofree char *first = NULL, *a = NULL, *second = NULL, *b = NULL;
  g_autoptr(MadoSettlement) early = NULL, later = NULL, closed = NULL;
  g_autoptr(GPtrArray) open = NULL;

  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T01:00:00Z"));
  one = capture (test, 300);
  two = capture (test, 400);
  gone = capture (test, 500);
  first = row ("P1", "取引完了", 300, one->id);
  a = file (first, NULL);
  early = take (test, a);
  g_assert_cmpint (early->open, ==, 2);
  second = row ("P2", "取引完了", 400, two->id);
  b = file (second, NULL);
  later = take (test, b);
  g_assert_cmpint (later->late, ==, 1);
  g_assert_cmpint (later->open, ==, 0);
  open = mado_difference_list (test->store, &money_clerk, 0, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  put_right (test, open->pdata[0], MADO_REMEDY_CANCEL, NULL);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 500);
  mado_clock_thaw ();
}

static void
test_refunded (MadoTestStore *test)
{
  g_autoptr(MadoPayment) payment = capture (test, 300);
  const MadoChargeQuery newest = { .payer = MONEY_RESIDENT, .limit = 1 };
  g_autoptr(GPtrArray) charges = mado_charge_list (test->store, &people_system, &newest, NULL, NULL);
  g_autoptr(MadoCharge) less = money_lessen (test, charges->pdata[0], 0, NULL);
  g_autoptr(MadoRefund) refund = money_propose (test, &money_clerk, payment->id, 300, NULL);
  g_autoptr(MadoRefund) done = money_refund (test, &money_wallet, refund->id, MADO_REFUND_EVENT_FINISH, NULL);
  g_autofree char *paid = row ("P1", "取引完了", 300, payment->id), *back = row ("P1", "返金完了", 300, payment->id);
  g_autofree char *twice = row ("P2", "返金完了", 300, payment->id), *more = file (twice, NULL);
  g_autofree char *text = file (paid, back, NULL);
  g_autoptr(MadoSettlement) settlement = take (test, text), again = NULL;

  g_assert_cmpint (settlement->matched, ==, 2);
  g_assert_cmpint (money_balance (test, "transit:qr-wallet"), ==, 0);
  g_assert_cmpint (money_balance (test, "bank"), ==, -5);
  again = take (test, more);
  g_assert_cmpint (only_difference (again, MADO_MATCH_AMOUNT_DIFFERS)->held, ==, -300);
  put_right (test, only_difference (again, MADO_MATCH_AMOUNT_DIFFERS), MADO_REMEDY_WRITE_OFF, NULL);
}

/* Every state against everything a file may say of it. */
static const struct {
  const char *status;
  MadoMatch matches[MONEY_STATES];
} cells[] = {
  { "取引完了", { [MADO_PAYMENT_STATE_CREATED] = MADO_MATCH_LATE, [MADO_PAYMENT_STATE_PENDING] = MADO_MATCH_LATE,
                  [MADO_PAYMENT_STATE_AUTHORISED] = MADO_MATCH_LATE, [MADO_PAYMENT_STATE_UNKNOWN] = MADO_MATCH_LATE,
                  [MADO_PAYMENT_STATE_CAPTURED] = MADO_MATCH_MATCHED, [MADO_PAYMENT_STATE_FAILED] = MADO_MATCH_LATE,
                  [MADO_PAYMENT_STATE_CANCELLED] = MADO_MATCH_LATE, [MADO_PAYMENT_STATE_EXPIRED] = MADO_MATCH_LATE,
                  [MADO_PAYMENT_STATE_SETTLED] = MADO_MATCH_TWICE,
                  [MADO_PAYMENT_STATE_PARTLY_REFUNDED] = MADO_MATCH_MATCHED,
                  [MADO_PAYMENT_STATE_REFUNDED] = MADO_MATCH_MATCHED } },
  { "取引取消", { [MADO_PAYMENT_STATE_CREATED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_PENDING] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_AUTHORISED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_UNKNOWN] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_CAPTURED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_FAILED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_CANCELLED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_EXPIRED] = MADO_MATCH_CANCELLED,
                  [MADO_PAYMENT_STATE_SETTLED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_PARTLY_REFUNDED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_REFUNDED] = MADO_MATCH_AMOUNT_DIFFERS } },
  { "返金完了", { [MADO_PAYMENT_STATE_CREATED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_PENDING] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_AUTHORISED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_UNKNOWN] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_CAPTURED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_FAILED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_CANCELLED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_EXPIRED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_SETTLED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_PARTLY_REFUNDED] = MADO_MATCH_AMOUNT_DIFFERS,
                  [MADO_PAYMENT_STATE_REFUNDED] = MADO_MATCH_MATCHED } },
};

static gboolean
came_to (MadoTestStore *test, const char *reference, MadoMatch match)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) AS n FROM settlement_lines WHERE outcome = '%s'"
                                          " AND key LIKE 'qr-wallet/%s/%%'", mado_enum_nick (MADO_TYPE_MATCH, match),
                                          reference);

  return people_count (test, sql) == 1;
}

static void
test_cells (MadoTestStore *test)
{
  g_autoptr(GString) text = g_string_new (TITLES);
  g_autoptr(MadoSettlement) settlement = NULL, again = NULL;
  gint64 before = 0, entries;

  for (guint c = 0; c < G_N_ELEMENTS (cells); c++)
    for (int state = 0; state < MONEY_STATES; state++) {
      g_autoptr(MadoPayment) payment = money_bring_to (test, state);
      g_autofree char *reference = g_strdup_printf ("C%u-%02d", c, state);
      g_autofree char *line = row (reference, cells[c].status, 300, payment->id);

      g_string_append (text, line);
    }
  before = money_balance (test, "bank") + money_balance (test, "costs");
  settlement = take (test, text->str);
  g_assert_cmpint (money_balance (test, "bank") + money_balance (test, "costs"), ==, before + settlement->yen);
  for (guint c = 0; c < G_N_ELEMENTS (cells); c++)
    for (int state = 0; state < MONEY_STATES; state++) {
      g_autofree char *reference = g_strdup_printf ("C%u-%02d", c, state);

      if (!came_to (test, reference, cells[c].matches[state]))
        g_error ("%s is not %s", reference, mado_enum_nick (MADO_TYPE_MATCH, cells[c].matches[state]));
    }
  entries = people_count (test, "SELECT COUNT(*) AS n FROM ledger_entries");
  again = take (test, text->str);
  g_assert_true (again->again);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM ledger_entries"), ==, entries);
}

/* --- four eyes ---------------------------------------------------------------------------------------------------- */

static void
test_four_eyes (MadoTestStore *test)
{
  g_autofree char *line = row ("P1", "取引完了", 800, ""), *text = file (line, NULL);
  g_autoptr(MadoSettlement) settlement = take (test, text);
  const MadoDifference *difference = only_difference (settlement, MADO_MATCH_MISSING_HERE);
  g_autoptr(MadoDifference) proposed = NULL, declined = NULL;
  g_autoptr(GError) remedy = NULL, same = NULL, clerk = NULL, stale = NULL, target = NULL, error = NULL;

  g_assert_null (propose (test, &money_clerk, difference, MADO_REMEDY_CANCEL, NULL, &remedy));
  g_assert_error (remedy, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (propose (test, &money_clerk, difference, MADO_REMEDY_ASSIGN, NULL, &target));
  g_assert_error (target, MADO_ERROR, MADO_ERROR_INVALID);
  proposed = propose (test, &money_supervisor, difference, MADO_REMEDY_GIVE_BACK, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (decide (test, &money_supervisor, proposed, MADO_DIFFERENCE_EVENT_APPROVE, &same));
  g_assert_error (same, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_null (decide (test, &money_clerk, proposed, MADO_DIFFERENCE_EVENT_APPROVE, &clerk));
  g_assert_error (clerk, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (decide (test, &money_clerk, difference, MADO_DIFFERENCE_EVENT_DECLINE, &stale));
  g_assert_error (stale, MADO_ERROR, MADO_ERROR_STALE);
  declined = decide (test, &money_clerk, proposed, MADO_DIFFERENCE_EVENT_DECLINE, &error);
  g_assert_cmpint (declined->state, ==, MADO_DIFFERENCE_STATE_OPEN);
  g_assert_cmpint (money_balance (test, "suspense"), ==, -800);
  put_right (test, declined, MADO_REMEDY_WRITE_OFF, NULL);
}

/* --- bad files ---------------------------------------------------------------------------------------------------- */

static void
check_refused (MadoTestStore *test, const char *text, gssize n, MadoError code, const char *place)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (money_take (test, "wallet", text, n, &error));
  g_assert_error (error, MADO_ERROR, (int) code);
  if (mado_error_get_n_violations (error))
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, place);
  else
    g_assert_nonnull (strstr (error->message, place));
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM settlements"), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM parts"), ==, 0);
}

static void
test_bad (MadoTestStore *test)
{
  check_refused (test, "", -1, MADO_ERROR_MALFORMED, "empty");
  check_refused (test, "取引番号,取引ステータス\n", -1, MADO_ERROR_INVALID, "/1/加盟店決済ID");
  check_refused (test, TITLES "P1,取引完了,2026/11/20,300,\nP2,取引完了,2026/11", -1, MADO_ERROR_INVALID, "/3");
  check_refused (test, TITLES "P1,取引完了,2026/11/20,\"300", -1, MADO_ERROR_INVALID, "/2");
  check_refused (test, TITLES "P1,取引完了,2026/11/20,300.5,\n", -1, MADO_ERROR_INVALID, "/2/取引金額");
  check_refused (test, TITLES "P1,取引完了,2026/11/20,0,\n", -1, MADO_ERROR_INVALID, "/2/取引金額");
  check_refused (test, TITLES "P1,取引完了,2026/13/20,300,\n", -1, MADO_ERROR_INVALID, "/2/取引日時");
  check_refused (test, TITLES "P1,なぞ,2026/11/20,300,\n", -1, MADO_ERROR_INVALID, "/2/取引ステータス");
  check_refused (test, TITLES "P1,取引完了,\xff\xff,300,\n", -1, MADO_ERROR_MALFORMED, "Line 2");
}

static void
test_shift_jis (MadoTestStore *test)
{
  g_autoptr(MadoPayment) payment = capture (test, 1000);
  g_autofree char *line = row ("P1", "取引完了", 1000, payment->id), *text = file (line, NULL);
  g_autoptr(GError) error = NULL;
  gsize n;
  g_autofree char *encoded = g_convert (text, -1, "CP932", "UTF-8", NULL, &n, NULL);
  g_autoptr(MadoSettlement) settlement = money_take (test, "wallet", encoded, (gssize) n, &error);

  g_assert_no_error (error);
  g_assert_cmpint (settlement->matched, ==, 1);
}

/* Killed in the middle: whoever comes up next goes on, and no line is booked twice. */
static void
test_resumed (MadoTestStore *test)
{
  g_autoptr(GString) text = g_string_new (TITLES);
  g_autoptr(MadoSettlement) taken = NULL, done = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 300; i++) {
    g_autoptr(MadoPayment) payment = i % 3 ? NULL : capture (test, 100);
    g_autofree char *reference = g_strdup_printf ("P%u", i);
    g_autofree char *line = row (reference, "取引完了", 100, payment ? payment->id : "");

    g_string_append (text, line);
  }
  mado_settlements_serve (test->store, money_treasury ());
  mado_act_run (test->store, mado_settlement_take (test->store, &money_clerk, money_treasury (), "wallet",
                                                   (const guint8 *) text->str, text->len, &error),
                (gpointer *) &taken, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++) {
    g_usleep (15000);
    mado_test_store_reopen (test);
    mado_settlements_serve (test->store, money_treasury ());
  }
  money_wait (test, taken->job);
  done = mado_settlement_get (test->store, &people_system, taken->id, NULL);
  g_assert_cmpint (done->matched, ==, 100);
  g_assert_cmpint (done->open, ==, 200);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM settlement_lines"), ==, 300);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM parts"), ==, 0);
  g_assert_cmpint (money_balance (test, "bank"), ==, 300 * 99);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/settlements/matched", test_matched);
  mado_test_store_add ("/payments/settlements/overlap", test_overlap);
  mado_test_store_add ("/payments/settlements/late", test_late);
  mado_test_store_add ("/payments/settlements/missing-here", test_missing_here);
  mado_test_store_add ("/payments/settlements/twice", test_twice);
  mado_test_store_add ("/payments/settlements/amount-differs", test_amount_differs);
  mado_test_store_add ("/payments/settlements/missing-there", test_missing_there);
  mado_test_store_add ("/payments/settlements/refunded", test_refunded);
  mado_test_store_add ("/payments/settlements/cells", test_cells);
  mado_test_store_add ("/payments/settlements/four-eyes", test_four_eyes);
  mado_test_store_add ("/payments/settlements/bad", test_bad);
  mado_test_store_add ("/payments/settlements/shift-jis", test_shift_jis);
  mado_test_store_add ("/payments/settlements/resumed", test_resumed);
  return g_test_run ();
}
