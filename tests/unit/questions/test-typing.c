/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers while they are typed: forms made up at random, and after each change the same as settling all of it anew. */
#include "core/mado-json.h"
#include "question-test.h"
#include "questions/mado-answers.h"
#include "questions/mado-typing.h"

#define N_FORMS   150    /* pairs of them */
#define N_CHANGES 60
#define N_FACTS   24
#define LEVEL     4      /* facts of one level; rules read lower levels only, or the forms would go round in circles */

typedef enum { TEXT, NUMBER, YES_NO, DATE, N_KINDS } Kind;

static const char *const kinds[] = { "text", "number", "yes-no", "date" };

static Kind
kind_of (guint fact)
{
  return (Kind) (fact % N_KINDS);
}

static void
append_fact (GString *out, guint fact)
{
  g_string_append_printf (out, "a.%s%u", kinds[kind_of (fact)], fact);
}

/* A rule of the facts below @level. */
static void
append_condition (GRand *rand, GString *out, guint level)
{
  guint fact = (guint) g_rand_int_range (rand, 0, (gint) (level * LEVEL));

  if (g_rand_int_range (rand, 0, 4) == 0) {
    g_string_append (out, "{'!':[");
    append_condition (rand, out, level);
    g_string_append (out, "]}");
    return;
  }
  g_string_append (out, kind_of (fact) == YES_NO ? "{'!!':[{'var':'" : kind_of (fact) == NUMBER ? "{'>':[{'var':'"
                        : kind_of (fact) == DATE ? "{'<':[{'var':'" : "{'===':[{'var':'");
  append_fact (out, fact);
  g_string_append (out, kind_of (fact) == YES_NO ? "'}]}" : kind_of (fact) == NUMBER ? "'},3]}"
                        : kind_of (fact) == DATE ? "'},'2020-01-01']}" : "'},'x']}");
}

static void
append_when (GRand *rand, GString *out, guint level)
{
  if (level == 0 || g_rand_int_range (rand, 0, 3) > 0)
    return;
  g_string_append (out, ",'when':");
  append_condition (rand, out, level);
}

/* A number may be computed from others; bounds differ from form to form. */
static void
append_field (GRand *rand, GString *out, guint fact)
{
  guint level = fact / LEVEL;

  g_string_append (out, "{'fact':'");
  append_fact (out, fact);
  g_string_append_printf (out, "','kind':'%s','label':{'ja':'l'},'required':%s", kinds[kind_of (fact)],
                          g_rand_int_range (rand, 0, 12) == 0 ? "true" : "false");
  if (kind_of (fact) <= NUMBER)
    g_string_append_printf (out, ",'max':%d", g_rand_int_range (rand, 4, 40));
  if (kind_of (fact) == NUMBER && level > 0 && g_rand_boolean (rand)) {
    g_string_append (out, ",'value':{'+':[1,{'var':'");
    append_fact (out, NUMBER);
    g_string_append (out, "'},{'if':[");
    append_condition (rand, out, level);
    g_string_append (out, ",1,2]}]}");
  }
  append_when (rand, out, level);
  g_string_append_c (out, '}');
}

static void
append_question (GRand *rand, GString *out, guint fact)
{
  g_string_append_printf (out, "%s{'id':'q%u','title':{'ja':'q'},'label':{'ja':'l'}", g_str_has_suffix (out->str, "}")
                          ? "," : "", fact);
  append_when (rand, out, fact / LEVEL);
  g_string_append (out, ",'fields':[");
  append_field (rand, out, fact);
  g_string_append (out, "]}");
}

static void
append_group (GRand *rand, GString *out)
{
  g_string_append_printf (out, "{'id':'g','title':{'ja':'g'},'group':{'fact':'a.rows','title':{'ja':'r'},"
                          "'rowTitle':{'ja':'{n}'},'add':{'ja':'+'},'minRows':%d,", g_rand_int_range (rand, 0, 3));
  g_string_append (out, "'maxRows':3,'first':{'members':{'name':'a.text0'},'when':");
  append_condition (rand, out, 2);
  g_string_append (out, "}},'questions':[{'id':'rn','title':{'ja':'q'},'label':{'ja':'l'},'fields':[{'fact':'name',"
                   "'kind':'text','label':{'ja':'l'}}]},{'id':'rx','title':{'ja':'q'},'label':{'ja':'l'},'when':");
  append_condition (rand, out, 3);
  g_string_append (out, ",'fields':[{'fact':'x','kind':'number','label':{'ja':'l'}}]}]}");
}

static MadoForm *
random_form (GRand *rand, const char *id, MadoVocabulary *words)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint order[N_FACTS];

  for (guint i = 0; i < N_FACTS; i++)
    order[i] = i;
  for (guint i = N_FACTS - 1; i > 0; i--) {
    guint k = (guint) g_rand_int_range (rand, 0, (gint) i + 1), other = order[k];

    order[k] = order[i];
    order[i] = other;
  }
  g_string_append_printf (text, "{'id':'%s','revision':1,'title':{'ja':'f'},'checks':[{'fact':'a.text0','rule':", id);
  append_condition (rand, text, N_FACTS / LEVEL);
  g_string_append (text, ",'message':{'ja':'それは できません'}}],'sections':[");
  if (g_rand_boolean (rand)) {
    append_group (rand, text);
    g_string_append_c (text, ',');
  }
  g_string_append (text, "{'id':'s','title':{'ja':'s'},'questions':[");
  for (guint i = 0; i < N_FACTS; i++)
    if (order[i] == 0 || g_rand_int_range (rand, 0, 4) > 0)
      append_question (rand, text, order[i]);
  g_string_append (text, "]}]}");

  return make_form (text->str, words);
}

/* (nullable): taken back. Some do not fit. */
static JsonNode *
random_value (GRand *rand, guint fact)
{
  static const char *const values[N_KINDS][5] = {
    [TEXT] = { "'x'", "'ｘ'", "'long enough'", "''", "4" }, [NUMBER] = { "1", "5", "'７'", "99", "'x'" },
    [YES_NO] = { "true", "false", "true", "false", "'x'" },
    [DATE] = { "'2019-04-01'", "'令和8年4月1日'", "'2021-02-30'", "''", "null" },
  };
  guint choice = (guint) g_rand_int_range (rand, 0, 40);

  choice = choice > 8 ? choice % 2 : choice;
  return choice < 5 ? parse (values[kind_of (fact)][choice]) : NULL;
}

static JsonNode *
random_rows (GRand *rand)
{
  static const char *const rows[] = {
    "[]", "[{'name':'A','x':3}]", "[{'x':3},{'name':'B'}]", "[{'name':' C ','x':'x'},4]", "7",
    "[{'name':'1','x':1},{'name':'2','x':2},{'name':'3','x':3},{'name':'4','x':4}]",
  };

  return parse (rows[g_rand_int_range (rand, 0, G_N_ELEMENTS (rows))]);
}

static void
set (MadoTyping *typing, JsonNode *answers, const char *fact, JsonNode *value)
{
  mado_typing_set (typing, fact, value);
  if (value != NULL)
    json_object_set_member (json_node_get_object (answers), fact, json_node_ref (value));
  else if (json_object_has_member (json_node_get_object (answers), fact))
    json_object_remove_member (json_node_get_object (answers), fact);
}

/* Gives whether all of it may be filed. */
static gboolean
compare (MadoTyping *typing, MadoForm *const *forms, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autoptr(GError) error = NULL, whole_error = NULL;
  g_autoptr(JsonNode) clean = NULL, whole_clean = NULL;
  gboolean fine = mado_typing_check (typing, &clean, &error);
  gboolean whole = mado_answers_check (forms, 2, answers, context, &whole_clean, &whole_error);
  g_autofree char *mistakes = list_mistakes (error), *whole_mistakes = list_mistakes (whole_error);

  g_assert_cmpstr (mistakes, ==, whole_mistakes);
  g_assert_true (fine == whole && (!fine || json_node_equal (clean, whole_clean)));
  g_assert_true (fine == (mado_typing_count_mistakes (typing) == 0));

  return fine;
}

/* A copy is taken: what was taken stays as it was. */
static void
compare_plans (MadoTyping *planning, MadoForm *const *forms, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autofree char *text = json_to_string (answers, FALSE);
  g_autoptr(JsonNode) copy = json_from_string (text, NULL);
  g_autoptr(GArray) plan = NULL, whole = NULL;
  guint n_avoided, whole_avoided;

  mado_typing_take (planning, copy);
  plan = mado_typing_plan (planning, &n_avoided);
  whole = mado_plan_new (forms, 2, answers, context, &whole_avoided);
  g_assert_cmpuint (n_avoided, ==, whole_avoided);
  g_assert_cmpuint (plan->len, ==, whole->len);
  for (guint i = 0; i < plan->len; i++) {
    const MadoStep *a = &g_array_index (plan, MadoStep, i), *b = &g_array_index (whole, MadoStep, i);

    g_assert_true (a->form == b->form && a->question == b->question && a->group == b->group && a->row == b->row);
    g_assert_cmpuint (a->fields, ==, b->fields);
    g_assert_true (a->known == b->known && a->answered == b->answered);
  }
}

static guint
type_and_compare (GRand *rand, MadoForm *const *forms, const MadoAnswerContext *context)
{
  g_autoptr(JsonNode) answers = parse ("{}");
  g_autoptr(MadoTyping) typing = mado_typing_new (forms, 2, NULL, context, FALSE);
  g_autoptr(MadoTyping) planning = mado_typing_new (forms, 2, NULL, context, TRUE);
  gboolean has_rows = forms[0]->n_groups + forms[1]->n_groups > 0;
  guint n_fine = compare (typing, forms, answers, context);

  for (guint i = 0; i < N_CHANGES; i++) {
    guint fact = (guint) g_rand_int_range (rand, 0, N_FACTS);
    g_autoptr(GString) name = g_string_new (NULL);
    g_autoptr(JsonNode) value = NULL;

    append_fact (name, fact);
    if (has_rows && g_rand_int_range (rand, 0, 8) == 0)
      set (typing, answers, "a.rows", value = random_rows (rand));
    else if (mado_form_find_field (forms[0], NULL, name->str) != NULL
             || mado_form_find_field (forms[1], NULL, name->str) != NULL)
      set (typing, answers, name->str, value = random_value (rand, fact));
    n_fine += compare (typing, forms, answers, context);
    compare_plans (planning, forms, answers, context);
  }

  return n_fine;
}

static void
test_agree (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (142051);
  g_autoptr(JsonNode) known = parse ("{'a.text0':{'value':'x','source':'card'},'a.number1':{'value':4},"
                                     "'a.rows':{'value':[{'name':'R','x':1}]}}");
  const MadoAnswerContext contexts[] = {
    { .today = plain_context.today }, { .today = plain_context.today, .known = known },
  };
  guint n_fine = 0;

  for (guint i = 0; i < N_FORMS; i++) {
    g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
    g_autoptr(MadoForm) one = random_form (rand, "one", words), two = random_form (rand, "two", words);
    MadoForm *forms[] = { one, two };

    n_fine += type_and_compare (rand, forms, &contexts[i % 2]);
  }
  g_test_message ("%u of %u could be filed", n_fine, N_FORMS * (N_CHANGES + 1));
  g_assert_cmpuint (n_fine, >, N_FORMS * N_CHANGES / 20);
}

#define FIELD(fact, rest) "{'fact':'" fact "','kind':'text','label':{'ja':'l'}" rest "}"
#define PAGE(id, fields, rest) \
  "{'id':'" id "','title':{'ja':'q'},'label':{'ja':'l'},'fields':[" fields "]" rest "}"

static void
test_typing (void)
{
  g_autoptr(MadoForm) form = make_questions (
    PAGE ("sum", "{'fact':'a.sum','kind':'number','label':{'ja':'l'},'value':{'+':[{'var':'a.n'},1]}}", "") ","
    PAGE ("n", "{'fact':'a.n','kind':'number','label':{'ja':'l'}}", "") ","
    PAGE ("why", FIELD ("a.why", ""), ",'when':{'>':[{'var':'a.sum'},10]}"), "");
  g_autoptr(MadoTyping) typing = mado_typing_new (&form, 1, NULL, &plain_context, FALSE);
  g_autoptr(JsonNode) one = parse ("'１'"), twelve = parse ("12"), nonsense = parse ("'x'");

  g_assert_nonnull (mado_typing_get_refusal (typing, "a.n"));
  g_assert_false (mado_typing_is_asked (typing, "a.why"));
  mado_typing_set (typing, "a.n", one);
  assert_json (mado_typing_get_value (typing, "a.sum"), "2");
  g_assert_cmpuint (mado_typing_count_mistakes (typing), ==, 0);
  mado_typing_set (typing, "a.n", twelve);
  assert_json (mado_typing_get_value (typing, "a.sum"), "13");
  g_assert_true (mado_typing_is_asked (typing, "a.why"));
  g_assert_cmpuint (mado_typing_count_mistakes (typing), ==, 1);
  mado_typing_set (typing, "a.n", nonsense);
  g_assert_false (mado_typing_is_asked (typing, "a.why"));
  g_assert_null (mado_typing_get_value (typing, "a.n"));
}

#define PLACE(part) FIELD ("home." part, ",'required':false")

/* Once somebody has begun to write another address, nothing is filled in from the record. */
static void
test_place (void)
{
  g_autoptr(MadoForm) form = make_questions (PAGE ("p", PLACE ("streetAddress") "," PLACE ("cityBlock"), ""), "");
  g_autoptr(JsonNode) known = parse ("{'home.streetAddress':{'value':'朝日町'},'home.cityBlock':{'value':'1番1号'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };
  g_autoptr(MadoTyping) typing = mado_typing_new (&form, 1, NULL, &context, FALSE);
  g_autoptr(JsonNode) town = parse ("'湘南台'");

  assert_json (mado_typing_get_value (typing, "home.cityBlock"), "'1番1号'");
  mado_typing_set (typing, "home.streetAddress", town);
  g_assert_null (mado_typing_get_value (typing, "home.cityBlock"));
  mado_typing_set (typing, "home.streetAddress", NULL);
  assert_json (mado_typing_get_value (typing, "home.streetAddress"), "'朝日町'");
  assert_json (mado_typing_get_value (typing, "home.cityBlock"), "'1番1号'");
}

/* Rules that go round in circles, which the lint refuses, stop; whoever gets out of the circle may go on. */
static void
test_circle (void)
{
  g_autoptr(MadoForm) form = make_questions (
    PAGE ("one", FIELD ("a.one", ",'required':false"), ",'when':{'!':[{'var':'a.two'}]}") ","
    PAGE ("two", FIELD ("a.two", ",'required':false"), ",'when':{'var':'a.one'}"), "");
  g_autoptr(JsonNode) answers = parse ("{'a.one':'x','a.two':'x'}");
  g_autoptr(MadoTyping) typing = mado_typing_new (&form, 1, answers, &plain_context, FALSE);
  g_autoptr(JsonNode) clean = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (mado_typing_check (typing, &clean, &error));
  mado_typing_set (typing, "a.one", NULL);
  g_assert_false (mado_typing_is_asked (typing, "a.two"));
  g_clear_error (&error);
  g_assert_true (mado_typing_check (typing, &clean, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typing/typing", test_typing);
  g_test_add_func ("/typing/place", test_place);
  g_test_add_func ("/typing/circle", test_circle);
  g_test_add_func ("/typing/agree", test_agree);

  return g_test_run ();
}
