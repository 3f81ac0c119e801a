/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-wallet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"

#define SCHEME      "hmac OPA-Auth:"
#define EMPTY       "empty"
#define MAX_WORDS   255

/* --- calls ------------------------------------------------------------------------------------------------------ */

void
mado_wallet_call_clear (MadoWalletCall *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->body, g_free);
}

static char *
join_path (const char *folder, const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (folder, escaped, NULL);
}

static void
append_yen (GString *body, gint64 yen)
{
  g_string_append_printf (body, ",\"amount\":{\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"JPY\"}", yen);
}

static void
append_words (GString *body, const char *member, const char *words)
{
  g_autofree char *cut = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), MAX_WORDS));

  g_string_append_printf (body, ",\"%s\":", member);
  mado_json_append_string (body, cut);
}

MadoWalletCall
mado_wallet_create (const char *payment, gint64 yen, const char *description, gint64 now)
{
  GString *body = g_string_new ("{\"merchantPaymentId\":");

  mado_json_append_string (body, payment);
  append_yen (body, yen);
  g_string_append (body, ",\"codeType\":\"ORDER_QR\"");
  append_words (body, "orderDescription", description);
  g_string_append_printf (body, ",\"isAuthorization\":false,\"requestedAt\":%" G_GINT64_FORMAT "}", now);
  return (MadoWalletCall) { "POST", g_strdup ("/v2/codes"), g_string_free (body, FALSE) };
}

MadoWalletCall
mado_wallet_ask (const char *payment)
{
  return (MadoWalletCall) { "GET", join_path ("/v2/codes/payments/", payment), NULL };
}

MadoWalletCall
mado_wallet_drop_code (const char *code)
{
  return (MadoWalletCall) { "DELETE", join_path ("/v2/codes/", code), NULL };
}

MadoWalletCall
mado_wallet_cancel (const char *payment)
{
  return (MadoWalletCall) { "DELETE", join_path ("/v2/payments/", payment), NULL };
}

MadoWalletCall
mado_wallet_refund (const char *refund, const char *reference, gint64 yen, const char *reason, gint64 now)
{
  GString *body = g_string_new ("{\"merchantRefundId\":");

  mado_json_append_string (body, refund);
  g_string_append (body, ",\"paymentId\":");
  mado_json_append_string (body, reference);
  append_yen (body, yen);
  append_words (body, "reason", reason);
  g_string_append_printf (body, ",\"requestedAt\":%" G_GINT64_FORMAT "}", now);
  return (MadoWalletCall) { "POST", g_strdup ("/v2/refunds"), g_string_free (body, FALSE) };
}

MadoWalletCall
mado_wallet_ask_refund (const char *refund)
{
  return (MadoWalletCall) { "GET", join_path ("/v2/refunds/", refund), NULL };
}

/* --- signatures ------------------------------------------------------------------------------------------------- */

/* MD5 as the protocol wants it: the secret of the signature is the HMAC, not this. */
static char *
digest_body (const char *content_type, const char *body)
{
  g_autoptr(GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  guint8 bytes[16];
  gsize n = sizeof bytes;

  g_checksum_update (md5, (const guchar *) content_type, -1);
  g_checksum_update (md5, (const guchar *) body, -1);
  g_checksum_get_digest (md5, bytes, &n);
  return g_base64_encode (bytes, n);
}

static char *
make_mac (const char *secret, const char *text)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 bytes[32];
  gsize n = sizeof bytes;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, bytes, &n);
  return g_base64_encode (bytes, n);
}

char *
mado_wallet_sign (const MadoWalletKeys *keys, const MadoWalletCall *call, const char *content_type, const char *nonce,
                  gint64 epoch)
{
  const char *type = call->body ? content_type : EMPTY;
  g_autofree char *digest = call->body ? digest_body (type, call->body) : g_strdup (EMPTY);
  g_autofree char *text = NULL, *mac = NULL;

  text = g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s", call->path, call->method, nonce, epoch, type,
                          digest);
  mac = make_mac (keys->api_secret, text);
  return g_strdup_printf (SCHEME "%s:%s:%s:%" G_GINT64_FORMAT ":%s", keys->api_key, mac, nonce, epoch, digest);
}

static gboolean
equal_in_constant_time (const char *a, const char *b)
{
  gsize n = strlen (a);
  guint different = 0;

  if (n != strlen (b))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    different |= (guint) (a[i] ^ b[i]);
  return different == 0;
}

gboolean
mado_wallet_check (const MadoWalletKeys *keys, const MadoWalletCall *call, const char *content_type,
                   const char *authorization, gint64 now, GError **error)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *expected = NULL;
  guint64 epoch = 0;

  if (authorization && strlen (authorization) < 1024 && g_str_has_prefix (authorization, SCHEME))
    parts = g_strsplit (authorization + strlen (SCHEME), ":", 6);
  if (parts && g_strv_length (parts) == 5
      && g_ascii_string_to_unsigned (parts[3], 10, 0, G_MAXINT32 * G_GUINT64_CONSTANT (4), &epoch, NULL))
    expected = mado_wallet_sign (keys, call, content_type, parts[2], (gint64) epoch);
  if (!expected || !equal_in_constant_time (expected, authorization))
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED,
                         _("The signature was not made with this key for this request."));
  else if (ABS (now - (gint64) epoch) > MADO_WALLET_MAX_AGE)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED,
                         _("The signature is too old, or one of the clocks is wrong."));
  else
    return TRUE;
  return FALSE;
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

void
mado_wallet_answer_clear (MadoWalletAnswer *self)
{
  g_clear_pointer (&self->payment, g_free);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->reason, g_free);
}

static const struct {
  const char       *status;
  MadoPaymentEvent  event;
} statuses[] = {
  { "CREATED",       MADO_PAYMENT_EVENT_OPEN },
  { "AUTHORIZED",    MADO_PAYMENT_EVENT_AUTHORISE },
  { "REAUTHORIZING", MADO_PAYMENT_EVENT_OPEN },
  { "COMPLETED",     MADO_PAYMENT_EVENT_CAPTURE },
  { "REFUNDED",      MADO_PAYMENT_EVENT_CAPTURE },   /* it was paid; what went back is told by the refund */
  { "FAILED",        MADO_PAYMENT_EVENT_FAIL },
  { "CANCELED",      MADO_PAYMENT_EVENT_CANCEL },
  { "EXPIRED",       MADO_PAYMENT_EVENT_EXPIRE },
};

static gboolean
malformed (GError **error, const char *member)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED, _("The wallet's message has no “%s” that is understood."),
               member);
  return FALSE;
}

static gboolean
take_status (const char *status, MadoWalletAnswer *answer, GError **error)
{
  for (guint i = 0; status && i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].status, status)) {
      answer->verdict = MADO_WALLET_SAYS_STATE;
      answer->event = statuses[i].event;
      return TRUE;
    }
  return malformed (error, "status");
}

static const char *
get_text (JsonNode *root, const char *pointer)
{
  JsonNode *node = mado_json_get (root, pointer);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
get_int (JsonNode *root, const char *pointer, gint64 otherwise)
{
  JsonNode *node = mado_json_get (root, pointer);

  return node && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : otherwise;
}

static gboolean
take_data (JsonNode *root, MadoWalletAnswer *answer, GError **error)
{
  const char *currency = get_text (root, "/data/amount/currency");
  gint64 expires = get_int (root, "/data/expiryDate", 0);

  answer->payment = g_strdup (get_text (root, "/data/merchantPaymentId"));
  answer->reference = g_strdup (get_text (root, "/data/paymentId"));
  answer->code = g_strdup (get_text (root, "/data/codeId"));
  answer->url = g_strdup (get_text (root, "/data/url"));
  answer->yen = get_int (root, "/data/amount/amount", -1);
  answer->expires_at = CLAMP (expires, 0, G_MAXINT32 * G_GINT64_CONSTANT (4)) * G_USEC_PER_SEC;
  if ((currency && !g_str_equal (currency, "JPY")) || answer->yen < -1)
    return malformed (error, "amount");
  if (mado_json_get (root, "/data/status"))
    return take_status (get_text (root, "/data/status"), answer, error);
  answer->verdict = MADO_WALLET_SAYS_DONE;
  return TRUE;
}

/* What their word means to us; all the others are refusals for good. */
static MadoWalletVerdict
judge (guint status, const char *word)
{
  if (status == 429 || g_str_equal (word, "RATE_LIMIT") || g_str_equal (word, "INTERNAL_SERVER_ERROR"))
    return MADO_WALLET_SAYS_LATER;
  if (g_str_has_suffix (word, "NOT_FOUND") || g_str_equal (word, "NO_SUCH_REFUND_ORDER"))
    return MADO_WALLET_SAYS_NOTHING;
  return MADO_WALLET_SAYS_NO;
}

/* Their word as one of ours: "TRANSACTION_FAILED" is "transaction-failed". */
static char *
fold_word (const char *word)
{
  g_autofree char *cut = g_ascii_strdown (word, MIN (strlen (word), 64));

  return g_strdup (g_strcanon (cut, G_CSET_a_2_z G_CSET_DIGITS, '-'));
}

gboolean
mado_wallet_read_answer (guint status, const char *body, gsize length, MadoWalletAnswer *answer, GError **error)
{
  g_autoptr(JsonNode) root = NULL;
  const char *word;

  *answer = (MadoWalletAnswer) { .verdict = MADO_WALLET_SAYS_LATER, .yen = -1 };
  if (status == 0 || status >= 500)
    return TRUE;
  root = mado_json_parse (body, length, &MADO_JSON_LIMITS_BODY, error);
  if (!root)
    return FALSE;
  word = get_text (root, "/resultInfo/code");
  if (!word)
    return malformed (error, "resultInfo/code");
  if (status < 300 && (g_str_equal (word, "SUCCESS") || g_str_equal (word, "REQUEST_ACCEPTED")))
    return take_data (root, answer, error);
  answer->verdict = judge (status, word);
  answer->reason = fold_word (word);
  return TRUE;
}

/* A notice writes the amount as a number or as text. */
static gint64
get_notice_yen (JsonNode *root)
{
  const char *text = get_text (root, "/order_amount");
  guint64 yen;

  if (!text)
    return get_int (root, "/order_amount", -1);
  return g_ascii_string_to_unsigned (text, 10, 0, MADO_JSON_EXACT_MAX, &yen, NULL) ? (gint64) yen : -1;
}

gboolean
mado_wallet_read_notice (const char *body, gsize length, MadoWalletAnswer *answer, GError **error)
{
  g_autoptr(JsonNode) root = mado_json_parse (body, length, &MADO_JSON_LIMITS_BODY, error);

  *answer = (MadoWalletAnswer) { .verdict = MADO_WALLET_SAYS_LATER, .yen = -1 };
  if (!root)
    return FALSE;
  if (g_strcmp0 (get_text (root, "/notification_type"), "Transaction") != 0)
    return malformed (error, "notification_type");
  if (!get_text (root, "/merchant_order_id"))
    return malformed (error, "merchant_order_id");
  answer->payment = g_strdup (get_text (root, "/merchant_order_id"));
  answer->reference = g_strdup (get_text (root, "/order_id"));
  answer->yen = get_notice_yen (root);
  return take_status (get_text (root, "/state"), answer, error);
}
