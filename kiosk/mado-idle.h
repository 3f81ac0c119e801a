/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/*
 * How long nobody has touched anything. After some time it warns, then counts down to the end in seconds; a touch
 * before that begins anew. Signals: `warn`, `tick` (seconds left), `resume`, `expire`.
 */
#define MADO_TYPE_IDLE (mado_idle_get_type ())
G_DECLARE_FINAL_TYPE (MadoIdle, mado_idle, MADO, IDLE, GObject)

/* The least time between warning and end that a person is given. */
#define MADO_IDLE_LEAST_WARNING 20

MadoIdle *mado_idle_new      (guint idle_s, guint warning_s);
void      mado_idle_touch    (MadoIdle *self);
gboolean  mado_idle_is_warning (MadoIdle *self);
guint     mado_idle_get_left (MadoIdle *self);      /* seconds */
guint     mado_idle_get_warning (MadoIdle *self);   /* seconds, as set */
