/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-rules RULES PEOPLE SECONDS: the rules of a city on one person after the other, on one core. */
#include "rules/mado-rule.h"

static JsonNode *
load (const char *file)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) error = NULL;
  if (!json_parser_load_from_file (parser, file, &error))
    g_error ("%s: %s", file, error->message);
  return json_parser_steal_root (parser);
}

static MadoVocabulary *
vocabulary_new (void)
{
  MadoVocabulary *vocabulary = mado_vocabulary_new (FALSE);
  const char *numbers[] = { "age", "childCount", "income", "householdSize", "due", "benefits" };
  const char *booleans[] = { "disability", "working", "moved", "farmer", "owner" };
  const char *texts[] = { "district", "insurance", "nationality", "marital" };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    mado_vocabulary_add (vocabulary, NULL, numbers[i], MADO_FACT_NUMBER, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (booleans); i++)
    mado_vocabulary_add (vocabulary, NULL, booleans[i], MADO_FACT_BOOLEAN, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mado_vocabulary_add (vocabulary, NULL, texts[i], MADO_FACT_TEXT, NULL);
  mado_vocabulary_add (vocabulary, NULL, "children", MADO_FACT_GROUP, NULL);
  mado_vocabulary_add (vocabulary, "children", "age", MADO_FACT_NUMBER, NULL);
  return vocabulary;
}

static GPtrArray *
compile (JsonArray *rules, MadoVocabulary *vocabulary)
{
  GPtrArray *compiled = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_rule_unref);
  for (guint i = 0; i < json_array_get_length (rules); i++) {
    g_autoptr(GError) error = NULL;
    JsonNode *node = json_object_get_member (json_array_get_object_element (rules, i), "rule");
    MadoRule *rule = mado_rule_new (node, vocabulary, &error);
    if (rule == NULL)
      g_error ("rule %u: %s", i, error->message);
    g_ptr_array_add (compiled, rule);
  }
  return compiled;
}

static GPtrArray *
bind (JsonArray *people, MadoVocabulary *vocabulary)
{
  GPtrArray *bound = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_facts_unref);
  for (guint i = 0; i < json_array_get_length (people); i++) {
    MadoFacts *facts = mado_facts_new (vocabulary);
    mado_facts_set_data (facts, json_array_get_element (people, i));
    g_ptr_array_add (bound, facts);
  }
  return bound;
}

static guint
one_round (GPtrArray *rules, GPtrArray *people)
{
  guint held = 0;
  for (guint i = 0; i < people->len; i++)
    for (guint j = 0; j < rules->len; j++)
      held += mado_rule_test (rules->pdata[j], people->pdata[i]);
  return held;
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("usage: bench-rules RULES PEOPLE SECONDS");
  g_autoptr(JsonNode) rules_json = load (argv[1]), people_json = load (argv[2]);
  gint64 wanted = (gint64) (g_ascii_strtod (argv[3], NULL) * G_USEC_PER_SEC), elapsed = 0;
  g_autoptr(MadoVocabulary) vocabulary = vocabulary_new ();
  g_autoptr(GPtrArray) rules = compile (json_node_get_array (rules_json), vocabulary);
  g_autoptr(GPtrArray) people = bind (json_node_get_array (people_json), vocabulary);

  guint held = one_round (rules, people), rounds = 0;
  for (gint64 start = g_get_monotonic_time (); elapsed < wanted; elapsed = g_get_monotonic_time () - start, rounds++)
    one_round (rules, people);
  double rate = (double) rounds * people->len * rules->len / elapsed;
  g_print ("Madoguchi\t%.1f\tmillion rules/s\t%u held\n", rate, held);
  return 0;
}
