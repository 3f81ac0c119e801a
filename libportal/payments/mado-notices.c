/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-payments-private.h"

#include <glib/gi18n-lib.h>

#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_TEXT 128

/* One that nobody signed. */
typedef struct {
  MadoAct act;
  MadoProvider provider;
  char *payment, *reference, *key;
  gint64 yen;
} Notice;

static void
notice_clear (MadoAct *act)
{
  Notice *self = (Notice *) act;

  g_free (self->payment);
  g_free (self->reference);
  g_free (self->key);
}

static MadoPayment *
find (const Notice *self, MadoTx *tx)
{
  return mado_payment_load (tx, self->payment, NULL);
}

static gboolean
fits (const Notice *self, const MadoPayment *payment)
{
  return payment && payment->provider == self->provider && (self->yen < 0 || self->yen == payment->amount)
         && (!self->reference || !payment->reference || g_str_equal (self->reference, payment->reference));
}

/* By its key alone: what it says is not ours. */
static MadoOutcome
refuse (const Notice *self, MadoTx *tx, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("{\"notice\":\"%s\"}", self->key);
  g_autofree char *subject = g_strconcat ("provider/", mado_enum_nick (MADO_TYPE_PROVIDER, self->provider), NULL);

  if (!mado_journal_append (tx, &self->act.actor, "payment.notice-refused", subject, NULL, detail, error))
    return MADO_OUTCOME_ROLL_BACK;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This notice fits no payment of ours."));
  return MADO_OUTCOME_COMMIT;
}

/* Remembered in the act that asks: it counts as seen exactly when its effect is there. */
static gboolean
ask (const Notice *self, const MadoPayment *payment, MadoTx *tx, GError **error)
{
  g_autofree char *call = g_strconcat ("payment.ask/", self->key, NULL);
  gint64 n = mado_tx_exec_n (tx, error,
                             "INSERT INTO payment_events (key, payment, event, state, yen, taken, at)"
                             " VALUES ($1, $2, 'notice', $3, $4, 1, $5) ON CONFLICT DO NOTHING",
                             MADO_BIND (MADO_TEXT (self->key), MADO_TEXT (payment->id),
                                        MADO_TEXT (mado_enum_nick (MADO_TYPE_PAYMENT_STATE, payment->state)),
                                        MADO_INT (self->yen), MADO_INT (mado_tx_now (tx))));

  return n == 0 || (n > 0 && mado_payment_ask (tx, payment, call, error));
}

static MadoOutcome
notice_apply (MadoTx *tx, gpointer data, GError **error)
{
  Notice *self = data;
  g_autoptr(MadoPayment) payment = find (self, tx);

  if (!fits (self, payment))
    return refuse (self, tx, error);
  if (!ask (self, payment, tx, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&payment));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_payment_take_notice (MadoStore *store, const MadoActor *actor, MadoProvider provider,
                          const MadoPaymentNotice *notice, GError **error)
{
  Notice *self;

  if (strlen (notice->key) > MAX_TEXT || strlen (notice->payment) > MAX_TEXT) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/", "too-long", _("A notice names its payment in a few words."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (Notice), notice_apply, notice_clear);
  self->provider = provider;
  self->payment = g_strdup (notice->payment);
  self->reference = g_strdup (notice->reference);
  self->key = g_strdup_printf ("notice/%s/%s", mado_enum_nick (MADO_TYPE_PROVIDER, provider), notice->key);
  self->yen = notice->yen;
  return &self->act;
}
