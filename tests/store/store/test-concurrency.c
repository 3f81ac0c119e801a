/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "core/mado-clock.h"
#include "store/mado-journal.h"
#include "store/mado-lease.h"

/* Several openings of one store stand for several services: they share nothing but the database. */
#define N_STORES 3
#define N_EACH   120

typedef struct {
  MadoStore *stores[N_STORES];
} Services;

static void
open_services (MadoTestStore *test, Services *services)
{
  for (guint i = 0; i < N_STORES; i++) {
    g_autoptr(GError) error = NULL;

    services->stores[i] = mado_store_open (test->address, test->data_key, &error);
    g_assert_no_error (error);
  }
}

static void
close_services (Services *services)
{
  for (guint i = 0; i < N_STORES; i++) {
    mado_store_close (services->stores[i]);
    g_object_unref (services->stores[i]);
  }
}

/* --- the same rows ------------------------------------------------------------------------------------------- */

static gboolean
read_number (MadoTx *tx, gint64 id, gint64 *number, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT number FROM counter WHERE id = $1",
                                            MADO_BIND (MADO_INT (id)));

  if (rows == NULL || !mado_rows_next (rows, error))
    return FALSE;
  *number = mado_rows_int (rows, "number");
  return TRUE;
}

/* Reads, thinks, writes: a change by somebody else in between must not be lost. */
static MadoOutcome
increment (MadoTx *tx, gpointer data, GError **error)
{
  gint64 id = GPOINTER_TO_INT (data);
  gint64 number;

  return read_number (tx, id, &number, error)
         && mado_tx_exec (tx, error, "UPDATE counter SET number = $2 WHERE id = $1",
                          MADO_BIND (MADO_INT (id), MADO_INT (number + 1)))
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

typedef struct {
  MadoStore *store;
  guint      seed;
  guint      done;
} Worker;

static gpointer
increment_many (gpointer data)
{
  Worker *self = data;

  for (guint i = 0; i < N_EACH; i++) {
    g_autoptr(GError) error = NULL;

    /* Busy is an honest answer; then one asks again. */
    while (!mado_store_write (self->store, increment, GINT_TO_POINTER ((i + self->seed) % 4), &error)) {
      g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY);
      g_clear_error (&error);
    }
    self->done++;
  }
  return NULL;
}

static gboolean
read_sum (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT CAST (sum(number) AS BIGINT) AS n FROM counter",
                                            MADO_NO_BIND);

  g_assert_true (mado_rows_next (rows, error));
  *(gint64 *) data = mado_rows_int (rows, "n");
  return TRUE;
}

static void
test_nothing_lost (MadoTestStore *test)
{
  Services services;
  Worker workers[2 * N_STORES] = { 0 };
  GThread *threads[2 * N_STORES];
  gint64 sum;

  mado_test_store_tamper (test, "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL)");
  mado_test_store_tamper (test, "INSERT INTO counter (id, number) VALUES (0, 0), (1, 0), (2, 0), (3, 0)");
  open_services (test, &services);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    workers[i] = (Worker) { services.stores[i % N_STORES], i, 0 };
    threads[i] = g_thread_new ("worker", increment_many, &workers[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    g_thread_join (threads[i]);
  g_assert_true (mado_store_read (test->store, read_sum, &sum, NULL));
  g_assert_cmpint (sum, ==, 2 * N_STORES * N_EACH);
  close_services (&services);
}

/* --- decisions on what others change ------------------------------------------------------------------------- */

/* Of two on duty one may leave, never both: each reads the other's row and changes its own. */
static MadoOutcome
leave (MadoTx *tx, gpointer data, GError **error)
{
  gint64 sum = 0;

  if (!read_sum (tx, &sum, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (sum < 2)
    return MADO_OUTCOME_COMMIT;
  return mado_tx_exec (tx, error, "UPDATE counter SET number = 0 WHERE id = $1",
                       MADO_BIND (MADO_INT (GPOINTER_TO_INT (data))))
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gpointer
leave_once (gpointer data)
{
  Worker *self = data;
  g_autoptr(GError) error = NULL;

  while (!mado_store_write (self->store, leave, GINT_TO_POINTER (self->seed), &error)) {
    g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY);
    g_clear_error (&error);
  }
  return NULL;
}

static void
test_no_skew (MadoTestStore *test)
{
  Services services;

  mado_test_store_tamper (test, "CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL)");
  mado_test_store_tamper (test, "INSERT INTO counter (id, number) VALUES (0, 1), (1, 1)");
  open_services (test, &services);
  for (guint round = 0; round < 60; round++) {
    Worker workers[] = { { services.stores[0], 0, 0 }, { services.stores[1], 1, 0 } };
    GThread *threads[G_N_ELEMENTS (workers)];
    gint64 sum;

    mado_test_store_tamper (test, "UPDATE counter SET number = 1");
    for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
      threads[i] = g_thread_new ("leave", leave_once, &workers[i]);
    for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
      g_thread_join (threads[i]);
    g_assert_true (mado_store_read (test->store, read_sum, &sum, NULL));
    g_assert_cmpint (sum, ==, 1);
  }
  close_services (&services);
}

/* --- the same name ------------------------------------------------------------------------------------------- */

static MadoOutcome
claim (MadoTx *tx, gpointer data, GError **error)
{
  static const MadoActor actor = { .kind = "system", .id = "test" };
  char subject[32];

  g_snprintf (subject, sizeof subject, "name/%d", GPOINTER_TO_INT (data));
  return mado_tx_exec (tx, error, "INSERT INTO claim (id) VALUES ($1)",
                       MADO_BIND (MADO_INT (GPOINTER_TO_INT (data))))
         && mado_journal_append (tx, &actor, "name.claimed", subject, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gpointer
claim_many (gpointer data)
{
  Worker *self = data;

  for (guint i = 0; i < N_EACH; i++) {
    g_autoptr(GError) error = NULL;

    while (!mado_store_write (self->store, claim, GINT_TO_POINTER (i), &error)) {
      if (g_error_matches (error, MADO_ERROR, MADO_ERROR_EXISTS))
        break;
      g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY);
      g_clear_error (&error);
    }
    self->done += error == NULL;
  }
  return NULL;
}

/* Each name goes to one of them; the journal has each claim once, without gaps, and they all see the same. */
static void
test_unique (MadoTestStore *test)
{
  Services services;
  Worker workers[2 * N_STORES] = { 0 };
  GThread *threads[2 * N_STORES];
  g_autoptr(GError) error = NULL;
  guint won = 0;
  gint64 bad;

  mado_test_store_tamper (test, "CREATE TABLE claim (id BIGINT NOT NULL PRIMARY KEY)");
  open_services (test, &services);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    workers[i] = (Worker) { services.stores[i % N_STORES], i, 0 };
    threads[i] = g_thread_new ("worker", claim_many, &workers[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    g_thread_join (threads[i]);
    won += workers[i].done;
  }
  g_assert_cmpuint (won, ==, N_EACH);

  for (guint i = 0; i < N_STORES; i++) {
    for (guint tries = 0; tries < 1000 && mado_journal_get_position (services.stores[i]) < N_EACH; tries++)
      g_usleep (5000);
    g_assert_cmpint (mado_journal_get_position (services.stores[i]), ==, N_EACH);
  }
  mado_journal_verify (test->store, NULL, NULL, &bad, &error);
  g_assert_no_error (error);
  close_services (&services);
}

/* --- forgotten elsewhere ------------------------------------------------------------------------------------- */

static MadoOutcome
make_key (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, "resident/1", "case", error);

  return key ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
forget (MadoTx *tx, gpointer data, GError **error)
{
  return mado_tx_forget_subject (tx, "resident/1", "case", error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gpointer
forget_in_thread (gpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_store_write (data, forget, NULL, &error));
  return NULL;
}

static gboolean
is_known (MadoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = mado_store_get_subject_key (store, "resident/1", "case", &error);

  if (key == NULL)
    g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  return key != NULL;
}

/* A key in one service's memory goes when another throws it away, though it is asked for all the while and its row
 * goes late. */
static void
test_forgotten_elsewhere (MadoTestStore *test)
{
  g_autoptr(MadoStore) other = mado_store_open (test->address, test->data_key, NULL);
  g_autoptr(GError) error = NULL;
  MadoTestHold *hold;
  GThread *thread;

  g_assert_true (mado_store_write (test->store, make_key, NULL, &error));
  g_assert_true (is_known (test->store) && is_known (other));

  hold = mado_test_store_hold_keys (test);
  thread = g_thread_new ("forget", forget_in_thread, test->store);
  for (guint tries = 0; tries < 1000 && mado_journal_get_position (other) == 0; tries++, g_usleep (1000))
    is_known (other);
  is_known (other);
  mado_test_hold_release (hold);
  g_thread_join (thread);
  g_assert_false (is_known (test->store));
  for (guint tries = 0; tries < 1000 && is_known (other); tries++)
    g_usleep (5000);
  g_assert_false (is_known (other));
  mado_store_close (other);
}

/* Two services make the key of one subject at once: there is one key. */
typedef struct {
  MadoStore *store;
  MadoKey   *key;
} Maker;

static MadoOutcome
keep_drawn (MadoTx *tx, gpointer data, GError **error)
{
  Maker *self = data;

  return mado_tx_keep_subject_key (tx, "resident/2", "case", self->key, error) ? MADO_OUTCOME_COMMIT
                                                                                : MADO_OUTCOME_ROLL_BACK;
}

static void
test_key_made_twice (MadoTestStore *test)
{
  g_autoptr(MadoStore) other = mado_store_open (test->address, test->data_key, NULL);
  g_autoptr(GError) error = NULL;
  Maker mine = { test->store, mado_store_draw_subject_key (test->store, "resident/2", "case", &error) };
  Maker theirs = { other, mado_store_draw_subject_key (other, "resident/2", "case", &error) };
  g_autoptr(MadoKey) kept = NULL;

  g_assert_no_error (error);
  g_assert_null (mado_store_get_subject_key (test->store, "resident/2", "case", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (mado_store_write (test->store, keep_drawn, &mine, &error));
  g_assert_true (mado_store_write (test->store, keep_drawn, &mine, &error));
  g_assert_false (mado_store_write (other, keep_drawn, &theirs, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY);
  g_clear_error (&error);
  mado_key_unref (theirs.key);

  theirs.key = mado_store_draw_subject_key (other, "resident/2", "case", &error);
  g_assert_true (mado_store_write (other, keep_drawn, &theirs, &error));
  kept = mado_store_get_subject_key (test->store, "resident/2", "case", &error);
  g_assert_cmpmem (mado_key_get_bytes (kept), MADO_KEY_BYTES, mado_key_get_bytes (theirs.key), MADO_KEY_BYTES);
  mado_key_unref (mine.key);
  mado_key_unref (theirs.key);
  mado_store_close (other);
}

/* --- leases -------------------------------------------------------------------------------------------------- */

static MadoOutcome
take (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_take (tx, "test", 10 * G_TIME_SPAN_SECOND, data, error) ? MADO_OUTCOME_COMMIT
                                                                            : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
hold (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_hold (tx, "test", 10 * G_TIME_SPAN_SECOND, error) ? MADO_OUTCOME_COMMIT
                                                                      : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
release (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_release (tx, "test", error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gboolean
takes (MadoStore *store)
{
  g_autoptr(GError) error = NULL;
  gboolean held = FALSE;

  mado_store_write (store, take, &held, &error);
  g_assert_no_error (error);
  return held;
}

static void
test_leases (MadoTestStore *test)
{
  g_autoptr(MadoStore) other = mado_store_open (test->address, test->data_key, NULL);
  g_autoptr(GError) error = NULL;

  mado_clock_freeze (mado_clock_now ());
  g_assert_true (takes (test->store));
  g_assert_true (takes (test->store));
  g_assert_false (takes (other));
  g_assert_false (mado_store_write (other, hold, NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);

  mado_clock_advance (9 * G_TIME_SPAN_SECOND);
  g_assert_true (mado_store_write (test->store, hold, NULL, &error));
  mado_clock_advance (9 * G_TIME_SPAN_SECOND);
  g_assert_false (takes (other));
  mado_clock_advance (2 * G_TIME_SPAN_SECOND);
  g_assert_true (takes (other));
  g_assert_false (mado_store_write (test->store, hold, NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (mado_store_write (other, release, NULL, &error));
  g_assert_true (takes (test->store));
  mado_clock_thaw ();
  mado_store_close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/concurrency/nothing-lost", test_nothing_lost);
  mado_test_store_add ("/concurrency/no-skew", test_no_skew);
  mado_test_store_add ("/concurrency/unique", test_unique);
  mado_test_store_add ("/concurrency/forgotten-elsewhere", test_forgotten_elsewhere);
  mado_test_store_add ("/concurrency/key-made-twice", test_key_made_twice);
  mado_test_store_add ("/concurrency/leases", test_leases);
  return g_test_run ();
}
