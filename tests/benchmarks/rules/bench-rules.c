/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-rules RULES PEOPLE SECONDS: the rules of a city on one person after the other, on one core.
 * bench-rules RULES PEOPLE SECONDS TIMES: over columns of all these people, so many times.
 */
#include <time.h>

#include "core/mado-date.h"
#include "rules/mado-rule.h"

/* Of the processor: others may use the machine. */
static gint64
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

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

static MadoColumns *
fill_columns (JsonArray *people, guint times, MadoVocabulary *vocabulary)
{
  guint n = json_array_get_length (people);
  MadoColumns *columns = mado_columns_new (vocabulary);

  mado_columns_add_rows (columns, n * times);
  for (guint row = 0; row < n * times; row++)
    mado_columns_set_row (columns, row, json_array_get_object_element (people, row % n));

  return columns;
}

static guint
one_sweep (GPtrArray *rules, MadoColumns *columns)
{
  guint held = 0;

  for (guint j = 0; j < rules->len; j++) {
    guint n;
    g_autofree guint64 *selected = mado_rule_select (rules->pdata[j], columns, mado_date_today (), &n);

    held += n;
  }

  return held;
}

typedef guint (*Round) (GPtrArray *rules, gpointer people);

static void
measure (const char *name, Round round, GPtrArray *rules, gpointer people, guint n_people, gint64 wanted)
{
  guint held = round (rules, people), rounds = 0;
  gint64 elapsed = 0;

  for (gint64 start = now_us (); elapsed < wanted; elapsed = now_us () - start, rounds++)
    round (rules, people);
  g_print ("%s\t%.1f\tmillion rules/s\t%u held\n", name, (double) rounds * n_people * rules->len / elapsed, held);
}

int
main (int argc, char **argv)
{
  if (argc != 4 && argc != 5)
    g_error ("usage: bench-rules RULES PEOPLE SECONDS [TIMES]");
  g_autoptr(JsonNode) rules_json = load (argv[1]), people_json = load (argv[2]);
  JsonArray *people = json_node_get_array (people_json);
  gint64 wanted = (gint64) (g_ascii_strtod (argv[3], NULL) * G_USEC_PER_SEC);
  g_autoptr(MadoVocabulary) vocabulary = vocabulary_new ();
  g_autoptr(GPtrArray) rules = compile (json_node_get_array (rules_json), vocabulary);

  if (argc == 4) {
    g_autoptr(GPtrArray) bound = bind (people, vocabulary);

    measure ("Madoguchi", (Round) one_round, rules, bound, bound->len, wanted);
  } else {
    g_autoptr(MadoColumns) columns = fill_columns (people, (guint) atoi (argv[4]), vocabulary);

    measure ("Madoguchi over columns", (Round) one_sweep, rules, columns, mado_columns_get_n_rows (columns), wanted);
  }
  return 0;
}
