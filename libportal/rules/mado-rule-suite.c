/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <string.h>

/* Suites as those of jsonlogic.com: [rule, data, result] or {"description", "rule", "data", "result" | "error"};
 * bare texts are comments, or names of other suites. */

typedef struct {
  const char *description;
  JsonNode   *rule, *data, *result, *error;
} Case;

static JsonNode *
element (JsonArray *array, guint i)
{
  return i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;
}

static gboolean
read_case (JsonNode *node, Case *test)
{
  *test = (Case) { .description = "" };
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    test->rule = element (array, 0);
    test->data = element (array, 1);
    test->result = element (array, 2);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    test->description = json_object_get_string_member_with_default (object, "description", "");
    test->rule = json_object_get_member (object, "rule");
    test->data = json_object_get_member (object, "data");
    test->result = json_object_get_member (object, "result");
    test->error = json_object_get_member (object, "error");
  }
  return test->rule != NULL && (test->result != NULL || test->error != NULL);
}

static const char *
error_type (const GError *error)
{
  const MadoViolation *violation = mado_error_get_n_violations (error) > 0 ? mado_error_get_violation (error, 0) : NULL;
  if (violation == NULL)
    return error->message;
  if (g_str_equal (violation->code, "thrown"))
    return violation->message;
  return g_str_equal (violation->code, "nan") ? "NaN"
         : g_str_equal (violation->code, "arguments") ? "Invalid Arguments" : violation->code;
}

static gboolean
error_fits (const GError *error, JsonNode *expected)
{
  const char *type = JSON_NODE_HOLDS_OBJECT (expected)
                     ? json_object_get_string_member_with_default (json_node_get_object (expected), "type", NULL)
                     : NULL;
  return type == NULL || g_str_equal (type, error_type (error));
}

static char *
to_text (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("an error");
}

static gboolean
same (const MadoRuleValue *value, JsonNode *expected)
{
  MadoRuleArena arena = { 0 };
  MadoRuleValue wanted;
  mado_rule_value_from_json (&arena, expected, &wanted);
  gboolean equal = mado_rule_value_equal (value, &wanted);
  mado_rule_arena_clear (&arena);
  return equal;
}

/* What it gave instead, or NULL when it is as expected. */
static char *
run_case (const Case *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoRule) rule = mado_rule_new (test->rule, vocabulary, &error);
  g_autoptr(MadoFacts) facts = mado_facts_new (vocabulary);
  MadoRuleValue value = mado_rule_null ();
  mado_facts_set_data (facts, test->data);
  if (rule != NULL) {
    gboolean holds = mado_rule_test (rule, facts);
    gboolean done = mado_rule_evaluate (rule, facts, &value, &error);
    if (holds != (done && mado_rule_value_is_true (&value)))
      return g_strdup ("another answer from the tests than from the tree");
  }
  if (error != NULL)
    return test->error != NULL && error_fits (error, test->error) ? NULL : g_strdup (error_type (error));
  if (test->result != NULL && same (&value, test->result))
    return NULL;
  g_autoptr(JsonNode) given = mado_rule_value_to_json (&value);
  return to_text (given);
}

gboolean
mado_rule_run_suite (const char *name, JsonNode *suite, guint *passed, guint *failed)
{
  if (!JSON_NODE_HOLDS_ARRAY (suite))
    return FALSE;
  JsonArray *cases = json_node_get_array (suite);
  for (guint i = 0; i < json_array_get_length (cases); i++) {
    Case test;
    if (!read_case (json_array_get_element (cases, i), &test))
      continue;
    g_autofree char *given = run_case (&test);
    if (given == NULL) {
      (*passed)++;
      continue;
    }
    g_autofree char *rule = to_text (test.rule), *wanted = to_text (test.result);
    g_print ("%s: %s: %s\n  expected %s, got %s\n", name, test.description, rule, wanted, given);
    (*failed)++;
  }
  return TRUE;
}
