/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The city's mark and name, what the visit is about, and the horizon. It holds no controls. */
#define MADO_TYPE_HEADER (mado_header_get_type ())
G_DECLARE_FINAL_TYPE (MadoHeader, mado_header, MADO, HEADER, GtkWidget)

#define MADO_HEADER_HEIGHT 112
#define MADO_HORIZON_Y 96

void mado_header_set_title   (MadoHeader *self, const char *title);   /* (nullable) */
/* The horizon line across @width at @y, with its small rise at @peak (0: none): headers and heroes without scenery
 * share it. */
void mado_header_draw_horizon (GtkWidget *widget, GtkSnapshot *snapshot, int width, int y, int peak);
/* Where the rise stands unless words are in its way. */
int  mado_header_get_peak     (int width);
