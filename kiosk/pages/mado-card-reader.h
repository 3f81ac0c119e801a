/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* Number and PIN of a card, typed or read by a scanner that types. The PIN is never shown. */
#define MADO_TYPE_CARD_READER (mado_card_reader_get_type ())
G_DECLARE_FINAL_TYPE (MadoCardReader, mado_card_reader, MADO, CARD_READER, GtkBox)

GtkWidget *mado_card_reader_new        (void);
/* FALSE after telling @page what is missing. */
gboolean   mado_card_reader_check      (MadoCardReader *self, MadoPage *page);
/* (transfer full): wipe them with mado_card_reader_wipe(). */
char      *mado_card_reader_dup_number (MadoCardReader *self);
char      *mado_card_reader_dup_pin    (MadoCardReader *self);
void       mado_card_reader_wipe       (char *secret);
void       mado_card_reader_clear      (MadoCardReader *self);
/* For another try. */
void       mado_card_reader_clear_pin  (MadoCardReader *self);
