/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "visit/mado-sheet.h"

#define FORM \
  "{\"id\":\"move-in\",\"revision\":1,\"title\":{\"ja\":\"転入届\"},\"sections\":[" \
  "{\"id\":\"you\",\"title\":{\"ja\":\"あなた\"},\"questions\":[" \
  " {\"id\":\"name\",\"title\":{\"ja\":\"お名前\"},\"fields\":[" \
  "  {\"fact\":\"applicant.fullName\",\"kind\":\"name\",\"label\":{\"ja\":\"氏名\"},\"required\":true," \
  "   \"fixed\":true}," \
  "  {\"fact\":\"applicant.fullNameKana\",\"kind\":\"kana\",\"label\":{\"ja\":\"ふりがな\"},\"required\":false}]}," \
  " {\"id\":\"phone\",\"title\":{\"ja\":\"電話\"},\"fields\":[" \
  "  {\"fact\":\"applicant.phone\",\"kind\":\"phone\",\"label\":{\"ja\":\"電話番号\"},\"required\":true}]}," \
  " {\"id\":\"alone\",\"title\":{\"ja\":\"おひとりですか\"},\"fields\":[" \
  "  {\"fact\":\"moving.alone\",\"kind\":\"yes-no\",\"label\":{\"ja\":\"ひとり\"},\"required\":true}]}]}," \
  "{\"id\":\"others\",\"title\":{\"ja\":\"ご家族\"},\"group\":{\"fact\":\"household.members\"," \
  " \"title\":{\"ja\":\"いっしょの方\"},\"minRows\":1,\"maxRows\":3,\"rowTitle\":{\"ja\":\"{n}人目\"}," \
  " \"add\":{\"ja\":\"もう1人 入れる\"},\"when\":{\"===\":[{\"var\":\"moving.alone\"},false]}},\"questions\":[" \
  " {\"id\":\"member\",\"title\":{\"ja\":\"お名前\"},\"fields\":[" \
  "  {\"fact\":\"fullName\",\"kind\":\"name\",\"label\":{\"ja\":\"氏名\"},\"required\":true}]}," \
  " {\"id\":\"born\",\"title\":{\"ja\":\"生年月日\"},\"fields\":[" \
  "  {\"fact\":\"dateOfBirth\",\"kind\":\"date\",\"label\":{\"ja\":\"生年月日\"},\"required\":true," \
  "   \"latest\":\"today\"}]}]}]}"

#define ADDRESS_FORM \
  "{\"id\":\"home\",\"revision\":1,\"title\":{\"ja\":\"住所\"},\"sections\":[" \
  "{\"id\":\"you\",\"title\":{\"ja\":\"あなた\"},\"questions\":[" \
  " {\"id\":\"home\",\"title\":{\"ja\":\"住所\"},\"fields\":[" \
  "  {\"fact\":\"home.prefecture\",\"kind\":\"address\",\"label\":{\"ja\":\"都道府県\"}}," \
  "  {\"fact\":\"home.buildingNameEtc\",\"kind\":\"address\",\"label\":{\"ja\":\"建物\"}," \
  "   \"required\":false}]}]}]}"

static MadoSheet *
new_sheet_of (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) form = json_from_string (text, NULL);
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();
  MadoSheet *sheet;

  g_ptr_array_add (forms, form);
  sheet = mado_sheet_new (forms, &error);
  g_assert_no_error (error);
  return sheet;
}

static MadoSheet *
new_sheet (void)
{
  return new_sheet_of (FORM);
}

static void
answer (MadoSheet *sheet, const char *fact, const char *json)
{
  mado_sheet_take_answer (sheet, mado_sheet_get_step (sheet), fact, json_from_string (json, NULL));
}

/* 変更 beside the answer to that question; the list of a group's rows is "". */
static void
go_to (MadoSheet *sheet, const char *question)
{
  for (guint i = 0; i < mado_sheet_get_n (sheet); i++) {
    const MadoStep *step = mado_sheet_peek (sheet, i);

    if (g_strcmp0 (step->question != NULL ? step->question->id : "", question) == 0) {
      g_assert_true (mado_sheet_go_to (sheet, step));
      return;
    }
  }
  g_assert_not_reached ();
}

static void
assert_place (MadoSheet *sheet, const char *question)
{
  const MadoStep *step = mado_sheet_get_step (sheet);

  g_assert_cmpstr (step == NULL ? NULL : step->question == NULL ? "" : step->question->id, ==, question);
}

static void
assert_mistake (MadoSheet *sheet, const char *pointer)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mado_sheet_check_step (sheet, mado_sheet_get_step (sheet), &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, pointer);
}

static void
pass (MadoSheet *sheet)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_sheet_check_step (sheet, mado_sheet_get_step (sheet), &error));
  g_assert_no_error (error);
  mado_sheet_go_on (sheet);
}

static void
test_walk (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  assert_place (sheet, "name");
  g_assert_false (mado_sheet_go_back (sheet));
  assert_mistake (sheet, "/applicant.fullName");
  answer (sheet, "applicant.fullName", "\" 髙橋　花子 \"");
  answer (sheet, "applicant.fullNameKana", "\"たかはし\"");
  pass (sheet);
  assert_place (sheet, "phone");
  answer (sheet, "applicant.phone", "\"０４６６－２５－１１１１\"");
  pass (sheet);
  assert_place (sheet, "alone");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 3);
  answer (sheet, "moving.alone", "true");
  pass (sheet);
  assert_place (sheet, NULL);
  g_assert_true (mado_sheet_check (sheet, &error));
  rows = mado_sheet_describe (sheet, "ja");
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((MadoAnswerRow *) g_ptr_array_index (rows, 0))->text, ==, "髙橋　花子 タカハシ");
  g_assert_cmpstr (((MadoAnswerRow *) g_ptr_array_index (rows, 1))->text, ==, "0466251111");
}

/* An answer brings a question up; taking it back takes the question away. A group has rows of its own. */
static void
test_group (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();

  go_to (sheet, "alone");
  answer (sheet, "moving.alone", "false");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 6);   /* name, phone, alone, two of the first row, the list */
  go_to (sheet, "");
  assert_mistake (sheet, "");
  go_to (sheet, "member");
  answer (sheet, "fullName", "\"渡邉 太郎\"");
  go_to (sheet, "born");
  answer (sheet, "dateOfBirth", "\"2999-01-01\"");
  assert_mistake (sheet, "/dateOfBirth");
  answer (sheet, "dateOfBirth", "\"令和2年10月3日\"");
  pass (sheet);
  assert_place (sheet, "");
  mado_sheet_add_row (sheet, mado_sheet_get_step (sheet));
  assert_place (sheet, "member");
  g_assert_cmpint (mado_sheet_get_step (sheet)->row, ==, 1);
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 8);
  answer (sheet, "fullName", "\"渡邉 次郎\"");
  go_to (sheet, "");
  mado_sheet_remove_row (sheet, mado_sheet_get_step (sheet), 1);
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 6);
  go_to (sheet, "born");
  g_assert_cmpstr (json_node_get_string (mado_sheet_get_answer (sheet, mado_sheet_get_step (sheet), "dateOfBirth")),
                   ==, "2020-10-03");
  go_to (sheet, "");
  pass (sheet);
}

static void
give (MadoSheet *sheet, const char *json)
{
  g_autoptr(JsonNode) answers = json_from_string (json, NULL);

  mado_sheet_give (sheet, answers);
}

/* What the interview was answered is not asked again, row by row; what it did not ask is. */
static void
test_given (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();

  give (sheet, "{\"moving.alone\":false,\"unknown.fact\":1,\"household.members\":[{\"dateOfBirth\":\"2020-10-03\"}]}");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 3);   /* name, phone, the name of the row */
  g_assert_cmpuint (mado_sheet_get_n_avoided (sheet), ==, 3);
  g_assert_cmpstr (mado_sheet_get_source (sheet, "moving.alone"), ==, "interview");
  go_to (sheet, "member");
  answer (sheet, "fullName", "\"渡邉 太郎\"");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 3);
}

/* It may still be changed, and then it is a question like any other. */
static void
test_given_changed (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(GPtrArray) rows = NULL;

  give (sheet, "{\"moving.alone\":true}");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 2);
  rows = mado_sheet_describe (sheet, "ja");
  g_assert_true (mado_sheet_go_to (sheet, &((MadoAnswerRow *) g_ptr_array_index (rows, 0))->step));
  answer (sheet, "moving.alone", "false");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 6);
}

/* From another day: to what lacks an answer, past what has one, with a stop where a question has changed. */
static void
test_resumed (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) answers = json_from_string ("{\"applicant.fullName\":\"髙橋 花子\",\"applicant.phone\":"
                                                  "\"0466251111\"}", NULL);
  g_autoptr(JsonNode) changed = json_from_string ("[\"applicant.phone\"]", NULL);

  mado_sheet_resume (sheet, answers, changed);
  assert_place (sheet, "phone");
  g_assert_cmpint (mado_sheet_get_asked (sheet, mado_sheet_get_step (sheet)), ==, MADO_ASKED_OTHERWISE);
  pass (sheet);
  assert_place (sheet, "alone");
  g_assert_cmpint (mado_sheet_get_asked (sheet, mado_sheet_get_step (sheet)), ==, MADO_ASKED_ALIKE);
  answer (sheet, "moving.alone", "true");
  pass (sheet);
  assert_place (sheet, NULL);
}

/* @form with every @from written as @to. */
static char *
publish (const char *form, const char *from, const char *to)
{
  g_auto(GStrv) parts = g_strsplit (form, from, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv (to, parts);
}

static MadoSheet *
ask_anew (MadoSheet *before, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) form = json_from_string (text, NULL);
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();
  MadoSheet *sheet;

  g_ptr_array_add (forms, form);
  sheet = mado_sheet_new_after (before, forms, &error);
  g_assert_no_error (error);
  return sheet;
}

/* Everything is answered by somebody the city knows. */
static MadoSheet *
new_answered_sheet (void)
{
  MadoSheet *sheet = new_sheet ();
  g_autoptr(JsonNode) facts = json_from_string (
    "{\"applicant.fullName\":{\"value\":\"髙橋 花子\",\"source\":\"register\"}}", NULL);

  mado_sheet_fill (sheet, facts);
  go_to (sheet, "phone");
  answer (sheet, "applicant.phone", "\"0466251111\"");
  go_to (sheet, "alone");
  answer (sheet, "moving.alone", "true");
  return sheet;
}

/* Published anew with one question asked otherwise and one added: both are shown, marked; all that was typed stays. */
static void
test_published_anew (void)
{
  g_autoptr(MadoSheet) before = new_answered_sheet (), sheet = NULL;
  g_autofree char *label = publish (FORM, "電話番号", "昼間の電話番号");
  g_autofree char *form = publish (label, " {\"id\":\"alone\"",
                                   " {\"id\":\"wish\",\"title\":{\"ja\":\"希望\"},\"fields\":["
                                   "  {\"fact\":\"applicant.wish\",\"kind\":\"text\",\"label\":{\"ja\":\"希望\"},"
                                   "   \"required\":false}]}, {\"id\":\"alone\"");
  g_autoptr(JsonNode) answers = NULL;

  sheet = ask_anew (before, form);
  assert_place (sheet, "phone");
  g_assert_cmpint (mado_sheet_get_asked (sheet, mado_sheet_get_step (sheet)), ==, MADO_ASKED_OTHERWISE);
  pass (sheet);
  assert_place (sheet, "wish");
  g_assert_cmpint (mado_sheet_get_asked (sheet, mado_sheet_get_step (sheet)), ==, MADO_ASKED_ANEW);
  pass (sheet);
  assert_place (sheet, NULL);
  answers = mado_sheet_dup_answers (sheet);
  g_assert_cmpstr (json_node_get_string (mado_json_get (answers, "/applicant.phone")), ==, "0466251111");
  g_assert_cmpstr (mado_sheet_get_source (sheet, "applicant.fullName"), ==, "register");
}

/* A question that is not asked any more takes its answer with it, and nothing is to be looked at. */
static void
test_published_shorter (void)
{
  g_autoptr(MadoSheet) before = new_answered_sheet (), sheet = NULL;
  g_autofree char *form = publish (FORM, " {\"id\":\"phone\",\"title\":{\"ja\":\"電話\"},\"fields\":["
                                   "  {\"fact\":\"applicant.phone\",\"kind\":\"phone\",\"label\":{\"ja\":\"電話番号\"},"
                                   "\"required\":true}]},", "");
  g_autoptr(JsonNode) answers = NULL;

  sheet = ask_anew (before, form);
  assert_place (sheet, NULL);
  answers = mado_sheet_dup_answers (sheet);
  g_assert_null (mado_json_get (answers, "/applicant.phone"));
  g_assert_true (json_node_get_boolean (mado_json_get (answers, "/moving.alone")));
}

/* As many as fit, and no more. */
static void
test_rows (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();

  go_to (sheet, "alone");
  answer (sheet, "moving.alone", "false");
  for (guint i = 0; i < 5; i++) {
    go_to (sheet, "");
    mado_sheet_add_row (sheet, mado_sheet_get_step (sheet));
  }
  go_to (sheet, "");
  g_assert_cmpuint (mado_sheet_get_n_rows (sheet, mado_sheet_get_step (sheet)), ==, 3);
}

/* The register's rows hold more than this form asks; only that is taken, and it is not asked. */
static void
test_known_rows (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) answers = NULL;
  g_autoptr(JsonNode) facts = json_from_string (
    "{\"household.members\":{\"value\":[{\"fullName\":\"藤沢 太郎\",\"dateOfBirth\":\"1980-04-01\",\"sex\":\"male\"}],"
    "\"source\":\"register\"}}", NULL);

  mado_sheet_fill (sheet, facts);
  go_to (sheet, "alone");
  answer (sheet, "moving.alone", "false");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 3);
  answers = mado_sheet_dup_answers (sheet);
  g_assert_nonnull (mado_json_get (answers, "/household.members/0/fullName"));
  g_assert_null (mado_json_get (answers, "/household.members/0/sex"));
}

/* What the city knows is filled in with its source and not asked; touching it makes it the resident's own. */
static void
test_known (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) facts = json_from_string (
    "{\"applicant.fullName\":{\"value\":\"藤沢 太郎\",\"source\":\"register\"},"
    "\"applicant.sex\":{\"value\":\"male\",\"source\":\"register\"}}", NULL);
  g_autoptr(JsonNode) answers = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  mado_sheet_fill (sheet, facts);
  assert_place (sheet, "phone");
  g_assert_cmpuint (mado_sheet_get_n (sheet), ==, 2);
  g_assert_cmpuint (mado_sheet_get_n_avoided (sheet), ==, 1);
  g_assert_cmpstr (mado_sheet_get_source (sheet, "applicant.fullName"), ==, "register");
  answers = mado_sheet_dup_answers (sheet);
  g_assert_null (mado_json_get (answers, "/applicant.sex"));

  rows = mado_sheet_describe (sheet, "ja");
  g_assert_cmpstr (((MadoAnswerRow *) g_ptr_array_index (rows, 0))->source, ==, "register");
  g_assert_true (mado_sheet_go_to (sheet, &((MadoAnswerRow *) g_ptr_array_index (rows, 0))->step));
  assert_place (sheet, "name");
  g_assert_true (mado_sheet_is_changing (sheet));
  answer (sheet, "applicant.fullName", "\"藤澤 太郎\"");
  g_assert_null (mado_sheet_get_source (sheet, "applicant.fullName"));
  pass (sheet);
  assert_place (sheet, "phone");   /* the next that lacks an answer */
}

/* A card shown late does not add its building to an address typed before. */
static void
test_known_address (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet_of (ADDRESS_FORM);
  g_autoptr(JsonNode) facts = json_from_string (
    "{\"home.prefecture\":{\"value\":\"神奈川県\"},\"home.buildingNameEtc\":{\"value\":\"橘荘\"}}", NULL);
  g_autoptr(JsonNode) filled = NULL, kept = NULL;

  mado_sheet_fill (sheet, facts);
  filled = mado_sheet_dup_answers (sheet);
  g_assert_nonnull (mado_json_get (filled, "/home.prefecture"));
  g_assert_nonnull (mado_json_get (filled, "/home.buildingNameEtc"));

  g_clear_object (&sheet);
  sheet = new_sheet_of (ADDRESS_FORM);
  go_to (sheet, "home");
  answer (sheet, "home.prefecture", "\"北海道\"");
  mado_sheet_fill (sheet, facts);
  kept = mado_sheet_dup_answers (sheet);
  g_assert_cmpstr (json_node_get_string (mado_json_get (kept, "/home.prefecture")), ==, "北海道");
  g_assert_null (mado_json_get (kept, "/home.buildingNameEtc"));
}

/* The check at the end leads to the question with the mistake and from there back. */
static void
test_mistakes (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) told = NULL, said = NULL;
  g_autoptr(JsonNode) filed = json_from_string ("{\"applicant.fullName\":\"山田 花子\",\"applicant.phone\":\"1\","
                                                "\"moving.alone\":true}", NULL);

  mado_sheet_load (sheet, filed, NULL);
  assert_place (sheet, NULL);
  g_assert_false (mado_sheet_check (sheet, &error));
  assert_place (sheet, "phone");
  answer (sheet, "applicant.phone", "\"0466251111\"");
  pass (sheet);
  assert_place (sheet, NULL);
  g_assert_true (mado_sheet_check (sheet, NULL));

  told = mado_error_new_at (MADO_ERROR_INVALID, "/answers/moving.alone", "range", "No");
  g_assert_true (mado_sheet_go_to_mistake (sheet, told));
  assert_place (sheet, "alone");
  said = mado_sheet_take_mistake (sheet);
  g_assert_cmpstr (mado_error_get_violation (said, 0)->message, ==, "No");
  g_assert_null (mado_sheet_take_mistake (sheet));
  g_assert_true (mado_sheet_go_back (sheet));
  assert_place (sheet, NULL);
}

/* What is handed out to be filed does not change under the hands of the thread that sends it. */
static void
test_copies (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) before = NULL;

  go_to (sheet, "alone");
  answer (sheet, "moving.alone", "false");
  go_to (sheet, "member");
  answer (sheet, "fullName", "\"A\"");
  before = mado_sheet_dup_answers (sheet);
  answer (sheet, "fullName", "\"B\"");
  g_assert_cmpstr (json_node_get_string (mado_json_get (before, "/household.members/0/fullName")), ==, "A");
}

/* A postcode fills in its town, which is shown as such and stays the resident's to change. */
static void
test_postcode (void)
{
  static const char form[] =
    "{\"id\":\"f\",\"revision\":1,\"title\":{\"ja\":\"f\"},\"sections\":[{\"id\":\"s\",\"title\":{\"ja\":\"s\"},"
    "\"questions\":[{\"id\":\"home\",\"title\":{\"ja\":\"住所\"},\"fields\":["
    "{\"fact\":\"a.postalCode\",\"kind\":\"postcode\",\"label\":{\"ja\":\"郵便番号\"}},"
    "{\"fact\":\"a.streetAddress\",\"kind\":\"address\",\"label\":{\"ja\":\"町名\"}}]}]}]}";
  g_autoptr(JsonNode) node = json_from_string (form, NULL);
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();
  g_autoptr(MadoSheet) sheet = NULL;

  g_ptr_array_add (forms, node);
  sheet = mado_sheet_new (forms, NULL);
  answer (sheet, "a.postalCode", "\"2510024\"");
  g_assert_cmpstr (json_node_get_string (mado_sheet_get_answer (sheet, mado_sheet_get_step (sheet), "a.streetAddress")),
                   ==, "鵠沼橘");
  g_assert_cmpstr (mado_sheet_get_source (sheet, "a.streetAddress"), ==, "postcode");
  answer (sheet, "a.streetAddress", "\"鵠沼橘一丁目\"");
  g_assert_null (mado_sheet_get_source (sheet, "a.streetAddress"));
}

/* Filed without a card, as somebody wrote it; identified since, and to be corrected. */
static void
test_settled (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) filed = json_from_string ("{\"applicant.fullName\":\"高崎\",\"applicant.phone\":\"0466251111\","
                                                "\"moving.alone\":true}", NULL);
  g_autoptr(JsonNode) facts = json_from_string ("{\"applicant.fullName\":{\"value\":\"髙﨑 美代子\",\"source\":"
                                                "\"register\"},\"applicant.phone\":{\"value\":\"0466000000\","
                                                "\"source\":\"register\"}}", NULL);
  g_autoptr(JsonNode) answers = NULL;

  mado_sheet_load (sheet, filed, NULL);
  mado_sheet_settle (sheet, facts);
  assert_place (sheet, NULL);
  g_assert_true (mado_sheet_check (sheet, NULL));
  answers = mado_sheet_dup_answers (sheet);
  g_assert_cmpstr (json_node_get_string (mado_json_get (answers, "/applicant.fullName")), ==, "髙﨑 美代子");
  g_assert_cmpstr (json_node_get_string (mado_json_get (answers, "/applicant.phone")), ==, "0466251111");
  g_assert_cmpstr (mado_sheet_get_source (sheet, "applicant.fullName"), ==, "register");
  g_assert_null (mado_sheet_get_source (sheet, "applicant.phone"));
}

/* With the answers as they stand; a rule nobody wrote is not a fee of nothing. */
static void
test_fee (void)
{
  g_autoptr(MadoSheet) sheet = new_sheet ();
  g_autoptr(JsonNode) paid = json_from_string (
    "{\"fee\":{\"rule\":{\"if\":[{\"var\":\"moving.alone\"},300,600]}}}", NULL);
  g_autoptr(JsonNode) free_of_charge = json_from_string ("{\"fee\":{\"rule\":0}}", NULL);
  g_autoptr(JsonNode) untold = json_from_string ("{\"fee\":{\"text\":{\"ja\":\"確認中\"}}}", NULL);

  mado_sheet_take_answer (sheet, mado_sheet_peek (sheet, 2), "moving.alone", json_from_string ("true", NULL));
  g_assert_cmpint (mado_sheet_count_fee (sheet, paid), ==, 300);
  mado_sheet_take_answer (sheet, mado_sheet_peek (sheet, 2), "moving.alone", json_from_string ("false", NULL));
  g_assert_cmpint (mado_sheet_count_fee (sheet, paid), ==, 600);
  g_assert_cmpint (mado_sheet_count_fee (sheet, free_of_charge), ==, 0);
  g_assert_cmpint (mado_sheet_count_fee (sheet, untold), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/walk", test_walk);
  g_test_add_func ("/sheet/fee", test_fee);
  g_test_add_func ("/sheet/group", test_group);
  g_test_add_func ("/sheet/rows", test_rows);
  g_test_add_func ("/sheet/known", test_known);
  g_test_add_func ("/sheet/known-address", test_known_address);
  g_test_add_func ("/sheet/known-rows", test_known_rows);
  g_test_add_func ("/sheet/mistakes", test_mistakes);
  g_test_add_func ("/sheet/settled", test_settled);
  g_test_add_func ("/sheet/copies", test_copies);
  g_test_add_func ("/sheet/postcode", test_postcode);
  g_test_add_func ("/sheet/given", test_given);
  g_test_add_func ("/sheet/given-changed", test_given_changed);
  g_test_add_func ("/sheet/resumed", test_resumed);
  g_test_add_func ("/sheet/published-anew", test_published_anew);
  g_test_add_func ("/sheet/published-shorter", test_published_shorter);
  return g_test_run ();
}
