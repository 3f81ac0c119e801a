/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-answers.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-reader.h"

MadoFacts *
mado_answers_get_facts (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context, int today)
{
  MadoFacts *facts = mado_facts_new (forms[0]->vocabulary);
  char day[11];
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint slot;

  mado_date_fill (today, day);
  mado_facts_set_today (facts, day, NULL);
  mado_facts_set_data (facts, answers);
  if (context == NULL)
    return facts;
  json_object_iter_init (&iter, json_node_get_object (context));
  while (json_object_iter_next (&iter, &name, &value))
    if (mado_vocabulary_find (forms[0]->vocabulary, name, &slot))
      mado_facts_set_json (facts, slot, value);
  return facts;
}

static gboolean
holds (MadoRule *rule, MadoFacts *facts)
{
  return rule == NULL || mado_rule_test (rule, facts);
}

/* One filing under check. */
typedef struct {
  MadoReader  reader;
  JsonObject *answers;
  JsonObject *clean;
  GHashTable *asked;      /* facts any form asks, also those hidden now */
  int         today;
} Checking;

static void
check_value (Checking *self, const MadoFormField *field, JsonObject *from, JsonObject *to)
{
  GError *error = NULL;
  JsonNode *kept = mado_form_field_check (field, json_object_get_member (from, field->fact), self->today, "", &error);

  if (kept != NULL)
    json_object_set_member (to, field->fact, kept);
  if (error == NULL)
    return;
  mado_reader_violate (&self->reader, field->fact, mado_error_get_violation (error, 0)->code, "%s",
                       mado_error_get_violation (error, 0)->message);
  g_error_free (error);
}

static void
refuse_unknown_members (Checking *self, const MadoFormQuestion *question, JsonObject *row)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, row);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      gboolean asked = FALSE;

      for (guint i = 0; i < question->n_fields && !asked; i++)
        asked = g_str_equal (question->fields[i].fact, name);
      if (!asked)
        mado_reader_violate (&self->reader, name, "unknown", _("Nobody asked this; leave it out"));
    }
}

static JsonNode *
check_row (Checking *self, const MadoFormQuestion *question, JsonNode *row)
{
  g_autoptr (MadoFacts) facts = NULL;
  JsonObject *clean;
  JsonNode *node;

  if (!JSON_NODE_HOLDS_OBJECT (row))
    {
      mado_reader_violate (&self->reader, NULL, "type", _("Each row is an object"));
      return NULL;
    }
  clean = json_object_new ();
  facts = mado_facts_new (question->row_words);
  mado_facts_set_data (facts, row);
  for (guint i = 0; i < question->n_fields; i++)
    if (holds (question->fields[i].when, facts))
      check_value (self, &question->fields[i], json_node_get_object (row), clean);
  refuse_unknown_members (self, question, json_node_get_object (row));
  node = json_node_init_object (json_node_alloc (), clean);
  json_object_unref (clean);
  return node;
}

static void
check_group (Checking *self, const MadoFormQuestion *question)
{
  JsonNode *value = json_object_get_member (self->answers, question->group);
  JsonArray *rows = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = rows != NULL ? json_array_get_length (rows) : 0;
  JsonArray *clean;
  gsize length;

  if (value != NULL && rows == NULL && !JSON_NODE_HOLDS_NULL (value))
    {
      mado_reader_violate (&self->reader, question->group, "type", _("This is a list"));
      return;
    }
  if (n < question->min_rows || n > question->max_rows)
    {
      mado_reader_violate (&self->reader, question->group, "range", _("Please give %u to %u of them"),
                           question->min_rows, question->max_rows);
      return;
    }
  clean = json_array_new ();
  length = mado_reader_enter (&self->reader, question->group);
  for (guint i = 0; i < n; i++)
    {
      gsize here = mado_reader_enter_index (&self->reader, i);
      JsonNode *row = check_row (self, question, json_array_get_element (rows, i));

      if (row != NULL)
        json_array_add_element (clean, row);
      mado_reader_leave (&self->reader, here);
    }
  mado_reader_leave (&self->reader, length);
  json_object_set_array_member (self->clean, question->group, clean);
}

static void
check_question (Checking *self, const MadoFormQuestion *question, MadoFacts *facts)
{
  gboolean shown = holds (question->when, facts);

  if (question->group != NULL)
    {
      if (g_hash_table_add (self->asked, (gpointer) question->group) && shown)
        check_group (self, question);
      return;
    }
  for (guint i = 0; i < question->n_fields; i++)
    {
      const MadoFormField *field = &question->fields[i];

      g_hash_table_add (self->asked, (gpointer) field->fact);
      /* Asked by an earlier form of the visit already. */
      if (shown && !json_object_has_member (self->clean, field->fact) && holds (field->when, facts))
        check_value (self, field, self->answers, self->clean);
    }
}

gboolean
mado_answers_check (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context, int today,
                    JsonNode **clean, GError **error)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  Checking self = { MADO_READER_INIT, NULL, NULL, asked, today };
  g_autoptr (MadoFacts) facts = NULL;
  JsonObjectIter iter;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (answers))
    {
      mado_reader_violate (&self.reader, NULL, "type", _("The answers are an object"));
      return mado_reader_finish (&self.reader, error);
    }
  self.answers = json_node_get_object (answers);
  self.clean = json_object_new ();
  facts = mado_answers_get_facts (forms, n_forms, answers, context, today);
  for (guint f = 0; f < n_forms; f++)
    for (guint q = 0; q < forms[f]->n_questions; q++)
      check_question (&self, &forms[f]->questions[q], facts);
  json_object_iter_init (&iter, self.answers);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (asked, name))
      mado_reader_violate (&self.reader, name, "unknown", _("Nobody asked this; leave it out"));
  *clean = json_node_init_object (json_node_alloc (), self.clean);
  json_object_unref (self.clean);
  if (mado_reader_finish (&self.reader, error))
    return TRUE;
  g_clear_pointer (clean, json_node_unref);
  return FALSE;
}

gboolean
mado_step_has_field (const MadoStep *step, const MadoFormField *field, MadoFacts *facts, JsonNode *row)
{
  g_autoptr (MadoFacts) row_facts = NULL;

  if (step->question->group == NULL || row == NULL || field->when == NULL)
    return holds (field->when, facts);
  row_facts = mado_facts_new (step->question->row_words);
  mado_facts_set_data (row_facts, row);
  return holds (field->when, row_facts);
}

static gboolean
is_known (JsonObject *known, const char *fact)
{
  JsonNode *node = known != NULL ? json_object_get_member (known, fact) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "value");
  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/* Whether the city knows every answer that is required here. */
static gboolean
is_step_known (const MadoStep *step, MadoFacts *facts, JsonObject *known)
{
  gboolean any = FALSE;

  if (step->question->group != NULL)
    return is_known (known, step->question->group);
  for (guint i = 0; i < step->question->n_fields; i++)
    {
      const MadoFormField *field = &step->question->fields[i];

      if (field->kind->check == NULL || !mado_step_has_field (step, field, facts, NULL))
        continue;
      if (is_known (known, field->fact))
        any = TRUE;
      else if (field->required)
        return FALSE;
    }
  return any;
}

/* Notes what a question asks; TRUE if something of it was not asked before. */
static gboolean
asks_anew (const MadoFormQuestion *question, GHashTable *asked)
{
  gboolean anew = FALSE;

  if (question->group != NULL)
    return g_hash_table_add (asked, (gpointer) question->group);
  for (guint i = 0; i < question->n_fields; i++)
    anew = g_hash_table_add (asked, (gpointer) question->fields[i].fact) || anew;
  return anew;
}

GArray *
mado_plan_new (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context, JsonNode *known,
               guint *n_avoided)
{
  g_autoptr (MadoFacts) facts = mado_answers_get_facts (forms, n_forms, answers, context, mado_date_today ());
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *known_facts = known != NULL && JSON_NODE_HOLDS_OBJECT (known) ? json_node_get_object (known) : NULL;
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (MadoStep));
  guint avoided = 0;

  for (guint f = 0; f < n_forms; f++)
    for (guint q = 0; q < forms[f]->n_questions; q++)
      {
        MadoStep step = { forms[f], &forms[f]->questions[q], FALSE };

        if (!holds (step.question->when, facts))
          continue;
        if (!asks_anew (step.question, asked))
          {
            avoided++;
            continue;
          }
        step.known = is_step_known (&step, facts, known_facts);
        avoided += step.known;
        g_array_append_val (steps, step);
      }
  if (n_avoided != NULL)
    *n_avoided = avoided;
  return steps;
}

static void
answer_row_free (MadoAnswerRow *row)
{
  g_free (row->section);
  g_free (row->question);
  g_free (row->fact);
  g_free (row->label);
  g_free (row->text);
  g_free (row->source);
  g_free (row);
}

/* What putting answers into words needs to know. */
typedef struct {
  JsonObject *sources;
  JsonArray  *people;
  const char *language;
  GPtrArray  *rows;
} Describing;

/* Names of the household members that were chosen by id. */
static char *
people_text (const Describing *self, JsonNode *value)
{
  JsonArray *chosen = json_node_get_array (value);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (chosen); i++)
    for (guint k = 0; self->people != NULL && k < json_array_get_length (self->people); k++)
      {
        JsonObject *person = json_array_get_object_element (self->people, k);

        if (g_strcmp0 (json_object_get_string_member_with_default (person, "id", NULL),
                       json_array_get_string_element (chosen, i)) != 0)
          continue;
        g_string_append (names, names->len == 0 ? "" : g_str_has_prefix (self->language, "ja") ? "、" : ", ");
        g_string_append (names, json_object_get_string_member_with_default (person, "fullName", ""));
      }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
describe_field (Describing *self, const MadoFormQuestion *question, const MadoFormField *field, JsonNode *value,
                const char *prefix)
{
  MadoAnswerRow *row;

  if (value == NULL || field->kind->display == NULL)
    return;
  row = g_new0 (MadoAnswerRow, 1);
  row->section = g_strdup (mado_json_text (question->section->title, self->language));
  row->question = g_strdup (question->id);
  row->fact = g_strdup (field->fact);
  row->label = g_strconcat (prefix, mado_json_text (field->label, self->language), NULL);
  row->text = g_str_equal (field->kind->name, "people") && JSON_NODE_HOLDS_ARRAY (value)
                ? people_text (self, value) : mado_form_field_display (field, value, self->language);
  if (self->sources != NULL && question->group == NULL)
    row->source = g_strdup (json_object_get_string_member_with_default (self->sources, field->fact, NULL));
  g_ptr_array_add (self->rows, row);
}

static void
describe_group (Describing *self, const MadoFormQuestion *question, JsonNode *value)
{
  JsonArray *rows = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  const char *title = question->row_title != NULL ? mado_json_text (question->row_title, self->language) : "{n}";

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (GString) prefix = g_string_new (title);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      g_string_replace (prefix, "{n}", number, 0);
      g_string_append_c (prefix, ' ');
      for (guint f = 0; f < question->n_fields; f++)
        describe_field (self, question, &question->fields[f],
                        json_object_get_member (row, question->fields[f].fact), prefix->str);
    }
}

GPtrArray *
mado_answers_describe (MadoForm *const *forms, guint n_forms, JsonNode *answers, JsonNode *context,
                       JsonNode *sources, JsonNode *people, const char *language)
{
  JsonObject *given = json_node_get_object (answers);
  g_autoptr (GArray) steps = mado_plan_new (forms, n_forms, answers, context, NULL, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  Describing self = {
    sources != NULL && JSON_NODE_HOLDS_OBJECT (sources) ? json_node_get_object (sources) : NULL,
    people != NULL && JSON_NODE_HOLDS_ARRAY (people) ? json_node_get_array (people) : NULL,
    language, g_ptr_array_new_with_free_func ((GDestroyNotify) answer_row_free),
  };

  for (guint i = 0; i < steps->len; i++)
    {
      const MadoFormQuestion *question = g_array_index (steps, MadoStep, i).question;

      if (question->group != NULL)
        describe_group (&self, question, json_object_get_member (given, question->group));
      else
        for (guint f = 0; f < question->n_fields; f++)
          if (g_hash_table_add (told, (gpointer) question->fields[f].fact))
            describe_field (&self, question, &question->fields[f],
                            json_object_get_member (given, question->fields[f].fact), "");
    }
  return self.rows;
}
