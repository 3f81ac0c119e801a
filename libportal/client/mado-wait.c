/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-wait.h"

/* How long an operation may take to notice that it was cancelled. */
#define GRACE_MS 500

static gboolean
on_late (gpointer data)
{
  MadoWait *self = data;

  self->late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
on_grace_over (gpointer data)
{
  MadoWait *self = data;

  self->abandoned = TRUE;
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer data)
{
  MadoWait *self = data;

  g_cancellable_cancel (self->cancellable);
  g_main_context_wakeup (self->context);
}

static void
set_timer (MadoWait *self, guint ms, GSourceFunc callback)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, self->context);
}

void
mado_wait_begin (MadoWait *self, GCancellable *outer, guint limit_ms)
{
  *self = (MadoWait) { .context = g_main_context_new (), .cancellable = g_cancellable_new () };
  g_main_context_push_thread_default (self->context);
  set_timer (self, limit_ms, on_late);
  if (outer != NULL) {
    self->outer = g_object_ref (outer);
    self->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), self, NULL);
  }
}

void
mado_wait_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  MadoWait *self = data;

  self->result = g_object_ref (result);
}

static gboolean
set_end (MadoWait *self, GError **error)
{
  if (self->late)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer in time");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return FALSE;
}

GAsyncResult *
mado_wait_run (MadoWait *self, GError **error)
{
  gboolean leaving = FALSE;

  while (self->result == NULL && !self->abandoned) {
    if (!leaving && g_cancellable_is_cancelled (self->cancellable)) {
      leaving = TRUE;
      set_timer (self, GRACE_MS, on_grace_over);
    }
    g_main_context_iteration (self->context, TRUE);
  }
  if (self->result == NULL)
    set_end (self, error);
  return g_steal_pointer (&self->result);
}

gboolean
mado_wait_sleep (MadoWait *self, GError **error)
{
  while (!self->late && !g_cancellable_is_cancelled (self->cancellable))
    g_main_context_iteration (self->context, TRUE);
  return self->late ? TRUE : set_end (self, error);
}

void
mado_wait_end (MadoWait *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_object (&self->result);
  /* What the operation still has to tidy up: libsoup gives its connection back here. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
}
