/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-life-plan.h"

/*
 * The guide (案内書) to what is done elsewhere, by the plan as it is now: offices in the order of the plan, with what
 * to do and to bring. It owns all it says, so that it may be printed in a thread.
 */
typedef struct _MadoGuide MadoGuide;

/* (nullable): NULL if nothing is to be done elsewhere. @number: (nullable): of the visit. */
MadoGuide *mado_guide_new    (MadoLifePlan *plan, MadoOffer *offer, const char *number, const char *language);
void       mado_guide_free   (MadoGuide *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoGuide, mado_guide_free)
/* (transfer full): the PDF. Blocks. */
GBytes    *mado_guide_render (MadoGuide *self, GError **error);
