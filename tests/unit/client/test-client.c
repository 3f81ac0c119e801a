/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mado-client-private.h"
#include "core/mado-json.h"
#include "rude-server.h"

typedef struct {
  RudeServer *server;
  MadoClient *client;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->server = rude_server_new (NULL);
  f->client = mado_client_new (rude_server_get_address (f->server), &error);
  g_assert_no_error (error);
  mado_client_set_limits (f->client, 400, 5000);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->client);
  rude_server_free (f->server);
}

static MadoCall *
new_filing (void)
{
  g_autoptr(JsonNode) procedures = json_from_string ("[{\"id\":\"residence-record-copy\",\"revision\":1}]", NULL);
  g_autoptr(JsonNode) answers = json_from_string ("{\"applicant.fullName\":\"髙橋 花子\"}", NULL);

  return mado_call_file_visit ("01H", procedures, answers, NULL);
}

static char *
send_filing (Fixture *f, GError **error)
{
  g_autoptr(MadoCall) call = new_filing ();
  g_autoptr(MadoReply) reply = mado_client_send (f->client, call, NULL, error);

  return reply != NULL ? mado_reply_dup_text (reply, "/number") : NULL;
}

/* All requests that arrived were one and the same act. */
static void
assert_one_act (RudeServer *server, guint times)
{
  const RudeRequest *first = rude_server_get (server, 0);

  g_assert_cmpuint (rude_server_count (server), ==, times);
  g_assert_nonnull (first->key);
  for (guint i = 1; i < times; i++) {
    g_assert_cmpstr (rude_server_get (server, i)->key, ==, first->key);
    g_assert_true (g_bytes_equal (rude_server_get (server, i)->body, first->body));
  }
}

static void
test_answer (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = NULL;

  mado_client_set_token (f->client, "secret");
  mado_client_set_language (f->client, "en");
  rude_server_push (f->server, RUDE_ANSWER, 201, "{\"number\":\"K7M4-R29\"}");
  number = send_filing (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, "K7M4-R29");
  assert_one_act (f->server, 1);
  g_assert_cmpstr (rude_server_get (f->server, 0)->token, ==, "Bearer secret");
  g_assert_cmpstr (rude_server_get (f->server, 0)->language, ==, "en");
}

/* Whatever goes wrong on the way, the filing arrives, and each time as the same act. */
static void
test_again (Fixture *f, gconstpointer manner)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = NULL;

  rude_server_push (f->server, GPOINTER_TO_INT (manner), 503, "{}");
  rude_server_push (f->server, GPOINTER_TO_INT (manner), 502, "<html>");
  rude_server_push (f->server, RUDE_ANSWER, 201, "{\"number\":\"K7M4-R29\"}");
  number = send_filing (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, "K7M4-R29");
  assert_one_act (f->server, 3);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autofree char *number = NULL;

  rude_server_set_header (f->server, "Retry-After", "1");
  rude_server_push (f->server, RUDE_PROBLEM, 429, "{\"type\":\"urn:madoguchi:problem:rate-limited\"}");
  rude_server_push (f->server, RUDE_ANSWER, 201, "{\"number\":\"K7M4-R29\"}");
  number = send_filing (f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 1000000);
}

static void
test_time_limit (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 50; i++)
    rude_server_push (f->server, RUDE_SLOW, 0, NULL);
  mado_client_set_limits (f->client, 100, 700);
  g_assert_null (send_filing (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2000000);
  g_assert_cmpuint (rude_server_count (f->server), >=, 2);
}

static void
test_nobody_there (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoClient) client = mado_client_new ("http://127.0.0.1:1", NULL);
  g_autoptr(MadoCall) call = mado_call_health ();

  mado_client_set_limits (client, 200, 500);
  g_assert_null (mado_client_send (client, call, NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
}

/* A wrong PIN counts: whatever happens, it goes out once. */
static void
test_pin_once (Fixture *f, gconstpointer manner)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCall) first = mado_call_health ();
  g_autoptr(MadoReply) warm = mado_client_send (f->client, first, NULL, NULL);
  g_autoptr(MadoCall) call = mado_call_identify_visit ("01H", "123456789012", "1234");
  g_autoptr(MadoReply) reply = NULL;

  rude_server_push (f->server, GPOINTER_TO_INT (manner), 503, "{}");
  reply = mado_client_send (f->client, call, NULL, &error);
  g_assert_null (reply);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_cmpuint (rude_server_count (f->server), ==, 2);
  g_assert_null (strstr (error->message, "1234"));
}

/* A kept connection that the service has closed meanwhile must not cost the resident a try. */
static void
test_pin_after_idle (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCall) first = mado_call_health ();
  g_autoptr(MadoReply) warm = NULL;
  g_autoptr(MadoCall) call = mado_call_log_in_card ("123456789012", "1234");
  g_autoptr(MadoReply) reply = NULL;

  rude_server_push (f->server, RUDE_KEEP_SHUT, 200, "{}");
  warm = mado_client_send (f->client, first, NULL, &error);
  g_assert_no_error (error);
  reply = mado_client_send (f->client, call, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  rude_server_push (f->server, RUDE_PROBLEM, 422,
                    "{\"type\":\"urn:madoguchi:problem:invalid\",\"title\":\"t\",\"status\":422,"
                    "\"detail\":\"Two mistakes\","
                    "\"violations\":[{\"pointer\":\"/answers/birthDate\",\"code\":\"range\","
                    "\"message\":\"In the future\"},"
                    "{\"pointer\":\"/answers/x\",\"code\":\"unknown\",\"message\":\"No such fact\"},7,{\"code\":3}]}");
  g_assert_null (send_filing (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Two mistakes");
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 2);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/answers/birthDate");
  g_assert_cmpstr (mado_error_get_violation (error, 1)->code, ==, "unknown");
  g_assert_cmpuint (rude_server_count (f->server), ==, 1);
}

static void
test_every_problem (Fixture *f, gconstpointer data)
{
  for (guint code = 0; code <= MADO_ERROR_INTERNAL; code++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoCall) call = mado_call_log_in_device ("kiosk", "x");
    g_autofree char *body = g_strdup_printf ("{\"type\":\"urn:madoguchi:problem:%s\"}",
                                             mado_error_get_wire_name (code));

    rude_server_push (f->server, RUDE_PROBLEM, mado_error_get_status (code), body);
    g_assert_null (mado_client_send (f->client, call, NULL, &error));
    g_assert_error (error, MADO_ERROR, (int) code);
  }
}

/* A balancer in between knows nothing of problem documents. */
static void
test_foreign_problem (Fixture *f, gconstpointer data)
{
  const struct { guint status; MadoError code; } cases[] = {
    { 404, MADO_ERROR_NOT_FOUND }, { 413, MADO_ERROR_TOO_LARGE }, { 418, MADO_ERROR_INVALID },
    { 500, MADO_ERROR_INTERNAL }, { 302, MADO_ERROR_INTERNAL }, { 412, MADO_ERROR_STALE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GError) error = NULL;

    rude_server_push (f->server, RUDE_PROBLEM, cases[i].status, "<html>no JSON");
    g_assert_null (send_filing (f, &error));
    g_assert_cmpint (error->domain == MADO_ERROR, ==, TRUE);
    if (cases[i].status != 500 && cases[i].status != 302)
      g_assert_cmpint (error->code, ==, cases[i].code);
  }
}

static void
test_malformed (Fixture *f, gconstpointer body)
{
  g_autoptr(GError) error = NULL;

  rude_server_push (f->server, RUDE_ANSWER, 200, body);
  g_assert_null (send_filing (f, &error));
  g_assert_true (g_error_matches (error, MADO_ERROR, MADO_ERROR_MALFORMED)
                 || g_error_matches (error, MADO_ERROR, MADO_ERROR_TOO_LARGE));
  g_assert_cmpuint (rude_server_count (f->server), ==, 1);
}

static void
test_huge (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  mado_client_set_limits (f->client, 20000, 20000);
  rude_server_push (f->server, RUDE_HUGE, 200, "");
  g_assert_null (send_filing (f, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE);
}

static void
test_document (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCall) call = mado_call_document ("K7M4-R29-1", "result");
  g_autoptr(MadoReply) reply = NULL;

  rude_server_set_header (f->server, "Content-Type", "application/pdf");
  rude_server_push (f->server, RUDE_ANSWER, 200, "%PDF-1.7 not JSON");
  reply = mado_client_send (f->client, call, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (mado_reply_get_json (reply));
  g_assert_cmpuint (g_bytes_get_size (mado_reply_get_bytes (reply)), ==, 17);
}

static void
test_etag (Fixture *f, gconstpointer data)
{
  g_autoptr(MadoCall) get = mado_call_case ("K7M4-R29-1", NULL);
  g_autoptr(MadoCall) change = NULL;
  g_autoptr(MadoReply) seen = NULL;
  g_autoptr(MadoReply) changed = NULL;

  rude_server_set_header (f->server, "ETag", "\"7\"");
  seen = mado_client_send (f->client, get, NULL, NULL);
  g_assert_cmpstr (mado_reply_get_etag (seen), ==, "\"7\"");
  change = mado_call_transition ("K7M4-R29-1", mado_reply_get_etag (seen), "accept", NULL, NULL);
  changed = mado_client_send (f->client, change, NULL, NULL);
  g_assert_nonnull (changed);
  g_assert_null (rude_server_get (f->server, 0)->key);
  g_assert_cmpstr (rude_server_get (f->server, 1)->if_match, ==, "\"7\"");
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(MadoCall) call = new_filing ();
  gint64 start = g_get_monotonic_time ();
  GThread *thread;

  mado_client_set_limits (f->client, 20000, 20000);
  rude_server_push (f->server, RUDE_TRICKLE, 200, "");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (mado_client_send (f->client, call, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2000000);
  g_thread_join (thread);
}

typedef struct {
  MadoReply *reply;
  GError    *error;
  guint      pending;
} Outcome;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  g_clear_object (&outcome->reply);
  outcome->reply = mado_client_send_finish (MADO_CLIENT (source), result, &outcome->error);
  g_assert_no_error (outcome->error);
  outcome->pending--;
}

/* Many at once from one thread, each in its own, over the shared connections. */
static void
test_async (Fixture *f, gconstpointer data)
{
  Outcome outcome = { NULL, NULL, 20 };

  for (guint i = 0; i < 20; i++) {
    g_autoptr(MadoCall) call = new_filing ();
    g_autoptr(MadoClient) other = mado_client_new_as (f->client, "visit");

    rude_server_push (f->server, i % 4 == 0 ? RUDE_DROP : RUDE_ANSWER, 201, "{\"number\":\"K7M4-R29\"}");
    mado_client_send_async (other, call, NULL, on_sent, &outcome);
  }
  while (outcome.pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (rude_server_count (f->server), >=, 25);   /* libsoup may try a closed line once more */
  g_clear_object (&outcome.reply);
}

/* A program that stays for weeks: each call gives back what it took, its connection above all. */
static void
test_many (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 500; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoCall) call = mado_call_health ();
    g_autoptr(MadoReply) reply = mado_client_send (f->client, call, NULL, &error);

    g_assert_no_error (error);
  }
}

static void
test_address (void)
{
  const char *bad[] = { "counter.example.jp", "ftp://127.0.0.1", "http://counter.example.jp", "http://192.0.2.1:80",
                        "http://user@127.0.0.1", "https://a?b=c", "", "http://" };
  const char *good[] = { "http://127.0.0.1:8080/", "http://localhost:1", "http://[::1]:8080",
                         "https://counter.example.jp" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_null (mado_client_new (bad[i], &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoClient) client = mado_client_new (good[i], &error);

    g_assert_no_error (error);
  }
}

static void
test_backoff (void)
{
  guint least = G_MAXUINT, most = 0;

  for (guint i = 0; i < 200; i++) {
    guint ms = mado_client_backoff (3);

    least = MIN (least, ms);
    most = MAX (most, ms);
    g_assert_cmpuint (ms, >=, 800);
    g_assert_cmpuint (ms, <, 1600);
    g_assert_cmpuint (mado_client_backoff (60), <=, 10000);
  }
  g_assert_cmpuint (most - least, >, 200);
}

static void
test_tls (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(RudeServer) server = NULL;
  g_autoptr(MadoClient) client = NULL;
  g_autoptr(MadoCall) call = mado_call_health ();
  g_autoptr(MadoReply) reply = NULL;
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "localhost.pem", NULL);

  certificate = g_tls_certificate_new_from_file (pem, &error);
  g_assert_no_error (error);
  server = rude_server_new (certificate);
  client = mado_client_new (rude_server_get_address (server), &error);
  g_assert_no_error (error);

  g_assert_null (mado_client_send (client, call, NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "certificate"));
  g_assert_cmpuint (rude_server_count (server), ==, 0);
  g_clear_error (&error);

  g_assert_false (mado_client_set_authority (client, "/nonexistent.pem", &error));
  g_clear_error (&error);
  g_assert_true (mado_client_set_authority (client, pem, &error));
  reply = mado_client_send (client, call, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

#define MANNER(m) GINT_TO_POINTER (m)
#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/address", test_address);
  g_test_add_func ("/client/backoff", test_backoff);
  ADD ("/client/answer", NULL, test_answer);
  ADD ("/client/again/refused", MANNER (RUDE_ANSWER), test_again);
  ADD ("/client/again/dropped", MANNER (RUDE_DROP), test_again);
  ADD ("/client/again/cut", MANNER (RUDE_CUT), test_again);
  ADD ("/client/again/slow", MANNER (RUDE_SLOW), test_again);
  ADD ("/client/again/trickle", MANNER (RUDE_TRICKLE), test_again);
  ADD ("/client/again/noise", MANNER (RUDE_NOISE), test_again);
  ADD ("/client/retry-after", NULL, test_retry_after);
  ADD ("/client/time-limit", NULL, test_time_limit);
  g_test_add_func ("/client/nobody-there", test_nobody_there);
  ADD ("/client/pin/refused", MANNER (RUDE_ANSWER), test_pin_once);
  ADD ("/client/pin/dropped", MANNER (RUDE_DROP), test_pin_once);
  ADD ("/client/pin/cut", MANNER (RUDE_CUT), test_pin_once);
  ADD ("/client/pin/slow", MANNER (RUDE_SLOW), test_pin_once);
  ADD ("/client/pin/after-idle", NULL, test_pin_after_idle);
  ADD ("/client/problem", NULL, test_problem);
  ADD ("/client/problem/every", NULL, test_every_problem);
  ADD ("/client/problem/foreign", NULL, test_foreign_problem);
  ADD ("/client/malformed/cut", "{\"number\":", test_malformed);
  ADD ("/client/malformed/utf8", "{\"number\":\"\xff\"}", test_malformed);
  ADD ("/client/malformed/two", "{}{}", test_malformed);
  ADD ("/client/huge", NULL, test_huge);
  ADD ("/client/document", NULL, test_document);
  ADD ("/client/etag", NULL, test_etag);
  ADD ("/client/cancel", NULL, test_cancel);
  ADD ("/client/async", NULL, test_async);
  ADD ("/client/many", NULL, test_many);
  g_test_add_func ("/client/tls", test_tls);
  return g_test_run ();
}
