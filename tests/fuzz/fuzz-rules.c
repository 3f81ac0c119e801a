/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [rule, data]: whatever the rule, it is refused or runs within its bounds, and all ways to run it agree. */
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "rules/mado-rule.h"

#include "mado-fuzz.h"

#define TODAY "2026-11-20"

static MadoVocabulary *
closed_vocabulary (void)
{
  static const char facts[] =
    "{\"facts\": {\"age\": {\"type\": \"number\", \"label\": {\"ja\": \"年齢\"}}, \"born\": {\"type\": \"date\"},"
    "\"name\": {\"type\": \"text\"}, \"working\": {\"type\": \"boolean\"}, \"tax\": {\"type\": \"yen\"},"
    "\"district\": {\"type\": \"option\", \"options\": {\"a\": {\"ja\": \"鵠沼\"}, \"b\": {}}},"
    "\"children\": {\"type\": \"group\", \"members\": {\"age\": {\"type\": \"number\"},"
    "\"born\": {\"type\": \"date\"}}}}}";
  g_autoptr(JsonNode) node = json_from_string (facts, NULL);

  return mado_vocabulary_new_from_json (node, NULL);
}

static void
check_words (MadoRule *rule, MadoFacts *facts)
{
  static const char *languages[] = { "ja", "ja@easy", "en" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *description = mado_rule_describe (rule, languages[i]);
    g_autofree char *why = mado_rule_explain_text (rule, facts, languages[i]);
    g_assert_true (g_utf8_validate (description, -1, NULL));
    g_assert_true (g_utf8_validate (why, -1, NULL));
  }
}

static gboolean
is_true (const MadoRuleValue *value)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_BOOLEAN: return value->boolean;
  case MADO_RULE_NUMBER: return value->number != 0;
  case MADO_RULE_TEXT: case MADO_RULE_LIST: return value->n > 0;
  case MADO_RULE_DATE: case MADO_RULE_OBJECT: return TRUE;
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: default: return FALSE;
  }
}

/* Of three people, the second is the one of @data, as far as columns can hold that. */
static void
check_columns (MadoRule *rule, JsonNode *data, MadoVocabulary *vocabulary)
{
  g_autoptr(MadoColumns) columns = mado_columns_new (vocabulary);
  g_autoptr(MadoFacts) facts = mado_facts_new (vocabulary);
  g_autofree guint64 *selected = NULL;

  mado_columns_add_rows (columns, 3);
  if (JSON_NODE_HOLDS_OBJECT (data))
    mado_columns_set_row (columns, 1, json_node_get_object (data));
  selected = mado_rule_select (rule, columns, mado_date_parse (TODAY), NULL);
  mado_facts_set_today (facts, TODAY, NULL);
  for (guint row = 0; row < 3; row++) {
    mado_columns_fill (columns, row, facts);
    g_assert_cmpint (mado_rule_test (rule, facts), ==, (selected[0] >> row) & 1);
  }
}

static void
check_rule (JsonNode *json, JsonNode *data, MadoVocabulary *vocabulary)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoRule) rule = mado_rule_new (json, vocabulary, &error);
  g_auto(GStrv) needed = NULL;
  MadoRuleValue value;

  if (rule == NULL) {
    g_assert_cmpint (error->domain, ==, MADO_ERROR);
    g_assert_cmpuint (mado_error_get_n_violations (error), >, 0);
    return;
  }
  g_autoptr(MadoFacts) facts = mado_facts_new (vocabulary);
  mado_facts_set_today (facts, TODAY, NULL);
  mado_facts_set_data (facts, data);
  gboolean holds = mado_rule_test (rule, facts);
  if (mado_rule_evaluate (rule, facts, &value, &error)) {
    g_assert_cmpint (holds, ==, is_true (&value));
    g_autoptr(JsonNode) result = mado_rule_value_to_json (&value);
  } else
    g_assert_false (holds);
  mado_rule_decide (rule, facts, &needed);
  mado_rule_check (rule, NULL);
  check_columns (rule, data, vocabulary);
  check_words (rule, facts);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(JsonNode) node = mado_json_parse ((const char *) data, size, &MADO_JSON_LIMITS_BODY, NULL);
  JsonArray *pair = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return 0;
  g_autoptr(MadoVocabulary) open = mado_vocabulary_new (TRUE), closed = closed_vocabulary ();
  check_rule (json_array_get_element (pair, 0), json_array_get_element (pair, 1), open);
  check_rule (json_array_get_element (pair, 0), json_array_get_element (pair, 1), closed);

  return 0;
}
