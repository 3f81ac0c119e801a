/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case over HTTP, from the filing to the paper, and what happens on the way as events. */
#include "mado-test-city.h"

#include "core/mado-language.h"
#include "mado-events.h"

#include <string.h>

static MadoHeard *
get (MadoTestCity *city, const char *path, const char *token)
{
  return mado_test_city_ask (city, &(MadoAsk) { "GET", path, token });
}

static MadoHeard *
step (MadoTestCity *city, const char *number, const char *token, const char *etag, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/transitions", number);

  return mado_test_city_ask (city, &(MadoAsk) { "POST", path, token, body, .if_match = etag });
}

/* Files the move over HTTP, without identification: a clerk decides. */
static char *
file (MadoTestCity *city, const MadoVisit *visit)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", visit->id);
  g_autofree char *body = g_strdup_printf ("{\"procedures\":[{\"id\":\"tennyu\",\"revision\":2}],\"answers\":%s}",
                                           counter_move_in_answers);
  const MadoAsk ask = { "POST", path, visit->token, body, .key = "the-one-filing" };
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &ask);
  g_autoptr(MadoHeard) again = mado_test_city_ask (city, &ask);

  mado_assert_heard (heard, 201);
  g_assert_cmpstr (heard->text, ==, again->text);
  g_assert_nonnull (mado_heard_get (heard, "/submittedAt"));
  return g_strdup (mado_heard_get (heard, "/cases/0/number"));
}

static void
test_walk (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file (city, visit);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s", number);
  g_autofree char *words_path = g_strconcat (path, "?words=ja", NULL);
  g_autofree char *record_path = g_strconcat (path, "/document?kind=record", NULL);
  g_autofree char *result_path = g_strconcat (path, "/document?kind=result", NULL);
  g_autofree char *small = g_ascii_strdown (path, -1);
  g_autoptr(MadoHeard) own = get (city, "/v1/cases", visit->token);
  g_autoptr(MadoHeard) seen = get (city, path, clerk);
  g_autoptr(MadoHeard) folded = get (city, small, clerk);
  g_autoptr(MadoHeard) words = get (city, words_path, clerk);
  g_autoptr(MadoHeard) record = get (city, record_path, visit->token);
  g_autoptr(MadoHeard) result = get (city, result_path, visit->token);

  mado_assert_heard (own, 200);
  g_assert_cmpstr (mado_heard_get (own, "/items/0/number"), ==, number);
  g_assert_null (mado_json_get (own->json, "/items/0/answers"));
  mado_assert_heard (seen, 200);
  g_assert_nonnull (seen->etag);
  g_assert_nonnull (mado_json_get (seen->json, "/answers"));
  mado_assert_heard (folded, 200);
  mado_assert_heard (words, 200);
  g_assert_nonnull (mado_heard_get (words, "/words/0/label"));
  mado_assert_heard (record, 200);
  g_assert_cmpstr (record->type, ==, "application/pdf");
  g_assert_true (record->length > 1000 && g_str_has_prefix (record->text, "%PDF-"));
  g_assert_cmpuint (result->status, >=, 404);
}

/* A message of the first violation of @code, in the language that was asked for. */
static char *
refused_in (MadoTestCity *city, const MadoVisit *visit, const char *language, const char *code)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", visit->id);
  g_autoptr(GString) body = g_string_new (NULL);
  g_autoptr(MadoHeard) heard = NULL;

  g_string_printf (body, "{\"procedures\":[{\"id\":\"tennyu\",\"revision\":2}],\"answers\":%s}",
                   counter_move_in_answers);
  g_string_replace (body, "\"relationship\":\"spouse\"", "\"relationship\":\"head\"", 1);
  if (g_str_equal (code, "future"))
    g_string_replace (body, "\"move.date\":\"2026-11-01\"", "\"move.date\":\"2999-01-01\"", 1);
  heard = mado_test_city_ask (city, &(MadoAsk) { "POST", path, visit->token, body->str, .language = language });
  mado_assert_heard (heard, 422);
  g_assert_cmpstr (mado_heard_get (heard, "/violations/0/code"), ==, code);
  return g_strdup (mado_heard_get (heard, "/violations/0/message"));
}

/* What a kind of field refuses and what the form itself does, in the language asked for, else in the visit's. */
static void
test_language (MadoTestCity *city)
{
  static const struct { const char *asked, *future, *check; } cases[] = {
    { "ja", "まだ来ていない日です", "世帯主を1人だけ" },
    { "en-GB, ja;q=0.5", "This day is still to come", "Please choose exactly one head" },
    { NULL, "まだ来ていない日です", "世帯主を1人だけ" },
    { "xx", "まだ来ていない日です", "世帯主を1人だけ" },
    { "", "まだ来ていない日です", "世帯主を1人だけ" },
    { "*", "まだ来ていない日です", "世帯主を1人だけ" },
    { "ja;q=0.5, en", "This day is still to come", "Please choose exactly one head" },
    { "en-GB;q=0.5, ja", "まだ来ていない日です", "世帯主を1人だけ" },
  };
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *future = refused_in (city, visit, cases[i].asked, "future");
    g_autofree char *check = refused_in (city, visit, cases[i].asked, "check");

    g_assert_true (g_str_has_prefix (future, cases[i].future));
    g_assert_true (g_str_has_prefix (check, cases[i].check));
  }
}

/* Staff had opened it before anybody knew whose it was: whose it is sees that afterwards. */
static void
test_looked_at_before (MadoTestCity *city)
{
  static const char card[] = "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}";
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  CounterVisit visit = counter_open (city->test);
  g_autofree char *number = counter_file (city->test, &visit, "juminhyo", counter_certificate_answers);
  g_autofree char *path = g_strconcat ("/v1/cases/", number, NULL);
  g_autoptr(MadoHeard) looked = get (city, path, clerk);
  g_autoptr(MadoHeard) identified = step (city, number, clerk, looked->etag,
                                          "{\"event\":\"identify\",\"cardNumber\":\"" COUNTER_CARD "\"}");
  g_autoptr(MadoHeard) session = mado_test_city_ask (city, &(MadoAsk) { "POST", "/v1/sessions", NULL, card });
  g_autoptr(MadoHeard) told = get (city, "/v1/me/disclosures", mado_heard_get (session, "/token"));

  mado_assert_heard (identified, 200);
  mado_assert_heard (told, 200);
  g_assert_cmpstr (mado_heard_get (told, "/items/0/action"), ==, "case.identified");
  g_assert_cmpstr (mado_heard_get (told, "/items/1/action"), ==, "case.viewed");
  g_assert_cmpstr (mado_heard_get (told, "/items/1/number"), ==, number);
  counter_visit_clear (&visit);
}

/* The kiosk ends it; what its visit's own credential was worth a moment ago is over with it. */
static void
test_ended_by_kiosk (MadoTestCity *city)
{
  static const char card[] = "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}";
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autoptr(MadoHeard) started = mado_test_city_ask (city, &(MadoAsk) { "POST", "/v1/visits", device,
                                                                        "{\"language\":\"ja\"}" });
  const char *token = mado_heard_get (started, "/token");
  g_autofree char *path = g_strconcat ("/v1/visits/", mado_heard_get (started, "/id"), NULL);
  g_autofree char *card_path = g_strconcat (path, "/identification", NULL);
  g_autoptr(MadoHeard) known = mado_test_city_ask (city, &(MadoAsk) { "POST", card_path, token, card });
  g_autoptr(MadoHeard) before = get (city, path, token);
  g_autoptr(MadoHeard) ended = mado_test_city_ask (city, &(MadoAsk) { "DELETE", path, device });
  g_autoptr(MadoHeard) after = get (city, path, token);

  mado_assert_heard (known, 200);
  mado_assert_heard (before, 200);
  mado_assert_heard (ended, 204);
  mado_assert_heard (after, 401);
}

/* Whatever is refused under a visit's token, also where no answer of its own is wrong. */
static void
test_language_of_visit (MadoTestCity *city)
{
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  MadoAsk ask = { "POST", "/v1/visits", device, "{\"language\":\"ja\"}", .key = "the-one-visit" };
  g_autoptr(MadoHeard) started = mado_test_city_ask (city, &ask), reused = NULL;
  const char *token = mado_heard_get (started, "/token");
  g_autofree char *path = g_strconcat ("/v1/cases/", mado_heard_get (started, "/number"), NULL);
  g_autoptr(MadoHeard) missing = get (city, path, token);
  g_autoptr(MadoHeard) mistyped = get (city, "/v1/cases?state=eaten", token);
  g_autoptr(MadoHeard) asked = mado_test_city_ask (city, &(MadoAsk) { "GET", "/v1/cases?state=eaten", token,
                                                                      .language = "en" });

  mado_assert_heard (started, 201);
  ask.body = "{\"language\":\"en\"}";
  ask.language = "ja";
  reused = mado_test_city_ask (city, &ask);
  g_assert_nonnull (strstr (mado_heard_get (reused, "/detail"), "別の依頼"));
  g_assert_true (g_str_has_prefix (mado_heard_get (missing, "/detail"), "その番号"));
  g_assert_nonnull (strstr (mado_heard_get (mistyped, "/violations/0/message"), "状態"));
  g_assert_nonnull (strstr (mado_heard_get (asked, "/violations/0/message"), "never"));
}

static void
test_if_match (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file (city, visit);
  static const char body[] = "{\"event\":\"withdraw\"}";
  g_autoptr(MadoHeard) without = step (city, number, visit->token, NULL, body);
  g_autoptr(MadoHeard) stale = step (city, number, visit->token, "\"99\"", body);
  g_autoptr(MadoHeard) foreign = step (city, number, visit->token, "W/\"abc\"", body);
  g_autoptr(MadoHeard) unknown = step (city, number, visit->token, "\"1\"", "{\"event\":\"explode\"}");

  mado_assert_heard (without, 428);
  mado_assert_heard (stale, 412);
  mado_assert_heard (foreign, 412);
  mado_assert_heard (unknown, 422);
  g_assert_cmpstr (mado_heard_get (unknown, "/violations/0/pointer"), ==, "/event");
}

static void
test_not_mine (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city), other = mado_test_city_visit (city);
  g_autofree char *number = file (city, visit);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s", number);
  g_autofree char *paper = g_strdup_printf ("/v1/cases/%s/document?kind=record", number);
  g_autoptr(MadoHeard) seen = get (city, path, other->token), paper_heard = get (city, paper, other->token);
  g_autoptr(MadoHeard) own = get (city, "/v1/cases", other->token);

  mado_assert_heard (seen, 404);
  mado_assert_heard (paper_heard, 404);
  g_assert_cmpstr (own->text, ==, "{\"items\":[]}");
}

/* Every mistake by its place, the values not repeated. */
static void
test_wrong_answers (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", visit->id);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) {
    "POST", path, visit->token, "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":"
    "{\"applicant.dateOfBirth\":\"1850-01-01\",\"no.such.fact\":\"SECRET-VALUE\"}}" });

  mado_assert_heard (heard, 422);
  g_assert_true (g_str_has_prefix (mado_heard_get (heard, "/violations/0/pointer"), "/answers"));
  g_assert_null (strstr (heard->text, "SECRET-VALUE"));
}

/* Events */

typedef struct {
  GString *text;
  gboolean ended;
} Stream;

static void
on_found (const char *text, gsize n, gpointer data)
{
  Stream *stream = data;

  if (text)
    g_string_append_len (stream->text, text, n);
  else
    stream->ended = TRUE;
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Follows for a while as that session; gives what came. */
static char *
follow (MadoTestCity *city, const char *token, gint64 after, const char *until)
{
  g_autoptr(MadoSessions) sessions = mado_sessions_new (city->test->store);
  g_autoptr(MadoSession) session = mado_sessions_find (sessions, token, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  MadoRequest request = { .service = city->service, .session = session, .authorization = bearer };
  MadoSubscription *subscription = mado_subscription_new (&request, after);
  Stream stream = { g_string_new (NULL), FALSE };
  gboolean late = FALSE;
  guint timer = g_timeout_add (8000, on_late, &late);

  mado_subscription_start (subscription, on_found, &stream);
  while (!late && !strstr (stream.text->str, until))
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timer);
  mado_subscription_stop (subscription);
  mado_subscription_unref (subscription);
  return g_string_free (stream.text, FALSE);
}

static void
test_events (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city), other = mado_test_city_visit (city);
  g_autofree char *number = file (city, visit);
  g_autofree char *calls = g_strdup ("{\"page\":\"home\",\"language\":\"ja\"}");
  g_autoptr(MadoHeard) call = mado_test_city_ask (city, &(MadoAsk) { "POST", "/v1/staff-calls", visit->token, calls });
  g_autofree char *all = follow (city, clerk, 0, "staff.called");
  g_autofree char *own = follow (city, other->token, 0, "visit.started");

  mado_assert_heard (call, 201);
  g_assert_nonnull (strstr (all, "event: case."));
  g_assert_nonnull (strstr (all, "event: staff.called\n"));
  g_assert_null (strstr (all, "event: visit."));
  g_assert_nonnull (strstr (own, "event: visit.started\n"));
  g_assert_null (strstr (own, visit->id));
  g_assert_null (strstr (own, "event: case."));
}

int
main (int argc, char *argv[])
{
  mado_language_init (NULL);
  mado_language_part ();
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/cases/language", test_language);
  mado_test_city_add ("/cases/language-of-visit", test_language_of_visit);
  mado_test_city_add ("/cases/walk", test_walk);
  mado_test_city_add ("/cases/if-match", test_if_match);
  mado_test_city_add ("/cases/not-mine", test_not_mine);
  mado_test_city_add ("/cases/wrong-answers", test_wrong_answers);
  mado_test_city_add ("/cases/events", test_events);
  mado_test_city_add ("/cases/looked-at-before", test_looked_at_before);
  mado_test_city_add ("/cases/ended-by-kiosk", test_ended_by_kiosk);
  return g_test_run ();
}
