/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-http-private.h"

#include <string.h>

#include "mado-events.h"
#include "mado-exchange.h"
#include "mado-metrics.h"

#define MAX_UNREAD (256 * 1024)   /* bytes of events a reader may be behind */
#define LINGER_MS  3000
#define SHOWS_NOTHING "default-src 'none'; frame-ancestors 'none'"

static G_DEFINE_QUARK (mado-carrier, carrier)

/* Carries one message of libsoup's through its exchange; lives as long as the message. */
typedef struct {
  MadoHttpThread    *thread;
  SoupServerMessage *message;      /* whose we are */
  MadoExchange      *exchange;
  gsize              read;         /* bytes of a body that did not say its length */
  gboolean           paused;
  gboolean           answered;
  MadoSubscription  *events;       /* (nullable) */
  GList              link;         /* in the thread's streams, while there are events */
  gsize              unread;
} Carrier;

static void
carrier_free (gpointer data)
{
  Carrier *self = data;

  g_clear_pointer (&self->exchange, mado_exchange_free);
  g_free (self);
}

static Carrier *
carrier_of (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), carrier_quark ());
}

/* The request */

/* Whoever our proxy says it is: what it added last. */
static const char *
name_peer (Carrier *self, const char *forwarded)
{
  const char *last = forwarded && self->thread->behind_proxy ? strrchr (forwarded, ',') : NULL;

  if (last)
    return last + 1 + strspn (last + 1, " ");
  if (forwarded && self->thread->behind_proxy)
    return forwarded;
  return mado_line_get_peer (mado_line_of (self->message));
}

static void
take_header (MadoRequest *request, const char *name, const char *value)
{
  const struct { const char *name; const char **member; } headers[] = {
    { "Authorization", &request->authorization }, { "Idempotency-Key", &request->key },
    { "If-Match", &request->if_match }, { "If-None-Match", &request->if_none_match },
    { "Last-Event-ID", &request->last_event_id }, { "X-Forwarded-For", &request->peer },
    { "Accept-Language", &request->accept_language }, { "Content-Encoding", &request->content_encoding },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (g_ascii_strcasecmp (name, headers[i].name) == 0)
      *headers[i].member = value;
}

static void
fill_in (Carrier *self, MadoRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  GUri *uri = soup_server_message_get_uri (self->message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  request->method = soup_server_message_get_method (self->message);
  request->path = g_uri_get_path (uri);
  request->query = g_uri_get_query (uri);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    take_header (request, name, value);
  request->content_type = soup_message_headers_get_content_type (headers, NULL);
  request->peer = name_peer (self, request->peer);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    request->content_length = -1;
  else
    request->content_length = soup_message_headers_get_content_length (headers);
}

/* The answer */

static const struct { const char *name, *value; } fixed_headers[] = {
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
};

typedef void (*Put) (gpointer into, const char *name, const char *value);

static void
put_headers (Carrier *self, Put put, gpointer into)
{
  const MadoAnswer *answer = &self->exchange->answer;
  char number[32];

  for (guint i = 0; i < G_N_ELEMENTS (fixed_headers); i++)
    put (into, fixed_headers[i].name, fixed_headers[i].value);
  put (into, "Content-Security-Policy", answer->policy ? answer->policy : SHOWS_NOTHING);
  put (into, "X-Request-Id", self->exchange->request.id);
  if (self->thread->certificate)
    put (into, "Strict-Transport-Security", "max-age=31536000");
  if (answer->type)
    put (into, "Content-Type", answer->type);
  if (answer->to_save)
    put (into, "Content-Disposition", "attachment");
  if (answer->etag)
    put (into, "ETag", answer->etag);
  if (answer->allow)
    put (into, "Allow", answer->allow);
  if (answer->status == 401)
    put (into, "WWW-Authenticate", "Bearer");
  if (answer->retry_after > 0) {
    g_snprintf (number, sizeof number, "%u", answer->retry_after);
    put (into, "Retry-After", number);
  }
  g_snprintf (number, sizeof number, "public, max-age=%u", answer->max_age);
  put (into, "Cache-Control", answer->max_age > 0 ? number : "no-store");
}

static void
put_into_message (gpointer headers, const char *name, const char *value)
{
  soup_message_headers_append (headers, name, value);
}

static void
put_into_text (gpointer text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s: %s\r\n", name, value);
}

static void
give_body (Carrier *self)
{
  MadoAnswer *answer = &self->exchange->answer;
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  if (answer->bytes)
    soup_message_body_append_bytes (body, answer->bytes);
  else if (answer->body) {
    gsize n = answer->body->len;

    soup_message_body_append (body, SOUP_MEMORY_TAKE, g_string_free (g_steal_pointer (&answer->body), FALSE), n);
  }
}

/* libsoup forgets by now that nothing follows, and would hang up to end it, without having said so. */
static void
on_wrote_empty (SoupServerMessage *message, gpointer unused)
{
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_NONE);
}

static void begin_events (Carrier *self);

static void
give_answer (Carrier *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  MadoAnswer *answer = &self->exchange->answer;

  self->answered = TRUE;
  put_headers (self, put_into_message, headers);
  if (self->thread->draining)
    soup_message_headers_replace (headers, "Connection", "close");
  if (answer->status == SOUP_STATUS_NO_CONTENT)
    g_signal_connect (self->message, "wrote-headers", G_CALLBACK (on_wrote_empty), NULL);
  soup_server_message_set_status (self->message, answer->status, NULL);
  if (answer->events && !g_str_equal (self->exchange->request.method, "HEAD"))
    begin_events (self);
  else {
    mado_line_expect (mado_line_of (self->message), self->thread->patience.answer);
    give_body (self);
  }
}

/* What still comes on this line is not read: the answer goes out beside libsoup, which would wait for all of it. */
static void
dismiss (Carrier *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const MadoAnswer *answer = &self->exchange->answer;
  gsize n;
  gconstpointer body = mado_answer_get_data (answer, &n);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", answer->status, soup_status_get_phrase (answer->status));
  put_headers (self, put_into_text, text);
  g_string_append_printf (text, "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", n);
  if (!g_str_equal (self->exchange->request.method, "HEAD"))
    g_string_append_len (text, body, n);
  self->answered = TRUE;
  mado_line_dismiss (mado_line_of (self->message), text->str, text->len, LINGER_MS);
  soup_server_message_set_status (self->message, answer->status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Connection", "close");
}

/* Events */

static void
end_events (Carrier *self)
{
  if (!self->events)
    return;
  g_queue_unlink (&self->thread->streams, &self->link);
  mado_metrics_streams (self->thread->service->metrics, -1);
  mado_subscription_stop (self->events);
  g_clear_pointer (&self->events, mado_subscription_unref);
}

/* No more will come, and who listens is told so. */
static void
complete_events (Carrier *self)
{
  end_events (self);
  mado_line_set_busy (mado_line_of (self->message), FALSE);
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
}

static void
on_events (const char *text, gsize n, gpointer data)
{
  Carrier *self = data;

  if (!text) {
    complete_events (self);
    return;
  }
  self->unread += n;
  if (self->unread > MAX_UNREAD) {
    mado_line_cut (mado_line_of (self->message));
    return;
  }
  soup_message_body_append (soup_server_message_get_response_body (self->message), SOUP_MEMORY_COPY, text, n);
  soup_server_message_unpause (self->message);
}

static void
on_wrote_data (SoupServerMessage *message, guint n, gpointer unused)
{
  Carrier *self = carrier_of (message);

  self->unread -= MIN (n, self->unread);
  if (self->unread == 0 && self->events)
    mado_subscription_read (self->events);
}

static void
begin_events (Carrier *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_append (headers, "X-Accel-Buffering", "no");
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (on_wrote_data), NULL);
  mado_line_expect (mado_line_of (self->message), 0);
  mado_metrics_streams (self->thread->service->metrics, 1);
  self->events = mado_subscription_ref (self->exchange->answer.events);
  self->link.data = self;
  g_queue_push_tail_link (&self->thread->streams, &self->link);
  mado_subscription_start (self->events, on_events, self);
}

void
mado_http_messages_complete_events (MadoHttpThread *thread)
{
  while (thread->streams.head)
    complete_events (thread->streams.head->data);
}

/* libsoup's signals */

static void
on_started (SoupServer *server, SoupServerMessage *message, gpointer thread)
{
  MadoLine *line = mado_line_of (message);

  mado_line_set_idle (line, FALSE);
  mado_line_expect (line, ((MadoHttpThread *) thread)->patience.head);
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer unused)
{
  Carrier *self = carrier_of (message);

  self->read += g_bytes_get_size (chunk);
  if (self->answered || self->read <= self->exchange->request.route->body_limit)
    return;
  mado_exchange_refuse_body (self->exchange);
  dismiss (self);
}

/* The head is there: may it go on? */
static void
on_head (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer thread)
{
  Carrier *self = g_new0 (Carrier, 1);

  self->thread = thread;
  self->message = message;
  self->exchange = mado_exchange_new (self->thread->service);
  g_object_set_qdata_full (G_OBJECT (message), carrier_quark (), self, carrier_free);
  fill_in (self, &self->exchange->request);
  mado_line_expect (mado_line_of (message), self->thread->patience.body);

  if (mado_exchange_admit (self->exchange)) {
    if (self->exchange->request.content_length < 0)
      g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), NULL);
  } else if (self->exchange->answer.close)
    dismiss (self);
  else
    give_answer (self);
}

static void
on_done (MadoExchange *exchange, gpointer data)
{
  Carrier *self = data;

  give_answer (self);
  if (self->paused) {
    soup_server_message_unpause (self->message);
    g_object_unref (self->message);
  }
}

/* All of it is there. */
static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer thread)
{
  Carrier *self = carrier_of (message);
  MadoLine *line = mado_line_of (message);

  mado_line_set_busy (line, TRUE);
  mado_line_expect (line, 0);
  if (self->exchange->request.content_length != 0)
    self->exchange->request.body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_object_ref (message);
  mado_exchange_run (self->exchange, on_done, self);
  if (self->answered)
    g_object_unref (message);
  else {
    self->paused = TRUE;
    soup_server_message_pause (message);
  }
}

static void
on_over (SoupServer *server, SoupServerMessage *message, gpointer thread)
{
  Carrier *self = carrier_of (message);
  MadoLine *line = mado_line_of (message);

  mado_line_send (line);
  mado_line_set_busy (line, FALSE);
  mado_line_set_idle (line, TRUE);
  mado_line_expect (line, ((MadoHttpThread *) thread)->patience.idle);
  if (self)
    end_events (self);
}

void
mado_http_messages_serve (MadoHttpThread *thread)
{
  soup_server_add_early_handler (thread->server, "/", on_head, thread, NULL);
  soup_server_add_handler (thread->server, "/", on_request, thread, NULL);
  g_signal_connect (thread->server, "request-started", G_CALLBACK (on_started), thread);
  g_signal_connect (thread->server, "request-finished", G_CALLBACK (on_over), thread);
  g_signal_connect (thread->server, "request-aborted", G_CALLBACK (on_over), thread);
}
