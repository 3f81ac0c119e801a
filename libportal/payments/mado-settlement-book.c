/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include "core/mado-date.h"
#include "core/mado-id.h"
#include "store/mado-row.h"

#define MISSES_AT_ONCE 50
#define US_PER_DAY     (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define JAPAN          (G_GINT64_CONSTANT (9) * 3600 * G_USEC_PER_SEC)

const MadoActor mado_settler = { "system", "settlement", NULL, MADO_ROLE_SYSTEM };

/* --- lines that agree ------------------------------------------------------------------------------------------- */

static gboolean
tell (MadoTx *tx, MadoPayment *payment, MadoPaymentEvent event, const MadoStatementLine *line, const char *suffix,
      GError **error)
{
  g_autofree char *key = g_strconcat (line->key, suffix, NULL);
  const MadoPaymentNews news = { .event = event, .key = key, .yen = line->yen, .costs = line->costs };

  return mado_payment_hear_in (tx, &mado_settler, payment, &news, error);
}

/* Money we had no attempt for: its charge is told by the slip or the transfer. */
static MadoPayment *
note (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, const char *charge,
      MadoPaymentEvent event, GError **error)
{
  g_autofree char *key = g_strconcat (line->key, "/noted", NULL);
  const MadoPaymentNews news = { .event = event, .key = key, .yen = line->yen, .reference = line->reference };

  return mado_payment_note_in (tx, &mado_settler, charge, context->provider, &news, error);
}

static gboolean
book_paid (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *verdict,
           GError **error)
{
  if (!verdict->payment)
    verdict->payment = note (tx, context, line, verdict->charge, MADO_PAYMENT_EVENT_CAPTURE, error);
  else if (!mado_payment_state_is_paid (verdict->payment->state)
           && !tell (tx, verdict->payment, MADO_PAYMENT_EVENT_CAPTURE, line, "/captured", error))
    return FALSE;
  return verdict->payment && tell (tx, verdict->payment, MADO_PAYMENT_EVENT_SETTLE, line, "", error);
}

/* What we gave back through the provider, they keep from what they transfer. */
static gboolean
book_refunded (MadoTx *tx, const MadoStatementLine *line, const MadoPayment *payment, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = mado_entry_new (payment->office, "refund.settled", payment->charge, payment->id,
                                                     NULL);
  g_autofree char *transit = mado_provider_account (payment->provider);

  mado_entry_move (entry, transit, MADO_ACCOUNT_BANK, line->yen);
  return mado_entry_post (entry, tx, error);
}

static gboolean
book_payout (MadoTx *tx, const MadoStatementLine *line, MadoSettlement *payout, GError **error)
{
  g_free (payout->arrived_on);
  payout->arrived_on = mado_date_format (line->day);
  return mado_settlement_update (tx, payout, error);
}

static gboolean
book_news (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *verdict,
           GError **error)
{
  g_autoptr(MadoPayment) noted = NULL;

  switch (line->news) {
  case MADO_STATEMENT_PAID:
    return verdict->payout ? book_payout (tx, line, verdict->payout, error)
                           : book_paid (tx, context, line, verdict, error);
  case MADO_STATEMENT_REFUNDED:
    return book_refunded (tx, line, verdict->payment, error);
  case MADO_STATEMENT_PROMISED:
  case MADO_STATEMENT_CANCELLED:
  default:
    break;
  }
  if (verdict->payment)
    return tell (tx, verdict->payment,
                 line->news == MADO_STATEMENT_PROMISED ? MADO_PAYMENT_EVENT_AUTHORISE : MADO_PAYMENT_EVENT_CANCEL,
                 line, "", error);
  noted = verdict->charge ? note (tx, context, line, verdict->charge,
                                  line->news == MADO_STATEMENT_PROMISED ? MADO_PAYMENT_EVENT_AUTHORISE
                                                                        : MADO_PAYMENT_EVENT_CANCEL, error) : NULL;
  return noted || !verdict->charge;
}

gboolean
mado_differences_arrive (MadoTx *tx, const MadoPayment *payment, gboolean *missed, GError **error)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);

  *missed = FALSE;
  if (!mado_tx_query_records (tx, open, MADO_TYPE_DIFFERENCE, error,
                              "SELECT id FROM differences WHERE payment = $1 AND match = 'missing-there'"
                              " AND state <> 'closed'", MADO_BIND (MADO_TEXT (payment->id))))
    return FALSE;
  for (guint i = 0; i < open->len; i++) {
    g_autoptr(MadoDifference) difference = mado_difference_load (tx, ((MadoDifference *) open->pdata[i])->id, error);
    const MadoTransition *row;

    if (!difference
        || !(row = mado_state_table_find (mado_difference_states (), difference->state, MADO_DIFFERENCE_EVENT_ARRIVE,
                                          MADO_ROLE_SYSTEM, 0, error)))
      return FALSE;
    difference->state = row->to;
    difference->remedy = MADO_REMEDY_ARRIVED;
    if (!mado_difference_update (tx, difference, error)
        || !mado_difference_journal (tx, &mado_settler, difference, "difference.arrived", error))
      return FALSE;
    *missed = TRUE;
  }
  return TRUE;
}

static gboolean
book_agreed (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *verdict,
             GError **error)
{
  gboolean missed = FALSE;

  if (verdict->is_till)
    return TRUE;
  if (!book_news (tx, context, line, verdict, error)
      || (verdict->payment && !mado_differences_arrive (tx, verdict->payment, &missed, error)))
    return FALSE;
  if (missed && verdict->match == MADO_MATCH_MATCHED)
    verdict->match = MADO_MATCH_LATE;
  return TRUE;
}

/* --- lines that do not ------------------------------------------------------------------------------------------ */

MadoDifference *
mado_difference_new (const MadoStatementContext *context, const MadoStatementLine *line, const MadoVerdict *verdict)
{
  const char *office = verdict->payment ? verdict->payment->office
                       : line->office ? line->office : context->mapping->office;
  gint64 sign = line->news == MADO_STATEMENT_REFUNDED ? -1 : line->news == MADO_STATEMENT_PAID;
  MadoDifference *self = g_object_new (MADO_TYPE_DIFFERENCE, "settlement", context->settlement->id,
                                       "line", (gint64) line->line, "match", verdict->match,
                                       "provider", context->mapping->provider, "office", office,
                                       "reference", line->reference, "payer", line->payer, "note", line->note, NULL);

  self->id = mado_ulid_new ();
  self->yen = sign * line->yen;
  self->costs = line->costs;
  self->expected = verdict->expected;
  self->held = verdict->is_payout ? 0 : verdict->is_till ? self->yen - verdict->expected : self->yen;
  self->payment = verdict->payment ? g_strdup (verdict->payment->id) : NULL;
  self->charge = g_strdup (verdict->charge);
  self->candidates = g_strdupv (verdict->candidates);
  return self;
}

/* The bank has it, and nobody knows what for. */
static gboolean
hold (MadoTx *tx, const MadoDifference *self, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = mado_entry_new (self->office, "settlement.held", "", self->payment, NULL);

  mado_entry_move (entry, MADO_ACCOUNT_BANK, MADO_ACCOUNT_SUSPENSE, MAX (self->held - self->costs, 0));
  mado_entry_move (entry, MADO_ACCOUNT_COSTS, MADO_ACCOUNT_SUSPENSE, self->held > 0 ? self->costs : 0);
  mado_entry_move (entry, MADO_ACCOUNT_SUSPENSE, MADO_ACCOUNT_BANK, MAX (-self->held, 0));
  return mado_entry_post (entry, tx, error);
}

static gboolean
book_difference (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                 const MadoVerdict *verdict, GError **error)
{
  g_autoptr(MadoDifference) difference = mado_difference_new (context, line, verdict);

  return hold (tx, difference, error)
         && mado_difference_insert (tx, difference, error)
         && mado_difference_journal (tx, &mado_settler, difference, "difference.found", error);
}

/* --- each line -------------------------------------------------------------------------------------------------- */

static gint64 *
get_count (MadoSettlement *self, MadoMatch match)
{
  switch (match) {
  case MADO_MATCH_MATCHED:
    return &self->matched;
  case MADO_MATCH_LATE:
    return &self->late;
  case MADO_MATCH_KNOWN:
    return &self->known;
  case MADO_MATCH_CANCELLED:
    return &self->cancelled;
  case MADO_MATCH_MISSING_HERE:
  case MADO_MATCH_MISSING_THERE:
  case MADO_MATCH_AMOUNT_DIFFERS:
  case MADO_MATCH_TWICE:
  case MADO_MATCH_UNCERTAIN:
  default:
    return &self->open;
  }
}

static gboolean
remember (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoMatch match,
          GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO settlement_lines (key, settlement, line, outcome) VALUES ($1, $2, $3, $4)",
                       MADO_BIND (MADO_TEXT (line->key), MADO_TEXT (context->settlement->id), MADO_INT (line->line),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_MATCH, match))));
}

gboolean
mado_statement_book (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                     MadoVerdict *verdict, GError **error)
{
  if (verdict->match != MADO_MATCH_KNOWN) {
    gboolean booked = mado_match_is_open (verdict->match) ? book_difference (tx, context, line, verdict, error)
                                                          : book_agreed (tx, context, line, verdict, error);

    if (!booked || (verdict->is_till && !mado_till_book (tx, context, line, error))
        || !remember (tx, context, line, verdict->match, error))
      return FALSE;
  }
  ++*get_count (context->settlement, verdict->match);
  return TRUE;
}

/* --- what is not in the file ------------------------------------------------------------------------------------ */

static gint64
start_of (const char *day, int later)
{
  return ((gint64) mado_date_parse (day) + later) * US_PER_DAY - JAPAN;
}

/* ",visa,master," */
static char *
list_brands (const MadoMapping *mapping)
{
  g_autofree char *brands = mapping->brands && *mapping->brands ? g_strjoinv (",", mapping->brands) : NULL;

  return brands ? g_strdup_printf (",%s,", brands) : g_strdup ("");
}

static gboolean
find_misses (MadoTx *tx, const MadoStatementContext *context, const char *after, GPtrArray *payments, GError **error)
{
  g_autofree char *brands = list_brands (context->mapping);

  return mado_tx_query_records (tx, payments, MADO_TYPE_PAYMENT, error,
                                "SELECT id, charge, office, captured, captured_at, reference FROM payments p"
                                " WHERE provider = $1 AND settled_at = 0 AND captured > 0 AND id > $2"
                                " AND captured_at >= $3 AND captured_at < $4"
                                " AND NOT EXISTS (SELECT 1 FROM differences d WHERE d.payment = p.id)"
                                " AND ($6 = '' OR $6 LIKE '%,' || brand || ',%') ORDER BY id LIMIT $5",
                                MADO_BIND (MADO_TEXT (context->mapping->provider), MADO_TEXT (after),
                                           MADO_INT (start_of (context->settlement->first_day, 0)),
                                           MADO_INT (start_of (context->settlement->last_day, 1)),
                                           MADO_INT (MISSES_AT_ONCE), MADO_TEXT (brands)));
}

static gboolean
book_miss (MadoTx *tx, const MadoStatementContext *context, MadoPayment *payment, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_charge_load (tx, payment->charge, error);
  MadoVerdict verdict = { .match = MADO_MATCH_MISSING_THERE, .payment = payment, .expected = payment->captured };
  const MadoStatementLine line = { .news = MADO_STATEMENT_CANCELLED, .reference = payment->reference };
  g_autoptr(MadoDifference) difference = NULL;

  if (!charge)
    return FALSE;
  verdict.charge = charge->number;
  difference = mado_difference_new (context, &line, &verdict);
  ++*get_count (context->settlement, verdict.match);
  return mado_difference_insert (tx, difference, error)
         && mado_difference_journal (tx, &mado_settler, difference, "difference.found", error);
}

/* A transfer or a slip is known by what is told of it: none can be missing there. */
static gboolean
can_miss (const MadoStatementContext *context)
{
  return context->settlement->first_day && context->provider != MADO_PROVIDER_BANK_TRANSFER
         && context->provider != MADO_PROVIDER_SLIP;
}

gboolean
mado_statement_miss (MadoTx *tx, const MadoStatementContext *context, const char *after, char **last, GError **error)
{
  g_autoptr(GPtrArray) payments = g_ptr_array_new_with_free_func (g_object_unref);

  *last = NULL;
  if (!can_miss (context))
    return TRUE;
  if (!find_misses (tx, context, after, payments, error))
    return FALSE;
  for (guint i = 0; i < payments->len; i++)
    if (!book_miss (tx, context, payments->pdata[i], error))
      return FALSE;
  if (payments->len == MISSES_AT_ONCE)
    *last = g_strdup (((MadoPayment *) payments->pdata[payments->len - 1])->id);
  return TRUE;
}
