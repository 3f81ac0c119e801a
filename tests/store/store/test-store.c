/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "store/mado-journal.h"

#include <string.h>

static void
make_table (MadoTestStore *test)
{
  mado_test_store_tamper (test, "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, number BIGINT, data BYTEA)");
}

static gboolean
insert (MadoTx *tx, const char *id, gint64 number, GError **error)
{
  return mado_tx_exec (tx, error, "INSERT INTO thing (id, number, data) VALUES ($1, $2, $3)",
                       MADO_BIND (MADO_TEXT (id), MADO_INT (number), MADO_BLOB ("a\0b", 3)));
}

static gboolean
read_count (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT count(*) AS n FROM thing", MADO_NO_BIND);

  if (rows == NULL || !mado_rows_next (rows, error))
    return FALSE;
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

/* --- looks ---------------------------------------------------------------------------------------------------- */

static gboolean
look_and_write (MadoTx *tx, gpointer data, GError **error)
{
  return insert (tx, "by-a-look", 1, error);
}

static void
test_look (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  make_table (test);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (mado_store_look (test->store, read_count, &n, &error));
    g_assert_no_error (error);
    g_assert_cmpint (n, ==, 0);
    g_assert_false (mado_store_look (test->store, look_and_write, NULL, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
  }
  g_assert_cmpint (count (test), ==, 0);
}

/* --- values -------------------------------------------------------------------------------------------------- */

static MadoOutcome
write_values (MadoTx *tx, gpointer data, GError **error)
{
  if (mado_tx_exec (tx, error, "INSERT INTO thing (id, number, data) VALUES ($1, $2, $3)",
                    MADO_BIND (MADO_TEXT ("髙﨑邉𠮷"), MADO_INT (G_MININT64), MADO_BLOB ("\0\xff", 2)))
      && mado_tx_exec (tx, error, "INSERT INTO thing (id, number, data) VALUES ($1, $2, $3)",
                       MADO_BIND (MADO_TEXT (""), MADO_NULL, MADO_BLOB (NULL, 0)))
      && mado_tx_exec (tx, error, "INSERT INTO thing (id, number, data) VALUES ($1, $2, $3)",
                       MADO_BIND (MADO_TEXT ("none"), MADO_INT (-1), MADO_NULL)))
    return MADO_OUTCOME_COMMIT;
  return MADO_OUTCOME_ROLL_BACK;
}

static gboolean
read_values (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT id, number, data, number IS NULL AS missing FROM thing"
                   " WHERE number <= $1 OR number IS NULL ORDER BY length (id) DESC", MADO_BIND (MADO_INT (0)));
  const guint8 *bytes;
  gsize n;

  g_assert_true (mado_rows_next (rows, error));
  g_assert_cmpstr (mado_rows_text (rows, "id"), ==, "髙﨑邉𠮷");
  g_assert_cmpint (mado_rows_int (rows, "number"), ==, G_MININT64);
  g_assert_true (mado_rows_bytes (rows, "data", &bytes, &n));
  g_assert_cmpmem (bytes, n, "\0\xff", 2);
  g_assert_cmpint (mado_rows_int (rows, "missing"), ==, 0);

  g_assert_true (mado_rows_next (rows, error));
  g_assert_cmpint (mado_rows_int (rows, "number"), ==, -1);
  g_assert_true (mado_rows_is_null (rows, "data"));
  g_assert_false (mado_rows_bytes (rows, "data", &bytes, &n));

  g_assert_true (mado_rows_next (rows, error));
  g_assert_cmpstr (mado_rows_text (rows, "id"), ==, "");
  g_assert_true (mado_rows_is_null (rows, "number"));
  g_assert_true (mado_rows_bytes (rows, "data", &bytes, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (mado_rows_int (rows, "missing"), ==, 1);
  g_assert_false (mado_rows_next (rows, error));
  return TRUE;
}

static void
test_values (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;

  make_table (test);
  mado_store_write (test->store, write_values, NULL, &error);
  g_assert_no_error (error);
  mado_store_read (test->store, read_values, NULL, &error);
  g_assert_no_error (error);
  mado_test_store_reopen (test);
  mado_store_read (test->store, read_values, NULL, &error);
  g_assert_no_error (error);
}

/* --- outcomes ------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *id;
  MadoOutcome outcome;
  gboolean    refuse;
  guint       runs;
} Attempt;

static MadoOutcome
attempt (MadoTx *tx, gpointer data, GError **error)
{
  Attempt *self = data;

  self->runs++;
  if (!insert (tx, self->id, 1, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (self->refuse)
    g_set_error (error, MADO_ERROR, MADO_ERROR_LOCKED, "refused");
  return self->outcome;
}

static void
test_outcomes (MadoTestStore *test)
{
  Attempt kept = { "kept", MADO_OUTCOME_COMMIT, FALSE };
  Attempt again = { "kept", MADO_OUTCOME_COMMIT, FALSE };
  Attempt refused = { "refused", MADO_OUTCOME_ROLL_BACK, TRUE };
  Attempt remembered = { "remembered", MADO_OUTCOME_COMMIT, TRUE };
  g_autoptr(GError) error = NULL;

  make_table (test);
  g_assert_true (mado_store_write (test->store, attempt, &kept, &error));
  g_assert_cmpint (count (test), ==, 1);

  g_assert_false (mado_store_write (test->store, attempt, &again, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_EXISTS);
  g_assert_null (strstr (error->message, "constraint"));   /* nor table, nor column: people read it */
  g_assert_null (strstr (error->message, "thing"));
  g_clear_error (&error);

  g_assert_false (mado_store_write (test->store, attempt, &refused, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (count (test), ==, 1);

  g_assert_false (mado_store_write (test->store, attempt, &remembered, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_assert_cmpint (count (test), ==, 2);
}

static MadoOutcome
expect_one (MadoTx *tx, gpointer data, GError **error)
{
  const char *id = data;

  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error, "UPDATE thing SET number = number + 1 WHERE id = $1",
                         MADO_BIND (MADO_TEXT (id))) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
count_touched (MadoTx *tx, gpointer data, GError **error)
{
  *(gint64 *) data = mado_tx_exec_n (tx, error, "UPDATE thing SET number = 7", MADO_NO_BIND);
  return MADO_OUTCOME_COMMIT;
}

static void
test_expectations (MadoTestStore *test)
{
  Attempt one = { "one", MADO_OUTCOME_COMMIT }, two = { "two", MADO_OUTCOME_COMMIT };
  g_autoptr(GError) error = NULL;
  gint64 touched;

  make_table (test);
  g_assert_true (mado_store_write (test->store, attempt, &one, &error));
  g_assert_true (mado_store_write (test->store, attempt, &two, &error));
  g_assert_true (mado_store_write (test->store, expect_one, (gpointer) "one", &error));
  g_assert_false (mado_store_write (test->store, expect_one, (gpointer) "three", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STALE);
  g_clear_error (&error);
  g_assert_true (mado_store_write (test->store, count_touched, &touched, &error));
  g_assert_cmpint (touched, ==, 2);
}

/* --- many at once -------------------------------------------------------------------------------------------- */

#define N_MANY 600

typedef struct {
  guint  done, refused, kept_refusals;
  GMainLoop *loop;
} Tally;

typedef struct {
  Attempt attempt;
  char    id[16];
  Tally  *tally;
} Many;

static void
on_written (gpointer data, const GError *error)
{
  Many *many = data;

  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_LOCKED) && many->attempt.outcome == MADO_OUTCOME_COMMIT)
    many->tally->kept_refusals++;
  else if (error != NULL)
    many->tally->refused++;
  if (++many->tally->done == N_MANY)
    g_main_loop_quit (many->tally->loop);
}

/* Every 7th is there already, every 11th is refused after it has written, every 13th refused but remembered: each
 * gets its own outcome, however they are gathered. */
static void
test_many (MadoTestStore *test)
{
  g_autofree Many *many = g_new0 (Many, N_MANY);
  Tally tally = { .loop = g_main_loop_new (NULL, FALSE) };
  guint duplicates = 0, refusals = 0, remembered = 0;

  make_table (test);
  for (guint i = 0; i < N_MANY; i++) {
    gboolean duplicate = i > 0 && i % 7 == 0;
    gboolean refuse = !duplicate && i % 11 == 1, remember = !duplicate && !refuse && i % 13 == 2;

    duplicates += duplicate;
    refusals += refuse;
    remembered += remember;
    g_snprintf (many[i].id, sizeof many[i].id, "%u", duplicate ? 0 : i);
    many[i].attempt.id = many[i].id;
    many[i].attempt.outcome = refuse ? MADO_OUTCOME_ROLL_BACK : MADO_OUTCOME_COMMIT;
    many[i].attempt.refuse = refuse || remember;
    many[i].tally = &tally;
    mado_store_write_async (test->store, attempt, &many[i], on_written);
  }
  g_main_loop_run (tally.loop);
  g_main_loop_unref (tally.loop);

  g_assert_cmpuint (tally.refused, ==, duplicates + refusals);
  g_assert_cmpuint (tally.kept_refusals, ==, remembered);
  g_assert_cmpint (count (test), ==, N_MANY - duplicates - refusals);
}

/* --- changes of what others change too ------------------------------------------------------------------------ */

#define N_ROWS 20

typedef struct {
  char    id[16];
  gint64  from;       /* the number that must be there */
  gboolean moved;
  guint  *left;
} Move;

/* Two statements on one row: the second finds what the first has written. */
static MadoOutcome
move (MadoTx *tx, gpointer data, GError **error)
{
  Move *self = data;
  MadoValue id = MADO_TEXT (self->id), from = MADO_INT (self->from), between = MADO_INT (-self->from);

  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error, "UPDATE thing SET number = $3 WHERE id = $1 AND number = $2",
                         MADO_BIND (id, from, between))
         && mado_tx_expect (tx, 1, MADO_ERROR_INTERNAL, error,
                            "UPDATE thing SET number = 1 - number, data = NULL WHERE id = $1 AND number = $2",
                            MADO_BIND (id, between)) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
on_moved (gpointer data, const GError *error)
{
  Move *self = data;

  g_assert_true (error == NULL || g_error_matches (error, MADO_ERROR, MADO_ERROR_STALE));
  self->moved = error == NULL;
  (*self->left)--;
}

/* Three want each row's 5 and make it 6, so one of them gets it; another then wants the 6. */
static void
test_changes (MadoTestStore *test)
{
  g_autofree Move *moves = g_new0 (Move, 4 * N_ROWS);
  guint left = 4 * N_ROWS, won = 0, later = 0;

  make_table (test);
  for (guint i = 0; i < N_ROWS; i++) {
    g_autofree char *row = g_strdup_printf ("INSERT INTO thing (id, number) VALUES ('row-%u', 5)", i);

    mado_test_store_tamper (test, row);
  }
  for (guint i = 0; i < 4 * N_ROWS; i++) {
    g_snprintf (moves[i].id, sizeof moves[i].id, "row-%u", i % N_ROWS);
    moves[i].from = i < 3 * N_ROWS ? 5 : 6;
    moves[i].left = &left;
    mado_store_write_async (test->store, move, &moves[i], on_moved);
  }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < 4 * N_ROWS; i++)
    *(moves[i].from == 5 ? &won : &later) += moves[i].moved;
  g_assert_cmpuint (won, ==, N_ROWS);
  g_assert_cmpuint (later, ==, N_ROWS);
}

/* --- versions ------------------------------------------------------------------------------------------------ */

static void
test_newer (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStore) store = NULL;

  mado_store_close (test->store);
  mado_test_store_tamper (test, "INSERT INTO schema_migration (number, name, applied_at) VALUES (9999, 'x', 0)");
  store = mado_store_open (test->address, test->data_key, &error);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_VERSION);
  g_assert_null (store);
}

/* Two branches of the program gave out numbers: the lower one may come last. */
static void
test_late (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;

  mado_store_close (test->store);
  mado_test_store_tamper (test, "DROP TABLE drafts");
  mado_test_store_tamper (test, "DELETE FROM schema_migration WHERE number = 7");
  mado_test_store_reopen (test);
  mado_test_store_tamper (test, "DELETE FROM drafts");
}

/* --- keys ---------------------------------------------------------------------------------------------------- */

typedef struct {
  GBytes *sealed;
} Sealed;

static MadoOutcome
seal_with_key (MadoTx *tx, gpointer data, GError **error)
{
  Sealed *self = data;
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, "visit/1", "draft", error);

  if (key == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  g_clear_pointer (&self->sealed, g_bytes_unref);
  self->sealed = mado_seal (key, "visit/1", "secret", 6);
  return MADO_OUTCOME_COMMIT;
}

static MadoOutcome
forget (MadoTx *tx, gpointer data, GError **error)
{
  return mado_tx_forget_subject (tx, "visit/1", "draft", error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
assert_opens (MadoTestStore *test, GBytes *sealed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = mado_store_get_subject_key (test->store, "visit/1", "draft", &error);
  g_autoptr(GBytes) plain = NULL;

  g_assert_no_error (error);
  plain = mado_unseal (key, "visit/1", g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "secret", 6);
}

static void
test_keys (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = NULL;
  Sealed sealed = { NULL };

  g_assert_null (mado_store_get_subject_key (test->store, "visit/1", "draft", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (mado_store_write (test->store, seal_with_key, &sealed, &error));
  assert_opens (test, sealed.sealed);
  mado_test_store_reopen (test);
  assert_opens (test, sealed.sealed);
  g_assert_true (mado_store_write (test->store, seal_with_key, &sealed, &error));
  mado_test_store_reopen (test);
  assert_opens (test, sealed.sealed);

  g_assert_true (mado_store_write (test->store, forget, NULL, &error));
  g_assert_null (mado_store_get_subject_key (test->store, "visit/1", "draft", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  mado_test_store_reopen (test);
  g_assert_null (mado_store_get_subject_key (test->store, "visit/1", "draft", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_pointer (&sealed.sealed, g_bytes_unref);
}

static void
test_wrong_key (MadoTestStore *test)
{
  g_autoptr(MadoKey) wrong = mado_key_new ();
  g_autoptr(GError) error = NULL;

  mado_store_close (test->store);
  g_assert_null (mado_store_open (test->address, wrong, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CRYPTO);
  mado_test_store_reopen (test);
}

/* Losing the keys is told, again and again, until somebody brings them back. */
static void
test_lost_keys (MadoTestStore *test)
{
  Sealed sealed = { NULL };
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_store_write (test->store, seal_with_key, &sealed, &error));
  g_assert_true (mado_store_write (test->store, forget, NULL, &error));    /* leaves an entry in the journal */
  g_assert_true (mado_store_write (test->store, seal_with_key, &sealed, &error));
  mado_store_close (test->store);
  mado_test_store_lose_keys (test, FALSE);
  for (guint i = 0; i < 2; i++) {
    g_assert_null (mado_store_open (test->address, test->data_key, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE);
    g_assert_nonnull (strstr (error->message, mado_test_store_is_postgres (test) ? "mado_keys" : "city.db-keys"));
    g_clear_error (&error);
  }
  mado_test_store_lose_keys (test, TRUE);
  mado_test_store_reopen (test);
  assert_opens (test, sealed.sealed);
  g_bytes_unref (sealed.sealed);
}

static MadoOutcome
change_nothing (MadoTx *tx, gpointer data, GError **error)
{
  return MADO_OUTCOME_COMMIT;
}

/* An application's thread with a main loop of its own is answered there. */
typedef struct {
  MadoTestStore *test;
  GThread       *thread;
  guint          left;
} Caller;

static void
on_written_here (gpointer data, const GError *error)
{
  Caller *caller = data;

  g_assert_no_error (error);
  g_assert_true (g_thread_self () == caller->thread);
  caller->left--;
}

static gpointer
write_from_own_context (gpointer data)
{
  Caller *caller = data;
  g_autoptr(GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  caller->thread = g_thread_self ();
  caller->left = 50;
  for (guint i = 0; i < 50; i++)
    mado_store_write_async (caller->test->store, change_nothing, caller, on_written_here);
  while (caller->left > 0)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_contexts (MadoTestStore *test)
{
  Caller callers[3];
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    callers[i].test = test;
    threads[i] = g_thread_new ("caller", write_from_own_context, &callers[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/store/look", test_look);
  mado_test_store_add ("/store/values", test_values);
  mado_test_store_add ("/store/outcomes", test_outcomes);
  mado_test_store_add ("/store/expectations", test_expectations);
  mado_test_store_add ("/store/many", test_many);
  mado_test_store_add ("/store/changes", test_changes);
  mado_test_store_add ("/store/newer", test_newer);
  mado_test_store_add ("/store/late", test_late);
  mado_test_store_add ("/store/keys", test_keys);
  mado_test_store_add ("/store/wrong-key", test_wrong_key);
  mado_test_store_add ("/store/lost-keys", test_lost_keys);
  mado_test_store_add ("/store/contexts", test_contexts);
  return g_test_run ();
}
