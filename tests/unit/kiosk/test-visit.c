/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "station-fixture.h"
#include "visit/mado-kiosk-visit.h"

#define PROCEDURE "{\"id\":\"move-in\",\"kiosk\":true,\"form\":\"move-in\",\"revision\":4,\"title\":{\"ja\":\"転入届\"}}"
#define DOG "{\"id\":\"dog\",\"who\":{\"text\":{\"ja\":\"飼い主\"}},\"title\":{\"ja\":\"犬の登録\"}," \
  "\"office\":\"health\",\"how\":[\"counter\"],\"bring\":[{\"title\":{\"ja\":\"飼い主の名前\"}}]}"
#define FORM \
  "{\"id\":\"move-in\",\"revision\":2,\"title\":{\"ja\":\"転入届\"},\"sections\":[" \
  "{\"id\":\"you\",\"title\":{\"ja\":\"あなた\"},\"questions\":[" \
  " {\"id\":\"name\",\"title\":{\"ja\":\"お名前\"},\"fields\":[" \
  "  {\"fact\":\"applicant.fullName\",\"kind\":\"name\",\"label\":{\"ja\":\"氏名\"},\"required\":true}]}," \
  " {\"id\":\"phone\",\"title\":{\"ja\":\"電話\"},\"fields\":[" \
  "  {\"fact\":\"applicant.phone\",\"kind\":\"phone\",\"label\":{\"ja\":\"電話番号\"},\"required\":true}]}]}]}"
#define VISIT "{\"id\":\"01HVISIT\",\"number\":\"K7M4-R29\",\"token\":\"visit-token\"}"
#define IDENTITY "{\"resident\":{\"fullName\":\"藤沢 太郎\"},\"household\":[{\"id\":\"r1\",\"fullName\":\"藤沢 太郎\"}]," \
  "\"facts\":{\"applicant.fullName\":{\"value\":\"藤沢 太郎\",\"source\":\"register\"}}}"
#define RECEIPT "{\"number\":\"K7M4-R29\",\"cases\":[{\"number\":\"K7M4-R29-1\",\"state\":\"submitted\"}]}"

typedef struct {
  StationFixture  at;
  MadoKioskVisit *visit;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  station_fixture_set_up (&f->at, PROCEDURE "," DOG, FORM);
  f->visit = mado_kiosk_visit_new (f->at.station, "ja");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->visit);
  station_fixture_tear_down (&f->at);
}

static void
choose (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  g_assert_true (mado_kiosk_visit_choose (f->visit, "move-in", &error));
  g_assert_no_error (error);
  while (mado_kiosk_visit_get_number (f->visit) == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mado_kiosk_visit_get_number (f->visit), ==, "K7M4-R29");
}

static gboolean
identify (Fixture *f, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_kiosk_visit_identify_async (f->visit, "123456789012", "1234", on_result, &result);
  return mado_kiosk_visit_identify_finish (f->visit, wait_for (&result), error);
}

static gboolean
file (Fixture *f, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_kiosk_visit_file_async (f->visit, NULL, on_result, &result);
  return mado_kiosk_visit_file_finish (f->visit, wait_for (&result), error);
}

static void
go_to (MadoSheet *sheet, const char *question)
{
  for (guint i = 0; i < mado_sheet_get_n (sheet); i++)
    if (g_str_equal (mado_sheet_peek (sheet, i)->question->id, question)) {
      g_assert_true (mado_sheet_go_to (sheet, mado_sheet_peek (sheet, i)));
      return;
    }
  g_assert_not_reached ();
}

static void
answer_phone (Fixture *f, const char *phone)
{
  MadoSheet *sheet = mado_kiosk_visit_get_sheet (f->visit);

  mado_sheet_take_answer (sheet, mado_sheet_get_step (sheet), "applicant.phone",
                          json_node_init_string (json_node_alloc (), phone));
}

static JsonNode *
last_body (Fixture *f)
{
  const RudeRequest *last = rude_server_get (f->at.server, rude_server_count (f->at.server) - 1);
  g_autofree char *text = g_strndup (g_bytes_get_data (last->body, NULL), g_bytes_get_size (last->body));

  return json_from_string (text, NULL);
}

static const char *
text_at (JsonNode *node, const char *pointer)
{
  return json_node_get_string (mado_json_get (node, pointer));
}

static void
test_walk (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) body = NULL;
  MadoSheet *sheet;

  choose (f);
  rude_server_push (f->at.server, RUDE_ANSWER, 200, IDENTITY);
  g_assert_true (identify (f, &error));
  g_assert_cmpstr (mado_kiosk_visit_get_name (f->visit), ==, "藤沢 太郎");
  sheet = mado_kiosk_visit_get_sheet (f->visit);
  g_assert_cmpstr (mado_sheet_get_step (sheet)->question->id, ==, "phone");
  answer_phone (f, "0466-25-1111");
  g_assert_true (mado_sheet_check (sheet, &error));

  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  g_assert_true (file (f, &error));
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_FILED);
  body = last_body (f);
  g_assert_cmpint (json_node_get_int (mado_json_get (body, "/procedures/0/revision")), ==, 4);
  g_assert_cmpstr (text_at (body, "/answers/applicant.fullName"), ==, "藤沢 太郎");
  g_assert_null (mado_json_get (body, "/sources"));
}

/* The service finds a mistake the kiosk did not: the resident stands at that question, all answers kept. */
static void
test_mistake (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  MadoSheet *sheet;

  choose (f);
  sheet = mado_kiosk_visit_get_sheet (f->visit);
  rude_server_push (f->at.server, RUDE_PROBLEM, 422,
                    "{\"type\":\"urn:madoguchi:problem:invalid\",\"violations\":[{\"pointer\":"
                    "\"/answers/applicant.phone\",\"code\":\"phone\",\"message\":\"?\"}]}");
  g_assert_false (file (f, &error));
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_ANSWERING);
  g_assert_cmpstr (mado_sheet_get_step (sheet)->question->id, ==, "phone");
}

/* What a look at the offer reads where it has changed: city, procedures in short, life events, all of each, form. */
static void
publish (Fixture *f, const char *procedures, const char *form)
{
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{\"id\":\"fujisawa\"}");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{\"items\":[]}");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{\"items\":[]}");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, procedures);
  if (form != NULL)
    rude_server_push (f->at.server, RUDE_ANSWER, 200, form);
}

static void
refuse_revision (Fixture *f)
{
  rude_server_push (f->at.server, RUDE_PROBLEM, 409,
                    "{\"type\":\"urn:madoguchi:problem:conflict\",\"violations\":[{\"pointer\":\"/procedures/0\","
                    "\"code\":\"revision\",\"message\":\"?\"}]}");
}

static void
begin_filing (Fixture *f)
{
  choose (f);
  rude_server_push (f->at.server, RUDE_ANSWER, 200, IDENTITY);
  g_assert_true (identify (f, NULL));
  answer_phone (f, "0466251111");
}

/* The procedure was published anew: it is read again, the changed question is shown, and what was typed is filed. */
static void
test_published_anew (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, refusal = NULL;
  g_auto(GStrv) form = g_strsplit (FORM, "電話番号", 2);
  g_autofree char *changed = g_strjoinv ("昼間の電話番号", form);
  g_autoptr(JsonNode) body = NULL;
  MadoSheet *sheet;

  begin_filing (f);
  refuse_revision (f);
  publish (f, "{\"items\":[{\"id\":\"move-in\",\"kiosk\":true,\"form\":\"move-in\",\"revision\":5}]}", changed);
  g_assert_false (file (f, &refusal));
  g_assert_error (refusal, MADO_ERROR, MADO_ERROR_STALE);
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_ANSWERING);
  g_assert_cmpuint (mado_kiosk_visit_get_read (f->visit)->len, ==, 1);
  sheet = mado_kiosk_visit_get_sheet (f->visit);
  g_assert_cmpstr (mado_sheet_get_step (sheet)->question->id, ==, "phone");
  mado_sheet_go_on (sheet);
  g_assert_null (mado_sheet_get_step (sheet));

  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  g_assert_true (file (f, &error));
  body = last_body (f);
  g_assert_cmpint (json_node_get_int (mado_json_get (body, "/procedures/0/revision")), ==, 5);
  g_assert_cmpstr (text_at (body, "/answers/applicant.phone"), ==, "0466251111");
  g_assert_cmpstr (text_at (body, "/answers/applicant.fullName"), ==, "藤沢 太郎");
}

/* It cannot be filed here any more; and the line fails while it is read again: the answers are there all the same. */
static void
test_not_published_any_more (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) gone = NULL, broken = NULL;

  begin_filing (f);
  refuse_revision (f);
  publish (f, "{\"items\":[]}", NULL);
  g_assert_false (file (f, &gone));
  g_assert_error (gone, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  refuse_revision (f);
  rude_server_push (f->at.server, RUDE_ANSWER, 503, "{}");
  g_assert_false (file (f, &broken));
  g_assert_nonnull (broken);
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_ANSWERING);
  g_assert_null (mado_kiosk_visit_get_read (f->visit));
  g_assert_cmpuint (mado_kiosk_visit_count_unfiled (f->visit), ==, 1);   /* the name is the city’s */
}

/* Until @path was asked for a second time; @dispatching, or with all that comes of it left waiting. */
static void
wait_asked_again (Fixture *f, const char *path, gboolean dispatching)
{
  gint64 latest = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (station_fixture_count (&f->at, "GET", path) < 2 && g_get_monotonic_time () < latest)
    if (!dispatching || !g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  g_assert_cmpuint (station_fixture_count (&f->at, "GET", path), ==, 2);
}

/* The resident leaves while it is read again: nothing was filed, and nobody is told it was. */
static void
test_ended_while_read_again (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) filed = NULL, ended = NULL;

  begin_filing (f);
  refuse_revision (f);
  publish (f, "{\"items\":[{\"id\":\"move-in\",\"kiosk\":true,\"form\":\"move-in\",\"revision\":5}]}", FORM);
  mado_kiosk_visit_file_async (f->visit, NULL, on_result, &filed);
  wait_asked_again (f, "/v1/city", TRUE);
  wait_asked_again (f, "/v1/forms/move-in", FALSE);   /* the last thing read: the new offer is as good as there */
  g_assert_null (filed);
  mado_kiosk_visit_end_async (f->visit, on_result, &ended);
  g_assert_false (mado_kiosk_visit_file_finish (f->visit, wait_for (&filed), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_ENDED);
  g_assert_null (mado_kiosk_visit_get_sheet (f->visit));
  wait_for (&ended);
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  MadoSheet *sheet;

  choose (f);
  sheet = mado_kiosk_visit_get_sheet (f->visit);
  go_to (sheet, "phone");
  answer_phone (f, "0466251111");
  for (guint i = 0; i < 60; i++)
    rude_server_push (f->at.server, RUDE_DROP, 0, NULL);
  g_assert_true (file (f, &error));
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_KEPT);
  g_assert_null (mado_kiosk_visit_get_receipt (f->visit));
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 1);
}

static gboolean
find_case (Fixture *f, const char *number, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_kiosk_visit_find_case_async (f->visit, number, on_result, &result);
  return mado_kiosk_visit_find_case_finish (f->visit, wait_for (&result), error);
}

/* Up to the check page of a returned case, with one answer corrected. */
static void
find_returned (Fixture *f, const char *case_number)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *found = g_strdup_printf (
    "{\"number\":\"%s\",\"state\":\"returned\",\"procedure\":\"move-in\",\"form\":\"move-in\",\"formRevision\":2,"
    "\"messages\":[{\"text\":\"電話番号を確かめてください\"}],"
    "\"answers\":{\"applicant.fullName\":\"藤沢 太郎\",\"applicant.phone\":\"0466000000\"}}", case_number);
  MadoSheet *sheet;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_ANSWER, 200, IDENTITY);
  rude_server_push (f->at.server, RUDE_ANSWER, 200, found);
  rude_server_set_header (f->at.server, "ETag", "\"3\"");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, FORM);
  g_assert_true (identify (f, &error));
  g_assert_true (find_case (f, case_number, &error));
  g_assert_no_error (error);
  g_assert_true (mado_kiosk_visit_begin_correction (f->visit, &error));
  sheet = mado_kiosk_visit_get_sheet (f->visit);
  g_assert_null (mado_sheet_get_step (sheet));
  go_to (sheet, "phone");
  answer_phone (f, "0466251111");
  g_assert_true (mado_sheet_check (sheet, &error));
}

/* A returned case: the clerk's question is there, the answers are filled in as filed, the correction names the ETag. */
static void
test_correction (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) body = NULL;
  g_autofree char *number = mado_number_new ();
  g_autofree char *case_number = mado_number_for_case (number, 1);

  find_returned (f, case_number);
  g_assert_true (file (f, &error));
  g_assert_no_error (error);
  body = last_body (f);
  g_assert_cmpstr (text_at (body, "/event"), ==, "correct");
  g_assert_cmpstr (text_at (body, "/answers/applicant.phone"), ==, "0466251111");
  g_assert_cmpstr (rude_server_get (f->at.server, rude_server_count (f->at.server) - 1)->if_match, ==, "\"3\"");
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_FILED);
}

/* The line goes while a case is corrected: the correction is kept, sealed, and names what was seen. */
static void
test_kept_correction (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_new ();
  g_autofree char *case_number = mado_number_for_case (number, 1);
  g_autoptr(JsonNode) kept = NULL;

  find_returned (f, case_number);
  for (guint i = 0; i < 60; i++)
    rude_server_push (f->at.server, RUDE_DROP, 0, NULL);
  g_assert_true (file (f, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_KEPT);
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 1);
  kept = station_fixture_open_box (&f->at);
  g_assert_cmpstr (text_at (kept, "/correction/number"), ==, case_number);
  g_assert_cmpint (json_node_get_int (mado_json_get (kept, "/correction/version")), ==, 3);
  g_assert_cmpstr (text_at (kept, "/visitNumber"), ==, "K7M4-R29");
  g_assert_cmpstr (text_at (kept, "/answers/applicant.phone"), ==, "0466251111");
}

/* A slip in the number is told before any card is shown. */
static void
test_wrong_number (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  guint before = rude_server_count (f->at.server);

  g_assert_false (find_case (f, "ABC", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpuint (rude_server_count (f->at.server), ==, before);
}

static void
test_print (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) ended = NULL;
  g_autofree char *folder = g_build_filename (f->at.root, "printer", NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GDir) dir = NULL;

  g_mkdir (folder, 0700);
  choose (f);
  rude_server_set_header (f->at.server, "Content-Type", "application/pdf");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "%PDF-1.7 record");
  mado_kiosk_visit_print_async (f->visit, "K7M4-R29-1", "record", on_result, &result);
  g_assert_true (mado_kiosk_visit_print_finish (f->visit, wait_for (&result), &error));
  g_assert_no_error (error);
  dir = g_dir_open (folder, 0, NULL);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "%PDF-1.7 record");

  mado_kiosk_visit_end_async (f->visit, on_result, &ended);
  wait_for (&ended);
  g_assert_cmpint (mado_kiosk_visit_get_stage (f->visit), ==, MADO_KIOSK_ENDED);
  g_assert_null (mado_kiosk_visit_get_sheet (f->visit));
  g_assert_cmpuint (station_fixture_count (&f->at, "DELETE", "/v1/visits/01HVISIT"), ==, 1);
}

static gboolean
print (Fixture *f, const char *kind)
{
  g_autoptr(GAsyncResult) result = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 200, "%PDF-1.7 paper");
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{}");    /* to what is told of it, if anything is */
  mado_kiosk_visit_print_async (f->visit, "K7M4-R29-1", kind, on_result, &result);
  return mado_kiosk_visit_print_finish (f->visit, wait_for (&result), NULL);
}

/* A certificate that lies there is handed out; nothing is, where the printer is gone. */
static void
test_hand_out (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->at.root, "printer", NULL);

  choose (f);
  g_assert_false (print (f, "result"));
  g_assert_cmpuint (station_fixture_count (&f->at, "POST", "/v1/cases/K7M4-R29-1/handing-out"), ==, 0);
  g_mkdir (folder, 0700);
  g_assert_true (print (f, "result"));
  g_assert_cmpuint (station_fixture_count (&f->at, "POST", "/v1/cases/K7M4-R29-1/handing-out"), ==, 1);
  g_assert_true (print (f, "record"));
  g_assert_cmpuint (station_fixture_count (&f->at, "POST", "/v1/cases/K7M4-R29-1/handing-out"), ==, 1);
}

/* What is done elsewhere is read, and its list taken home; what is filed here has none. */
static void
test_take_list_home (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *folder = g_build_filename (f->at.root, "printer", NULL), *path = NULL, *text = NULL;
  g_autoptr(GDir) dir = NULL;

  g_mkdir (folder, 0700);
  g_assert_true (mado_kiosk_visit_choose (f->visit, "dog", &error));
  g_assert_true (mado_kiosk_visit_has_guide (f->visit));
  mado_kiosk_visit_print_guide_async (f->visit, on_result, &result);
  g_assert_true (mado_kiosk_visit_print_guide_finish (f->visit, wait_for (&result), &error));
  g_assert_no_error (error);
  dir = g_dir_open (folder, 0, NULL);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  choose (f);
  g_assert_false (mado_kiosk_visit_has_guide (f->visit));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/visit/walk", test_walk);
  ADD ("/visit/mistake", test_mistake);
  ADD ("/visit/published-anew", test_published_anew);
  ADD ("/visit/not-published-any-more", test_not_published_any_more);
  ADD ("/visit/ended-while-read-again", test_ended_while_read_again);
  ADD ("/visit/kept", test_kept);
  ADD ("/visit/correction", test_correction);
  ADD ("/visit/kept-correction", test_kept_correction);
  ADD ("/visit/wrong-number", test_wrong_number);
  ADD ("/visit/print", test_print);
  ADD ("/visit/hand-out", test_hand_out);
  ADD ("/visit/take-list-home", test_take_list_home);
  return g_test_run ();
}
