/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-http-private.h"

#include <sys/socket.h>

#define DRAIN_TICK_MS 20

/* Accepting */

typedef struct {
  MadoHttpThread *thread;
  GSocket        *socket;
  GSocketAddress *peer;
  MadoLine       *line;
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *self = data;

  g_clear_object (&self->line);
  g_clear_object (&self->peer);
  g_object_unref (self->socket);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static void
serve (Arrival *arrival)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (arrival->socket, NULL);

  soup_server_accept_iostream (arrival->thread->server, G_IO_STREAM (arrival->line), local, arrival->peer, NULL);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Arrival) arrival = data;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL))
    serve (arrival);
}

static GIOStream *
secure (GIOStream *plain, GTlsCertificate *certificate)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  GIOStream *stream = g_tls_server_connection_new (plain, certificate, NULL);

  if (stream) {
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  }
  return stream;
}

static GIOStream *
open_base (const Arrival *arrival)
{
  g_autoptr(GSocketConnection) plain = g_socket_connection_factory_create_connection (arrival->socket);

  return arrival->thread->certificate ? secure (G_IO_STREAM (plain), arrival->thread->certificate)
                                      : G_IO_STREAM (g_steal_pointer (&plain));
}

/* Our own: the socket keeps the one it gives, and that would keep the line that keeps the socket. */
static GSocketAddress *
copy_peer (GSocket *socket)
{
  g_autoptr(GSocketAddress) address = g_socket_get_remote_address (socket, NULL);
  GInetSocketAddress *inet = (GInetSocketAddress *) address;

  return address ? g_inet_socket_address_new (g_inet_socket_address_get_address (inet),
                                              g_inet_socket_address_get_port (inet)) : NULL;
}

static gboolean
on_arrival (gpointer data)
{
  g_autoptr(Arrival) arrival = data;
  MadoHttpThread *self = arrival->thread;
  g_autoptr(GIOStream) base = NULL;

  arrival->peer = copy_peer (arrival->socket);
  base = arrival->peer && !self->draining ? open_base (arrival) : NULL;
  if (!base)
    return G_SOURCE_REMOVE;
  arrival->line = mado_line_new (&self->lines, arrival->socket, base, arrival->peer);
  mado_line_expect (arrival->line, self->patience.head);
  if (self->certificate)
    g_tls_connection_handshake_async (G_TLS_CONNECTION (base), G_PRIORITY_DEFAULT, NULL, on_handshake,
                                      g_steal_pointer (&arrival));
  else
    serve (arrival);
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

static gboolean
on_tick (gpointer data)
{
  MadoHttpThread *self = data;

  g_atomic_int_set (&self->alive_s, (gint) (g_get_monotonic_time () / G_USEC_PER_SEC));
  mado_line_thread_sweep (&self->lines, self->draining);
  if (self->draining)
    mado_http_messages_complete_events (self);   /* and the next sweep takes their lines */
  if (self->draining && self->lines.lines.length == 0)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
add_tick (MadoHttpThread *self, guint milliseconds)
{
  g_autoptr(GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, on_tick, self, NULL);
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
  mado_line_thread_clear (&self->lines);
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
mado_http_thread_new (MadoService *service, const MadoHttpOptions *options)
{
  MadoHttpThread *self = g_new0 (MadoHttpThread, 1);

  self->service = service;
  self->certificate = options->certificate ? g_object_ref (options->certificate) : NULL;
  self->behind_proxy = options->behind_proxy;
  self->patience = options->patience;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  mado_line_thread_init (&self->lines, self->context, service->metrics);

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  listen_to_nobody (self);
  mado_http_messages_serve (self);
  add_tick (self, MIN (1000, options->patience.head));
  on_tick (self);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("http", run, self);
  return self;
}

static gboolean
on_drain (gpointer data)
{
  MadoHttpThread *self = data;

  self->draining = TRUE;
  add_tick (self, DRAIN_TICK_MS);
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
