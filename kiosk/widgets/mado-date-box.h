/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-date-entry.h"
#include "widgets/mado-typist.h"

/*
 * Year, month or day of a date that is being typed, for the keyboard on the screen and any other. Several share one
 * #MadoDateEntry; `changed` is emitted after each key, and whoever holds them moves the focus to the part that is next.
 */
#define MADO_TYPE_DATE_BOX (mado_date_box_get_type ())
G_DECLARE_FINAL_TYPE (MadoDateBox, mado_date_box, MADO, DATE_BOX, GtkWidget)

GtkWidget *mado_date_box_new         (MadoDateEntry *entry, MadoDatePart part, const char *name);
/* Shows what the entry holds now. */
void       mado_date_box_show        (MadoDateBox *self);
/* Offers わからない, which emits `unknown`. */
void       mado_date_box_set_unknown (MadoDateBox *self, gboolean unknown);
