/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-settle.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "questions/mado-answers.h"

gboolean
mado_answers_check (MadoForm *const *forms, guint n_forms, JsonNode *answers, const MadoAnswerContext *context,
                    JsonNode **clean, GError **error)
{
  MadoSettled settled;
  gboolean is_fine;

  *clean = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (answers)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "type", _("The answers are an object"));
    return FALSE;
  }
  mado_settled_init (&settled, forms, n_forms, json_node_get_object (answers), context, FALSE);
  is_fine = mado_settled_report (&settled, error);
  if (is_fine)
    *clean = mado_settled_get_clean (&settled, answers);
  mado_settled_clear (&settled);

  return is_fine;
}

JsonNode *
mado_answers_get_sources (JsonNode *answers, JsonNode *known)
{
  g_autoptr(JsonObject) sources = json_object_new ();
  JsonObject *given = json_node_get_object (answers);
  JsonObjectIter iter;
  const char *fact;
  JsonNode *node;

  if (known != NULL && JSON_NODE_HOLDS_OBJECT (known)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (known));
    while (json_object_iter_next_ordered (&iter, &fact, &node)) {
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *value = entry != NULL ? json_object_get_member (entry, "value") : NULL;
      JsonNode *answer = json_object_get_member (given, fact);

      if (value != NULL && answer != NULL && json_node_equal (value, answer))
        json_object_set_string_member (sources, fact,
                                       json_object_get_string_member_with_default (entry, "source", "register"));
    }
  }

  return json_node_init_object (json_node_alloc (), sources);
}

static JsonNode *
get_member (JsonNode *object, const char *name)
{
  return object != NULL && JSON_NODE_HOLDS_OBJECT (object)
           ? json_object_get_member (json_node_get_object (object), name) : NULL;
}

MadoFacts *
mado_answers_get_facts (MadoRule *rule, MadoVocabulary *vocabulary, JsonNode *answers,
                        const MadoAnswerContext *context)
{
  MadoFacts *facts = mado_facts_new (vocabulary);
  const char *const *names = mado_rule_get_facts (rule);
  char today[11];
  guint slot;

  mado_date_fill (context->today, today);
  mado_facts_set_today (facts, today, NULL);
  for (guint i = 0; names[i] != NULL; i++) {
    JsonNode *value = get_member (context->facts, names[i]);

    if (value == NULL)
      value = get_member (answers, names[i]);
    if (value != NULL && mado_vocabulary_find (vocabulary, names[i], &slot))
      mado_facts_set_json (facts, slot, value);
  }

  return facts;
}
