/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "store/mado-backup.h"
#include "store/mado-journal.h"
#include "store/mado-outbox.h"

#include <string.h>

static const MadoActor actor = { .kind = "system", .id = "test" };

/* --- a city in small ----------------------------------------------------------------------------------------- */

static MadoOutcome
seal_thing (MadoTx *tx, gpointer data, GError **error)
{
  const char *subject = data;
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, subject, "case", error);
  g_autoptr(GBytes) sealed = key ? mado_seal (key, subject, subject, strlen (subject)) : NULL;
  g_autoptr(JsonNode) payload = json_from_string ("{}", NULL);

  return sealed != NULL
         && mado_tx_exec (tx, error,
                          "INSERT INTO staff_calls (id, device, page, language, called_at, answered_at)"
                          " VALUES ($1, '髙﨑', '', 'ja', $2, -1)",
                          MADO_BIND (MADO_TEXT (subject), MADO_INT (mado_tx_now (tx))))
         && mado_tx_exec (tx, error, "INSERT INTO case_results (case_id, version, layout, made_at, facts)"
                          " VALUES ($1, 1, 'x', 0, $2)", MADO_BIND (MADO_TEXT (subject), MADO_BYTES (sealed)))
         && mado_outbox_put (tx, "desktop", "test", subject, payload, error)
         && mado_journal_append (tx, &actor, "thing.made", subject, NULL, "{\"a\":1}", error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
forget (MadoTx *tx, gpointer data, GError **error)
{
  return mado_tx_forget_subject (tx, data, "case", error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
run (MadoTestStore *test, MadoApply apply, const char *subject)
{
  g_autoptr(GError) error = NULL;

  mado_store_write (test->store, apply, (gpointer) subject, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *subject;
  MadoKey    *key;
  char       *plain;
} Opened;

static gboolean
read_thing (MadoTx *tx, gpointer data, GError **error)
{
  Opened *self = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT facts FROM case_results WHERE case_id = $1",
                                            MADO_BIND (MADO_TEXT (self->subject)));
  g_autoptr(GBytes) plain = NULL;
  const guint8 *sealed;
  gsize n;

  g_assert_true (mado_rows_next (rows, error));
  mado_rows_bytes (rows, "facts", &sealed, &n);
  plain = mado_unseal (self->key, self->subject, sealed, n, error);
  if (plain != NULL)
    self->plain = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  return plain != NULL;
}

static void
assert_readable (MadoTestStore *test, const char *subject, gboolean readable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = mado_store_get_subject_key (test->store, subject, "case", &error);
  Opened opened = { subject, key, NULL };

  if (!readable) {
    g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
    return;
  }
  g_assert_no_error (error);
  mado_store_read (test->store, read_thing, &opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened.plain, ==, subject);
  g_free (opened.plain);
}

static void
assert_journal_right (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gint64 bad;

  mado_journal_verify (test->store, NULL, NULL, &bad, &error);
  g_assert_no_error (error);
}

/* --- archives ------------------------------------------------------------------------------------------------ */

static char *
path_in (MadoTestStore *test, const char *name)
{
  return g_build_filename (test->folder, name, NULL);
}

static void
back_up (MadoTestStore *test, const char *main, const char *keys)
{
  g_autofree char *main_path = path_in (test, main);
  g_autofree char *keys_path = path_in (test, keys);
  g_autoptr(GError) error = NULL;

  mado_store_backup (test->store, main_path, keys_path, &error);
  g_assert_no_error (error);
}

static gboolean
restore (MadoTestStore *into, MadoTestStore *test, const char *main, const char *keys, GError **error)
{
  g_autofree char *main_path = path_in (test, main);
  g_autofree char *keys_path = path_in (test, keys);

  mado_key_unref (into->data_key);
  into->data_key = mado_key_ref (test->data_key);
  return mado_store_restore (into->address, into->data_key, main_path, keys_path, error);
}

/* An archive of either engine is restored into either. */
static void
test_round_trip (MadoTestStore *test)
{
  static const char *const engines[] = { "sqlite", "postgresql" };

  run (test, seal_thing, "a");
  run (test, seal_thing, "b");
  for (guint i = 0; i < 500 && mado_journal_get_position (test->store) < 2; i++)
    g_usleep (5000);
  back_up (test, "main", "keys");

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++) {
    g_autoptr(MadoTestStore) into = mado_test_store_new (engines[i]);
    g_autoptr(GError) error = NULL;

    if (into->address == NULL)
      continue;
    restore (into, test, "main", "keys", &error);
    g_assert_no_error (error);
    mado_test_store_reopen (into);
    assert_readable (into, "a", TRUE);
    assert_readable (into, "b", TRUE);
    assert_journal_right (into);
    run (into, seal_thing, "c");
    assert_readable (into, "c", TRUE);
  }
}

/* The keys of the day before know somebody whom the data says was forgotten. */
static void
test_forgets_again (MadoTestStore *test)
{
  g_autoptr(MadoTestStore) into = mado_test_store_new (test->engine);
  g_autoptr(GError) error = NULL;

  run (test, seal_thing, "a");
  run (test, seal_thing, "b");
  back_up (test, "main-1", "keys-1");
  run (test, forget, "a");
  assert_readable (test, "a", FALSE);
  back_up (test, "main-2", "keys-2");

  restore (into, test, "main-2", "keys-1", &error);
  g_assert_no_error (error);
  mado_test_store_reopen (into);
  assert_readable (into, "a", FALSE);
  assert_readable (into, "b", TRUE);
  assert_journal_right (into);
}

typedef struct {
  MadoTestStore *test;
  gint           stop;
  gint           n;
} Busy;

static gpointer
keep_writing (gpointer data)
{
  Busy *self = data;

  while (!g_atomic_int_get (&self->stop)) {
    g_autofree char *subject = g_strdup_printf ("busy-%d", g_atomic_int_add (&self->n, 1));

    run (self->test, seal_thing, subject);
  }
  return NULL;
}

static gboolean
count_orphans (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT (SELECT count(*) FROM case_results) AS n,"
                   " (SELECT count(*) FROM staff_calls c LEFT JOIN case_results r"
                   " ON r.case_id = c.id WHERE r.case_id IS NULL) AS orphans",
                   MADO_NO_BIND);
  gint64 *counts = data;

  g_assert_true (mado_rows_next (rows, error));
  counts[0] = mado_rows_int (rows, "n");
  counts[1] = mado_rows_int (rows, "orphans");
  return TRUE;
}

/* While it is written to: the archive is one moment, and has every key that its data needs. */
static void
test_online (MadoTestStore *test)
{
  Busy busy = { test, 0, 0 };
  GThread *thread = g_thread_new ("busy", keep_writing, &busy);
  g_autoptr(MadoTestStore) into = mado_test_store_new (test->engine);
  g_autoptr(GError) error = NULL;
  gint64 counts[2];

  while (g_atomic_int_get (&busy.n) < 30)
    g_usleep (1000);
  back_up (test, "main", "keys");
  g_atomic_int_set (&busy.stop, TRUE);
  g_thread_join (thread);

  restore (into, test, "main", "keys", &error);
  g_assert_no_error (error);
  mado_test_store_reopen (into);
  g_assert_true (mado_store_read (into->store, count_orphans, counts, &error));
  g_assert_cmpint (counts[0], >=, 29);
  g_assert_cmpint (counts[1], ==, 0);
  for (gint64 i = 0; i < counts[0]; i++) {
    g_autofree char *subject = g_strdup_printf ("busy-%d", (int) i);

    assert_readable (into, subject, TRUE);
  }
  assert_journal_right (into);
}

/* --- refusals ------------------------------------------------------------------------------------------------ */

static void
assert_refused (MadoTestStore *test, const char *main, const char *keys, MadoError code)
{
  g_autoptr(MadoTestStore) into = mado_test_store_new (test->engine);
  g_autoptr(GError) error = NULL;

  g_assert_false (restore (into, test, main, keys, &error));
  g_assert_error (error, MADO_ERROR, (int) code);
  /* It is still empty, and can be restored into. */
  g_clear_error (&error);
  g_assert_true (restore (into, test, "main", "keys", &error));
}

static void
change_copy (MadoTestStore *test, const char *name, gssize cut, gsize flip)
{
  g_autofree char *path = path_in (test, "main");
  g_autofree char *copy = path_in (test, name);
  g_autofree char *data = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  data[flip ? flip : n - 1] ^= flip ? 1 : 0;
  g_assert_true (g_file_set_contents (copy, data, n - cut, NULL));
}

static void
test_refused (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) right = mado_key_ref (test->data_key);

  run (test, seal_thing, "a");
  back_up (test, "main", "keys");
  change_copy (test, "cut", 7, 0);
  change_copy (test, "flipped", 0, 300);
  change_copy (test, "title", 0, 3);

  assert_refused (test, "cut", "keys", MADO_ERROR_CRYPTO);
  assert_refused (test, "flipped", "keys", MADO_ERROR_CRYPTO);
  assert_refused (test, "title", "keys", MADO_ERROR_CRYPTO);
  assert_refused (test, "main", "cut", MADO_ERROR_CRYPTO);
  assert_refused (test, "keys", "main", MADO_ERROR_INVALID);
  assert_refused (test, "absent", "keys", MADO_ERROR_STORE);

  g_assert_false (restore (test, test, "main", "keys", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_EXISTS);
  g_clear_error (&error);

  mado_key_unref (test->data_key);
  test->data_key = mado_key_new ();
  {
    g_autoptr(MadoTestStore) into = mado_test_store_new (test->engine);

    g_assert_false (restore (into, test, "main", "keys", &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_CRYPTO);
  }
}

static void
test_no_folder (MadoTestStore *test)
{
  g_autofree char *keys = path_in (test, "keys");
  g_autofree char *nowhere = path_in (test, "no-such-folder/main");
  g_autoptr(GError) error = NULL;

  g_assert_false (mado_store_backup (test->store, nowhere, keys, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
  g_assert_false (g_file_test (keys, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/backup/round-trip", test_round_trip);
  mado_test_store_add ("/backup/forgets-again", test_forgets_again);
  mado_test_store_add ("/backup/online", test_online);
  mado_test_store_add ("/backup/refused", test_refused);
  mado_test_store_add ("/backup/no-folder", test_no_folder);
  return g_test_run ();
}
