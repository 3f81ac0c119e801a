/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#include "questions/mado-name.h"

#define FIELD(fact, kind, more) "{'fact':'" fact "','kind':'" kind "','label':{'ja':'" fact "'}" more "}"

static const char form_text[] =
  "{'id':'f','revision':1,'title':{'ja':'f'},'sections':["
  "{'id':'you','title':{'ja':'あなた','en':'You'},'questions':["
  " {'id':'name','title':{'ja':'あなたの お名前'},'label':{'ja':'氏名','en':'Name'},'fields':["
  FIELD ("a.name", "name", "") "," FIELD ("a.kana", "kana", ",'secondary':true,'required':false") "]},"
  " {'id':'born','title':{'ja':'生年月日','en':'Born'},'fields':[" FIELD ("a.born", "date", "") "]},"
  " {'id':'home','title':{'ja':'住所','en':'Home'},'join':'','fields':["
  FIELD ("a.city", "text", ",'value':'藤沢市'") "," FIELD ("a.town", "address", "") ","
  FIELD ("a.buildingNameEtc", "address", ",'required':false") ","
  FIELD ("a.code", "postcode", ",'secondary':true,'required':false") "]}]},"
  "{'id':'others','title':{'ja':'ご家族','en':'Family'},'group':{'fact':'people.all','title':{'ja':'人'},"
  "'rowTitle':{'ja':'{n}人目','en':'Person {n}'},'add':{'ja':'もう1人'}},'questions':["
  " {'id':'member','title':{'ja':'氏名','en':'Name'},'fields':[" FIELD ("name", "name", "") "]}]}]}";

/* One line an answer: section|row|label|text|note|source|rare. */
static char *
tell (const char *answers, const MadoAnswerContext *context, const char *sources, const char *language)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) form = make_form (form_text, vocabulary);
  g_autoptr(JsonNode) node = parse (answers);
  g_autoptr(JsonNode) from = sources != NULL ? parse (sources) : NULL;
  g_autoptr(GPtrArray) rows = mado_answers_describe (&form, 1, node, context, from, language);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const MadoAnswerRow *row = g_ptr_array_index (rows, i);

    g_string_append_printf (text, "%s|%s|%s|%s|%s|%s|%s\n", row->section, row->row ? row->row : "",
                            row->label, row->text,
                            row->note ? row->note : "", row->source ? row->source : "", row->rare ? row->rare : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_languages (void)
{
  static const char answers[] = "{'a.name':'渡邉 花子','a.kana':'ワタナベ ハナコ','a.born':'1987-04-09','a.town':'鵠沼橘1-2',"
                                "'a.buildingNameEtc':'辻堂ハイツ 201','a.code':'251-0024','people.all':[{'name':'渡邉 結衣'}]}";
  g_autofree char *ja = tell (answers, &plain_context, NULL, "ja");
  g_autofree char *en = tell (answers, &plain_context, NULL, "en");

  g_assert_cmpstr (ja, ==, "あなた||氏名|渡邉 花子|ワタナベ ハナコ||\n"
                           "あなた||生年月日|昭和62年4月9日|1987年||\n"
                           "あなた||住所|藤沢市鵠沼橘1-2 辻堂ハイツ 201|251-0024||\n"
                           "ご家族|1人目|氏名|渡邉 結衣|||\n");
  g_assert_cmpstr (en, ==, "You||Name|渡邉 花子|ワタナベ ハナコ||\n"
                           "You||Born|April 9, 1987 (Shōwa 62)|||\n"
                           "You||Home|藤沢市鵠沼橘1-2 辻堂ハイツ 201|251-0024||\n"
                           "Family|Person 1|Name|渡邉 結衣|||\n");
}

/* What the city holds fixed is not the resident's to change, however they come to see it; a guest's own answer is. */
static void
test_held (void)
{
  static const char text[] =
    "{'id':'f','revision':1,'title':{'ja':'f'},'sections':[{'id':'you','title':{'ja':'あなた'},'questions':["
    " {'id':'name','title':{'ja':'名前'},'label':{'ja':'氏名'},'fields':[" FIELD ("a.name", "name", ",'fixed':true") ","
    FIELD ("a.kana", "kana", ",'secondary':true,'required':false") "]},"
    " {'id':'born','title':{'ja':'生年月日'},'fields':[" FIELD ("a.born", "date", "") "]}]}]}";
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) form = make_form (text, vocabulary);
  g_autoptr(JsonNode) known = parse ("{'a.name':{'value':'藤沢 太郎','source':'card'},"
                                     "'a.born':{'value':'1987-04-09','source':'card'}}");
  g_autoptr(JsonNode) answers = parse ("{'a.name':'藤沢 太郎','a.born':'1987-04-09'}");
  const MadoAnswerContext identified = { .today = plain_context.today, .known = known };
  g_autoptr(GPtrArray) theirs = mado_answers_describe (&form, 1, answers, &identified, NULL, "ja");
  g_autoptr(GPtrArray) guests = mado_answers_describe (&form, 1, answers, &plain_context, NULL, "ja");

  g_assert_cmpuint (theirs->len, ==, 2);
  g_assert_true (((MadoAnswerRow *) theirs->pdata[0])->held);
  g_assert_false (((MadoAnswerRow *) theirs->pdata[1])->held);
  g_assert_false (((MadoAnswerRow *) guests->pdata[0])->held);
}

static void
test_sources (void)
{
  g_autoptr(JsonNode) known = parse ("{'a.name':{'value':'藤沢 太郎','source':'card'}}");
  const MadoAnswerContext context = { .today = plain_context.today, .known = known };
  g_autofree char *filled = tell ("{}", &context, NULL, "ja");
  g_autofree char *stored = tell ("{'a.name':'藤沢 太郎'}", &plain_context, "{'a.name':'register'}", "ja");
  g_autofree char *typed = tell ("{'a.name':'藤澤 太郎'}", &context, NULL, "ja");

  g_assert_cmpstr (filled, ==, "あなた||氏名|藤沢 太郎||card|\nあなた||住所|藤沢市|||\n");
  g_assert_cmpstr (stored, ==, "あなた||氏名|藤沢 太郎||register|\nあなた||住所|藤沢市|||\n");
  g_assert_cmpstr (typed, ==, "あなた||氏名|藤澤 太郎|||\nあなた||住所|藤沢市|||\n");
  g_assert_cmpstr (mado_source_get_text ("card", "ja"), ==, "マイナンバーカードから");
  g_assert_nonnull (mado_source_get_text ("register", "en"));
  g_assert_null (mado_source_get_text ("typed", "ja"));
  g_assert_null (mado_source_get_text (NULL, "ja"));
}

/* A name and an address are people's own words; of a birthday and a choice the city chooses them. */
static void
test_own_words (void)
{
  static const char text[] =
    "{'id':'f','revision':1,'title':{'ja':'f'},'sections':[{'id':'s','title':{'ja':'s'},'questions':["
    " {'id':'name','title':{'ja':'氏名'},'fields':[" FIELD ("b.name", "name", "") "]},"
    " {'id':'born','title':{'ja':'生年月日'},'fields':[" FIELD ("b.born", "date", "") ","
    FIELD ("b.kana", "kana", ",'secondary':true") "]},"
    " {'id':'car','title':{'ja':'車'},'fields':[" FIELD ("b.car", "yes-no", "") "]},"
    " {'id':'home','title':{'ja':'住所'},'fields':[" FIELD ("b.floors", "number", "") ","
    FIELD ("b.home", "address", "") "]}]}]}";
  static const gboolean as_written[] = { TRUE, FALSE, FALSE, TRUE };
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) form = make_form (text, vocabulary);
  g_autoptr(JsonNode) answers = parse ("{'b.name':'藤沢 花子','b.born':'1987-04-09','b.kana':'ハナコ','b.car':true,"
                                       "'b.floors':2,'b.home':'鵠沼橘1-2'}");
  g_autoptr(GPtrArray) rows = mado_answers_describe (&form, 1, answers, &plain_context, NULL, "ja@easy");

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (as_written));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((const MadoAnswerRow *) g_ptr_array_index (rows, i))->as_written, ==, as_written[i]);
}

/* What nobody answers nobody can change. */
static void
test_computed (void)
{
  g_autoptr(MadoForm) form = make_questions (
    "{'id':'n','title':{'ja':'q'},'label':{'ja':'人数'},'fields':[{'fact':'a.n','kind':'number','label':{'ja':'l'}}]},"
    "{'id':'sum','title':{'ja':'q'},'label':{'ja':'額'},'fields':[{'fact':'a.sum','kind':'yen','label':{'ja':'l'},"
    "'value':{'*':[{'var':'a.n'},5000]}}]}", "");
  g_autoptr(JsonNode) answers = parse ("{'a.n':3}");
  g_autoptr(GPtrArray) rows = mado_answers_describe (&form, 1, answers, &plain_context, NULL, "ja");
  const MadoAnswerRow *typed = g_ptr_array_index (rows, 0), *sum = g_ptr_array_index (rows, 1);

  g_assert_true (!typed->computed && typed->source == NULL);
  g_assert_true (sum->computed);
  g_assert_cmpstr (sum->text, ==, "15,000円");
  g_assert_cmpstr (mado_source_get_text (sum->source, "ja"), ==, "答えから計算");
}

/* Kept and shown as they are; staff are told. */
static void
test_rare (void)
{
  static const struct { const char *name, *rare; } names[] = {
    { "髙﨑 太郎", NULL }, { "渡邉", NULL }, { "𠮷田", "𠮷" }, { "渡邉\U000E0101", "邉\U000E0101" },
    { "Nguyễn Văn An", NULL }, { "김 하나", NULL }, { "ただの かな", NULL }, { "𠮷𠮷", "𠮷" }, { "", NULL },
  };
  g_autofree char *told = tell ("{'a.name':'𠮷田 花子'}", &plain_context, NULL, "ja");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *rare = mado_name_find_rare (names[i].name);

    g_assert_cmpstr (rare, ==, names[i].rare);
  }
  g_assert_nonnull (strstr (told, "𠮷田 花子|||𠮷\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/describe/languages", test_languages);
  g_test_add_func ("/describe/sources", test_sources);
  g_test_add_func ("/describe/held", test_held);
  g_test_add_func ("/describe/own-words", test_own_words);
  g_test_add_func ("/describe/computed", test_computed);
  g_test_add_func ("/describe/rare", test_rare);
  return g_test_run ();
}
