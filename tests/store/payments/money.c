/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "core/mado-id.h"
#include "store/mado-job.h"
#include "store/mado-row.h"

#define SECOND_PERSON_ABOVE 1000

const MadoActor money_clerk = { "staff", "01JD0000000000000000000C01", NULL, MADO_ROLE_CLERK };
const MadoActor money_supervisor = { "staff", "01JD0000000000000000000S01", NULL, MADO_ROLE_SUPERVISOR };
const MadoActor money_wallet = { "device", "notifier", NULL, MADO_ROLE_NOTIFIER };
const MadoActor money_kiosk = { "device", "kiosk-1", NULL, MADO_ROLE_DEVICE };
const MadoActor money_resident = { "resident", MONEY_RESIDENT, NULL, MADO_ROLE_RESIDENT };
const MadoActor money_other = { "resident", "01JD0000000000000000000R02", NULL, MADO_ROLE_RESIDENT };

GPtrArray *
money_lines (const char *account, ...)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  va_list more;

  va_start (more, account);
  for (; account; account = va_arg (more, const char *)) {
    MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, "account", account, "quantity", G_GINT64_CONSTANT (1),
                                         NULL);

    line->unit = va_arg (more, int);
    g_ptr_array_add (lines, line);
  }
  va_end (more);
  return lines;
}

MadoCharge *
money_raise (MadoTestStore *test, gint64 yen)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, "office", "hongo", "payer", MONEY_RESIDENT, NULL);
  g_autoptr(GError) error = NULL;
  MadoCharge *raised = NULL;

  charge->words = json_from_string ("{\"ja\":\"保育料 10月分（下のお子さん）\"}", NULL);
  charge->lines = money_lines ("fees.nursery", (int) yen, NULL);
  mado_act_run (test->store, mado_charge_raise (test->store, &money_clerk, charge, &error), (gpointer *) &raised,
                &error);
  g_assert_no_error (error);
  return raised;
}

MadoCharge *
money_lessen (MadoTestStore *test, const MadoCharge *charge, gint64 yen, GError **error)
{
  g_autoptr(GPtrArray) lines = yen ? money_lines ("fees.nursery", (int) yen, NULL) : g_ptr_array_new ();
  MadoCharge *after = NULL;

  mado_act_run (test->store, mado_charge_lessen (test->store, &money_clerk, charge->number, charge->version, lines,
                                                 "二人目は半額です", error), (gpointer *) &after, error);
  return after;
}

MadoCharge *
money_charge (MadoTestStore *test, const char *number)
{
  g_autoptr(GError) error = NULL;
  MadoCharge *charge = mado_charge_get (test->store, &people_system, number, &error);

  g_assert_no_error (error);
  return charge;
}

MadoPayment *
money_start (MadoTestStore *test, const MadoActor *actor, const char *charge, MadoProvider provider, GError **error)
{
  MadoPayment *payment = NULL;

  mado_act_run (test->store, mado_payment_start (test->store, actor, charge, provider, money_kiosk.id, "ja", error),
                (gpointer *) &payment, error);
  return payment;
}

MadoPayment *
money_hear (MadoTestStore *test, const MadoActor *actor, const char *id, MadoPaymentEvent event, const char *key,
            GError **error)
{
  g_autofree char *new_key = key ? g_strdup (key) : mado_ulid_new ();
  const MadoPaymentNews news = { .event = event, .key = new_key, .yen = -1 };
  MadoPayment *payment = NULL;

  mado_act_run (test->store, mado_payment_hear (test->store, actor, id, &news, error), (gpointer *) &payment, error);
  return payment;
}

MadoPayment *
money_slip (MadoTestStore *test, const char *charge, MadoPaymentEvent event, const char *reference, gint64 yen,
            GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s/%d", reference, event);
  const MadoPaymentNews news = { .event = event, .key = key, .yen = yen, .reference = reference };
  MadoPayment *payment = NULL;

  mado_act_run (test->store, mado_payment_note (test->store, &people_system, charge, MADO_PROVIDER_SLIP, &news, error),
                (gpointer *) &payment, error);
  return payment;
}

MadoRefund *
money_propose (MadoTestStore *test, const MadoActor *actor, const char *payment, gint64 yen, GError **error)
{
  MadoRefund *refund = NULL;

  mado_act_run (test->store, mado_refund_propose (test->store, actor, payment, yen, "paid-twice", SECOND_PERSON_ABOVE,
                                                  error), (gpointer *) &refund, error);
  return refund;
}

MadoRefund *
money_refund (MadoTestStore *test, const MadoActor *actor, const char *id, MadoRefundEvent event, GError **error)
{
  MadoRefund *refund = NULL;

  mado_act_run (test->store, mado_refund_step (test->store, actor, id, event, error), (gpointer *) &refund, error);
  return refund;
}

gint64
money_balance (MadoTestStore *test, const char *account)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) totals = mado_books_read_totals (test->store, &people_system, NULL, "2000-01-01", "2100-01-01",
                                                        &error);

  g_assert_no_error (error);
  for (guint i = 0; i < totals->len; i++) {
    const MadoPosting *total = totals->pdata[i];

    if (g_str_equal (total->account, account))
      return total->debit - total->credit;
  }
  return 0;
}

/* --- states ------------------------------------------------------------------------------------------------------- */

/* How each state is come to; -1 lessens the charge to half and refunds the rest, -2 all of it. */
static const int ways[MONEY_STATES][3] = {
  [MADO_PAYMENT_STATE_CREATED]         = { -9 },
  [MADO_PAYMENT_STATE_PENDING]         = { MADO_PAYMENT_EVENT_OPEN, -9 },
  [MADO_PAYMENT_STATE_AUTHORISED]      = { MADO_PAYMENT_EVENT_AUTHORISE, -9 },
  [MADO_PAYMENT_STATE_UNKNOWN]         = { MADO_PAYMENT_EVENT_LOSE, -9 },
  [MADO_PAYMENT_STATE_CAPTURED]        = { MADO_PAYMENT_EVENT_CAPTURE, -9 },
  [MADO_PAYMENT_STATE_FAILED]          = { MADO_PAYMENT_EVENT_FAIL, -9 },
  [MADO_PAYMENT_STATE_CANCELLED]       = { MADO_PAYMENT_EVENT_CANCEL, -9 },
  [MADO_PAYMENT_STATE_EXPIRED]         = { MADO_PAYMENT_EVENT_EXPIRE, -9 },
  [MADO_PAYMENT_STATE_SETTLED]         = { MADO_PAYMENT_EVENT_CAPTURE, MADO_PAYMENT_EVENT_SETTLE, -9 },
  [MADO_PAYMENT_STATE_PARTLY_REFUNDED] = { MADO_PAYMENT_EVENT_CAPTURE, -1, -9 },
  [MADO_PAYMENT_STATE_REFUNDED]        = { MADO_PAYMENT_EVENT_CAPTURE, -2, -9 },
};

static void
give_back (MadoTestStore *test, const char *number, const char *payment, gint64 left)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCharge) charge = money_charge (test, number);
  g_autoptr(MadoCharge) less = money_lessen (test, charge, left, &error);
  g_autoptr(MadoRefund) refund = NULL, done = NULL;

  g_assert_no_error (error);
  refund = money_propose (test, &money_clerk, payment, 300 - left, &error);
  g_assert_no_error (error);
  done = money_refund (test, &money_wallet, refund->id, MADO_REFUND_EVENT_FINISH, &error);
  g_assert_no_error (error);
}

MadoPayment *
money_bring_to (MadoTestStore *test, MadoPaymentState state)
{
  g_autoptr(MadoCharge) charge = money_raise (test, 300);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = money_start (test, &people_system, charge->number, MADO_PROVIDER_QR_WALLET, &error);

  g_assert_no_error (error);
  for (guint i = 0; ways[state][i] != -9; i++) {
    g_autoptr(MadoPayment) after = NULL;

    if (ways[state][i] < 0)
      give_back (test, charge->number, payment->id, ways[state][i] == -1 ? 150 : 0);
    else
      after = money_hear (test, &people_system, payment->id, ways[state][i], NULL, &error);
    g_assert_no_error (error);
  }
  return mado_payment_get (test->store, &people_system, payment->id, NULL);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

MadoTreasury *
money_treasury (void)
{
  static MadoTreasury *treasury;
  g_autoptr(GError) error = NULL;

  if (!treasury)
    treasury = mado_treasury_load (MADO_TEST_DATA "/cities/fujisawa/books.json", &error);
  g_assert_no_error (error);
  return treasury;
}

void
money_wait (MadoTestStore *test, const char *job)
{
  for (gint64 until = g_get_monotonic_time () + 600 * G_USEC_PER_SEC; ; g_usleep (2000)) {
    g_autoptr(MadoJob) found = mado_job_get (test->store, job, NULL);

    g_assert_nonnull (found);
    if (found->state == MADO_JOB_STATE_DONE)
      return;
    if (found->state >= MADO_JOB_STATE_DONE || g_get_monotonic_time () > until)
      g_error ("job %s: state %d, %s", found->kind, found->state, found->message);
  }
}

MadoSettlement *
money_take (MadoTestStore *test, const char *mapping, const char *file, gssize n, GError **error)
{
  g_autoptr(MadoSettlement) taken = NULL;
  MadoSettlement *done;
  gboolean again;

  mado_settlements_serve (test->store, money_treasury ());
  if (!mado_act_run (test->store, mado_settlement_take (test->store, &money_clerk, money_treasury (), mapping,
                                                        (const guint8 *) file, n < 0 ? strlen (file) : (gsize) n,
                                                        error), (gpointer *) &taken, error))
    return NULL;
  again = taken->again;
  mado_settlements_serve (test->store, money_treasury ());   /* wakes it */
  money_wait (test, taken->job);
  done = mado_settlement_get (test->store, &people_system, taken->id, error);
  if (done)
    done->again = again;
  return done;
}

char *
money_slip_line (const char *kind, const char *code, gint64 yen)
{
  return g_strdup_printf ("%s,20261120,1815,EAN%s,,,0,%" G_GINT64_FORMAT ",010,X,110001,%s,20261121\r\n", kind, code,
                          yen, g_str_equal (kind, "02") ? "20261127" : "0");
}

static void
pad (GString *out, const char *text, gsize n)
{
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, "CP932", "UTF-8", NULL, &length, NULL);

  g_assert_cmpuint (length, <=, n);
  g_string_append_len (out, bytes, (gssize) length);
  for (gsize i = length; i < n; i++)
    g_string_append_c (out, ' ');
}

static void
end_record (GString *out, gsize from)
{
  while (out->len - from < 200)
    g_string_append_c (out, ' ');
  g_string_append (out, "\r\n");
}

/* A notice of credits, as a bank makes it. */
GString *
money_notice (const MoneyCredit *credits, guint n)
{
  GString *out = g_string_new ("10100811200811200811200001");
  gint64 sum = 0;
  gsize from;

  pad (out, "ﾐｽﾞﾎ", 15);
  g_string_append (out, "001");
  pad (out, "ﾌｼﾞｻﾜ", 15);
  g_string_append (out, "11234567");
  pad (out, "ﾌｼﾞｻﾜｼｶｲｹｲｶﾝﾘｼﾔ", 40);
  end_record (out, 0);
  for (guint i = 0; i < n; i++) {
    from = out->len;
    g_string_append_printf (out, "2%s081120081120%010d%010d%010d", credits[i].reference, credits[i].yen, 0, 0);
    pad (out, credits[i].payer, 48);
    pad (out, "ﾖｺﾊﾏ", 15);
    pad (out, "ﾌｼﾞｻﾜ", 15);
    g_string_append_c (out, ' ');
    pad (out, credits[i].note, 20);
    end_record (out, from);
    sum += credits[i].yen;
  }
  from = out->len;
  g_string_append_printf (out, "8%06u%012" G_GINT64_FORMAT "%06d%012d", n, sum, 0, 0);
  end_record (out, from);
  from = out->len;
  g_string_append_c (out, '9');
  end_record (out, from);
  return out;
}

/* --- audit -------------------------------------------------------------------------------------------------------- */

/* Each asks for what must not be: the count has to be 0. The books are summed up anew from their postings. */
static const char *const audits[] = {
  /* every entry balances, has two accounts at least, and no line is empty or on both sides */
  "SELECT COUNT(*) AS n FROM (SELECT entry FROM ledger_postings GROUP BY entry"
  " HAVING SUM(debit) <> SUM(credit) OR COUNT(*) < 2) x",
  "SELECT COUNT(*) AS n FROM ledger_postings WHERE debit < 0 OR credit < 0 OR (debit > 0) = (credit > 0)",
  "SELECT COUNT(*) AS n FROM ledger_entries e"
  " WHERE NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE p.entry = e.id)",
  /* a day says how many entries it has */
  "SELECT COUNT(*) AS n FROM ledger_days d WHERE d.day <> '' AND d.entries <>"
  " (SELECT COUNT(*) FROM ledger_entries e WHERE e.office = d.office AND e.day = d.day)",
  /* what is owed and what is too much, charge by charge */
  "SELECT COUNT(*) AS n FROM charges c WHERE (CASE WHEN c.amount > c.paid THEN c.amount - c.paid ELSE 0 END) <>"
  " (SELECT COALESCE(SUM(p.debit - p.credit), 0) FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id"
  " WHERE e.charge = c.id AND p.account = 'receivable')",
  "SELECT COUNT(*) AS n FROM charges c WHERE (CASE WHEN c.paid > c.amount THEN c.paid - c.amount ELSE 0 END) <>"
  " (SELECT COALESCE(SUM(p.credit - p.debit), 0) FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id"
  " WHERE e.charge = c.id AND p.account = 'overpaid')",
  "SELECT COUNT(*) AS n FROM charges c WHERE c.amount <>"
  " (SELECT COALESCE(SUM(p.credit - p.debit), 0) FROM ledger_entries e JOIN ledger_postings p ON p.entry = e.id"
  " WHERE e.charge = c.id AND p.account LIKE 'revenue:%')",
  /* its payments make what it has */
  "SELECT COUNT(*) AS n FROM charges c WHERE c.paid <>"
  " (SELECT COALESCE(SUM(captured - refunding - refunded), 0) FROM payments p WHERE p.charge = c.id)",
  "SELECT COUNT(*) AS n FROM charges WHERE (state = 'open') <> (state <> 'cancelled' AND paid < amount)",
  /* refunds: what is on its way, and what arrived */
  "SELECT COUNT(*) AS n FROM payments p WHERE p.refunding <> (SELECT COALESCE(SUM(amount), 0) FROM refunds r"
  " WHERE r.payment = p.id AND r.state IN ('proposed', 'asked'))",
  "SELECT COUNT(*) AS n FROM payments p WHERE p.refunded <> (SELECT COALESCE(SUM(amount), 0) FROM refunds r"
  " WHERE r.payment = p.id AND r.state = 'done')",
  "SELECT COUNT(*) AS n FROM payments WHERE refunding + refunded > captured OR captured < 0",
  /* money is where its payment says */
  "SELECT COUNT(*) AS n FROM payments p WHERE (p.captured > 0) <>"
  " (p.state IN ('captured', 'settled', 'partly-refunded', 'refunded'))",
  "SELECT COUNT(*) AS n FROM payments p LEFT JOIN (SELECT e.payment AS payment,"
  " SUM(CASE WHEN e.kind = 'payment.captured' THEN l.debit ELSE -l.credit END) AS yen"
  " FROM ledger_entries e JOIN ledger_postings l ON l.entry = e.id"
  " WHERE e.kind IN ('payment.captured', 'payment.taken-back') AND l.account LIKE 'transit:%' GROUP BY e.payment) b"
  " ON b.payment = p.id WHERE p.captured <> COALESCE(b.yen, 0)",
  "SELECT COUNT(*) AS n FROM payments p LEFT JOIN (SELECT e.payment AS payment, SUM(l.credit) AS yen"
  " FROM ledger_entries e JOIN ledger_postings l ON l.entry = e.id WHERE e.kind = 'payment.settled'"
  " GROUP BY e.payment) b ON b.payment = p.id WHERE p.settled_at > 0 AND p.captured <> COALESCE(b.yen, 0)",
  /* one attempt at most holds a charge, and only a live one does */
  "SELECT COUNT(*) AS n FROM (SELECT charge FROM payments WHERE holds = 1 GROUP BY charge HAVING COUNT(*) > 1) x",
  "SELECT COUNT(*) AS n FROM payments WHERE holds = 1"
  " AND state NOT IN ('created', 'pending', 'authorised', 'unknown')",
  /* what nobody knows what for is what differences hold */
  "SELECT COUNT(*) AS n FROM (SELECT 1 AS x) x WHERE (SELECT COALESCE(SUM(held), 0) FROM differences) <>"
  " (SELECT COALESCE(SUM(credit - debit), 0) FROM ledger_postings WHERE account = 'suspense')",
  /* what a provider said the city got is in the bank, but for what is still under way */
  "SELECT COUNT(*) AS n FROM settlements s WHERE s.done = 1 AND s.lines <>"
  " s.matched + s.late + s.known + s.cancelled + s.open - (SELECT COUNT(*) FROM differences d"
  " WHERE d.settlement = s.id AND d.match = 'missing-there')",
  /* a receipt for every payment that came, none for one that did not, no number left out */
  "SELECT COUNT(*) AS n FROM payments p WHERE (CASE WHEN p.captured > 0 THEN 1 ELSE 0 END) <>"
  " (SELECT COUNT(*) FROM receipts r WHERE r.payment = p.id AND r.void_at = 0 AND r.amount = p.captured)",
  "SELECT COUNT(*) AS n FROM receipt_numbers n WHERE n.last <>"
  " (SELECT COUNT(*) FROM receipts r WHERE r.office = n.office AND r.year = n.year)",
};

void
money_audit (MadoTestStore *test)
{
  for (guint i = 0; i < G_N_ELEMENTS (audits); i++)
    if (people_count (test, audits[i]) != 0)
      g_error ("%" G_GINT64_FORMAT " rows where there should be none: %s", people_count (test, audits[i]), audits[i]);
}
