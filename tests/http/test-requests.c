/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request gets back, through its whole path but the socket. */
#include "mado-test-city.h"

#include <string.h>

#include "core/mado-clock.h"

#define HOUR (3600 * (gint64) G_USEC_PER_SEC)

static MadoHeard *
get (MadoTestCity *city, const char *path, const char *token)
{
  return mado_test_city_ask (city, &(MadoAsk) { "GET", path, token });
}

static MadoHeard *
post (MadoTestCity *city, const char *path, const char *token, const char *body)
{
  return mado_test_city_ask (city, &(MadoAsk) { "POST", path, token, body });
}

#define assert_problem(heard, wanted_status, name) G_STMT_START { \
  mado_assert_heard (heard, wanted_status); \
  g_assert_cmpstr (mado_heard_problem (heard), ==, name); \
  g_assert_cmpstr ((heard)->type, ==, "application/problem+json"); \
  g_assert_nonnull (mado_heard_get (heard, "/title")); \
  g_assert_nonnull (mado_heard_get (heard, "/detail")); \
  g_assert_nonnull (mado_heard_get (heard, "/requestId")); \
  } G_STMT_END

/* Finding the way */

static void
test_addresses (MadoTestCity *city)
{
  static const char *const wrong[] = {
    "/", "/v1", "/v1/", "/v1/healthy", "/v1/health/", "/v1/health/x", "//v1/health", "/V1/health", "/v1/visits/",
    "/v1/procedures/a/b", "/v1/procedures/%2F", "/v1/procedures/%00", "/v1/procedures/%ff", "/v1/procedures/%zz",
    "/v1/../v1/health",
    /* one segment, too long */
    ("/v1/procedures/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(MadoHeard) heard = get (city, wrong[i], NULL);

    assert_problem (heard, 404, "not-found");
  }
}

static void
test_methods (MadoTestCity *city)
{
  g_autoptr(MadoHeard) wrong = mado_test_city_ask (city, &(MadoAsk) { "PATCH", "/v1/me/consents" });
  g_autoptr(MadoHeard) options = mado_test_city_ask (city, &(MadoAsk) { "OPTIONS", "/v1/visits" });
  g_autoptr(MadoHeard) head = mado_test_city_ask (city, &(MadoAsk) { "HEAD", "/v1/health" });
  g_autoptr(MadoHeard) trace = mado_test_city_ask (city, &(MadoAsk) { "TRACE", "/v1/health" });

  assert_problem (wrong, 405, "method-not-allowed");
  g_assert_cmpstr (wrong->allow, ==, "GET, HEAD, PUT, OPTIONS");
  mado_assert_heard (options, 204);
  g_assert_cmpstr (options->allow, ==, "POST, OPTIONS");
  mado_assert_heard (head, 200);
  assert_problem (trace, 405, "method-not-allowed");
}

static void
test_open (MadoTestCity *city)
{
  g_autoptr(MadoHeard) health = get (city, "/v1/health", NULL);
  g_autoptr(MadoHeard) described = get (city, "/v1/city", NULL);
  g_autoptr(MadoHeard) metrics = get (city, "/v1/metrics", NULL);

  mado_assert_heard (health, 200);
  g_assert_cmpstr (mado_heard_get (health, "/status"), ==, "ok");
  g_assert_cmpstr (mado_heard_get (health, "/store"), ==, city->test->engine);
  mado_assert_heard (described, 200);
  g_assert_cmpstr (mado_heard_get (described, "/id"), ==, "fujisawa");
  g_assert_nonnull (mado_heard_get (described, "/publicKey"));
  g_assert_nonnull (mado_heard_get (described, "/today"));
  mado_assert_heard (metrics, 200);
  g_assert_nonnull (strstr (metrics->text, "mado_http_requests_total"
                                           "{method=\"GET\",route=\"/v1/health\",status=\"2xx\"} 1\n"));
}

static JsonArray *
items_of (const MadoHeard *heard)
{
  return json_object_get_array_member (json_node_get_object (heard->json), "items");
}

/* The short list by pages and by field of life, and the whole for who keeps a copy; who has it already gets nothing. */
static void
test_lists (MadoTestCity *city)
{
  guint all = mado_catalogue_get_procedures (mado_counter_get_catalogue (city->counter))->len, n = 0;
  g_autoptr(MadoHeard) moving = get (city, "/v1/procedures?category=moving", NULL), whole = NULL, again = NULL;
  g_autoptr(MadoHeard) brief = get (city, "/v1/procedures?limit=500", NULL), odd = NULL, lost = NULL;
  g_autofree char *cursor = g_strdup ("");

  mado_assert_heard (moving, 200);
  for (guint i = 0; i < json_array_get_length (items_of (moving)); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items_of (moving), i), "category"),
                     ==, "moving");
  while (cursor) {
    g_autofree char *path = g_strdup_printf ("/v1/procedures?limit=30%s%s", *cursor ? "&cursor=" : "", cursor);
    g_autoptr(MadoHeard) page = get (city, path, NULL);

    mado_assert_heard (page, 200);
    n += json_array_get_length (items_of (page));
    g_free (cursor);
    cursor = g_strdup (mado_heard_get (page, "/next"));
  }
  g_assert_cmpuint (n, ==, all);
  g_assert_cmpuint (json_array_get_length (items_of (brief)), ==, all);
  whole = get (city, "/v1/catalogue?limit=100", NULL);
  mado_assert_heard (whole, 200);
  g_assert_nonnull (mado_json_get (whole->json, "/items/0/who"));
  g_test_message ("in short %u bytes for %u, whole %u bytes for %u", (guint) brief->length, all, (guint) whole->length,
                  json_array_get_length (items_of (whole)));
  g_assert_cmpuint (brief->length, <, whole->length / 2);
  again = mado_test_city_ask (city, &(MadoAsk) { "GET", "/v1/procedures?limit=500", .if_none_match = brief->etag });
  mado_assert_heard (again, 304);
  odd = get (city, "/v1/procedures?limit=501", NULL);
  assert_problem (odd, 422, "invalid");
  lost = get (city, "/v1/procedures?cursor=zzz", NULL);
  assert_problem (lost, 422, "invalid");
  g_assert_cmpstr (mado_heard_get (lost, "/violations/0/pointer"), ==, "/cursor");
}

static void
test_catalogue (MadoTestCity *city)
{
  g_autoptr(MadoHeard) list = get (city, "/v1/procedures", NULL);
  g_autofree char *form_path = NULL;
  g_autoptr(MadoHeard) one = NULL, form = NULL, again = NULL, nothing = NULL;

  mado_assert_heard (list, 200);
  g_assert_nonnull (mado_heard_get (list, "/items/0/id"));
  g_assert_null (mado_json_get (list->json, "/items/0/who"));
  one = get (city, "/v1/procedures/juminhyo", NULL);
  mado_assert_heard (one, 200);
  g_assert_cmpstr (mado_heard_get (one, "/id"), ==, "juminhyo");
  form_path = g_strdup_printf ("/v1/forms/%s", mado_heard_get (one, "/form"));
  form = get (city, form_path, NULL);
  mado_assert_heard (form, 200);
  g_assert_nonnull (form->etag);
  again = mado_test_city_ask (city, &(MadoAsk) { "GET", form_path, .if_none_match = form->etag });
  mado_assert_heard (again, 304);
  g_assert_cmpuint (again->length, ==, 0);
  nothing = get (city, "/v1/procedures/no-such-thing", NULL);
  assert_problem (nothing, 404, "not-found");
}

static void
test_concierge (MadoTestCity *city)
{
  g_autoptr(MadoHeard) events = get (city, "/v1/life-events", NULL);
  g_autoptr(MadoHeard) event = get (city, "/v1/life-events/moving", NULL);
  g_autoptr(MadoHeard) page = get (city, "/v1/faq?category=moving&limit=2", NULL);
  g_autoptr(MadoHeard) faq = get (city, "/v1/faq/move-when", NULL);
  g_autoptr(MadoHeard) nothing = get (city, "/v1/faq/no-such-thing", NULL), after = NULL;
  g_autofree char *path = NULL;

  mado_assert_heard (events, 200);
  g_assert_nonnull (mado_heard_get (events, "/items/12/id"));
  mado_assert_heard (event, 200);
  g_assert_cmpstr (mado_heard_get (event, "/form"), ==, "life-moving");
  g_assert_nonnull (mado_heard_get (event, "/procedures/0/id"));
  mado_assert_heard (page, 200);
  g_assert_cmpstr (mado_heard_get (page, "/next"), ==, mado_heard_get (page, "/items/1/id"));
  g_assert_null (mado_heard_get (page, "/items/2/id"));
  path = g_strdup_printf ("/v1/faq?category=moving&limit=500&cursor=%s", mado_heard_get (page, "/next"));
  after = get (city, path, NULL);
  g_assert_cmpstr (mado_heard_get (after, "/items/0/category"), ==, "moving");
  g_assert_cmpstr (mado_heard_get (after, "/items/0/id"), !=, mado_heard_get (page, "/items/1/id"));
  g_assert_null (mado_heard_get (after, "/next"));
  mado_assert_heard (faq, 200);
  g_assert_nonnull (mado_heard_get (faq, "/answer/ja"));
  assert_problem (nothing, 404, "not-found");
}

static void
test_search (MadoTestCity *city)
{
  g_autoptr(MadoHeard) found = get (city, "/v1/search?q=%E8%B5%A4%E3%81%A1%E3%82%83%E3%82%93&language=en", NULL);
  g_autoptr(MadoHeard) unclear = get (city, "/v1/search?q=%E7%A8%8E%E9%87%91", NULL);
  g_autoptr(MadoHeard) nothing = get (city, "/v1/search?q=zzzzzz", NULL);
  g_autoptr(MadoHeard) empty = get (city, "/v1/search?q=", NULL), none = get (city, "/v1/search", NULL);
  g_autoptr(MadoHeard) many = get (city, "/v1/search?q=tax&limit=51", NULL);

  mado_assert_heard (found, 200);
  g_assert_nonnull (mado_heard_get (found, "/items/0/title/en"));
  g_assert_null (mado_heard_get (found, "/items/0/title/ja"));
  g_assert_cmpstr (mado_heard_get (unclear, "/confidence"), ==, "unclear");
  g_assert_nonnull (mado_heard_get (unclear, "/choices/1/hits/0"));
  mado_assert_heard (nothing, 200);
  g_assert_cmpstr (mado_heard_get (nothing, "/confidence"), ==, "none");
  g_assert_null (mado_heard_get (nothing, "/items/0/id"));
  assert_problem (empty, 422, "invalid");
  assert_problem (none, 422, "invalid");
  assert_problem (many, 422, "invalid");
}

/* Who asks */

static void
test_credentials (MadoTestCity *city)
{
  static const char *const forged[] = {
    NULL, "", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --", "\xff\xfe", "🦑",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forged); i++) {
    g_autoptr(MadoHeard) heard = get (city, "/v1/me", forged[i]);

    assert_problem (heard, 401, "unauthenticated");
  }
}

static void
test_expiry (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_CLERK, NULL);
  g_autoptr(MadoHeard) before = get (city, "/v1/me", token);
  g_autoptr(MadoHeard) after = NULL;

  mado_assert_heard (before, 200);
  mado_clock_advance (13 * HOUR);
  g_usleep (2100 * 1000);
  after = get (city, "/v1/me", token);
  mado_clock_thaw ();
  assert_problem (after, 401, "unauthenticated");
}

static void
test_sign_out (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_CLERK, NULL);
  const MadoAsk leave = { "DELETE", "/v1/sessions/current", token, .key = "once-and-for-all" };
  g_autoptr(MadoHeard) first = mado_test_city_ask (city, &leave);
  g_autoptr(MadoHeard) second = mado_test_city_ask (city, &leave);
  g_autoptr(MadoHeard) after = get (city, "/v1/me", token);

  mado_assert_heard (first, 204);
  mado_assert_heard (second, 204);
  assert_problem (after, 401, "unauthenticated");
}

static void
test_sign_in (MadoTestCity *city)
{
  g_autoptr(MadoHeard) card = post (city, "/v1/sessions", NULL,
                                    "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}");
  g_autoptr(MadoHeard) me = NULL, lacking = NULL, unknown = NULL;

  mado_assert_heard (card, 201);
  g_assert_cmpstr (mado_heard_get (card, "/role"), ==, "resident");
  g_assert_nonnull (mado_heard_get (card, "/expiresAt"));
  me = get (city, "/v1/me", mado_heard_get (card, "/token"));
  mado_assert_heard (me, 200);
  g_assert_cmpstr (mado_heard_get (me, "/role"), ==, "resident");
  g_assert_cmpstr (mado_heard_get (me, "/name"), ==, mado_heard_get (card, "/name"));
  g_assert_nonnull (mado_heard_get (me, "/name"));
  g_assert_null (mado_heard_get (me, "/token"));
  lacking = post (city, "/v1/sessions", NULL, "{\"method\":\"password\",\"account\":\"clerk\"}");
  assert_problem (lacking, 422, "invalid");
  g_assert_cmpstr (mado_heard_get (lacking, "/violations/0/pointer"), ==, "/password");
  unknown = post (city, "/v1/sessions", NULL, "{\"method\":\"guess\"}");
  assert_problem (unknown, 422, "invalid");
}

/* The fourth wrong PIN meets a locked card, and so does the right one. */
static void
test_pin_tries (MadoTestCity *city)
{
  static const char wrong[] = "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"9999\"}";
  static const char right[] = "{\"method\":\"card\",\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}";

  for (guint i = 0; i < 2; i++) {
    g_autoptr(MadoHeard) heard = post (city, "/v1/sessions", NULL, wrong);

    assert_problem (heard, 401, "unauthenticated");
    g_assert_null (strstr (heard->text, "9999"));
  }
  for (guint i = 0; i < 3; i++) {
    g_autoptr(MadoHeard) heard = post (city, "/v1/sessions", NULL, i == 2 ? right : wrong);

    assert_problem (heard, 423, "locked");
  }
}

/* A wrong PIN sent twice under one key is one try. */
static void
test_pin_replayed (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/identification", visit->id);
  const MadoAsk wrong = { "POST", path, visit->token, "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"9999\"}",
                          .key = "the-same-wrong-pin" };
  g_autoptr(MadoHeard) right = NULL;

  for (guint i = 0; i < 5; i++) {
    g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &wrong);

    assert_problem (heard, 401, "unauthenticated");
  }
  right = post (city, path, visit->token, "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"}");
  mado_assert_heard (right, 200);
  g_assert_nonnull (mado_heard_get (right, "/resident/fullName"));
}

/* What is sent */

static void
test_bodies (MadoTestCity *city)
{
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autofree char *brackets = g_strnfill (1000, '[');
  static const struct { const char *body, *problem; guint status; } wrong[] = {
    { "", "malformed", 400 }, { "{", "malformed", 400 }, { "{}x", "malformed", 400 },
    { "{\"language\":\"ja\",}", "malformed", 400 }, { "{'language':'ja'}", "malformed", 400 },
    { "{\"language\":\"ja\",\"language\":\"en\"}", "malformed", 400 },
    { "{\"language\":\"\xc3\x28\"}", "malformed", 400 }, { "{\"language\":\"\\ud800\"}", "malformed", 400 },
    { "{\"language\":\"\\ud800\\u0041\"}", "malformed", 400 }, { "{\"language\":\"\\u0000\"}", "malformed", 400 },
    { "[]", "invalid", 422 }, { "null", "invalid", 422 }, { "{}", "invalid", 422 },
    { "{\"language\":1}", "invalid", 422 }, { "{\"language\":\"ja\",\"more\":1}", "invalid", 422 },
    { "{\"language\":\"jaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}", "invalid", 422 },
  };
  g_autoptr(MadoHeard) deep = post (city, "/v1/visits", device, brackets);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(MadoHeard) heard = post (city, "/v1/visits", device, wrong[i].body);

    if (heard->status != wrong[i].status)
      g_test_message ("body %s", wrong[i].body);
    assert_problem (heard, wrong[i].status, wrong[i].problem);
  }
  assert_problem (deep, 413, "too-large");
}

/* 100,000 brackets where a body of that size is taken. */
static void
test_nesting (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/answers", visit->id);
  g_autofree char *open = g_strnfill (100000, '['), *close = g_strnfill (100000, ']');
  g_autofree char *body = g_strconcat ("{\"answers\":", open, close, "}", NULL);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) { "PUT", path, visit->token, body });

  assert_problem (heard, 413, "too-large");
}

static void
test_size (MadoTestCity *city)
{
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autofree char *large = g_strnfill (10 * 1024 * 1024, ' ');
  g_autoptr(MadoHeard) heard = post (city, "/v1/visits", device, large);
  g_autoptr(MadoHeard) unwanted = mado_test_city_ask (city, &(MadoAsk) { "GET", "/v1/me", device, "{}" });

  assert_problem (heard, 413, "too-large");
  assert_problem (unwanted, 413, "too-large");
}

static void
test_types (MadoTestCity *city)
{
  static const char *const wrong[] = { "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "" };
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) { "POST", "/v1/visits", device,
                                                                         "{\"language\":\"ja\"}", .type = wrong[i] });

    assert_problem (heard, 415, "unsupported");
  }
}

static void
test_queries (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, NULL);
  static const struct { const char *path; guint status; } asked[] = {
    { "/v1/cases", 200 }, { "/v1/cases?", 200 }, { "/v1/cases?limit=5&state=submitted", 200 },
    { "/v1/cases?&limit=5&", 200 }, { "/v1/cases?limit=0", 422 }, { "/v1/cases?limit=201", 422 },
    { "/v1/cases?limit=five", 422 }, { "/v1/cases?limit=5&limit=6", 400 }, { "/v1/cases?colour=red", 422 },
    { "/v1/cases?state=SUBMITTED", 422 }, { "/v1/cases?state=no-such-state", 422 }, { "/v1/cases?state=%ff", 400 },
    { "/v1/cases?state=%00", 400 }, { "/v1/cases?cursor=nonsense", 422 }, { "/v1/me?x=1", 422 },
    { "/v1/cases?limit=99999999999999999999", 422 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_autoptr(MadoHeard) heard = get (city, asked[i].path, clerk);

    if (heard->status != asked[i].status)
      g_error ("%s: %u %s", asked[i].path, heard->status, heard->text);
  }
}

/* Once and only once */

static void
test_keys (MadoTestCity *city)
{
  g_autofree char *device = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autofree char *other = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-2");
  MadoAsk ask = { "POST", "/v1/visits", device, "{\"language\":\"ja\"}", .key = "this-is-the-first" };
  g_autoptr(MadoHeard) first = mado_test_city_ask (city, &ask);
  g_autoptr(MadoHeard) again = mado_test_city_ask (city, &ask);
  g_autoptr(MadoHeard) reused = NULL, elsewhere = NULL, none = NULL, weak = NULL;

  mado_assert_heard (first, 201);
  mado_assert_heard (again, 201);
  g_assert_cmpstr (first->text, ==, again->text);
  ask.body = "{\"language\":\"en\"}";
  reused = mado_test_city_ask (city, &ask);
  assert_problem (reused, 422, "key-reused");
  ask.token = other;
  elsewhere = mado_test_city_ask (city, &ask);
  mado_assert_heard (elsewhere, 201);
  g_assert_cmpstr (mado_heard_get (elsewhere, "/id"), !=, mado_heard_get (first, "/id"));
  ask.key = "";
  none = mado_test_city_ask (city, &ask);
  assert_problem (none, 400, "key-required");
  ask.key = "short";
  weak = mado_test_city_ask (city, &ask);
  assert_problem (weak, 400, "key-required");
}

/* The end of a visit ends its credential; the same request is still answered as it was. */
static void
test_end_of_visit (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s", visit->id);
  const MadoAsk end = { "DELETE", path, visit->token, .key = "the-end-of-it" };
  g_autoptr(MadoHeard) first = mado_test_city_ask (city, &end);
  g_autoptr(MadoHeard) second = mado_test_city_ask (city, &end);
  g_autoptr(MadoHeard) after = get (city, path, visit->token);

  mado_assert_heard (first, 204);
  mado_assert_heard (second, 204);
  assert_problem (after, 401, "unauthenticated");
}

/* Not too often */

static void
test_limits (MadoTestStore *test)
{
  MadoTestCity city;
  guint refused = 0;

  mado_test_city_init (&city, test, 1);
  for (guint i = 0; i < 150; i++) {
    g_autoptr(MadoHeard) heard = get (&city, "/v1/health", NULL);

    if (heard->status == 429) {
      assert_problem (heard, 429, "rate-limited");
      g_assert_cmpuint (heard->retry_after, >, 0);
      refused++;
    } else
      mado_assert_heard (heard, 200);
  }
  g_assert_cmpuint (refused, >, 20);
  for (guint i = 0; i < 2; i++) {
    g_autoptr(MadoHeard) elsewhere = mado_test_city_ask (&city, &(MadoAsk) { "GET", "/v1/health",
                                                                            .peer = "192.0.2.9" });

    mado_assert_heard (elsewhere, 200);
  }
  mado_test_city_clear (&city);
}

/* One visit may not try cards without end, whosever they are. */
static void
test_limit_of_pins (MadoTestStore *test)
{
  MadoTestCity city;
  g_autoptr(MadoVisit) visit = NULL;
  g_autofree char *path = NULL;
  guint refused = 0;

  mado_test_city_init (&city, test, 1);
  visit = mado_test_city_visit (&city);
  path = g_strdup_printf ("/v1/visits/%s/identification", visit->id);
  for (guint i = 0; i < 10; i++) {
    g_autoptr(MadoHeard) heard = post (&city, path, visit->token,
                                       "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"0000\"}");

    refused += heard->status == 429;
  }
  g_assert_cmpuint (refused, >=, 3);
  mado_test_city_clear (&city);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/requests/addresses", test_addresses);
  mado_test_city_add ("/requests/methods", test_methods);
  mado_test_city_add ("/requests/open", test_open);
  mado_test_city_add ("/requests/catalogue", test_catalogue);
  mado_test_city_add ("/requests/lists", test_lists);
  mado_test_city_add ("/requests/concierge", test_concierge);
  mado_test_city_add ("/requests/search", test_search);
  mado_test_city_add ("/requests/credentials", test_credentials);
  mado_test_city_add ("/requests/expiry", test_expiry);
  mado_test_city_add ("/requests/sign-out", test_sign_out);
  mado_test_city_add ("/requests/sign-in", test_sign_in);
  mado_test_city_add ("/requests/pin-tries", test_pin_tries);
  mado_test_city_add ("/requests/pin-replayed", test_pin_replayed);
  mado_test_city_add ("/requests/bodies", test_bodies);
  mado_test_city_add ("/requests/nesting", test_nesting);
  mado_test_city_add ("/requests/size", test_size);
  mado_test_city_add ("/requests/types", test_types);
  mado_test_city_add ("/requests/queries", test_queries);
  mado_test_city_add ("/requests/keys", test_keys);
  mado_test_city_add ("/requests/end-of-visit", test_end_of_visit);
  mado_test_store_add ("/requests/limits", test_limits);
  mado_test_store_add ("/requests/limit-of-pins", test_limit_of_pins);
  return g_test_run ();
}
