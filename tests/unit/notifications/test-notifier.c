/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mado-notifier itself, between a service that says what it is told and a desktop on a bus of its own. */
#include "fake-desktop.h"

#include <mado.h>
#include <glib/gstdio.h>

#include "../client/rude-server.h"

#define PATIENCE_MS 20000

typedef struct {
  RudeServer  *service;
  FakeDesktop *desktop;
  GSubprocess *notifier;
  char        *folder;
} Desk;

static void
log_clerk_in (Desk *desk)
{
  g_autofree char *key_file = g_build_filename (desk->folder, "keys", NULL);
  g_autoptr(MadoCredentials) credentials = mado_credentials_new (rude_server_get_address (desk->service), key_file);
  g_autoptr(GError) error = NULL;

  mado_credentials_store (credentials, "staff", "the-clerk", NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Desk *desk, gconstpointer unused)
{
  desk->folder = g_dir_make_tmp ("mado-notifier-XXXXXX", NULL);
  desk->service = rude_server_new (NULL);
  desk->desktop = fake_desktop_new ();
  rude_server_push (desk->service, RUDE_ANSWER, 201, "{\"token\":\"first\",\"role\":\"notifier\"}");
}

static void
start (Desk *desk)
{
  g_autofree char *key_file = g_build_filename (desk->folder, "keys", NULL);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "MADO_NOTIFIER_SECRET", "a-secret", TRUE);
  desk->notifier = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("MADO_NOTIFIER"), "--service",
                                                rude_server_get_address (desk->service), "--key-file", key_file, NULL);
  g_assert_no_error (error);
}

static void
tear_down (Desk *desk, gconstpointer unused)
{
  g_autofree char *key_file = g_build_filename (desk->folder, "keys", NULL);

  g_subprocess_send_signal (desk->notifier, SIGTERM);
  g_subprocess_wait (desk->notifier, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (desk->notifier));
  g_assert_cmpint (g_subprocess_get_exit_status (desk->notifier), ==, 0);
  g_object_unref (desk->notifier);
  fake_desktop_free (desk->desktop);
  rude_server_free (desk->service);
  g_unlink (key_file);
  g_rmdir (desk->folder);
  g_free (desk->folder);
}

static void
push_item (Desk *desk, const char *topic, const char *key, const char *payload)
{
  g_autofree char *body = g_strdup_printf (
    "{\"items\":[{\"id\":\"item-%s\",\"channel\":\"desktop\",\"topic\":\"%s\",\"key\":\"%s\",\"payload\":%s,"
    "\"attempt\":1}]}", key, topic, key, payload);

  rude_server_push (desk->service, RUDE_ANSWER, 200, body);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* The @nth request (from 1) of that method whose path ends so. */
static const RudeRequest *
find_request (Desk *desk, const char *method, const char *suffix, guint nth)
{
  for (guint i = 0; i < rude_server_count (desk->service); i++) {
    const RudeRequest *request = rude_server_get (desk->service, i);

    if (g_str_equal (request->method, method) && g_str_has_suffix (request->path, suffix) && --nth == 0)
      return request;
  }
  return NULL;
}

static const RudeRequest *
await_request (Desk *desk, const char *method, const char *suffix, guint nth)
{
  gboolean late = FALSE;
  guint limit = g_timeout_add (PATIENCE_MS, on_late, &late);
  guint tick = g_timeout_add (10, on_tick, NULL);
  const RudeRequest *found;

  while ((found = find_request (desk, method, suffix, nth)) == NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  if (late)
    g_error ("no %s …%s", method, suffix);
  g_source_remove (limit);
  return found;
}

static const Shown *
await_shown (Desk *desk, guint n)
{
  gboolean late = FALSE;
  guint limit = g_timeout_add (PATIENCE_MS, on_late, &late);

  while (fake_desktop_count (desk->desktop) < n && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (limit);
  return fake_desktop_get (desk->desktop, n - 1);
}

static const char *
outcome_of (const RudeRequest *request)
{
  return g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body),
                       "\"delivered\"") ? "delivered" : "failed";
}

static void
test_staff_call (Desk *desk, gconstpointer unused)
{
  const Shown *shown;
  const RudeRequest *request;

  log_clerk_in (desk);
  push_item (desk, "staff-call", "call-1", "{\"id\":\"01CALL\",\"device\":\"kiosk-1\",\"page\":\"questions\"}");
  start (desk);
  shown = await_shown (desk, 1);
  g_assert_cmpstr (shown->title, ==, "Somebody calls for staff");
  g_assert_nonnull (g_strstr_len (shown->body, -1, "kiosk-1"));
  g_assert_cmpint (shown->urgency, ==, 2);
  g_assert_cmpstr (shown->actions[0], ==, "staff-call");
  request = await_request (desk, "POST", "/v1/outbox/item-call-1/outcome", 1);
  g_assert_cmpstr (outcome_of (request), ==, "delivered");
  g_assert_cmpstr (request->token, ==, "Bearer first");

  fake_desktop_invoke (desk->desktop, shown->id, "staff-call");
  request = await_request (desk, "POST", "/v1/staff-calls/01CALL/answer", 1);
  g_assert_cmpstr (request->token, ==, "Bearer the-clerk");
  g_assert_nonnull (request->key);
  shown = await_shown (desk, 2);
  g_assert_cmpstr (shown->body, ==, "It is yours now.");
  g_assert_cmpuint (g_strv_length (shown->actions), ==, 0);
}

static void
test_nobody_logged_in (Desk *desk, gconstpointer unused)
{
  const Shown *shown;

  push_item (desk, "case.submitted", "case-1", "{\"number\":\"K7M4-R29-1\"}");
  start (desk);
  shown = await_shown (desk, 1);
  g_assert_cmpstr (shown->title, ==, "New case");
  g_assert_nonnull (g_strstr_len (shown->body, -1, "K7M4-R29-1"));
  fake_desktop_invoke (desk->desktop, shown->id, "accept");
  shown = await_shown (desk, 2);
  g_assert_cmpstr (shown->title, ==, "You are not logged in");
}

static void
test_take_over (Desk *desk, gconstpointer unused)
{
  const Shown *shown;
  const RudeRequest *request;

  rude_server_set_header (desk->service, "ETag", "\"7\"");
  push_item (desk, "case.submitted", "case-1", "{\"number\":\"K7M4-R29-1\"}");
  start (desk);
  shown = await_shown (desk, 1);
  log_clerk_in (desk);
  fake_desktop_invoke (desk->desktop, shown->id, "accept");
  g_assert_cmpstr (await_request (desk, "GET", "/v1/cases/K7M4-R29-1", 1)->token, ==, "Bearer the-clerk");
  request = await_request (desk, "POST", "/v1/cases/K7M4-R29-1/transitions", 1);
  g_assert_cmpstr (request->if_match, ==, "\"7\"");
  g_assert_cmpstr (request->token, ==, "Bearer the-clerk");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body),
                                  "\"accept\""));
  g_assert_cmpstr (await_shown (desk, 2)->title, ==, "K7M4-R29-1");
}

/* The outcome got lost, so the service gives the item again: it is settled again, and not shown again. */
static void
test_once (Desk *desk, gconstpointer unused)
{
  push_item (desk, "case.corrected", "case-2", "{\"number\":\"K7M4-R29-2\"}");
  start (desk);
  g_assert_cmpstr (await_shown (desk, 1)->title, ==, "Corrected case");
  await_request (desk, "POST", "/v1/outbox/item-case-2/outcome", 1);
  push_item (desk, "case.corrected", "case-2", "{\"number\":\"K7M4-R29-2\"}");
  g_assert_cmpstr (outcome_of (await_request (desk, "POST", "/v1/outbox/item-case-2/outcome", 2)), ==, "delivered");
  g_assert_cmpuint (fake_desktop_count (desk->desktop), ==, 1);
}

static void
test_broken_desktop (Desk *desk, gconstpointer unused)
{
  const RudeRequest *request;

  fake_desktop_set_broken (desk->desktop, TRUE);
  push_item (desk, "case.submitted", "case-3", "{\"number\":\"K7M4-R29-3\"}");
  start (desk);
  request = await_request (desk, "POST", "/v1/outbox/item-case-3/outcome", 1);
  g_assert_cmpstr (outcome_of (request), ==, "failed");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body),
                                  "too many notifications"));

  fake_desktop_set_broken (desk->desktop, FALSE);
  push_item (desk, "case.submitted", "case-3", "{\"number\":\"K7M4-R29-3\"}");
  g_assert_cmpstr (await_shown (desk, 1)->title, ==, "New case");
}

static void
test_unknown_topic (Desk *desk, gconstpointer unused)
{
  push_item (desk, "tax.reminder", "tax-1", "{}");
  start (desk);
  g_assert_cmpstr (outcome_of (await_request (desk, "POST", "/v1/outbox/item-tax-1/outcome", 1)), ==, "failed");
  g_assert_cmpuint (fake_desktop_count (desk->desktop), ==, 0);
}

static void
test_session_ended (Desk *desk, gconstpointer unused)
{
  rude_server_push (desk->service, RUDE_PROBLEM, 401,
                    "{\"type\":\"urn:madoguchi:problem:unauthenticated\",\"title\":\"x\",\"status\":401,"
                    "\"detail\":\"The session has ended.\"}");
  rude_server_push (desk->service, RUDE_ANSWER, 201, "{\"token\":\"second\",\"role\":\"notifier\"}");
  push_item (desk, "case.submitted", "case-4", "{\"number\":\"K7M4-R29-4\"}");
  start (desk);
  g_assert_cmpstr (await_shown (desk, 1)->title, ==, "New case");
  g_assert_cmpstr (await_request (desk, "POST", "/v1/outbox/leases", 1)->token, ==, "Bearer first");
  g_assert_cmpstr (await_request (desk, "POST", "/v1/outbox/leases", 2)->token, ==, "Bearer second");
}

static void
test_service_away (Desk *desk, gconstpointer unused)
{
  rude_server_push (desk->service, RUDE_DROP, 0, NULL);
  rude_server_push (desk->service, RUDE_PROBLEM, 503, "{\"status\":503}");
  rude_server_push (desk->service, RUDE_DROP, 0, NULL);
  push_item (desk, "case.submitted", "case-5", "{\"number\":\"K7M4-R29-5\"}");
  start (desk);
  g_assert_cmpstr (await_shown (desk, 1)->title, ==, "New case");
}

/* Somebody else was quicker: the notification says so in the service's words. */
static void
test_taken_already (Desk *desk, gconstpointer unused)
{
  const Shown *shown;

  log_clerk_in (desk);
  rude_server_set_header (desk->service, "ETag", "\"1\"");
  push_item (desk, "case.submitted", "case-6", "{\"number\":\"K7M4-R29-6\"}");
  start (desk);
  shown = await_shown (desk, 1);
  await_request (desk, "POST", "/v1/outbox/item-case-6/outcome", 1);
  for (guint i = 0; i < 3; i++)      /* the courier's own lease may come between */
    rude_server_push (desk->service, RUDE_PROBLEM, 412,
                      "{\"type\":\"urn:madoguchi:problem:stale\",\"title\":\"x\",\"status\":412,"
                      "\"detail\":\"Somebody changed this case meanwhile.\"}");
  fake_desktop_invoke (desk->desktop, shown->id, "accept");
  shown = await_shown (desk, 2);
  g_assert_cmpstr (shown->title, ==, "It could not be taken over");
  g_assert_cmpstr (shown->body, ==, "Somebody changed this case meanwhile.");
}

int
main (int argc, char **argv)
{
  g_autoptr(GTestDBus) bus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("MADO_TOKEN");
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
#define ADD(name, function) g_test_add ("/notifier/" name, Desk, NULL, set_up, function, tear_down)
  ADD ("staff-call", test_staff_call);
  ADD ("nobody-logged-in", test_nobody_logged_in);
  ADD ("take-over", test_take_over);
  ADD ("once", test_once);
  ADD ("broken-desktop", test_broken_desktop);
  ADD ("unknown-topic", test_unknown_topic);
  ADD ("session-ended", test_session_ended);
  ADD ("service-away", test_service_away);
  ADD ("taken-already", test_taken_already);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
