/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-http-private.h"

#include <sys/socket.h>

#include "mado-metrics.h"

static G_DEFINE_QUARK (mado-line, line)

/* Lines */

static void
line_free (gpointer data)
{
  MadoLine *self = data;

  g_queue_unlink (&self->thread->lines, &self->link);
  mado_metrics_connections (self->thread->service->metrics, -1);
  g_object_unref (self->socket);
  g_free (self->peer);
  g_free (self);
}

static MadoLine *
line_new (MadoHttpThread *thread, GSocket *socket, GSocketAddress *peer)
{
  MadoLine *self = g_new0 (MadoLine, 1);

  self->thread = thread;
  self->socket = g_object_ref (socket);
  if (G_IS_INET_SOCKET_ADDRESS (peer))
    self->peer = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)));
  self->link.data = self;
  g_queue_push_tail_link (&thread->lines, &self->link);
  mado_metrics_connections (thread->service->metrics, 1);
  /* libsoup shows of a connection only its addresses, and keeps them as long as the connection. */
  g_object_set_qdata_full (G_OBJECT (peer), line_quark (), self, line_free);
  return self;
}

MadoLine *
mado_line_of (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (soup_server_message_get_remote_address (message)), line_quark ());
}

void
mado_line_expect (MadoLine *self, guint seconds)
{
  self->deadline = seconds > 0 ? g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC : 0;
}

void
mado_line_cut (MadoLine *self)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

/* Accepting */

typedef struct {
  MadoHttpThread *thread;
  GSocket        *socket;
  GSocketAddress *peer;
} Arrival;

static void
arrival_free (Arrival *self)
{
  g_object_unref (self->socket);
  g_clear_object (&self->peer);
  g_free (self);
}

static void
serve (Arrival *arrival, GIOStream *stream)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (arrival->socket, NULL);

  soup_server_accept_iostream (arrival->thread->server, stream, local, arrival->peer, NULL);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  Arrival *arrival = data;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL))
    serve (arrival, G_IO_STREAM (source));
  arrival_free (arrival);
}

static void
shake_hands (Arrival *arrival, GIOStream *plain)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr(GIOStream) stream = g_tls_server_connection_new (plain, arrival->thread->certificate, NULL);

  if (!stream)
    {
      arrival_free (arrival);
      return;
    }
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL, on_handshake, arrival);
}

static gboolean
on_arrival (gpointer data)
{
  Arrival *arrival = data;
  g_autoptr(GSocketConnection) connection = NULL;

  arrival->peer = g_socket_get_remote_address (arrival->socket, NULL);
  if (!arrival->peer || arrival->thread->draining)
    {
      arrival_free (arrival);
      return G_SOURCE_REMOVE;
    }
  connection = g_socket_connection_factory_create_connection (arrival->socket);
  mado_line_expect (line_new (arrival->thread, arrival->socket, arrival->peer), MADO_HTTP_HEAD_SECONDS);
  if (arrival->thread->certificate)
    {
      shake_hands (arrival, G_IO_STREAM (connection));
      return G_SOURCE_REMOVE;
    }
  serve (arrival, G_IO_STREAM (connection));
  arrival_free (arrival);
  return G_SOURCE_REMOVE;
}

static void
invoke (MadoHttpThread *self, GSourceFunc function, gpointer data)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, function, data, NULL);
}

void
mado_http_thread_accept (MadoHttpThread *self, GSocket *socket)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->thread = self;
  arrival->socket = socket;
  invoke (self, on_arrival, arrival);
}

/* The thread */

/* Once a second: cuts the lines that take too long, and those nobody is busy with once we are leaving. */
static gboolean
on_second (gpointer data)
{
  MadoHttpThread *self = data;
  gint64 now = g_get_monotonic_time ();

  g_atomic_int_set (&self->alive_s, (gint) (now / G_USEC_PER_SEC));
  for (GList *l = self->lines.head; l; l = l->next)
    {
      MadoLine *line = l->data;

      if ((line->deadline > 0 && line->deadline < now) || (self->draining && !line->busy))
        mado_line_cut (line);
    }
  if (self->draining && self->lines.length == 0)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
add_tick (MadoHttpThread *self, guint milliseconds)
{
  g_autoptr(GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, on_second, self, NULL);
  g_source_attach (source, self->context);
}

static gpointer
run (gpointer data)
{
  MadoHttpThread *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE));
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* libsoup keeps a connection for a second request only while its server listens: here, to a socket nobody has. */
static void
listen_to_nobody (MadoHttpThread *self)
{
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
    g_error ("No socket to be had");
  for (guint i = 0; i < 2; i++)
    self->placeholder[i] = g_socket_new_from_fd (pair[i], NULL);
  soup_server_listen_socket (self->server, self->placeholder[0], 0, NULL);
}

MadoHttpThread *
mado_http_thread_new (MadoService *service, GTlsCertificate *certificate, gboolean behind_proxy)
{
  MadoHttpThread *self = g_new0 (MadoHttpThread, 1);

  self->service = service;
  self->certificate = certificate ? g_object_ref (certificate) : NULL;
  self->behind_proxy = behind_proxy;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_queue_init (&self->lines);

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  listen_to_nobody (self);
  mado_http_messages_serve (self);
  add_tick (self, 1000);
  on_second (self);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("http", run, self);
  return self;
}

static gboolean
on_drain (gpointer data)
{
  MadoHttpThread *self = data;

  self->draining = TRUE;
  add_tick (self, 20);
  return G_SOURCE_REMOVE;
}

void
mado_http_thread_drain (MadoHttpThread *self)
{
  invoke (self, on_drain, self);
}

static gboolean
on_deadline (gpointer data)
{
  MadoHttpThread *self = data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
mado_http_thread_free (MadoHttpThread *self, gint64 deadline)
{
  g_autoptr(GSource) source = g_timeout_source_new (MAX (deadline - g_get_monotonic_time (), 0) / 1000);

  g_source_set_callback (source, on_deadline, self, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_source_destroy (source);

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  for (guint i = 0; i < 2; i++)
    g_clear_object (&self->placeholder[i]);
  g_clear_object (&self->certificate);
  g_free (self);
}
