/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#define FIELD(fact, kind, more) "{'fact':'" fact "','kind':'" kind "','label':{'ja':'" fact "'}" more "}"
#define QUESTION(id, fields, more) "{'id':'" id "','title':{'ja':'" id "'}" more ",'fields':[" fields "]}"
#define TEXT(fact, more) QUESTION (fact, FIELD (fact, "text", more), "")

static void
test_unknown (void)
{
  g_autoptr(MadoForm) form = make_questions (TEXT ("a.one", ""), "");

  assert_kept (form, "{'a.one':'x'}", &plain_context, "{'a.one':'x'}");
  assert_mistakes (form, "{'a.one':'x','a.two':'y','b/c~d':1}", &plain_context, "/a.two unknown; /b~1c~0d unknown");
  assert_mistakes (form, "[]", &plain_context, " type");
  assert_mistakes (form, "'x'", &plain_context, " type");
}

/* All at once, in the order of the form. */
static void
test_every_mistake (void)
{
  g_autoptr(MadoForm) form = make_questions (TEXT ("a.one", "") "," TEXT ("a.two", ",'max':2") ","
                                             QUESTION ("q", FIELD ("a.three", "date", ","
                                               "'latest':'today'"), ""), "");

  assert_mistakes (form, "{'a.three':'2999-01-01','a.two':'long','a.four':0}", &plain_context,
                   "/a.one required; /a.two too-long; /a.three future; /a.four unknown");
}

/* Untouched answers are handed on as they are, not copied. */
static void
test_no_copies (void)
{
  g_autoptr(MadoForm) form = make_questions (TEXT ("a.one", "") "," TEXT ("a.two", ",'required':false"), "");
  g_autoptr(JsonNode) answers = parse ("{'a.one':'x'}");
  g_autoptr(JsonNode) clean = NULL;

  g_assert_true (mado_answers_check (&form, 1, answers, &plain_context, &clean, NULL));
  g_assert_true (clean == answers);
}

#define WHEN(fact, value) ",'when':{'==':[{'var':'" fact "'}," value "]}"

/* A question that is not asked any more takes its answer along, and what hung on that. */
static void
test_hidden_chain (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("one", FIELD ("a.one", "yes-no", ""), "") ","
    QUESTION ("two", FIELD ("a.two", "text", ""), WHEN ("a.one", "true")) ","
    QUESTION ("three", FIELD ("a.three", "text", ""), WHEN ("a.two", "'go on'")), "");

  assert_kept (form, "{'a.one':true,'a.two':'go on','a.three':'x'}", &plain_context,
               "{'a.one':true,'a.two':'go on','a.three':'x'}");
  assert_kept (form, "{'a.one':false,'a.two':'go on','a.three':'x'}", &plain_context, "{'a.one':false}");
  assert_mistakes (form, "{'a.one':true,'a.two':'go on'}", &plain_context, "/a.three required");
  /* What is hidden is not checked either. */
  assert_kept (form, "{'a.one':false,'a.two':7}", &plain_context, "{'a.one':false}");
}

/* A rule may speak of a question further down. */
static void
test_forward (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("one", FIELD ("a.one", "text", ""), WHEN ("a.two", "true")) ","
    QUESTION ("two", FIELD ("a.two", "yes-no", ""), WHEN ("a.three", "true")) ","
    QUESTION ("three", FIELD ("a.three", "yes-no", ""), ""), "");

  assert_kept (form, "{'a.three':true,'a.two':true,'a.one':'x'}", &plain_context,
               "{'a.three':true,'a.two':true,'a.one':'x'}");
  assert_kept (form, "{'a.three':false,'a.two':true,'a.one':'x'}", &plain_context, "{'a.three':false}");
  assert_mistakes (form, "{'a.three':true,'a.two':true}", &plain_context, "/a.one required");
}

/* Rules that chase each other end all the same. */
static void
test_circle (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("one", FIELD ("a.one", "yes-no", ""), ",'when':{'!':[{'var':'a.two'}]}") ","
    QUESTION ("two", FIELD ("a.two", "yes-no", ""), ",'when':{'var':'a.one'}"), "");

  assert_mistakes (form, "{'a.one':true,'a.two':true}", &plain_context, " circle");
}

static void
test_context (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("one", FIELD ("a.one", "text", ""), ",'when':{'!':[{'var':'visit.identified'}]}"), "");
  g_autoptr(JsonNode) facts = parse ("{'visit.identified':true}");
  const MadoAnswerContext identified = { .today = plain_context.today, .facts = facts };

  assert_mistakes (form, "{}", &plain_context, "/a.one required");
  assert_kept (form, "{'a.one':'x'}", &identified, "{}");
  /* Nobody becomes identified by saying so. */
  assert_mistakes (form, "{'visit.identified':true}", &plain_context, "/a.one required; /visit.identified unknown");
}

static void
test_known (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("one", FIELD ("a.one", "name", ",'fixed':true"), "") ","
    QUESTION ("two", FIELD ("a.two", "postcode", ",'required':false"), ""), "");
  g_autoptr(JsonNode) known = parse ("{'a.one':{'value':'藤沢 太郎','source':'card'},"
                                     "'a.two':{'value':'2510024','source':'register'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };
  g_autoptr(JsonNode) answers = parse ("{'a.one':'藤沢 太郎','a.two':'9999999'}");
  g_autoptr(JsonNode) sources = NULL;

  assert_kept (form, "{}", &context, "{'a.one':'藤沢 太郎','a.two':'251-0024'}");
  assert_kept (form, "{'a.one':' 藤沢  太郎 ','a.two':'999-9999'}", &context,
               "{'a.one':'藤沢 太郎','a.two':'999-9999'}");
  assert_mistakes (form, "{'a.one':'別人'}", &context, "/a.one fixed");
  sources = mado_answers_get_sources (answers, known);
  assert_json (sources, "{'a.one':'card'}");
}

#define PART(name) FIELD (name, "address", ",'required':false")

/* Half of one address and half of another is a third, where nobody lives. */
static void
test_known_address (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("home", PART ("a.prefecture") "," PART ("a.cityAndCounty") "," PART ("a.buildingNameEtc"), "") ","
    QUESTION ("work", PART ("b.prefecture") "," PART ("b.buildingNameEtc"), ""), "");
  g_autoptr(JsonNode) known = parse ("{'a.prefecture':{'value':'神奈川県'},'a.buildingNameEtc':{'value':'橘荘'},"
                                     "'b.prefecture':{'value':'東京都'},'b.buildingNameEtc':{'value':'本館'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };

  assert_kept (form, "{'a.prefecture':'北海道','a.cityAndCounty':'札幌市'}", &context,
               "{'a.prefecture':'北海道','a.cityAndCounty':'札幌市','b.prefecture':'東京都','b.buildingNameEtc':'本館'}");
  assert_kept (form, "{'b.buildingNameEtc':null}", &context,
               "{'a.prefecture':'神奈川県','a.buildingNameEtc':'橘荘'}");
}

static void
test_computed (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("n", FIELD ("a.n", "number", ",'min':1,'max':9"), "") ","
    QUESTION ("fee", FIELD ("a.fee", "yen", ",'value':{'*':[300,{'var':'a.n'}]}") ","
                     FIELD ("a.city", "text", ",'value':'藤沢市'"), "") ","
    QUESTION ("much", FIELD ("a.why", "text", ""), ",'when':{'>':[{'var':'a.fee'},1000]}"), "");

  assert_kept (form, "{'a.n':2}", &plain_context, "{'a.n':2,'a.fee':600,'a.city':'藤沢市'}");
  assert_kept (form, "{'a.n':2,'a.fee':1,'a.city':' 藤沢市 '}", &plain_context,
               "{'a.n':2,'a.fee':600,'a.city':'藤沢市'}");
  assert_mistakes (form, "{'a.n':2,'a.city':'鎌倉市'}", &plain_context, "/a.city fixed");
  assert_mistakes (form, "{'a.n':4}", &plain_context, "/a.why required");
  assert_kept (form, "{'a.n':4,'a.why':'x'}", &plain_context, "{'a.n':4,'a.fee':1200,'a.city':'藤沢市','a.why':'x'}");
}

static void
test_checks (void)
{
  g_autoptr(MadoForm) form = make_questions (
    QUESTION ("from", FIELD ("a.from", "date", ""), "") ","
    QUESTION ("to", FIELD ("a.to", "date", ",'required':false"), ""),
    ",'checks':[{'rule':{'<=':[{'var':'a.from'},{'var':'a.to'}]},'fact':'a.to',"
    "'message':{'ja':'終わりは始めよりあとの日にしてください','en':'The end comes after the beginning'}}]");

  assert_kept (form, "{'a.from':'2026-01-01','a.to':'2026-01-01'}", &plain_context,
               "{'a.from':'2026-01-01','a.to':'2026-01-01'}");
  assert_mistakes (form, "{'a.from':'2026-01-02','a.to':'2026-01-01'}", &plain_context, "/a.to check");
  /* Not answered yet, so nobody can tell. */
  assert_kept (form, "{'a.from':'2026-01-02'}", &plain_context, "{'a.from':'2026-01-02'}");
}

#define GROUP_FORM \
  "{'id':'f','revision':1,'title':{'ja':'f'},'sections':[" \
  "{'id':'a','title':{'ja':'a'},'questions':[" \
  QUESTION ("me", FIELD ("me.name", "name", "") "," FIELD ("me.adult", "yes-no", ",'required':false"), "") "]}," \
  "{'id':'b','title':{'ja':'b'},'group':{'fact':'people.all','title':{'ja':'人'},'rowTitle':{'ja':'{n}人目'}," \
  "'add':{'ja':'もう1人'},'minRows':1,'maxRows':3," \
  "'first':{'when':{'var':'me.adult'},'members':{'name':'me.name'}}," \
  "'checks':[{'rule':{'!=':[{'var':'name'},'だれか']},'fact':'name','message':{'ja':'名前を入れてください'}}]}," \
  "'questions':[" QUESTION ("name", FIELD ("name", "name", ""), "") "," \
  QUESTION ("land", FIELD ("land", "text", ""), "") "," \
  QUESTION ("card", FIELD ("card", "text", ",'when':{'!=':[{'var':'land'},'JPN']}"), \
            ",'when':{'var':'me.adult'}") "]}]}"

static MadoForm *
make_group (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);

  return make_form (GROUP_FORM, vocabulary);
}

static void
test_group (void)
{
  g_autoptr(MadoForm) form = make_group ();

  assert_kept (form, "{'me.name':'A','people.all':[{'name':' B ','land':'JPN','card':'x'}]}", &plain_context,
               "{'me.name':'A','people.all':[{'name':'B','land':'JPN'}]}");
  /* Rules of a row see the row and what is around it. */
  assert_mistakes (form, "{'me.name':'A','me.adult':true,'people.all':[{'name':'B','land':'USA'},"
                   "{'name':'C','land':'JPN'}]}", &plain_context, "/people.all/0/card required");
  assert_mistakes (form, "{'me.name':'A','people.all':[{'land':'JPN'},{'name':'C','land':1,'age':3},"
    "4]}", &plain_context,
                   "/people.all/0/name required; /people.all/1/land type; /people.all/1/age unknown; "
                   "/people.all/2 type");
  assert_mistakes (form, "{'me.name':'A','people.all':[{'name':'だれか','land':'JPN'}]}", &plain_context,
                   "/people.all/0/name check");
}

static void
test_group_length (void)
{
  g_autoptr(MadoForm) form = make_group ();

  assert_mistakes (form, "{'me.name':'A'}", &plain_context, "/people.all required");
  assert_mistakes (form, "{'me.name':'A','people.all':[]}", &plain_context, "/people.all required");
  assert_mistakes (form, "{'me.name':'A','people.all':{}}", &plain_context, "/people.all type");
  assert_mistakes (form, "{'me.name':'A','people.all':[{'name':'1','land':'JPN'},{'name':'2','land':'JPN'},"
                   "{'name':'3','land':'JPN'},{'name':'4','land':'JPN'}]}", &plain_context, "/people.all range");
}

/* Who files is among the people: not asked again, unless they say otherwise. */
static void
test_first_row (void)
{
  g_autoptr(MadoForm) form = make_group ();

  assert_kept (form, "{'me.name':'A','me.adult':true,'people.all':[{'land':'JPN'},{'name':'B','land':'JPN'}]}",
               &plain_context,
               "{'me.name':'A','me.adult':true,'people.all':[{'land':'JPN','name':'A'},{'name':'B',"
               "'land':'JPN'}]}");
  assert_kept (form, "{'me.name':'A','me.adult':true,'people.all':[{'name':'C','land':'JPN'}]}", &plain_context,
               "{'me.name':'A','me.adult':true,'people.all':[{'name':'C','land':'JPN'}]}");
  assert_mistakes (form, "{'me.name':'A','me.adult':false,'people.all':[{'land':'JPN'}]}", &plain_context,
                   "/people.all/0/name required");
}

/* The register's rows say more than the form asks; that is left out in silence. */
static void
test_known_rows (void)
{
  g_autoptr(MadoForm) form = make_group ();
  g_autoptr(JsonNode) known = parse ("{'people.all':{'value':[{'name':'R','land':'JPN','blood':'A'}],"
    "'source':'register'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };

  assert_kept (form, "{'me.name':'A'}", &context, "{'me.name':'A','people.all':[{'name':'R','land':'JPN'}]}");
}

/* One set of answers for all forms of a visit; a fact that both ask is checked once. */
static void
test_two_forms (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) one = make_form ("{'id':'one','revision':1,'title':{'ja':'1'},'sections':[{'id':'s',"
    "'title':{'ja':'s'},"
                                       "'questions':[" TEXT ("a.shared", "") ","
                                       "" TEXT ("a.one", "") "]}]}", vocabulary);
  g_autoptr(MadoForm) two = make_form ("{'id':'two','revision':1,'title':{'ja':'2'},'sections':[{'id':'s',"
    "'title':{'ja':'s'},"
                                       "'questions':[" TEXT ("a.shared", "") ","
                                       QUESTION ("q", FIELD ("a.two", "text", ""), WHEN ("a.one", "'x'")) "]}]}",
                                       vocabulary);
  MadoForm *forms[] = { one, two };
  g_autoptr(JsonNode) answers = parse ("{'a.shared':'s','a.one':'x'}");
  g_autoptr(JsonNode) clean = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *mistakes = NULL;

  g_assert_false (mado_answers_check (forms, 2, answers, &plain_context, &clean, &error));
  mistakes = list_mistakes (error);
  g_assert_cmpstr (mistakes, ==, "/a.two required");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/unknown", test_unknown);
  g_test_add_func ("/answers/every-mistake", test_every_mistake);
  g_test_add_func ("/answers/no-copies", test_no_copies);
  g_test_add_func ("/answers/hidden-chain", test_hidden_chain);
  g_test_add_func ("/answers/forward", test_forward);
  g_test_add_func ("/answers/circle", test_circle);
  g_test_add_func ("/answers/context", test_context);
  g_test_add_func ("/answers/known", test_known);
  g_test_add_func ("/answers/known-address", test_known_address);
  g_test_add_func ("/answers/computed", test_computed);
  g_test_add_func ("/answers/checks", test_checks);
  g_test_add_func ("/answers/group", test_group);
  g_test_add_func ("/answers/group-length", test_group_length);
  g_test_add_func ("/answers/first-row", test_first_row);
  g_test_add_func ("/answers/known-rows", test_known_rows);
  g_test_add_func ("/answers/two-forms", test_two_forms);
  return g_test_run ();
}
