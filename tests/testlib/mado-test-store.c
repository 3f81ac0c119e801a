/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

/* --- the private PostgreSQL ---------------------------------------------------------------------------------- */

/* Short, since a socket's path is; one for each build, so that two builds do not meet. */
static char *
cluster_folder (void)
{
  return g_strdup_printf ("%s/mado-pg-%u-%08x", g_get_tmp_dir (), getuid (), g_str_hash (MADO_TEST_BUILD));
}

/* Held until the process ends: the cluster lives as long as somebody holds its lock. */
static void
hold_cluster (const char *folder)
{
  static int lock = -1;
  g_autofree char *lock_path = g_strconcat (folder, ".lock", NULL);
  g_autofree char *ready = g_build_filename (folder, "ready", NULL);
  const char *argv[] = { MADO_TEST_SOURCE "/postgres.sh", "start", folder, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  if (lock >= 0)
    return;
  lock = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (lock, >=, 0);
  g_assert_no_errno (flock (lock, LOCK_SH));
  if (g_file_test (ready, G_FILE_TEST_EXISTS))
    return;

  g_assert_no_errno (flock (lock, LOCK_EX));
  if (!g_file_test (ready, G_FILE_TEST_EXISTS)) {
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                  &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, 0);
  }
  g_assert_no_errno (flock (lock, LOCK_SH));
}

char *
mado_test_postgres_new_database (void)
{
  g_autofree char *folder = cluster_folder ();
  g_autofree char *server = g_strdup_printf ("postgresql:///postgres?host=%s&user=postgres", folder);
  g_autofree char *name = g_strdup_printf ("t%d_%x", getpid (), g_random_int ());
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);
  PGconn *pg;
  PGresult *result;

  if (!g_file_test (MADO_TEST_POSTGRES_BIN "/initdb", G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  hold_cluster (folder);
  pg = PQconnectdb (server);
  result = PQexec (pg, sql);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("no test database: %s", PQerrorMessage (pg));
  PQclear (result);
  PQfinish (pg);
  return g_strdup_printf ("postgresql:///%s?host=%s&user=postgres", name, folder);
}

static void
drop_database (const char *address)
{
  g_autofree char *folder = cluster_folder ();
  g_autofree char *server = g_strdup_printf ("postgresql:///postgres?host=%s&user=postgres", folder);
  const char *path = address + strlen ("postgresql:///");
  g_autofree char *name = g_strndup (path, strcspn (path, "?"));
  g_autofree char *sql = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", name);
  PGconn *pg = PQconnectdb (server);

  PQclear (PQexec (pg, sql));
  PQfinish (pg);
}

/* --- a store ------------------------------------------------------------------------------------------------- */

static gboolean
remove_file (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      remove_file (path);
    else
      g_unlink (path);
  }
  return g_rmdir (folder) == 0;
}

MadoTestStore *
mado_test_store_new (const char *engine)
{
  MadoTestStore *test = g_new0 (MadoTestStore, 1);

  test->engine = engine;
  test->data_key = mado_key_new ();
  test->folder = g_dir_make_tmp ("mado-store-XXXXXX", NULL);
  test->address = mado_test_store_is_postgres (test) ? mado_test_postgres_new_database ()
                                                     : g_strdup_printf ("sqlite:%s/city.db", test->folder);
  return test;
}

void
mado_test_store_free (MadoTestStore *test)
{
  if (test->store != NULL)
    mado_store_close (test->store);
  g_clear_object (&test->store);
  if (mado_test_store_is_postgres (test) && test->address != NULL)
    drop_database (test->address);
  remove_file (test->folder);
  mado_key_unref (test->data_key);
  g_free (test->folder);
  g_free (test->address);
  g_free (test);
}

gboolean
mado_test_store_is_postgres (MadoTestStore *test)
{
  return g_str_equal (test->engine, "postgresql");
}

void
mado_test_store_reopen (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;

  if (test->store != NULL)
    mado_store_close (test->store);
  g_clear_object (&test->store);
  test->store = mado_store_open (test->address, test->data_key, &error);
  g_assert_no_error (error);
}

struct _MadoTestHold {
  PGconn  *pg;        /* one of the two */
  sqlite3 *sqlite;
};

static MadoTestHold *
enter (MadoTestStore *test, const char *sqlite_suffix)
{
  MadoTestHold *self = g_new0 (MadoTestHold, 1);
  g_autofree char *path = NULL;

  if (mado_test_store_is_postgres (test))
    self->pg = PQconnectdb (test->address);
  else {
    path = g_strconcat (test->address + strlen ("sqlite:"), sqlite_suffix, NULL);
    g_assert_cmpint (sqlite3_open (path, &self->sqlite), ==, SQLITE_OK);
    sqlite3_busy_timeout (self->sqlite, 5000);
  }
  return self;
}

static void
run (MadoTestHold *self, const char *sql)
{
  if (self->pg != NULL) {
    PGresult *result = PQexec (self->pg, sql);

    if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
      g_error ("%s: %s", sql, PQerrorMessage (self->pg));
    PQclear (result);
  } else if (sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->sqlite));
}

/* What was begun and not committed is rolled back. */
void
mado_test_hold_release (MadoTestHold *self)
{
  if (self->pg != NULL)
    PQfinish (self->pg);
  else
    sqlite3_close (self->sqlite);
  g_free (self);
}

MadoTestHold *
mado_test_store_hold_keys (MadoTestStore *test)
{
  MadoTestHold *self = enter (test, "-keys");

  run (self, self->pg != NULL ? "BEGIN; LOCK TABLE mado_keys.subject_key IN SHARE MODE" : "BEGIN IMMEDIATE");
  return self;
}

void
mado_test_store_tamper (MadoTestStore *test, const char *sql)
{
  MadoTestHold *self = enter (test, NULL);

  run (self, sql);
  mado_test_hold_release (self);
}

void
mado_test_store_lose_keys (MadoTestStore *test, gboolean back)
{
  g_autofree char *keys = g_strconcat (test->address + strlen ("sqlite:"), "-keys", NULL);
  g_autofree char *lost = g_strconcat (keys, ".lost", NULL);

  if (mado_test_store_is_postgres (test))
    mado_test_store_tamper (test, back ? "ALTER SCHEMA lost RENAME TO mado_keys"
                                       : "ALTER SCHEMA mado_keys RENAME TO lost");
  else
    g_assert_no_errno (back ? g_rename (lost, keys) : g_rename (keys, lost));
}

/* --- tests --------------------------------------------------------------------------------------------------- */

typedef struct {
  const char       *engine;
  MadoTestStoreFunc func;
} Case;

static void
run_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(MadoTestStore) test = mado_test_store_new (self->engine);

  if (test->address == NULL) {
    g_test_skip ("PostgreSQL 15 is not installed");
    return;
  }
  mado_test_store_reopen (test);
  self->func (test);
}

void
mado_test_store_add (const char *path, MadoTestStoreFunc func)
{
  static const char *const engines[] = { "sqlite", "postgresql" };

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++) {
    g_autofree char *full = g_strconcat (path, "/", engines[i], NULL);
    Case *self = g_new (Case, 1);

    *self = (Case) { engines[i], func };
    g_test_add_data_func_full (full, self, run_case, g_free);
  }
}
