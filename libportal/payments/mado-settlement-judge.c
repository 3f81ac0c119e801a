/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include "core/mado-date.h"
#include "core/mado-fold.h"
#include "payments/mado-slips.h"
#include "store/mado-row.h"

#define US_PER_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define JAPAN      (G_GINT64_CONSTANT (9) * 3600 * G_USEC_PER_SEC)

void
mado_verdict_clear (MadoVerdict *self)
{
  g_clear_object (&self->payment);
  g_clear_object (&self->payout);
  g_clear_pointer (&self->charge, g_free);
  g_clear_pointer (&self->candidates, g_strfreev);
}

/* --- what we know ----------------------------------------------------------------------------------------------- */

static gboolean
is_known (MadoTx *tx, const char *key, gboolean *known, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT 1 AS known FROM settlement_lines WHERE key = $1",
                                            MADO_BIND (MADO_TEXT (key)));

  return rows && mado_rows_step (rows, known, error);
}

/* By our own number where they tell it, else by theirs. Somebody else's provider's is none. */
static gboolean
find_payment (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoPayment **found,
              GError **error)
{
  g_autoptr(GError) missing = NULL;

  if (!line->payment)
    return mado_payment_find_reference (tx, context->provider, line->reference, found, error);
  *found = mado_payment_load (tx, line->payment, &missing);
  if (*found && (*found)->provider != context->provider)
    g_clear_object (found);
  if (*found || g_error_matches (missing, MADO_ERROR, MADO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&missing));
  return missing != NULL;
}

/* --- each kind of news ------------------------------------------------------------------------------------------ */

static int
day_of (gint64 time)
{
  return (int) ((time + JAPAN) / US_PER_DAY);
}

static gboolean
is_late (const MadoStatementContext *context, const MadoStatementLine *line, const MadoPayment *payment)
{
  int told = line->paid_out != MADO_DATE_NONE ? line->paid_out : line->day;

  return context->mapping->late > 0 && told - day_of (payment->captured_at) > context->mapping->late;
}

static void
judge_paid (const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *out)
{
  const MadoPayment *payment = out->payment;

  out->expected = mado_payment_state_is_paid (payment->state) ? payment->captured : payment->amount;
  if (payment->settled_at)
    out->match = MADO_MATCH_TWICE;
  else if (line->yen != out->expected)
    out->match = MADO_MATCH_AMOUNT_DIFFERS;
  else if (!mado_payment_state_is_paid (payment->state) && context->provider == MADO_PROVIDER_QR_WALLET)
    out->match = MADO_MATCH_LATE;
  else
    out->match = payment->captured_at && is_late (context, line, payment) ? MADO_MATCH_LATE : MADO_MATCH_MATCHED;
}

/* Yen of it that earlier lines said went back. */
static gboolean
sum_refunded (MadoTx *tx, const MadoPayment *payment, gint64 *yen, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT COALESCE(CAST(SUM(p.credit) AS BIGINT), 0) AS yen FROM ledger_entries e"
                            " JOIN ledger_postings p ON p.entry = e.id WHERE e.charge = $1 AND e.payment = $2"
                            " AND e.kind = 'refund.settled' AND p.account = 'bank'",
                            MADO_BIND (MADO_TEXT (payment->charge), MADO_TEXT (payment->id)));
  if (!rows)
    return FALSE;
  *yen = mado_rows_int (rows, "yen");
  return TRUE;
}

static gboolean
judge_refunded (MadoTx *tx, const MadoStatementLine *line, MadoVerdict *out, GError **error)
{
  gint64 before;

  if (!sum_refunded (tx, out->payment, &before, error))
    return FALSE;
  out->expected = before - out->payment->refunded;
  if (line->yen > -out->expected || mado_provider_is_by_hand (out->payment->provider))
    out->match = MADO_MATCH_AMOUNT_DIFFERS;
  else
    out->match = MADO_MATCH_MATCHED;
  return TRUE;
}

/* What was paid out or given back cannot be taken back as well. */
static void
judge_cancelled (MadoVerdict *out)
{
  const MadoPayment *payment = out->payment;

  if (!payment->settled_at && !payment->refunding && !payment->refunded) {
    out->match = MADO_MATCH_CANCELLED;
    return;
  }
  out->expected = payment->captured;
  out->match = MADO_MATCH_AMOUNT_DIFFERS;
}

static gboolean
judge_known_payment (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *out,
                     GError **error)
{
  switch (line->news) {
  case MADO_STATEMENT_PAID:
    judge_paid (context, line, out);
    return TRUE;
  case MADO_STATEMENT_REFUNDED:
    return judge_refunded (tx, line, out, error);
  case MADO_STATEMENT_CANCELLED:
    judge_cancelled (out);
    return TRUE;
  case MADO_STATEMENT_PROMISED:
  default:
    out->match = MADO_MATCH_MATCHED;
    return TRUE;
  }
}

/* A slip says by its code which charge it is for, whether or not we have heard of it. */
static gboolean
judge_slip (MadoTx *tx, const MadoStatementLine *line, MadoVerdict *out, GError **error)
{
  if (!mado_slip_find_charge (tx, line->code, &out->charge, error))
    return FALSE;
  if (!out->charge)
    out->match = MADO_MATCH_MISSING_HERE;
  else
    out->match = line->news == MADO_STATEMENT_CANCELLED ? MADO_MATCH_CANCELLED : MADO_MATCH_MATCHED;
  return TRUE;
}

/* --- payouts of providers --------------------------------------------------------------------------------------- */

static gboolean
has_name (const MadoMapping *mapping, const char *folded)
{
  for (guint i = 0; mapping->payers && mapping->payers[i]; i++) {
    g_autofree char *name = mado_fold_search (mapping->payers[i]);

    if (g_str_equal (name, folded))
      return TRUE;
  }
  return FALSE;
}

static const MadoMapping *
find_payer (const MadoTreasury *treasury, const char *payer)
{
  g_autofree char *folded = mado_fold_search (payer);

  for (guint i = 0; i < treasury->mappings->len; i++)
    if (has_name (treasury->mappings->pdata[i], folded))
      return treasury->mappings->pdata[i];
  return NULL;
}

/* What a provider transfers is in the books by its own files: this is where it is seen to arrive. */
static gboolean
judge_transfer (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *out,
                GError **error)
{
  const MadoMapping *payer = line->payer ? find_payer (context->treasury, line->payer) : NULL;

  if (!payer)
    return mado_transfer_judge (tx, line, out, error);
  out->is_payout = TRUE;
  if (!mado_settlement_find_payout (tx, payer->provider, line->yen, &out->payout, error))
    return FALSE;
  out->match = out->payout ? MADO_MATCH_MATCHED : MADO_MATCH_MISSING_HERE;
  return TRUE;
}

/* ---------------------------------------------------------------------------------------------------------------- */

gboolean
mado_statement_judge (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                      MadoVerdict *out, GError **error)
{
  gboolean known;

  *out = (MadoVerdict) { .match = MADO_MATCH_MISSING_HERE };
  if (!is_known (tx, line->key, &known, error))
    return FALSE;
  if (known) {
    out->match = MADO_MATCH_KNOWN;
    return TRUE;
  }
  if (context->provider == MADO_PROVIDER_COUNTER && line->news == MADO_STATEMENT_PAID)
    return mado_till_judge (tx, context, line, out, error);
  if (!find_payment (tx, context, line, &out->payment, error))
    return FALSE;
  if (out->payment)
    return judge_known_payment (tx, context, line, out, error);
  if (line->code)
    return judge_slip (tx, line, out, error);
  if (context->provider == MADO_PROVIDER_BANK_TRANSFER && line->news == MADO_STATEMENT_PAID)
    return judge_transfer (tx, context, line, out, error);
  if (line->news == MADO_STATEMENT_CANCELLED)
    out->match = MADO_MATCH_CANCELLED;
  return TRUE;
}
