/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * The city this kiosk stands in, from data/cities/ID: what it is called, and its landscape (hero.svg at the start and
 * the end of a visit, horizon.svg in the header). Another city is another folder.
 */
gboolean    mado_place_open         (const char *folder, GError **error);
/* In the language of the moment. */
const char *mado_place_get_name     (void);
const char *mado_place_get_office   (void);
const char *mado_place_get_phone    (void);   /* (nullable) */
const char *mado_place_get_hours    (void);   /* (nullable) */
/* Languages the city offers that are complete: codes as in MadoLanguage. */
const char *const *mado_place_get_languages (void);
/* @name: "hero" or "horizon"; colours as for mado_icon_draw(). (transfer full) (nullable) */
cairo_surface_t *mado_place_draw    (const char *name, int width, int height, const GdkRGBA *colour,
                                     const GdkRGBA *rise);
