/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * A card to press: an icon, what it is, and a line about it. Properties: `icon`, `title`, `detail` (nullable),
 * `chevron` (boolean), `upright` (boolean): the icon above the words.
 */
#define MADO_TYPE_TILE (mado_tile_get_type ())
G_DECLARE_FINAL_TYPE (MadoTile, mado_tile, MADO, TILE, GtkButton)

GtkWidget *mado_tile_new (const char *icon, const char *title, const char *detail);
/* Before it is measured for @width: keeps phrases and words whole, in smaller letters if need be. */
void       mado_tile_fit (MadoTile *self, int width);
