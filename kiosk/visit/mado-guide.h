/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-offer.h"

/*
 * The guide (案内書) to what is done elsewhere: offices in the order of their procedures, with what to do and a list of
 * what to bring, to tick off. It owns all it says, so that it may be printed in a thread.
 */
typedef struct _MadoGuide MadoGuide;

/* (nullable): NULL if there is nothing to do. @procedures: (element-type JsonNode); @title: a language map: what they
 * are about; @number: (nullable): of the visit. */
MadoGuide *mado_guide_new    (GPtrArray *procedures, JsonNode *title, MadoOffer *offer, const char *number,
                              const char *language);
void       mado_guide_free   (MadoGuide *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoGuide, mado_guide_free)
/* (transfer full): the PDF. Blocks. */
GBytes    *mado_guide_render (MadoGuide *self, GError **error);
