/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "mado-breaks.h"

/*
 * The words on the screen, in the language of the moment. gettext is told which catalogue to take, and every
 * template can be put into its words again in place, so that a language is changed without losing anything.
 */

/* Once, before any thread. @folder: where the catalogues are. */
void        mado_words_init          (const char *folder);
const char *mado_words_get_language  (void);
/* @code: as in MadoLanguage; one that is not known is taken as Japanese. */
void        mado_words_set_language  (const char *code);
/* Puts all that @root shows into the language of the moment. */
void        mado_words_speak         (GtkWidget *root);

/* As gtk_widget_class_set_template_from_resource(); what is translatable in it needs an id. */
void        mado_words_set_template  (GtkWidgetClass *klass, const char *resource_path);
/* Calls @func (@widget) after each change of the language, once the templates are renewed, while @widget lives. */
void        mado_words_watch         (gpointer widget, GCallback func);
/* From now on its lines end between phrases, not within one of at most @longest kanji (mado-breaks.h). Of
 * MADO_BREAKS_LONG, it wraps characters where it has to. */
void        mado_words_keep_phrases  (GtkLabel *label, guint longest);
