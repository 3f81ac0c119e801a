/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule over columns says of each row what it says of that person alone. */
#include "core/mado-date.h"
#include "random-rules.h"

#define N_RULES  1500
#define N_PEOPLE 2500     /* more than are looked at together */

/* Of the last @n elements. */
static void
forget_some (GRand *rand, MadoColumns *elements, guint n)
{
  static const char *const members[] = { "n", "t", "b", "d" };
  guint n_rows = mado_columns_get_n_rows (elements), slot;

  for (guint i = 0; i < n; i++)
    for (guint m = 0; m < G_N_ELEMENTS (members); m++)
      if (g_rand_int_range (rand, 0, 6) == 0 && mado_columns_find (elements, members[m], &slot))
        mado_columns_set_unknown (elements, n_rows - 1 - i, slot);
}

/* Some of it is not known. */
static void
set_row (GRand *rand, MadoColumns *columns, guint row, JsonObject *values)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint slot;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_assert_true (mado_columns_find (columns, name, &slot));
    if (g_rand_int_range (rand, 0, 6) == 0)
      continue;
    mado_columns_set_json (columns, row, slot, value);
    if (JSON_NODE_HOLDS_ARRAY (value) && mado_columns_get_group (columns, slot) != NULL)
      forget_some (rand, mado_columns_get_group (columns, slot), json_array_get_length (json_node_get_array (value)));
  }
}

static MadoColumns *
random_people (GRand *rand, MadoVocabulary *words)
{
  MadoColumns *columns = mado_columns_new (words);

  for (guint i = 0; i < N_PEOPLE; i++) {
    g_autoptr(GString) text = g_string_new (NULL);
    g_autoptr(JsonNode) person = NULL;

    random_person (rand, text, FALSE);
    person = json (text->str);
    set_row (rand, columns, mado_columns_add_rows (columns, 1), json_node_get_object (person));
  }

  return columns;
}

static gboolean
is_selected (const guint64 *selected, guint row)
{
  return (selected[row / 64] >> (row % 64)) & 1;
}

/* Gives how many it holds for. */
static guint
compare (MadoRule *rule, MadoColumns *columns, GPtrArray *people, const char *text)
{
  guint n_selected, n = 0;
  g_autofree guint64 *selected = mado_rule_select (rule, columns, mado_date_parse (TODAY), &n_selected);

  for (guint row = 0; row < people->len; row++) {
    gboolean holds = mado_rule_test (rule, g_ptr_array_index (people, row));

    if (holds != is_selected (selected, row))
      g_error ("row %u: alone %d, in the column %d: %s", row, holds, is_selected (selected, row), text);
    n += holds;
  }
  g_assert_cmpuint (n_selected, ==, n);

  return n;
}

static GPtrArray *
list_people (MadoColumns *columns, MadoVocabulary *words)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_facts_unref);

  for (guint row = 0; row < mado_columns_get_n_rows (columns); row++) {
    MadoFacts *facts = mado_facts_new (words);

    mado_facts_set_today (facts, TODAY, NULL);
    mado_columns_fill (columns, row, facts);
    g_ptr_array_add (people, facts);
  }

  return people;
}

static void
test_agree (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (142051);
  g_autoptr(MadoVocabulary) words = vocabulary (random_words);
  g_autoptr(MadoColumns) columns = random_people (rand, words);
  g_autoptr(GPtrArray) people = list_people (columns, words);
  guint64 held = 0;

  for (guint i = 0; i < N_RULES; i++) {
    g_autoptr(GString) text = g_string_new (NULL);
    g_autoptr(MadoRule) rule = NULL;

    random_rule (rand, text, 4, FALSE);
    rule = rule_in (words, text->str);
    held += compare (rule, columns, people, text->str);
  }
  g_test_message ("%" G_GUINT64_FORMAT " of %u held", held, N_RULES * N_PEOPLE);
  g_assert_cmpuint (held, >, (guint64) N_RULES * N_PEOPLE / 5);
  g_assert_cmpuint (held, <, (guint64) N_RULES * N_PEOPLE * 4 / 5);
}

/* What a rule says of births around each birthday that counts, on ordinary and on leap days. */
static void
test_days (void)
{
  static const char *const todays[] = { "2026-11-21", "2028-02-28", "2028-02-29", "2027-03-01", "2026-04-01" };
  static const char *const rules[] = {
    "{'<=': [{'school_year': {'var': 'd'}}, 0]}", "{'===': [{'age': {'var': 'd'}}, 18]}",
    "{'<=': [6, {'legal_age': {'var': 'd'}}, 14]}", "{'!=': [{'fiscal_year': {'var': 'd'}}, 2020]}",
    "{'>': [{'months_between': [{'var': 'd'}, {'today': []}]}, 11.5]}", "{'<': [{'year': {'var': 'd'}}, 2000]}",
    "{'<': [{'var': 'd'}, '2008-04-02']}", "{'>=': [{'var': 'd'}, {'add_years': [{'today': []}, -3]}]}",
  };
  g_autoptr(MadoVocabulary) words = vocabulary (random_words);
  g_autoptr(MadoColumns) columns = mado_columns_new (words);
  guint slot, n_days = 150 * 366;

  g_assert_true (mado_vocabulary_find (words, "d", &slot));
  mado_columns_add_rows (columns, n_days);
  for (guint row = 1; row < n_days; row++)
    mado_columns_set_day (columns, row, slot, mado_date_from_ymd (1900, 1, 1) + (int) row);
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    for (guint t = 0; t < G_N_ELEMENTS (todays); t++) {
      g_autoptr(MadoRule) rule = rule_in (words, rules[r]);
      g_autoptr(MadoFacts) facts = mado_facts_new (words);
      g_autofree guint64 *selected = mado_rule_select (rule, columns, mado_date_parse (todays[t]), NULL);

      mado_facts_set_today (facts, todays[t], NULL);
      for (guint row = 0; row < n_days; row++) {
        mado_columns_fill (columns, row, facts);
        if (mado_rule_test (rule, facts) != is_selected (selected, row))
          g_error ("day %u of 1900 on %s: %s", row, todays[t], rules[r]);
      }
    }
}

/* What a column cannot hold is unknown, and said to be. */
static void
test_bounds (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (random_words);
  g_autoptr(MadoColumns) columns = mado_columns_new (words);
  g_autoptr(MadoFacts) facts = mado_facts_new (words);
  guint n, t, any, list;

  g_assert_true (mado_vocabulary_find (words, "n", &n) && mado_vocabulary_find (words, "t", &t)
                 && mado_vocabulary_find (words, "any", &any) && mado_vocabulary_find (words, "list", &list));
  mado_columns_add_rows (columns, 2);
  g_assert_true (mado_columns_set_number (columns, 1, n, 5));
  g_assert_false (mado_columns_set_number (columns, 1, n, 0.5));
  g_assert_false (mado_columns_set_number (columns, 0, n, 3e9));
  g_assert_false (mado_columns_set_day (columns, 0, n, 20000));
  g_assert_false (mado_columns_set_text (columns, 0, n, "5"));
  g_assert_false (mado_columns_set_number (columns, 0, any, 5));
  g_assert_false (mado_columns_set_number (columns, 0, 1000, 5));
  g_assert_false (mado_columns_set_group (columns, 0, list, 1001, NULL));
  g_assert_true (mado_columns_set_group (columns, 0, list, 1000, NULL));
  for (guint i = 0; i < 65000; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    g_assert_true (mado_columns_set_text (columns, 0, t, text));
  }
  g_assert_false (mado_columns_set_text (columns, 0, t, "one more"));
  g_assert_true (mado_columns_set_text (columns, 0, t, "7"));
  for (guint row = 0; row < 2; row++) {
    mado_columns_fill (columns, row, facts);
    g_assert_cmpint (mado_facts_get (facts, n)->type, ==, MADO_RULE_UNKNOWN);
    g_assert_cmpint (mado_facts_get (facts, list)->n, ==, row == 0 ? 1000 : 0);
    g_assert_cmpint (mado_facts_get (facts, t)->type, ==, row == 0 ? MADO_RULE_TEXT : MADO_RULE_UNKNOWN);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/columns/agree", test_agree);
  g_test_add_func ("/rules/columns/days", test_days);
  g_test_add_func ("/rules/columns/bounds", test_bounds);
  return g_test_run ();
}
