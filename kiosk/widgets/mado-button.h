/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * A button with words, an icon in front of or above them, and one behind. It acts on release; sliding off cancels.
 * Properties: `text`, `icon` (nullable), `end-icon` (nullable), `pixels` (of the icons), `orientation`.
 * How it looks is a style class: primary, call, link, key …
 */
#define MADO_TYPE_BUTTON (mado_button_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadoButton, mado_button, MADO, BUTTON, GtkButton)

struct _MadoButtonClass {
  GtkButtonClass parent_class;
};

GtkWidget  *mado_button_new          (const char *text, const char *icon, const char *style_class);
const char *mado_button_get_text     (MadoButton *self);
void        mado_button_set_text     (MadoButton *self, const char *text);
/* Words part over two lines where there is no room, unless told not to. */
void        mado_button_set_wrap     (MadoButton *self, gboolean wrap);
void        mado_button_set_icon     (MadoButton *self, const char *icon);
void        mado_button_set_end_icon (MadoButton *self, const char *icon);
