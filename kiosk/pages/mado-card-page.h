/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* A page that asks for a card and its PIN, and goes on once the visit knows who it is. */
#define MADO_TYPE_CARD_PAGE (mado_card_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadoCardPage, mado_card_page, MADO, CARD_PAGE, MadoFlowPage)

struct _MadoCardPageClass {
  MadoFlowPageClass parent_class;

  void (*identified)  (MadoCardPage *self);
  /* (nullable): the line is down; without it the page says so. */
  void (*unreachable) (MadoCardPage *self, const char *card_number, const char *pin);
};

/* In build(), after the words. */
void mado_card_page_add_reader (MadoCardPage *self);
