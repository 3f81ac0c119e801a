/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-testing.h"

static const struct {
  const char *rule, *data, *result;
} cases[] = {
  { "{'today': []}", "{}", "'2026-11-20'" },
  { "{'date': [2026, 4, 1]}", "{}", "'2026-04-01'" },
  { "{'date': {'var': 'd'}}", "{'d': '2026-04-01'}", "'2026-04-01'" },
  { "{'date': {'var': 'd'}}", "{'d': '2026-04-31'}", "error nan at /date" },
  { "{'year': {'var': 'd'}}", "{'d': '1989-01-08'}", "1989" },
  { "{'month': {'var': 'd'}}", "{'d': '1989-01-08'}", "1" },
  { "{'day': {'var': 'd'}}", "{'d': '1989-01-08'}", "8" },
  /* age: the birthday counts */
  { "{'age': ['2000-11-20']}", "{}", "26" },
  { "{'age': ['2000-11-21']}", "{}", "25" },
  { "{'age': ['2000-02-29', '2025-02-28']}", "{}", "24" },
  { "{'age': ['2000-02-29', '2025-03-01']}", "{}", "25" },
  { "{'age': {'var': 'born'}}", "{}", "error nan at /age" },
  /* by the law it is reached the day before */
  { "{'legal_age': ['2000-11-21']}", "{}", "26" },
  { "{'legal_age': ['2000-11-22']}", "{}", "25" },
  { "{'legal_age': ['2000-02-29', '2025-02-28']}", "{}", "25" },
  { "{'fiscal_year': []}", "{}", "2026" },
  { "{'fiscal_year': '2026-03-31'}", "{}", "2025" },
  { "{'fiscal_year': '2026-04-01'}", "{}", "2026" },
  /* born on 1 April: with those of the March before */
  { "{'school_year': ['2020-04-01', '2026-04-01']}", "{}", "1" },
  { "{'school_year': ['2020-04-02', '2026-04-01']}", "{}", "0" },
  { "{'school_year': ['2020-04-02', '2027-03-31']}", "{}", "0" },
  { "{'school_year': ['2011-04-02', '2026-11-20']}", "{}", "9" },
  { "{'school_year': ['2008-04-02', '2027-03-31']}", "{}", "12" },
  { "{'add_days': ['2026-12-31', 1]}", "{}", "'2027-01-01'" },
  { "{'add_days': ['2026-01-01', -1]}", "{}", "'2025-12-31'" },
  { "{'add_months': ['2026-01-31', 1]}", "{}", "'2026-02-28'" },
  { "{'add_years': ['2024-02-29', 1]}", "{}", "'2025-02-28'" },
  { "{'add_days': ['2026-01-01', 1e9]}", "{}", "error nan at /add_days" },
  { "{'add_days': ['2026-01-01', 0.5]}", "{}", "error nan at /add_days" },
  { "{'add_years': ['2026-01-01', 9000]}", "{}", "error nan at /add_years" },
  { "{'days_between': ['2026-11-06', {'today': []}]}", "{}", "14" },
  { "{'months_between': ['2026-01-31', '2026-02-28']}", "{}", "0" },
  { "{'months_between': ['2025-11-20', '2026-11-20']}", "{}", "12" },
  { "{'<=': [{'days_between': [{'var': 'moved'}, {'today': []}]}, 14]}", "{'moved': '2026-11-06'}", "true" },
  { "{'<': [{'var': 'moved'}, '2026-11-07']}", "{'moved': '2026-11-06'}", "true" },
};

static void
test_operators (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *result = result_of (cases[i].rule, cases[i].data);
    g_test_message ("%s", cases[i].rule);
    g_assert_cmpstr (result, ==, cases[i].result);
  }
}

/* Every day of birth around every limit: the quick test says what the operator says. */
static void
test_limits (void)
{
  static const char *operators[] = { "age", "legal_age" }, *signs[] = { "<", "<=", ">", ">=", "===" };
  g_autoptr(MadoVocabulary) words = vocabulary ("{'facts': {'born': {'type': 'date'}}}");
  guint slot;

  g_assert_true (mado_vocabulary_find (words, "born", &slot));
  for (guint i = 0; i < G_N_ELEMENTS (operators) * G_N_ELEMENTS (signs); i++) {
    g_autofree char *text = g_strdup_printf ("{'%s': [{'%s': {'var': 'born'}}, %u]}", signs[i / 2],
                                             operators[i % 2], i);
    g_autoptr(MadoRule) rule = rule_in (words, text);
    for (const char **today = (const char *[]) { "2024-02-29", "2026-02-28", "2026-11-20", NULL }; *today; today++) {
      g_autoptr(MadoFacts) facts = facts_in (words, "{}");
      g_assert_true (mado_facts_set_today (facts, *today, NULL));
      for (gint32 born = 14000; born < 21000; born++) {
        MadoRuleValue value;
        mado_facts_set_day (facts, slot, born);
        g_assert_true (mado_rule_evaluate (rule, facts, &value, NULL));
        g_assert_cmpint (mado_rule_test (rule, facts), ==, value.boolean);
      }
    }
  }
}

static void
test_typed (void)
{
  g_autoptr(MadoVocabulary) words = vocabulary ("{'facts': {'moved': {'type': 'date'}}}");
  g_autoptr(MadoRule) before = rule_in (words, "{'<': [{'var': 'moved'}, '2026-11-07']}");
  g_autoptr(MadoRule) between = rule_in (words, "{'<=': ['2026-11-01', {'var': 'moved'}, '2026-11-06']}");
  g_autoptr(MadoRule) among = rule_in (words, "{'in': [{'var': 'moved'}, ['2026-11-06', '2026-11-08']]}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{'moved': '2026-11-06'}");
  g_autoptr(MadoFacts) junk = facts_in (words, "{'moved': 'yesterday'}");

  g_assert_true (mado_rule_test (before, facts));
  g_assert_true (mado_rule_test (between, facts));
  g_assert_true (mado_rule_test (among, facts));
  g_assert_false (mado_rule_test (before, junk));
  g_assert_false (mado_rule_evaluate (before, junk, &(MadoRuleValue) { 0 }, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/days/operators", test_operators);
  g_test_add_func ("/rules/days/limits", test_limits);
  g_test_add_func ("/rules/days/typed", test_typed);
  return g_test_run ();
}
