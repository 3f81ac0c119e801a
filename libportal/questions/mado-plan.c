/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-plan.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"
#include "questions/mado-form-private.h"
#include "questions/mado-settle.h"

/* --- the pages ------------------------------------------------------------------------------------------------ */

/* Bits of the fields somebody fills in. */
static guint32
get_askable (const MadoFormQuestion *question)
{
  guint32 bits = 0;

  for (guint i = 0; i < question->n_fields; i++)
    if (question->fields[i].kind->check != NULL && question->fields[i].value == NULL)
      bits |= 1u << i;

  return bits;
}

static guint32
get_computed (const MadoFormQuestion *question)
{
  guint32 bits = 0;

  for (guint i = 0; i < question->n_fields; i++)
    if (question->fields[i].value != NULL)
      bits |= 1u << i;

  return bits;
}

static guint32
get_required (const MadoFormQuestion *question)
{
  guint32 bits = 0;

  for (guint i = 0; i < question->n_fields; i++)
    if (question->fields[i].required)
      bits |= 1u << i;

  return bits;
}

static gboolean
is_known (const MadoFormQuestion *question, const MadoSettledQuestion *settled)
{
  guint32 asked = settled->shown & get_askable (question);

  return (settled->known & asked) != 0 && (asked & get_required (question) & ~settled->known) == 0
         && (asked & ~settled->passed) == 0;
}

typedef struct {
  const MadoSettled *settled;
  GArray            *steps;
  guint              n_avoided;
} Planning;

static void
add_question (Planning *self, const MadoForm *form, const MadoFormQuestion *question,
              const MadoSettledQuestion *settled, int row, gboolean row_is_known)
{
  MadoStep step = {
    .form = form, .question = question, .group = question->group, .row = row,
    .fields = settled->shown & ~get_computed (question),
  };

  if (step.fields == 0) {
    self->n_avoided += (settled->repeated & get_askable (question)) != 0;
    return;
  }
  step.known = row_is_known || is_known (question, settled);
  step.answered = (step.fields & ~settled->passed) == 0;
  self->n_avoided += step.known;
  g_array_append_val (self->steps, step);
}

static void
add_group (Planning *self, const MadoForm *form, const MadoFormGroup *group)
{
  const MadoSettledRows *rows = mado_settled_get_rows (self->settled, group);
  const MadoSettledFact *fact = &self->settled->scope.by_slot[group->slot];
  MadoStep list = { .form = form, .group = group, .row = -1, .known = fact->is_known };

  if (rows == NULL)
    return;
  for (guint r = 0; r < rows->n_rows; r++)
    for (guint q = 0; q < group->n_questions && rows->rows[r].clean != NULL; q++)
      add_question (self, form, &group->questions[q], &rows->rows[r].questions[q], (int) r, fact->is_known);
  list.answered = fact->value != NULL && fact->refusal.code == NULL;
  g_array_append_val (self->steps, list);
}

static gboolean
is_planned (const GArray *steps, const MadoFormGroup *group)
{
  for (guint i = 0; i < steps->len; i++) {
    const MadoFormGroup *other = g_array_index (steps, MadoStep, i).group;

    if (other != NULL && g_str_equal (other->fact, group->fact))
      return TRUE;
  }

  return FALSE;
}

static void
plan_section (Planning *self, guint index, const MadoFormSection *section)
{
  const MadoForm *form = self->settled->forms[index];

  for (guint q = 0; q < form->n_questions; q++) {
    const MadoFormQuestion *question = &form->questions[q];

    if (question->section != section)
      continue;
    if (question->group == NULL)
      add_question (self, form, question, &self->settled->questions[index][q], -1, FALSE);
    else if (question == question->group->questions && !is_planned (self->steps, question->group))
      add_group (self, form, question->group);
  }
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

GArray *
mado_settled_plan (const MadoSettled *self, guint *n_avoided)
{
  Planning planning = { self, g_array_new (FALSE, TRUE, sizeof (MadoStep)), 0 };
  g_autoptr(GArray) sections = mado_forms_list_sections (self->forms, self->n_forms);

  for (guint i = 0; i < sections->len; i++) {
    const MadoPlaced *placed = &g_array_index (sections, MadoPlaced, i);

    plan_section (&planning, placed->form, placed->section);
  }
  if (n_avoided != NULL)
    *n_avoided = planning.n_avoided;

  return planning.steps;
}

GArray *
mado_plan_new (MadoForm *const *forms, guint n_forms, JsonNode *answers, const MadoAnswerContext *context,
               guint *n_avoided)
{
  MadoSettled settled;
  GArray *steps;

  mado_settled_init (&settled, forms, n_forms, get_object (answers), context, TRUE);
  steps = mado_settled_plan (&settled, n_avoided);
  mado_settled_clear (&settled);

  return steps;
}

/* --- one page ------------------------------------------------------------------------------------------------- */

/* The row as it will be; or all answers, of a page that belongs to no row. */
static JsonNode *
merge (const MadoStep *step, JsonNode *answers, JsonObject *values)
{
  g_autoptr(JsonObject) merged = json_object_new ();
  JsonObject *before = get_object (answers);
  JsonNode *rows = before != NULL && step->group != NULL ? json_object_get_member (before, step->group->fact) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (rows != NULL && JSON_NODE_HOLDS_ARRAY (rows)
      && (guint) step->row < json_array_get_length (json_node_get_array (rows)))
    before = get_object (json_array_get_element (json_node_get_array (rows), (guint) step->row));
  else if (step->group != NULL)
    before = NULL;
  if (before != NULL) {
    json_object_iter_init (&iter, before);
    while (json_object_iter_next (&iter, &name, &value))
      json_object_set_member (merged, name, json_node_ref (value));
  }
  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (merged, name, json_node_ref (value));

  return json_node_init_object (json_node_alloc (), merged);
}

static gboolean
is_on_page (const MadoStep *step, const char *fact)
{
  for (guint i = 0; i < step->question->n_fields; i++)
    if ((step->fields & (1u << i)) && g_str_equal (step->question->fields[i].fact, fact))
      return TRUE;

  return FALSE;
}

/* The checks that are told on this page. */
static void
check_across (const MadoStep *step, JsonObject *values, JsonNode *answers, const MadoAnswerContext *context,
              MadoReader *reader)
{
  const MadoFormCheck *checks = step->group != NULL ? step->group->checks : step->form->checks;
  guint n = step->group != NULL ? step->group->n_checks : step->form->n_checks;
  MadoVocabulary *words = step->group != NULL ? step->group->words : step->form->vocabulary;
  g_autoptr(JsonNode) merged = n > 0 ? merge (step, answers, values) : NULL;

  for (guint i = 0; i < n; i++) {
    g_autoptr(MadoFacts) facts = NULL;

    if (!is_on_page (step, checks[i].fact))
      continue;
    facts = mado_answers_get_facts (checks[i].rule, words, merged, context);
    if (mado_rule_decide (checks[i].rule, facts, NULL) == MADO_VERDICT_NO)
      mado_reader_violate (reader, checks[i].fact, "check", "%s",
                           mado_json_text (checks[i].message, context->language));
  }
}

gboolean
mado_step_check (const MadoStep *step, JsonNode *values, JsonNode *answers, const MadoAnswerContext *context,
                 JsonNode **clean, GError **error)
{
  g_autoptr(JsonObject) kept = json_object_new ();
  JsonObject *typed = get_object (values);
  MadoReader reader = MADO_READER_INIT;

  for (guint i = 0; step->question != NULL && i < step->question->n_fields; i++) {
    const MadoFormField *field = &step->question->fields[i];
    g_autoptr(GError) refused = NULL;
    JsonNode *value;

    if (!(step->fields & (1u << i)))
      continue;
    value = mado_form_field_check (field, typed != NULL ? json_object_get_member (typed, field->fact) : NULL, context,
                                   "", &refused);
    if (value != NULL)
      json_object_set_member (kept, field->fact, value);
    if (refused != NULL)
      mado_reader_violate (&reader, field->fact, mado_error_get_violation (refused, 0)->code, "%s",
                           mado_error_get_violation (refused, 0)->message);
  }
  if (step->question != NULL && reader.error == NULL)
    check_across (step, kept, answers, context, &reader);
  *clean = json_node_init_object (json_node_alloc (), kept);

  return mado_reader_finish (&reader, error);
}
