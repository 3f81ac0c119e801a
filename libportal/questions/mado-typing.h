/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-plan.h"

G_BEGIN_DECLS

/**
 * MadoTyping:
 *
 * Answers while they are being typed. After each change only what depends on it is looked at again: which questions
 * are asked, what rules compute, what is refused. What comes out is at any time what mado_answers_check() or
 * mado_plan_new() says of the answers as a whole.
 */
typedef struct _MadoTyping MadoTyping;
#define MADO_TYPE_TYPING (mado_typing_get_type ())
MADO_EXPORT GType      mado_typing_get_type (void);

/**
 * mado_typing_new:
 * @forms: (array length=n_forms): the forms of the visit, made with one vocabulary
 * @answers: (nullable): an object, what was answered before
 * @context: what the city knows; must live as long
 * @is_planning: for mado_typing_plan(): rows that a group needs and are not there yet count as empty rows
 *
 * Returns: (transfer full): the answers, settled
 */
MADO_EXPORT MadoTyping *mado_typing_new   (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                         const MadoAnswerContext *context, gboolean is_planning);
MADO_EXPORT MadoTyping *mado_typing_ref   (MadoTyping *self);
MADO_EXPORT void       mado_typing_unref (MadoTyping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTyping, mado_typing_unref)

/**
 * mado_typing_set:
 * @fact: of a group, the group
 * @value: (nullable): the answer as it stands now; %NULL takes it back. Not changed by anybody afterwards
 */
MADO_EXPORT void        mado_typing_set         (MadoTyping *self, const char *fact, JsonNode *value);

/**
 * mado_typing_take:
 * @answers: an object: all that is answered now. Not changed by anybody afterwards
 *
 * mado_typing_set() of each answer that is another than before.
 */
MADO_EXPORT void        mado_typing_take        (MadoTyping *self, JsonNode *answers);
/**
 * mado_typing_plan:
 * @n_avoided: (out) (optional): as of mado_plan_new()
 *
 * Returns: (transfer full) (element-type MadoStep): mado_plan_new() of what is answered now
 */
MADO_EXPORT GArray     *mado_typing_plan        (MadoTyping *self, guint *n_avoided);

MADO_EXPORT gboolean    mado_typing_is_asked    (MadoTyping *self, const char *fact);
/* (transfer none) (nullable): as it is kept: folded, computed, or filled in from what the city knows. */
MADO_EXPORT JsonNode   *mado_typing_get_value   (MadoTyping *self, const char *fact);
/* (transfer none) (nullable): why the answer is refused: a sentence that names the remedy. */
MADO_EXPORT const char *mado_typing_get_refusal (MadoTyping *self, const char *fact);
/* Refused answers, groups with a mistake in them, and checks across fields that do not hold. */
MADO_EXPORT guint       mado_typing_count_mistakes (MadoTyping *self);

/**
 * mado_typing_check:
 *
 * mado_answers_check() of what is answered now.
 */
MADO_EXPORT gboolean    mado_typing_check       (MadoTyping *self, JsonNode **clean, GError **error);

G_END_DECLS
