/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "questions/mado-form.h"

G_BEGIN_DECLS

/* A fact around a group that the rules of its rows read: its slot there, and in the words of a row. */
struct _MadoFormLink {
  guint outer;
  guint row;
};

/* A member of the first row, and the fact asked before that says the same. */
struct _MadoFormFirst {
  const char *member;
  const char *fact;
  guint       slot;    /* of @fact */
};

/* Fills @form from its JSON; FALSE with every mistake. */
gboolean  mado_form_read (MadoForm *form, GError **error);

/* Nothing was said: absent, null, an empty list, "" or only spaces. */
gboolean  mado_answer_is_empty (JsonNode *value);

/* mado_form_field_check() without the error: NULL and no code where nothing is kept. */
JsonNode *mado_form_field_keep (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                                MadoRefusal *refusal);

/* A section of one of several forms. */
typedef struct {
  guint                  form;
  const MadoFormSection *section;
} MadoPlaced;

/* (transfer full) (element-type MadoPlaced): in the order to ask them: form after form, those of one name together. */
GArray *mado_forms_list_sections (MadoForm *const *forms, guint n_forms);

G_END_DECLS
