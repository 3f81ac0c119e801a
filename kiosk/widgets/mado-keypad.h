/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * Ten digits to touch, as on a telephone, with what belongs beside them on the left. Signal: `key (name)`: "0" to "9",
 * "erase", or the name of a key added. The digits of a hardware keyboard come the same way while it is on screen.
 */
#define MADO_TYPE_KEYPAD (mado_keypad_get_type ())
G_DECLARE_FINAL_TYPE (MadoKeypad, mado_keypad, MADO, KEYPAD, GtkBox)

GtkWidget *mado_keypad_new      (void);
/* In the place left of 0; one. */
void       mado_keypad_set_corner (MadoKeypad *self, const char *name, const char *words);
/* In the column beside the digits, from the top; @icon (nullable). */
void       mado_keypad_add_side (MadoKeypad *self, const char *name, const char *words, const char *icon);
