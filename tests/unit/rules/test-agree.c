/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and people made up at random: the quick tests, the tree and the three-valued answer must agree. */
#include "random-rules.h"

#define N_RULES  1500
#define N_PEOPLE 20

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
  g_autoptr(MadoVocabulary) words = vocabulary (random_words);
  guint held = 0;

  for (guint i = 0; i < N_RULES; i++) {
    g_autoptr(GString) text = g_string_new (NULL);
    random_rule (rand, text, 4, FALSE);
    g_autoptr(MadoRule) rule = rule_in (words, text->str);
    for (guint k = 0; k < N_PEOPLE; k++) {
      g_autoptr(GString) person = g_string_new (NULL);
      random_person (rand, person, FALSE);
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
