/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What stands at the bottom of every page, always at the same place: staff, hide, text size, language. */
#define MADO_TYPE_BAR (mado_bar_get_type ())
G_DECLARE_FINAL_TYPE (MadoBar, mado_bar, MADO, BAR, GtkWidget)

typedef enum {
  MADO_STAFF_IDLE,
  MADO_STAFF_CALLING,
  MADO_STAFF_CALLED,
  MADO_STAFF_FAILED,
} MadoStaffCall;

/* Before it is measured: on a wide screen its keys are low, with the icon beside the words. */
void mado_bar_prepare        (MadoBar *self, int width);
void mado_bar_set_staff_call (MadoBar *self, MadoStaffCall state);
