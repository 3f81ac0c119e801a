/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-store-private.h"

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "store/mado-job-private.h"
#include "store/mado-keeper.h"
#include "store/mado-keys.h"
#include "store/mado-migrations.h"
#include "store/mado-writer.h"

#include <glib/gi18n-lib.h>

#define MAX_READERS 4

G_DEFINE_FINAL_TYPE (MadoStore, mado_store, G_TYPE_OBJECT)

static void
mado_store_finalize (GObject *object)
{
  MadoStore *self = MADO_STORE (object);

  mado_store_close (self);
  g_clear_pointer (&self->data_key, mado_key_unref);
  g_clear_pointer (&self->city_keys, g_hash_table_unref);
  g_mutex_clear (&self->city_keys_lock);
  mado_followers_clear (&self->followers);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->id, g_free);
  g_mutex_clear (&self->readers_lock);
  g_cond_clear (&self->readers_back);
  G_OBJECT_CLASS (mado_store_parent_class)->finalize (object);
}

static void
mado_store_class_init (MadoStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_store_finalize;
}

static void
mado_store_init (MadoStore *self)
{
  g_mutex_init (&self->readers_lock);
  g_cond_init (&self->readers_back);
  g_queue_init (&self->readers);
  g_mutex_init (&self->city_keys_lock);
  self->city_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mado_key_unref);
  mado_followers_init (&self->followers);
  self->id = mado_ulid_new ();
}

/* --- opening ------------------------------------------------------------------------------------------------- */

const MadoEngine *
mado_engine_for_address (const char *address, GError **error)
{
  static const MadoEngine *const engines[] = { &mado_engine_sqlite, &mado_engine_postgres };

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    if (g_str_has_prefix (address, engines[i]->scheme))
      return engines[i];
  g_set_error (error, MADO_ERROR, MADO_ERROR_UNSUPPORTED,
               _("A store's address is sqlite:PATH, as in sqlite:/var/lib/madoguchi/city.db, or postgresql://…"));
  return NULL;
}

gboolean
mado_store_check_address (const char *address, GError **error)
{
  return mado_engine_for_address (address, error) != NULL;
}

MadoStore *
mado_store_open (const char *address, const MadoKey *data_key, GError **error)
{
  g_autoptr(MadoStore) self = g_object_new (MADO_TYPE_STORE, NULL);
  MadoConnection *connection;

  self->engine = mado_engine_for_address (address, error);
  if (self->engine == NULL)
    return NULL;
  self->address = g_strdup (address);
  self->data_key = mado_key_ref ((MadoKey *) data_key);

  connection = self->engine->connect (address, MADO_DATABASE_MAIN, TRUE, error);
  if (connection == NULL)
    return NULL;
  if (!mado_migrate (connection, MADO_DATABASE_MAIN, MADO_SCHEMA_NEWEST, error)
      || (self->keyring = mado_keyring_new (self, connection, error)) == NULL) {
    self->engine->close (connection);
    return NULL;
  }
  self->keeper = mado_keeper_new (self);
  self->writer = mado_writer_new (self, connection);
  mado_keeper_start (self->keeper);
  return g_steal_pointer (&self);
}

void
mado_store_close (MadoStore *self)
{
  MadoConnection *reader;

  g_clear_pointer (&self->runner, mado_runner_stop);
  if (self->keeper != NULL)
    mado_keeper_stop (self->keeper);
  g_clear_pointer (&self->writer, mado_writer_free);
  g_clear_pointer (&self->keeper, mado_keeper_free);
  g_clear_pointer (&self->keyring, mado_keyring_free);
  g_mutex_lock (&self->readers_lock);
  while ((reader = g_queue_pop_head (&self->readers)) != NULL)
    self->engine->close (reader);
  self->n_readers = 0;
  g_mutex_unlock (&self->readers_lock);
}

MadoKey *
mado_store_get_city_key (MadoStore *self, const char *purpose)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->city_keys_lock);
  MadoKey *key = g_hash_table_lookup (self->city_keys, purpose);

  if (key == NULL) {
    key = mado_key_derive (self->data_key, purpose);
    g_hash_table_insert (self->city_keys, g_strdup (purpose), key);
  }
  return mado_key_ref (key);
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* Only where somebody waits: to signal is a call of the system. */
static void
tell_reader_is_back (MadoStore *self)
{
  if (self->n_waiting > 0)
    g_cond_signal (&self->readers_back);
}

/* The one used last is tried first: its caches are warm. */
static MadoConnection *
take_reader (MadoStore *self, GError **error)
{
  MadoConnection *reader;

  g_mutex_lock (&self->readers_lock);
  self->n_waiting++;
  while (g_queue_is_empty (&self->readers) && self->n_readers >= MAX_READERS)
    g_cond_wait (&self->readers_back, &self->readers_lock);
  self->n_waiting--;
  reader = g_queue_pop_head (&self->readers);
  if (reader == NULL)
    self->n_readers++;
  g_mutex_unlock (&self->readers_lock);

  if (reader == NULL && (reader = self->engine->connect (self->address, MADO_DATABASE_MAIN, FALSE, error)) == NULL) {
    g_mutex_lock (&self->readers_lock);
    self->n_readers--;
    tell_reader_is_back (self);
    g_mutex_unlock (&self->readers_lock);
  }
  return reader;
}

static void
give_back (MadoStore *self, MadoConnection *reader)
{
  g_mutex_lock (&self->readers_lock);
  g_queue_push_head (&self->readers, reader);
  tell_reader_is_back (self);
  g_mutex_unlock (&self->readers_lock);
}

static gboolean
read_in (MadoStore *self, MadoBegin kind, MadoRead read, gpointer data, GError **error)
{
  MadoConnection *reader = take_reader (self, error);
  MadoTx tx = { self, reader, NULL, mado_clock_now (), FALSE };
  gboolean done;

  if (reader == NULL)
    return FALSE;
  done = self->engine->begin (reader, kind, error);
  if (done) {
    done = read (&tx, data, error);
    if (tx.failed)
      self->engine->rollback (reader);
    else
      self->engine->commit (reader, NULL);
  }
  give_back (self, reader);
  return done;
}

gboolean
mado_store_read (MadoStore *self, MadoRead read, gpointer data, GError **error)
{
  return read_in (self, MADO_BEGIN_READ, read, data, error);
}

gboolean
mado_store_look (MadoStore *self, MadoRead look, gpointer data, GError **error)
{
  return read_in (self, MADO_BEGIN_LOOK, look, data, error);
}

/* --- writing ------------------------------------------------------------------------------------------------- */

gboolean
mado_store_write (MadoStore *self, MadoApply apply, gpointer data, GError **error)
{
  return mado_writer_write (self->writer, apply, data, error);
}

void
mado_store_write_async (MadoStore *self, MadoApply apply, gpointer data, MadoWritten done)
{
  mado_writer_submit (self->writer, apply, data, done);
}

static gboolean
read_schema (MadoTx *tx, gpointer unused, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT max(number) AS number FROM schema_migration",
                                            MADO_NO_BIND);

  return rows != NULL && mado_rows_next (rows, error);
}

gboolean
mado_store_check (MadoStore *self, GError **error)
{
  return mado_store_look (self, read_schema, NULL, error) && mado_writer_check (self->writer, error);
}
