/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-keeper.h"

#include "store/mado-idempotency.h"
#include "store/mado-journal-private.h"
#include "store/mado-keys.h"
#include "store/mado-lease.h"
#include "store/mado-roots.h"

#define LEASE      "journal"
#define LEASE_TIME (3 * G_TIME_SPAN_SECOND)

#define PACE        (10 * G_TIME_SPAN_MILLISECOND)    /* one turn takes in what several commits left */
#define LOOK_EVERY  (50 * G_TIME_SPAN_MILLISECOND)    /* for what other processes did */
#define HOLD_EVERY  (1 * G_TIME_SPAN_SECOND)
#define FOLD_EVERY  (1 * G_TIME_SPAN_SECOND)
#define TIDY_EVERY  (100 * G_TIME_SPAN_MILLISECOND)
#define PURGE_EVERY (10 * G_TIME_SPAN_SECOND)
#define PURGE_MAX   500

struct _MadoKeeper {
  MadoStore *store;
  GThread   *thread;
  GMutex     lock;
  GCond      wanted;
  gboolean   woken;
  gboolean   closing;

  gboolean   held;
  gint64     position;      /* the last that was told, -1 before the first look */
  gboolean   waiting;       /* there are entries without a position */
  gint64     hold_at, fold_at, purge_at, tidy_at;    /* monotonic */

  MadoConnection *tidying;  /* (nullable) */
  gint64     tidied;        /* the position then */
};

static gboolean
is_closing (MadoKeeper *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->closing;
}

/* --- acts of the lease-holder -------------------------------------------------------------------------------- */

static MadoOutcome
take_lease (MadoTx *tx, gpointer data, GError **error)
{
  MadoKeeper *self = data;

  return mado_lease_take (tx, LEASE, LEASE_TIME, &self->held, error) ? MADO_OUTCOME_COMMIT
                                                                     : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
release_lease (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_release (tx, LEASE, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* All that is committed and waits gets the next positions, a batch's entries side by side. */
static MadoOutcome
assign_positions (MadoTx *tx, gpointer data, GError **error)
{
  return mado_lease_hold (tx, LEASE, LEASE_TIME, error)
         && mado_tx_exec (tx, error,
                          "UPDATE journal_batch SET last = given.last FROM"
                          " (SELECT w.batch, CAST (sum(w.entries) OVER (ORDER BY w.batch)"
                          "  + (SELECT coalesce(max(p.last), 0) FROM journal_batch p) AS BIGINT) AS last"
                          "  FROM journal_batch w WHERE w.last IS NULL) AS given"
                          " WHERE journal_batch.batch = given.batch", MADO_NO_BIND)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
write_fold (MadoTx *tx, gpointer fold, GError **error)
{
  return mado_lease_hold (tx, LEASE, LEASE_TIME, error) && mado_fold_apply (fold, tx, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
purge (MadoTx *tx, gpointer data, GError **error)
{
  gint64 *purged = data;

  *purged = mado_idempotency_purge (tx, PURGE_MAX, error);
  return *purged >= 0 ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* Whoever fails here may have lost the lease: it is asked for again. */
static gboolean
act (MadoKeeper *self, MadoApply apply, gpointer data)
{
  g_autoptr(GError) error = NULL;

  if (mado_store_write (self->store, apply, data, &error))
    return TRUE;
  if (!g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT))
    g_message ("journal: %s", error->message);
  self->held = FALSE;
  return FALSE;
}

static void
fold (MadoKeeper *self)
{
  gboolean more = TRUE;

  while (more && self->held && !is_closing (self)) {
    g_autoptr(GError) error = NULL;
    MadoFold *grown;

    if (!mado_fold_prepare (self->store, &grown, &error))
      g_message ("journal: %s", error->message);
    if (grown == NULL)
      return;
    more = act (self, write_fold, grown) && mado_fold_has_more (grown);
    mado_fold_free (grown);
  }
}

/* --- what every process does --------------------------------------------------------------------------------- */

typedef struct {
  MadoKeeper *keeper;
  gint64      last;
  gboolean    forgets;      /* keys were thrown away by what came meanwhile */
} Watch;

static gboolean
watch_position (MadoTx *tx, gpointer data, GError **error)
{
  Watch *watch = data;
  /* At first nothing is cached yet. */
  gint64 after = watch->keeper->position >= 0 ? watch->keeper->position : G_MAXINT64;
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT (SELECT max(last) FROM journal_batch) AS last,"
                   " EXISTS (SELECT 1 FROM journal_batch WHERE last IS NULL) AS waiting,"
                   " EXISTS (SELECT 1 FROM journal_batch WHERE last > $1 AND forgets > 0) AS forgets",
                   MADO_BIND (MADO_INT (after)));
  gboolean found;

  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  watch->last = mado_rows_int (rows, "last");
  watch->keeper->waiting = mado_rows_int (rows, "waiting") != 0;
  watch->forgets = mado_rows_int (rows, "forgets") != 0;
  return TRUE;
}

static gboolean
drop_keys (MadoTx *tx, gpointer data, GError **error)
{
  Watch *watch = data;
  MadoKeeper *self = watch->keeper;
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT j.subject, j.detail FROM journal_batch b CROSS JOIN journal j"
                   " WHERE j.batch = b.batch AND b.last > $1 AND b.last <= $2 AND b.forgets > 0 AND j.action = $3",
                   MADO_BIND (MADO_INT (self->position), MADO_INT (watch->last), MADO_TEXT (MADO_KEY_FORGOTTEN)));
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more) {
      g_autofree char *retention = mado_journal_get_retention (mado_rows_text (rows, "detail"));

      mado_keyring_forget (self->store->keyring, mado_rows_text (rows, "subject"), retention);
    }
  }
  return rows != NULL;
}

static void
look (MadoKeeper *self)
{
  Watch watch = { self, 0, FALSE };
  g_autoptr(GError) error = NULL;

  if (!mado_store_look (self->store, watch_position, &watch, &error)
      || (watch.forgets && !mado_store_look (self->store, drop_keys, &watch, &error))) {
    g_message ("journal: %s", error->message);
    return;
  }
  self->position = MAX (self->position, watch.last);
  mado_followers_tell (&self->store->followers, self->position);
}

static gboolean
is_due (gint64 *at, gint64 every, gint64 now)
{
  if (now < *at)
    return FALSE;
  *at = now + every;
  return TRUE;
}

static void
tidy (MadoKeeper *self)
{
  const MadoEngine *engine = self->store->engine;
  g_autoptr(GError) error = NULL;

  if (engine->tidy == NULL || self->tidied == self->position)
    return;
  if (self->tidying == NULL)
    self->tidying = engine->connect (self->store->address, MADO_DATABASE_MAIN, TRUE, &error);
  if (self->tidying == NULL || !engine->tidy (self->tidying, FALSE, &error))
    g_message ("store: %s", error->message);
  self->tidied = self->position;
}

static void
turn (MadoKeeper *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 purged = PURGE_MAX;

  look (self);
  if (is_due (&self->tidy_at, TIDY_EVERY, now))
    tidy (self);
  if (is_due (&self->hold_at, HOLD_EVERY, now))
    act (self, take_lease, self);
  if (!self->held)
    return;
  if (self->waiting && act (self, assign_positions, NULL))
    look (self);
  if (is_due (&self->fold_at, FOLD_EVERY, now))
    fold (self);
  if (is_due (&self->purge_at, PURGE_EVERY, now))
    while (purged == PURGE_MAX && !is_closing (self) && act (self, purge, &purged))
      ;
}

/* Until it is woken, but no sooner than one pace after @begun. */
static void
rest (MadoKeeper *self, gint64 begun)
{
  while (!self->closing && g_cond_wait_until (&self->wanted, &self->lock, begun + PACE))
    ;
  while (!self->woken && !self->closing && g_cond_wait_until (&self->wanted, &self->lock, begun + LOOK_EVERY))
    ;
}

static gpointer
keeper_main (gpointer data)
{
  MadoKeeper *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing) {
    gint64 begun = g_get_monotonic_time ();

    self->woken = FALSE;
    g_mutex_unlock (&self->lock);
    turn (self);
    g_mutex_lock (&self->lock);
    rest (self, begun);
  }
  g_mutex_unlock (&self->lock);
  if (self->held)
    act (self, release_lease, NULL);
  if (self->tidying != NULL)
    self->tidying->engine->close (self->tidying);
  return NULL;
}

MadoKeeper *
mado_keeper_new (MadoStore *store)
{
  MadoKeeper *self = g_new0 (MadoKeeper, 1);

  self->store = store;
  self->position = -1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->wanted);
  return self;
}

void
mado_keeper_start (MadoKeeper *self)
{
  self->thread = g_thread_new ("mado-keeper", keeper_main, self);
}

void
mado_keeper_stop (MadoKeeper *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
}

void
mado_keeper_free (MadoKeeper *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wanted);
  g_free (self);
}

void
mado_keeper_wake (MadoKeeper *self)
{
  g_mutex_lock (&self->lock);
  self->woken = TRUE;
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->lock);
}
