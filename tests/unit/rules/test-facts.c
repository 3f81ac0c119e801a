/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-testing.h"

static MadoVocabulary *
words_new (void)
{
  return vocabulary ("{'facts': {'born': {'type': 'date'}, 'district': {'type': 'option', 'label': {'ja': '地区'},"
                     "'options': {'a': {'ja': '鵠沼', 'en': 'Kugenuma'}}}, 'income': {'type': 'yen'},"
                     "'children': {'type': 'group', 'members': {'born': {'type': 'date'},"
                     "                                          'school': {'type': 'text'}}}}}");
}

static guint
slot_of (MadoVocabulary *words, const char *name)
{
  guint slot;

  g_assert_true (mado_vocabulary_find (words, name, &slot));
  return slot;
}

static void
test_vocabulary (void)
{
  g_autoptr(MadoVocabulary) words = words_new ();
  guint district = slot_of (words, "district");

  g_assert_cmpuint (mado_vocabulary_get_n_slots (words), ==, 4);
  g_assert_cmpint (mado_vocabulary_get_fact_type (words, district), ==, MADO_FACT_OPTION);
  g_assert_cmpstr (mado_vocabulary_get_label (words, district, "en"), ==, "地区");
  g_assert_cmpstr (mado_vocabulary_get_label (words, district, "ja@easy"), ==, "地区");
  g_assert_cmpstr (mado_vocabulary_get_label (words, slot_of (words, "income"), "en"), ==, "income");
  g_assert_false (mado_vocabulary_find (words, "children.born", NULL));
}

static void
test_bad_vocabulary (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json ("{'facts': {'a': {'type': 'group', 'members': {'b': {'type': 'colour'}}}}}");

  g_assert_null (mado_vocabulary_new_from_json (node, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/facts/a/members/b/type");
}

/* What a form does after each key. */
static void
test_one_by_one (void)
{
  g_autoptr(MadoVocabulary) words = words_new ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'===': [{'var': 'district'}, 'a']}, {'<': [{'var': 'income'}, "
                                      "100]}, {'>=': [{'age': {'var': 'born'}}, 20]}]}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{}");
  g_autoptr(JsonNode) born = json ("'2000-01-01'");

  g_assert_false (mado_rule_test (rule, facts));
  mado_facts_set_text (facts, slot_of (words, "district"), "a");
  mado_facts_set_number (facts, slot_of (words, "income"), 99);
  mado_facts_set_json (facts, slot_of (words, "born"), born);
  g_assert_cmpint (mado_facts_get (facts, slot_of (words, "born"))->type, ==, MADO_RULE_DATE);
  g_assert_true (mado_rule_test (rule, facts));
  mado_facts_set_text (facts, slot_of (words, "district"), "b");
  g_assert_false (mado_rule_test (rule, facts));
  mado_facts_set_text (facts, slot_of (words, "district"), "a");
  g_assert_true (mado_rule_test (rule, facts));
  mado_facts_set_day (facts, slot_of (words, "born"), 20000);
  g_assert_false (mado_rule_test (rule, facts));
  mado_facts_set_unknown (facts, slot_of (words, "born"));
  g_assert_cmpint (mado_rule_decide (rule, facts, NULL), ==, MADO_VERDICT_UNKNOWN);
  mado_facts_clear (facts);
  g_assert_cmpint (mado_facts_get (facts, slot_of (words, "district"))->type, ==, MADO_RULE_UNKNOWN);
}

/* A rule that comes after the facts, with texts and facts they have not met. */
static void
test_late_rule (void)
{
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(MadoRule) first = rule_in (words, "{'===': [{'var': 'x'}, 'a']}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{'x': 'b', 'y': 'c'}");
  g_autoptr(MadoRule) second = rule_in (words, "{'in': [{'var': 'x'}, ['b', 'c']]}");
  g_autoptr(MadoRule) third = rule_in (words, "{'===': [{'var': 'z'}, null]}");

  g_assert_false (mado_rule_test (first, facts));
  g_assert_true (mado_rule_test (second, facts));
  g_assert_true (mado_rule_test (third, facts));
}

static void
test_groups (void)
{
  g_autoptr(MadoVocabulary) words = words_new ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'some': [{'var': 'children'}, {'and': [{'>': [{'var': 'born'}, "
                                      "'2020-04-01']}, {'===': [{'var': 'school'}, 's1']}]}]}");
  g_autoptr(MadoFacts) yes = facts_in (words, "{'children': [{'school': 's1', 'born': '2010-04-01'}, "
                                       "{'extra': 1, 'school': 's1', 'born': '2020-04-02'}]}");
  g_autoptr(MadoFacts) no = facts_in (words, "{'children': [{'school': 's2', 'born': '2021-04-01'}, "
                                      "{'school': 's1'}]}");
  g_autoptr(MadoFacts) nobody = facts_in (words, "{'children': []}");

  g_assert_true (mado_rule_test (rule, yes));
  g_assert_false (mado_rule_test (rule, no));
  g_assert_false (mado_rule_test (rule, nobody));
}

/* Slots filled by a caller who keeps the values. */
static void
test_borrowed (void)
{
  g_autoptr(MadoVocabulary) words = words_new ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'===': [{'var': 'district'}, 'a']}, {'some': [{'var': "
                                      "'children'}, {'===': [{'var': 'school'}, 's1']}]}]}");
  g_autoptr(MadoFacts) facts = mado_facts_new (words);
  const MadoRuleMember child[] = { { "school", 6, { .type = MADO_RULE_TEXT, .n = 2, .text = "s1" } } };
  const MadoRuleValue children[] = { { .type = MADO_RULE_OBJECT, .n = 1, .members = child } };
  guint n;
  MadoRuleValue *slots = mado_facts_get_slots (facts, &n);

  g_assert_cmpuint (n, ==, 4);
  slots[slot_of (words, "district")] = (MadoRuleValue) { .type = MADO_RULE_TEXT, .n = 1, .text = "a" };
  slots[slot_of (words, "children")] = (MadoRuleValue) { .type = MADO_RULE_LIST, .n = 1, .items = children };
  g_assert_true (mado_rule_test (rule, facts));
  slots[slot_of (words, "district")].text = "b";
  g_assert_false (mado_rule_test (rule, facts));
}

static void
test_needed (void)
{
  g_autoptr(MadoVocabulary) words = words_new ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'<': [{'var': 'income'}, 100]}, {'if': [{'===': [{'var': "
                                      "'district'}, 'a']}, {'<': [{'var': 'born'}, '2000-01-01']}, false]}]}");
  static const struct {
    const char *data;
    MadoVerdict verdict;
    const char *needed;
  } cases[] = {
    { "{}", MADO_VERDICT_UNKNOWN, "income district" },
    { "{'income': 100}", MADO_VERDICT_NO, "" },
    { "{'income': 99}", MADO_VERDICT_UNKNOWN, "district" },
    { "{'income': 99, 'district': 'a'}", MADO_VERDICT_UNKNOWN, "born" },
    { "{'district': 'b'}", MADO_VERDICT_NO, "" },
    { "{'income': 99, 'district': 'a', 'born': '1999-12-31'}", MADO_VERDICT_YES, "" },
    { "{'income': 99, 'district': null}", MADO_VERDICT_NO, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(MadoFacts) facts = facts_in (words, cases[i].data);
    g_auto(GStrv) needed = NULL;
    g_test_message ("%s", cases[i].data);
    g_assert_cmpint (mado_rule_decide (rule, facts, &needed), ==, cases[i].verdict);
    g_autofree char *names = g_strjoinv (" ", needed);
    g_assert_cmpstr (names, ==, cases[i].needed);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/facts/vocabulary", test_vocabulary);
  g_test_add_func ("/rules/facts/bad-vocabulary", test_bad_vocabulary);
  g_test_add_func ("/rules/facts/one-by-one", test_one_by_one);
  g_test_add_func ("/rules/facts/late-rule", test_late_rule);
  g_test_add_func ("/rules/facts/groups", test_groups);
  g_test_add_func ("/rules/facts/borrowed", test_borrowed);
  g_test_add_func ("/rules/facts/needed", test_needed);
  return g_test_run ();
}
