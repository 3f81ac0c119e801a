/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mado-event-parser.h"
#include "client/mado-event-stream.h"
#include "rude-server.h"

static void
on_found (const char *type, const char *data, gpointer user_data)
{
  g_string_append_printf (user_data, "[%s|%s]", type, data);
}

static char *
parse (const char *text, gsize step, char **id)
{
  g_autoptr(GError) error = NULL;
  GString *found = g_string_new (NULL);
  g_autoptr(MadoEventParser) parser = mado_event_parser_new (on_found, found);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += step) {
    mado_event_parser_feed (parser, text + i, MIN (step, length - i), &error);
    g_assert_no_error (error);
  }
  if (id != NULL)
    *id = g_strdup (mado_event_parser_get_id (parser));
  return g_string_free (found, FALSE);
}

static void
test_parser (void)
{
  const struct { const char *text, *found, *id; } cases[] = {
    { "data: a\n\n", "[message|a]", NULL },
    { "\xEF\xBB\xBF" "data:a\r\ndata: b\r\n\r\n", "[message|a\nb]", NULL },
    { "event: case\rid: 7\rdata: {}\r\r", "[case|{}]", "7" },
    { ": ping\n\ndata\n\n", "[message|]", NULL },
    { "id: 1\ndata: x\n\nid: 2\ndata: cut", "[message|x]", "1" },
    { "event: a\n\ndata: x\n\n", "[message|x]", NULL },
    { "data:  two\n\n", "[message| two]", NULL },
    { "data: \xff\n\ndata: ok\n\n", "[message|ok]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize step = 1; step < 40; step += 3) {
      g_autofree char *id = NULL;
      g_autofree char *found = parse (cases[i].text, step, &id);

      g_assert_cmpstr (found, ==, cases[i].found);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_parser_bound (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) found = g_string_new (NULL);
  g_autoptr(MadoEventParser) parser = mado_event_parser_new (on_found, found);
  g_autofree char *flood = g_strnfill (MADO_EVENT_MAX_BYTES + 1, 'a');

  g_assert_false (mado_event_parser_feed (parser, flood, MADO_EVENT_MAX_BYTES + 1, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_TOO_LARGE);
}

static void
on_event (MadoEventStream *stream, const char *type, JsonNode *data, gpointer user_data)
{
  g_string_append_printf (user_data, "%s:%s ", type, json_object_get_string_member (json_node_get_object (data), "n"));
}

static void
run_until (GString *seen, const char *wanted)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!g_str_has_suffix (seen->str, wanted) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE) ? (void) 0 : g_usleep (1000);
  g_assert_true (g_str_has_suffix (seen->str, wanted));
}

/* The line breaks in every way; nothing is seen twice and nothing is left out. */
static void
test_stream (void)
{
  g_autoptr(RudeServer) server = rude_server_new (NULL);
  g_autoptr(MadoClient) client = mado_client_new (rude_server_get_address (server), NULL);
  g_autoptr(MadoEventStream) stream = mado_event_stream_new (client, "4");
  g_autoptr(GString) seen = g_string_new (NULL);

  mado_client_set_token (client, "staff");
  rude_server_set_header (server, "Content-Type", "text/event-stream");
  rude_server_push (server, RUDE_ANSWER, 200, "id: 5\nevent: case\ndata: {\"n\":\"a\"}\n\n"
                    "id: 6\nevent: case\ndata: {\"n\"");
  rude_server_push (server, RUDE_DROP, 0, NULL);
  rude_server_push (server, RUDE_ANSWER, 503, "");
  rude_server_push (server, RUDE_ANSWER, 200, "id: 6\nevent: case\ndata: {\"n\":\"b\"}\n\nid: 7\ndata: not JSON\n\n");
  rude_server_push (server, RUDE_ANSWER, 200, "id: 8\nevent: staff-call\ndata: {\"n\":\"c\"}\n\n");
  rude_server_push (server, RUDE_TRICKLE, 200, "");
  g_signal_connect (stream, "event", G_CALLBACK (on_event), seen);
  mado_event_stream_start (stream);
  run_until (seen, "staff-call:c ");

  g_assert_cmpstr (seen->str, ==, "case:a case:b staff-call:c ");
  g_assert_cmpstr (rude_server_get (server, 0)->last_id, ==, "4");
  g_assert_cmpstr (rude_server_get (server, 1)->last_id, ==, "5");
  g_assert_cmpstr (rude_server_get (server, 3)->last_id, ==, "5");
  g_assert_cmpstr (rude_server_get (server, 4)->last_id, ==, "7");
  g_assert_cmpstr (rude_server_get (server, 4)->token, ==, "Bearer staff");
  g_assert_cmpstr (mado_event_stream_get_last_id (stream), ==, "8");
  mado_event_stream_stop (stream);
  g_assert_false (mado_event_stream_get_connected (stream));
}

static void
on_failed (MadoEventStream *stream, GError *error, gpointer seen)
{
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_string_append (seen, "failed");
}

/* A credential that is not valid any more does not become so by asking again. */
static void
test_stream_refused (void)
{
  g_autoptr(RudeServer) server = rude_server_new (NULL);
  g_autoptr(MadoClient) client = mado_client_new (rude_server_get_address (server), NULL);
  g_autoptr(MadoEventStream) stream = mado_event_stream_new (client, NULL);
  g_autoptr(GString) seen = g_string_new (NULL);

  rude_server_push (server, RUDE_PROBLEM, 401, "{}");
  g_signal_connect (stream, "failed", G_CALLBACK (on_failed), seen);
  mado_event_stream_start (stream);
  run_until (seen, "failed");
  g_assert_cmpuint (rude_server_count (server), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/parser", test_parser);
  g_test_add_func ("/events/parser/bound", test_parser_bound);
  g_test_add_func ("/events/stream", test_stream);
  g_test_add_func ("/events/stream/refused", test_stream_refused);
  return g_test_run ();
}
