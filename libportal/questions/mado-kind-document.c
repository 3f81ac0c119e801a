/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"

/* Ids of what was attached. Whether they are there, and whose, only the service can tell. */

static gboolean
is_list_of_ids (JsonNode *value)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    const char *id = mado_reader_get_string (json_array_get_element (list, i));

    if (id == NULL || !mado_ulid_is_valid (id) || mado_kind_is_chosen_before (list, i, id))
      return FALSE;
  }

  return list != NULL;
}

MADO_KIND_CHECK (document)
{
  guint max = field->has_max ? (guint) field->max : MADO_KIND_MOST_DOCUMENTS;
  guint min = field->has_min ? (guint) field->min : 0;
  guint n;

  if (!is_list_of_ids (value))
    return mado_refuse (refusal, "type", g_strdup (_("Please attach a file")));
  n = json_array_get_length (json_node_get_array (value));
  if (n > max)
    return mado_refuse (refusal, "range", g_strdup_printf (_("Please attach at most %u"), max));
  if (n < min)
    return mado_refuse (refusal, "range", g_strdup_printf (_("Please attach at least %u"), min));

  return json_node_ref (value);
}

MADO_KIND_DISPLAY (document)
{
  guint n = json_array_get_length (json_node_get_array (value));

  if (n == 0)
    return NULL;
  if (!mado_language_is_japanese (language))
    return g_strdup_printf (n == 1 ? "%u attached" : "%u files attached", n);
  return g_strdup_printf (g_str_equal (language, "ja@easy") ? "%uまい 付けました" : "%u点を添付", n);
}

/* --- what a form's answers name ----------------------------------------------------------------------------------- */

static void
list_question (const MadoFormQuestion *question, JsonObject *answers, GPtrArray *ids)
{
  for (guint i = 0; i < question->n_fields; i++) {
    JsonNode *value = question->fields[i].kind->check == mado_kind_check_document
                        ? json_object_get_member (answers, question->fields[i].fact) : NULL;

    if (value == NULL || !is_list_of_ids (value))
      continue;
    for (guint k = 0; k < json_array_get_length (json_node_get_array (value)); k++)
      g_ptr_array_add (ids, g_strdup (json_array_get_string_element (json_node_get_array (value), k)));
  }
}

static void
list_rows (const MadoFormQuestion *question, JsonNode *rows, GPtrArray *ids)
{
  JsonArray *list = rows != NULL && JSON_NODE_HOLDS_ARRAY (rows) ? json_node_get_array (rows) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      list_question (question, json_array_get_object_element (list, i), ids);
}

void
mado_form_list_documents (const MadoForm *self, JsonNode *answers, GPtrArray *ids)
{
  JsonObject *all = json_node_get_object (answers);

  for (guint q = 0; q < self->n_questions; q++) {
    const MadoFormQuestion *question = &self->questions[q];

    if (question->group == NULL)
      list_question (question, all, ids);
    else
      list_rows (question, json_object_get_member (all, question->group->fact), ids);
  }
}
