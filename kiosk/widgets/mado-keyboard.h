/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/mado-typist.h"

/*
 * The keyboard on the screen: fifty sounds from right to left, digits, letters. It types into one field at a time and
 * shows the board that field wants. Keys never take the focus away from it when touched.
 */
#define MADO_TYPE_KEYBOARD (mado_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (MadoKeyboard, mado_keyboard, MADO, KEYBOARD, GtkWidget)

void      mado_keyboard_set_typist (MadoKeyboard *self, MadoTypist *typist);   /* (nullable) */
MadoBoard mado_keyboard_get_board  (MadoKeyboard *self);
/* How high it wants to be on a screen of that kind. */
int       mado_keyboard_get_height (gboolean digits, gboolean wide);
