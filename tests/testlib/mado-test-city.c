/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-city.h"

#include <string.h>

#include "core/mado-clock.h"
#include "procedures/mado-catalogue.h"

/* A city */

void
mado_test_city_init (MadoTestCity *city, MadoTestStore *test, double limit_scale)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCity) described = mado_city_load (MADO_TEST_ROOT "/data/cities/fujisawa/city.json", &error);
  g_autoptr(MadoCatalogue) catalogue = NULL;

  g_assert_no_error (error);
  catalogue = mado_catalogue_load (MADO_TEST_ROOT "/forms", &error);
  g_assert_no_error (error);
  *city = (MadoTestCity) { .test = test };
  city->counter = mado_counter_new (test->store, described, catalogue);
  city->service = mado_service_new (city->counter, limit_scale);
  city->service->engine = test->engine;
  mado_service_open_books (city->service, MADO_TEST_ROOT "/data/cities/fujisawa/books.json", &error);
  g_assert_no_error (error);
}

void
mado_test_city_listen (MadoTestCity *city, const MadoHttpOptions *options)
{
  g_autoptr(GError) error = NULL;

  city->http = mado_http_new (city->service, options, &error);
  g_assert_no_error (error);
}

void
mado_test_city_clear (MadoTestCity *city)
{
  if (city->http)
    mado_http_stop (g_steal_pointer (&city->http), 5);
  g_clear_pointer (&city->service, mado_service_free);
  g_clear_object (&city->counter);
  g_clear_pointer (&city->resident, g_free);
}

static GHashTable *registered;   /* path → MadoTestCityFunc */

static void
run_test (MadoTestStore *test)
{
  g_autofree char *path = g_path_get_dirname (g_test_get_path ());
  MadoTestCityFunc func = (MadoTestCityFunc) g_hash_table_lookup (registered, path);
  MadoTestCity city;

  mado_test_city_init (&city, test, 0);
  city.resident = counter_add_card_holder (test);
  func (&city);
  mado_test_city_clear (&city);
}

void
mado_test_city_add (const char *path, MadoTestCityFunc func)
{
  if (!registered)
    registered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (registered, g_strdup (path), (gpointer) func);
  mado_test_store_add (path, run_test);
}

/* People */

static MadoOutcome
insert_session (MadoTx *tx, gpointer session, GError **error)
{
  return mado_session_insert (tx, session, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

char *
mado_test_city_sign_in (MadoTestCity *city, MadoRole role, const char *account)
{
  const char *resident = role == MADO_ROLE_RESIDENT ? account : NULL;
  g_autoptr(MadoSession) session = mado_session_new (role, account ? account : "somebody", resident, NULL);
  g_autoptr(GError) error = NULL;

  mado_store_write (city->test->store, insert_session, session, &error);
  g_assert_no_error (error);
  return g_strdup (session->token);
}

MadoVisit *
mado_test_city_visit (MadoTestCity *city)
{
  const MadoActor kiosk = { "device", "kiosk-1", NULL, MADO_ROLE_DEVICE };
  g_autoptr(GError) error = NULL;
  gpointer visit = NULL;

  mado_act_run (city->test->store, mado_visit_start (city->test->store, &kiosk, "ja", &error), &visit, &error);
  g_assert_no_error (error);
  return visit;
}

/* Asking */

static MadoHeard *
hear (const MadoAnswer *answer)
{
  MadoHeard *heard = g_new0 (MadoHeard, 1);
  gconstpointer data = mado_answer_get_data (answer, &heard->length);

  heard->status = answer->status;
  heard->type = g_strdup (answer->type);
  heard->etag = g_strdup (answer->etag);
  heard->to_save = answer->to_save;
  heard->allow = g_strdup (answer->allow);
  heard->retry_after = answer->retry_after;
  heard->text = g_malloc0 (heard->length + 1);   /* it may hold anything */
  memcpy (heard->text, data ? data : "", heard->length);
  if (answer->type && strstr (answer->type, "json")) {
    g_autoptr(GError) error = NULL;

    heard->json = mado_json_parse (heard->text, heard->length, &MADO_JSON_LIMITS_FILE, &error);
    g_assert_no_error (error);
  }
  return heard;
}

static void
on_done (MadoExchange *exchange, gpointer done)
{
  *(gboolean *) done = TRUE;
}

static void
fill_in (MadoRequest *request, const MadoAsk *ask)
{
  const char *question = strchr (ask->path, '?');

  request->method = ask->method;
  request->query = question ? question + 1 : NULL;
  request->if_match = ask->if_match;
  request->if_none_match = ask->if_none_match;
  request->last_event_id = ask->last_event_id;
  request->content_type = ask->body ? ask->type ? ask->type : "application/json" : NULL;
  request->peer = ask->peer ? ask->peer : "127.0.0.1";
  request->accept_language = ask->language;
  if (ask->body)
    request->body = g_bytes_new (ask->body, strlen (ask->body));
  request->content_length = ask->body ? (gint64) strlen (ask->body) : 0;
}

MadoHeard *
mado_test_city_ask (MadoTestCity *city, const MadoAsk *ask)
{
  g_autoptr(MadoExchange) exchange = mado_exchange_new (city->service);
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autofree char *path = g_strndup (ask->path, strcspn (ask->path, "?"));
  g_autofree char *bearer = ask->token ? g_strconcat ("Bearer ", ask->token, NULL) : NULL;
  g_autofree char *key = ask->key ? g_strdup (ask->key) : g_uuid_string_random ();
  gboolean done = FALSE;

  fill_in (&exchange->request, ask);
  exchange->request.path = path;
  exchange->request.authorization = bearer;
  exchange->request.key = *key ? key : NULL;
  g_main_context_push_thread_default (context);
  if (mado_exchange_admit (exchange)) {
    mado_exchange_run (exchange, on_done, &done);
    while (!done)
      g_main_context_iteration (context, TRUE);
  }
  g_main_context_pop_thread_default (context);
  return hear (&exchange->answer);
}

void
mado_heard_free (MadoHeard *self)
{
  g_free (self->type);
  g_free (self->etag);
  g_free (self->allow);
  g_free (self->text);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

const char *
mado_heard_get (const MadoHeard *self, const char *pointer)
{
  JsonNode *node = self->json ? mado_json_get (self->json, pointer) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

const char *
mado_heard_problem (const MadoHeard *self)
{
  const char *type = mado_heard_get (self, "/type");

  return type && g_str_has_prefix (type, "urn:madoguchi:problem:") ? type + strlen ("urn:madoguchi:problem:") : NULL;
}
