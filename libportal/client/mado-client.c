/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-client-private.h"

#include <glib/gi18n-lib.h>

#include "client/mado-reply-private.h"
#include "client/mado-wait.h"

#define ATTEMPT_MS      10000
#define TOTAL_MS        30000
#define BACKOFF_MS      200
#define BACKOFF_MAX_MS  10000
#define MAX_BYTES       (16 * 1024 * 1024)
#define CHUNK           (64 * 1024)
#define MAX_CONNECTIONS 64

struct _MadoClient {
  GObject      parent;
  SoupSession *session;
  char        *address;    /* without a slash at its end */
  char        *token;
  const char  *language;      /* interned: it may change while a call is on its way */
  guint        attempt_ms;
  guint        total_ms;
};

G_DEFINE_FINAL_TYPE (MadoClient, mado_client, G_TYPE_OBJECT)

static void
mado_client_finalize (GObject *object)
{
  MadoClient *self = MADO_CLIENT (object);

  g_clear_object (&self->session);
  g_free (self->address);
  g_free (self->token);
  G_OBJECT_CLASS (mado_client_parent_class)->finalize (object);
}

static void
mado_client_class_init (MadoClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_client_finalize;
}

static void
mado_client_init (MadoClient *self)
{
  self->attempt_ms = ATTEMPT_MS;
  self->total_ms = TOTAL_MS;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
check_address (const char *address, gboolean *here, GError **error)
{
  g_autoptr(GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("“%s” is no address of a service; write for example https://counter.example.jp"), address);
    return FALSE;
  }
  *here = is_loopback (g_uri_get_host (uri));
  if (g_str_equal (scheme, "http") && !*here) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("“%s” would be spoken to without encryption; use https outside this machine"), address);
    return FALSE;
  }
  return TRUE;
}

char *
mado_client_normalize (const char *address)
{
  gsize length = strlen (address);

  while (length > 0 && address[length - 1] == '/')
    length--;
  return g_strndup (address, length);
}

MadoClient *
mado_client_new (const char *address, GError **error)
{
  MadoClient *self;
  gboolean here;

  if (!check_address (address, &here, error))
    return NULL;
  self = g_object_new (MADO_TYPE_CLIENT, NULL);
  self->address = mado_client_normalize (address);
  /* A call never waits for another's connection: it may be one of another thread, which does not wake this one. */
  self->session = soup_session_new_with_options ("user-agent", "madoguchi", "timeout", 0, "max-conns", MAX_CONNECTIONS,
                                                 "max-conns-per-host", MAX_CONNECTIONS, NULL);
  if (here)
    soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

MadoClient *
mado_client_new_as (MadoClient *other, const char *token)
{
  MadoClient *self = g_object_new (MADO_TYPE_CLIENT, NULL);

  self->address = g_strdup (other->address);
  self->session = g_object_ref (other->session);
  self->token = g_strdup (token);
  self->language = other->language;
  self->attempt_ms = other->attempt_ms;
  self->total_ms = other->total_ms;
  return self;
}

const char *
mado_client_get_address (MadoClient *self)
{
  return self->address;
}

SoupSession *
mado_client_get_session (MadoClient *self)
{
  return self->session;
}

void
mado_client_set_token (MadoClient *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

void
mado_client_set_language (MadoClient *self, const char *language)
{
  self->language = g_intern_string (language);
}

void
mado_client_set_limits (MadoClient *self, guint attempt_ms, guint total_ms)
{
  self->attempt_ms = attempt_ms;
  self->total_ms = total_ms;
}

gboolean
mado_client_set_authority (MadoClient *self, const char *path, GError **error)
{
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new (path, error);

  if (database == NULL) {
    g_prefix_error (error, "%s cannot be used as a list of authorities: ", path);
    return FALSE;
  }
  soup_session_set_tls_database (self->session, database);
  return TRUE;
}

guint
mado_client_backoff (guint attempt)
{
  guint whole = MIN (BACKOFF_MS << MIN (attempt, 10), BACKOFF_MAX_MS);

  return whole / 2 + g_random_int_range (0, whole / 2);
}

SoupMessage *
mado_client_new_message (MadoClient *self, const char *method, const char *path)
{
  g_autofree char *uri = g_strconcat (self->address, path, NULL);
  SoupMessage *message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->token != NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

    soup_message_headers_replace (headers, "Authorization", bearer);
  }
  if (self->language != NULL)
    soup_message_headers_replace (headers, "Accept-Language", self->language);
  return message;
}

/* One call on its way. Owns all it needs, so that the client may change meanwhile. */
typedef struct {
  MadoClient *client;
  MadoCall   *call;
  gint64      deadline;       /* monotonic */
  guint       retry_after_ms; /* as the service asked */
} Sending;

static Sending *
sending_new (MadoClient *client, MadoCall *call)
{
  Sending *self = g_new0 (Sending, 1);

  self->client = mado_client_new_as (client, client->token);
  self->call = g_object_ref (call);
  self->deadline = g_get_monotonic_time () + (gint64) client->total_ms * 1000;
  return self;
}

static void
sending_free (Sending *self)
{
  g_object_unref (self->client);
  g_object_unref (self->call);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static guint
time_left (Sending *self)
{
  return MAX (self->deadline - g_get_monotonic_time (), 0) / 1000;
}

static SoupMessage *
new_message (Sending *self)
{
  MadoCall *call = self->call;
  SoupMessage *message = mado_client_new_message (self->client, mado_call_get_method (call), mado_call_get_path (call));
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* A kept connection may have been closed meanwhile: no matter for what is sent again, but a loss for the others. */
  soup_message_add_flags (message, mado_call_get_once (call) ? SOUP_MESSAGE_NEW_CONNECTION : SOUP_MESSAGE_IDEMPOTENT);
  if (mado_call_get_key (call) != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", mado_call_get_key (call));
  if (mado_call_get_if_match (call) != NULL)
    soup_message_headers_replace (headers, "If-Match", mado_call_get_if_match (call));
  if (mado_call_get_body (call) != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", mado_call_get_body (call));
  return message;
}

static GInputStream *
open_answer (SoupSession *session, SoupMessage *message, MadoWait *wait, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, wait->cancellable, mado_wait_ready, wait);
  result = mado_wait_run (wait, error);
  return result != NULL ? soup_session_send_finish (session, result, error) : NULL;
}

static GBytes *
read_answer (GInputStream *stream, MadoWait *wait, GError **error)
{
  g_autoptr(GByteArray) body = g_byte_array_new ();

  while (TRUE) {
    g_autoptr(GAsyncResult) result = NULL;
    g_autoptr(GBytes) chunk = NULL;

    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, wait->cancellable, mado_wait_ready, wait);
    if ((result = mado_wait_run (wait, error)) == NULL
        || (chunk = g_input_stream_read_bytes_finish (stream, result, error)) == NULL)
      return NULL;
    if (g_bytes_get_size (chunk) == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&body));
    if (body->len + g_bytes_get_size (chunk) > MAX_BYTES) {
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_TOO_LARGE, _("The answer of the service is too large"));
      return NULL;
    }
    g_byte_array_append (body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  }
}

/* The network's error in the words of MADO_ERROR. */
static gboolean
fail (Sending *self, MadoWait *wait, GError *cause, GError **error)
{
  g_autoptr(GError) owned = cause;
  const char *why = _("It may be starting, or the line may be down; try again soon");

  if (owned->domain == MADO_ERROR)
    g_propagate_error (error, g_steal_pointer (&owned));
  else if (wait->late)
    g_set_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, _("The service at %s did not answer in time. %s"),
                 self->client->address, why);
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&owned));
  else
    g_set_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, _("The service at %s cannot be reached (%s). %s"),
                 self->client->address, owned->message,
                 owned->domain == G_TLS_ERROR ? _("Its certificate must be one this machine trusts") : why);
  return FALSE;
}

typedef enum { ANSWERED, AGAIN, GIVE_UP } Verdict;

static Verdict
judge (SoupMessage *message, Sending *self)
{
  SoupStatus status = soup_message_get_status (message);
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");

  if (status != 429 && status != 502 && status != 503 && status != 504)
    return ANSWERED;
  self->retry_after_ms = after != NULL ? MIN (g_ascii_strtoull (after, NULL, 10), 3600) * 1000 : 0;
  return AGAIN;
}

static Verdict
attempt (Sending *self, GCancellable *cancellable, MadoReply **reply, GError **error)
{
  g_auto(MadoWait) wait = { 0 };
  g_autoptr(SoupMessage) message = new_message (self);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GBytes) body = NULL;
  GError *cause = NULL;
  SoupMessageHeaders *headers;

  self->retry_after_ms = 0;
  mado_wait_begin (&wait, cancellable, MIN (self->client->attempt_ms, time_left (self)));
  stream = open_answer (self->client->session, message, &wait, &cause);
  if (stream != NULL)
    body = read_answer (stream, &wait, &cause);
  if (body == NULL) {
    Verdict verdict = cause->domain == G_TLS_ERROR || cause->domain == MADO_ERROR
                      || g_cancellable_is_cancelled (cancellable) ? GIVE_UP : AGAIN;

    fail (self, &wait, cause, error);
    return verdict;
  }
  headers = soup_message_get_response_headers (message);
  *reply = mado_reply_new (soup_message_get_status (message), soup_message_headers_get_content_type (headers, NULL),
                           soup_message_headers_get_one (headers, "ETag"), body, error);
  return judge (message, self);
}

static gboolean
pause_for (guint ms, GCancellable *cancellable, GError **error)
{
  g_auto(MadoWait) wait = { 0 };

  mado_wait_begin (&wait, cancellable, ms);
  return mado_wait_sleep (&wait, error);
}

static MadoReply *
send_until_answered (Sending *self, GCancellable *cancellable, GError **error)
{
  for (guint tries = 0;; tries++) {
    g_autoptr(GError) refusal = NULL;
    MadoReply *reply = NULL;
    Verdict verdict = attempt (self, cancellable, &reply, &refusal);
    guint pause = MAX (mado_client_backoff (tries), self->retry_after_ms);

    if (reply != NULL)
      return reply;
    if (verdict != AGAIN || mado_call_get_once (self->call) || time_left (self) <= pause) {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
    if (!pause_for (pause, cancellable, error))
      return NULL;
  }
}

MadoReply *
mado_client_send (MadoClient *self, MadoCall *call, GCancellable *cancellable, GError **error)
{
  g_autoptr(Sending) sending = sending_new (self, call);

  return send_until_answered (sending, cancellable, error);
}

static void
send_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  MadoReply *reply = send_until_answered (data, cancellable, &error);

  if (reply != NULL)
    g_task_return_pointer (task, reply, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
mado_client_send_async (MadoClient *self, MadoCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, mado_client_send_async);
  g_task_set_task_data (task, sending_new (self, call), (GDestroyNotify) sending_free);
  g_task_run_in_thread (task, send_in_thread);
}

MadoReply *
mado_client_send_finish (MadoClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
