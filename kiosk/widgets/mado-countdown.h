/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Seconds that are left, in a ring that steps once a second. */
#define MADO_TYPE_COUNTDOWN (mado_countdown_get_type ())
G_DECLARE_FINAL_TYPE (MadoCountdown, mado_countdown, MADO, COUNTDOWN, GtkWidget)

void mado_countdown_set (MadoCountdown *self, guint left, guint whole);
