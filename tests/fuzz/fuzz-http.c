/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A request through the whole service, all but its socket: "ROLE METHOD PATH?QUERY [IF-MATCH]", a line break, a body.
 * {visit} and {case} in the path stand for a visit just begun, whose credential that role has, and for its case.
 */
#include "mado-test-city.h"

#include <stdlib.h>
#include <string.h>

#include "mado-fuzz.h"

static struct {
  MadoTestStore *test;
  MadoTestCity   city;
  GHashTable    *tokens;    /* nick of a role → credential */
} world;

static void
close_world (void)
{
  g_hash_table_unref (world.tokens);
  mado_test_city_clear (&world.city);
  mado_test_store_free (world.test);
}

static void
open_world (void)
{
  static const MadoRole roles[] = {
    MADO_ROLE_DEVICE, MADO_ROLE_CLERK, MADO_ROLE_SUPERVISOR, MADO_ROLE_AUDITOR, MADO_ROLE_NOTIFIER,
  };

  g_setenv ("TMPDIR", "/dev/shm", FALSE);   /* nothing here outlives the process: no need to wait for a disk */
  world.test = mado_test_store_new ("sqlite");
  mado_test_store_reopen (world.test);
  mado_test_city_init (&world.city, world.test, 0);
  world.tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    g_hash_table_insert (world.tokens, (char *) mado_enum_nick (MADO_TYPE_ROLE, roles[i]),
                         mado_test_city_sign_in (&world.city, roles[i], NULL));
  atexit (close_world);
}

static const MadoRoute *
find_route (const MadoAsk *ask)
{
  g_autofree char *path = g_strndup (ask->path, strcspn (ask->path, "?")), *allow = NULL;
  char *params[MADO_REQUEST_MAX_PARAMS] = { NULL };
  const MadoRoute *route = mado_routes_find (ask->method, path, params, &allow, NULL);

  for (guint i = 0; i < MADO_REQUEST_MAX_PARAMS; i++)
    g_free (params[i]);
  return route;
}

/* What is promised of any answer: no failure of ours, and a refusal says which, in words. */
static void
check_answer (const MadoAsk *ask, const MadoRoute *route, const MadoHeard *heard)
{
  gboolean refused = heard->status >= 400;

  if (heard->status >= 500)
    g_error ("%s %s: %u %s", ask->method, ask->path, heard->status, heard->text);
  if (refused != (mado_heard_problem (heard) != NULL))
    g_error ("%s %s: %u is no problem document: %s", ask->method, ask->path, heard->status, heard->text);
  g_assert_true (!refused || mado_heard_get (heard, "/title") != NULL);
  g_assert_true (refused || (route != NULL && heard->status == route->status) || heard->status == 204);
}

static void
ask_for (const MadoAsk *ask)
{
  const MadoRoute *route = find_route (ask);
  g_autoptr(MadoHeard) heard = NULL;

  /* A password or PIN costs as much as a hundred other requests. */
  if (route != NULL && route->flags & MADO_ROUTE_SECRET)
    return;
  heard = mado_test_city_ask (&world.city, ask);
  check_answer (ask, route, heard);
}

/* Begins what the role and the path speak of, and gives the path. */
static char *
fill_in (const char *role, const char *path, CounterVisit *visit)
{
  GString *filled = g_string_new (path);

  if (g_str_equal (role, "visit") || strchr (path, '{'))
    *visit = counter_open (world.test);
  if (strstr (path, "{visit}"))
    g_string_replace (filled, "{visit}", visit->visit->id, 0);
  if (strstr (path, "{case}")) {
    g_autofree char *number = counter_file (world.test, visit, "juminhyo", counter_certificate_answers);

    g_string_replace (filled, "{case}", number, 0);
  }
  return g_string_free (filled, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  char *body = strchr (text, '\n');
  g_auto(GStrv) words = NULL;
  g_auto(CounterVisit) visit = { 0 };
  g_autofree char *path = NULL;
  const char *token;

  if (body == NULL)
    return 0;
  *body++ = '\0';
  words = g_strsplit (text, " ", 4);
  if (g_strv_length (words) < 3)
    return 0;
  if (world.test == NULL)
    open_world ();
  path = fill_in (words[0], words[2], &visit);
  token = g_str_equal (words[0], "visit") ? visit.visit->token : g_hash_table_lookup (world.tokens, words[0]);
  ask_for (&(MadoAsk) { words[1], path, token, *body ? body : NULL, .if_match = words[3] });
  return 0;
}
