/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents over HTTP: what is taken, what is refused and in which words, and what comes back. */
#include "mado-test-city.h"

#include <string.h>

typedef struct {
  MadoVisit *visit;
  char      *path;
} Guest;

static Guest
come (MadoTestCity *city)
{
  MadoVisit *visit = mado_test_city_visit (city);

  return (Guest) { visit, g_strdup_printf ("/v1/visits/%s/attachments", visit->id) };
}

static void
guest_clear (Guest *self)
{
  g_object_unref (self->visit);
  g_free (self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guest, guest_clear)

static MadoHeard *
attach (MadoTestCity *city, const Guest *guest, const char *base64)
{
  g_autofree char *body = g_strdup_printf ("{\"content\":\"%s\"}", base64);

  return mado_test_city_ask (city, &(MadoAsk) { "POST", guest->path, guest->visit->token, body, .language = "en" });
}

static MadoHeard *
attach_bytes (MadoTestCity *city, const Guest *guest, const void *data, gsize n)
{
  g_autofree char *base64 = g_base64_encode (data, n);

  return attach (city, guest, base64);
}

/* What it is, is told by the file; what comes back is the file itself. */
static void
test_taken (MadoTestCity *city)
{
  g_auto(Guest) guest = come (city), stranger = come (city);
  g_autoptr(MadoHeard) added = attach (city, &guest, COUNTER_PICTURE), shown = NULL, dropped = NULL, gone = NULL;
  g_autoptr(MadoHeard) others = NULL;
  g_autofree char *path = NULL, *base64 = NULL;

  mado_assert_heard (added, 201);
  g_assert_cmpstr (mado_heard_get (added, "/type"), ==, "png");
  path = g_strdup_printf ("/v1/attachments/%s", mado_heard_get (added, "/id"));
  shown = mado_test_city_ask (city, &(MadoAsk) { "GET", path, guest.visit->token });
  mado_assert_heard (shown, 200);
  g_assert_cmpstr (shown->type, ==, "image/png");
  g_assert_true (shown->to_save);
  base64 = g_base64_encode ((const guchar *) shown->text, shown->length);
  g_assert_cmpstr (base64, ==, COUNTER_PICTURE);
  others = mado_test_city_ask (city, &(MadoAsk) { "DELETE", path, stranger.visit->token });
  mado_assert_heard (others, 404);
  g_assert_nonnull (strstr (mado_heard_get (others, "/detail"), "no such file"));
  dropped = mado_test_city_ask (city, &(MadoAsk) { "DELETE", path, guest.visit->token });
  mado_assert_heard (dropped, 204);
  gone = mado_test_city_ask (city, &(MadoAsk) { "GET", path, guest.visit->token });
  mado_assert_heard (gone, 404);
}

static void
assert_refused (const MadoHeard *heard, guint status, const char *code)
{
  mado_assert_heard (heard, status);
  g_assert_cmpstr (mado_heard_get (heard, "/violations/0/pointer"), ==, "/content");
  g_assert_cmpstr (mado_heard_get (heard, "/violations/0/code"), ==, code);
  g_assert_nonnull (mado_heard_get (heard, "/violations/0/message"));
}

static void
test_refused (MadoTestCity *city)
{
  g_auto(Guest) guest = come (city);
  gsize n;
  g_autofree guchar *picture = g_base64_decode (COUNTER_PICTURE, &n);
  g_autoptr(MadoHeard) cut = attach_bytes (city, &guest, picture, n - 8);
  g_autoptr(MadoHeard) program = attach_bytes (city, &guest, "MZ and so on", 12);
  g_autoptr(MadoHeard) no_base64 = attach (city, &guest, "abc"), nothing = attach (city, &guest, "");

  assert_refused (cut, 422, "cut-short");
  assert_refused (program, 422, "kind");
  assert_refused (no_base64, 422, "pattern");
  mado_assert_heard (nothing, 422);
  g_assert_cmpint (people_count (city->test, "SELECT count(*) AS n FROM attachments"), ==, 0);
}

/* One byte too many is told by the judge; far too many, before anything is read. */
static void
test_too_large (MadoTestCity *city)
{
  g_auto(Guest) guest = come (city);
  gsize n = MADO_ATTACHMENT_MAX_BYTES + 1;
  g_autofree guint8 *large = g_malloc0 (n);
  g_autofree char *larger = g_strnfill (15 * 1024 * 1024, 'A');
  g_autoptr(MadoHeard) little = NULL, far = NULL;

  memcpy (large, "%PDF-1.7", 8);
  little = attach_bytes (city, &guest, large, n);
  assert_refused (little, 413, "too-large");
  far = attach (city, &guest, larger);
  mado_assert_heard (far, 413);
}

/* Sent again under its key, it is there once. */
static void
test_once (MadoTestCity *city)
{
  g_auto(Guest) guest = come (city);
  const char *body = "{\"content\":\"" COUNTER_PICTURE "\"}";
  const MadoAsk ask = { "POST", guest.path, guest.visit->token, body, .key = "the-same-key" };
  g_autoptr(MadoHeard) first = mado_test_city_ask (city, &ask), second = mado_test_city_ask (city, &ask);

  mado_assert_heard (first, 201);
  g_assert_cmpstr (mado_heard_get (first, "/id"), ==, mado_heard_get (second, "/id"));
  g_assert_cmpint (people_count (city->test, "SELECT count(*) AS n FROM attachments"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_city_add ("/attachments/taken", test_taken);
  mado_test_city_add ("/attachments/refused", test_refused);
  mado_test_city_add ("/attachments/too-large", test_too_large);
  mado_test_city_add ("/attachments/once", test_once);
  return g_test_run ();
}
