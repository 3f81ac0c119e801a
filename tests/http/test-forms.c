/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every form there is: answered, filed, asked back, corrected, granted, paid and printed. */
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "mado-test-city.h"

#include <string.h>

#define MOST_ROUNDS 30

/* --- answers made for a form: what the check misses is answered, until it misses nothing ---------------------- */

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
list_node (const char *text)
{
  g_autoptr(JsonArray) list = json_array_new ();

  json_array_add_string_element (list, text);
  return json_node_init_array (json_node_alloc (), list);
}

/* As many digits as are wanted, where it says how many. */
static char *
write_text (const MadoFormField *field)
{
  return field->has_min && field->min > 3 ? g_strnfill ((gsize) field->min, '1') : g_strdup ("あ");
}

static JsonNode *
make_answer (const MadoFormField *field)
{
  g_autofree char *today = mado_clock_format_date (mado_clock_now ());
  const char *const samples[][2] = {
    { "long-text", "あいう" }, { "name", "藤沢 花子" }, { "kana", "フジサワ ハナコ" }, { "date", today },
    { "month", "2026-10" }, { "time", "10:00" }, { "address", "藤沢市朝日町1" }, { "postcode", "2510054" },
    { "phone", "0466251111" }, { "mail", "a@example.jp" }, { "person", "藤沢 花子" },
  };
  const char *kind = field->kind->name;
  g_autofree char *text = write_text (field);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i][0], kind))
      return text_node (samples[i][1]);
  if (g_str_equal (kind, "yes-no") || g_str_equal (kind, "consent"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (g_str_equal (kind, "number") || g_str_equal (kind, "yen"))
    return json_node_init_int (json_node_alloc (), field->has_min ? field->min : 1);
  if (g_str_equal (kind, "one-of"))
    return text_node (field->options[0].id);
  if (g_str_equal (kind, "several-of"))
    return list_node (field->options[0].id);
  return text_node (text);
}

static void
add_row (JsonObject *answers, const char *group)
{
  if (!json_object_has_member (answers, group))
    json_object_set_array_member (answers, group, json_array_new ());
  json_array_add_object_element (json_object_get_array_member (answers, group), json_object_new ());
}

/* "/applicant.phone", "/family.children" for a row more, "/family.children/0/fullName". */
static void
answer_at (const MadoForm *form, JsonObject *answers, const char *pointer)
{
  g_auto(GStrv) steps = g_strsplit (pointer + 1, "/", -1);
  const MadoFormField *field = mado_form_find_field (form, steps[1] ? steps[0] : NULL, steps[1] ? steps[2] : steps[0]);

  if (!field)
    add_row (answers, steps[0]);
  else if (!steps[1])
    json_object_set_member (answers, steps[0], make_answer (field));
  else
    json_object_set_member (json_array_get_object_element (json_object_get_array_member (answers, steps[0]),
                                                           (guint) atoi (steps[1])), steps[2], make_answer (field));
}

static JsonNode *
answer_form (MadoForm *form)
{
  const MadoAnswerContext context = { .today = mado_date_today () };
  JsonNode *answers = json_node_init_object (json_node_alloc (), json_object_new ());

  for (guint round = 0; round < MOST_ROUNDS; round++) {
    g_autoptr(JsonNode) clean = NULL;
    g_autoptr(GError) error = NULL;

    if (mado_answers_check (&form, 1, answers, &context, &clean, &error))
      return answers;
    for (guint i = 0; i < mado_error_get_n_violations (error); i++)
      answer_at (form, json_node_get_object (answers), mado_error_get_violation (error, i)->pointer);
  }
  g_error ("The form %s cannot be answered", form->id);
}

/* --- the walk --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoTestCity *city;
  MadoVisit    *visit;
  char         *clerk, *number;
} Walk;

static MadoHeard *
get (const Walk *self, const char *token, const char *below)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s%s", self->number, below);

  return mado_test_city_ask (self->city, &(MadoAsk) { "GET", path, token });
}

static void
step (const Walk *self, const char *token, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/transitions", self->number);
  g_autoptr(MadoHeard) before = get (self, token, "");
  g_autoptr(MadoHeard) after = NULL;

  mado_assert_heard (before, 200);
  after = mado_test_city_ask (self->city, &(MadoAsk) { "POST", path, token, body, .if_match = before->etag });
  if (after->status != 200)
    g_error ("%s: %s", body, after->text);
}

static void
file (Walk *self, const MadoProcedure *procedure, const char *answers)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", self->visit->id);
  g_autofree char *body = g_strdup_printf ("{\"procedures\":[{\"id\":\"%s\",\"revision\":%d}],\"answers\":%s}",
                                           procedure->id, (int) procedure->revision, answers);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (self->city, &(MadoAsk) { "POST", path, self->visit->token, body });

  if (heard->status != 201)
    g_error ("%s: %s", procedure->id, heard->text);
  self->number = g_strdup (mado_heard_get (heard, "/cases/0/number"));
}

static void
print (const Walk *self, const char *kind)
{
  g_autofree char *below = g_strconcat ("/document?kind=", kind, NULL);
  g_autoptr(MadoHeard) paper = get (self, self->clerk, below);

  if (paper->status != 200)
    g_error ("%s: %s", kind, paper->text);
  g_assert_cmpstr (paper->type, ==, "application/pdf");
  g_assert_true (paper->length > 1000 && g_str_has_prefix (paper->text, "%PDF-"));
}

/* On the city's official form, where it has one; else it says so. */
static void
print_official (const Walk *self, const MadoProcedure *procedure, const MadoHeard *filed)
{
  gboolean has_form = mado_catalogue_has_overlay (counter_get_catalogue (), procedure->form);
  JsonNode *told = mado_json_get (filed->json, "/hasForm");
  g_autoptr(MadoHeard) refused = NULL;

  g_assert_cmpint (told != NULL && json_node_get_boolean (told), ==, has_form);
  if (has_form) {
    print (self, "form");
    return;
  }
  refused = get (self, self->clerk, "/document?kind=form");
  mado_assert_heard (refused, 404);
}

static void
walk (MadoTestCity *city, const char *clerk, const MadoProcedure *procedure)
{
  g_autoptr(JsonNode) answers = answer_form (mado_catalogue_get_form (counter_get_catalogue (), procedure->form, 0));
  g_autofree char *text = json_to_string (answers, FALSE);
  g_autofree char *correct = g_strdup_printf ("{\"event\":\"correct\",\"answers\":%s}", text);
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  Walk self = { city, visit, (char *) clerk, NULL };
  g_autoptr(MadoHeard) filed = NULL, granted = NULL;

  g_test_message ("%s: %s", procedure->id, text);
  file (&self, procedure, text);
  filed = get (&self, clerk, "");
  step (&self, clerk, "{\"event\":\"identify\",\"paper\":\"driving-licence\"}");
  step (&self, clerk, "{\"event\":\"accept\"}");
  step (&self, clerk, "{\"event\":\"review\"}");
  step (&self, clerk, "{\"event\":\"return\",\"message\":\"もう一度 確かめてください。\"}");
  step (&self, visit->token, correct);
  step (&self, clerk, "{\"event\":\"grant\"}");
  if (json_node_get_int (mado_json_get (filed->json, "/fee")) > 0)
    step (&self, clerk, "{\"event\":\"paid\"}");
  granted = get (&self, clerk, "");
  g_assert_cmpstr (mado_heard_get (granted, "/state"), ==, "granted");
  print (&self, "record");
  print_official (&self, procedure, granted);
  print (&self, "result");
  g_free (self.number);
}

/* What reads or writes the register has walks of its own, with people in it (tests/store/procedures). */
static gboolean
is_about_register (const MadoProcedure *procedure)
{
  return procedure->effect || !g_str_equal (procedure->result, "decision");
}

static void
test_every_form (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  GPtrArray *procedures = mado_catalogue_get_procedures (counter_get_catalogue ());
  guint n = 0;

  people_add_staff_with_id (city->test, "clerk", "窓口 花子");
  for (guint i = 0; i < procedures->len; i++) {
    const MadoProcedure *procedure = g_ptr_array_index (procedures, i);

    if (!procedure->form || is_about_register (procedure))
      continue;
    walk (city, clerk, procedure);
    n++;
  }
  g_test_message ("%u procedures were filed, corrected, granted and printed", n);
  g_assert_cmpuint (n, >=, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/forms/every", test_every_form);
  return g_test_run ();
}
