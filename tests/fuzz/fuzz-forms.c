/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"
#include "paper/mado-overlay.h"
#include "questions/mado-form-resolve.h"
#include "questions/mado-plan.h"
#include "questions/mado-typing.h"

#include "mado-fuzz.h"

static const char vocabulary_text[] =
  "{\"facts\":{\"a.name\":{\"kind\":\"name\",\"label\":{\"ja\":\"名\"}},\"a.born\":{\"kind\":\"date\","
  "\"label\":{\"ja\":\"日\"}},"
  "\"a.one\":{\"kind\":\"one-of\",\"label\":{\"ja\":\"一\"},\"options\":{\"x\":{\"ja\":\"X\"},"
  "\"y\":{\"ja\":\"Y\"}}},"
  "\"p.all\":{\"label\":{\"ja\":\"人\"},\"members\":{\"name\":{\"kind\":\"name\",\"label\":{\"ja\":\"名\"}}}}}}";

static JsonNode *
parse (const char *text)
{
  return mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_BODY, NULL);
}

static void
check_violations (const GError *error)
{
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpuint (mado_error_get_n_violations (error), >, 0);
  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    g_assert_true (g_utf8_validate (mado_error_get_violation (error, i)->pointer, -1, NULL));
}

static GBytes *
open_sheet (const char *name, gpointer data, GError **error)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>";

  return g_bytes_new_static (svg, strlen (svg));
}

/* Whatever passes can be printed, with any answers. */
static void
check_official (const MadoForm *form, JsonNode *official, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) proof = NULL, pdf = NULL;
  g_autoptr(JsonNode) clean = NULL;
  g_autoptr(MadoOverlay) overlay = mado_overlay_new (official, form, open_sheet, NULL, NULL, &error);

  if (overlay == NULL) {
    check_violations (error);
    return;
  }
  mado_overlay_lint (overlay, form, NULL);
  proof = mado_overlay_proof (overlay, form, &error);
  g_assert_no_error (error);
  mado_answers_check ((MadoForm *const[]) { (MadoForm *) form }, 1, answers, context, &clean, NULL);
  if (clean == NULL)
    return;
  pdf = mado_overlay_print (overlay, &(MadoOverlayFilling) { form, clean, context, "1", 0 }, &error);
  g_assert_no_error (error);
}

/* What is kept passes again and stays as it is. */
static void
check_answers (MadoForm *form, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) clean = NULL, again = NULL;
  const MadoAnswerContext plain = { .today = context->today, .facts = context->facts, .people = context->people };

  if (!mado_answers_check (&form, 1, answers, context, &clean, &error)) {
    check_violations (error);
    return;
  }
  if (!mado_answers_check (&form, 1, clean, &plain, &again, &error))
    g_error ("What was kept is refused: %s %s", mado_error_get_violation (error, 0)->pointer, error->message);
  g_assert_true (json_node_equal (clean, again));
}

static void
check_pages (MadoForm *form, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autoptr(GArray) plan = mado_plan_new (&form, 1, answers, context, NULL);

  for (guint i = 0; i < plan->len; i++) {
    const MadoStep *step = &g_array_index (plan, MadoStep, i);
    g_autoptr(JsonNode) clean = NULL;

    g_assert_true ((step->question != NULL) == (step->fields != 0));
    g_assert_true ((step->group != NULL) || step->row == -1);
    mado_step_check (step, answers, answers, context, &clean, NULL);
    g_assert_true (JSON_NODE_HOLDS_OBJECT (clean));
  }
}

/* Taken back one by one and typed again, answers are what they were; but for rules that go round in circles. */
static void
type_answers (MadoForm *form, JsonNode *answers, const MadoAnswerContext *context)
{
  g_autoptr(MadoTyping) typing = mado_typing_new (&form, 1, answers, context, FALSE);
  g_autoptr(JsonNode) clean = NULL;
  JsonObjectIter iter;
  const char *fact;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (answers));
  while (json_object_iter_next (&iter, &fact, &value)) {
    mado_typing_set (typing, fact, NULL);
    mado_typing_set (typing, fact, value);
  }
  mado_typing_check (typing, &clean, NULL);
}

static void
try_form (JsonNode *json, JsonNode *answers, JsonNode *known, JsonNode *official)
{
  g_autoptr(MadoVocabulary) words = mado_vocabulary_new (TRUE);
  g_autoptr(JsonNode) vocabulary = parse (vocabulary_text);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoForm) form = NULL;
  const MadoAnswerContext context = { .today = 20777, .known = known };

  if (!mado_form_resolve (json, vocabulary, &error)) {
    check_violations (error);
    g_clear_error (&error);
  }
  form = mado_form_new (json, words, &error);
  if (form == NULL) {
    check_violations (error);
    return;
  }
  if (answers == NULL || !JSON_NODE_HOLDS_OBJECT (answers))
    return;
  check_answers (form, answers, &context);
  check_pages (form, answers, &context);
  type_answers (form, answers, &context);
  g_ptr_array_unref (mado_answers_describe (&form, 1, answers, &context, known, "ja"));
  if (official != NULL)
    check_official (form, official, answers, &context);
}

/* {"form": …, "answers": …, "known": …, "official": …} */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(JsonNode) node = mado_json_parse ((const char *) data, size, &MADO_JSON_LIMITS_BODY, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object != NULL && json_object_has_member (object, "form"))
    try_form (json_object_get_member (object, "form"), json_object_get_member (object, "answers"),
              json_object_get_member (object, "known"), json_object_get_member (object, "official"));

  return 0;
}
