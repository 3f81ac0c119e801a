/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and people made up at random: the quick tests, the tree and the three-valued answer must agree. */
#include "rules-testing.h"

#define N_RULES  1500
#define N_PEOPLE 20

static const char words_json[] =
  "{'facts': {'n': {'type': 'number'}, 'm': {'type': 'number'}, 'd': {'type': 'date'}, 't': {'type': 'text'},"
  "'b': {'type': 'boolean'}, 'any': {'type': 'any'},"
  "'list': {'type': 'group', 'members': {'n': {'type': 'number'}, 't': {'type': 'text'}, 'b': {'type': 'boolean'},"
  "'d': {'type': 'date'}}}}}";

static const char *
pick (GRand *rand, const char * const *choices, guint n)
{
  return choices[g_rand_int_range (rand, 0, (gint) n)];
}
#define PICK(rand, ...) pick (rand, (const char *[]) { __VA_ARGS__ }, \
                              sizeof ((const char *[]) { __VA_ARGS__ }) / sizeof (char *))

static void
append_leaf (GRand *rand, GString *out, gboolean inside)
{
  const char *number = inside ? "n" : PICK (rand, "n", "m", "any");
  const char *sign = PICK (rand, "<", "<=", ">", ">=", "===", "!==", "==", "!=");
  gint k = g_rand_int_range (rand, -2, 4);

  switch (g_rand_int_range (rand, 0, inside ? 7 : 10)) {
  case 0: g_string_append_printf (out, "{'%s': [{'var': '%s'}, %d]}", sign, number, k); break;
  case 1: g_string_append_printf (out, "{'%s': [%d.5, {'var': '%s'}]}", sign, k, number); break;
  case 2: g_string_append (out, "{'var': 'b'}"); break;
  case 3: g_string_append_printf (out, "{'===': [{'var': 't'}, '%s']}", PICK (rand, "x", "y", "z")); break;
  case 4: g_string_append_printf (out, "{'in': [{'var': 't'}, ['%s', '%s']]}", PICK (rand, "x", "y"),
                                  PICK (rand, "", "z")); break;
  case 5: g_string_append_printf (out, "{'%s': [{'var': 'd'}, '2020-01-0%d']}", sign, k + 3); break;
  case 6: g_string_append_printf (out, "{'%s': [{'age': {'var': 'd'}}, %d]}", sign, k + 6); break;
  case 7: g_string_append_printf (out, "{'<': [{'+': [{'var': 'n'}, {'var': '%s'}]}, %d]}", number, k); break;
  case 8: g_string_append_printf (out, "{'<=': [%d, {'var': 'n'}, %d]}", k, k + 1); break;
  default: g_string_append_printf (out, "{'!=': [{'var': 'any'}, {'var': '%s'}]}", number); break;
  }
}

static void
append_rule (GRand *rand, GString *out, guint depth, gboolean inside)
{
  gint what = depth == 0 ? 9 : g_rand_int_range (rand, 0, 10);
  guint n = (guint) g_rand_int_range (rand, 1, 4);

  if (what < 4) {
    g_string_append_printf (out, "{'%s': [", what % 2 == 0 ? "and" : "or");
    for (guint i = 0; i < n; i++) {
      g_string_append (out, i > 0 ? "," : "");
      append_rule (rand, out, depth - 1, inside);
    }
    g_string_append (out, "]}");
  } else if (what == 4) {
    g_string_append (out, "{'!': [");
    append_rule (rand, out, depth - 1, inside);
    g_string_append (out, "]}");
  } else if (what == 5 && !inside) {
    g_string_append_printf (out, "{'%s': [{'var': 'list'}, ", PICK (rand, "some", "all", "none"));
    append_rule (rand, out, depth - 1, TRUE);
    g_string_append (out, "]}");
  } else if (what == 6) {
    g_string_append (out, "{'if': [");
    for (guint i = 0; i < 3; i++) {
      g_string_append (out, i > 0 ? "," : "");
      append_rule (rand, out, depth - 1, inside);
    }
    g_string_append (out, "]}");
  } else
    append_leaf (rand, out, inside);
}

static void
append_person (GRand *rand, GString *out, gboolean inside)
{
  g_string_append_printf (out, "{'n': %d, 'b': %s, 't': '%s', 'd': '%s'", g_rand_int_range (rand, -2, 5),
                          PICK (rand, "true", "false"), PICK (rand, "x", "y", "z", "w", ""),
                          PICK (rand, "2020-01-01", "2020-01-03", "2021-11-20", "2021-11-21", "2028-01-01"));
  if (!inside) {
    g_string_append_printf (out, ", 'm': %s, 'any': %s", PICK (rand, "0", "1.5", "null", "'1'", "-1"),
                            PICK (rand, "null", "3", "'x'", "[]", "true", "'2020-01-01'"));
    g_string_append (out, ", 'list': [");
    for (gint i = g_rand_int_range (rand, 0, 4); i > 0; i--) {
      append_person (rand, out, TRUE);
      g_string_append (out, i > 1 ? "," : "");
    }
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, '}');
}

static void
compare (MadoRule *rule, MadoFacts *facts, const char *text)
{
  MadoRuleValue value;
  gboolean holds = mado_rule_test (rule, facts);
  gboolean done = mado_rule_evaluate (rule, facts, &value, NULL);
  gboolean truth = done && (value.type == MADO_RULE_BOOLEAN ? value.boolean
                            : value.type == MADO_RULE_NUMBER ? value.number != 0
                            : value.type > MADO_RULE_NULL && (value.type == MADO_RULE_DATE || value.n > 0));

  if (holds != truth)
    g_error ("test says %d, the tree %d: %s", holds, truth, text);
  if (!done)
    return;
  MadoVerdict verdict = mado_rule_decide (rule, facts, NULL);
  if (verdict != (holds ? MADO_VERDICT_YES : MADO_VERDICT_NO))
    g_error ("decided %d, but it is %d: %s", verdict, holds, text);
}

static void
forget_some (GRand *rand, MadoFacts *facts, guint n_slots)
{
  for (guint slot = 0; slot < n_slots; slot++)
    if (g_rand_boolean (rand))
      mado_facts_set_unknown (facts, slot);
}

/* What was decided with some facts unknown stands when they are known. */
static void
compare_partly (GRand *rand, MadoRule *rule, MadoFacts *facts, JsonNode *person, const char *text)
{
  guint n_slots;

  mado_facts_get_slots (facts, &n_slots);
  mado_facts_set_data (facts, person);
  MadoVerdict whole = mado_rule_decide (rule, facts, NULL);
  forget_some (rand, facts, n_slots);
  MadoVerdict partly = mado_rule_decide (rule, facts, NULL);
  if (partly != MADO_VERDICT_UNKNOWN && partly != whole)
    g_error ("decided %d too early, it is %d: %s", partly, whole, text);
}

static void
test_agree (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (142051);
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);
  guint held = 0;

  for (guint i = 0; i < N_RULES; i++) {
    g_autoptr(GString) text = g_string_new (NULL);
    append_rule (rand, text, 4, FALSE);
    g_autoptr(MadoRule) rule = rule_in (words, text->str);
    for (guint k = 0; k < N_PEOPLE; k++) {
      g_autoptr(GString) person = g_string_new (NULL);
      append_person (rand, person, FALSE);
      g_autoptr(MadoFacts) facts = facts_in (words, person->str);
      g_autoptr(JsonNode) node = json (person->str);
      compare (rule, facts, text->str);
      held += mado_rule_test (rule, facts);
      compare_partly (rand, rule, facts, node, text->str);
    }
  }
  g_test_message ("%u of %u held", held, N_RULES * N_PEOPLE);
  g_assert_cmpuint (held, >, N_RULES * N_PEOPLE / 5);
  g_assert_cmpuint (held, <, N_RULES * N_PEOPLE * 4 / 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/agree", test_agree);
  return g_test_run ();
}
