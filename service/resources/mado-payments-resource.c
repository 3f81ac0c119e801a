/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"
#include "wire/mado-wallet.h"

gboolean
mado_payments_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoPayment) payment = mado_payment_get (mado_request_get_store (request), &request->actor,
                                                     request->params[0], error);

  if (payment)
    mado_answer_set_version (answer, payment->version);
  return mado_answer_record (answer, payment);
}

/* Wanted no more. Where there is somebody to ask, their answer decides. */
MadoAct *
mado_payments_cancel (MadoRequest *request, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  g_autoptr(MadoPayment) payment = mado_payment_get (store, &request->actor, request->params[0], error);
  MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_ABANDON, .reason = "not-wanted" };

  if (!payment)
    return NULL;
  if (payment->provider == MADO_PROVIDER_COUNTER)
    news.event = MADO_PAYMENT_EVENT_CANCEL;
  return mado_payment_hear (store, &request->actor, payment->id, &news, error);
}

/* --- what a provider says --------------------------------------------------------------------------------------- */

typedef struct {
  const char *event;
  const char *key;
  const char *reference;
  const char *reason;
  const char *brand;
  JsonNode   *offer;
  gint64      yen;
  gint64      costs;
} NewsInput;

const MadoJsonSpec mado_payments_hear_spec[] = {
  { "event", MADO_JSON_STRING, G_STRUCT_OFFSET (NewsInput, event), TRUE, 1, 16, "[a-z]+", NULL, "What happened" },
  { "key", MADO_JSON_STRING, G_STRUCT_OFFSET (NewsInput, key), TRUE, 1, 200, NULL, NULL,
    "Under which it is remembered: the same is taken once" },
  { "yen", MADO_JSON_INT, G_STRUCT_OFFSET (NewsInput, yen), FALSE, 1, G_MAXINT32, NULL, NULL,
    "With `capture`: what came; as asked for unless told" },
  { "costs", MADO_JSON_INT, G_STRUCT_OFFSET (NewsInput, costs), FALSE, 0, G_MAXINT32, NULL, NULL,
    "With `settle`: what the provider kept" },
  { "reference", MADO_JSON_STRING, G_STRUCT_OFFSET (NewsInput, reference), FALSE, 1, 128, NULL, NULL,
    "The provider's own number" },
  { "offer", MADO_JSON_OBJECT, G_STRUCT_OFFSET (NewsInput, offer), FALSE, 0, 0, NULL, NULL,
    "With `open`: what to show the payer" },
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (NewsInput, reason), FALSE, 1, 64, "[a-z0-9-]+", NULL,
    "A stable word" },
  { "brand", MADO_JSON_STRING, G_STRUCT_OFFSET (NewsInput, brand), FALSE, 1, 32, NULL, NULL,
    "With `capture` at a terminal: what was held to it" },
  { NULL }
};

MadoAct *
mado_payments_hear (MadoRequest *request, GError **error)
{
  NewsInput input = { .yen = -1 };
  MadoPaymentNews news;
  int event;

  if (!mado_request_read (request, &input, error))
    return NULL;
  event = mado_enum_value (MADO_TYPE_PAYMENT_EVENT, input.event);
  if (event < 0) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/event", "unknown", _("Nothing of that kind happens to a payment."));
    return NULL;
  }
  news = (MadoPaymentNews) { event, input.key, input.yen, input.costs, input.reference, input.offer, input.reason,
                              input.brand };
  return mado_payment_hear (mado_request_get_store (request), &request->actor, request->params[0], &news, error);
}

/* --- what somebody says in a provider's name -------------------------------------------------------------------- */

const MadoJsonSpec mado_wallet_notice_spec[] = {
  { "notification_type", MADO_JSON_STRING, 0, TRUE, 1, 32, NULL, NULL, "`Transaction`" },
  { "merchant_order_id", MADO_JSON_STRING, 0, TRUE, 1, 64, NULL, NULL, "The payment, as we told it" },
  { "order_id", MADO_JSON_STRING, 0, FALSE, 1, 64, NULL, NULL, "Their number" },
  { "order_amount", MADO_JSON_ANY, 0, FALSE, 0, 0, NULL, NULL, "Yen" },
  { "state", MADO_JSON_STRING, 0, TRUE, 1, 32, NULL, NULL, "How it stands" },
  { NULL }
};

MadoAct *
mado_wallet_notice (MadoRequest *request, GError **error)
{
  const MadoActor stranger = { "system", "qr-wallet", NULL, MADO_ROLE_SYSTEM };
  g_auto(MadoWalletAnswer) said = { 0 };
  g_autofree char *key = NULL;
  MadoPaymentNotice notice;
  gconstpointer body;
  gsize n;

  body = g_bytes_get_data (request->body, &n);
  if (!mado_wallet_read_notice (body, n, &said, error))
    return NULL;
  key = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request->body);   /* the same words are the same notice */
  notice = (MadoPaymentNotice) { said.payment, said.reference, said.yen, key };
  return mado_payment_take_notice (mado_request_get_store (request), &stranger, MADO_PROVIDER_QR_WALLET, &notice,
                                   error);
}

/* --- refunds ---------------------------------------------------------------------------------------------------- */

gboolean
mado_refunds_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) refunds = mado_refund_list (mado_request_get_store (request), &request->actor,
                                                   request->params[0], error);

  return mado_answer_list (answer, refunds, NULL);
}

typedef struct {
  const char *reason;
  gint64      yen;
} RefundInput;

const MadoJsonSpec mado_refunds_propose_spec[] = {
  { "yen", MADO_JSON_INT, G_STRUCT_OFFSET (RefundInput, yen), TRUE, 1, G_MAXINT32, NULL, NULL, "To give back" },
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (RefundInput, reason), TRUE, 1, 64, "[a-z][a-z0-9-]*", NULL,
    "A word of the city's list" },
  { NULL }
};

MadoAct *
mado_refunds_propose (MadoRequest *request, GError **error)
{
  RefundInput input = { NULL };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_refund_propose (mado_request_get_store (request), &request->actor, request->params[0], input.yen,
                              input.reason, MADO_COUNTER_REFUND_ALONE, error);
}

typedef struct {
  const char *event;
} RefundStepInput;

const MadoJsonSpec mado_refunds_step_spec[] = {
  { "event", MADO_JSON_STRING, G_STRUCT_OFFSET (RefundStepInput, event), TRUE, 1, 16, "approve|decline|finish|fail",
    NULL, "What is decided, or what became of it" },
  { NULL }
};

MadoAct *
mado_refunds_step (MadoRequest *request, GError **error)
{
  RefundStepInput input = { NULL };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_refund_step (mado_request_get_store (request), &request->actor, request->params[0],
                           mado_enum_value (MADO_TYPE_REFUND_EVENT, input.event), error);
}
