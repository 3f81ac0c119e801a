/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-writer.h"

#include "core/mado-clock.h"
#include "store/mado-batch.h"
#include "store/mado-journal-private.h"
#include "store/mado-keeper.h"
#include "store/mado-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BATCH 128
#define MAX_TRIES 7
#define CROWD     4           /* requests in a batch that make the next ones wait */
#define PATIENCE  1500        /* for so many microseconds */
#define TRY_AFTER     (5 * G_TIME_SPAN_SECOND)   /* without which trouble is taken to last */
#define PROBE_BYTES   (64 * 1024)   /* a smaller change may pass where the next filing will not */

typedef struct {
  MadoApply     apply;
  gpointer      data;
  MadoWritten   done;       /* NULL: somebody waits in mado_writer_write() */
  GMainContext *context;    /* where @done is called */
  GCond         finished;
  gboolean      is_finished;
  GError       *error;      /* the outcome */
} Request;

struct _MadoWriter {
  MadoStore      *store;
  MadoConnection *connection;
  MadoBatch      *batch;
  GThread        *thread;

  GMutex          lock;
  GCond           wanted;
  GQueue          queue;
  guint           crowd;      /* requests a batch had of late */
  GError         *trouble;    /* (nullable): of the store itself, when it last failed */
  gint64          trouble_at;
  gboolean        closing;
};

typedef enum {
  TRIED_DONE,      /* committed; each request has its outcome */
  TRIED_APART,     /* one of them stands in the others' way: try fewer together */
  TRIED_AGAIN,     /* the same, once more */
  TRIED_FAILED,    /* for all of them, with the same error */
} Tried;

/* --- one transaction ----------------------------------------------------------------------------------------- */

static void
forget_outcomes (Request **requests, guint n)
{
  for (guint i = 0; i < n; i++)
    g_clear_error (&requests[i]->error);
}

/* FALSE: the transaction cannot go on. */
static gboolean
apply_one (MadoWriter *self, Request *request)
{
  const MadoEngine *engine = self->connection->engine;
  MadoTx tx = { self->store, self->connection, self->batch, mado_clock_now (), FALSE };
  MadoOutcome outcome;
  gboolean keep;

  engine->mark (self->connection);
  mado_batch_mark (self->batch);
  outcome = request->apply (&tx, request->data, &request->error);
  keep = !tx.failed && outcome == MADO_OUTCOME_COMMIT;
  if (tx.failed && request->error == NULL)
    g_set_error (&request->error, MADO_ERROR, MADO_ERROR_INTERNAL, "A refused statement was passed over");
  if (!keep)
    mado_batch_undo (self->batch);
  return engine->unmark (self->connection, keep);
}

static gboolean
finish_batch (MadoWriter *self, GError **error)
{
  MadoTx tx = { self->store, self->connection, self->batch, mado_clock_now (), FALSE };

  return mado_keyring_unmark (self->store->keyring, &tx, error)
         && mado_journal_write_batch (&tx, error)
         && self->connection->engine->settle (self->connection, error)
         && mado_keyring_save (self->store->keyring, self->batch->made, &self->connection->failure, error);
}

static Tried
judge (MadoWriter *self, guint n)
{
  switch (self->connection->failure) {
  case MADO_FAILURE_STORE:
    return TRIED_FAILED;
  case MADO_FAILURE_CONNECTION:
    return TRIED_AGAIN;
  case MADO_FAILURE_CONTENTION:
    return n > 1 ? TRIED_APART : TRIED_AGAIN;
  default:
    return n > 1 || self->connection->gathered ? TRIED_APART : TRIED_FAILED;
  }
}

/* Whether a commit whose answer was lost took place: its batch has a row of its own. While the former connection's
 * commit is still under way, this insertion waits for it. */
static MadoCommit
find_out (MadoWriter *self)
{
  const MadoEngine *engine = self->connection->engine;
  g_autoptr(GError) error = NULL;

  if (self->batch->id == 0)
    return MADO_COMMIT_UNKNOWN;
  for (guint tries = 0; tries < 5; tries++) {
    self->connection->gathered = FALSE;
    g_clear_error (&error);
    if (engine->begin (self->connection, MADO_BEGIN_WRITE, &error)
        && engine->exec (self->connection, MADO_EXPECT_ANY,
                         "INSERT INTO journal_batch (batch, entries, forgets) VALUES ($1, 0, 0)",
                         MADO_BIND (MADO_INT (self->batch->id)), &error)) {
      engine->rollback (self->connection);
      return MADO_COMMIT_FAILED;
    }
    engine->rollback (self->connection);
    if (g_error_matches (error, MADO_ERROR, MADO_ERROR_EXISTS))
      return MADO_COMMIT_DONE;
    g_usleep (200 * 1000 << tries);
  }
  return MADO_COMMIT_UNKNOWN;
}

static Tried
commit_batch (MadoWriter *self, guint n, GError **error)
{
  MadoCommit commit = self->connection->engine->commit (self->connection, error);

  if (commit == MADO_COMMIT_FAILED)
    return judge (self, n);
  if (commit == MADO_COMMIT_UNKNOWN) {
    commit = find_out (self);
    if (commit == MADO_COMMIT_FAILED)
      return TRIED_AGAIN;
    if (commit == MADO_COMMIT_UNKNOWN) {
      g_clear_error (error);
      g_set_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE,
                   _("The connection to the database was lost while saving, and whether it was kept is not"
                     " known: send the same request again with the same Idempotency-Key"));
      return TRIED_FAILED;
    }
    g_clear_error (error);
  }

  mado_keyring_unmarked (self->store->keyring);
  /* The keys are gone for this process already; a row that would not go is tried again with the next
   * commit, or at the next opening. */
  mado_keyring_throw_away (self->store->keyring, self->batch->thrown, NULL);
  if (self->batch->id != 0)
    mado_keeper_wake (self->store->keeper);
  return TRIED_DONE;
}

static Tried
try_together (MadoWriter *self, Request **requests, guint n, gboolean gathered, GError **error)
{
  const MadoEngine *engine = self->connection->engine;

  mado_batch_clear (self->batch);
  self->connection->gathered = gathered;
  if (!engine->begin (self->connection, MADO_BEGIN_WRITE, error))
    return judge (self, n);

  for (guint i = 0; i < n; i++)
    if (!apply_one (self, requests[i])) {
      engine->rollback (self->connection);
      if (self->connection->failure == MADO_FAILURE_NONE)
        self->connection->failure = MADO_FAILURE_REQUEST;
      if (n == 1 && requests[i]->error != NULL)
        g_propagate_error (error, g_steal_pointer (&requests[i]->error));
      return judge (self, n);
    }

  if (!finish_batch (self, error)) {
    engine->rollback (self->connection);
    return judge (self, n);
  }
  return commit_batch (self, n, error);
}

/* --- a batch ------------------------------------------------------------------------------------------------- */

static void
remember_trouble (MadoWriter *self, const GError *error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_error (&self->trouble);
  self->trouble = g_error_copy (error);
  self->trouble_at = g_get_monotonic_time ();
}

static void
fail_all (MadoWriter *self, Request **requests, guint n, const GError *error)
{
  if (error != NULL && self->connection->failure >= MADO_FAILURE_CONNECTION)
    remember_trouble (self, error);
  forget_outcomes (requests, n);
  for (guint i = 0; error != NULL && i < n; i++)
    requests[i]->error = g_error_copy (error);
}

/* Runs every request to its outcome: together, or by halves where one of them cannot go with the others. A request
 * that fails is tried again alone, each statement answered at once, so that its error is its own. */
static void
run (MadoWriter *self, Request **requests, guint n)
{
  gboolean gathered = TRUE;

  for (guint tries = 0;; tries++) {
    g_autoptr(GError) error = NULL;
    Tried tried;

    forget_outcomes (requests, n);
    tried = try_together (self, requests, n, gathered, &error);
    if (tried == TRIED_DONE)
      return;
    if (tried == TRIED_APART && n > 1) {
      run (self, requests, n / 2);
      run (self, requests + n / 2, n - n / 2);
      return;
    }
    if (tried == TRIED_FAILED || tries >= MAX_TRIES) {
      fail_all (self, requests, n, error);
      return;
    }
    gathered = n > 1;
    if (tried == TRIED_AGAIN)
      g_usleep (g_random_int_range (1, 4) * 1000 << tries);
  }
}

static gboolean
on_delivered (gpointer data)
{
  GPtrArray *requests = data;

  for (guint i = 0; i < requests->len; i++) {
    Request *request = requests->pdata[i];

    request->done (request->data, request->error);
  }
  return G_SOURCE_REMOVE;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_error (&request->error);
  g_main_context_unref (request->context);
  g_free (request);
}

static void
attach (gpointer context, gpointer requests, gpointer user_data)
{
  /* Once attached, the last request may be done with and its context let go: before our source. */
  g_autoptr(GMainContext) held = g_main_context_ref (context);
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "mado_store_write_async");
  g_source_set_callback (source, on_delivered, requests, (GDestroyNotify) g_ptr_array_unref);
  g_source_attach (source, held);
}

/* One wake-up for each main loop, however many of its requests are done. */
static void
deliver (MadoWriter *self, Request **requests, guint n)
{
  g_autoptr(GHashTable) by_context = g_hash_table_new (NULL, NULL);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < n; i++)
    if (requests[i]->done == NULL) {
      requests[i]->is_finished = TRUE;
      g_cond_signal (&requests[i]->finished);
    } else {
      GPtrArray *list = g_hash_table_lookup (by_context, requests[i]->context);

      if (list == NULL) {
        list = g_ptr_array_new_with_free_func (request_free);
        g_hash_table_insert (by_context, requests[i]->context, list);
      }
      g_ptr_array_add (list, requests[i]);
    }
  g_mutex_unlock (&self->lock);
  g_hash_table_foreach (by_context, attach, NULL);
}

/* A commit costs the same for one and for a hundred: while many come, it waits a moment for as many as came of late. */
static void
wait_for_company (MadoWriter *self)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (self->queue.length < self->crowd && !self->closing
         && g_cond_wait_until (&self->wanted, &self->lock, until));
}

static guint
take (MadoWriter *self, Request *requests[MAX_BATCH])
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->queue) && !self->closing)
    g_cond_wait (&self->wanted, &self->lock);
  if (self->crowd >= CROWD)
    wait_for_company (self);
  while (n < MAX_BATCH && !g_queue_is_empty (&self->queue))
    requests[n++] = g_queue_pop_head (&self->queue);
  self->crowd = MAX (n, self->crowd * 7 / 8);
  g_mutex_unlock (&self->lock);
  return n;
}

static gpointer
writer_main (gpointer data)
{
  MadoWriter *self = data;
  Request *requests[MAX_BATCH];
  guint n;

  while ((n = take (self, requests)) > 0) {
    run (self, requests, n);
    deliver (self, requests, n);
  }
  return NULL;
}

/* --- the door ------------------------------------------------------------------------------------------------ */

MadoWriter *
mado_writer_new (MadoStore *store, MadoConnection *connection)
{
  MadoWriter *self = g_new0 (MadoWriter, 1);

  self->store = store;
  self->connection = connection;
  self->batch = mado_batch_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->wanted);
  g_queue_init (&self->queue);
  self->thread = g_thread_new ("mado-writer", writer_main, self);
  return self;
}

void
mado_writer_free (MadoWriter *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);

  self->connection->engine->close (self->connection);
  mado_batch_free (self->batch);
  g_clear_error (&self->trouble);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wanted);
  g_free (self);
}

static void
push (MadoWriter *self, Request *request)
{
  g_queue_push_tail (&self->queue, request);
  if (self->queue.length == 1)
    g_cond_signal (&self->wanted);
}

gboolean
mado_writer_write (MadoWriter *self, MadoApply apply, gpointer data, GError **error)
{
  Request request = { .apply = apply, .data = data };

  g_return_val_if_fail (g_thread_self () != self->thread, FALSE);
  g_cond_init (&request.finished);
  g_mutex_lock (&self->lock);
  push (self, &request);
  while (!request.is_finished)
    g_cond_wait (&request.finished, &self->lock);
  g_mutex_unlock (&self->lock);
  g_cond_clear (&request.finished);

  if (request.error == NULL)
    return TRUE;
  g_propagate_error (error, request.error);
  return FALSE;
}

void
mado_writer_submit (MadoWriter *self, MadoApply apply, gpointer data, MadoWritten done)
{
  Request *request = g_new0 (Request, 1);

  request->apply = apply;
  request->data = data;
  request->done = done;
  request->context = g_main_context_ref_thread_default ();
  g_mutex_lock (&self->lock);
  push (self, request);
  g_mutex_unlock (&self->lock);
}

static MadoOutcome
write_probe (MadoTx *tx, gpointer unused, GError **error)
{
  guint32 noise[PROBE_BYTES / sizeof (guint32)];
  const MadoValue value = MADO_BLOB ((const guint8 *) noise, sizeof noise);

  for (guint i = 0; i < G_N_ELEMENTS (noise); i++)    /* what can be compressed takes no room */
    noise[i] = g_random_int ();
  return mado_keyring_probe (tx->store->keyring, &value, error)
         && mado_tx_exec (tx, error, "INSERT INTO probe (id, noise) VALUES (1, $1)"
                          " ON CONFLICT (id) DO UPDATE SET noise = excluded.noise", MADO_BIND (value))
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
sweep_probe (MadoTx *tx, gpointer unused, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM probe", MADO_NO_BIND) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* (transfer full) (nullable): @fresh: whether it need not be tried again yet */
static GError *
recall_trouble (MadoWriter *self, gboolean *fresh)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *fresh = g_get_monotonic_time () - self->trouble_at < TRY_AFTER;
  return self->trouble ? g_error_copy (self->trouble) : NULL;
}

gboolean
mado_writer_check (MadoWriter *self, GError **error)
{
  gboolean fresh;
  GError *trouble = recall_trouble (self, &fresh), *lasting = NULL;

  if (trouble == NULL)
    return TRUE;
  if (fresh) {
    g_propagate_error (error, trouble);
    return FALSE;
  }
  g_error_free (trouble);
  if (!mado_writer_write (self, write_probe, NULL, &lasting)
      || !mado_writer_write (self, sweep_probe, NULL, &lasting)) {
    remember_trouble (self, lasting);
    g_propagate_error (error, lasting);
    return FALSE;
  }
  g_mutex_lock (&self->lock);
  g_clear_error (&self->trouble);
  g_mutex_unlock (&self->lock);
  return TRUE;
}
