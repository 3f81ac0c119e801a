/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-housekeeping.h"

#define EVERY_SECONDS 60
#define AT_ONCE       100    /* so that the writer is never held long */

struct _MadoHousekeeping {
  MadoCounter *counter;
  GThread     *thread;
  GMutex       lock;
  GCond        over;
  gboolean     ended;
};

static void
clear_away (MadoHousekeeping *self)
{
  g_autoptr(GError) error = NULL;
  gint done;

  do
    done = mado_counter_tidy (self->counter, AT_ONCE, &error);
  while (done >= AT_ONCE && !g_atomic_int_get (&self->ended));
  if (error)
    g_warning ("Housekeeping: %s", error->message);
}

static gpointer
run (gpointer data)
{
  MadoHousekeeping *self = data;

  g_mutex_lock (&self->lock);
  while (!self->ended) {
    gint64 next = g_get_monotonic_time () + EVERY_SECONDS * G_USEC_PER_SEC;

    g_mutex_unlock (&self->lock);
    clear_away (self);
    g_mutex_lock (&self->lock);
    while (!self->ended && g_cond_wait_until (&self->over, &self->lock, next));
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

MadoHousekeeping *
mado_housekeeping_new (MadoService *service)
{
  MadoHousekeeping *self = g_new0 (MadoHousekeeping, 1);

  self->counter = service->counter;
  g_mutex_init (&self->lock);
  g_cond_init (&self->over);
  self->thread = g_thread_new ("housekeeping", run, self);
  return self;
}

void
mado_housekeeping_free (MadoHousekeeping *self)
{
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->ended, TRUE);
  g_cond_signal (&self->over);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->over);
  g_free (self);
}
