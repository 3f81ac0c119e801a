/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * A band below the header: 「つながりにくくなっています。答えは残っています」. What comes first is bold. @style_class: warn, ok
 * (practice), wisteria (helper) or danger (drill). It pushes the page down.
 */
#define MADO_TYPE_BANNER (mado_banner_get_type ())
G_DECLARE_FINAL_TYPE (MadoBanner, mado_banner, MADO, BANNER, GtkWidget)

GtkWidget *mado_banner_new       (const char *icon, const char *style_class);
/* All static. @few_words: where there is no room for a sentence. */
void       mado_banner_set_words (MadoBanner *self, const char *what, const char *more, const char *few_words);
void       mado_banner_set_brief (MadoBanner *self, gboolean brief);
