/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-settle.h"

#include <glib/gi18n-lib.h>

/* --- rounds --------------------------------------------------------------------------------------------------- */

/* Facts nobody is asked. */
static void
set_given_facts (MadoScope *scope, MadoVocabulary *words, JsonNode *facts)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint slot;

  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return;
  json_object_iter_init (&iter, json_node_get_object (facts));
  while (json_object_iter_next (&iter, &name, &value))
    if (mado_vocabulary_find (words, name, &slot) && scope->by_slot[slot].is_read)
      mado_facts_set_json (scope->facts, slot, value);
}

void
mado_settled_ask (MadoSettled *self, guint index, guint q, guint ordinal)
{
  const MadoFormQuestion *question = &self->forms[index]->questions[q];

  if (question->group == NULL)
    mado_scope_ask (&self->scope, question, ordinal, &self->questions[index][q]);
  else if (question == question->group->questions)
    mado_settle_group (&self->scope, question->group, ordinal);
}

static void
ask_all (MadoSettled *self)
{
  guint ordinal = 1;

  for (guint i = 0; i < self->n_forms; i++)
    for (guint q = 0; q < self->forms[i]->n_questions; q++) {
      mado_settled_ask (self, i, q, ordinal);
      ordinal += self->forms[i]->questions[q].n_fields;
    }
}

void
mado_settled_init (MadoSettled *self, MadoForm *const *forms, guint n_forms, JsonObject *answers,
                   const MadoAnswerContext *context, gboolean is_planning)
{
  MadoVocabulary *words = forms[0]->vocabulary;

  *self = (MadoSettled) { .forms = forms, .n_forms = n_forms };
  mado_scope_init (&self->scope, words, answers, context);
  self->scope.is_planning = is_planning;
  self->questions = g_new0 (MadoSettledQuestion *, n_forms);
  for (guint i = 0; i < n_forms; i++) {
    self->questions[i] = g_new0 (MadoSettledQuestion, forms[i]->n_questions);
    mado_scope_read (&self->scope, forms[i]->reads, forms[i]->n_reads);
  }
  set_given_facts (&self->scope, words, context->facts);
  while (mado_scope_begin_round (&self->scope))
    ask_all (self);
}

void
mado_settled_clear (MadoSettled *self)
{
  for (guint i = 0; i < self->n_forms; i++)
    g_free (self->questions[i]);
  g_free (self->questions);
  mado_scope_clear (&self->scope);
}

/* --- mistakes ------------------------------------------------------------------------------------------------- */

static void
report_group (const MadoScope *scope, const MadoFormGroup *group, MadoReader *reader)
{
  const MadoSettledFact *fact = &scope->by_slot[group->slot];
  gsize level;

  if (fact->asker == 0 || fact->rows == NULL)
    return;
  if (fact->refusal.code != NULL)
    mado_reader_violate (reader, group->fact, fact->refusal.code, "%s", fact->refusal.message);
  if (fact->rows->error == NULL)
    return;
  level = mado_reader_enter (reader, group->fact);
  mado_reader_take (reader, fact->rows->error);
  mado_reader_leave (reader, level);
}

static void
report_form (const MadoSettled *self, guint index, GHashTable *told, MadoReader *reader)
{
  const MadoForm *form = self->forms[index];

  for (guint q = 0; q < form->n_questions; q++) {
    const MadoFormGroup *group = form->questions[q].group;

    if (group == NULL)
      mado_scope_report (&self->scope, &form->questions[q], &self->questions[index][q], reader);
    else if (&form->questions[q] == group->questions && g_hash_table_add (told, (gpointer) group->fact))
      report_group (&self->scope, group, reader);
  }
  mado_scope_report_checks (&self->scope, form->checks, form->n_checks, reader);
}

static gboolean
is_asked (const MadoSettled *self, const char *fact)
{
  for (guint i = 0; i < self->n_forms; i++) {
    const MadoForm *form = self->forms[i];

    if (mado_form_find_field (form, NULL, fact) != NULL)
      return TRUE;
    for (guint g = 0; g < form->n_groups; g++)
      if (g_str_equal (form->groups[g].fact, fact))
        return TRUE;
  }

  return FALSE;
}

static void
report_unknown (const MadoSettled *self, MadoReader *reader)
{
  JsonObject *answers = self->scope.answers;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (answers == NULL || json_object_get_size (answers) == self->scope.n_met)
    return;
  json_object_iter_init_ordered (&iter, answers);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!is_asked (self, name))
      mado_reader_violate (reader, name, "unknown", _("No form asks this; please leave it out"));
}

gboolean
mado_settled_report (MadoSettled *self, GError **error)
{
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  MadoReader reader = MADO_READER_INIT;

  for (guint i = 0; i < self->n_forms; i++)
    report_form (self, i, told, &reader);
  mado_scope_report_circle (&self->scope, &reader);
  report_unknown (self, &reader);

  return mado_reader_finish (&reader, error);
}

/* --- what is kept --------------------------------------------------------------------------------------------- */

typedef void (*EachKept) (const char *name, const MadoSettledFact *fact, gpointer data);

static void
each_kept (const MadoSettled *self, EachKept each, gpointer data)
{
  for (guint i = 0; i < self->n_forms; i++)
    for (guint q = 0; q < self->forms[i]->n_questions; q++) {
      const MadoFormQuestion *question = &self->forms[i]->questions[q];
      const MadoFormGroup *group = question->group;

      for (guint f = 0; group == NULL && f < question->n_fields; f++) {
        const MadoSettledFact *fact = &self->scope.by_slot[question->fields[f].slot];

        if ((self->questions[i][q].shown & (1u << f)) && fact->kept != NULL)
          each (question->fields[f].fact, fact, data);
      }
      if (group != NULL && question == group->questions && mado_settled_get_rows (self, group) != NULL
          && self->scope.by_slot[group->slot].kept != NULL)
        each (group->fact, &self->scope.by_slot[group->slot], data);
    }
}

static void
count_same (const char *name, const MadoSettledFact *fact, gpointer data)
{
  guint *n = data;

  *n = fact->kept == fact->value && !fact->is_filled ? *n + 1 : G_MAXUINT / 2;
}

static void
take_kept (const char *name, const MadoSettledFact *fact, gpointer data)
{
  json_object_set_member (data, name, json_node_ref (fact->kept));
}

JsonNode *
mado_settled_get_clean (MadoSettled *self, JsonNode *original)
{
  g_autoptr(JsonObject) clean = NULL;
  guint n_same = 0;

  each_kept (self, count_same, &n_same);
  if (n_same == json_object_get_size (self->scope.answers))
    return json_node_ref (original);
  clean = json_object_new ();
  each_kept (self, take_kept, clean);

  return json_node_init_object (json_node_alloc (), clean);
}
