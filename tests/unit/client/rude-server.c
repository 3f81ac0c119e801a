/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rude-server.h"

#define JSON_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "

typedef struct {
  RudeManner  manner;
  guint       status;
  char       *body;
} Step;

struct _RudeServer {
  GMutex           lock;
  GCond            ready;
  GThread         *thread;
  GMainLoop       *loop;
  GTlsCertificate *certificate;
  char            *address;
  GQueue           steps;
  GPtrArray       *requests;
  char            *header_name;
  char            *header_value;
  GPtrArray       *held;          /* connections and paused messages that never end */
};

static void
step_free (Step *step)
{
  g_free (step->body);
  g_free (step);
}

static void
request_free (gpointer data)
{
  RudeRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->key);
  g_free (request->token);
  g_free (request->if_match);
  g_free (request->last_id);
  g_free (request->language);
  g_bytes_unref (request->body);
  g_free (request);
}

static void
note_request (RudeServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  RudeRequest *request = g_new0 (RudeRequest, 1);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strconcat (g_uri_get_path (uri), query != NULL ? "?" : NULL, query, NULL);
  request->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  request->token = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  request->if_match = g_strdup (soup_message_headers_get_one (headers, "If-Match"));
  request->last_id = g_strdup (soup_message_headers_get_one (headers, "Last-Event-ID"));
  request->language = g_strdup (soup_message_headers_get_one (headers, "Accept-Language"));
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_ptr_array_add (self->requests, request);
}

static void
say_raw (RudeServer *self, SoupServerMessage *message, const char *raw, gsize times, gboolean hold)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  for (gsize i = 0; i < times; i++)
    if (!g_output_stream_write_all (out, raw, strlen (raw), NULL, NULL, NULL))
      break;
  if (hold) {
    g_ptr_array_add (self->held, stream);
    return;
  }
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static void
flood (RudeServer *self, SoupServerMessage *message)
{
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *head = g_strconcat (JSON_HEAD "18000000\r\n\r\n", spaces, NULL);

  say_raw (self, message, head, 17, FALSE);
}

static void
answer (RudeServer *self, SoupServerMessage *message, Step *step)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *type = step->manner == RUDE_PROBLEM ? "application/problem+json" : "application/json";

  if (self->header_name != NULL)
    soup_message_headers_replace (headers, self->header_name, self->header_value);
  if (self->header_name != NULL && g_str_equal (self->header_name, "Content-Type"))
    type = self->header_value;
  soup_server_message_set_status (message, step->status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, step->body, strlen (step->body));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  RudeServer *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Step fallback = { RUDE_ANSWER, 200, (char *) "{}" };
  Step *pushed = g_queue_pop_head (&self->steps);
  Step *step = pushed != NULL ? pushed : &fallback;

  note_request (self, message);
  switch (step->manner) {
  case RUDE_ANSWER:
  case RUDE_PROBLEM:
    answer (self, message, step);
    break;
  case RUDE_KEEP_SHUT:
    say_raw (self, message, JSON_HEAD "2\r\n\r\n{}", 1, FALSE);
    break;
  case RUDE_DROP:
    say_raw (self, message, "", 1, FALSE);
    break;
  case RUDE_CUT:
    say_raw (self, message, JSON_HEAD "500\r\n\r\n{\"number\":", 1, FALSE);
    break;
  case RUDE_TRICKLE:
    say_raw (self, message, JSON_HEAD "500\r\n\r\n{", 1, TRUE);
    break;
  case RUDE_NOISE:
    say_raw (self, message, "I am not a web server\r\n\r\n", 1, FALSE);
    break;
  case RUDE_HUGE:
    flood (self, message);
    break;
  case RUDE_SLOW:
    soup_server_message_pause (message);
    g_ptr_array_add (self->held, g_object_ref (message));
    break;
  }
  g_clear_pointer (&pushed, step_free);
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gpointer
serve (gpointer data)
{
  RudeServer *self = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(SoupServer) server = NULL;
  g_autoptr(GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (context);
  server = soup_server_new (self->certificate != NULL ? "tls-certificate" : NULL, self->certificate, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  soup_server_listen_local (server, 0,
                            (self->certificate ? SOUP_SERVER_LISTEN_HTTPS : 0) | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);

  g_mutex_lock (&self->lock);
  self->loop = g_main_loop_new (context, FALSE);
  self->address = g_uri_to_string (uris->data);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);
  g_ptr_array_set_size (self->held, 0);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

RudeServer *
rude_server_new (GTlsCertificate *certificate)
{
  RudeServer *self = g_new0 (RudeServer, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  g_queue_init (&self->steps);
  self->certificate = certificate;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_lock (&self->lock);
  self->thread = g_thread_new ("rude-server", serve, self);
  while (self->address == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

void
rude_server_free (RudeServer *self)
{
  g_autoptr(GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, on_quit, self->loop, NULL);
  g_source_attach (quit, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->held);
  g_free (self->address);
  g_free (self->header_name);
  g_free (self->header_value);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self);
}

const char *
rude_server_get_address (RudeServer *self)
{
  return self->address;
}

void
rude_server_push (RudeServer *self, RudeManner manner, guint status, const char *body)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Step *step = g_new0 (Step, 1);

  *step = (Step) { manner, status, g_strdup (body) };
  g_queue_push_tail (&self->steps, step);
}

void
rude_server_set_header (RudeServer *self, const char *name, const char *value)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_free (self->header_name);
  g_free (self->header_value);
  self->header_name = g_strdup (name);
  self->header_value = g_strdup (value);
}

guint
rude_server_count (RudeServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->requests->len;
}

const RudeRequest *
rude_server_get (RudeServer *self, guint i)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_ptr_array_index (self->requests, i);
}
