/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * Number and PIN of a card, typed on a keypad or a keyboard, or read by a scanner that types. The PIN is never shown.
 * Signal: `changed`.
 */
#define MADO_TYPE_CARD_READER (mado_card_reader_get_type ())
G_DECLARE_FINAL_TYPE (MadoCardReader, mado_card_reader, MADO, CARD_READER, GtkBox)

#define MADO_CARD_DIGITS 12
#define MADO_PIN_DIGITS  4

GtkWidget  *mado_card_reader_new        (void);
const char *mado_card_reader_get_number (MadoCardReader *self);
const char *mado_card_reader_get_pin    (MadoCardReader *self);
/* What is missing, in words; NULL if both are whole. */
const char *mado_card_reader_get_lack   (MadoCardReader *self);
void        mado_card_reader_press      (MadoCardReader *self, const char *key);
void        mado_card_reader_clear      (MadoCardReader *self);
void        mado_card_reader_clear_pin  (MadoCardReader *self);
