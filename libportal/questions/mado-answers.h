/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-form.h"

G_BEGIN_DECLS

/**
 * mado_answers_check:
 * @forms: (array length=n_forms): the forms of the visit, made with one vocabulary
 * @answers: an object, what was answered by fact; one set for all forms
 * @context: what the city knows
 * @clean: (out) (transfer full): the answers as they are kept: folded, what the city knows filled in, computed values
 *   computed anew, what is not asked (any more) dropped
 * @error: return location: `MADO_ERROR_INVALID`; every mistake with its JSON Pointer below @answers
 *
 * The whole check of a filing. Facts that no form asks are refused.
 *
 * Returns: %TRUE if it may be filed
 */
MADO_EXPORT gboolean  mado_answers_check (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                          const MadoAnswerContext *context, JsonNode **clean, GError **error);

/**
 * mado_answers_get_sources:
 * @answers: checked answers
 * @known: (nullable): what the city knows, `{fact: {value, source}}`
 *
 * Where each answer came from, as the server sees it: what a client claims is never asked.
 *
 * Returns: (transfer full): an object, fact to source; what was typed is not in it
 */
MADO_EXPORT JsonNode *mado_answers_get_sources (JsonNode *answers, JsonNode *known);

/**
 * mado_answers_get_facts:
 * @rule: a rule of @vocabulary
 *
 * Returns: (transfer full): what @rule reads, of @answers and of the facts @context adds to them
 */
MADO_EXPORT MadoFacts *mado_answers_get_facts  (MadoRule *rule, MadoVocabulary *vocabulary, JsonNode *answers,
                                                const MadoAnswerContext *context);

G_END_DECLS
