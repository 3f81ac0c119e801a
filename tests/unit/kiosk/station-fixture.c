/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station-fixture.h"

#include <glib/gstdio.h>
#include "client/mado-credentials.h"
#include "core/mado-json.h"

static void
write_credentials (StationFixture *f, const char *path)
{
  g_autoptr(MadoCredentials) credentials = mado_credentials_new (rude_server_get_address (f->server), path);

  g_assert_true (mado_credentials_store (credentials, "kiosk-1", "device-secret", NULL, NULL));
}

/* What a station asks for at the start of its day: health, log in, city, procedures in short, life events, all that is
 * told of each, form. */
static void
push_start (StationFixture *f, const char *procedure, const char *form)
{
  g_autofree char *key = g_base64_encode (f->public_key, 32);
  g_autofree char *whole = g_strdup_printf ("{\"items\":[%s,"
                                             "{\"id\":\"by-post\",\"kiosk\":false,\"form\":null},"
                                             "{\"id\":\"counter\",\"kiosk\":true,\"form\":null}]}", procedure);
  g_autofree char *city = g_strdup_printf ("{\"id\":\"fujisawa\",\"publicKey\":\"%s\"}", key);

  rude_server_push (f->server, RUDE_ANSWER, 200, "{\"status\":\"ok\"}");
  rude_server_push (f->server, RUDE_ANSWER, 201, "{\"token\":\"device-token\"}");
  rude_server_push (f->server, RUDE_ANSWER, 200, city);
  rude_server_push (f->server, RUDE_ANSWER, 200,
                    "{\"items\":[{\"id\":\"move-in\",\"kiosk\":true,\"form\":\"move-in\",\"revision\":1}]}");
  rude_server_push (f->server, RUDE_ANSWER, 200, "{\"items\":[]}");
  rude_server_push (f->server, RUDE_ANSWER, 200, whole);
  rude_server_push (f->server, RUDE_ANSWER, 200, form);
}

MadoStation *
station_fixture_new_station (StationFixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *credentials = g_build_filename (f->root, "credentials", NULL);
  g_autofree char *state = g_build_filename (f->root, "state", NULL);
  g_autofree char *printer = g_strconcat ("file:", f->root, "/printer", NULL);
  const MadoStationSettings settings = {
    .address = rude_server_get_address (f->server), .device = "kiosk-1", .credentials = credentials, .state = state,
    .printer = printer, .patience_ms = 1000,
  };
  MadoStation *station;

  write_credentials (f, credentials);
  station = mado_station_new (&settings, &error);
  g_assert_no_error (error);
  return station;
}

static void
wait_online (MadoStation *station, gboolean online)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (mado_station_is_online (station) != online && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpint (mado_station_is_online (station), ==, online);
}

void
station_fixture_set_up (StationFixture *f, const char *procedure, const char *form)
{
  f->root = g_dir_make_tmp ("mado-station-XXXXXX", NULL);
  mado_box_keypair (f->public_key, &f->secret_key);
  f->server = rude_server_new (NULL);
  push_start (f, procedure, form);
  f->station = station_fixture_new_station (f);
  mado_station_start (f->station);
  wait_online (f->station, TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

void
station_fixture_tear_down (StationFixture *f)
{
  g_object_run_dispose (G_OBJECT (f->station));
  g_object_unref (f->station);
  rude_server_free (f->server);
  mado_key_unref (f->secret_key);
  remove_tree (f->root);
  g_free (f->root);
}

guint
station_fixture_count (StationFixture *f, const char *method, const char *path)
{
  guint n = 0;

  for (guint i = 0; i < rude_server_count (f->server); i++)
    n += g_str_equal (rude_server_get (f->server, i)->path, path)
         && g_str_equal (rude_server_get (f->server, i)->method, method);
  return n;
}

JsonNode *
station_fixture_open_box (StationFixture *f)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_BODY;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_build_filename (f->root, "state", "spool", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_autofree char *sealed = NULL;
  g_autoptr(GBytes) opened = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &sealed, &n, NULL));
  g_assert_null (memmem (sealed, n, "花子", strlen ("花子")));
  opened = mado_box_open (f->public_key, f->secret_key, sealed, n, &error);
  g_assert_no_error (error);
  return mado_json_parse (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), &limits, &error);
}

void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}
