/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include <glib/gstdio.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "procedures/mado-drafts.h"
#include "procedures/mado-revisions.h"

#define PROCEDURES "[{\"id\":\"juminhyo\",\"revision\":2}]"
#define ANSWERS "{\"applicant.phone\":\"0466251111\",\"certificate.copies\":2}"

static MadoDraft *
save (MadoTestStore *test, const CounterVisit *visit, GError **error)
{
  g_autoptr(JsonNode) procedures = counter_parse (PROCEDURES), answers = counter_parse (ANSWERS);
  gpointer draft = NULL;

  mado_act_run (test->store, mado_draft_save (test->store, counter_get_catalogue (), &visit->actor, visit->visit->id,
                                              procedures, answers, error), &draft, error);
  return draft;
}

static MadoDraft *
look_at (MadoTestStore *test, const CounterVisit *visit, const char *number, GError **error)
{
  return mado_draft_get (test->store, counter_get_catalogue (), &visit->actor, number, error);
}

static guint
count (MadoTestStore *test, const CounterVisit *visit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drafts = mado_draft_list (test->store, &visit->actor, &error);

  g_assert_no_error (error);
  return drafts->len;
}

static void
end (MadoTestStore *test, const CounterVisit *visit)
{
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_visit_end (test->store, &visit->actor, visit->visit->id, &error), NULL, &error);
  g_assert_no_error (error);
}

/* Kept past the end of its visit; there for the same card, in the next. Told is until when, not what. */
static void
test_kept (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) first = counter_open (test), second = counter_open (test);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoDraft) saved = NULL, again = NULL;

  counter_identify (test, &first, COUNTER_CARD, "1234");
  saved = save (test, &first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (saved->number, ==, first.visit->number);
  g_assert_cmpint (saved->expires_at - saved->saved_at, ==, MADO_DRAFT_DAYS * G_TIME_SPAN_DAY);
  g_assert_null (saved->answers);
  end (test, &first);

  g_assert_null (look_at (test, &second, saved->number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  counter_identify (test, &second, COUNTER_CARD, "1234");
  g_assert_cmpuint (count (test, &second), ==, 1);
  again = look_at (test, &second, saved->number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (again->answers), "applicant.phone"), ==,
                   "0466251111");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (again->procedures)), ==, 1);
  g_assert_cmpuint (g_strv_length (again->changed), ==, 0);
}

/* In place of what the same visit kept before. */
static void
test_saved_again (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoDraft) first = NULL, second = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  first = save (test, &visit, NULL);
  second = save (test, &visit, NULL);
  g_assert_nonnull (second);
  g_assert_cmpuint (count (test, &visit), ==, 1);
}

static void
test_nobody (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(GError) error = NULL;

  g_assert_null (save (test, &visit, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_cmpuint (count (test, &visit), ==, 0);
}

/* What it became is what is left of it. */
static void
test_filed (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) first = counter_open (test), second = counter_open (test);
  g_autoptr(MadoDraft) saved = NULL;
  g_autoptr(MadoReceipt) receipt = NULL;
  g_autoptr(JsonNode) filing = counter_new_filing ("juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;

  counter_identify (test, &first, COUNTER_CARD, "1234");
  saved = save (test, &first, NULL);
  counter_identify (test, &second, COUNTER_CARD, "1234");
  json_object_set_string_member (json_node_get_object (filing), "draft", saved->number);
  receipt = counter_submit (test, &second, filing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (test, &second), ==, 0);
  g_assert_null (look_at (test, &second, saved->number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'key.forgotten'"), >, 0);
}

static void
test_dropped (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test), stranger = counter_open (test);
  g_autoptr(MadoDraft) saved = NULL;
  g_autoptr(GError) error = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  saved = save (test, &visit, NULL);
  g_assert_null (mado_draft_drop (test->store, &stranger.actor, saved->number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  mado_act_run (test->store, mado_draft_drop (test->store, &visit.actor, saved->number, &error), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (test, &visit), ==, 0);
}

/* On the day that was told nothing of it can be read, whether or not it was swept yet. */
static void
test_day (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoDraft) saved = NULL;
  g_autoptr(GError) error = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  saved = save (test, &visit, NULL);
  g_assert_cmpint (mado_drafts_sweep (test->store, 10, &error), ==, 0);
  mado_clock_advance (MADO_DRAFT_DAYS * G_TIME_SPAN_DAY + 1);
  g_assert_cmpuint (count (test, &visit), ==, 0);
  g_assert_null (look_at (test, &visit, saved->number, &error));
  g_clear_error (&error);
  g_assert_cmpint (mado_drafts_sweep (test->store, 10, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (mado_drafts_sweep (test->store, 10, &error), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM drafts"), ==, 0);
}

/* --- a new revision of the form meanwhile --------------------------------------------------------------------- */

static JsonNode *
load (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL), *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return json_from_string (text, NULL);
}

static void
put (const char *folder, const char *file, JsonNode *json)
{
  g_autofree char *path = g_build_filename (folder, file, NULL), *above = g_path_get_dirname (path);
  g_autofree char *text = json_to_string (json, FALSE);

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
run (const char *program, const char *option, const char *from, const char *to)
{
  const char *words[] = { program, option, from, to, NULL };
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                               NULL));
  g_assert_cmpint (status, ==, 0);
}

/* The field of @fact among those of a form's file. */
static JsonObject *
find_field (JsonNode *form, const char *fact)
{
  JsonArray *sections = json_node_get_array (mado_json_get (form, "/sections"));

  for (guint s = 0; s < json_array_get_length (sections); s++) {
    JsonArray *questions = json_object_get_array_member (json_array_get_object_element (sections, s), "questions");

    for (guint q = 0; q < json_array_get_length (questions); q++) {
      JsonArray *fields = json_object_get_array_member (json_array_get_object_element (questions, q), "fields");

      for (guint f = 0; f < json_array_get_length (fields); f++)
        if (g_str_equal (json_object_get_string_member (json_array_get_object_element (fields, f), "fact"), fact))
          return json_array_get_object_element (fields, f);
    }
  }
  g_assert_not_reached ();
}

/* The shipped catalogue, in which at most three copies may be asked for from now on. */
static void
raise_revision (JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);

  json_object_set_int_member (object, "revision", json_object_get_int_member (object, "revision") + 1);
}

static MadoCatalogue *
new_revision (const char *folder)
{
  g_autoptr(JsonNode) form = load (folder, "forms/juminhyo.json");
  g_autoptr(JsonNode) procedure = load (folder, "procedures/certificate/juminhyo.json");
  g_autoptr(GError) error = NULL;
  MadoCatalogue *catalogue;

  raise_revision (form);
  json_object_set_int_member (find_field (form, "certificate.copies"), "max", 3);
  put (folder, "forms/juminhyo.json", form);
  raise_revision (procedure);
  put (folder, "procedures/certificate/juminhyo.json", procedure);
  catalogue = mado_catalogue_load (folder, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
test_new_revision (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *root = g_dir_make_tmp ("mado-drafts-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (root, "forms", NULL);
  g_autoptr(MadoCatalogue) before = NULL, catalogue = NULL;
  g_autoptr(MadoDraft) saved = NULL, carried = NULL;
  g_autoptr(GError) error = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  saved = save (test, &visit, NULL);
  run ("cp", "-r", MADO_TEST_CATALOGUE, folder);
  before = mado_catalogue_load (MADO_TEST_CATALOGUE, &error);
  g_assert_true (mado_catalogue_publish (before, test->store, &error));
  g_assert_no_error (error);
  catalogue = new_revision (folder);
  g_assert_true (mado_catalogue_publish (catalogue, test->store, &error));
  g_assert_no_error (error);
  carried = mado_draft_get (test->store, catalogue, &visit.actor, saved->number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_node_get_int (mado_json_get (carried->procedures, "/0/revision")), ==, 3);
  g_assert_cmpstr (carried->changed[0], ==, "certificate.copies");
  g_assert_null (carried->changed[1]);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (carried->answers), "certificate.copies"), ==, 2);
  run ("rm", "-r", folder, root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/drafts/kept", test_kept);
  mado_test_store_add ("/drafts/saved-again", test_saved_again);
  mado_test_store_add ("/drafts/nobody", test_nobody);
  mado_test_store_add ("/drafts/filed", test_filed);
  mado_test_store_add ("/drafts/dropped", test_dropped);
  mado_test_store_add ("/drafts/day", test_day);
  mado_test_store_add ("/drafts/new-revision", test_new_revision);
  return g_test_run ();
}
