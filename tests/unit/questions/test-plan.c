/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#define FIELD(fact, kind, more) "{'fact':'" fact "','kind':'" kind "','label':{'ja':'" fact "'}" more "}"
#define QUESTION(id, fields, more) "{'id':'" id "','title':{'ja':'" id "'}" more ",'fields':[" fields "]}"
#define FORM(id, sections) "{'id':'" id "','revision':1,'title':{'ja':'f'},'sections':[" sections "]}"
#define SECTION(id, questions) "{'id':'" id "','title':{'ja':'" id "'},'questions':[" questions "]}"
#define GROUP(id, group, questions) "{'id':'" id "','title':{'ja':'" id "'},'group':{'fact':'people.all'," \
  "'title':{'ja':'人'},'rowTitle':{'ja':'{n}人目'},'add':{'ja':'もう1人'}" group "},'questions':[" questions "]}"

/* "name phone member.0 born.0 *": the pages; a list of rows is a star, what need not be asked is in brackets. */
static char *
tell_plan (MadoForm *const *forms, guint n, const char *answers, const MadoAnswerContext *context, guint *n_avoided)
{
  g_autoptr(JsonNode) node = parse (answers);
  g_autoptr(GArray) plan = mado_plan_new (forms, n, node, context, n_avoided);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->len; i++) {
    const MadoStep *step = &g_array_index (plan, MadoStep, i);

    g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", step->known ? "[" : "",
                            step->question != NULL ? step->question->id : "*");
    if (step->row >= 0)
      g_string_append_printf (text, ".%d", step->row);
    g_string_append (text, step->known ? "]" : step->answered ? "!" : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_plan (MadoForm *form, const char *answers, const MadoAnswerContext *context, const char *expected)
{
  g_autofree char *plan = tell_plan (&form, 1, answers, context, NULL);

  g_assert_cmpstr (plan, ==, expected);
}

static MadoForm *
make (const char *text)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);

  return make_form (text, vocabulary);
}

/* An answer brings a question up at once, and takes it away again. */
static void
test_grows (void)
{
  g_autoptr(MadoForm) form = make (FORM ("f", SECTION ("s",
    QUESTION ("one", FIELD ("a.one", "yes-no", ""), "") ","
    QUESTION ("two", FIELD ("a.two", "text", "") "," FIELD ("a.more", "text", ",'required':false"),
              ",'when':{'var':'a.one'}") ","
    QUESTION ("note", "{'fact':'a.note','kind':'information','label':{'ja':'よく読んでください'}}", "") ","
    QUESTION ("fee", FIELD ("a.fee", "yen", ",'value':300"), ""))));

  assert_plan (form, "{}", &plain_context, "one note!");
  assert_plan (form, "{'a.one':true}", &plain_context, "one! two note!");
  assert_plan (form, "{'a.one':true,'a.two':'x'}", &plain_context, "one! two! note!");
  assert_plan (form, "{'a.one':false,'a.two':'x'}", &plain_context, "one! note!");
  assert_plan (form, "{'a.one':'perhaps'}", &plain_context, "one note!");
}

static void
test_known (void)
{
  g_autoptr(MadoForm) form = make (FORM ("f", SECTION ("s",
    QUESTION ("name", FIELD ("a.name", "name", "") "," FIELD ("a.kana", "kana", ",'required':false"), "") ","
    QUESTION ("phone", FIELD ("a.phone", "phone", ""), "") ","
    QUESTION ("home", FIELD ("a.town", "text", "") "," FIELD ("a.block", "text", ""), ""))));
  g_autoptr(JsonNode) known = parse ("{'a.name':{'value':'藤沢 太郎','source':'card'},'a.town':{'value':'辻堂'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };
  MadoForm *forms[] = { form };
  guint avoided = 0;
  g_autofree char *plan = tell_plan (forms, 1, "{}", &context, &avoided);

  g_assert_cmpstr (plan, ==, "[name] phone home");
  g_assert_cmpuint (avoided, ==, 1);
  /* Said again in the same words, it is still known; said otherwise, it is an answer. */
  assert_plan (form, "{'a.name':'藤沢 太郎'}", &context, "[name] phone home");
  assert_plan (form, "{'a.name':'藤澤 太郎'}", &context, "name! phone home");
}

static void
test_rows (void)
{
  g_autoptr(MadoForm) form = make (FORM ("f",
    SECTION ("s", QUESTION ("name", FIELD ("me.name", "name", ""), "")) ","
    GROUP ("g", ",'minRows':1,'first':{'members':{'name':'me.name'}}",
           QUESTION ("member", FIELD ("name", "name", ""), "") ","
           QUESTION ("land", FIELD ("land", "text", ""), "") ","
           QUESTION ("card", FIELD ("card", "text", ""), ",'when':{'==':[{'var':'land'},'USA']}"))));
  g_autoptr(MadoForm) free_form = make (FORM ("f",
    GROUP ("g", "", QUESTION ("member", FIELD ("name", "name", ""), ""))));

  assert_plan (form, "{}", &plain_context, "name member.0 land.0 *");
  assert_plan (form, "{'me.name':'A'}", &plain_context, "name! [member.0] land.0 *");
  assert_plan (form, "{'me.name':'A','people.all':[{'land':'USA'},{}]}", &plain_context,
               "name! [member.0] land.0! card.0 member.1 land.1 *!");
  /* Nobody need be in it, but somebody has to say so. */
  assert_plan (free_form, "{}", &plain_context, "*");
  assert_plan (free_form, "{'people.all':[]}", &plain_context, "*!");
  assert_plan (free_form, "{'people.all':[{}]}", &plain_context, "member.0 *!");
}

/* Two procedures in one visit: what both ask is asked once, and told as avoided. */
static void
test_nothing_twice (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) one = make_form (FORM ("one", SECTION ("s",
    QUESTION ("name", FIELD ("a.name", "name", ""), "") ","
      "" QUESTION ("phone", FIELD ("a.phone", "phone", ""), ""))),
    vocabulary);
  g_autoptr(MadoForm) two = make_form (FORM ("two", SECTION ("s",
    QUESTION ("again", FIELD ("a.name", "name", ""), "") ","
    QUESTION ("half", FIELD ("a.phone", "phone", "") "," FIELD ("a.mail", "mail", ""), ""))), vocabulary);
  MadoForm *forms[] = { one, two };
  guint avoided = 0;
  g_autofree char *plan = tell_plan (forms, 2, "{}", &plain_context, &avoided);
  g_autoptr(GArray) steps = mado_plan_new (forms, 2, NULL, &plain_context, NULL);

  g_assert_cmpstr (plan, ==, "name phone half");
  g_assert_cmpuint (avoided, ==, 1);
  g_assert_cmpuint (g_array_index (steps, MadoStep, 2).fields, ==, 2);   /* the mail alone */
}

/* What two forms ask about one thing stands together, before what only the first asks. */
static void
test_order (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) one = make_form (FORM ("one",
    SECTION ("you", QUESTION ("name", FIELD ("a.name", "name", ""), "")) ","
    SECTION ("house", QUESTION ("house", FIELD ("a.house", "text", ""), ""))), vocabulary);
  g_autoptr(MadoForm) two = make_form (FORM ("two",
    SECTION ("you", QUESTION ("phone", FIELD ("a.phone", "phone", ""), "")) ","
    SECTION ("dog", QUESTION ("dog", FIELD ("a.dog", "text", ""), ""))), vocabulary);
  MadoForm *forms[] = { one, two };
  g_autofree char *plan = tell_plan (forms, 2, "{}", &plain_context, NULL);

  g_assert_cmpstr (plan, ==, "name phone house dog");
}

static void
assert_step (const MadoStep *step, const char *values, const char *answers, const char *kept, const char *mistakes)
{
  g_autoptr(JsonNode) typed = parse (values);
  g_autoptr(JsonNode) others = parse (answers);
  g_autoptr(JsonNode) clean = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *told = NULL;

  mado_step_check (step, typed, others, &plain_context, &clean, &error);
  told = list_mistakes (error);
  g_assert_cmpstr (told, ==, mistakes);
  assert_json (clean, kept);
}

/* One page: only its own answers, folded, and the checks that are told there. */
static void
test_step_check (void)
{
  g_autoptr(MadoForm) form = make ("{'id':'f','revision':1,'title':{'ja':'f'},'sections':["
    SECTION ("s", QUESTION ("from", FIELD ("a.from", "date", ""), "") ","
                  QUESTION ("to", FIELD ("a.to", "date", "") "," FIELD ("a.why", "text", ","
                    "'required':false"), "")) "],"
    "'checks':[{'rule':{'<':[{'var':'a.from'},{'var':'a.to'}]},'fact':'a.to','message':{'ja':'順番を見てください'}}]}");
  MadoForm *forms[] = { form };
  g_autoptr(GArray) plan = mado_plan_new (forms, 1, NULL, &plain_context, NULL);
  const MadoStep *from = &g_array_index (plan, MadoStep, 0), *to = &g_array_index (plan, MadoStep, 1);

  assert_step (from, "{'a.from':'令和8年1月2日','a.to':'x'}", "{}", "{'a.from':'2026-01-02'}", "");
  assert_step (to, "{'a.to':'2026-01-03','a.why':' a  b '}", "{'a.from':'2026-01-02'}",
               "{'a.to':'2026-01-03','a.why':'a b'}", "");
  assert_step (to, "{'a.to':'2026-01-01'}", "{'a.from':'2026-01-02'}", "{'a.to':'2026-01-01'}", "/a.to check");
  assert_step (to, "{'a.to':'2026-01-01'}", "{}", "{'a.to':'2026-01-01'}", "");
  assert_step (to, "{'a.why':7}", "{}", "{}", "/a.to required; /a.why type");
  assert_step (to, "[]", "[]", "{}", "/a.to required");
}

static void
test_step_check_row (void)
{
  g_autoptr(MadoForm) form = make (FORM ("f", GROUP ("g",
    ",'minRows':2,'checks':[{'rule':{'!=':[{'var':'name'},{'var':'kana'}]},'fact':'kana',"
    "'message':{'ja':'別にしてください'}}]",
    QUESTION ("name", FIELD ("name", "name", ""), "") "," QUESTION ("kana", FIELD ("kana", "kana", ""), ""))));
  MadoForm *forms[] = { form };
  g_autoptr(GArray) plan = mado_plan_new (forms, 1, NULL, &plain_context, NULL);
  const MadoStep *kana = &g_array_index (plan, MadoStep, 3);

  g_assert_cmpint (kana->row, ==, 1);
  assert_step (kana, "{'kana':'あ'}", "{'people.all':[{'name':'ア'},{'name':'イ'}]}", "{'kana':'ア'}", "");
  assert_step (kana, "{'kana':'い'}", "{'people.all':[{'name':'ア'},{'name':'イ'}]}", "{'kana':'イ'}", "/kana check");
  assert_step (kana, "{'kana':'い'}", "{'people.all':[{'name':'イ'}]}", "{'kana':'イ'}", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/grows", test_grows);
  g_test_add_func ("/plan/known", test_known);
  g_test_add_func ("/plan/rows", test_rows);
  g_test_add_func ("/plan/nothing-twice", test_nothing_twice);
  g_test_add_func ("/plan/step-check", test_step_check);
  g_test_add_func ("/plan/step-check-row", test_step_check_row);
  g_test_add_func ("/plan/order", test_order);
  return g_test_run ();
}
