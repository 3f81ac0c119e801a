/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#include <string.h>

#include "core/mado-json.h"

const MadoAnswerContext plain_context = { .today = 20777 };

JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  JsonNode *node = mado_json_parse (json, strlen (json), &MADO_JSON_LIMITS_FILE, &error);

  g_assert_no_error (error);
  return node;
}

MadoForm *
make_form (const char *text, MadoVocabulary *vocabulary)
{
  g_autoptr(JsonNode) json = parse (text);
  g_autoptr(GError) error = NULL;
  g_autofree char *mistakes = NULL;
  MadoForm *form = mado_form_new (json, vocabulary, &error);

  mistakes = list_mistakes (error);
  g_assert_cmpstr (mistakes, ==, "");
  return form;
}

MadoForm *
make_questions (const char *questions, const char *rest)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autofree char *text = g_strdup_printf ("{'id':'f','revision':1,'title':{'ja':'f'},'sections':[{'id':'s',"
                                           "'title':{'ja':'部','en':'Part'},"
                                           "'questions':[%s]}]%s}", questions, rest);

  return make_form (text, vocabulary);
}

void
assert_json (JsonNode *node, const char *expected)
{
  g_autoptr(JsonNode) wanted = parse (expected);
  g_autofree char *left = mado_json_canonical (node);
  g_autofree char *right = mado_json_canonical (wanted);

  g_assert_cmpstr (left, ==, right);
}

char *
list_mistakes (const GError *error)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; error != NULL && i < mado_error_get_n_violations (error); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);

    g_string_append_printf (list, "%s%s %s", i > 0 ? "; " : "", violation->pointer, violation->code);
    g_assert_cmpuint (strlen (violation->message), >, 5);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

JsonNode *
check (MadoForm *form, const char *answers, const MadoAnswerContext *context, char **mistakes)
{
  g_autoptr(JsonNode) node = parse (answers);
  g_autoptr(GError) error = NULL;
  JsonNode *clean = NULL;
  gboolean fine = mado_answers_check (&form, 1, node, context, &clean, &error);

  g_assert_true (fine == (error == NULL) && fine == (clean != NULL));
  *mistakes = list_mistakes (error);
  return clean;
}

void
assert_kept (MadoForm *form, const char *answers, const MadoAnswerContext *context, const char *expected)
{
  g_autofree char *mistakes = NULL;
  g_autoptr(JsonNode) clean = check (form, answers, context, &mistakes);

  g_assert_cmpstr (mistakes, ==, "");
  assert_json (clean, expected);
}

void
assert_mistakes (MadoForm *form, const char *answers, const MadoAnswerContext *context, const char *expected)
{
  g_autofree char *mistakes = NULL;
  g_autoptr(JsonNode) clean = check (form, answers, context, &mistakes);

  g_assert_cmpstr (mistakes, ==, expected);
  g_assert_null (clean);
}
