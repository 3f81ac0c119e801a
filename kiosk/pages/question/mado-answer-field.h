/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "visit/mado-kiosk-visit.h"

/*
 * One field of a question: what is asked, where the answer goes, where it came from and what is wrong with it. Each
 * change goes straight into the sheet. Signals: `changed`; `unknown`, when the resident says that they do not know;
 * `attach`, when they want to choose a file; `other-way`, to type a name instead of signing, or the other way round.
 */
#define MADO_TYPE_ANSWER_FIELD (mado_answer_field_get_type ())
G_DECLARE_FINAL_TYPE (MadoAnswerField, mado_answer_field, MADO, ANSWER_FIELD, GtkBox)

typedef enum {
  MADO_ANSWER_PLAIN = 0,
  MADO_ANSWER_NAMED = 1 << 0,   /* with its label: a question with one field is named by its heading */
  MADO_ANSWER_TYPED = 1 << 1,   /* a signature, for who cannot draw */
} MadoAnswerFieldFlags;

GtkWidget           *mado_answer_field_new        (MadoKioskVisit *visit, const MadoStep *step,
                                                   const MadoFormField *field, MadoAnswerFieldFlags flags);
/* (element-type GtkWidget): what is chosen from, to stand on the page under the field, @per_row side by side. */
GPtrArray           *mado_answer_field_get_choices (MadoAnswerField *self, guint *per_row);
/* On a keyboard, which leaves room for little else. */
gboolean             mado_answer_field_is_typed   (MadoAnswerField *self);
/* What is attached stands among them, so they change with the answer. */
gboolean             mado_answer_field_has_rows   (MadoAnswerField *self);
/* (nullable): what stands above the field, or beside it. */
GtkWidget           *mado_answer_field_get_calendar (MadoAnswerField *self);
/* Help of a field that shares its row with another is told with the help of the question. */
void                 mado_answer_field_hide_help  (MadoAnswerField *self);
const MadoFormField *mado_answer_field_get_field  (MadoAnswerField *self);
/* Shows the answer anew, which another field may have filled in. */
void                 mado_answer_field_refresh    (MadoAnswerField *self);
/* (nullable) */
void                 mado_answer_field_complain   (MadoAnswerField *self, const char *what);
