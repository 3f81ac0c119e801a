/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-event-stream.h"

#include "client/mado-client-private.h"
#include "client/mado-event-parser.h"
#include "client/mado-problem.h"
#include "core/mado-json.h"

#define CHUNK      8192
/* The service sends a comment at least every 15 s; silence for so long means the line is dead. */
#define SILENCE_S  45

enum { EVENT, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_CONNECTED = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

struct _MadoEventStream {
  GObject          parent;
  MadoClient      *client;
  MadoEventParser *parser;
  GCancellable    *cancellable;   /* of the connection in use; NULL when stopped */
  SoupMessage     *message;
  GInputStream    *body;
  guint            tries;
  guint            retry_source;
  guint            silence_source;
  gboolean         connected;
};

G_DEFINE_FINAL_TYPE (MadoEventStream, mado_event_stream, G_TYPE_OBJECT)

static void connect_now (MadoEventStream *self);
static void read_next   (MadoEventStream *self);

static void
mado_event_stream_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, MADO_EVENT_STREAM (object)->connected);
}

static void
mado_event_stream_dispose (GObject *object)
{
  MadoEventStream *self = MADO_EVENT_STREAM (object);

  mado_event_stream_stop (self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->parser, mado_event_parser_free);
  G_OBJECT_CLASS (mado_event_stream_parent_class)->dispose (object);
}

static void
mado_event_stream_class_init (MadoEventStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mado_event_stream_get_property;
  object_class->dispose = mado_event_stream_dispose;

  props[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[EVENT] = g_signal_new ("event", MADO_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
  signals[FAILED] = g_signal_new ("failed", MADO_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
on_event_found (const char *type, const char *data, gpointer user_data)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_BODY;
  g_autoptr(JsonNode) node = mado_json_parse (data, strlen (data), &limits, NULL);

  if (node != NULL)
    g_signal_emit (user_data, signals[EVENT], 0, type, node);
}

static void
mado_event_stream_init (MadoEventStream *self)
{
  self->parser = mado_event_parser_new (on_event_found, self);
}

MadoEventStream *
mado_event_stream_new (MadoClient *client, const char *last_id)
{
  MadoEventStream *self = g_object_new (MADO_TYPE_EVENT_STREAM, NULL);

  self->client = g_object_ref (client);
  mado_event_parser_set_id (self->parser, last_id);
  return self;
}

gboolean
mado_event_stream_get_connected (MadoEventStream *self)
{
  return self->connected;
}

const char *
mado_event_stream_get_last_id (MadoEventStream *self)
{
  return mado_event_parser_get_id (self->parser);
}

static void
set_connected (MadoEventStream *self, gboolean connected)
{
  if (self->connected == connected)
    return;
  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONNECTED]);
}

static void
hang_up (MadoEventStream *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->body);
  g_clear_handle_id (&self->silence_source, g_source_remove);
  set_connected (self, FALSE);
}

static gboolean
on_retry (gpointer data)
{
  MadoEventStream *self = data;

  self->retry_source = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

static void
come_back_later (MadoEventStream *self)
{
  guint ms = MAX (mado_client_backoff (self->tries++), mado_event_parser_get_retry (self->parser));

  hang_up (self);
  self->retry_source = g_timeout_add (ms, on_retry, self);
}

static gboolean
on_silence (gpointer data)
{
  MadoEventStream *self = data;

  self->silence_source = 0;
  come_back_later (self);
  return G_SOURCE_REMOVE;
}

static void
heard_something (MadoEventStream *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source = g_timeout_add_seconds (SILENCE_S, on_silence, self);
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoEventStream) self = data;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize n;
  const char *chunk;

  if (G_INPUT_STREAM (source) != self->body)   /* hung up meanwhile */
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    come_back_later (self);
    return;
  }
  self->tries = 0;
  heard_something (self);
  chunk = g_bytes_get_data (bytes, &n);
  if (!mado_event_parser_feed (self->parser, chunk, n, NULL))
    come_back_later (self);
  else if (self->body != NULL)   /* a handler may have stopped the stream */
    read_next (self);
}

static void
read_next (MadoEventStream *self)
{
  g_input_stream_read_bytes_async (self->body, CHUNK, G_PRIORITY_DEFAULT, self->cancellable, on_read_ready,
                                   g_object_ref (self));
}

static void
refuse (MadoEventStream *self, guint status)
{
  g_autoptr(GError) error = NULL;

  mado_problem_to_error (status, NULL, &error);
  hang_up (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoEventStream) self = data;
  g_autoptr(GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  guint status;

  if (message != self->message)   /* hung up meanwhile */
    return;
  status = body != NULL ? soup_message_get_status (message) : 0;
  if (status >= 400 && status < 500 && status != 429)
    refuse (self, status);
  else if (status != 200)
    come_back_later (self);
  else {
    self->body = g_steal_pointer (&body);
    set_connected (self, TRUE);
    read_next (self);
  }
}

static void
connect_now (MadoEventStream *self)
{
  const char *last_id = mado_event_parser_get_id (self->parser);

  mado_event_parser_restart (self->parser);
  self->cancellable = g_cancellable_new ();
  self->message = mado_client_new_message (self->client, "GET", "/v1/events");
  soup_message_headers_replace (soup_message_get_request_headers (self->message), "Accept", "text/event-stream");
  if (last_id != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), "Last-Event-ID", last_id);
  heard_something (self);
  soup_session_send_async (mado_client_get_session (self->client), self->message, G_PRIORITY_DEFAULT,
                           self->cancellable, on_answered, g_object_ref (self));
}

void
mado_event_stream_start (MadoEventStream *self)
{
  if (self->cancellable == NULL && self->retry_source == 0)
    connect_now (self);
}

void
mado_event_stream_stop (MadoEventStream *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->cancellable != NULL)
    hang_up (self);
}
