/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "mado-idle.h"

/*
 * 「まだ お使いですか」: hides what is on screen, counts down, says what will be lost, and is answered with one touch.
 * Signal: `end`. To go on it touches the #MadoIdle.
 */
#define MADO_TYPE_IDLE_WARNING (mado_idle_warning_get_type ())
G_DECLARE_FINAL_TYPE (MadoIdleWarning, mado_idle_warning, MADO, IDLE_WARNING, GtkWidget)

GtkWidget *mado_idle_warning_new      (MadoIdle *idle);
/* @loss: (nullable): what goes when the time is over, in the language of the moment */
void       mado_idle_warning_set_loss (MadoIdleWarning *self, const char *loss);
