/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-http-private.h"

#define PIECE         4096
#define LINGER_SECONDS 3     /* for what still comes, so that the answer is not lost to a reset (RFC 9112, 9.6) */

typedef struct {
  GIOStream *stream;
  GSocket   *socket;
  GString   *answer;
  GSource   *timer;
  char       piece[PIECE];
} Refusal;

static void
refusal_free (Refusal *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_string_free (self->answer, TRUE);
  g_free (self);
}

static gboolean
on_late (gpointer socket)
{
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
  return G_SOURCE_CONTINUE;
}

static void on_read (GObject *source, GAsyncResult *result, gpointer data);

static void
read_on (Refusal *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->piece, PIECE, G_PRIORITY_LOW, NULL,
                             on_read, self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Refusal *self = data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    read_on (self);
  else
    refusal_free (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Refusal *self = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      refusal_free (self);
      return;
    }
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  read_on (self);
}

void
mado_http_refuse (GIOStream *stream, GSocket *socket, GString *answer)
{
  Refusal *self = g_new0 (Refusal, 1);

  self->stream = stream;
  self->socket = g_object_ref (socket);
  self->answer = answer;
  self->timer = g_timeout_source_new_seconds (LINGER_SECONDS);
  g_source_set_callback (self->timer, on_late, socket, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), answer->str, answer->len,
                                   G_PRIORITY_DEFAULT, NULL, on_written, self);
}
