/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-wallet-channel.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "wire/mado-wallet.h"

#define ANSWER_SECONDS 15      /* until a call counts as lost */
#define ASK_EVERY_MS   1500    /* while somebody stands before the code */
#define ASK_FOR        (40 * G_USEC_PER_SEC)   /* then the item goes back to the outbox and comes again */
#define MAX_ANSWER     (64 * 1024)

struct _MadoWalletChannel {
  GObject        parent;
  MadoClient    *service;
  SoupSession   *session;
  char          *url;
  GStrv          secrets;      /* behind keys */
  MadoWalletKeys keys;
};

static void channel_init (MadoChannelInterface *iface);
G_DEFINE_TYPE_WITH_CODE (MadoWalletChannel, mado_wallet_channel, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (MADO_TYPE_CHANNEL, channel_init))

typedef struct _Job Job;
typedef void (*Heard) (Job *job, const MadoWalletAnswer *answer);

/* One item of the outbox until it is settled. */
struct _Job {
  MadoWalletChannel *self;
  char              *key;        /* of the item: what it hears is told under it */
  JsonNode          *payload;
  SoupMessage       *message;    /* (nullable): on its way */
  Heard              heard;      /* what its answer is for */
  gint64             until;      /* monotonic: asks no longer */
  gboolean           dropped;    /* nobody can pay by its code any more */
  MadoDelivered      done;
  gpointer           data;
};

static const char *
text_of (const Job *job, const char *pointer)
{
  JsonNode *node = mado_json_get (job->payload, pointer);

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gint64
yen_of (const Job *job)
{
  return json_object_get_int_member_with_default (json_node_get_object (job->payload), "yen", 0);
}

/* @reason: (nullable): it went out */
static void
finish (Job *job, const char *reason)
{
  job->done (reason == NULL, reason, job->data);
  g_clear_object (&job->message);
  g_clear_pointer (&job->payload, json_node_unref);
  g_object_unref (job->self);
  g_free (job->key);
  g_free (job);
}

/* --- calling the wallet ----------------------------------------------------------------------------------------- */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_autoptr(SoupMessage) message = g_steal_pointer (&job->message);
  g_auto(MadoWalletAnswer) answer = { 0 };
  gsize n = 0;
  const char *text = body ? g_bytes_get_data (body, &n) : NULL;
  guint status = body && n <= MAX_ANSWER ? soup_message_get_status (message) : 0;

  if (!mado_wallet_read_answer (status, text ? text : "", n, &answer, NULL))
    answer.verdict = MADO_WALLET_SAYS_LATER;
  job->heard (job, &answer);
}

static void
sign (const MadoWalletChannel *self, const MadoWalletCall *call, SoupMessageHeaders *headers)
{
  g_autofree char *nonce = g_uuid_string_random ();
  g_autofree char *signature = mado_wallet_sign (&self->keys, call, MADO_WALLET_CONTENT_TYPE, nonce,
                                                 mado_clock_now () / G_USEC_PER_SEC);

  soup_message_headers_replace (headers, "Authorization", signature);
  if (self->keys.merchant)
    soup_message_headers_replace (headers, "X-ASSUME-MERCHANT", self->keys.merchant);
}

/* @call: (transfer full) */
static void
say (Job *job, MadoWalletCall call, Heard heard)
{
  g_auto(MadoWalletCall) said = call;
  g_autofree char *url = g_strconcat (job->self->url, said.path, NULL);

  job->heard = heard;
  job->message = soup_message_new (said.method, url);
  sign (job->self, &said, soup_message_get_request_headers (job->message));
  if (said.body) {
    g_autoptr(GBytes) body = g_bytes_new (said.body, strlen (said.body));

    soup_message_set_request_body_from_bytes (job->message, MADO_WALLET_CONTENT_TYPE, body);
  }
  soup_session_send_and_read_async (job->self->session, job->message, G_PRIORITY_DEFAULT, NULL, on_answer, job);
}

static gint64
now_seconds (void)
{
  return mado_clock_now () / G_USEC_PER_SEC;
}

/* --- telling the service ---------------------------------------------------------------------------------------- */

/* Untold, the item comes again, and with it the question. What the service refuses for good is its own to look at. */
static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);

  if (!reply)
    g_warning ("What the wallet said could not be told: %s", error->message);
  finish (job, reply ? NULL : "the service did not take what the wallet said");
}

static JsonNode *
new_offer (const MadoWalletAnswer *answer)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *offer = json_object_new ();

  json_object_set_string_member (offer, "url", answer->url);
  if (answer->code)
    json_object_set_string_member (offer, "code", answer->code);
  if (answer->expires_at) {
    g_autofree char *expires = mado_clock_format_time (answer->expires_at);

    json_object_set_string_member (offer, "expiresAt", expires);
  }
  json_node_take_object (node, offer);
  return node;
}

static void
tell (Job *job, MadoPaymentEvent event, const MadoWalletAnswer *answer)
{
  const char *nick = mado_enum_nick (MADO_TYPE_PAYMENT_EVENT, event);
  g_autofree char *key = g_strconcat (job->key, "/", nick, NULL);
  g_autoptr(JsonNode) offer = event == MADO_PAYMENT_EVENT_OPEN && answer->url ? new_offer (answer) : NULL;
  g_autoptr(MadoCall) call = NULL;

  call = mado_call_payment_news (text_of (job, "/payment"), nick, key,
                                 event == MADO_PAYMENT_EVENT_CAPTURE ? answer->yen : -1, answer->reference, offer,
                                 answer->reason, NULL);
  mado_client_send_async (job->self->service, call, NULL, on_told, job);
}

/* --- how it stands ---------------------------------------------------------------------------------------------- */

static void on_stand (Job *job, const MadoWalletAnswer *answer);

static void
ask (Job *job)
{
  say (job, mado_wallet_ask (text_of (job, "/payment")), on_stand);
}

static gboolean
on_time (gpointer data)
{
  ask (data);
  return G_SOURCE_REMOVE;
}

/* Nobody paid by it so far. */
static gboolean
is_open (const MadoWalletAnswer *answer)
{
  return answer->verdict == MADO_WALLET_SAYS_NOTHING
         || (answer->verdict == MADO_WALLET_SAYS_STATE && answer->event == MADO_PAYMENT_EVENT_OPEN);
}

static void
on_stand (Job *job, const MadoWalletAnswer *answer)
{
  if (job->dropped && is_open (answer))
    tell (job, MADO_PAYMENT_EVENT_CANCEL, answer);
  else if (answer->verdict == MADO_WALLET_SAYS_STATE && !is_open (answer))
    tell (job, answer->event, answer);
  else if (g_get_monotonic_time () < job->until)
    g_timeout_add (ASK_EVERY_MS, on_time, job);
  else if (answer->verdict == MADO_WALLET_SAYS_NOTHING)
    tell (job, MADO_PAYMENT_EVENT_FAIL, answer);
  else
    finish (job, "nothing is decided yet");
}

/* --- making a code ---------------------------------------------------------------------------------------------- */

static void
on_created (Job *job, const MadoWalletAnswer *answer)
{
  if (answer->verdict == MADO_WALLET_SAYS_DONE && answer->url)
    tell (job, MADO_PAYMENT_EVENT_OPEN, answer);
  else if (answer->verdict == MADO_WALLET_SAYS_NO && g_str_has_prefix (answer->reason, "duplicate"))
    ask (job);   /* an answer of before was lost */
  else if (answer->verdict == MADO_WALLET_SAYS_NO)
    tell (job, MADO_PAYMENT_EVENT_FAIL, answer);
  else
    finish (job, "the wallet did not answer");
}

static void
create (Job *job)
{
  say (job, mado_wallet_create (text_of (job, "/payment"), yen_of (job), text_of (job, "/description"),
                                now_seconds ()), on_created);
}

/* --- letting go of one ------------------------------------------------------------------------------------------ */

static void
on_dropped (Job *job, const MadoWalletAnswer *answer)
{
  job->dropped = answer->verdict == MADO_WALLET_SAYS_DONE || answer->verdict == MADO_WALLET_SAYS_NOTHING;
  ask (job);
}

/* By a code that was never shown, nobody can pay. */
static void
drop (Job *job)
{
  const char *code = text_of (job, "/offer/code");

  job->dropped = code == NULL;
  if (code)
    say (job, mado_wallet_drop_code (code), on_dropped);
  else
    ask (job);
}

/* --- giving money back ------------------------------------------------------------------------------------------ */

static void
tell_refund (Job *job, const char *event)
{
  g_autoptr(MadoCall) call = mado_call_step_refund (text_of (job, "/refund"), event);

  mado_client_send_async (job->self->service, call, NULL, on_told, job);
}

static void
on_refunded (Job *job, const MadoWalletAnswer *answer)
{
  if (answer->verdict == MADO_WALLET_SAYS_DONE || answer->verdict == MADO_WALLET_SAYS_STATE)
    tell_refund (job, "finish");
  else if (answer->verdict == MADO_WALLET_SAYS_NO && !g_str_has_prefix (answer->reason, "duplicate"))
    tell_refund (job, "fail");
  else
    finish (job, "the wallet did not answer");
}

/* It may have been given back already, and the answer was lost. */
static void
on_refund_known (Job *job, const MadoWalletAnswer *answer)
{
  const char *reference = text_of (job, "/reference");

  if (answer->verdict != MADO_WALLET_SAYS_NOTHING)
    on_refunded (job, answer);
  else if (!reference)
    tell_refund (job, "fail");
  else
    say (job, mado_wallet_refund (text_of (job, "/refund"), reference, yen_of (job), text_of (job, "/reason"),
                                  now_seconds ()), on_refunded);
}

static void
refund (Job *job)
{
  say (job, mado_wallet_ask_refund (text_of (job, "/refund")), on_refund_known);
}

/* --- the channel ------------------------------------------------------------------------------------------------ */

static const struct {
  const char *topic;
  void      (*begin) (Job *job);
} topics[] = {
  { "payment.create", create },
  { "payment.ask", ask },
  { "payment.cancel", drop },
  { "payment.refund", refund },
};

static const char *
get_name (MadoChannel *channel)
{
  return "qr-wallet";
}

static void
deliver (MadoChannel *channel, const MadoErrand *errand, MadoDelivered done, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_strcmp0 (topics[i].topic, errand->topic) == 0) {
      Job *job = g_new0 (Job, 1);

      *job = (Job) { .self = g_object_ref (MADO_WALLET_CHANNEL (channel)), .key = g_strdup (errand->key),
                     .payload = json_node_ref (errand->payload), .until = g_get_monotonic_time () + ASK_FOR,
                     .done = done, .data = data };
      topics[i].begin (job);
      return;
    }
  done (FALSE, "the wallet knows no such call", data);
}

static void
channel_init (MadoChannelInterface *iface)
{
  iface->get_name = get_name;
  iface->deliver = deliver;
}

static void
mado_wallet_channel_finalize (GObject *object)
{
  MadoWalletChannel *self = MADO_WALLET_CHANNEL (object);

  g_clear_object (&self->service);
  g_clear_object (&self->session);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->secrets, g_strfreev);
  G_OBJECT_CLASS (mado_wallet_channel_parent_class)->finalize (object);
}

static void
mado_wallet_channel_class_init (MadoWalletChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_wallet_channel_finalize;
}

static void
mado_wallet_channel_init (MadoWalletChannel *self)
{
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, ANSWER_SECONDS);
}

MadoWalletChannel *
mado_wallet_channel_new (MadoClient *service, const char *url, const char *keys, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (keys, ":", 3);
  MadoWalletChannel *self;

  if (g_strv_length (parts) < 2) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INVALID,
                         _("The wallet's credential has the form KEY:SECRET or KEY:SECRET:MERCHANT."));
    return NULL;
  }
  self = g_object_new (MADO_TYPE_WALLET_CHANNEL, NULL);
  self->service = g_object_ref (service);
  self->url = g_strdup (url);
  self->keys = (MadoWalletKeys) { parts[0], parts[1], parts[2] };
  self->secrets = g_steal_pointer (&parts);
  return self;
}
