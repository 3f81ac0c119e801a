/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back: made by whose case it is, followed by whoever holds it, for a while. */
#include "mado-test-city.h"

#include <string.h>

#include "core/mado-clock.h"
#include "store/mado-row.h"

#define BASE "https://counter.example.jp"

static void
set_public_url (MadoTestCity *city)
{
  g_object_set (mado_counter_get_city (city->counter), "public-url", BASE, NULL);
}

/* A move and a certificate in one visit. */
static char *
file_two (MadoTestCity *city, const MadoVisit *visit)
{
  g_autofree char *path = g_strdup_printf ("/v1/visits/%s/submission", visit->id);
  g_autofree char *body = g_strdup_printf (
    "{\"procedures\":[{\"id\":\"tennyu\",\"revision\":2},{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{"
    "\"currentAddress.streetAddress\":\"鵠沼橘一丁目\",\"currentAddress.cityBlock\":\"1-2\","
    "\"certificate.scope\":\"all\",\"certificate.include\":[\"relationship\"],\"certificate.copies\":2,%s}",
    counter_move_in_answers + 1);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) { "POST", path, visit->token, body });

  mado_assert_heard (heard, 201);
  g_assert_nonnull (mado_heard_get (heard, "/cases/1/number"));
  return g_strdup (mado_heard_get (heard, "/cases/0/number"));
}

/* Gives the path of the page, "/r/…". */
static char *
make_link (MadoTestCity *city, const char *token, const char *number, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/link", number);
  g_autoptr(MadoHeard) heard = mado_test_city_ask (city, &(MadoAsk) { "POST", path, token, body });
  const char *url;

  mado_assert_heard (heard, 201);
  url = mado_heard_get (heard, "/url");
  g_assert_true (g_str_has_prefix (url, BASE "/r/"));
  g_assert_cmpuint (strlen (url), ==, strlen (BASE "/r/") + 43);   /* 256 bits in base64url */
  g_assert_nonnull (mado_heard_get (heard, "/expiresAt"));
  return g_strdup (url + strlen (BASE));
}

static MadoHeard *
look (MadoTestCity *city, const char *path)
{
  return mado_test_city_ask (city, &(MadoAsk) { "GET", path });
}

static void
assert_entries (MadoTestCity *city, const char *action, guint wanted)
{
  g_autoptr(GError) error = NULL;
  const MadoJournalQuery query = { .limit = 100, .action = action };
  g_autoptr(GPtrArray) entries = NULL;
  gint64 until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  do {   /* positions are given a few milliseconds later */
    g_clear_pointer (&entries, g_ptr_array_unref);
    entries = mado_journal_read (city->test->store, &query, &error);
    g_assert_no_error (error);
    g_usleep (20000);
  } while (entries->len < wanted && g_get_monotonic_time () < until);
  g_assert_cmpuint (entries->len, ==, wanted);
}

static void
test_follow (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file_two (city, visit);
  g_autofree char *japanese = NULL, *english = NULL;
  g_autoptr(MadoHeard) page = NULL, other = NULL;

  set_public_url (city);
  japanese = make_link (city, visit->token, number, "{}");
  english = make_link (city, visit->token, number, "{\"language\":\"en\"}");
  g_assert_cmpstr (japanese, !=, english);
  page = look (city, japanese);
  other = look (city, english);
  mado_assert_heard (page, 200);
  mado_assert_heard (other, 200);
  g_assert_cmpstr (page->type, ==, "text/html; charset=utf-8");
  g_assert_nonnull (strstr (page->text, "<html lang=\"ja\">"));
  g_assert_nonnull (strstr (other->text, "<html lang=\"en\">"));
  g_assert_nonnull (strstr (page->text, visit->number));
  g_assert_nonnull (strstr (page->text, number));
  g_assert_nonnull (strstr (page->text, "転入"));
  g_assert_nonnull (strstr (page->text, "住民票"));
  g_assert_nonnull (strstr (page->text, "これからのこと"));
  g_assert_nonnull (strstr (other->text, "What happens next"));
  g_assert_null (strstr (page->text, "佐々木"));
  g_assert_null (strstr (page->text, "湘南台"));
  assert_entries (city, "link.made", 2);
  assert_entries (city, "link.followed", 2);
}

static gboolean
read_hashes (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, "no link", "SELECT token_hash FROM visit_links", NULL, 0);

  if (rows)
    *(char **) data = mado_rows_dup_text (rows, "token_hash");
  return rows != NULL;
}

static void
test_only_its_hash_is_kept (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file_two (city, visit);
  g_autofree char *path = NULL, *hash = NULL;
  g_autoptr(GError) error = NULL;

  set_public_url (city);
  path = make_link (city, visit->token, number, "{}");
  mado_store_read (city->test->store, read_hashes, &hash, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (hash, path + strlen ("/r/")));
}

static void
test_over (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file_two (city, visit);
  g_autofree char *path = NULL;
  g_autoptr(MadoHeard) late = NULL, wrong = NULL;
  g_autoptr(GError) error = NULL;

  set_public_url (city);
  path = make_link (city, visit->token, number, "{}");
  mado_clock_advance ((MADO_LINK_DAYS + 1) * G_TIME_SPAN_DAY);
  late = look (city, path);
  wrong = look (city, "/r/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  g_assert_cmpint (mado_links_sweep (city->test->store, 10, &error), ==, 1);
  g_assert_cmpint (mado_links_sweep (city->test->store, 10, &error), ==, 0);
  g_assert_no_error (error);
  mado_clock_thaw ();
  mado_assert_heard (late, 404);
  mado_assert_heard (wrong, 404);
  g_assert_cmpstr (late->type, ==, "text/html; charset=utf-8");
  g_assert_cmpstr (late->text, ==, wrong->text);
}

static void
test_not_mine (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city), other = mado_test_city_visit (city);
  g_autofree char *number = file_two (city, visit);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/link", number);
  g_autoptr(MadoHeard) nowhere = mado_test_city_ask (city, &(MadoAsk) { "POST", path, visit->token, "{}" });
  g_autoptr(MadoHeard) foreign = NULL;

  mado_assert_heard (nowhere, 409);
  set_public_url (city);
  foreign = mado_test_city_ask (city, &(MadoAsk) { "POST", path, other->token, "{}" });
  mado_assert_heard (foreign, 404);
}

/* Trying tokens is as slow as trying PINs. */
static void
test_limit (MadoTestStore *test)
{
  MadoTestCity city;
  guint refused = 0;

  mado_test_city_init (&city, test, 1);
  for (guint i = 0; i < 40; i++) {
    g_autoptr(MadoHeard) heard = look (&city, "/r/guess");

    refused += heard->status == 429;
    g_assert_true (heard->status == 404 || (heard->status == 429 && heard->retry_after > 0));
  }
  mado_test_city_clear (&city);
  g_assert_cmpuint (refused, >=, 5);
}

static char *
hear_all (const char *address, const char *request)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) line = g_socket_client_connect_to_uri (client, address, 80, NULL, &error);
  g_autoptr(GDataInputStream) input = NULL;
  char *text;

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (line)), request, strlen (request), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (line)));
  text = g_data_input_stream_read_upto (input, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Nothing of it stays in a browser, nothing leads elsewhere, nothing runs. */
static void
test_headers (MadoTestCity *city)
{
  g_autoptr(MadoVisit) visit = mado_test_city_visit (city);
  g_autofree char *number = file_two (city, visit);
  g_autofree char *path = NULL, *request = NULL, *heard = NULL;

  set_public_url (city);
  path = make_link (city, visit->token, number, "{}");
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: counter\r\nConnection: close\r\n\r\n", path);
  mado_test_city_listen (city, &(MadoHttpOptions) { "127.0.0.1:0", NULL, 1, FALSE, MADO_HTTP_PATIENCE });
  heard = hear_all (mado_http_get_address (city->http), request);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (heard, "Cache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (heard, "Referrer-Policy: no-referrer\r\n"));
  g_assert_nonnull (strstr (heard, "Content-Security-Policy: default-src 'none'; style-src 'sha256-"));
  g_assert_null (strstr (heard, "<script"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/links/follow", test_follow);
  mado_test_city_add ("/links/only-its-hash-is-kept", test_only_its_hash_is_kept);
  mado_test_city_add ("/links/over", test_over);
  mado_test_city_add ("/links/not-mine", test_not_mine);
  mado_test_city_add ("/links/headers", test_headers);
  mado_test_store_add ("/links/limit", test_limit);
  return g_test_run ();
}
