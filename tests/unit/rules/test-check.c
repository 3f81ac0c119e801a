/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-testing.h"

static const char words_json[] =
  "{'facts': {'age': {'type': 'number'}, 'born': {'type': 'date'}, 'name': {'type': 'text'}, 'tax': {'type': 'yen'},"
  "'district': {'type': 'option', 'options': {'a': {}, 'b': {}}}, 'pets': {'type': 'list', 'options': {'dog': {}}},"
  "'working': {'type': 'boolean'}, 'moved': {'type': 'boolean'},"
  "'children': {'type': 'group', 'members': {'born': {'type': 'date'}, 'age': {'type': 'number'}}}}}";

static const struct {
  const char *rule, *code, *pointer;
} findings[] = {
  { "{'>': [{'var': 'born'}, 5]}", "type", "/>" },
  { "{'===': [{'var': 'name'}, {'var': 'age'}]}", "type", "/===" },
  { "{'<': [{'var': 'working'}, true]}", "type", "/<" },
  { "{'<': [{'var': 'born'}, 'yesterday']}", "type", "/<" },
  { "{'+': [{'var': 'born'}, 5]}", "type", "/+/0/var" },
  { "{'>': [{'age': {'var': 'age'}}, 5]}", "type", "/>/0/age/var" },
  { "{'some': [{'var': 'age'}, true]}", "type", "/some/0/var" },
  { "{'some': [{'var': 'children'}, {'>': [{'var': 'born'}, 5]}]}", "type", "/some/1/>" },
  { "{'===': [{'var': 'district'}, 'c']}", "option", "/===/1" },
  { "{'in': [{'var': 'district'}, ['a', 'z']]}", "option", "/in/1" },
  { "{'in': ['cat', {'var': 'pets'}]}", "option", "/in/0" },
  { "{'==': [{'var': 'working'}, false]}", "ambiguous", "/==" },
  { "{'and': [{'>': [{'var': 'age'}, 3]}, {'!=': [0, {'var': 'tax'}]}]}", "ambiguous", "/and/1/!=" },
  { "{'and': [{'>=': [{'var': 'age'}, 65]}, {'<': [{'var': 'age'}, 20]}]}", "never", "/and" },
  { "{'or': [{'>=': [{'var': 'age'}, 20]}, {'<': [{'var': 'age'}, 65]}]}", "always", "/or" },
  { "{'and': [{'var': 'working'}, {'===': [{'var': 'district'}, 'a']}, {'===': [{'var': 'district'}, 'b']}]}", "never",
    "/and" },
  { "{'and': [{'var': 'working'}, {'or': [{'var': 'moved'}, {'!': {'var': 'moved'}}]}]}", "always", "/and/1/or" },
  { "{'and': [{'var': 'working'}, true]}", "always", "/and/1" },
  { "{'and': [{'>=': [{'age': {'var': 'born'}}, 65]}, {'<': [{'age': {'var': 'born'}}, 65]}]}", "never", "/and" },
  { "{'and': [{'>': [{'var': 'born'}, '2020-04-01']}, {'<=': [{'var': 'born'}, '2020-04-01']}]}", "never", "/and" },
  { "{'and': [{'>': [{'school_year': {'var': 'born'}}, 6]}, {'<': [{'school_year': {'var': 'born'}}, 7]}]}", "never",
    "/and" },
  { "{'if': [{'or': [{'>': [{'var': 'age'}, 1]}, {'<=': [{'var': 'age'}, 1]}]}, 300, 0]}", "always", "/if/0/or" },
  { "{'<': [3, 2]}", "never", "/<" },
};

static const char *fine[] = {
  "true",
  "{'and': [{'>': [{'var': 'age'}, 0.1]}, {'<': [{'var': 'age'}, 0.2]}]}",
  "{'and': [{'>=': [{'var': 'age'}, 20]}, {'<': [{'var': 'age'}, 21]}]}",
  "{'and': [{'>=': [{'age': {'var': 'born'}}, 20]}, {'<': [{'age': {'var': 'born'}}, 21]}]}",
  "{'and': [{'>': [{'school_year': {'var': 'born'}}, 6]}, {'<': [{'school_year': {'var': 'born'}}, 8]}]}",
  "{'and': [{'<=': [{'legal_age': {'var': 'born'}}, 18]}, {'>': [{'age': {'var': 'born'}}, 17]}]}",
  "{'if': [{'var': 'working'}, true, false]}",
  "{'if': [{'>': [{'var': 'age'}, 65]}, 0, 300]}",
  "{'in': ['dog', {'var': 'pets'}]}",
  "{'===': [{'var': 'working'}, false]}",
  "{'some': [{'var': 'children'}, {'<': [{'var': 'age'}, 3]}]}",
  "{'<': [{'+': [{'var': 'tax'}, {'*': [{'var': 'age'}, 1000]}]}, 5000]}",
  "{'or': [{'missing': ['tax']}, {'<': [{'var': 'tax'}, 5000]}]}",
  "{'>': [{'today': []}, '2026-04-01']}",
  "{'<': [{'var': 'born'}, {'add_years': [{'today': []}, -20]}]}",
};

static void
test_findings (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);

  for (guint i = 0; i < G_N_ELEMENTS (findings); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoRule) rule = rule_in (words, findings[i].rule);
    g_test_message ("%s", findings[i].rule);
    g_assert_false (mado_rule_check (rule, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, findings[i].code);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, findings[i].pointer);
  }
}

static void
test_fine (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);

  for (guint i = 0; i < G_N_ELEMENTS (fine); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoRule) rule = rule_in (words, fine[i]);
    g_test_message ("%s", fine[i]);
    mado_rule_check (rule, &error);
    g_assert_no_error (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/check/findings", test_findings);
  g_test_add_func ("/rules/check/fine", test_fine);
  return g_test_run ();
}
