/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/*
 * Makes one asynchronous operation of GIO a blocking one that ends in time. Between mado_wait_begin() and
 * mado_wait_end() the thread's default context is a private one; start operations with @cancellable and
 * mado_wait_ready, then mado_wait_run(). An operation that does not even heed its cancellation is left behind.
 */
typedef struct {
  GMainContext *context;
  GCancellable *cancellable;
  GCancellable *outer;
  gulong        outer_id;
  GSource      *timer;
  GAsyncResult *result;
  gboolean      late;
  gboolean      abandoned;
} MadoWait;

void          mado_wait_begin (MadoWait *self, GCancellable *outer, guint limit_ms);
/* For GAsyncReadyCallback; the wait is its user data. */
void          mado_wait_ready (GObject *source, GAsyncResult *result, gpointer self);
/* (transfer full) (nullable): NULL with TIMED_OUT or CANCELLED. */
GAsyncResult *mado_wait_run   (MadoWait *self, GError **error);
/* Nothing but the time: FALSE if cancelled before it was over. */
gboolean      mado_wait_sleep (MadoWait *self, GError **error);
void          mado_wait_end   (MadoWait *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoWait, mado_wait_end)
