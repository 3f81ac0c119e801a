/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may befall an SQLite store: held by another program, no rights, damaged, no room, killed. */
#include "mado-test-store.h"

#include "store/mado-journal.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const MadoActor actor = { .kind = "system", .id = "test" };

static MadoTestStore *
new_store (void)
{
  MadoTestStore *test = mado_test_store_new ("sqlite");

  mado_test_store_reopen (test);
  mado_test_store_tamper (test, "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, data BYTEA NOT NULL)");
  return test;
}

static const char *
path_of (MadoTestStore *test)
{
  return test->address + strlen ("sqlite:");
}

/* Two changes and an entry, so that half of it would show. */
static MadoOutcome
write_pair (MadoTx *tx, gpointer data, GError **error)
{
  const char *id = data;
  g_autofree char *twin = g_strconcat (id, "-twin", NULL);
  static const char filler[3000];

  return mado_tx_exec (tx, error, "INSERT INTO thing (id, data) VALUES ($1, $2)",
                       MADO_BIND (MADO_TEXT (id), MADO_BLOB (filler, sizeof filler)))
         && mado_tx_exec (tx, error, "INSERT INTO thing (id, data) VALUES ($1, $2)",
                          MADO_BIND (MADO_TEXT (twin), MADO_BLOB (filler, sizeof filler)))
         && mado_journal_append (tx, &actor, "pair.written", id, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gboolean
write_named (MadoTestStore *test, const char *id, GError **error)
{
  return mado_store_write (test->store, write_pair, (gpointer) id, error);
}

typedef struct {
  gint64 things;
  gint64 entries;
} Counts;

static gboolean
read_counts (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT (SELECT count(*) FROM thing) AS things,"
                   " (SELECT count(*) FROM journal) AS entries", MADO_NO_BIND);
  Counts *counts = data;

  if (rows == NULL || !mado_rows_next (rows, error))
    return FALSE;
  counts->things = mado_rows_int (rows, "things");
  counts->entries = mado_rows_int (rows, "entries");
  return TRUE;
}

static Counts
count (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  Counts counts;

  mado_store_read (test->store, read_counts, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts.things, ==, 2 * counts.entries);
  return counts;
}

/* --- held by another program --------------------------------------------------------------------------------- */

static void
test_locked (void)
{
  g_autoptr(MadoTestStore) test = new_store ();
  g_autoptr(MadoStore) second = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *holder;

  g_assert_true (write_named (test, "before", &error));
  g_assert_cmpint (sqlite3_open (path_of (test), &holder), ==, SQLITE_OK);
  sqlite3_busy_timeout (holder, 5000);
  g_assert_cmpint (sqlite3_exec (holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_assert_false (write_named (test, "meanwhile", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY);
  g_clear_error (&error);
  g_assert_cmpint (count (test).entries, ==, 1);

  sqlite3_exec (holder, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (holder);
  g_assert_true (write_named (test, "after", &error));
  g_assert_cmpint (count (test).entries, ==, 2);
}

/* --- no rights ----------------------------------------------------------------------------------------------- */

/* Rights say nothing to root, so as somebody else. */
static void
test_read_only (void)
{
  g_autoptr(MadoTestStore) test = mado_test_store_new ("sqlite");
  g_autoptr(MadoStore) store = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_root = geteuid () == 0;

  g_assert_no_errno (g_chmod (test->folder, 0555));
  if (is_root)
    g_assert_no_errno (seteuid (65534));
  store = mado_store_open (test->address, test->data_key, &error);
  if (is_root)
    g_assert_no_errno (seteuid (0));
  g_assert_null (store);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "rights"));
  g_assert_no_errno (g_chmod (test->folder, 0755));
}

/* --- damaged ------------------------------------------------------------------------------------------------- */

static void
overwrite (const char *path, glong from, gsize n)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_no_errno (fseek (file, from, SEEK_SET));
  for (gsize i = 0; i < n; i++)
    fputc ("damage"[i % 6], file);
  fclose (file);
}

static void
test_not_a_database (void)
{
  g_autoptr(MadoTestStore) test = new_store ();
  g_autoptr(MadoStore) store = NULL;
  g_autoptr(GError) error = NULL;

  mado_store_close (test->store);
  overwrite (path_of (test), 0, 4096);
  store = mado_store_open (test->address, test->data_key, &error);
  g_assert_null (store);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "restore"));
}

static void
test_damaged_pages (void)
{
  g_autoptr(MadoTestStore) test = new_store ();
  g_autoptr(GError) error = NULL;
  Counts counts;
  GStatBuf info;

  for (guint i = 0; i < 40; i++) {
    g_autofree char *id = g_strdup_printf ("thing-%02u", i);

    g_assert_true (write_named (test, id, &error));
  }
  mado_store_close (test->store);
  g_assert_no_errno (g_stat (path_of (test), &info));
  overwrite (path_of (test), 8 * 4096, info.st_size - 8 * 4096);

  g_clear_object (&test->store);
  test->store = mado_store_open (test->address, test->data_key, &error);
  if (test->store != NULL)
    g_assert_false (mado_store_read (test->store, read_counts, &counts, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
}

static void
test_damaged_keys (void)
{
  g_autoptr(MadoTestStore) test = new_store ();
  g_autofree char *keys = g_strconcat (path_of (test), "-keys", NULL);
  g_autoptr(MadoStore) store = NULL;
  g_autoptr(GError) error = NULL;

  mado_store_close (test->store);
  overwrite (keys, 0, 4096);
  store = mado_store_open (test->address, test->data_key, &error);
  g_assert_null (store);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
  g_assert_true (g_str_has_prefix (error->message, "key store: "));
}

/* --- no room ------------------------------------------------------------------------------------------------- */

/* A disk that is full when told so: SQLite's own files on the way to the real ones. */
typedef struct {
  sqlite3_io_methods        methods;   /* first: what SQLite calls */
  const sqlite3_io_methods *real;
} Methods;

static struct {
  sqlite3_vfs vfs;
  Methods     methods[8];   /* SQLite has several kinds of file */
  gint        full;         /* result code of every write, 0 for none */
} disk;

static int
disk_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
  int code = g_atomic_int_get (&disk.full);

  return code ? code : ((const Methods *) file->pMethods)->real->xWrite (file, data, n, at);
}

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *unix_vfs = vfs->pAppData;
  int rc = unix_vfs->xOpen (unix_vfs, name, file, flags, out_flags);

  for (guint i = 0; rc == SQLITE_OK && file->pMethods != NULL && i < G_N_ELEMENTS (disk.methods); i++)
    if (disk.methods[i].real == NULL || disk.methods[i].real == file->pMethods) {
      disk.methods[i].real = file->pMethods;
      disk.methods[i].methods = *file->pMethods;
      disk.methods[i].methods.xWrite = disk_write;
      file->pMethods = &disk.methods[i].methods;
      break;
    }
  return rc;
}

static void
insert_disk (void)
{
  sqlite3_vfs *unix_vfs = sqlite3_vfs_find (NULL);

  disk.vfs = *unix_vfs;
  disk.vfs.zName = "test-disk";
  disk.vfs.pAppData = unix_vfs;
  disk.vfs.xOpen = disk_open;
  sqlite3_vfs_register (&disk.vfs, TRUE);
}

static void
test_disk (gconstpointer data)
{
  int code = GPOINTER_TO_INT (data);
  int expected = code == SQLITE_FULL ? MADO_ERROR_STORE_FULL : MADO_ERROR_STORE;
  g_autoptr(MadoTestStore) test = NULL;
  g_autoptr(GError) error = NULL;
  gint64 bad;

  insert_disk ();
  test = new_store ();
  g_assert_true (write_named (test, "before", &error));
  g_assert_true (mado_store_check (test->store, &error));

  g_atomic_int_set (&disk.full, code);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("meanwhile-%u", i);

    g_assert_false (write_named (test, id, &error));
    g_assert_error (error, MADO_ERROR, expected);
    g_clear_error (&error);
  }
  g_assert_false (mado_store_check (test->store, &error));
  g_assert_error (error, MADO_ERROR, expected);
  g_clear_error (&error);
  g_atomic_int_set (&disk.full, 0);

  g_assert_cmpint (count (test).entries, ==, 1);
  g_assert_true (write_named (test, "after", &error));
  g_assert_no_error (error);
  mado_test_store_reopen (test);
  g_assert_cmpint (count (test).entries, ==, 2);
  g_assert_true (mado_journal_verify (test->store, NULL, NULL, &bad, &error));
  sqlite3_vfs_unregister (&disk.vfs);
}

/* --- killed -------------------------------------------------------------------------------------------------- */

/* The child says each name once it is answered; whatever it said must be there. */
static void
write_until_killed (const char *address, const MadoKey *key, int said)
{
  g_autoptr(MadoStore) store = mado_store_open (address, key, NULL);

  for (guint i = 0; store != NULL; i++) {
    char name[16] = "";

    g_snprintf (name, sizeof name, "%d-%u", getpid (), i);
    if (!mado_store_write (store, write_pair, name, NULL) || write (said, name, sizeof name) != sizeof name)
      break;
  }
  _exit (1);
}

static gboolean
has_thing (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT id FROM thing WHERE id = $1",
                                            MADO_BIND (MADO_TEXT (data)));

  return rows != NULL && mado_rows_next (rows, error);
}

static guint
check_said (MadoTestStore *test, int said)
{
  char name[16];
  guint n = 0;

  for (; read (said, name, sizeof name) == sizeof name; n++)
    if (!mado_store_read (test->store, has_thing, name, NULL))
      g_error ("%s was answered and is not there", name);
  return n;
}

static void
test_killed (MadoTestStore *test)
{
  guint n = 0;

  mado_test_store_tamper (test, "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, data BYTEA NOT NULL)");
  for (guint round = 0; round < 5; round++) {
    g_autoptr(GError) error = NULL;
    int pipes[2], status;
    gint64 bad;
    pid_t child;

    mado_store_close (test->store);
    g_assert_no_errno (pipe (pipes));
    child = fork ();
    if (child == 0)
      write_until_killed (test->address, test->data_key, pipes[1]);
    close (pipes[1]);
    g_usleep (g_random_int_range (150, 350) * 1000);
    kill (child, SIGKILL);
    waitpid (child, &status, 0);

    mado_test_store_reopen (test);
    n += check_said (test, pipes[0]);
    close (pipes[0]);
    count (test);
    g_assert_true (mado_journal_verify (test->store, NULL, NULL, &bad, &error));
  }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/locked", test_locked);
  g_test_add_func ("/faults/read-only", test_read_only);
  g_test_add_func ("/faults/not-a-database", test_not_a_database);
  g_test_add_func ("/faults/damaged-pages", test_damaged_pages);
  g_test_add_func ("/faults/damaged-keys", test_damaged_keys);
  g_test_add_data_func ("/faults/full", GINT_TO_POINTER (SQLITE_FULL), test_disk);
  g_test_add_data_func ("/faults/failing", GINT_TO_POINTER (SQLITE_IOERR_WRITE), test_disk);
  mado_test_store_add ("/faults/killed", test_killed);
  return g_test_run ();
}
