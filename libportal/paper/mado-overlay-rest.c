/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include "core/mado-json.h"

/* A row is headed once it has something to tell. */
typedef struct {
  const MadoOverlayPlan *plan;
  MadoSheet             *sheet;
  gboolean               begun;
  const char            *row_title;   /* (nullable): still to be told */
} Rest;

static void
begin (Rest *self)
{
  const MadoOverlayFilling *filling = self->plan->filling;
  g_autofree char *title = g_strdup_printf ("別紙　%s", mado_json_text (self->plan->overlay->title, "ja"));
  g_autofree char *number = g_strdup_printf ("受付番号　%s", filling->number);

  self->begun = TRUE;
  mado_sheet_add_text (self->sheet, MADO_SHEET_HEADING, 0, title);
  mado_sheet_add_text (self->sheet, MADO_SHEET_BODY, MADO_SHEET_QUIET, number);
  mado_sheet_add_space (self->sheet, 8);
}

static void
tell (Rest *self, const char *label, const char *words)
{
  if (!self->begun)
    begin (self);
  if (self->row_title != NULL) {
    mado_sheet_add_space (self->sheet, 8);
    mado_sheet_keep (self->sheet, 1);
    mado_sheet_add_text (self->sheet, MADO_SHEET_STRONG, 0, self->row_title);
    self->row_title = NULL;
  }
  mado_sheet_add_fact (self->sheet, label, words);
}

/* (transfer full) (nullable): an answer the sheet does not show; what is computed, only if it was meant to. */
static char *
say_unshown (const Rest *self, const MadoFormField *field, const char *group, guint row, JsonObject *answers)
{
  g_autofree char *key = mado_overlay_key (group, row, field->fact);

  if (g_hash_table_contains (self->plan->shown, key)
      || (field->value != NULL && !mado_overlay_places (self->plan->overlay, group, field->fact))
      || mado_overlay_leaves_out (self->plan->overlay, group, field->fact))
    return NULL;

  return mado_overlay_say (self->plan->filling, group, answers, field->fact);
}

/* What is read in one line (an address) is told in one; of anything else each field. */
static void
tell_question (Rest *self, const MadoFormQuestion *question, const char *group, guint row, JsonObject *answers)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < question->n_fields; i++) {
    const MadoFormField *field = &question->fields[i];
    g_autofree char *words = say_unshown (self, field, group, row, answers);

    if (words == NULL || *words == '\0')
      continue;
    if (question->join == NULL)
      tell (self, mado_json_text (field->label, "ja"), words);
    else
      g_string_append_printf (line, "%s%s", words, field->secondary ? " " : question->join);
  }
  if (line->len > 0)
    tell (self, mado_json_text (question->label, "ja"), line->str);
}

static void
tell_group (Rest *self, const MadoFormGroup *group, JsonObject *answers)
{
  JsonNode *value = json_object_get_member (answers, group->fact);
  JsonArray *rows = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint r = 0; rows != NULL && r < json_array_get_length (rows); r++) {
    JsonNode *row = json_array_get_element (rows, r);
    g_autofree char *number = g_strdup_printf ("%u", r + 1);
    g_autoptr(GString) title = g_string_new (mado_json_text (group->row_title, "ja"));

    g_string_replace (title, "{n}", number, 0);
    self->row_title = title->str;
    for (guint q = 0; q < group->n_questions && JSON_NODE_HOLDS_OBJECT (row); q++)
      tell_question (self, &group->questions[q], group->fact, r, json_node_get_object (row));
  }
  self->row_title = NULL;
}

void
mado_overlay_add_rest (const MadoOverlayPlan *plan, MadoSheet *sheet)
{
  const MadoForm *form = plan->filling->form;
  JsonObject *answers = json_node_get_object (plan->filling->answers);
  Rest self = { .plan = plan, .sheet = sheet };

  for (guint i = 0; i < form->n_questions; i++) {
    const MadoFormQuestion *question = &form->questions[i];

    if (question->group == NULL)
      tell_question (&self, question, NULL, 0, answers);
    else if (question == question->group->questions)
      tell_group (&self, question->group, answers);
  }
}
