/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-job-private.h"
#include "store/mado-lease.h"

#include <glib/gi18n-lib.h>

#define LEASE_TIME   (5 * G_TIME_SPAN_SECOND)
#define LOOK_EVERY   (200 * G_TIME_SPAN_MILLISECOND)
#define HOLD_AT_MOST (25 * G_TIME_SPAN_MILLISECOND)   /* the writer, by one chunk and its commit */

static const MadoActor runner = { .kind = "system", .id = "jobs", .role = MADO_ROLE_SYSTEM };

typedef struct {
  MadoJobChunk chunk;
  gpointer     data;
} Kind;

struct _MadoRunner {
  MadoStore  *store;
  GThread    *thread;
  GMutex      lock;
  GCond       wanted;
  gboolean    closing;
  GHashTable *kinds;      /* name → Kind, under the lock */
};

/* One job while this process has it. */
typedef struct {
  MadoRunner *runner;
  char       *lease;      /* "job/01H…" */
  char       *id;
  Kind        kind;
  gint64      budget;     /* µs a chunk may take, so that its commit is in time as well */
  gboolean    held;
  gboolean    over;
  gboolean    tried;      /* the chunk was run */
  char       *message;
} Turn;

static void
turn_clear (Turn *self)
{
  g_free (self->lease);
  g_free (self->id);
  g_free (self->message);
}

/* --- chunks -------------------------------------------------------------------------------------------------- */

static MadoOutcome
take (MadoTx *tx, gpointer data, GError **error)
{
  Turn *self = data;

  return mado_lease_take (tx, self->lease, LEASE_TIME, &self->held, error) ? MADO_OUTCOME_COMMIT
                                                                           : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
release (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_release (tx, ((Turn *) data)->lease, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static const char *
advance (Turn *self, MadoTx *tx, MadoJob *job, GError **error)
{
  gboolean finished = FALSE;

  if (job->state == MADO_JOB_STATE_CANCELLING) {
    job->state = MADO_JOB_STATE_CANCELLED;
    return "job.cancelled";
  }
  self->tried = TRUE;
  job->state = MADO_JOB_STATE_RUNNING;
  if (!self->kind.chunk (tx, job, g_get_monotonic_time () + self->budget, &finished, self->kind.data, error))
    return NULL;
  if (!finished)
    return "job.advanced";
  job->state = MADO_JOB_STATE_DONE;
  return "job.done";
}

static MadoOutcome
do_chunk (MadoTx *tx, gpointer data, GError **error)
{
  Turn *self = data;
  g_autoptr(MadoJob) job = NULL;
  const char *action;

  self->tried = self->over = FALSE;
  if (!mado_lease_hold (tx, self->lease, LEASE_TIME, error) || (job = mado_job_load (tx, self->id, error)) == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  if (mado_job_is_over (job)) {
    self->over = TRUE;
    return MADO_OUTCOME_COMMIT;
  }
  action = advance (self, tx, job, error);
  if (action == NULL || !mado_job_store (tx, &runner, job, action, error))
    return MADO_OUTCOME_ROLL_BACK;
  self->over = mado_job_is_over (job);
  return MADO_OUTCOME_COMMIT;
}

static MadoOutcome
write_failure (MadoTx *tx, gpointer data, GError **error)
{
  Turn *self = data;
  g_autoptr(MadoJob) job = NULL;

  if (!mado_lease_hold (tx, self->lease, LEASE_TIME, error) || (job = mado_job_load (tx, self->id, error)) == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  job->state = MADO_JOB_STATE_FAILED;
  g_free (job->message);
  job->message = g_strdup (self->message);
  return mado_job_store (tx, &runner, job, "job.failed", error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gboolean
is_closing (MadoRunner *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->closing;
}

/* A store that is busy or away is no fault of the job's: somebody takes it up again. */
static gboolean
is_fatal (Turn *self, const GError *error)
{
  return self->tried && !g_error_matches (error, MADO_ERROR, MADO_ERROR_STORE_BUSY)
         && !g_error_matches (error, MADO_ERROR, MADO_ERROR_STORE_FULL)
         && !g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE)
         && !g_error_matches (error, MADO_ERROR, MADO_ERROR_STORE);
}

static void
run_job (Turn *self)
{
  MadoStore *store = self->runner->store;
  g_autoptr(GError) error = NULL;

  if (!mado_store_write (store, take, self, NULL) || !self->held)
    return;
  while (!self->over && error == NULL && !is_closing (self->runner)) {
    gint64 began = g_get_monotonic_time ();
    gint64 took;

    mado_store_write (store, do_chunk, self, &error);
    took = g_get_monotonic_time () - began;
    self->budget = CLAMP (self->budget * HOLD_AT_MOST / MAX (took, 1), G_TIME_SPAN_MILLISECOND / 2,
                          MIN (2 * self->budget, HOLD_AT_MOST));
  }
  if (error != NULL && is_fatal (self, error)) {
    self->message = g_strdup (error->message);
    mado_store_write (store, write_failure, self, NULL);
  } else if (error != NULL)
    g_message ("job: %s", error->message);
  mado_store_write (store, release, self, NULL);
}

/* --- the thread ---------------------------------------------------------------------------------------------- */

typedef struct {
  MadoRunner *runner;
  GPtrArray  *open;      /* MadoJob */
} Open;

static gboolean
find_open (MadoTx *tx, gpointer data, GError **error)
{
  Open *self = data;
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT j.id, j.kind FROM job j LEFT JOIN lease l ON l.name = 'job/' || j.id"
                   " WHERE j.state IN ('waiting', 'running', 'cancelling')"
                   " AND (l.name IS NULL OR l.expires_at < $1) ORDER BY j.created_at LIMIT 100",
                   MADO_BIND (MADO_INT (mado_tx_now (tx))));
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more)
      g_ptr_array_add (self->open, mado_rows_dup_record (rows, MADO_TYPE_JOB));
  }
  return rows != NULL;
}

static gboolean
knows (MadoRunner *self, const char *name, Kind *kind)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Kind *known = g_hash_table_lookup (self->kinds, name);

  if (known != NULL)
    *kind = *known;
  return known != NULL;
}

static void
look (MadoRunner *self)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  Open found = { self, open };
  g_autoptr(GError) error = NULL;

  if (!mado_store_read (self->store, find_open, &found, &error))
    g_message ("job: %s", error->message);
  for (guint i = 0; i < open->len && !is_closing (self); i++) {
    const MadoJob *job = open->pdata[i];
    Turn turn = { .runner = self, .budget = 5 * G_TIME_SPAN_MILLISECOND };

    if (!knows (self, job->kind, &turn.kind))
      continue;
    turn.id = g_strdup (job->id);
    turn.lease = g_strconcat ("job/", job->id, NULL);
    run_job (&turn);
    turn_clear (&turn);
  }
}

static gpointer
runner_main (gpointer data)
{
  MadoRunner *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing) {
    g_mutex_unlock (&self->lock);
    look (self);
    g_mutex_lock (&self->lock);
    if (!self->closing)
      g_cond_wait_until (&self->wanted, &self->lock, g_get_monotonic_time () + LOOK_EVERY);
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

static MadoRunner *
runner_new (MadoStore *store)
{
  MadoRunner *self = g_new0 (MadoRunner, 1);

  self->store = store;
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->wanted);
  self->thread = g_thread_new ("mado-jobs", runner_main, self);
  return self;
}

void
mado_runner_stop (MadoRunner *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_hash_table_unref (self->kinds);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wanted);
  g_free (self);
}

void
mado_job_register (MadoStore *store, const char *kind, MadoJobChunk chunk, gpointer data)
{
  Kind *known = g_new (Kind, 1);

  *known = (Kind) { chunk, data };
  if (store->runner == NULL)
    store->runner = runner_new (store);
  g_mutex_lock (&store->runner->lock);
  g_hash_table_replace (store->runner->kinds, g_strdup (kind), known);
  g_cond_signal (&store->runner->wanted);
  g_mutex_unlock (&store->runner->lock);
}
