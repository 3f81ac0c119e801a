/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * The landscape at the two thresholds of a visit, in place of the header. Property: `height` with scenery. In other
 * palettes and for large text the horizon line alone stands under what it holds. Its one child is added as such.
 */
#define MADO_TYPE_HERO (mado_hero_get_type ())
G_DECLARE_FINAL_TYPE (MadoHero, mado_hero, MADO, HERO, GtkWidget)
