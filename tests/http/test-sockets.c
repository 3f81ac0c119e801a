/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a real line shows: sizes before they are read, slowness, breaks, leaving. */
#include "mado-test-city.h"

#include <string.h>

#define PATIENCE ((MadoHttpPatience) { 300, 400, 1000, 400 })
#define VISIT    "{\"language\":\"ja\"}"

static void
listen (MadoTestCity *city)
{
  mado_test_city_listen (city, &(MadoHttpOptions) { "127.0.0.1:0", NULL, 2, FALSE, PATIENCE });
}

static GSocketConnection *
call (MadoTestCity *city)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *line;

  g_socket_client_set_timeout (client, 10);
  line = g_socket_client_connect_to_uri (client, mado_http_get_address (city->http), 80, NULL, &error);
  g_assert_no_error (error);
  return line;
}

/* FALSE once nobody listens any more. */
static gboolean
say (GSocketConnection *line, const char *text)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (line)), text, strlen (text), NULL,
                                    NULL, NULL);
}

/* All that comes until the line is closed. */
static char *
hear_all (GSocketConnection *line)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (line));
  GString *heard = g_string_new (NULL);
  char piece[4096];
  gssize n;

  while ((n = g_input_stream_read (input, piece, sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (heard, piece, n);
  return g_string_free (heard, FALSE);
}

/* One answer with a Content-Length. */
static char *
hear_one (GSocketConnection *line)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (line));
  GString *heard = g_string_new (NULL);
  char *end = NULL;
  gsize whole = 0;
  char c;

  while ((!end || heard->len < whole) && g_input_stream_read (input, &c, 1, NULL, NULL) == 1) {
    g_string_append_c (heard, c);
    if (!end && g_str_has_suffix (heard->str, "\r\n\r\n")) {
      const char *length = strstr (heard->str, "Content-Length: ");

      end = heard->str + heard->len;
      whole = heard->len + (length ? strtoul (length + 16, NULL, 10) : 0);
    }
  }
  return g_string_free (heard, FALSE);
}

static char *
ask_and_close (MadoTestCity *city, const char *text)
{
  g_autoptr(GSocketConnection) line = call (city);

  say (line, text);
  return hear_all (line);
}

static char *
post_visit (const char *token, const char *key, const char *more)
{
  return g_strdup_printf ("POST /v1/visits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\n"
                          "Content-Type: application/json\r\nContent-Length: %u\r\n%s\r\n" VISIT,
                          token, key, (guint) strlen (VISIT), more);
}

#define assert_begins(text, start) G_STMT_START { \
  if (!g_str_has_prefix (text, start)) \
    g_error ("%s:%d: not %s but %s", __FILE__, __LINE__, start, text); \
  } G_STMT_END

static char *
dup_header (const char *heard, const char *name)
{
  const char *at = strstr (heard, name);

  g_assert_nonnull (at);
  return g_strndup (at + strlen (name), strcspn (at + strlen (name), "\r"));
}

static void
test_keep_alive (MadoTestCity *city)
{
  g_autoptr(GSocketConnection) line = NULL;

  listen (city);
  line = call (city);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *heard = NULL;

    say (line, "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    heard = hear_one (line);
    assert_begins (heard, "HTTP/1.1 200 OK\r\n");
    g_assert_nonnull (strstr (heard, "X-Content-Type-Options: nosniff\r\n"));
    g_assert_nonnull (strstr (heard, "Cache-Control: no-store\r\n"));
    g_assert_nonnull (strstr (heard, "\"status\":\"ok\""));
  }
}

/* An answer without a body is over with its head, and the line goes on. */
static void
test_empty (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1"), *etag = NULL;
  g_autoptr(GSocketConnection) line = NULL;
  const char *const heads[] = { "HTTP/1.1 200", "HTTP/1.1 304", "HTTP/1.1 204", "HTTP/1.1 401" };

  listen (city);
  line = call (city);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *heard = NULL, *asked = NULL;

    if (i < 2)
      asked = g_strdup_printf ("GET /v1/forms/juminhyo HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\n\r\n",
                               etag ? etag : "\"none\"");
    else
      asked = g_strdup_printf ("DELETE /v1/sessions/current HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                               "Idempotency-Key: an-end-%u-of-it\r\n\r\n", token, i);
    say (line, asked);
    heard = hear_one (line);
    assert_begins (heard, heads[i]);
    if (i == 0)
      etag = dup_header (heard, "ETag: ");
  }
}

static void
test_pipelined (MadoTestCity *city)
{
  g_autoptr(GSocketConnection) line = NULL;

  listen (city);
  line = call (city);
  say (line, "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n"
             "HEAD /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  for (guint i = 0; i < 2; i++) {
    g_autofree char *heard = hear_one (line);

    assert_begins (heard, i == 0 ? "HTTP/1.1 200" : "HTTP/1.1 404");
  }
  {
    g_autofree char *last = hear_all (line);

    assert_begins (last, "HTTP/1.1 200");
    g_assert_true (g_str_has_suffix (last, "\r\n\r\n"));
  }
}

/* 10 MB announced: refused at once, with nothing of it read. */
static void
test_large_announced (MadoTestCity *city)
{
  g_autofree char *heard = NULL;

  listen (city);
  heard = ask_and_close (city, "POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                               "Content-Length: 10485760\r\n\r\n{");
  assert_begins (heard, "HTTP/1.1 413");
  g_assert_nonnull (strstr (heard, "urn:madoguchi:problem:too-large"));
  g_assert_nonnull (strstr (heard, "Connection: close\r\n"));
}

/* What is packed is not taken for what it stands for. */
static void
test_packed (MadoTestCity *city)
{
  g_autofree char *heard = NULL;

  listen (city);
  heard = ask_and_close (city, "POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                               "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
  assert_begins (heard, "HTTP/1.1 415");
  g_assert_nonnull (strstr (heard, "Content-Encoding"));
}

static void
test_large_expected (MadoTestCity *city)
{
  g_autofree char *heard = NULL;

  listen (city);
  heard = ask_and_close (city, "POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                               "Expect: 100-continue\r\nContent-Length: 10485760\r\n\r\n");
  assert_begins (heard, "HTTP/1.1 413");
}

/* 10 MB without a word before: refused as soon as it is too much. */
static void
test_large_chunked (MadoTestCity *city)
{
  g_autofree char *piece = g_strnfill (65536, ' ');
  g_autofree char *chunk = g_strdup_printf ("10000\r\n%s\r\n", piece);
  g_autoptr(GSocketConnection) line = NULL;
  g_autofree char *heard = NULL;

  listen (city);
  line = call (city);
  say (line, "POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
             "Transfer-Encoding: chunked\r\n\r\n");
  for (guint i = 0; i < 160 && say (line, chunk); i++);
  heard = hear_all (line);
  assert_begins (heard, "HTTP/1.1 413");
}

static void
test_chunked (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autofree char *ask = g_strdup_printf ("POST /v1/visits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                          "Idempotency-Key: in-two-chunks\r\nContent-Type: application/json\r\n"
                                          "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          "5\r\n{\"lan\r\nd\r\nguage\":\"ja\" }\r\n0\r\n\r\n", token);
  g_autofree char *heard = NULL;

  listen (city);
  heard = ask_and_close (city, ask);
  assert_begins (heard, "HTTP/1.1 201");
}

/* Refused by its head: what follows on the line is not taken for a request (no smuggling). */
static void
test_refused_body (MadoTestCity *city)
{
  g_autofree char *heard = NULL;

  listen (city);
  heard = ask_and_close (city, "POST /v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                               "Content-Length: 44\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n12345678");
  assert_begins (heard, "HTTP/1.1 404");
  g_assert_null (strstr (heard + 8, "HTTP/1.1"));
}

static void
test_not_http (MadoTestCity *city)
{
  static const char *const nonsense[] = {
    "\r\n\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET /v1/health\r\n\r\n", "GET /v1/health HTTP/9.9\r\n\r\n",
    "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "GET /v1/health HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET /v1/health HTTP/1.1\r\nContent-Length: -1\r\nHost: x\r\n\r\n",
    "POST /v1/visits HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
  };
  g_autofree char *heard = NULL;

  listen (city);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    g_autofree char *answer = ask_and_close (city, nonsense[i]);

    g_assert_null (strstr (answer, "HTTP/1.1 2"));
  }
  heard = ask_and_close (city, "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  assert_begins (heard, "HTTP/1.1 200");
}

static void
test_many_headers (MadoTestCity *city)
{
  GString *ask = g_string_new ("GET /v1/health HTTP/1.1\r\nHost: x\r\n");
  g_autofree char *heard = NULL, *text = NULL;

  listen (city);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (ask, "X-%u: y\r\n", i);
  text = g_string_free (ask, FALSE);
  heard = ask_and_close (city, text);
  g_assert_null (strstr (heard, "HTTP/1.1 200"));
}

/* Slow on purpose: the line is cut, the others are served meanwhile. */
static void
test_slow (MadoTestCity *city)
{
  static const char *const beginnings[] = {
    "", "GET /v1/hea", "GET /v1/health HTTP/1.1\r\nHost: x\r\n",
    "POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
  };

  listen (city);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    g_autoptr(GSocketConnection) line = call (city);
    gint64 start = g_get_monotonic_time ();
    g_autofree char *heard = NULL;

    say (line, beginnings[i]);
    heard = hear_all (line);
    g_assert_null (strstr (heard, "HTTP/1.1 2"));
    g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
  }
}

static void
test_idle (MadoTestCity *city)
{
  g_autoptr(GSocketConnection) line = NULL;
  g_autofree char *one = NULL, *rest = NULL;

  listen (city);
  line = call (city);
  say (line, "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  one = hear_one (line);
  assert_begins (one, "HTTP/1.1 200");
  rest = hear_all (line);
  g_assert_cmpstr (rest, ==, "");
}

/* The line breaks before the answer: the change is made all the same, once, and its answer can be had again. */
static void
test_broken (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  g_autofree char *ask = post_visit (token, "a-broken-line", "");
  g_autofree char *again = post_visit (token, "a-broken-line", "Connection: close\r\n");
  g_autofree char *first = NULL, *second = NULL;
  gint64 visits;

  listen (city);
  for (guint i = 0; i < 20; i++) {
    g_autoptr(GSocketConnection) line = call (city);

    say (line, ask);
    if (i % 2)
      g_socket_shutdown (g_socket_connection_get_socket (line), TRUE, TRUE, NULL);
    g_io_stream_close (G_IO_STREAM (line), NULL, NULL);
  }
  first = ask_and_close (city, again);
  second = ask_and_close (city, again);
  assert_begins (first, "HTTP/1.1 201");
  g_assert_cmpstr (strstr (first, "\r\n\r\n"), ==, strstr (second, "\r\n\r\n"));
  visits = people_count (city->test, "SELECT count (*) AS n FROM visits");
  g_assert_cmpint (visits, ==, 1);
}

/* Told to go with requests under way: they are answered, nobody new is let in. */
static void
test_leaving (MadoTestCity *city)
{
  g_autofree char *token = mado_test_city_sign_in (city, MADO_ROLE_DEVICE, "kiosk-1");
  GSocketConnection *lines[20];
  g_autoptr(GSocketConnection) idle = NULL;
  g_autofree char *address = NULL, *nothing = NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new ();

  listen (city);
  idle = call (city);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *key = g_strdup_printf ("leaving-%02u", i);
    g_autofree char *ask = post_visit (token, key, "");

    lines[i] = call (city);
    say (lines[i], ask);
  }
  /* All have been read: whoever was not would be sent away like an idle line. */
  while (people_count (city->test, "SELECT count (*) AS n FROM visits") < (gint64) G_N_ELEMENTS (lines))
    g_usleep (1000);
  address = g_strdup (mado_http_get_address (city->http));
  mado_http_stop (g_steal_pointer (&city->http), 10);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *heard = hear_all (lines[i]);

    assert_begins (heard, "HTTP/1.1 201");
    g_object_unref (lines[i]);
  }
  nothing = hear_all (idle);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_null (g_socket_client_connect_to_uri (client, address, 80, NULL, NULL));
}

static void
test_proxy (MadoTestCity *city)
{
  g_autofree char *heard = NULL;
  gboolean refused = FALSE;

  city->service->limit_scale = 1;
  mado_test_city_listen (city, &(MadoHttpOptions) { "127.0.0.1:0", NULL, 1, TRUE, PATIENCE });
  for (guint i = 0; !refused && i < 1000; i++) {       /* the slower the machine, the more is allowed meanwhile */
    g_autofree char *one = ask_and_close (city, "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                                "X-Forwarded-For: 203.0.113.1, 192.0.2.1\r\n\r\n");

    refused = g_str_has_prefix (one, "HTTP/1.1 429");
    g_assert_true (!refused || strstr (one, "Retry-After: "));
  }
  g_assert_true (refused);
  heard = ask_and_close (city, "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                               "X-Forwarded-For: 192.0.2.1, 192.0.2.2\r\n\r\n");
  assert_begins (heard, "HTTP/1.1 200");
}

/* TLS */

static GTlsCertificate *
load_certificate (void)
{
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (MADO_TEST_CERTIFICATE, &error);

  g_assert_no_error (error);
  return certificate;
}

static gboolean
on_certificate (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer ours)
{
  return g_tls_certificate_is_same (certificate, ours);
}

static void
test_tls (MadoTestCity *city)
{
  g_autoptr(GTlsCertificate) certificate = load_certificate ();
  g_autoptr(GSocketConnection) plain = NULL, slow = NULL;
  g_autoptr(GIOStream) line = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *cut = NULL;
  const MadoHttpPatience patience = { 2000, 400, 1000, 400 };     /* shaking hands takes a loaded machine its time */
  char heard[256] = "";
  gsize n;

  mado_test_city_listen (city, &(MadoHttpOptions) { "127.0.0.1:0", certificate, 1, FALSE, patience });
  g_assert_true (g_str_has_prefix (mado_http_get_address (city->http), "https://"));
  plain = call (city);
  slow = call (city);
  line = g_tls_client_connection_new (G_IO_STREAM (plain), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (line, "accept-certificate", G_CALLBACK (on_certificate), certificate);
  g_output_stream_printf (g_io_stream_get_output_stream (line), &n, NULL, &error,
                          "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  g_assert_no_error (error);
  g_input_stream_read (g_io_stream_get_input_stream (line), heard, sizeof heard - 1, NULL, &error);
  g_assert_no_error (error);
  assert_begins (heard, "HTTP/1.1 200");
  cut = hear_all (slow);      /* who never shakes hands is cut */
  g_assert_cmpstr (cut, ==, "");
}

/* Events */

#define BACKLOG 3000

static MadoOutcome
write_backlog (MadoTx *tx, gpointer unused, GError **error)
{
  const MadoActor clerk = { "staff", "clerk", NULL, MADO_ROLE_CLERK };

  for (guint i = 0; i < BACKLOG; i++)
    if (!mado_journal_append (tx, &clerk, "case.accepted", "case/01JD0000000000000000000001", NULL,
                              "{\"number\":\"K7M4-R29-1\",\"state\":\"accepted\",\"version\":2}", error))
      return MADO_OUTCOME_ROLL_BACK;
  return mado_journal_append (tx, &clerk, "case.closed", "case/01JD0000000000000000000001", NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* A desk that was away for long hears all of it at once, not a share with every heartbeat. */
static void
test_events_backlog (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  g_autofree char *request = g_strdup_printf ("GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                              "Last-Event-ID: 0\r\n\r\n", clerk);
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autoptr(GSocketConnection) line = NULL;
  g_autoptr(GError) error = NULL;
  char piece[4096];
  gssize n = 1;

  mado_store_write (city->test->store, write_backlog, NULL, &error);
  g_assert_no_error (error);
  while (mado_journal_get_position (city->test->store) < BACKLOG)
    g_usleep (10000);
  listen (city);
  line = call (city);
  say (line, request);
  while (n > 0 && !strstr (heard->str + MAX (heard->len, 8192) - 8192, "event: case.closed")) {
    n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (line)), piece, sizeof piece, NULL, &error);
    g_string_append_len (heard, piece, MAX (n, 0));
  }
  g_assert_no_error (error);
  g_assert_cmpuint (heard->len, >, 256 * 1024);
  g_assert_cmpint (n, >, 0);
}

/* Who listens to events is told that no more will come, and does not hold what has to go. */
static void
test_events_leaving (MadoTestCity *city)
{
  g_autofree char *clerk = mado_test_city_sign_in (city, MADO_ROLE_CLERK, "clerk");
  g_autofree char *request = g_strdup_printf ("GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n",
                                              clerk);
  g_autoptr(GSocketConnection) line = NULL;
  g_autofree char *rest = NULL;
  char piece[4096] = "";
  gint64 began;

  listen (city);
  line = call (city);
  say (line, request);
  while (!strstr (piece, ": welcome"))
    g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (line)), piece, sizeof piece - 1,
                                          NULL, NULL), >, 0);
  began = g_get_monotonic_time ();
  mado_http_stop (g_steal_pointer (&city->http), 20);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  rest = hear_all (line);
  g_assert_true (g_str_has_suffix (rest, "0\r\n\r\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/sockets/keep-alive", test_keep_alive);
  mado_test_city_add ("/sockets/empty", test_empty);
  mado_test_city_add ("/sockets/pipelined", test_pipelined);
  mado_test_city_add ("/sockets/large-announced", test_large_announced);
  mado_test_city_add ("/sockets/packed", test_packed);
  mado_test_city_add ("/sockets/large-expected", test_large_expected);
  mado_test_city_add ("/sockets/large-chunked", test_large_chunked);
  mado_test_city_add ("/sockets/chunked", test_chunked);
  mado_test_city_add ("/sockets/refused-body", test_refused_body);
  mado_test_city_add ("/sockets/not-http", test_not_http);
  mado_test_city_add ("/sockets/many-headers", test_many_headers);
  mado_test_city_add ("/sockets/slow", test_slow);
  mado_test_city_add ("/sockets/idle", test_idle);
  mado_test_city_add ("/sockets/broken", test_broken);
  mado_test_city_add ("/sockets/leaving", test_leaving);
  mado_test_city_add ("/sockets/proxy", test_proxy);
  mado_test_city_add ("/sockets/tls", test_tls);
  mado_test_city_add ("/sockets/events-backlog", test_events_backlog);
  mado_test_city_add ("/sockets/events-leaving", test_events_leaving);
  return g_test_run ();
}
