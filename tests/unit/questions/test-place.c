/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#include "questions/mado-place-question.h"

#define FIELD(fact, kind, more) "{'fact':'" fact "','kind':'" kind "','label':{'ja':'" fact "'}" more "}"

static const char address_question[] =
  "{'id':'home','title':{'ja':'住所'},'fields':["
  FIELD ("a.postalCode", "postcode", ",'required':false") "," FIELD ("a.prefecture", "address", "") ","
  FIELD ("a.cityAndCounty", "address", "") "," FIELD ("a.streetAddress", "address", "") ","
  FIELD ("a.cityBlock", "address", ",'required':false") "]}";

typedef struct {
  MadoForm   *form;
  JsonNode   *answers, *sources;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->form = make_questions (address_question, "");
  self->answers = parse ("{}");
  self->sources = parse ("{}");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  mado_form_unref (self->form);
  json_node_unref (self->answers);
  json_node_unref (self->sources);
}

/* As the kiosk does: the answer, and what follows from it. */
static gboolean
answer (Fixture *self, const char *fact, const char *text)
{
  json_object_set_string_member (json_node_get_object (self->answers), fact, text);

  return mado_question_complete_place (self->form->questions, json_node_get_object (self->answers),
                                       json_node_get_object (self->sources), fact);
}

static void
test_complete (Fixture *self, gconstpointer data)
{
  g_assert_false (answer (self, "a.postalCode", "251-00"));
  g_assert_true (answer (self, "a.postalCode", "2510024"));
  assert_json (self->answers, "{'a.postalCode':'2510024','a.prefecture':'神奈川県','a.cityAndCounty':'藤沢市',"
                              "'a.streetAddress':'鵠沼橘'}");
  assert_json (self->sources, "{'a.prefecture':'postcode','a.cityAndCounty':'postcode','a.streetAddress':'postcode'}");
  g_assert_false (answer (self, "a.postalCode", "251-0024"));
}

/* The corrected code speaks for what the first had filled in; what was typed stays. */
static void
test_again (Fixture *self, gconstpointer data)
{
  answer (self, "a.postalCode", "251-0024");
  answer (self, "a.streetAddress", "鵠沼橘一丁目");
  json_object_remove_member (json_node_get_object (self->sources), "a.streetAddress");
  g_assert_true (answer (self, "a.postalCode", "060-0042"));
  assert_json (self->answers, "{'a.postalCode':'060-0042','a.prefecture':'北海道','a.cityAndCounty':'札幌市中央区',"
                              "'a.streetAddress':'鵠沼橘一丁目'}");
}

/* One code for two prefectures, and one for two towns: nothing is guessed. */
static void
test_several (Fixture *self, gconstpointer data)
{
  g_assert_false (answer (self, "a.postalCode", "498-0000"));
  g_assert_true (answer (self, "a.postalCode", "761-4101"));
  assert_json (self->answers, "{'a.postalCode':'761-4101','a.prefecture':'香川県','a.cityAndCounty':'小豆郡土庄町'}");
}

static void
assert_unlisted (Fixture *self, const char *answers, gboolean unlisted)
{
  g_autoptr(JsonNode) node = parse (answers);

  g_assert_cmpint (mado_question_has_unlisted_place (self->form->questions, json_node_get_object (node)), ==, unlisted);
}

static void
test_unlisted (Fixture *self, gconstpointer data)
{
  assert_unlisted (self, "{'a.prefecture':'神奈川県','a.cityAndCounty':'藤沢市','a.streetAddress':'鵠沼橘一丁目'}", FALSE);
  assert_unlisted (self, "{'a.cityAndCounty':'藤沢市','a.streetAddress':'鵠沼橘','a.cityBlock':'1-2-3'}", FALSE);
  assert_unlisted (self, "{'a.cityAndCounty':'藤沢市','a.streetAddress':'どこか町'}", TRUE);
  assert_unlisted (self, "{'a.cityAndCounty':'藤沢市','a.streetAddress':'善行99丁目'}", TRUE);
  assert_unlisted (self, "{'a.cityAndCounty':'どこか市','a.streetAddress':'鵠沼橘'}", TRUE);
  assert_unlisted (self, "{'a.cityAndCounty':'藤沢市'}", FALSE);
  assert_unlisted (self, "{}", FALSE);
}

/* It is kept as typed, and staff and resident are told. */
static void
test_doubt (Fixture *self, gconstpointer data)
{
  static const char strange[] = "{'a.prefecture':'神奈川県','a.cityAndCounty':'藤沢市','a.streetAddress':'どこか町'}";
  static const char listed[] = "{'a.prefecture':'神奈川県','a.cityAndCounty':'藤沢市','a.streetAddress':'鵠沼橘一丁目'}";
  g_autoptr(JsonNode) answers = parse (strange), others = parse (listed);
  g_autoptr(GPtrArray) rows = mado_answers_describe (&self->form, 1, answers, &plain_context, NULL, "ja");
  g_autoptr(GPtrArray) plain = mado_answers_describe (&self->form, 1, others, &plain_context, NULL, "ja");

  assert_kept (self->form, strange, &plain_context, strange);
  g_assert_nonnull (((MadoAnswerRow *) g_ptr_array_index (rows, 0))->doubt);
  g_assert_null (((MadoAnswerRow *) g_ptr_array_index (plain, 0))->doubt);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/questions/place/complete", test_complete);
  ADD ("/questions/place/again", test_again);
  ADD ("/questions/place/several", test_several);
  ADD ("/questions/place/unlisted", test_unlisted);
  ADD ("/questions/place/doubt", test_doubt);

  return g_test_run ();
}
