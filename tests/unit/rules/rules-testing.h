/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/mado-rule.h"

#define TODAY "2026-11-20"

/* JSON with ' for ". */
static inline JsonNode *
json (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  JsonNode *node = json_from_string (quoted, &error);

  g_assert_no_error (error);
  return node;
}

static inline MadoVocabulary *
vocabulary (const char *facts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json (facts);
  MadoVocabulary *made = mado_vocabulary_new_from_json (node, &error);

  g_assert_no_error (error);
  return made;
}

static inline MadoRule *
rule_in (MadoVocabulary *words, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json (text);
  MadoRule *rule = mado_rule_new (node, words, &error);

  g_assert_no_error (error);
  return rule;
}

static inline MadoFacts *
facts_in (MadoVocabulary *words, const char *data)
{
  g_autoptr(JsonNode) node = json (data);
  MadoFacts *facts = mado_facts_new (words);

  g_assert_true (mado_facts_set_today (facts, TODAY, NULL));
  mado_facts_set_data (facts, node);
  return facts;
}

/* The result as JSON, or "error CODE at POINTER". */
static inline char *
result_of (const char *text, const char *data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(JsonNode) node = json (text);
  g_autoptr(MadoRule) rule = mado_rule_new (node, words, &error);
  g_autoptr(MadoFacts) facts = facts_in (words, data);
  MadoRuleValue value;

  if (rule != NULL && mado_rule_evaluate (rule, facts, &value, &error)) {
    g_autoptr(JsonNode) result = mado_rule_value_to_json (&value);
    g_autofree char *shown = json_to_string (result, FALSE);
    return g_strdelimit (g_steal_pointer (&shown), "\"", '\'');
  }
  const MadoViolation *violation = mado_error_get_violation (error, 0);
  return g_strdup_printf ("error %s at %s", violation->code, violation->pointer);
}
