/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

/* What was typed, and what is kept of it or why it is refused: a code in upper case. */
typedef struct {
  const char *kind;
  const char *more;      /* members of the field */
  const char *typed;
  const char *kept;
} Case;

#define OPTIONS ",'options':[{'id':'a','label':{'ja':'あ'}},{'id':'b','label':{'ja':'い'}}]"

static const Case cases[] = {
  { "text", "", "' ｶﾅ  と 字 '", "'ｶﾅ と 字'" },
  { "text", ",'max':3", "'四文字だ'", "TOO-LONG" },
  { "text", ",'min':3", "'二字'", "TOO-SHORT" },
  { "text", "", "7", "TYPE" },
  { "text", "", "' \\u3000 '", "REQUIRED" },
  { "long-text", "", "'一行目 \\n 二行目\\n'", "'一行目\\n二行目'" },

  { "name", "", "'髙﨑 邉'", "'髙﨑 邉'" },
  { "name", "", "'𠮷田'", "'𠮷田'" },
  { "name", "", "'Suharto'", "'Suharto'" },
  { "name", "", "' José  María '", "'José María'" },
  { "name", "", "['a']", "TYPE" },
  { "name", "", "'渡邉󠄂'", "'渡邉󠄂'" },                          /* with its selector */
  { "name", "", "'علی\u200cرضا'", "'علی\u200cرضا'" },        /* as Persian is written */
  { "name", "", "'高\u202e橋'", "INVISIBLE" },                /* turns the line round */
  { "name", "", "'\u2067abc\u2069'", "INVISIBLE" },
  { "name", "", "'Ma\u200bria'", "INVISIBLE" },
  { "name", "", "'Ma\u200dria'", "INVISIBLE" },
  { "name", "", "'\u3164'", "INVISIBLE" },
  { "name", "", "'\ufe0f'", "INVISIBLE" },
  { "text", "", "'a\u200fb'", "INVISIBLE" },

  { "document", "", "['01HZZZZZZZZZZZZZZZZZZZZZZZ']", "['01HZZZZZZZZZZZZZZZZZZZZZZZ']" },
  { "document", "", "['01HZZZZZZZZZZZZZZZZZZZZZZZ','01HZZZZZZZZZZZZZZZZZZZZZZZ']", "TYPE" },
  { "document", "", "['../../etc/passwd']", "TYPE" },
  { "document", "", "'01HZZZZZZZZZZZZZZZZZZZZZZZ'", "TYPE" },
  { "document", "", "[]", "REQUIRED" },
  { "document", ",'max':1", "['01HZZZZZZZZZZZZZZZZZZZZZZZ','01HZZZZZZZZZZZZZZZZZZZZZZY']", "RANGE" },

  { "signature", "", "' 藤沢  花子 '", "'藤沢 花子'" },
  { "signature", "", "'M1 1L2 2L3 3L4 4L5 5M6 6L7 7L8 300'", "'M1 1L2 2L3 3L4 4L5 5M6 6L7 7L8 300'" },
  { "signature", "", "'M1 1L2 2'", "TOO-SHORT" },
  { "signature", "", "'M1 1L2 2L3 3L4 4L5 5M6 6L7 7L8 301'", "PATTERN" },
  { "signature", "", "'M1001 1L2 2L3 3L4 4L5 5M6 6L7 7L8 3'", "PATTERN" },
  { "signature", "", "'M1 1L2 2 L3 3L4 4L5 5M6 6L7 7L8 3'", "PATTERN" },
  { "signature", "", "'M1,1'", "PATTERN" },
  { "signature", "", "''", "REQUIRED" },
  { "signature", "", "4", "TYPE" },

  { "kana", "", "'たかはし はなこ'", "'タカハシ ハナコ'" },
  { "kana", "", "'ﾀｶﾊｼ ﾊﾅｺ'", "'タカハシ ハナコ'" },
  { "kana", "", "'ジョン・スミス'", "'ジョン・スミス'" },
  { "kana", "", "'高橋'", "KANA" },

  { "number", ",'min':1,'max':10", "3", "3" },
  { "number", ",'min':1,'max':10", "'３'", "3" },
  { "number", ",'min':1,'max':10", "0", "RANGE" },
  { "number", ",'min':1,'max':10", "11", "RANGE" },
  { "number", "", "2.5", "TYPE" },
  { "number", "", "'たくさん'", "TYPE" },
  { "number", "", "true", "TYPE" },
  { "yen", "", "'１，２００円'", "1200" },

  { "date", "", "'1987-04-09'", "'1987-04-09'" },
  { "date", "", "'昭和６２年４月９日'", "'1987-04-09'" },
  { "date", "", "'令和元年5月1日'", "'2019-05-01'" },
  { "date", "", "'1873-01-01'", "'1873-01-01'" },
  { "date", "", "'1872-12-31'", "BEFORE-1873" },
  { "date", "", "'2026-02-29'", "NO-SUCH-DAY" },
  { "date", "", "'昭和65年1月1日'", "ERA" },
  { "date", "", "'きのう'", "DATE" },
  { "date", "", "20261120", "TYPE" },
  { "date", ",'latest':'today'", "'2026-11-20'", "'2026-11-20'" },
  { "date", ",'latest':'today'", "'2026-11-21'", "FUTURE" },
  { "date", ",'earliest':'today'", "'2026-11-19'", "PAST" },
  { "date", ",'earliest':'1990-01-01'", "'1989-12-31'", "RANGE" },
  { "date", ",'latest':'2027-03-31'", "'2027-04-01'", "RANGE" },

  { "month", "", "'202611'", "'2026-11'" },
  { "month", "", "'202613'", "DATE" },
  { "time", "", "'1530'", "'15:30'" },
  { "time", "", "'９３０'", "'09:30'" },
  { "time", "", "'2460'", "TIME" },
  { "month", "", "'２０２６年１１月'", "'2026-11'" },
  { "month", "", "'令和8年11月'", "'2026-11'" },
  { "month", "", "'2026-11'", "'2026-11'" },
  { "month", "", "'13月'", "DATE" },

  { "time", "", "'９：０５'", "'09:05'" },
  { "time", "", "'15時30分'", "'15:30'" },
  { "time", "", "'15時'", "'15:00'" },
  { "time", "", "'24:00'", "TIME" },
  { "time", "", "'9:60'", "TIME" },
  { "time", "", "'昼'", "TIME" },

  { "yes-no", "", "false", "false" },
  { "yes-no", "", "'yes'", "TYPE" },
  { "consent", "", "true", "true" },
  { "consent", "", "false", "CONSENT" },
  { "consent", ",'required':false", "false", "false" },

  { "one-of", OPTIONS, "'a'", "'a'" },
  { "one-of", OPTIONS, "'c'", "OPTION" },
  { "one-of", OPTIONS, "1", "OPTION" },
  { "several-of", OPTIONS, "['b','a']", "['b','a']" },
  { "several-of", OPTIONS, "['a','a']", "TWICE" },
  { "several-of", OPTIONS, "['a','c']", "OPTION" },
  { "several-of", OPTIONS, "['a',1]", "OPTION" },
  { "several-of", OPTIONS ",'max':1", "['a','b']", "RANGE" },
  { "several-of", OPTIONS ",'min':2", "['a']", "RANGE" },
  { "several-of", OPTIONS, "[]", "REQUIRED" },
  { "several-of", OPTIONS, "'a'", "TYPE" },

  { "person", "", "'r1'", "'r1'" },
  { "person", "", "'stranger'", "OPTION" },
  { "people", "", "['r2','r1']", "['r2','r1']" },
  { "people", "", "['r1','stranger']", "OPTION" },

  { "address", "", "'鵠沼橘１丁目２－３'", "'鵠沼橘1丁目2-3'" },
  { "postcode", "", "'〒２５１ー８６０１'", "'251-8601'" },
  { "postcode", "", "'2518601'", "'251-8601'" },
  { "postcode", "", "'25186'", "POSTCODE" },
  { "postcode", "", "'abc-defg'", "POSTCODE" },
  { "phone", "", "'０４６６（２５）１１１１'", "'0466251111'" },
  { "phone", "", "'+81 466-25-1111'", "'0466251111'" },
  { "phone", "", "'251111'", "PHONE" },
  { "phone", "", "'046625111'", "PHONE" }, { "phone", "", "'1466251111'", "PHONE" },
  { "phone", "", "'09012345678'", "'09012345678'" }, { "phone", "", "'+84 24 3825 1234'", "'+842438251234'" },
  { "mail", "", "'ｈａｎａ＠example.jp'", "'hana@example.jp'" },
  { "mail", "", "'hana@'", "MAIL" },
  { "mail", "", "'hana example.jp'", "MAIL" },

  { "my-number", "", "'１２３４－５６７８－９０１８'", "'123456789018'" },
  { "my-number", "", "'123456789012'", "CHECK-DIGIT" },
  { "my-number", "", "'12345678901'", "CHECK-DIGIT" },
  { "corporate-number", "", "'5835678256246'", "'5835678256246'" },
  { "corporate-number", "", "'5835678256247'", "CHECK-DIGIT" },
  { "bank-branch", "", "'０００１－００４'", "'0001-004'" },
  { "bank-branch", "", "'0001 004'", "'0001-004'" },
  { "bank-branch", "", "'0001-999'", "'0001-999'" },
  { "bank-branch", "", "'0000-004'", "BANK" },
  { "bank-branch", "", "'0001'", "BANK" },
  { "bank-branch", "", "'みずほ'", "BANK" },
  { "account-number", "", "'１２３４５６７'", "'1234567'" },
  { "account-number", "", "'12345'", "'0012345'" },
  { "account-number", "", "'12345678'", "ACCOUNT-NUMBER" },
  { "account-number", "", "'12a4567'", "ACCOUNT-NUMBER" },
};

static MadoForm *
make_field (const char *kind, const char *more)
{
  g_autofree char *question = g_strdup_printf ("{'id':'q','title':{'ja':'q'},'fields':[{'fact':'a.b','kind':'%s',"
                                               "'label':{'ja':'b'}%s}]}", kind, more);

  return make_questions (question, "");
}

static void
check_case (const Case *c, const MadoAnswerContext *context)
{
  g_autoptr(MadoForm) form = make_field (c->kind, c->more);
  g_autoptr(JsonNode) value = parse (c->typed);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) kept = mado_form_field_check (&form->questions[0].fields[0], value, context, "/a.b", &error);

  g_test_message ("%s %s", c->kind, c->typed);
  if (g_ascii_isupper (c->kept[0])) {
    g_autofree char *code = g_ascii_strdown (c->kept, -1);

    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, code);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/a.b");
    g_assert_null (kept);
    return;
  }
  g_assert_no_error (error);
  assert_json (kept, c->kept);
}

static void
test_check (void)
{
  g_autoptr(JsonNode) people = parse ("[{'id':'r1','fullName':'藤沢 太郎'},{'id':'r2','fullName':'藤沢 花'}]");
  const MadoAnswerContext context = { .today = plain_context.today, .people = people };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i], &context);
}

/* Whatever passes the check, passes it again as it is: kiosk and service agree. */
static void
test_kept_is_final (void)
{
  g_autoptr(JsonNode) people = parse ("[{'id':'r1'},{'id':'r2'}]");
  const MadoAnswerContext context = { .today = plain_context.today, .people = people };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(MadoForm) form = make_field (cases[i].kind, cases[i].more);
    g_autoptr(JsonNode) value = g_ascii_isupper (cases[i].kept[0]) ? NULL : parse (cases[i].kept);
    g_autoptr(JsonNode) kept = NULL;

    if (value == NULL)
      continue;
    kept = mado_form_field_check (&form->questions[0].fields[0], value, &context, "", NULL);
    g_assert_true (kept == value);
  }
}

/* Every kind has a case above, and a row of its own in the table. */
static void
test_all_covered (void)
{
  guint n;
  const MadoKind *kinds = mado_kind_list (&n);

  for (guint k = 0; k < n; k++) {
    gboolean covered = kinds[k].check == NULL;

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      covered = covered || g_str_equal (cases[i].kind, kinds[k].name);
    g_test_message ("%s", kinds[k].name);
    g_assert_true (covered);
    g_assert_true (mado_kind_find (kinds[k].name) == &kinds[k]);
  }
  g_assert_null (mado_kind_find ("telepathy"));
  g_assert_null (mado_kind_find (NULL));
}

static void
test_optional (void)
{
  static const char *const nothing[] = { "null", "''", "'   '", "[]" };
  g_autoptr(MadoForm) form = make_field ("text", ",'required':false");
  g_autoptr(MadoForm) unsure = make_field ("text", ",'mayNotKnow':true");

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++) {
    g_autoptr(JsonNode) value = parse (nothing[i]);
    g_autoptr(GError) error = NULL;

    g_assert_null (mado_form_field_check (&form->questions[0].fields[0], value, &plain_context, "", &error));
    g_assert_no_error (error);
  }
  assert_kept (unsure, "{'a.b':null}", &plain_context, "{'a.b':null}");
  assert_mistakes (unsure, "{}", &plain_context, "/a.b required");
}

static void
assert_words (const char *kind, const char *value, const char *language, const char *expected)
{
  g_autoptr(MadoForm) form = make_field (kind, g_str_has_suffix (kind, "-of") ? OPTIONS : "");
  g_autoptr(JsonNode) people = parse ("[{'id':'r1','fullName':'藤沢 太郎'}]");
  const MadoAnswerContext context = { .today = plain_context.today, .people = people };
  g_autoptr(JsonNode) node = parse (value);
  g_autofree char *words = mado_form_field_display (&form->questions[0].fields[0], node, &context, language);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_display (void)
{
  assert_words ("date", "'1987-04-09'", "ja", "昭和62年4月9日");
  assert_words ("date", "'1987-04-09'", "en", "April 9, 1987 (Shōwa 62)");
  assert_words ("month", "'2019-05'", "ja", "令和元年5月");
  assert_words ("yes-no", "true", "ja", "はい");
  assert_words ("yes-no", "false", "en", "No");
  assert_words ("yes-no", "null", "ja", "わからない");
  assert_words ("yen", "1200", "ja", "1,200円");
  assert_words ("one-of", "'b'", "ja", "い");
  assert_words ("several-of", "['a','b']", "ja", "あ、い");
  assert_words ("people", "['r1']", "ja", "藤沢 太郎");
  assert_words ("phone", "'09012345678'", "ja", "090-1234-5678");
  assert_words ("phone", "'08001234567'", "ja", "08001234567");
  assert_words ("phone", "'0466251111'", "en", "0466251111");
  assert_words ("phone", "'+8424382512'", "ja", "+8424382512");
  assert_words ("phone", "'０９０'", "ja", "０９０");
  assert_words ("my-number", "'123456789018'", "ja", "●●●●018");
  assert_words ("bank-branch", "'0001-004'", "ja", "みずほ 丸の内中央 (0001-004)");
  assert_words ("bank-branch", "'0001-999'", "ja", "みずほ (0001-999)");
  /* Not checked yet, and not what it should be: nothing is told, and nothing breaks. */
  assert_words ("date", "7", "ja", NULL);
  assert_words ("yes-no", "'true'", "ja", NULL);
  assert_words ("bank-branch", "'0001'", "ja", "0001");
  assert_words ("bank-branch", "7", "ja", NULL);
  assert_words ("several-of", "'a'", "ja", NULL);
  assert_words ("several-of", "[1,{}]", "ja", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kinds/check", test_check);
  g_test_add_func ("/kinds/kept-is-final", test_kept_is_final);
  g_test_add_func ("/kinds/all-covered", test_all_covered);
  g_test_add_func ("/kinds/optional", test_optional);
  g_test_add_func ("/kinds/display", test_display);
  return g_test_run ();
}
