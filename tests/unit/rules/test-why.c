/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-testing.h"

static const char words_json[] =
  "{'facts': {'born': {'type': 'date', 'label': {'ja': '生年月日', 'en': 'date of birth'}},"
  "'district': {'type': 'option', 'label': {'ja': '地区', 'en': 'district'}, 'options': {"
  "  'kugenuma': {'ja': '鵠沼', 'en': 'Kugenuma'}, 'tsujido': {'ja': '辻堂', 'en': 'Tsujido'}}},"
  "'income': {'type': 'yen', 'label': {'ja': '所得', 'en': 'income'}},"
  "'working': {'type': 'boolean', 'label': {'ja': '働いている', 'en': 'in work'}},"
  "'children': {'type': 'group', 'label': {'ja': 'お子さん', 'en': 'children'}, 'members': {"
  "  'born': {'type': 'date', 'label': {'ja': '生年月日', 'en': 'date of birth'}}}}}}";

static const struct {
  const char *rule, *ja, *en;
} descriptions[] = {
  { "{'>=': [{'age': {'var': 'born'}}, 65]}", "年齢（生年月日から）が65以上", "age (from date of birth) is 65 or more" },
  { "{'<': [3000000, {'var': 'income'}]}", "所得が3,000,000円を超える", "income is more than 3,000,000 yen" },
  { "{'!': {'<': [{'var': 'born'}, '2019-05-01']}}", "生年月日が令和元年5月1日以後",
    "date of birth is on or after May 1, 2019" },
  { "{'!': {'or': [{'var': 'working'}, {'in': [{'var': 'district'}, ['kugenuma', 'tsujido']]}]}}",
    "「働いている」にあてはまらない、かつ地区が「鵠沼」、「辻堂」のどれでもない",
    "in work: no, and district is none of “Kugenuma”, “Tsujido”" },
  { "{'some': [{'var': 'children'}, {'<=': [{'school_year': {'var': 'born'}}, 12]}]}",
    "お子さんのなかに「学年（生年月日から）が12以下」にあたるものがある",
    "for at least one of children: school year (from date of birth) is 12 or less" },
  { "{'missing': ['income', 'district']}", "「income」、「district」が分かっていない", "“income”, “district” is not known" },
  { "{'===': [{'+': [{'var': 'income'}, 5]}, {'length': {'var': 'children'}}]}", "所得 + 5円がお子さんの数",
    "income + 5 yen is number of children" },
};

static void
test_describe (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++) {
    g_autoptr(MadoRule) rule = rule_in (words, descriptions[i].rule);
    g_autofree char *ja = mado_rule_describe (rule, "ja"), *en = mado_rule_describe (rule, "en");
    g_assert_cmpstr (ja, ==, descriptions[i].ja);
    g_assert_cmpstr (en, ==, descriptions[i].en);
  }
}

static const char mixed[] =
  "{'and': [{'>=': [{'age': {'var': 'born'}}, 65]}, {'or': [{'===': [{'var': 'district'}, 'tsujido']}, "
  "{'!': {'var': 'working'}}]}, {'<': [{'var': 'income'}, 1000000]}]}";

static void
test_text (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);
  g_autoptr(MadoRule) rule = rule_in (words, mixed);
  g_autoptr(MadoFacts) facts = facts_in (words, "{'born': '1955-05-01', 'district': 'kugenuma', 'income': 1200000}");
  g_autofree char *ja = mado_rule_explain_text (rule, facts, "ja");
  g_autofree char *en = mado_rule_explain_text (rule, facts, "en");

  g_assert_cmpstr (ja, ==,
                   "× 次のすべてにあてはまる\n"
                   "  ○ 年齢（生年月日から）が65以上（年齢（生年月日から）：71）\n"
                   "  ？ 次のどれかにあてはまる\n"
                   "    × 地区が「辻堂」（地区：「鵠沼」）\n"
                   "    ？ 「働いている」にあてはまらない（働いている：未回答）\n"
                   "  × 所得が1,000,000円未満（所得：1,200,000円）\n");
  g_assert_cmpstr (en, ==,
                   "× All of these\n"
                   "  ○ age (from date of birth) is 65 or more (age (from date of birth): 71)\n"
                   "  ？ Any of these\n"
                   "    × district is “Tsujido” (district: “Kugenuma”)\n"
                   "    ？ in work: no (in work: not answered)\n"
                   "  × income is less than 1,000,000 yen (income: 1,200,000 yen)\n");
}

/* People are counted as people, things as things. */
static void
test_counted (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (
    "{'facts': {'family': {'type': 'group', 'label': {'ja': '家族', 'en': 'family'}, 'members': {"
    "  'dateOfBirth': {'type': 'date', 'label': {'ja': '生年月日', 'en': 'date of birth'}}}},"
    "'dogs': {'type': 'group', 'label': {'ja': '犬', 'en': 'dogs'}, 'members': {"
    "  'name': {'type': 'text', 'label': {'ja': '名前', 'en': 'name'}}}}}}");
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'!!': {'var': 'family'}}, {'!!': {'var': 'dogs'}}]}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{'family': [{'dateOfBirth': '2020-04-01'}, {'dateOfBirth':"
                                                " '2022-04-01'}], 'dogs': [{'name': 'ポチ'}]}");
  g_autofree char *ja = mado_rule_explain_text (rule, facts, "ja");

  g_test_message ("%s", ja);
  g_assert_nonnull (strstr (ja, "家族：2人"));
  g_assert_nonnull (strstr (ja, "犬：1件"));
}

static void
test_tree (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);
  g_autoptr(MadoRule) rule = rule_in (words, "{'!': {'and': [{'var': 'working'}, {'<': [{'var': 'income'}, 5]}]}}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{'working': true}");
  g_autoptr(JsonNode) tree = mado_rule_explain (rule, facts, "en");
  g_autofree char *text = json_to_string (tree, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"holds\":null,\"text\":\"Any of these\",\"parts\":["
                   "{\"holds\":false,\"text\":\"in work: no (in work: yes)\",\"seen\":\"in work: yes\"},"
                   "{\"holds\":null,\"text\":\"income is 5 yen or more (income: not answered)\","
                   "\"seen\":\"income: not answered\"}]}");
}

/* No language leaves a gap. */
static void
test_languages (void)
{
  static const char *languages[] = { "ja", "ja@easy", "en", "zh", "pt" };
  g_autoptr(MadoVocabulary) words = vocabulary (words_json);
  g_autoptr(MadoRule) rule = rule_in (words, mixed);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *text = mado_rule_describe (rule, languages[i]);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_nonnull (strstr (text, "65"));
    g_assert_null (strchr (text, '$'));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/why/describe", test_describe);
  g_test_add_func ("/rules/why/counted", test_counted);
  g_test_add_func ("/rules/why/text", test_text);
  g_test_add_func ("/rules/why/tree", test_tree);
  g_test_add_func ("/rules/why/languages", test_languages);
  return g_test_run ();
}
