/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-answers.h"

G_BEGIN_DECLS

/**
 * MadoStep:
 * @form: its form
 * @question: (nullable): the page to show; %NULL: the page that lists a group's rows, with the keys to add one, to
 *   take one out and to say that these are all
 * @group: (nullable): of a row's question, or of the list
 * @row: of a row's question, from 0; else -1
 * @fields: bit i: field i of the question is asked now
 * @known: the city knows every answer: shown for checking, not asked
 * @answered: what is there passes its check
 *
 * One page of a visit.
 */
typedef struct {
  const MadoForm         *form;
  const MadoFormQuestion *question;
  const MadoFormGroup    *group;
  int                     row;
  guint32                 fields;
  gboolean                known;
  gboolean                answered;
} MadoStep;

/**
 * mado_plan_new:
 * @answers: (nullable): an object, what was answered so far
 * @n_avoided: (out) (optional): questions nobody has to answer, because the city knows or another form asks it
 *
 * The pages of all @forms in their order, sections of one name together; those whose rules hold with @answers as
 * they are now; nothing twice. To be made anew after each answer. Answers that are hidden now count as not given, so
 * no two rules chase each other.
 *
 * Returns: (transfer full) (element-type MadoStep): free with g_array_unref()
 */
MADO_EXPORT GArray  *mado_plan_new   (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                      const MadoAnswerContext *context, guint *n_avoided);

/**
 * mado_step_check:
 * @values: an object: the answers of this page (of a row's question: members of the row)
 * @answers: (nullable): all that was answered so far, for checks that look beyond the page
 * @clean: (out) (transfer full): those values, folded
 * @error: return location: `MADO_ERROR_INVALID`, with a JSON Pointer "/fact" for each mistake
 *
 * What pressing the key to the next page checks.
 */
MADO_EXPORT gboolean mado_step_check (const MadoStep *step, JsonNode *values, JsonNode *answers,
                                      const MadoAnswerContext *context, JsonNode **clean, GError **error);

/* One line of the check page, of a paper or of the clerk's view: the answer to one question. */
typedef struct {
  MadoStep step;         /* to go back to */
  char    *section;      /* its title */
  char    *row;          /* (nullable): of a group's row: "2人目" */
  char    *label;
  char    *text;
  char    *note;         /* (nullable): quieter words beside it: furigana, the western year */
  char    *source;       /* (nullable): "card", "register" */
  char    *rare;         /* (nullable): characters of a name that staff should look at */
  char    *signature;    /* (nullable): drawn: see mado_signature_parse() */
  gboolean as_written;   /* some of @text is people's own words: a name, an address */
  gboolean computed;     /* by rules alone: nobody can change it */
  gboolean held;         /* by the city, and to be as it holds it: staff correct the register, not this answer */
  char    *doubt;        /* (nullable): a sentence: an address in none of the published lists, kept as typed */
} MadoAnswerRow;

/**
 * mado_answers_describe:
 * @answers: an object, what was answered
 * @sources: (nullable): an object, fact to source; without it, @context says what is known
 *
 * Returns: (transfer full) (element-type MadoAnswerRow): the answers in words, in the order of the forms; what was
 *   not answered is left out
 */
MADO_EXPORT GPtrArray *mado_answers_describe (MadoForm *const *forms, guint n_forms, JsonNode *answers,
                                              const MadoAnswerContext *context, JsonNode *sources,
                                              const char *language);

/* "card" → 「マイナンバーカードから」. (nullable): NULL for what was typed. */
MADO_EXPORT const char *mado_source_get_text (const char *source, const char *language);

G_END_DECLS
