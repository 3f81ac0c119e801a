/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * One of our line icons in the colour of the text around it. Properties: `name` ("staff"), `pixels` (edge at 100 %
 * text, 48 if not said). Decoration only: words always stand beside it.
 */
#define MADO_TYPE_ICON (mado_icon_get_type ())
G_DECLARE_FINAL_TYPE (MadoIcon, mado_icon, MADO, ICON, GtkWidget)

GtkWidget *mado_icon_new      (const char *name, int pixels);
void       mado_icon_set_name (MadoIcon *self, const char *name);   /* (nullable): nothing */

/* Draws an SVG at @width × @height; its currentColor is @colour, what has the class rise is @rise (nullable). */
cairo_surface_t *mado_icon_draw (GBytes *svg, int width, int height, const GdkRGBA *colour, const GdkRGBA *rise);

/* Puts such a picture where its upper left corner is. A texture instead would be converted, point by point, at every
 * frame that cairo draws: a third of the time of a page. */
void mado_icon_append (GtkSnapshot *snapshot, cairo_surface_t *picture, float x, float y);
