/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-http-private.h"

#include <errno.h>
#include <string.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <glib/gi18n-lib.h>

#define BACKLOG        1024
#define ACCEPT_AT_ONCE 64
#define PAUSE_MS       100     /* before accepting again when no file is to be had */

struct _MadoHttp {
  GSocket   *socket;
  GSource   *source;           /* (nullable): while we accept; on the first thread */
  GPtrArray *threads;          /* of MadoHttpThread */
  guint      next;
  char      *address;
};

GInetSocketAddress *
mado_http_parse_address (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  GSocketAddress *address = NULL;
  guint64 port;

  if (colon && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL)) {
    gboolean bracketed = text[0] == '[' && colon > text + 1 && colon[-1] == ']';

    host = bracketed ? g_strndup (text + 1, colon - text - 2) : g_strndup (text, colon - text);
    address = g_inet_socket_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host, port);
  }
  if (!address)
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("%s is no address to listen on; write it like 127.0.0.1:8700 or [::1]:8700."), text);
  return (GInetSocketAddress *) address;
}

static GSocket *
bind_and_listen (GInetSocketAddress *address, GError **error)
{
  g_autoptr(GSocket) socket = g_socket_new (g_socket_address_get_family (G_SOCKET_ADDRESS (address)),
                                            G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (!socket || !g_socket_bind (socket, G_SOCKET_ADDRESS (address), TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_set_blocking (socket, FALSE);
  return g_socket_listen (socket, error) ? g_steal_pointer (&socket) : NULL;
}

static char *
describe (GSocket *socket, gboolean secure)
{
  g_autoptr(GInetSocketAddress) local = (GInetSocketAddress *) g_socket_get_local_address (socket, NULL);
  GInetAddress *address = g_inet_socket_address_get_address (local);
  g_autofree char *host = g_inet_address_to_string (address);
  gboolean six = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("%s://%s%s%s:%u", secure ? "https" : "http", six ? "[" : "", host, six ? "]" : "",
                          g_inet_socket_address_get_port (local));
}

static void accept_more (MadoHttp *self);

static gboolean
on_resume (gpointer self)
{
  accept_more (self);
  return G_SOURCE_REMOVE;
}

static void
set_source (MadoHttp *self, GSource *source, GSourceFunc function)
{
  MadoHttpThread *first = self->threads->pdata[0];

  if (self->source)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = source;
  if (!source)
    return;
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, first->context);
}

/* No file left: what waits in the backlog waits a little longer. */
static void
pause_accepting (MadoHttp *self)
{
  set_source (self, g_timeout_source_new (PAUSE_MS), on_resume);
}

static gboolean
on_connection (GSocket *unused, GIOCondition condition, gpointer data)
{
  MadoHttp *self = data;

  for (guint i = 0; i < ACCEPT_AT_ONCE; i++) {
    int fd = accept4 (g_socket_get_fd (self->socket), NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    int one = 1;
    GSocket *socket;

    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
      pause_accepting (self);
      return G_SOURCE_REMOVE;
    }
    if (fd < 0)
      break;
    setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    socket = g_socket_new_from_fd (fd, NULL);
    if (socket)
      mado_http_thread_accept (self->threads->pdata[self->next++ % self->threads->len], socket);
  }
  return G_SOURCE_CONTINUE;
}

static void
accept_more (MadoHttp *self)
{
  set_source (self, g_socket_create_source (self->socket, G_IO_IN, NULL), G_SOURCE_FUNC (on_connection));
}

/* As many connections as the system lets us. */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit (RLIMIT_NOFILE, &limit);
  }
}

MadoHttp *
mado_http_new (MadoService *service, const MadoHttpOptions *options, GError **error)
{
  g_autoptr(GInetSocketAddress) address = mado_http_parse_address (options->address, error);
  GSocket *socket = address ? bind_and_listen (address, error) : NULL;
  guint n_threads = options->threads > 0 ? options->threads : g_get_num_processors ();
  MadoHttp *self;

  if (!socket) {
    g_prefix_error (error, _("Cannot listen on %s: "), options->address);
    return NULL;
  }
  raise_file_limit ();
  self = g_new0 (MadoHttp, 1);
  self->socket = socket;
  self->address = describe (socket, options->certificate != NULL);
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < n_threads; i++)
    g_ptr_array_add (self->threads, mado_http_thread_new (service, options));
  g_main_context_invoke (((MadoHttpThread *) self->threads->pdata[0])->context, on_resume, self);
  return self;
}

const char *
mado_http_get_address (MadoHttp *self)
{
  return self->address;
}

gboolean
mado_http_is_alive (MadoHttp *self, guint seconds)
{
  gint now = (gint) (g_get_monotonic_time () / G_USEC_PER_SEC);

  for (guint i = 0; i < self->threads->len; i++) {
    MadoHttpThread *thread = self->threads->pdata[i];

    if (now - g_atomic_int_get (&thread->alive_s) > (gint) seconds)
      return FALSE;
  }
  return TRUE;
}

static gboolean
on_stop (gpointer data)
{
  MadoHttp *self = data;

  set_source (self, NULL, NULL);
  g_socket_close (self->socket, NULL);
  return G_SOURCE_REMOVE;
}

void
mado_http_stop (MadoHttp *self, guint seconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  g_main_context_invoke (((MadoHttpThread *) self->threads->pdata[0])->context, on_stop, self);
  for (guint i = 0; i < self->threads->len; i++)
    mado_http_thread_drain (self->threads->pdata[i]);
  for (guint i = 0; i < self->threads->len; i++)
    mado_http_thread_free (self->threads->pdata[i], deadline);
  g_ptr_array_unref (self->threads);
  g_object_unref (self->socket);
  g_free (self->address);
  g_free (self);
}
