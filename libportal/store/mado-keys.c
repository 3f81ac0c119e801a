/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-keys.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "store/mado-batch.h"
#include "store/mado-journal.h"
#include "store/mado-migrations.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of each of two generations, half a megabyte of locked memory. What is made is mostly used once more, and soon: keys
 * leave in the order in which they came. */
#define GENERATION 8192

/* So many names that are being forgotten are held before it is looked which of them are gone. */
#define LEAVING 256

typedef struct {
  MadoKey *key;
  gboolean durable;    /* FALSE: drawn for somebody who has not kept it yet */
} Cached;

struct _MadoKeyring {
  MadoStore      *store;
  MadoKey        *wrapping;
  MadoConnection *writer;      /* of the writer's thread */

  GMutex          lock;        /* of all below */
  MadoConnection *reader;
  GHashTable     *young;       /* "subject\nretention" → Cached */
  GHashTable     *old;
  GHashTable     *leaving;     /* names forgotten whose rows may still be there */
  guint           many_leaving;
  GArray         *late;        /* MadoKeyChange: forgotten by this process, their rows not yet deleted */

  GArray         *gone;        /* MadoKeyChange: deleted here, still marked in the main database; the writer's */
};

void
mado_key_change_clear (gpointer data)
{
  MadoKeyChange *change = data;

  g_clear_pointer (&change->subject, g_free);
  g_clear_pointer (&change->retention, g_free);
  g_clear_pointer (&change->key, mado_key_unref);
}

static const MadoKeyChange *
find_change (GArray *changes, const char *subject, const char *retention)
{
  for (guint i = changes->len; i > 0; i--) {
    const MadoKeyChange *change = &g_array_index (changes, MadoKeyChange, i - 1);

    if (strcmp (change->subject, subject) == 0 && strcmp (change->retention, retention) == 0)
      return change;
  }
  return NULL;
}

static void
add_change (GArray *changes, const char *subject, const char *retention, MadoKey *key)
{
  MadoKeyChange change = { g_strdup (subject), g_strdup (retention), key ? mado_key_ref (key) : NULL };

  g_array_append_val (changes, change);
}

/* --- the cache ----------------------------------------------------------------------------------------------- */

static void
cached_free (gpointer data)
{
  Cached *cached = data;

  mado_key_unref (cached->key);
  g_free (cached);
}

static GHashTable *
generation_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cached_free);
}

static char *
name_of (const char *subject, const char *retention)
{
  return g_strconcat (subject, "\n", retention, NULL);
}

static void
remember (MadoKeyring *self, const char *name, MadoKey *key, gboolean durable)
{
  Cached *cached = g_new (Cached, 1);

  cached->key = mado_key_ref (key);
  cached->durable = durable;
  if (g_hash_table_size (self->young) >= GENERATION) {
    g_hash_table_unref (self->old);
    self->old = g_steal_pointer (&self->young);
    self->young = generation_new ();
  }
  g_hash_table_remove (self->old, name);
  g_hash_table_replace (self->young, g_strdup (name), cached);
}

static Cached *
recall (MadoKeyring *self, const char *name)
{
  Cached *cached = g_hash_table_lookup (self->young, name);

  return cached ? cached : g_hash_table_lookup (self->old, name);
}

/* Under the lock. */
static void
evict (MadoKeyring *self, const char *subject, const char *retention)
{
  g_autofree char *name = name_of (subject, retention);

  g_hash_table_remove (self->young, name);
  g_hash_table_remove (self->old, name);
}

/* --- the key store ------------------------------------------------------------------------------------------- */

static MadoKey *
unwrap (MadoKeyring *self, MadoRows *rows, const char *name, GError **error)
{
  const guint8 *wrapped;
  gsize n, n_bytes;
  g_autoptr(GBytes) bytes = NULL;

  mado_rows_bytes (rows, "wrapped", &wrapped, &n);
  bytes = mado_unseal (self->wrapping, name, wrapped, n, error);
  if (bytes == NULL)
    return NULL;
  wrapped = g_bytes_get_data (bytes, &n_bytes);
  return mado_key_new_from_bytes (wrapped, n_bytes, error);
}

/* @key: NULL without error where there is none. */
static gboolean
fetch (MadoKeyring *self, MadoConnection *connection, const char *subject, const char *retention, MadoKey **key,
       GError **error)
{
  const MadoEngine *engine = connection->engine;
  g_autofree char *name = name_of (subject, retention);
  g_autoptr(GError) broken = NULL;
  g_autoptr(MadoRows) rows = NULL;

  *key = NULL;
  if (!engine->begin (connection, MADO_BEGIN_LOOK, error))
    return FALSE;
  rows = engine->query (connection, "SELECT wrapped FROM subject_key WHERE subject = $1 AND retention = $2",
                        MADO_BIND (MADO_TEXT (subject), MADO_TEXT (retention)), &broken);
  if (rows != NULL && mado_rows_next (rows, &broken))
    *key = unwrap (self, rows, name, &broken);
  g_clear_pointer (&rows, mado_rows_free);
  engine->commit (connection, NULL);
  if (broken == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&broken), _("key store: "));
  return FALSE;
}

static gboolean
has_left (gpointer name, gpointer value, gpointer data)
{
  MadoKeyring *self = data;
  g_auto(GStrv) parts = g_strsplit (name, "\n", 2);
  g_autoptr(MadoKey) key = NULL;

  return fetch (self, self->reader, parts[0], parts[1], &key, NULL) && key == NULL;
}

/* The forgetting is committed before the key's row goes, so a reader may still meet the row: what it meets is not
 * cached, or it would outlive the row. */
void
mado_keyring_forget (MadoKeyring *self, const char *subject, const char *retention)
{
  g_mutex_lock (&self->lock);
  evict (self, subject, retention);
  if (g_hash_table_size (self->leaving) >= self->many_leaving) {
    g_hash_table_foreach_remove (self->leaving, has_left, self);
    self->many_leaving = MAX (LEAVING, 2 * g_hash_table_size (self->leaving));
  }
  g_hash_table_add (self->leaving, name_of (subject, retention));
  g_mutex_unlock (&self->lock);
}

static MadoKey *
absent (GError **error)
{
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
               _("There is no such key: it was thrown away, or never made"));
  return NULL;
}

/* A key known here or in the store; with @draw, a new one that nobody has kept yet. */
static MadoKey *
look_up (MadoKeyring *self, const char *subject, const char *retention, gboolean draw, GError **error)
{
  g_autofree char *name = name_of (subject, retention);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Cached *cached = recall (self, name);
  g_autoptr(MadoKey) key = NULL;

  if (find_change (self->late, subject, retention) != NULL)
    return absent (error);
  if (cached != NULL && (cached->durable || draw))
    return mado_key_ref (cached->key);
  if (!fetch (self, self->reader, subject, retention, &key, error))
    return NULL;
  if (key == NULL)
    g_hash_table_remove (self->leaving, name);
  else if (!g_hash_table_contains (self->leaving, name))
    remember (self, name, key, TRUE);
  if (key != NULL)
    return g_steal_pointer (&key);
  if (!draw)
    return absent (error);

  key = mado_key_new ();
  remember (self, name, key, FALSE);
  return g_steal_pointer (&key);
}

MadoKey *
mado_store_get_subject_key (MadoStore *store, const char *subject, const char *retention, GError **error)
{
  return look_up (store->keyring, subject, retention, FALSE, error);
}

MadoKey *
mado_store_draw_subject_key (MadoStore *store, const char *subject, const char *retention, GError **error)
{
  return look_up (store->keyring, subject, retention, TRUE, error);
}

/* --- in a transaction ---------------------------------------------------------------------------------------- */

static gboolean
contend (MadoTx *tx, const char *message, GError **error)
{
  tx->connection->failure = MAX (tx->connection->failure, MADO_FAILURE_CONTENTION);
  tx->failed = TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_STORE_BUSY, message);
  return FALSE;
}

/* @offered: (nullable): the key to keep if there is none yet. */
static MadoKey *
settle_key (MadoTx *tx, const char *subject, const char *retention, MadoKey *offered, GError **error)
{
  MadoKeyring *self = tx->store->keyring;
  g_autofree char *name = name_of (subject, retention);
  const MadoKeyChange *made = find_change (tx->batch->made, subject, retention);
  g_autoptr(MadoKey) key = NULL;
  gboolean going;
  Cached *cached;

  if (made != NULL)
    return mado_key_ref (made->key);

  g_mutex_lock (&self->lock);
  going = find_change (tx->batch->thrown, subject, retention) != NULL
          || find_change (self->late, subject, retention) != NULL;
  cached = recall (self, name);
  if (!going && cached != NULL && (cached->durable || offered == NULL || offered == cached->key))
    key = mado_key_ref (cached->key);
  if (cached != NULL && key != NULL && !cached->durable)
    add_change (tx->batch->made, subject, retention, key);
  g_mutex_unlock (&self->lock);
  if (key != NULL)
    return g_steal_pointer (&key);
  if (going) {
    contend (tx, _("This key is being thrown away; try again"), error);
    return NULL;
  }

  if (!fetch (self, self->writer, subject, retention, &key, error))
    return NULL;
  if (key == NULL) {
    key = offered ? mado_key_ref (offered) : mado_key_new ();
    add_change (tx->batch->made, subject, retention, key);
  }
  return g_steal_pointer (&key);
}

MadoKey *
mado_tx_subject_key (MadoTx *tx, const char *subject, const char *retention, GError **error)
{
  if (tx->batch == NULL)
    return mado_store_get_subject_key (tx->store, subject, retention, error);
  return settle_key (tx, subject, retention, NULL, error);
}

gboolean
mado_tx_keep_subject_key (MadoTx *tx, const char *subject, const char *retention, MadoKey *key, GError **error)
{
  g_autoptr(MadoKey) kept = settle_key (tx, subject, retention, key, error);

  if (kept == NULL)
    return FALSE;
  if (memcmp (mado_key_get_bytes (kept), mado_key_get_bytes (key), MADO_KEY_BYTES) == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE_BUSY, _("Another program made this key meanwhile; try again"));
  return FALSE;
}

gboolean
mado_tx_forget_subject (MadoTx *tx, const char *subject, const char *retention, GError **error)
{
  static const MadoActor store = { .kind = "system", .id = "store" };
  GString *detail = g_string_new ("{\"retention\":");
  gboolean done;

  mado_json_append_string (detail, retention);
  g_string_append_c (detail, '}');
  done = mado_tx_exec (tx, error,
                       "INSERT INTO forgetting (subject, retention) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                       MADO_BIND (MADO_TEXT (subject), MADO_TEXT (retention)))
         && mado_journal_append (tx, &store, MADO_KEY_FORGOTTEN, subject, NULL, detail->str, error);
  if (done)
    add_change (tx->batch->thrown, subject, retention, NULL);
  g_string_free (detail, TRUE);
  return done;
}

/* --- with the commit ----------------------------------------------------------------------------------------- */

static gboolean
change_all (MadoKeyring *self, GArray *changes, GError **error,
            gboolean (*change_one) (MadoKeyring *self, const MadoKeyChange *change, GError **error))
{
  const MadoEngine *engine = self->writer->engine;

  self->writer->gathered = TRUE;
  if (!engine->begin (self->writer, MADO_BEGIN_WRITE, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!change_one (self, &g_array_index (changes, MadoKeyChange, i), error)) {
      engine->rollback (self->writer);
      return FALSE;
    }
  return engine->commit (self->writer, error) == MADO_COMMIT_DONE;
}

static gboolean
insert (MadoKeyring *self, const MadoKeyChange *change, GError **error)
{
  g_autofree char *name = name_of (change->subject, change->retention);
  g_autoptr(GBytes) wrapped = mado_seal (self->wrapping, name, mado_key_get_bytes (change->key),
                                         MADO_KEY_BYTES);

  return self->writer->engine->exec (self->writer, MADO_EXPECT_ANY,
                                     "INSERT INTO subject_key (subject, retention, wrapped, made_at)"
                                     " VALUES ($1, $2, $3, $4)",
                                     MADO_BIND (MADO_TEXT (change->subject), MADO_TEXT (change->retention),
                                                MADO_BYTES (wrapped), MADO_INT (mado_clock_now ())), error);
}

static gboolean
delete (MadoKeyring *self, const MadoKeyChange *change, GError **error)
{
  return self->writer->engine->exec (self->writer, MADO_EXPECT_ANY,
                                     "DELETE FROM subject_key WHERE subject = $1 AND retention = $2",
                                     MADO_BIND (MADO_TEXT (change->subject), MADO_TEXT (change->retention)),
                                     error);
}

gboolean
mado_keyring_save (MadoKeyring *self, GArray *made, MadoFailure *failure, GError **error)
{
  gboolean saved = made->len == 0 || change_all (self, made, error, insert);

  /* Somebody else made one of them first: theirs holds. */
  if (!saved)
    *failure = self->writer->failure == MADO_FAILURE_REQUEST ? MADO_FAILURE_CONTENTION : self->writer->failure;
  for (guint i = 0; i < made->len; i++) {
    const MadoKeyChange *change = &g_array_index (made, MadoKeyChange, i);
    g_autofree char *name = name_of (change->subject, change->retention);

    g_mutex_lock (&self->lock);
    evict (self, change->subject, change->retention);
    if (saved) {
      g_hash_table_remove (self->leaving, name);
      remember (self, name, change->key, TRUE);
    }
    g_mutex_unlock (&self->lock);
  }
  return saved;
}

static gboolean
change_alone (MadoKeyring *self, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  const MadoEngine *engine = self->writer->engine;

  self->writer->gathered = FALSE;
  if (!engine->begin (self->writer, MADO_BEGIN_WRITE, error))
    return FALSE;
  if (engine->exec (self->writer, MADO_EXPECT_ANY, sql, values, n, error))
    return engine->commit (self->writer, error) == MADO_COMMIT_DONE;
  engine->rollback (self->writer);
  return FALSE;
}

gboolean
mado_keyring_probe (MadoKeyring *self, const MadoValue *noise, GError **error)
{
  return change_alone (self, "INSERT INTO subject_key (subject, retention, wrapped, made_at) VALUES ($1, $1, $2, 0)"
                       " ON CONFLICT (subject, retention) DO UPDATE SET wrapped = excluded.wrapped",
                       MADO_BIND (MADO_TEXT ("probe"), *noise), error)
         && change_alone (self, "DELETE FROM subject_key WHERE subject = $1", MADO_BIND (MADO_TEXT ("probe")), error);
}

static gboolean
delete_late (MadoKeyring *self, GError **error)
{
  return self->late->len == 0
         || (change_all (self, self->late, error, delete)
             && (self->writer->engine->tidy == NULL || self->writer->engine->tidy (self->writer, TRUE, error)));
}

gboolean
mado_keyring_throw_away (MadoKeyring *self, GArray *thrown, GError **error)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < thrown->len; i++) {
    const MadoKeyChange *change = &g_array_index (thrown, MadoKeyChange, i);

    evict (self, change->subject, change->retention);
    add_change (self->late, change->subject, change->retention, NULL);
  }
  g_mutex_unlock (&self->lock);
  if (!delete_late (self, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->late->len; i++) {
    const MadoKeyChange *change = &g_array_index (self->late, MadoKeyChange, i);

    add_change (self->gone, change->subject, change->retention, NULL);
  }
  g_array_set_size (self->late, 0);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

gboolean
mado_keyring_unmark (MadoKeyring *self, MadoTx *tx, GError **error)
{
  for (guint i = 0; i < self->gone->len; i++) {
    const MadoKeyChange *change = &g_array_index (self->gone, MadoKeyChange, i);

    if (!mado_tx_exec (tx, error, "DELETE FROM forgetting WHERE subject = $1 AND retention = $2",
                       MADO_BIND (MADO_TEXT (change->subject), MADO_TEXT (change->retention))))
      return FALSE;
  }
  return TRUE;
}

void
mado_keyring_unmarked (MadoKeyring *self)
{
  g_array_set_size (self->gone, 0);
}

/* --- the data key -------------------------------------------------------------------------------------------- */

static const char touchstone[] = "madoguchi";

static gboolean
write_touchstone (MadoKeyring *self, GError **error)
{
  const MadoEngine *engine = self->writer->engine;
  g_autoptr(GBytes) sealed = mado_seal (self->wrapping, touchstone, touchstone, sizeof touchstone);

  return engine->begin (self->writer, MADO_BEGIN_MIGRATE, error)
         && engine->exec (self->writer, MADO_EXPECT_ANY,
                          "INSERT INTO touchstone (sealed) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM touchstone)",
                          MADO_BIND (MADO_BYTES (sealed)), error)
         && engine->commit (self->writer, error) == MADO_COMMIT_DONE;
}

static gboolean
try_touchstone (MadoKeyring *self, GError **error)
{
  const MadoEngine *engine = self->reader->engine;
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GBytes) plain = NULL;
  const guint8 *sealed;
  gboolean found;
  gsize n;

  if (!engine->begin (self->reader, MADO_BEGIN_READ, error))
    return FALSE;
  rows = engine->query (self->reader, "SELECT sealed FROM touchstone", MADO_NO_BIND, error);
  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  if (found && mado_rows_bytes (rows, "sealed", &sealed, &n))
    plain = mado_unseal (self->wrapping, touchstone, sealed, n, NULL);
  g_clear_pointer (&rows, mado_rows_free);
  engine->commit (self->reader, NULL);
  if (plain != NULL)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CRYPTO,
               _("This store was made with another data key; start with the city's own"));
  return FALSE;
}

/* --- opening ------------------------------------------------------------------------------------------------- */

static gboolean
has_entries (MadoConnection *main, gboolean *has, GError **error)
{
  const MadoEngine *engine = main->engine;
  g_autoptr(MadoRows) rows = NULL;

  if (!engine->begin (main, MADO_BEGIN_READ, error))
    return FALSE;
  rows = engine->query (main, "SELECT batch FROM journal_batch LIMIT 1", MADO_NO_BIND, error);
  if (rows == NULL || !mado_rows_step (rows, has, error)) {
    engine->rollback (main);
    return FALSE;
  }
  g_clear_pointer (&rows, mado_rows_free);
  engine->commit (main, NULL);
  return TRUE;
}

/* New keys in the place of lost ones would hide that nothing of the city opens any more. */
static gboolean
check_not_lost (MadoKeyring *self, MadoConnection *main, GError **error)
{
  const MadoEngine *engine = main->engine;
  g_autofree char *place = engine->locate (self->store->address, MADO_DATABASE_KEYS);
  gboolean used;
  gint64 version;

  if (!engine->begin (self->writer, MADO_BEGIN_READ, error))
    return FALSE;
  version = mado_migrate_version (self->writer, error);
  engine->rollback (self->writer);
  if (version != 0)
    return version > 0;
  if (!has_entries (main, &used, error))
    return FALSE;
  if (!used)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE,
               _("The records are there, but %s, with the keys that open them, is missing or empty. Put it back"
                 " beside them, or restore both archives of a backup into an empty store"), place);
  return FALSE;
}

/* A commit that threw keys away may not have lived to do it. */
static gboolean
finish_forgetting (MadoKeyring *self, MadoConnection *main, GError **error)
{
  const MadoEngine *engine = main->engine;
  g_autoptr(GArray) thrown = g_array_new (FALSE, FALSE, sizeof (MadoKeyChange));
  g_autoptr(MadoRows) rows = NULL;

  g_array_set_clear_func (thrown, mado_key_change_clear);
  if (!engine->begin (main, MADO_BEGIN_READ, error))
    return FALSE;
  rows = engine->query (main, "SELECT subject, retention FROM forgetting", MADO_NO_BIND, error);
  while (rows != NULL && mado_rows_next (rows, NULL))
    add_change (thrown, mado_rows_text (rows, "subject"), mado_rows_text (rows, "retention"), NULL);
  if (rows == NULL) {
    engine->rollback (main);
    return FALSE;
  }
  g_clear_pointer (&rows, mado_rows_free);
  engine->commit (main, NULL);
  return mado_keyring_throw_away (self, thrown, error);
}

MadoKeyring *
mado_keyring_new (MadoStore *store, MadoConnection *main, GError **error)
{
  MadoKeyring *self = g_new0 (MadoKeyring, 1);

  self->store = store;
  self->wrapping = mado_key_derive (store->data_key, "subject keys");
  self->young = generation_new ();
  self->old = generation_new ();
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->many_leaving = LEAVING;
  self->gone = g_array_new (FALSE, FALSE, sizeof (MadoKeyChange));
  g_array_set_clear_func (self->gone, mado_key_change_clear);
  self->late = g_array_new (FALSE, FALSE, sizeof (MadoKeyChange));
  g_array_set_clear_func (self->late, mado_key_change_clear);
  g_mutex_init (&self->lock);

  self->writer = store->engine->connect (store->address, MADO_DATABASE_KEYS, TRUE, error);
  if (self->writer != NULL && check_not_lost (self, main, error)
      && mado_migrate (self->writer, MADO_DATABASE_KEYS, MADO_SCHEMA_NEWEST, error)
      && (self->reader = store->engine->connect (store->address, MADO_DATABASE_KEYS, FALSE, error)) != NULL
      && write_touchstone (self, error) && try_touchstone (self, error)
      && finish_forgetting (self, main, error))
    return self;

  g_prefix_error (error, _("key store: "));
  mado_keyring_free (self);
  return NULL;
}

void
mado_keyring_free (MadoKeyring *self)
{
  if (self->writer != NULL)
    self->writer->engine->close (self->writer);
  if (self->reader != NULL)
    self->reader->engine->close (self->reader);
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_hash_table_unref (self->leaving);
  g_array_unref (self->gone);
  g_array_unref (self->late);
  mado_key_unref (self->wrapping);
  g_mutex_clear (&self->lock);
  g_free (self);
}
