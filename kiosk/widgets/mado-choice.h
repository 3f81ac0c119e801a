/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * One of several to choose from, or one to be ticked; chosen ones bear a ✓, never colour alone. Properties: `text`,
 * `detail` (nullable), `icon` (nullable). Grouped with gtk_toggle_button_set_group() exactly one is chosen.
 */
#define MADO_TYPE_CHOICE (mado_choice_get_type ())
G_DECLARE_FINAL_TYPE (MadoChoice, mado_choice, MADO, CHOICE, GtkToggleButton)

GtkWidget  *mado_choice_new      (const char *text, const char *detail);
const char *mado_choice_get_text (MadoChoice *self);
