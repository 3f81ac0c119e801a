/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "store/mado-job.h"

static const MadoActor staff = { .kind = "staff", .id = "supervisor-1", .role = MADO_ROLE_SUPERVISOR };

#define UNITS 2000

/* Writes a row a unit, and so shows each unit done once. */
static gboolean
import_chunk (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data, GError **error)
{
  gint *chunks = data;
  gint64 unit = job->cursor ? g_ascii_strtoll (job->cursor, NULL, 10) : 0;

  g_atomic_int_inc (chunks);
  for (gint64 end = MIN (unit + 100, UNITS); unit < end && g_get_monotonic_time () < deadline; unit++)
    if (!mado_tx_exec (tx, error, "INSERT INTO thing (number) VALUES ($1)", MADO_BIND (MADO_INT (unit))))
      return FALSE;
  g_free (job->cursor);
  job->cursor = g_strdup_printf ("%" G_GINT64_FORMAT, unit);
  job->done = unit;
  job->total = UNITS;
  *finished = unit == UNITS;
  return TRUE;
}

static gboolean
endless_chunk (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data, GError **error)
{
  job->done++;
  return TRUE;
}

static gboolean
failing_chunk (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data, GError **error)
{
  if (++job->done < 3)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID, "Row 3 has no name");
  return FALSE;
}

static MadoJob *
start (MadoTestStore *test, const char *kind)
{
  g_autoptr(GError) error = NULL;
  MadoJob *job = NULL;

  mado_act_run (test->store, mado_job_start (test->store, &staff, kind, NULL, 0, &error), (gpointer *) &job,
                &error);
  g_assert_no_error (error);
  return job;
}

static MadoJob *
wait_for (MadoTestStore *test, const char *id, MadoJobState state)
{
  for (guint i = 0; i < 2000; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoJob) job = mado_job_get (test->store, id, &error);

    g_assert_no_error (error);
    if (job->state == state)
      return g_steal_pointer (&job);
    g_usleep (5000);
  }
  g_assert_not_reached ();
}

static gboolean
read_sums (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT count(*) AS n, count(DISTINCT number) AS d FROM thing", MADO_NO_BIND);
  gint64 *sums = data;

  g_assert_true (mado_rows_next (rows, error));
  sums[0] = mado_rows_int (rows, "n");
  sums[1] = mado_rows_int (rows, "d");
  return TRUE;
}

static void
make_table (MadoTestStore *test)
{
  mado_test_store_tamper (test, "CREATE TABLE thing (number BIGINT NOT NULL)");
}

static void
assert_each_once (MadoTestStore *test)
{
  gint64 sums[2];

  g_assert_true (mado_store_read (test->store, read_sums, sums, NULL));
  g_assert_cmpint (sums[0], ==, UNITS);
  g_assert_cmpint (sums[1], ==, UNITS);
}

static void
test_done (MadoTestStore *test)
{
  g_autoptr(MadoJob) job = NULL;
  g_autoptr(MadoJob) done = NULL;
  gint chunks = 0;

  make_table (test);
  mado_job_register (test->store, "import", import_chunk, &chunks);
  job = start (test, "import");
  done = wait_for (test, job->id, MADO_JOB_STATE_DONE);
  g_assert_cmpint (done->done, ==, UNITS);
  g_assert_cmpint (done->total, ==, UNITS);
  g_assert_cmpint (chunks, >=, UNITS / 100);
  assert_each_once (test);
}

/* Stopped in the middle, as often as not, and taken up by another opening of the store. */
static void
test_resumed (MadoTestStore *test)
{
  g_autoptr(MadoJob) job = NULL;
  g_autoptr(MadoJob) done = NULL;
  gint chunks = 0;

  make_table (test);
  job = start (test, "import");
  for (guint i = 1; i <= 4; i++) {
    mado_job_register (test->store, "import", import_chunk, &chunks);
    while (g_atomic_int_get (&chunks) < 2 * (gint) i)
      g_usleep (500);
    mado_test_store_reopen (test);
  }
  mado_job_register (test->store, "import", import_chunk, &chunks);
  done = wait_for (test, job->id, MADO_JOB_STATE_DONE);
  assert_each_once (test);
}

static void
test_shared (MadoTestStore *test)
{
  g_autoptr(MadoStore) other = mado_store_open (test->address, test->data_key, NULL);
  g_autoptr(MadoJob) job = NULL;
  g_autoptr(MadoJob) done = NULL;
  gint chunks = 0;

  make_table (test);
  mado_job_register (test->store, "import", import_chunk, &chunks);
  mado_job_register (other, "import", import_chunk, &chunks);
  job = start (test, "import");
  done = wait_for (test, job->id, MADO_JOB_STATE_DONE);
  assert_each_once (test);
  mado_store_close (other);
}

static void
test_cancelled (MadoTestStore *test)
{
  g_autoptr(MadoJob) job = NULL;
  g_autoptr(MadoJob) running = NULL;
  g_autoptr(MadoJob) cancelled = NULL;
  g_autoptr(GError) error = NULL;

  mado_job_register (test->store, "endless", endless_chunk, NULL);
  job = start (test, "endless");
  running = wait_for (test, job->id, MADO_JOB_STATE_RUNNING);
  g_assert_true (mado_act_run (test->store, mado_job_cancel (test->store, &staff, job->id, &error), NULL, &error));
  cancelled = wait_for (test, job->id, MADO_JOB_STATE_CANCELLED);
  g_assert_cmpint (cancelled->done, >, 0);
  g_assert_false (mado_act_run (test->store, mado_job_cancel (test->store, &staff, job->id, &error), NULL,
                                &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

static void
test_failed (MadoTestStore *test)
{
  g_autoptr(MadoJob) job = NULL;
  g_autoptr(MadoJob) failed = NULL;
  g_autoptr(GPtrArray) all = NULL;

  mado_job_register (test->store, "failing", failing_chunk, NULL);
  job = start (test, "failing");
  failed = wait_for (test, job->id, MADO_JOB_STATE_FAILED);
  g_assert_cmpstr (failed->message, ==, "Row 3 has no name");
  g_assert_cmpint (failed->done, ==, 2);
  all = mado_job_list (test->store, 10, NULL);
  g_assert_cmpuint (all->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/job/done", test_done);
  mado_test_store_add ("/job/resumed", test_resumed);
  mado_test_store_add ("/job/shared", test_shared);
  mado_test_store_add ("/job/cancelled", test_cancelled);
  mado_test_store_add ("/job/failed", test_failed);
  return g_test_run ();
}
