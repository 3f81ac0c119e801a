/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-testing.h"

#if defined (__SANITIZE_ADDRESS__)
# define COUNTS_ALLOCATIONS 0
#elif defined (__has_feature)
# if __has_feature (address_sanitizer)
#  define COUNTS_ALLOCATIONS 0
# endif
#endif
#ifndef COUNTS_ALLOCATIONS
# define COUNTS_ALLOCATIONS 1
#endif

#if COUNTS_ALLOCATIONS
static volatile guint n_allocations;
extern void *__libc_malloc (size_t size);

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}
#endif

typedef struct {
  const char *rule, *data, *result;
} Case;

/* Where dialects differ: what ours says. */
static const Case dialect[] = {
  { "{'==': [{'var': 'x'}, 0]}", "{}", "true" },
  { "{'==': [{'var': 'x'}, 'a']}", "{}", "false" },
  { "{'===': [{'var': 'x'}, null]}", "{}", "true" },
  { "{'<': [{'var': 'x'}, 'a']}", "{}", "error nan at /<" },
  { "{'==': [1, 'one']}", "{}", "error nan at /==" },
  { "{'var': ['x', 7]}", "{'x': null}", "7" },
  { "{'var': ['x', 7]}", "{'x': 0}", "0" },
  { "{'in': [1, ['1', 2]]}", "{}", "false" },
  { "{'in': ['鵠沼', '藤沢市鵠沼海岸']}", "{}", "true" },
  { "{'substr': ['𠮷野家です', 1, 2]}", "{}", "'野家'" },
  { "{'+': [0.1, 0.2]}", "{}", "0.30000000000000004" },
  { "{'cat': [0.1, ' ', 1e21, ' ', true, null, ['a', 1]]}", "{}", "'0.1 1e+21 truea,1'" },
  { "{'-': [0]}", "{}", "0" },
  { "{'length': '髙﨑邉'}", "{}", "3" },
  { "{'length': {'var': 'x'}}", "{'x': [1, 2, 3]}", "3" },
  { "{'floor': -1.5}", "{}", "-2" },
  { "{'ceil': 1.2}", "{}", "2" },
  { "{'round': 2.5}", "{}", "3" },
  { "{'max': []}", "{}", "error arguments at /max" },
  { "{'*': [1e308, 10]}", "{}", "error nan at /*" },
  { "{'var': 'a.b'}", "{'a.b': 1, 'a': {'b': 2}}", "1" },
  { "{'var': 'a.b'}", "{'a': {'b': 2}}", "2" },
  { "{'some': [{'var': 'people'}, {'==': [{'val': [[-2], 'want']}, {'var': 'age'}]}]}",
    "{'want': 3, 'people': [{'age': 2}, {'age': 3}]}", "true" },
  { "{'try': [{'throw': 'no'}, {'val': 'type'}]}", "{}", "'no'" },
  { "{'throw': 'no'}", "{}", "error thrown at /throw" },
  { "{'if': [{'var': 'x'}, {'/': [1, 0]}, 2]}", "{'x': true}", "error nan at /if/1/~1" },
  { "{'preserve': {'var': 'x'}}", "{'x': 1}", "{'var':'x'}" },
};

static void
test_dialect (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialect); i++) {
    g_autofree char *result = result_of (dialect[i].rule, dialect[i].data);
    g_test_message ("%s", dialect[i].rule);
    g_assert_cmpstr (result, ==, dialect[i].result);
  }
}

static const struct {
  const char *rule, *code, *pointer;
} refused[] = {
  { "{'frobnicate': 1}", "operator", "/frobnicate" },
  { "{'and': [true, {'==': [1]}]}", "arguments", "/and/1/==" },
  { "{'if': true}", "arguments", "/if" },
  { "{'var': 'nobody'}", "unknown-fact", "/var" },
  { "{'var': 'age.years'}", "unknown-fact", "/var" },
  { "{'some': [{'var': 'children'}, {'var': 'shoeSize'}]}", "unknown-fact", "/some/1/var" },
  { "{'missing': ['age', 'nobody']}", "unknown-fact", "/missing/1" },
  { "{'var': {'cat': ['a', 'ge']}}", "dynamic", "/var" },
  { "{'var': ''}", "dynamic", "/var" },
  { "{'and': [1], 'or': [2]}", "operator", "" },
  { "{'date': '2026-02-29'}", "date", "/date" },
  { "{'date': [2026, 4]}", "arguments", "/date" },
  { "{'map': [null, 1]}", "arguments", "/map/0" },
  { "{'substr': ['a', 1, 2, 3]}", "arguments", "/substr" },
  { "{'log': 1}", "operator", "/log" },
};

static MadoVocabulary *
family (void)
{
  return vocabulary ("{'facts': {'age': {'type': 'number'}, 'district': {'type': 'text'},"
                     "'children': {'type': 'group', 'members': {'age': {'type': 'number'}}}}}");
}

static void
test_refused (void)
{
  g_autoptr(MadoVocabulary) words = family ();

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = json (refused[i].rule);
    g_test_message ("%s", refused[i].rule);
    g_assert_null (mado_rule_new (node, words, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, refused[i].code);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, refused[i].pointer);
  }
}

/* All mistakes at once. */
static void
test_all_mistakes (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoVocabulary) words = family ();
  g_autoptr(JsonNode) node = json ("{'and': [{'var': 'x'}, {'frob': 1}, {'<': [1]}]}");

  g_assert_null (mado_rule_new (node, words, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 3);
  g_assert_cmpstr (mado_error_get_violation (error, 2)->pointer, ==, "/and/2/<");
}

static JsonNode *
nested (guint levels)
{
  JsonNode *node = json_node_init_boolean (json_node_alloc (), TRUE);

  for (guint i = 0; i < levels; i++) {
    JsonObject *object = json_object_new ();
    json_object_set_member (object, "!", node);
    node = json_node_init_object (json_node_alloc (), object);
    json_object_unref (object);
  }
  return node;
}

static void
assert_too_large (JsonNode *node)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);

  g_assert_null (mado_rule_new (node, words, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE);
}

static void
test_bounds (void)
{
  g_autoptr(JsonNode) deep = nested (10000);
  g_autoptr(GString) wide = g_string_new ("{'+': [0");

  assert_too_large (deep);
  for (guint i = 0; i < 20000; i++)
    g_string_append (wide, ",1");
  g_string_append (wide, "]}");
  g_autoptr(JsonNode) node = json (wide->str);
  assert_too_large (node);

  g_autoptr(GString) data = g_string_new ("{'x': [0");
  for (guint i = 0; i < 2000; i++)
    g_string_append (data, ",1");
  g_string_append (data, "]}");
  g_autofree char *steps = result_of ("{'some': [{'var': 'x'}, {'some': [{'val': [[2], 'x']}, {'===': "
                                      "[{'var': ''}, 2]}]}]}", data->str);
  g_assert_cmpstr (steps, ==, "error steps at /some/1/some");
  g_autofree char *memory = result_of ("{'reduce': [{'var': 'x'}, {'cat': [{'var': 'accumulator'}, "
                                       "{'var': 'accumulator'}]}, 'a']}", data->str);
  g_assert_cmpstr (memory, ==, "error memory at /reduce/1/cat");
}

static void
test_facts_used (void)
{
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'>': [{'var': 'b'}, 1]}, {'some': [{'var': 'list'}, "
                                      "{'var': 'inner'}]}, {'missing': ['a', 'b']}, {'val': ['c', 'd']}]}");
  g_autofree char *names = g_strjoinv (" ", (char **) mado_rule_get_facts (rule));

  g_assert_cmpstr (names, ==, "b list a c.d");
}

static void
test_nothing_allocated (void)
{
#if COUNTS_ALLOCATIONS
  g_autoptr(MadoVocabulary) words = family ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'>=': [{'var': 'age'}, 20]}, {'in': [{'var': 'district'}, "
                                      "['辻堂', '鵠沼']]}, {'some': [{'var': 'children'}, {'<': [{'var': 'age'}, 6]}]},"
                                      "{'<': [{'+': [{'var': 'age'}, 1]}, {'max': [90, 3]}]},"
                                      "{'>': [{'age': {'date': [2000, 1, 2]}}, 3]}]}");
  g_autoptr(MadoFacts) facts = facts_in (words, "{'age': 33, 'district': '鵠沼', 'children': [{'age': 9}, {'age': 3}]}");
  MadoRuleValue value;
  g_assert_true (mado_rule_test (rule, facts));

  guint before = n_allocations;
  for (guint i = 0; i < 1000; i++)
    if (!mado_rule_test (rule, facts) || !mado_rule_evaluate (rule, facts, &value, NULL))
      g_assert_not_reached ();
  g_assert_cmpuint (n_allocations - before, ==, 0);
#else
  g_test_skip ("the sanitizer allocates");
#endif
}

/* One rule, many threads, everyone their own facts. */
static gpointer
count_held (gpointer data)
{
  gpointer *shared = data;
  g_autoptr(MadoFacts) facts = facts_in (shared[1], "{'age': 10, 'district': '辻堂'}");
  guint held = 0, slot;

  g_assert_true (mado_vocabulary_find (shared[1], "age", &slot));
  for (guint i = 0; i < 20000; i++) {
    mado_facts_set_number (facts, slot, i % 100);
    held += mado_rule_test (shared[0], facts);
  }
  return GUINT_TO_POINTER (held);
}

static void
test_threads (void)
{
  g_autoptr(MadoVocabulary) words = family ();
  g_autoptr(MadoRule) rule = rule_in (words, "{'and': [{'>=': [{'var': 'age'}, 65]}, "
                                      "{'===': [{'var': 'district'}, '辻堂']}]}");
  gpointer shared[] = { rule, words };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("count", count_held, shared);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 20000 / 100 * 35);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/rule/dialect", test_dialect);
  g_test_add_func ("/rules/rule/refused", test_refused);
  g_test_add_func ("/rules/rule/all-mistakes", test_all_mistakes);
  g_test_add_func ("/rules/rule/bounds", test_bounds);
  g_test_add_func ("/rules/rule/facts-used", test_facts_used);
  g_test_add_func ("/rules/rule/nothing-allocated", test_nothing_allocated);
  g_test_add_func ("/rules/rule/threads", test_threads);
  return g_test_run ();
}
