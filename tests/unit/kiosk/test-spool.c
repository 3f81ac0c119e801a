/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>
#include "../client/rude-server.h"
#include "core/mado-id.h"
#include "visit/mado-spool.h"

typedef struct {
  char       *path;
  MadoSpool  *spool;
  RudeServer *server;
  MadoClient *client;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *root = g_dir_make_tmp ("mado-spool-XXXXXX", NULL);

  f->path = g_build_filename (root, "deep", "spool", NULL);
  f->spool = mado_spool_new (f->path, NULL);
  f->server = rude_server_new (NULL);
  f->client = mado_client_new (rude_server_get_address (f->server), NULL);
  mado_client_set_limits (f->client, 200, 900);
  g_assert_nonnull (f->spool);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr(GDir) dir = g_dir_open (f->path, 0, NULL);
  g_autofree char *deep = g_path_get_dirname (f->path);
  g_autofree char *root = g_path_get_dirname (deep);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (f->path, name, NULL);

    g_unlink (file);
  }
  g_rmdir (f->path);
  g_rmdir (deep);
  g_rmdir (root);
  g_free (f->path);
  g_object_unref (f->spool);
  g_object_unref (f->client);
  rude_server_free (f->server);
}

static char *
put (Fixture *f, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) box = g_bytes_new (text, strlen (text));
  char *id = mado_ulid_new ();

  g_assert_true (mado_spool_put (f->spool, id, box, &error));
  g_assert_no_error (error);
  return id;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gssize
send_all (Fixture *f, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mado_spool_send_async (f->spool, f->client, NULL, on_sent, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return mado_spool_send_finish (f->spool, result, error);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autofree char *a = put (f, "a");
  g_autofree char *b = put (f, "b");
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_strconcat (f->path, "/", a, ".box", NULL);
  GStatBuf st;

  g_assert_cmpint (g_stat (file, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (f->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 2);
  g_assert_cmpint (send_all (f, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 0);
  g_assert_cmpstr (rude_server_get (f->server, 0)->key, ==, a);
  g_assert_cmpstr (rude_server_get (f->server, 1)->key, ==, b);
  g_assert_cmpstr (rude_server_get (f->server, 0)->path, ==, "/v1/sealed-filings");
}

/* The answer is lost: the same filing goes out again under the same key, until the service says it has it. */
static void
test_lost_answer (Fixture *f, gconstpointer data)
{
  g_autofree char *id = put (f, "a");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 40; i++)
    rude_server_push (f->server, RUDE_CUT, 202, NULL);
  g_assert_cmpint (send_all (f, &error), ==, -1);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 1);
  for (guint i = 0; i < rude_server_count (f->server); i++)
    g_assert_cmpstr (rude_server_get (f->server, i)->key, ==, id);
}

/* A credential that has run out says nothing of the filing: it waits. */
static void
test_waits (Fixture *f, gconstpointer data)
{
  g_autofree char *id = put (f, "a");
  g_autoptr(GError) error = NULL;

  rude_server_push (f->server, RUDE_PROBLEM, 401, "{\"type\":\"urn:madoguchi:problem:unauthenticated\"}");
  g_assert_cmpint (send_all (f, &error), ==, -1);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 1);
  g_clear_error (&error);
  g_assert_cmpint (send_all (f, &error), ==, 1);
}

/* A card that was locked in the same moment: the next time the filing is taken without it. */
static void
test_waits_locked (Fixture *f, gconstpointer data)
{
  g_autofree char *id = put (f, "a");
  g_autoptr(GError) error = NULL;

  rude_server_push (f->server, RUDE_PROBLEM, 423, "{\"type\":\"urn:madoguchi:problem:locked\"}");
  g_assert_cmpint (send_all (f, &error), ==, -1);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 1);
  g_assert_cmpuint (mado_spool_count_refused (f->spool), ==, 0);
  g_clear_error (&error);
  g_assert_cmpint (send_all (f, &error), ==, 1);
}

/* What can never be taken does not stand in the way of the others, and is not lost either. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *a = put (f, "a");
  g_autofree char *b = put (f, "b");
  g_autoptr(GError) error = NULL;

  rude_server_push (f->server, RUDE_PROBLEM, 422, "{\"type\":\"urn:madoguchi:problem:invalid\"}");
  g_assert_cmpint (send_all (f, &error), ==, 2);
  g_assert_cmpuint (mado_spool_count (f->spool), ==, 0);
  g_assert_cmpuint (mado_spool_count_refused (f->spool), ==, 1);
  g_assert_cmpuint (rude_server_count (f->server), ==, 2);
}

static void
test_no_folder (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_spool_new ("/dev/null/spool", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/spool/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/spool/lost-answer", Fixture, NULL, set_up, test_lost_answer, tear_down);
  g_test_add ("/spool/waits", Fixture, NULL, set_up, test_waits, tear_down);
  g_test_add ("/spool/waits-locked", Fixture, NULL, set_up, test_waits_locked, tear_down);
  g_test_add ("/spool/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add_func ("/spool/no-folder", test_no_folder);
  return g_test_run ();
}
