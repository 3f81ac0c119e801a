/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/mado-typist.h"

/*
 * The box of a field: shows what a composer holds, with caret and underlined reading; takes keys of a keyboard and of
 * a scanner. A touch sets the caret. Signal: `activate` (Return).
 */
#define MADO_TYPE_FIELD_BOX (mado_field_box_get_type ())
G_DECLARE_FINAL_TYPE (MadoFieldBox, mado_field_box, MADO, FIELD_BOX, GtkWidget)

MadoComposer *mado_field_box_get_composer (MadoFieldBox *self);
void          mado_field_box_set_keys     (MadoFieldBox *self, MadoKeys keys);
void          mado_field_box_set_masked   (MadoFieldBox *self, gboolean masked);
/* Digits in groups of so many. 0: as they are. */
void          mado_field_box_set_groups   (MadoFieldBox *self, guint group);
