/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-payments-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "store/mado-outbox.h"

/* --- providers -------------------------------------------------------------------------------------------------- */

/* How each is reached: by a clerk's hand, or called through the outbox. */
static const struct {
  gboolean by_hand, called;
} providers[] = {
  [MADO_PROVIDER_COUNTER]       = { TRUE,  FALSE },
  [MADO_PROVIDER_QR_WALLET]     = { FALSE, TRUE },
  [MADO_PROVIDER_TERMINAL]      = { FALSE, TRUE },
  [MADO_PROVIDER_SLIP]          = { FALSE, FALSE },
  [MADO_PROVIDER_BANK_TRANSFER] = { FALSE, FALSE },
};

gboolean
mado_provider_is_by_hand (MadoProvider self)
{
  return !providers[self].called;
}

gboolean
mado_provider_is_remote (MadoProvider self)
{
  return providers[self].called;
}

/* A terminal that took it knows it; one whose company told us of it later does not. */
gboolean
mado_payment_is_called (const MadoPayment *self)
{
  return providers[self->provider].called && (self->provider != MADO_PROVIDER_TERMINAL || self->device);
}

char *
mado_provider_account (MadoProvider self)
{
  return g_strconcat (MADO_ACCOUNT_TRANSIT, mado_enum_nick (MADO_TYPE_PROVIDER, self), NULL);
}

/* Whoever drives a terminal leases what is for that one: "terminal/kiosk-1". */
static char *
channel_of (const MadoPayment *payment)
{
  const char *name = mado_enum_nick (MADO_TYPE_PROVIDER, payment->provider);

  return payment->provider == MADO_PROVIDER_TERMINAL ? g_strconcat (name, "/", payment->device, NULL) : g_strdup (name);
}

gboolean
mado_provider_call (MadoTx *tx, const MadoPayment *payment, const char *topic, const char *key, JsonObject *payload,
                    GError **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *channel = NULL;

  json_object_set_string_member (payload, "payment", payment->id);
  if (payment->reference)
    json_object_set_string_member (payload, "reference", payment->reference);
  json_node_take_object (node, payload);
  if (!mado_payment_is_called (payment))
    return TRUE;
  channel = channel_of (payment);
  return mado_outbox_put (tx, channel, topic, key, node, error);
}

/* Each time anew: an answer of before may be out of date. */
static gboolean
call_again (MadoTx *tx, const MadoPayment *self, const char *topic, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, topic, self->id, self->version);
  JsonObject *payload = json_object_new ();

  if (self->offer)
    json_object_set_member (payload, "offer", json_node_ref (self->offer));
  return mado_provider_call (tx, self, topic, key, payload, error);
}

gboolean
mado_payment_ask (MadoTx *tx, const MadoPayment *payment, const char *key, GError **error)
{
  return mado_provider_call (tx, payment, "payment.ask", key, json_object_new (), error);
}

guint
mado_payment_holds (const MadoPayment *self, gint64 refund)
{
  return (providers[self->provider].by_hand ? MADO_PAYMENT_GUARD_BY_HAND : 0)
         | (providers[self->provider].called ? MADO_PAYMENT_GUARD_REMOTE : 0)
         | (self->settled_at ? 0 : MADO_PAYMENT_GUARD_UNSETTLED)
         | (self->refunding || self->refunded ? 0 : MADO_PAYMENT_GUARD_UNTOUCHED)
         | (refund < self->captured - self->refunded ? MADO_PAYMENT_GUARD_IN_PART : MADO_PAYMENT_GUARD_IN_FULL);
}

/* --- effects ---------------------------------------------------------------------------------------------------- */

static MadoLedgerEntry *
begin_entry (const MadoPayment *self, const char *kind)
{
  return mado_entry_new (self->office, kind, self->charge, self->id, NULL);
}

static gboolean
capture (MadoPayment *self, MadoCharge *charge, const MadoPaymentNews *news, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (self, "payment.captured");
  g_autofree char *transit = mado_provider_account (self->provider);

  self->captured = news->yen < 0 ? self->amount : news->yen;
  self->captured_at = mado_tx_now (tx);
  g_clear_pointer (&self->offer, json_node_unref);
  mado_charge_take (charge, entry, transit, self->captured);
  return mado_entry_post (entry, tx, error)
         && mado_charge_update (tx, charge, NULL, error)
         && mado_receipt_issue (tx, self, error);
}

/* Out of a state that had money, the money goes where it came from. */
static gboolean
take_back (MadoPayment *self, MadoCharge *charge, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (self, "payment.taken-back");
  g_autofree char *transit = mado_provider_account (self->provider);

  mado_charge_give (charge, entry, transit, self->captured);
  self->captured = 0;
  self->captured_at = 0;
  return mado_entry_post (entry, tx, error)
         && mado_charge_update (tx, charge, NULL, error)
         && mado_receipt_void (tx, self, error);
}

static gboolean
settle (MadoPayment *self, const MadoPaymentNews *news, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (self, "payment.settled");
  g_autofree char *transit = mado_provider_account (self->provider);

  if (news->costs < 0 || news->costs > self->captured) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/costs", "range",
                       _("A provider keeps whole yen, and never more than was paid."));
    return FALSE;
  }
  self->settled_at = mado_tx_now (tx);
  self->costs = news->costs;
  mado_entry_move (entry, MADO_ACCOUNT_BANK, transit, self->captured - self->costs);
  mado_entry_move (entry, MADO_ACCOUNT_COSTS, transit, self->costs);
  return mado_entry_post (entry, tx, error);
}

static void
set_text (char **member, const char *text)
{
  if (!text)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

static void
take_offer (MadoPayment *self, JsonNode *offer)
{
  if (!offer)
    return;
  g_clear_pointer (&self->offer, json_node_unref);
  self->offer = json_node_copy (offer);
}

static gboolean
check_capture (const MadoPaymentNews *news, GError **error)
{
  if (news->yen > 0 || news->yen == -1)
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/yen", "range", _("Money that came is whole yen, at least one."));
  return FALSE;
}

gboolean
mado_payment_follow (MadoPayment *self, MadoCharge *charge, const MadoTransition *row, const MadoPaymentNews *news,
                     MadoTx *tx, GError **error)
{
  set_text (&self->reference, news->reference);
  set_text (&self->reason, news->reason);
  set_text (&self->brand, news->brand);
  take_offer (self, news->offer);
  switch ((MadoPaymentEvent) row->event) {
  case MADO_PAYMENT_EVENT_CAPTURE:
    return check_capture (news, error) && capture (self, charge, news, tx, error);
  case MADO_PAYMENT_EVENT_CANCEL:
    return !mado_payment_state_is_paid (row->from) || take_back (self, charge, tx, error);
  case MADO_PAYMENT_EVENT_SETTLE:
    return settle (self, news, tx, error);
  case MADO_PAYMENT_EVENT_ABANDON:
    return call_again (tx, self, "payment.cancel", error);
  case MADO_PAYMENT_EVENT_LOSE:
    return call_again (tx, self, "payment.ask", error);
  case MADO_PAYMENT_EVENT_OPEN:   /* the answer comes by a notice, or because we ask on */
    return row->from != MADO_PAYMENT_STATE_CREATED || call_again (tx, self, "payment.ask", error);
  case MADO_PAYMENT_EVENT_AUTHORISE:
  case MADO_PAYMENT_EVENT_FAIL:
  case MADO_PAYMENT_EVENT_EXPIRE:
  case MADO_PAYMENT_EVENT_REFUND:
  default:
    return TRUE;
  }
}
