/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-form.h"

G_BEGIN_DECLS

/*
 * One visit has one set of answers, an object keyed by fact, for all its forms. @context: (nullable): an object of
 * facts nobody is asked ("visit.identified": true), which rules may read and answers may not set.
 */

/**
 * mado_answers_check:
 * @forms: (array length=n_forms): the forms of the visit, made with one vocabulary
 * @answers: what was answered
 * @today: day number
 * @clean: (out) (transfer full): the answers as they are kept: folded, in the order of the forms, hidden ones dropped
 * @error: return location: `MADO_ERROR_INVALID`; every mistake with its JSON Pointer below @answers
 *
 * The whole check of a filing. Facts that no form asks are refused.
 *
 * Returns: %TRUE if it may be filed
 */
MADO_EXPORT gboolean mado_answers_check (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context,
                                         int today, JsonNode **clean, GError **error);

/* One question to be asked now. */
typedef struct {
  const MadoForm         *form;
  const MadoFormQuestion *question;
  gboolean                known;    /* the city knows every answer: shown for checking, not asked */
} MadoStep;

/**
 * mado_plan_new:
 * @known: (nullable): an object of facts the city knows, keyed by fact, `{value, source}` or plain values
 * @n_avoided: (out) (optional): questions that need not be asked, because they are known or asked already
 *
 * The questions of all @forms in their order, those whose rules hold with @answers as they are now, none twice.
 *
 * Returns: (transfer full) (element-type MadoStep): free with g_array_unref()
 */
MADO_EXPORT GArray  *mado_plan_new      (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context,
                                         JsonNode *known, guint *n_avoided);
/* Whether @field is asked now; @row: (nullable): of a group's question. */
MADO_EXPORT gboolean mado_step_has_field (const MadoStep *step, const MadoFormField *field, MadoFacts *facts,
                                          JsonNode *row);
/* Facts for the rules of @forms, filled from answers and context. */
MADO_EXPORT MadoFacts *mado_answers_get_facts (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                               JsonNode *context, int today);

/* One answer in words, for the check page, paper and the clerk. */
typedef struct {
  char *section;
  char *question;     /* id, to go back to */
  char *fact;
  char *label;
  char *text;
  char *source;       /* (nullable): "card", "register" … */
} MadoAnswerRow;

/**
 * mado_answers_describe:
 * @sources: (nullable): an object, fact to source
 * @people: (nullable): a list of `{id, fullName}`, the household, for fields that choose among it
 *
 * Returns: (transfer full) (element-type MadoAnswerRow): in the order of the forms
 */
MADO_EXPORT GPtrArray *mado_answers_describe (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                              JsonNode *context, JsonNode *sources, JsonNode *people,
                                              const char *language);

G_END_DECLS
