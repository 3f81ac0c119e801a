/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-sessions.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "model/mado-state-table.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define SECONDS     ((gint64) G_USEC_PER_SEC)
#define MINUTES     (60 * SECONDS)
#define HOURS       (60 * MINUTES)

#define FRESH_US    (2 * SECONDS)     /* by the monotonic clock */
#define TOUCH_US    (1 * MINUTES)
#define MAX_CACHED  20000

/* How long each role's session lasts without a request, and in any case. */
static const struct {
  MadoRole role;
  gint64 idle, life;
} lifetimes[] = {
  { MADO_ROLE_RESIDENT,   10 * MINUTES, 1 * HOURS },
  { MADO_ROLE_VISIT,      30 * MINUTES, 2 * HOURS },
  { MADO_ROLE_DEVICE,     12 * HOURS,   12 * HOURS },
  { MADO_ROLE_CLERK,      30 * MINUTES, 12 * HOURS },
  { MADO_ROLE_SUPERVISOR, 30 * MINUTES, 12 * HOURS },
  { MADO_ROLE_AUDITOR,    30 * MINUTES, 12 * HOURS },
  { MADO_ROLE_NOTIFIER,   12 * HOURS,   12 * HOURS },
};

struct _MadoSessions {
  GObject parent;
  MadoStore *store;
  GMutex lock;
  GHashTable *by_hash;      /* token hash → Entry */
};

typedef struct {
  MadoSession *session;
  gint64 read_at;
} Entry;

G_DEFINE_TYPE (MadoSessions, mado_sessions, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->session);
  g_free (entry);
}

static void
mado_sessions_finalize (GObject *object)
{
  MadoSessions *self = MADO_SESSIONS (object);

  g_hash_table_unref (self->by_hash);
  g_object_unref (self->store);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mado_sessions_parent_class)->finalize (object);
}

static void
mado_sessions_class_init (MadoSessionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_sessions_finalize;
}

static void
mado_sessions_init (MadoSessions *self)
{
  g_mutex_init (&self->lock);
  self->by_hash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

MadoSessions *
mado_sessions_new (MadoStore *store)
{
  MadoSessions *self = g_object_new (MADO_TYPE_SESSIONS, NULL);

  self->store = g_object_ref (store);
  return self;
}

MadoSession *
mado_session_new (MadoRole role, const char *account, const char *resident, const char *name)
{
  MadoSession *self = g_object_new (MADO_TYPE_SESSION, NULL);

  self->id = mado_ulid_new ();
  self->token = mado_token_new ();
  self->role = role;
  self->account = g_strdup (account);
  self->resident = g_strdup (resident);
  self->name = g_strdup (name);
  self->created_at = self->seen_at = mado_clock_now ();
  for (guint i = 0; i < G_N_ELEMENTS (lifetimes); i++)
    if (lifetimes[i].role == role) {
      self->idle_us = lifetimes[i].idle;
      self->expires_at = self->created_at + lifetimes[i].life;
    }
  return self;
}

gboolean
mado_session_insert (MadoTx *tx, MadoSession *session, GError **error)
{
  g_autofree char *hash = mado_token_hash (session->token);

  return mado_tx_exec (tx, error,
                       "INSERT INTO sessions (id, token_hash, role, account, resident, created_at, seen_at, idle_us,"
                       " expires_at, language) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                       MADO_BIND (MADO_TEXT (session->id), MADO_TEXT (hash),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_ROLE, session->role)),
                                  MADO_TEXT (session->account), MADO_TEXT (session->resident),
                                  MADO_INT (session->created_at), MADO_INT (session->seen_at),
                                  MADO_INT (session->idle_us), MADO_INT (session->expires_at),
                                  MADO_TEXT (session->language)));
}

gboolean
mado_session_bind (MadoTx *tx, const char *account, const char *resident, GError **error)
{
  return mado_tx_exec (tx, error, "UPDATE sessions SET resident = $2 WHERE account = $1",
                       MADO_BIND (MADO_TEXT (account), MADO_TEXT (resident)));
}

gboolean
mado_session_delete_of (MadoTx *tx, const char *account, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM sessions WHERE account = $1", MADO_BIND (MADO_TEXT (account)));
}

MadoActor
mado_session_get_actor (const MadoSession *self)
{
  const char *kind = self->role & MADO_ROLE_RESIDENT ? "resident"
                     : self->role & MADO_ROLE_VISIT ? "visit"
                     : self->role & (MADO_ROLE_DEVICE | MADO_ROLE_NOTIFIER) ? "device" : "staff";

  return (MadoActor) { kind, self->account, self->resident, self->role };
}

typedef struct {
  const MadoSession *session;
  char *name;
} NameLookup;

static gboolean
read_name (MadoTx *tx, gpointer data, GError **error)
{
  NameLookup *lookup = data;
  gboolean device = (lookup->session->role & (MADO_ROLE_DEVICE | MADO_ROLE_NOTIFIER)) != 0;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            device ? "SELECT name FROM devices WHERE id = $1" : "SELECT name FROM staff WHERE id = $1",
                            MADO_BIND (MADO_TEXT (lookup->session->account)));
  if (rows)
    lookup->name = mado_rows_dup_text (rows, "name");
  return rows != NULL;
}

char *
mado_session_dup_name (MadoStore *store, const MadoSession *self)
{
  NameLookup lookup = { self, NULL };
  g_autoptr(MadoResident) resident = NULL;

  if (self->role == MADO_ROLE_RESIDENT)
    resident = mado_resident_get (store, self->account, NULL);
  else if (self->role != MADO_ROLE_VISIT)
    mado_store_read (store, read_name, &lookup, NULL);
  return resident ? g_strdup (resident->full_name) : lookup.name;
}

static gboolean
is_over (const MadoSession *session)
{
  gint64 now = mado_clock_now ();

  return now >= session->expires_at || now >= session->seen_at + session->idle_us;
}

typedef struct {
  const char *hash;
  MadoSession *session;
} Lookup;

static gboolean
read_session (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT id, role, account, resident, language, created_at, seen_at, idle_us, expires_at"
                            " FROM sessions WHERE token_hash = $1",
                            MADO_BIND (MADO_TEXT (lookup->hash)));
  if (rows)
    lookup->session = mado_rows_dup_record (rows, MADO_TYPE_SESSION);
  return rows != NULL;
}

static MadoOutcome
touch_session (MadoTx *tx, gpointer data, GError **error)
{
  MadoSession *session = data;

  return mado_tx_exec (tx, error, "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2",
                       MADO_BIND (MADO_TEXT (session->id), MADO_INT (mado_tx_now (tx))))
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoSession *
recall (MadoSessions *self, const char *hash)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = g_hash_table_lookup (self->by_hash, hash);

  return entry && g_get_monotonic_time () - entry->read_at < FRESH_US ? g_object_ref (entry->session) : NULL;
}

static gboolean
is_stale (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *) now - ((Entry *) value)->read_at >= FRESH_US;
}

/* A visit may be identified through another service at any moment, and then acts for somebody: always look. */
static void
remember (MadoSessions *self, const char *hash, MadoSession *session)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now = g_get_monotonic_time ();
  Entry *entry;

  if (session->role == MADO_ROLE_VISIT && !session->resident)
    return;
  if (g_hash_table_size (self->by_hash) >= MAX_CACHED)
    g_hash_table_foreach_remove (self->by_hash, is_stale, &now);
  if (g_hash_table_size (self->by_hash) >= MAX_CACHED)
    return;
  entry = g_new (Entry, 1);
  *entry = (Entry) { g_object_ref (session), now };
  g_hash_table_replace (self->by_hash, g_strdup (hash), entry);
}

/* Being seen is no reason to refuse anybody: a busy store only makes a session end a minute early. */
static void
touch (MadoSessions *self, MadoSession *session)
{
  g_autoptr(GError) failure = NULL;

  if (!mado_store_write (self->store, touch_session, session, &failure))
    g_debug ("a session could not be marked as seen: %s", failure->message);
  session->seen_at = mado_clock_now ();
}

static MadoSession *
set_unknown_error (GError **error)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED,
               _("This credential is not known, or its time is over. Please sign in again."));
  return NULL;
}

static MadoSession *
find (MadoSessions *self, const char *token, gboolean touches, GError **error)
{
  g_autofree char *hash = mado_token_hash (token);
  g_autoptr(MadoSession) session = recall (self, hash);
  g_autoptr(GError) failure = NULL;
  Lookup lookup = { hash, NULL };

  if (session)
    return is_over (session) ? set_unknown_error (error) : g_steal_pointer (&session);
  if (!mado_store_look (self->store, read_session, &lookup, &failure)) {
    if (g_error_matches (failure, MADO_ERROR, MADO_ERROR_NOT_FOUND))
      return set_unknown_error (error);
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  session = lookup.session;
  if (is_over (session))
    return set_unknown_error (error);
  if (touches && mado_clock_now () - session->seen_at > TOUCH_US)
    touch (self, session);
  if (touches)
    remember (self, hash, session);
  return g_steal_pointer (&session);
}

MadoSession *
mado_sessions_find (MadoSessions *self, const char *token, GError **error)
{
  return find (self, token, TRUE, error);
}

MadoSession *
mado_sessions_peek (MadoSessions *self, const char *token, GError **error)
{
  return find (self, token, FALSE, error);
}

static gboolean
is_of (gpointer key, gpointer value, gpointer id)
{
  const MadoSession *session = ((Entry *) value)->session;

  return g_str_equal (session->id, id) || g_strcmp0 (session->account, id) == 0;
}

void
mado_sessions_forget (MadoSessions *self, const char *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_foreach_remove (self->by_hash, is_of, (gpointer) id);
}

gint
mado_sessions_sweep (MadoStore *store, guint max, GError **error)
{
  return mado_store_sweep (store, "DELETE FROM sessions WHERE id IN"
                           " (SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
                           mado_clock_now (), max, error);
}
