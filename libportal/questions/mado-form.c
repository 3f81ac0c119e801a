/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"

G_DEFINE_BOXED_TYPE (MadoForm, mado_form, mado_form_ref, mado_form_unref)

MadoForm *
mado_form_new (JsonNode *json, MadoVocabulary *vocabulary, GError **error)
{
  g_autoptr(MadoForm) self = g_new0 (MadoForm, 1);
  g_autofree char *canonical = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->json = json_node_ref (json);
  self->vocabulary = mado_vocabulary_ref (vocabulary);
  if (!mado_form_read (self, error))
    return NULL;
  canonical = mado_json_canonical (json);
  self->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);

  return g_steal_pointer (&self);
}

MadoForm *
mado_form_ref (MadoForm *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
rule_free (MadoRule *rule)
{
  if (rule != NULL)
    mado_rule_unref (rule);
}

static void
checks_free (const MadoFormCheck *checks, guint n)
{
  for (guint i = 0; i < n; i++)
    rule_free (checks[i].rule);
  g_free ((gpointer) checks);
}

static void
question_clear (const MadoFormQuestion *question)
{
  for (guint i = 0; i < question->n_fields; i++) {
    rule_free (question->fields[i].when);
    rule_free (question->fields[i].value);
    g_free ((gpointer) question->fields[i].options);
  }
  g_free ((gpointer) question->fields);
  rule_free (question->when);
}

static void
group_clear (const MadoFormGroup *group)
{
  rule_free (group->when);
  rule_free (group->first_when);
  g_free ((gpointer) group->first);
  checks_free (group->checks, group->n_checks);
  if (group->words != NULL)
    mado_vocabulary_unref (group->words);
  g_free ((gpointer) group->links);
  g_free ((gpointer) group->reads);
}

void
mado_form_unref (MadoForm *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_questions; i++)
    question_clear (&self->questions[i]);
  for (guint i = 0; i < self->n_groups; i++)
    group_clear (&self->groups[i]);
  checks_free (self->checks, self->n_checks);
  g_free ((gpointer) self->questions);
  g_free ((gpointer) self->groups);
  g_free ((gpointer) self->sections);
  g_free ((gpointer) self->reads);
  g_free (self->digest);
  mado_vocabulary_unref (self->vocabulary);
  json_node_unref (self->json);
  g_free (self);
}

const MadoFormField *
mado_form_find_field (const MadoForm *self, const char *group, const char *fact)
{
  for (guint q = 0; q < self->n_questions; q++) {
    const MadoFormQuestion *question = &self->questions[q];

    if (g_strcmp0 (question->group != NULL ? question->group->fact : NULL, group) != 0)
      continue;
    for (guint f = 0; f < question->n_fields; f++)
      if (g_str_equal (question->fields[f].fact, fact))
        return &question->fields[f];
  }

  return NULL;
}

const MadoFormOption *
mado_form_field_find_option (const MadoFormField *field, const char *id)
{
  for (guint i = 0; id != NULL && i < field->n_options; i++)
    if (g_str_equal (field->options[i].id, id))
      return &field->options[i];

  return NULL;
}

gboolean
mado_answer_is_empty (JsonNode *value)
{
  const char *text;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value)) == 0;
  text = mado_reader_get_string (value);

  return text != NULL && text[strspn (text, " \t\r\n")] == '\0';
}

JsonNode *
mado_form_field_keep (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                      MadoRefusal *refusal)
{
  if (field->kind->check == NULL)
    return NULL;
  if (!mado_answer_is_empty (value))
    return field->kind->check (field, value, context, refusal);
  if (field->may_not_know && value != NULL && JSON_NODE_HOLDS_NULL (value))
    return json_node_ref (value);
  if (field->required)
    *refusal = (MadoRefusal) { "required", g_strdup (_("Please answer this question")) };

  return NULL;
}

JsonNode *
mado_form_field_check (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                       const char *pointer, GError **error)
{
  MadoRefusal refusal = { NULL, NULL };
  JsonNode *kept = mado_form_field_keep (field, value, context, &refusal);

  if (refusal.code != NULL)
    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, refusal.code, "%s", refusal.message);
  g_free (refusal.message);

  return kept;
}

static gboolean
is_text_list (JsonNode *value)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (mado_reader_get_string (json_array_get_element (list, i)) == NULL)
      return FALSE;

  return list != NULL;
}

static gboolean
fits (MadoFactType type, JsonNode *value)
{
  GType held = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_NONE;

  switch (type) {
  case MADO_FACT_BOOLEAN:
    return held == G_TYPE_BOOLEAN;
  case MADO_FACT_NUMBER:
  case MADO_FACT_YEN:
    return held == G_TYPE_INT64;
  case MADO_FACT_LIST:
    return is_text_list (value);
  default:
    return held == G_TYPE_STRING;
  }
}

char *
mado_form_field_display (const MadoFormField *field, JsonNode *value, const MadoAnswerContext *context,
                         const char *language)
{
  if (value == NULL || field->kind->display == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup (g_str_has_prefix (language, "ja") ? "わからない" : "Not known");
  if (!fits (field->kind->type, value))
    return NULL;

  return field->kind->display (field, value, context, language);
}

/* --- several forms -------------------------------------------------------------------------------------------- */

static gboolean
is_placed (const GArray *placed, const MadoFormSection *section)
{
  for (guint i = 0; i < placed->len; i++)
    if (g_array_index (placed, MadoPlaced, i).section == section)
      return TRUE;

  return FALSE;
}

/* All of that name, from this form on. */
static void
place_alike (GArray *placed, MadoForm *const *forms, guint n_forms, guint from, const MadoFormSection *section)
{
  for (guint i = from; i < n_forms; i++)
    for (guint s = 0; s < forms[i]->n_sections; s++) {
      const MadoPlaced one = { i, &forms[i]->sections[s] };

      if (json_node_equal (one.section->title, section->title) && !is_placed (placed, one.section))
        g_array_append_val (placed, one);
    }
}

GArray *
mado_forms_list_sections (MadoForm *const *forms, guint n_forms)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (MadoPlaced));

  for (guint i = 0; i < n_forms; i++)
    for (guint s = 0; s < forms[i]->n_sections; s++)
      if (!is_placed (placed, &forms[i]->sections[s]))
        place_alike (placed, forms, n_forms, i, &forms[i]->sections[s]);

  return placed;
}

/* --- revisions ------------------------------------------------------------------------------------------------ */

static gboolean
is_same_text (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static gboolean
has_same_options (const MadoFormField *a, const MadoFormField *b)
{
  if (a->n_options != b->n_options)
    return FALSE;
  for (guint i = 0; i < a->n_options; i++)
    if (!g_str_equal (a->options[i].id, b->options[i].id) || !is_same_text (a->options[i].label, b->options[i].label))
      return FALSE;
  return TRUE;
}

static gboolean
is_asked_alike (const MadoFormField *a, const MadoFormField *b)
{
  return a->kind == b->kind && is_same_text (a->label, b->label) && a->required == b->required
         && a->has_min == b->has_min && a->has_max == b->has_max && a->min == b->min && a->max == b->max
         && a->earliest == b->earliest && a->latest == b->latest && a->not_future == b->not_future
         && a->not_past == b->not_past && has_same_options (a, b);
}

char **
mado_form_list_changed (const MadoForm *old, const MadoForm *now)
{
  g_autoptr(GStrvBuilder) changed = g_strv_builder_new ();
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint q = 0; q < now->n_questions; q++)
    for (guint f = 0; f < now->questions[q].n_fields; f++) {
      const MadoFormField *field = &now->questions[q].fields[f];
      const char *group = now->questions[q].group != NULL ? now->questions[q].group->fact : NULL;
      const MadoFormField *before = mado_form_find_field (old, group, field->fact);
      const char *fact = group != NULL ? group : field->fact;

      if (before != NULL && !is_asked_alike (before, field) && g_hash_table_add (told, (gpointer) fact))
        g_strv_builder_add (changed, fact);
    }

  return g_strv_builder_end (changed);
}
