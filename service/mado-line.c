/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-line.h"

#define MAX_HELD (16 * 1024)   /* bytes; longer writes go out by themselves */

struct _MadoLine {
  GIOStream       parent;
  MadoLineThread *thread;
  GSocket        *socket;
  GIOStream      *base;         /* the socket, or TLS on it */
  GInputStream   *input;
  GOutputStream  *output;
  char           *peer;
  gint64          deadline;     /* monotonic; 0: none */
  gboolean        busy;
  gboolean        idle;
  gboolean        over;         /* nobody is there any more, or nobody is heard */
  gboolean        linger;       /* reads what still comes before it closes */
  GByteArray     *held;         /* written, not yet sent */
  GSource        *writable;     /* (nullable): waits for room to send */
  GSource        *drain;        /* (nullable): reads what still comes */
  gboolean        closing;
  gboolean        closed;
  GList           link;
  GList           unsent_link;
};

G_DEFINE_FINAL_TYPE (MadoLine, mado_line, G_TYPE_IO_STREAM)

static G_DEFINE_QUARK (mado-line, line)

static GPollableInputStream *
base_input (MadoLine *self)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
}

static GPollableOutputStream *
base_output (MadoLine *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base));
}

/* Sending */

static gboolean
send_held (MadoLine *self, GError **error)
{
  while (self->held->len > 0) {
    gssize n = g_pollable_output_stream_write_nonblocking (base_output (self), self->held->data, self->held->len,
                                                           NULL, error);

    if (n < 0)
      return FALSE;
    g_byte_array_remove_range (self->held, 0, n);
  }
  return TRUE;
}

static void
clear_source (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
on_writable (GObject *stream, gpointer self)
{
  mado_line_send (self);
  return MADO_LINE (self)->writable != NULL;
}

static void
wait_for_room (MadoLine *self)
{
  if (self->writable)
    return;
  self->writable = g_pollable_output_stream_create_source (base_output (self), NULL);
  g_source_set_callback (self->writable, G_SOURCE_FUNC (on_writable), g_object_ref (self), g_object_unref);
  g_source_attach (self->writable, self->thread->context);
}

static void finish_closing (MadoLine *self);

void
mado_line_send (MadoLine *self)
{
  g_autoptr(MadoLine) keep = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  if (self->unsent_link.data) {
    g_queue_unlink (&self->thread->unsent, &self->unsent_link);
    self->unsent_link.data = NULL;
  }
  if (!send_held (self, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
      wait_for_room (self);
      return;
    }
    self->over = TRUE;
    g_byte_array_set_size (self->held, 0);
  }
  clear_source (&self->writable);
  if (self->closing)
    finish_closing (self);
}

static void
hold (MadoLine *self, const void *data, gsize n)
{
  g_byte_array_append (self->held, data, n);
  if (self->unsent_link.data)
    return;
  self->unsent_link.data = self;
  g_queue_push_tail_link (&self->thread->unsent, &self->unsent_link);
}

static gssize
write_now (MadoLine *self, const void *data, gsize n, GError **error)
{
  if (self->over)
    return n;
  if (self->held->len + n <= MAX_HELD) {
    hold (self, data, n);
    return n;
  }
  if (!send_held (self, error))
    return -1;
  return g_pollable_output_stream_write_nonblocking (base_output (self), data, n, NULL, error);
}

/* Hearing */

/*
 * libsoup 3.2 never lets go of a connection whose other side leaves, or breaks, between two requests: it notices only
 * once something of the next one is there. So it gets a letter that is no request before the end.
 */
static gssize
end_reading (MadoLine *self, char *buffer)
{
  self->over = TRUE;
  if (!self->idle)
    return 0;
  self->idle = FALSE;
  *buffer = 'x';
  return 1;
}

static gssize
read_now (MadoLine *self, void *buffer, gsize n, GError **error)
{
  g_autoptr(GError) failure = NULL;
  gssize got;

  if (self->over)
    return end_reading (self, buffer);
  got = g_pollable_input_stream_read_nonblocking (base_input (self), buffer, n, NULL, &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (failure || (got == 0 && self->idle))
    return end_reading (self, buffer);
  return got;
}

/* Closing */

static void
close_base (MadoLine *self)
{
  clear_source (&self->writable);
  clear_source (&self->drain);
  self->over = TRUE;   /* libsoup may still write */
  if (self->closed)
    return;
  self->closed = TRUE;
  g_queue_unlink (&self->thread->lines, &self->link);
  if (self->unsent_link.data)
    g_queue_unlink (&self->thread->unsent, &self->unsent_link);
  self->unsent_link.data = NULL;
  mado_metrics_connections (self->thread->metrics, -1);
  g_io_stream_close (self->base, NULL, NULL);
}

static gboolean
on_drain (GObject *stream, gpointer data)
{
  MadoLine *self = data;
  g_autoptr(GError) error = NULL;
  char piece[4096];

  if (g_pollable_input_stream_read_nonblocking (base_input (self), piece, sizeof piece, NULL, &error) > 0
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  close_base (self);
  return G_SOURCE_REMOVE;
}

/* Everything was sent. */
static void
finish_closing (MadoLine *self)
{
  if (!self->linger || self->drain) {
    close_base (self);
    return;
  }
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  self->drain = g_pollable_input_stream_create_source (base_input (self), NULL);
  g_source_set_callback (self->drain, G_SOURCE_FUNC (on_drain), g_object_ref (self), g_object_unref);
  g_source_attach (self->drain, self->thread->context);
}

static gboolean
mado_line_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  MadoLine *self = MADO_LINE (stream);

  if (!self->closing) {
    self->closing = TRUE;
    mado_line_send (self);
  }
  return TRUE;
}

/* The two directions, for libsoup: they only lead to the line */

typedef struct { GInputStream parent; MadoLine *line; } MadoLineInput;
typedef struct { GInputStreamClass parent_class; } MadoLineInputClass;
static GType mado_line_input_get_type (void);

static gssize
input_read (GInputStream *stream, void *buffer, gsize n, GCancellable *cancellable, GError **error)
{
  return read_now (((MadoLineInput *) stream)->line, buffer, n, error);
}

static gssize
input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize n, GError **error)
{
  return read_now (((MadoLineInput *) stream)->line, buffer, n, error);
}

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  MadoLine *line = ((MadoLineInput *) stream)->line;

  return line->over || g_pollable_input_stream_is_readable (base_input (line));
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  MadoLine *line = ((MadoLineInput *) stream)->line;
  g_autoptr(GSource) at_once = NULL;

  if (!line->over)
    return g_pollable_input_stream_create_source (base_input (line), cancellable);
  at_once = g_timeout_source_new (0);
  return g_pollable_source_new_full (stream, at_once, cancellable);
}

static void
input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

G_DEFINE_TYPE_WITH_CODE (MadoLineInput, mado_line_input, G_TYPE_INPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, input_pollable_init))

static void
mado_line_input_class_init (MadoLineInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = input_read;
}

static void
mado_line_input_init (MadoLineInput *self)
{
}

typedef struct { GOutputStream parent; MadoLine *line; } MadoLineOutput;
typedef struct { GOutputStreamClass parent_class; } MadoLineOutputClass;
static GType mado_line_output_get_type (void);

static gssize
output_write (GOutputStream *stream, const void *data, gsize n, GCancellable *cancellable, GError **error)
{
  return write_now (((MadoLineOutput *) stream)->line, data, n, error);
}

static gssize
output_write_nonblocking (GPollableOutputStream *stream, const void *data, gsize n, GError **error)
{
  return write_now (((MadoLineOutput *) stream)->line, data, n, error);
}

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (base_output (((MadoLineOutput *) stream)->line));
}

static GSource *
output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return g_pollable_output_stream_create_source (base_output (((MadoLineOutput *) stream)->line), cancellable);
}

static void
output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write_nonblocking;
}

G_DEFINE_TYPE_WITH_CODE (MadoLineOutput, mado_line_output, G_TYPE_OUTPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, output_pollable_init))

static void
mado_line_output_class_init (MadoLineOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = output_write;
}

static void
mado_line_output_init (MadoLineOutput *self)
{
}

static GInputStream *
mado_line_get_input (GIOStream *stream)
{
  return MADO_LINE (stream)->input;
}

static GOutputStream *
mado_line_get_output (GIOStream *stream)
{
  return MADO_LINE (stream)->output;
}

/* A line */

static void
mado_line_finalize (GObject *object)
{
  MadoLine *self = MADO_LINE (object);

  close_base (self);
  g_object_unref (self->input);
  g_object_unref (self->output);
  g_object_unref (self->base);
  g_object_unref (self->socket);
  g_byte_array_unref (self->held);
  g_free (self->peer);
  G_OBJECT_CLASS (mado_line_parent_class)->finalize (object);
}

static void
mado_line_class_init (MadoLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_line_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = mado_line_get_input;
  G_IO_STREAM_CLASS (klass)->get_output_stream = mado_line_get_output;
  G_IO_STREAM_CLASS (klass)->close_fn = mado_line_close;
}

static void
mado_line_init (MadoLine *self)
{
  self->input = g_object_new (mado_line_input_get_type (), NULL);
  self->output = g_object_new (mado_line_output_get_type (), NULL);
  ((MadoLineInput *) self->input)->line = self;
  ((MadoLineOutput *) self->output)->line = self;
  self->held = g_byte_array_new ();
  self->link.data = self;
}

MadoLine *
mado_line_new (MadoLineThread *thread, GSocket *socket, GIOStream *base, GSocketAddress *peer)
{
  MadoLine *self = g_object_new (MADO_TYPE_LINE, NULL);

  self->thread = thread;
  self->socket = g_object_ref (socket);
  self->base = g_object_ref (base);
  self->peer = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)));
  g_queue_push_tail_link (&thread->lines, &self->link);
  mado_metrics_connections (thread->metrics, 1);
  g_object_set_qdata_full (G_OBJECT (peer), line_quark (), g_object_ref (self), g_object_unref);
  return self;
}

MadoLine *
mado_line_of (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (soup_server_message_get_remote_address (message)), line_quark ());
}

const char *
mado_line_get_peer (MadoLine *self)
{
  return self->peer;
}

void
mado_line_expect (MadoLine *self, guint ms)
{
  self->deadline = ms > 0 ? g_get_monotonic_time () + (gint64) ms * 1000 : 0;
}

void
mado_line_set_busy (MadoLine *self, gboolean busy)
{
  self->busy = busy;
}

void
mado_line_set_idle (MadoLine *self, gboolean idle)
{
  self->idle = idle;
}

void
mado_line_cut (MadoLine *self)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
mado_line_dismiss (MadoLine *self, const char *answer, gsize n, guint linger_ms)
{
  hold (self, answer, n);
  self->over = TRUE;
  self->linger = TRUE;
  mado_line_expect (self, linger_ms);
}

/* The lines of a thread */

typedef struct {
  GSource         parent;
  MadoLineThread *thread;
} Sender;

/* Asked before the thread sleeps: what was written in this round goes out. */
static gboolean
sender_prepare (GSource *source, int *timeout)
{
  GQueue *unsent = &((Sender *) source)->thread->unsent;

  while (unsent->head)
    mado_line_send (unsent->head->data);
  *timeout = -1;
  return FALSE;
}

static gboolean
sender_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs sender_funcs = { .prepare = sender_prepare, .dispatch = sender_dispatch };

void
mado_line_thread_init (MadoLineThread *self, GMainContext *context, MadoMetrics *metrics)
{
  *self = (MadoLineThread) { .context = context, .metrics = metrics };
  g_queue_init (&self->lines);
  g_queue_init (&self->unsent);
  self->sender = g_source_new (&sender_funcs, sizeof (Sender));
  ((Sender *) self->sender)->thread = self;
  g_source_attach (self->sender, context);
}

void
mado_line_thread_clear (MadoLineThread *self)
{
  clear_source (&self->sender);
}

void
mado_line_thread_sweep (MadoLineThread *self, gboolean all)
{
  gint64 now = g_get_monotonic_time ();

  for (GList *l = self->lines.head; l; l = l->next) {
    MadoLine *line = l->data;

    if ((line->deadline > 0 && line->deadline < now) || (all && !line->busy))
      mado_line_cut (line);
  }
}
