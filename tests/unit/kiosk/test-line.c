/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "station-fixture.h"
#include "visit/mado-visit-line.h"

#define RECEIPT "{\"number\":\"K7M4-R29\",\"submittedAt\":\"2026-11-20T01:42:00.000Z\",\"cases\":[]}"
#define VISIT   "{\"id\":\"01HVISIT\",\"number\":\"K7M4-R29\",\"token\":\"visit-token\",\"state\":\"open\"}"

typedef struct {
  StationFixture at;
  MadoVisitLine *line;
  JsonNode      *procedures;
  JsonNode      *answers;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  station_fixture_set_up (&f->at, "{\"id\":\"move-in\",\"kiosk\":true,\"form\":\"move-in\",\"revision\":1}",
                          "{\"id\":\"move-in\",\"revision\":1}");
  f->line = mado_visit_line_new (f->at.station, "ja");
  f->procedures = json_from_string ("[{\"id\":\"move-in\",\"revision\":1}]", NULL);
  f->answers = json_from_string ("{\"applicant.fullName\":\"髙橋 花子\"}", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->line);
  json_node_unref (f->procedures);
  json_node_unref (f->answers);
  station_fixture_tear_down (&f->at);
}

static JsonNode *
file (Fixture *f, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_visit_line_file_async (f->line, f->procedures, f->answers, NULL, on_result, &result);
  return mado_visit_line_file_finish (f->line, wait_for (&result), error);
}

static JsonNode *
identify (Fixture *f, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_visit_line_identify_async (f->line, "123456789012", "1234", NULL, on_result, &result);
  return mado_visit_line_identify_finish (f->line, wait_for (&result), error);
}

static const char *
text_at (JsonNode *root, const char *pointer)
{
  JsonNode *node = mado_json_get (root, pointer);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static void
test_offer (Fixture *f, gconstpointer data)
{
  MadoOffer *offer = mado_station_get_offer (f->at.station);
  g_autoptr(MadoStation) next = station_fixture_new_station (&f->at);
  guint8 key[32];

  g_assert_cmpuint (mado_offer_get_n (offer), ==, 1);
  g_assert_nonnull (mado_offer_get_form (offer, "move-in"));
  g_assert_null (mado_offer_get_procedure (offer, "by-post"));

  /* The next process has it before it has asked anybody. */
  g_assert_cmpuint (mado_offer_get_n (mado_station_get_offer (next)), ==, 1);
  g_assert_true (mado_offer_get_public_key (mado_station_get_offer (next), key));
  g_assert_cmpmem (key, 32, f->at.public_key, 32);
}

static void
test_files (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) receipt = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  receipt = file (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text_at (receipt, "/number"), ==, "K7M4-R29");
  g_assert_cmpstr (mado_visit_line_get_number (f->line), ==, "K7M4-R29");
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 0);
}

/* The answer of the opening is lost: it is asked for again as the same act, so there is one visit. */
static void
test_opens_once (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) receipt = NULL;
  guint first = rude_server_count (f->at.server);

  rude_server_push (f->at.server, RUDE_CUT, 201, NULL);
  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  receipt = file (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rude_server_get (f->at.server, first)->key, ==, rude_server_get (f->at.server, first + 1)->key);
}

/* The service goes away after the number was reserved: the filing is kept under that number. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) receipt = NULL;
  g_autoptr(JsonNode) box = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  for (guint i = 0; i < 100; i++)
    rude_server_push (f->at.server, RUDE_DROP, 0, NULL);
  receipt = file (f, &error);
  g_assert_no_error (error);
  g_assert_null (receipt);
  g_assert_cmpstr (mado_visit_line_get_number (f->line), ==, "K7M4-R29");
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 1);
  box = station_fixture_open_box (&f->at);
  g_assert_cmpstr (text_at (box, "/visitNumber"), ==, "K7M4-R29");
  g_assert_cmpstr (text_at (box, "/procedures/0/id"), ==, "move-in");
  g_assert_cmpstr (text_at (box, "/answers/applicant.fullName"), ==, "髙橋 花子");
  g_assert_null (mado_json_get (box, "/identification"));
}

/* Nobody ever answered: no number, and the card that was shown travels sealed. */
static void
test_kept_without_number (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) receipt = NULL;
  g_autoptr(JsonNode) box = NULL;
  g_autofree char *ticket = mado_visit_line_dup_ticket (f->line);

  mado_visit_line_set_language (f->line, "en");

  for (guint i = 0; i < 100; i++)
    rude_server_push (f->at.server, RUDE_DROP, 0, NULL);
  mado_visit_line_trust (f->line, "123456789012", "1234");
  receipt = file (f, &error);
  g_assert_no_error (error);
  g_assert_null (receipt);
  box = station_fixture_open_box (&f->at);
  g_assert_true (json_node_is_null (mado_json_get (box, "/visitNumber")));
  g_assert_cmpstr (text_at (box, "/identification/pin"), ==, "1234");
  g_assert_cmpstr (text_at (box, "/language"), ==, "en");
  g_assert_true (g_str_has_suffix (text_at (box, "/reservedId"), ticket + 5));
}

/* A mistake in the answers is for the resident, not for the spool. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_PROBLEM, 422,
                    "{\"type\":\"urn:madoguchi:problem:invalid\",\"violations\":[{\"pointer\":\"/answers/moved\","
                    "\"code\":\"range\",\"message\":\"In the future\"}]}");
  g_assert_null (file (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 1);
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 0);
}

/* What was read here is not offered any more: the station looks at the offer again, and the next visit reads that. */
static void
test_changed_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_PROBLEM, 409,
                    "{\"type\":\"urn:madoguchi:problem:conflict\",\"violations\":[{\"pointer\":\"/procedures/0\","
                    "\"code\":\"revision\",\"message\":\"Changed\"}]}");
  g_assert_cmpuint (station_fixture_count (&f->at, "GET", "/v1/city"), ==, 1);
  g_assert_null (file (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  while (station_fixture_count (&f->at, "GET", "/v1/city") < 2 && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (station_fixture_count (&f->at, "GET", "/v1/city"), ==, 2);
}

/* A card shown while the line was down is checked once the line is back, before the filing; once. */
static void
test_card_settled (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) receipt = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{}");
  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  mado_visit_line_trust (f->line, "123456789012", "1234");
  receipt = file (f, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
  g_assert_cmpuint (station_fixture_count (&f->at, "POST", "/v1/visits/01HVISIT/identification"), ==, 1);
}

static void
test_card_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_PROBLEM, 401, "{\"type\":\"urn:madoguchi:problem:unauthenticated\"}");
  mado_visit_line_trust (f->line, "123456789012", "1234");
  g_assert_null (file (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (mado_spool_count (mado_station_get_spool (f->at.station)), ==, 0);
  g_assert_cmpuint (station_fixture_count (&f->at, "POST", "/v1/visits/01HVISIT/identification"), ==, 1);
}

static void
test_identify (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) visit = NULL;
  guint last;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_PROBLEM, 423, "{\"type\":\"urn:madoguchi:problem:locked\"}");
  g_assert_null (identify (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (mado_station_is_online (f->at.station));

  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{\"facts\":{}}");
  visit = identify (f, &error);
  g_assert_no_error (error);
  g_assert_nonnull (mado_json_get (visit, "/facts"));
  last = rude_server_count (f->at.server) - 1;
  g_assert_cmpstr (rude_server_get (f->at.server, last)->token, ==, "Bearer visit-token");
}

/* The device's session ran out over night: the station logs in again by itself and the visit can go on. */
static void
test_device_session_over (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  gint64 end;

  rude_server_push (f->at.server, RUDE_PROBLEM, 401, "{\"type\":\"urn:madoguchi:problem:unauthenticated\"}");
  g_assert_null (identify (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_null (mado_station_get_client (f->at.station));
  rude_server_push (f->at.server, RUDE_ANSWER, 200, "{\"status\":\"ok\"}");
  rude_server_push (f->at.server, RUDE_ANSWER, 201, "{\"token\":\"device-token-2\"}");
  end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (mado_station_get_client (f->at.station) == NULL && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_nonnull (mado_station_get_client (f->at.station));
}

static void
test_end (Fixture *f, gconstpointer data)
{
  g_autoptr(GAsyncResult) result = NULL;
  gint64 start;

  rude_server_push (f->at.server, RUDE_ANSWER, 201, VISIT);
  rude_server_push (f->at.server, RUDE_ANSWER, 201, RECEIPT);
  json_node_unref (file (f, NULL));
  rude_server_push (f->at.server, RUDE_SLOW, 0, NULL);
  start = g_get_monotonic_time ();
  mado_visit_line_end_async (f->line, on_result, &result);
  wait_for (&result);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (station_fixture_count (&f->at, "DELETE", "/v1/visits/01HVISIT"), ==, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/line/offer", test_offer);
  ADD ("/line/files", test_files);
  ADD ("/line/opens-once", test_opens_once);
  ADD ("/line/kept", test_kept);
  ADD ("/line/kept/without-number", test_kept_without_number);
  ADD ("/line/refused", test_refused);
  ADD ("/line/changed-meanwhile", test_changed_meanwhile);
  ADD ("/line/card/settled", test_card_settled);
  ADD ("/line/card/refused", test_card_refused);
  ADD ("/line/identify", test_identify);
  ADD ("/line/device-session-over", test_device_session_over);
  ADD ("/line/end", test_end);
  return g_test_run ();
}
