/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may befall the way to PostgreSQL: cut while idle, under load, and at the worst moment, in a commit. */
#include "mado-test-store.h"

#include "store/mado-journal.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const MadoActor actor = { .kind = "system", .id = "test" };

static MadoOutcome
write_thing (MadoTx *tx, gpointer data, GError **error)
{
  return mado_tx_exec (tx, error, "INSERT INTO thing (id) VALUES ($1)", MADO_BIND (MADO_TEXT (data)))
         && mado_journal_append (tx, &actor, "thing.written", data, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gboolean
write_named (MadoTestStore *test, const char *id, GError **error)
{
  return mado_store_write (test->store, write_thing, (gpointer) id, error);
}

static gboolean
read_count (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT (SELECT count(*) FROM thing) AS n,"
                   " (SELECT count(*) FROM journal WHERE action = 'thing.written') AS m", MADO_NO_BIND);

  if (rows == NULL || !mado_rows_next (rows, error))
    return FALSE;
  g_assert_cmpint (mado_rows_int (rows, "n"), ==, mado_rows_int (rows, "m"));
  *(gint64 *) data = mado_rows_int (rows, "n");
  return TRUE;
}

static gint64
count (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  mado_store_read (test->store, read_count, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
make_table (MadoTestStore *test)
{
  mado_test_store_tamper (test, "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)");
}

static void
cut_all (MadoTestStore *test)
{
  mado_test_store_tamper (test, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
                          " WHERE datname = current_database () AND pid <> pg_backend_pid ()");
}

/* --- idle and under load ------------------------------------------------------------------------------------- */

static void
test_idle (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;

  if (!mado_test_store_is_postgres (test))
    return;
  make_table (test);
  g_assert_true (write_named (test, "a", &error));
  g_assert_cmpint (count (test), ==, 1);
  cut_all (test);
  g_assert_cmpint (count (test), ==, 1);
  cut_all (test);
  g_assert_true (write_named (test, "b", &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (test), ==, 2);
}

typedef struct {
  MadoTestStore *test;
  guint          worker;
  gint           stop;
  guint          kept;
  guint          refused;
} Load;

static gpointer
write_many (gpointer data)
{
  Load *self = data;

  for (guint i = 0; !g_atomic_int_get (&self->stop); i++) {
    g_autofree char *id = g_strdup_printf ("%u-%u", self->worker, i);
    g_autoptr(GError) error = NULL;

    if (mado_store_write (self->test->store, write_thing, id, &error))
      self->kept++;
    else {
      g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
      self->refused++;
    }
  }
  return NULL;
}

/* What was answered is there once. */
static void
test_under_load (MadoTestStore *test)
{
  Load loads[8] = { 0 };
  GThread *threads[8];
  guint kept = 0, refused = 0;

  if (!mado_test_store_is_postgres (test))
    return;
  make_table (test);
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++) {
    loads[i] = (Load) { test, i, 0, 0, 0 };
    threads[i] = g_thread_new ("load", write_many, &loads[i]);
  }
  for (guint i = 0; i < 15; i++) {
    g_usleep (g_random_int_range (20, 80) * 1000);
    cut_all (test);
  }
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    g_atomic_int_set (&loads[i].stop, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++) {
    g_thread_join (threads[i]);
    kept += loads[i].kept;
    refused += loads[i].refused;
  }
  g_assert_cmpuint (kept, >, 0);
  g_assert_cmpint (count (test), >=, kept);
  g_assert_cmpint (count (test), <=, kept + refused);
}

/* --- in a commit --------------------------------------------------------------------------------------------- */

/* Stands between the store and the server, and cuts at the second synchronisation from when it is armed: the first
 * ends the statements, the second the commit. */
typedef enum { CUT_NEVER, CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT } Cut;

typedef struct {
  char    *server;      /* path of the real socket */
  char    *folder;
  int      listening;
  GThread *thread;
  gint     cut;
} Proxy;

typedef struct {
  Proxy *proxy;
  int    client, server;
  guint  syncs;
} Way;

static guint
count_syncs (const guint8 *data, gsize n)
{
  static const guint8 sync[] = { 'S', 0, 0, 0, 4 };
  guint found = 0;

  for (gsize i = 0; i + sizeof sync <= n; i++)
    found += memcmp (data + i, sync, sizeof sync) == 0;
  return found;
}

static gboolean
write_all (int fd, const guint8 *data, gsize n)
{
  while (n > 0) {
    gssize written = send (fd, data, n, MSG_NOSIGNAL);

    if (written <= 0)
      return FALSE;
    data += written;
    n -= written;
  }
  return TRUE;
}

/* Only the connection that writes is cut: the one whose statements are many. */
static gboolean
forward_to_server (Way *self, const guint8 *data, gsize n)
{
  Cut cut = g_atomic_int_get (&self->proxy->cut);

  if (cut == CUT_NEVER)
    self->syncs = 0;
  else if (self->syncs > 0 || memmem (data, n, "marked-thing", 12) != NULL)
    self->syncs += count_syncs (data, n);
  if (cut == CUT_NEVER || self->syncs < 2)
    return write_all (self->server, data, n);

  g_atomic_int_set (&self->proxy->cut, CUT_NEVER);
  if (cut == CUT_AFTER_COMMIT) {
    write_all (self->server, data, n);
    g_usleep (100 * 1000);
  }
  return FALSE;
}

static gpointer
carry (gpointer data)
{
  Way *self = data;
  guint8 buffer[65536];
  gboolean open = TRUE;

  while (open) {
    GPollFD fds[] = { { self->client, G_IO_IN, 0 }, { self->server, G_IO_IN, 0 } };
    gssize n;

    if (g_poll (fds, 2, -1) < 0)
      break;
    if (fds[0].revents)
      open = (n = recv (self->client, buffer, sizeof buffer, 0)) > 0 && forward_to_server (self, buffer, n);
    if (open && fds[1].revents)
      open = (n = recv (self->server, buffer, sizeof buffer, 0)) > 0 && write_all (self->client, buffer, n);
  }
  close (self->client);
  close (self->server);
  g_free (self);
  return NULL;
}

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_no_errno (connect (fd, (struct sockaddr *) &address, sizeof address));
  return fd;
}

static gpointer
accept_all (gpointer data)
{
  Proxy *self = data;
  int client;

  while ((client = accept (self->listening, NULL, NULL)) >= 0) {
    Way *way = g_new0 (Way, 1);

    *way = (Way) { self, client, connect_to (self->server), 0 };
    g_thread_unref (g_thread_new ("way", carry, way));
  }
  return NULL;
}

/* Gives the address by way of the proxy. */
static char *
proxy_start (Proxy *self, MadoTestStore *test)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const char *host = strstr (test->address, "host=") + 5;
  g_autofree char *folder = g_strndup (host, strcspn (host, "&"));
  g_auto(GStrv) parts = g_strsplit (test->address, folder, 2);

  self->server = g_build_filename (folder, ".s.PGSQL.5432", NULL);
  self->folder = g_dir_make_tmp ("mado-way-XXXXXX", NULL);
  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", self->folder);
  self->listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (bind (self->listening, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (self->listening, 50));
  self->thread = g_thread_new ("proxy", accept_all, self);
  return g_strconcat (parts[0], self->folder, parts[1], NULL);
}

static void
proxy_stop (Proxy *self)
{
  g_autofree char *path = g_build_filename (self->folder, ".s.PGSQL.5432", NULL);

  shutdown (self->listening, SHUT_RDWR);
  close (self->listening);
  g_thread_join (self->thread);
  unlink (path);
  rmdir (self->folder);
  g_free (self->folder);
  g_free (self->server);
}

/* Whether the commit was done or not, the caller hears the truth, and the thing is there once. */
static void
test_commit (MadoTestStore *test)
{
  static const Cut cuts[] = { CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT, CUT_AFTER_COMMIT };
  Proxy proxy = { 0 };
  g_autofree char *by_proxy = NULL;
  g_autofree char *direct = NULL;
  g_autoptr(GError) error = NULL;

  if (!mado_test_store_is_postgres (test))
    return;
  make_table (test);
  by_proxy = proxy_start (&proxy, test);
  direct = g_strdup (test->address);
  g_free (test->address);
  test->address = g_strdup (by_proxy);
  mado_test_store_reopen (test);
  g_assert_true (write_named (test, "warm-1", &error));
  g_assert_true (write_named (test, "warm-2", &error));

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++) {
    g_autofree char *id = g_strdup_printf ("marked-thing-%u", i);
    g_autofree char *before = g_strdup_printf ("before-%u", i);

    /* On a new connection statements are prepared first, which synchronises too. */
    g_assert_true (write_named (test, before, &error));
    g_atomic_int_set (&proxy.cut, cuts[i]);
    g_assert_true (write_named (test, id, &error));
    g_assert_no_error (error);
    g_assert_cmpint (g_atomic_int_get (&proxy.cut), ==, CUT_NEVER);
    g_assert_cmpint (count (test), ==, 2 + 2 * (i + 1));
  }

  mado_store_close (test->store);
  proxy_stop (&proxy);
  g_free (test->address);
  test->address = g_steal_pointer (&direct);
}

/* No way at all: an honest answer, and all is well when it is back. */
static void
test_away (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStore) store = NULL;

  if (!mado_test_store_is_postgres (test))
    return;
  store = mado_store_open ("postgresql:///nothing?host=/nonexistent&user=postgres", test->data_key, &error);
  g_assert_null (store);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/connection/idle", test_idle);
  mado_test_store_add ("/connection/under-load", test_under_load);
  mado_test_store_add ("/connection/commit", test_commit);
  mado_test_store_add ("/connection/away", test_away);
  return g_test_run ();
}
