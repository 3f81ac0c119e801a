/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cash comes to the bank as one sum for an office's day. */
#include "payments/mado-settlements-private.h"

#include "store/mado-row.h"

#define US_PER_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define JAPAN      (G_GINT64_CONSTANT (9) * 3600 * G_USEC_PER_SEC)

/* Of one office and day, and not in the bank yet. */
typedef struct {
  const char *office;
  gint64      from, until;
  GPtrArray  *taken;     /* of MadoPayment */
  GPtrArray  *given;     /* of MadoRefund: out of the drawer */
} Till;

static void
till_clear (Till *self)
{
  g_clear_pointer (&self->taken, g_ptr_array_unref);
  g_clear_pointer (&self->given, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Till, till_clear)

static gboolean
read_taken (Till *self, MadoTx *tx, GError **error)
{
  return mado_tx_query_records (tx, self->taken, MADO_TYPE_PAYMENT, error,
                                "SELECT id, captured FROM payments WHERE provider = 'counter' AND settled_at = 0"
                                " AND captured > 0 AND office = $1 AND captured_at >= $2 AND captured_at < $3"
                                " ORDER BY id",
                                MADO_BIND (MADO_TEXT (self->office), MADO_INT (self->from), MADO_INT (self->until)));
}

static gboolean
read_given (Till *self, MadoTx *tx, GError **error)
{
  return mado_tx_query_records (tx, self->given, MADO_TYPE_REFUND, error,
                                "SELECT r.id AS id, r.payment AS payment, r.charge AS charge, r.amount AS amount"
                                " FROM refunds r JOIN payments p ON p.id = r.payment"
                                " WHERE p.provider = 'counter' AND p.office = $1 AND r.state = 'done'"
                                " AND r.updated_at >= $2 AND r.updated_at < $3 AND NOT EXISTS (SELECT 1"
                                " FROM ledger_entries e WHERE e.charge = r.charge AND e.refund = r.id"
                                " AND e.kind = 'refund.settled') ORDER BY r.id",
                                MADO_BIND (MADO_TEXT (self->office), MADO_INT (self->from), MADO_INT (self->until)));
}

static gboolean
till_read (Till *self, const MadoStatementContext *context, const MadoStatementLine *line, MadoTx *tx, GError **error)
{
  *self = (Till) { .office = line->office ? line->office : context->mapping->office,
                   .from = line->day * US_PER_DAY - JAPAN, .until = (line->day + 1) * US_PER_DAY - JAPAN,
                   .taken = g_ptr_array_new_with_free_func (g_object_unref),
                   .given = g_ptr_array_new_with_free_func (g_object_unref) };
  return read_taken (self, tx, error) && read_given (self, tx, error);
}

gboolean
mado_till_judge (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, MadoVerdict *out,
                 GError **error)
{
  g_auto(Till) till = { NULL };

  if (!till_read (&till, context, line, tx, error))
    return FALSE;
  out->is_till = till.taken->len || till.given->len;
  for (guint i = 0; i < till.taken->len; i++)
    out->expected += ((MadoPayment *) till.taken->pdata[i])->captured;
  for (guint i = 0; i < till.given->len; i++)
    out->expected -= ((MadoRefund *) till.given->pdata[i])->amount;
  if (!out->is_till)
    out->match = MADO_MATCH_MISSING_HERE;
  else
    out->match = line->yen == out->expected ? MADO_MATCH_MATCHED : MADO_MATCH_AMOUNT_DIFFERS;
  return TRUE;
}

static gboolean
settle (MadoTx *tx, const MadoStatementLine *line, const char *id, GError **error)
{
  g_autoptr(MadoPayment) payment = mado_payment_load (tx, id, error);
  g_autofree char *key = g_strdup_printf ("%s/%s", line->key, id);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_SETTLE, .key = key, .yen = -1 };
  gboolean missed;

  return payment && mado_payment_hear_in (tx, &mado_settler, payment, &news, error)
         && mado_differences_arrive (tx, payment, &missed, error);
}

/* What was given back never came to the bank. */
static gboolean
keep_back (MadoTx *tx, const Till *till, const MadoRefund *refund, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = mado_entry_new (till->office, "refund.settled", refund->charge, refund->payment,
                                                     refund->id);
  g_autofree char *transit = mado_provider_account (MADO_PROVIDER_COUNTER);

  mado_entry_move (entry, transit, MADO_ACCOUNT_BANK, refund->amount);
  return mado_entry_post (entry, tx, error);
}

gboolean
mado_till_book (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line, GError **error)
{
  g_auto(Till) till = { NULL };

  if (!till_read (&till, context, line, tx, error))
    return FALSE;
  for (guint i = 0; i < till.taken->len; i++)
    if (!settle (tx, line, ((MadoPayment *) till.taken->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < till.given->len; i++)
    if (!keep_back (tx, &till, till.given->pdata[i], error))
      return FALSE;
  return TRUE;
}
