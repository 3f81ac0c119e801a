/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-idle.h"

struct _MadoIdle {
  GObject parent;
  guint   idle_s, warning_s;
  guint   left;           /* seconds, while it warns */
  gboolean warning;
  gint64  touched;        /* monotonic */
  guint   source;
};

enum { WARN, TICK, RESUME, EXPIRE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoIdle, mado_idle, G_TYPE_OBJECT)

static void wait (MadoIdle *self, guint seconds, GSourceFunc func);

static gboolean
on_second (gpointer data)
{
  MadoIdle *self = data;

  self->source = 0;
  self->left--;
  if (self->left == 0) {
    g_signal_emit (self, signals[EXPIRE], 0);
    return G_SOURCE_REMOVE;
  }
  wait (self, 1, on_second);
  g_signal_emit (self, signals[TICK], 0, self->left);

  return G_SOURCE_REMOVE;
}

/* A touch only notes its time: the source looks then how much of it is left. */
static gboolean
on_idle (gpointer data)
{
  MadoIdle *self = data;
  gint64 since = (g_get_monotonic_time () - self->touched) / G_USEC_PER_SEC;

  self->source = 0;
  if (since + 1 < self->idle_s) {
    wait (self, (guint) (self->idle_s - since), on_idle);
    return G_SOURCE_REMOVE;
  }
  self->warning = TRUE;
  self->left = self->warning_s;
  wait (self, 1, on_second);
  g_signal_emit (self, signals[WARN], 0);

  return G_SOURCE_REMOVE;
}

static void
wait (MadoIdle *self, guint seconds, GSourceFunc func)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_seconds (seconds, func, self);
}

static void
mado_idle_finalize (GObject *object)
{
  g_clear_handle_id (&MADO_IDLE (object)->source, g_source_remove);
  G_OBJECT_CLASS (mado_idle_parent_class)->finalize (object);
}

static void
mado_idle_class_init (MadoIdleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_idle_finalize;

  signals[WARN] = g_signal_new ("warn", MADO_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", MADO_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_UINT);
  signals[RESUME] = g_signal_new ("resume", MADO_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EXPIRE] = g_signal_new ("expire", MADO_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mado_idle_init (MadoIdle *self)
{
}

MadoIdle *
mado_idle_new (guint idle_s, guint warning_s)
{
  MadoIdle *self = g_object_new (MADO_TYPE_IDLE, NULL);

  self->idle_s = MAX (idle_s, 1);
  self->warning_s = MAX (warning_s, MADO_IDLE_LEAST_WARNING);
  mado_idle_touch (self);

  return self;
}

void
mado_idle_touch (MadoIdle *self)
{
  gboolean warned = self->warning;

  self->touched = g_get_monotonic_time ();
  self->warning = FALSE;
  if (warned || self->source == 0)
    wait (self, self->idle_s, on_idle);
  if (warned)
    g_signal_emit (self, signals[RESUME], 0);
}

gboolean
mado_idle_is_warning (MadoIdle *self)
{
  return self->warning;
}

guint
mado_idle_get_left (MadoIdle *self)
{
  return self->left;
}

guint
mado_idle_get_warning (MadoIdle *self)
{
  return self->warning_s;
}
