/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-settle.h"

#include <glib/gi18n-lib.h>

#include "questions/mado-kind-private.h"

void
mado_settled_rows_free (MadoSettledRows *self)
{
  for (guint i = 0; i < self->n_rows; i++) {
    g_clear_pointer (&self->rows[i].clean, json_node_unref);
    g_free (self->rows[i].questions);
  }
  g_free (self->rows);
  g_clear_error (&self->error);
  g_free (self);
}

/* The facts around the group, as far as its rules read them. */
static void
link_facts (const MadoScope *outer, const MadoFormGroup *group, MadoScope *row)
{
  for (guint i = 0; i < group->n_links; i++) {
    const MadoRuleValue *value = mado_facts_get (outer->facts, group->links[i].outer);
    g_autoptr(JsonNode) node = value->type != MADO_RULE_UNKNOWN ? mado_rule_value_to_json (value) : NULL;

    if (node != NULL)
      mado_facts_set_json (row->facts, group->links[i].row, node);
    else
      mado_facts_set_unknown (row->facts, group->links[i].row);
  }
}

static JsonNode *
get_clean_row (const MadoScope *scope, const MadoSettledRow *row)
{
  const MadoFormGroup *group = scope->group;
  JsonObject *clean = json_object_new ();
  JsonNode *node;

  for (guint q = 0; q < group->n_questions; q++)
    for (guint f = 0; f < group->questions[q].n_fields; f++) {
      const MadoFormField *field = &group->questions[q].fields[f];
      JsonNode *kept = scope->by_slot[field->slot].kept;

      if ((row->questions[q].shown & (1u << f)) && kept != NULL)
        json_object_set_member (clean, field->fact, json_node_ref (kept));
    }
  node = json_node_init_object (json_node_alloc (), clean);
  json_object_unref (clean);

  return node;
}

/* Whether everything in @original is kept as it is. */
static gboolean
is_kept_whole (const MadoScope *scope, const MadoSettledRow *row)
{
  guint n_same = 0;

  for (guint q = 0; q < scope->group->n_questions; q++)
    for (guint f = 0; f < scope->group->questions[q].n_fields; f++) {
      const MadoSettledFact *fact = &scope->by_slot[scope->group->questions[q].fields[f].slot];

      if (!(row->questions[q].shown & (1u << f)) || fact->kept == NULL)
        continue;
      if (fact->kept != fact->value)
        return FALSE;
      n_same++;
    }

  return n_same == json_object_get_size (scope->answers);
}

static gboolean
is_member (const MadoFormGroup *group, const char *name)
{
  for (guint q = 0; q < group->n_questions; q++)
    for (guint f = 0; f < group->questions[q].n_fields; f++)
      if (g_str_equal (group->questions[q].fields[f].fact, name))
        return TRUE;

  return FALSE;
}

static void
report_row (const MadoScope *scope, const MadoSettledRow *row, gboolean is_known, MadoReader *reader)
{
  const MadoFormGroup *group = scope->group;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint q = 0; q < group->n_questions; q++)
    mado_scope_report (scope, &group->questions[q], &row->questions[q], reader);
  mado_scope_report_circle (scope, reader);
  mado_scope_report_checks (scope, group->checks, group->n_checks, reader);
  if (is_known || scope->n_met == json_object_get_size (scope->answers))
    return;
  json_object_iter_init_ordered (&iter, scope->answers);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!is_member (group, name))
      mado_reader_violate (reader, name, "unknown", _("Nobody asked this; please leave it out"));
}

/* A row nobody has begun. */
static JsonNode *
get_empty_row (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    g_autoptr(JsonObject) object = json_object_new ();
    JsonNode *node = json_node_init_object (json_node_alloc (), object);

    json_node_seal (node);
    g_once_init_leave (&once, (gsize) node);
  }

  return (JsonNode *) once;
}

static void
settle_row (MadoScope *scope, JsonNode *node, gboolean is_known, MadoSettledRow *row, MadoReader *reader)
{
  const MadoFormGroup *group = scope->group;

  row->questions = g_new0 (MadoSettledQuestion, group->n_questions);
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    mado_reader_violate (reader, NULL, "type", _("Each row is an object"));
    return;
  }
  mado_scope_reset (scope, json_node_get_object (node));
  while (mado_scope_begin_round (scope)) {
    guint ordinal = 1;

    for (guint q = 0; q < group->n_questions; q++) {
      mado_scope_ask (scope, &group->questions[q], ordinal, &row->questions[q]);
      ordinal += group->questions[q].n_fields;
    }
  }
  row->clean = is_kept_whole (scope, row) ? json_node_ref (node) : get_clean_row (scope, row);
  report_row (scope, row, is_known, reader);
}

static MadoSettledRows *
settle_rows (MadoScope *outer, const MadoFormGroup *group, JsonArray *list, gboolean is_known)
{
  MadoSettledRows *self = g_new0 (MadoSettledRows, 1);
  MadoReader reader = MADO_READER_INIT;
  MadoScope scope;
  guint n;

  n = list != NULL ? json_array_get_length (list) : 0;
  self->n_rows = CLAMP (n, outer->is_planning ? group->min_rows : 0, group->max_rows);
  self->rows = g_new0 (MadoSettledRow, self->n_rows);
  mado_scope_init (&scope, group->words, NULL, outer->context);
  mado_scope_read (&scope, group->reads, group->n_reads);
  scope.group = group;
  scope.outer = outer;
  link_facts (outer, group, &scope);
  for (guint i = 0; i < self->n_rows; i++) {
    gsize level = mado_reader_enter_index (&reader, i);

    scope.is_first = i == 0 && group->n_first > 0 && mado_scope_holds (outer, group->first_when);
    settle_row (&scope, i < n ? json_array_get_element (list, i) : get_empty_row (), is_known, &self->rows[i],
                &reader);
    mado_reader_leave (&reader, level);
  }
  mado_scope_clear (&scope);
  mado_reader_finish (&reader, &self->error);

  return self;
}

/* The list itself, unless a row had to be changed. */
static JsonNode *
get_clean_list (const MadoSettledRows *self, JsonNode *original)
{
  JsonArray *list = original != NULL && JSON_NODE_HOLDS_ARRAY (original) ? json_node_get_array (original) : NULL;
  gboolean is_same = list != NULL && self->n_rows == json_array_get_length (list);
  JsonArray *clean;
  JsonNode *node;

  if (self->n_rows == 0)
    return NULL;
  for (guint i = 0; i < self->n_rows && is_same; i++)
    is_same = self->rows[i].clean == json_array_get_element (list, i);
  if (is_same)
    return json_node_ref (original);
  clean = json_array_sized_new (self->n_rows);
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].clean != NULL)
      json_array_add_element (clean, json_node_ref (self->rows[i].clean));
  node = json_node_init_array (json_node_alloc (), clean);
  json_array_unref (clean);

  return node;
}

/* Whether these rows are those the city knows, as far as they are asked. */
static gboolean
is_known (MadoScope *outer, const MadoFormGroup *group, JsonNode *kept)
{
  JsonNode *known = kept != NULL ? mado_scope_get_known (outer, group->fact) : NULL;
  g_autoptr(JsonNode) clean = NULL;
  MadoSettledRows *rows;

  if (known == NULL || !JSON_NODE_HOLDS_ARRAY (known))
    return FALSE;
  rows = settle_rows (outer, group, json_node_get_array (known), TRUE);
  clean = get_clean_list (rows, known);
  mado_settled_rows_free (rows);

  return clean != NULL && json_node_equal (clean, kept);
}

static void
check_length (const MadoFormGroup *group, JsonNode *value, guint n, MadoRefusal *refusal)
{
  if (value != NULL && !JSON_NODE_HOLDS_ARRAY (value) && !JSON_NODE_HOLDS_NULL (value))
    mado_refuse (refusal, "type", g_strdup (_("This is a list")));
  else if (n < group->min_rows)
    mado_refuse (refusal, n == 0 ? "required" : "range",
                 g_strdup_printf (_("Please give at least %u of them"), group->min_rows));
  else if (n > group->max_rows)
    mado_refuse (refusal, "range", g_strdup_printf (_("Please give at most %u of them"), group->max_rows));
}

static void
settle_again (MadoScope *self, const MadoFormGroup *group, MadoSettledFact *fact)
{
  JsonNode *value = fact->value;
  JsonArray *list = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  mado_settled_fact_forget (fact);
  fact->rows = settle_rows (self, group, list, fact->is_filled);
  check_length (group, value, list != NULL ? json_array_get_length (list) : 0, &fact->refusal);
  fact->kept = get_clean_list (fact->rows, value);
  fact->is_known = fact->is_filled || is_known (self, group, fact->kept);
  fact->is_checked = TRUE;
}

void
mado_settle_group (MadoScope *self, const MadoFormGroup *group, guint ordinal)
{
  MadoSettledFact *fact = mado_scope_look_up (self, group->slot, group->fact);

  if (!mado_scope_holds (self, group->when)) {
    mado_scope_release (self, group->slot, fact, ordinal);
    return;
  }
  if (!mado_scope_claim (self, group->slot, fact, ordinal))
    return;
  if (!fact->is_checked || (group->n_links + group->n_first > 0 && fact->n_changes != self->n_changes))
    settle_again (self, group, fact);
  mado_scope_tell_rules (self, group->slot, fact);
  fact->n_changes = self->n_changes;
}
