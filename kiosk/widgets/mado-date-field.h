/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "visit/mado-date-entry.h"

/*
 * A date by era or western year, said again in the other system with weekday and age. Signals: `changed`, `unknown`.
 */
#define MADO_TYPE_DATE_FIELD (mado_date_field_get_type ())
G_DECLARE_FINAL_TYPE (MadoDateField, mado_date_field, MADO, DATE_FIELD, GtkBox)

/* @with_age: for dates of birth. */
GtkWidget *mado_date_field_new      (const char *language, gboolean with_age);
void       mado_date_field_set_date (MadoDateField *self, int day);
gboolean   mado_date_field_is_empty (MadoDateField *self);
/* As mado_date_entry_read(). */
int        mado_date_field_read     (MadoDateField *self, GError **error);
/* Offers わからない, which emits `unknown`. */
void       mado_date_field_set_unknown (MadoDateField *self, gboolean unknown);
/* What tells how years are counted: stands on the page above the field, or beside it. */
GtkWidget  *mado_date_field_get_calendar (MadoDateField *self);
