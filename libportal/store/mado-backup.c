/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-backup.h"

#include "store/mado-archive.h"
#include "store/mado-journal-private.h"
#include "store/mado-migrations.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In it: which database, its schema, then for each table its name and columns, and its rows, each after a 1. */
#define MORE 1
#define END  0

static const char *const database_names[] = {
  [MADO_DATABASE_MAIN] = "main",
  [MADO_DATABASE_KEYS] = "keys",
};

/* Made anew by whoever restores. */
static gboolean
is_left_out (const char *table)
{
  return g_str_equal (table, "schema_migration") || g_str_equal (table, "lease");
}

/* --- backup -------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoArchive *archive;
  gboolean     begun;       /* the table's columns are written */
} Writing;

static gboolean
write_columns (Writing *self, MadoRows *rows, GError **error)
{
  if (!mado_archive_put_int (self->archive, rows->n_columns, error))
    return FALSE;
  for (guint i = 0; i < rows->n_columns; i++)
    if (!mado_archive_put_text (self->archive, rows->columns[i], error))
      return FALSE;
  self->begun = TRUE;
  return TRUE;
}

static gboolean
write_row (MadoRows *rows, gpointer data, GError **error)
{
  Writing *self = data;

  if ((!self->begun && !write_columns (self, rows, error)) || !mado_archive_put_int (self->archive, MORE, error))
    return FALSE;
  for (guint i = 0; i < rows->n_columns; i++) {
    MadoValue value;

    if (!rows->engine->value (rows, i, &value)) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_INTERNAL, "Column %s cannot be archived", rows->columns[i]);
      return FALSE;
    }
    if (!mado_archive_put_value (self->archive, &value, error))
      return FALSE;
  }
  return TRUE;
}

/* An empty table has no columns: nothing is to be restored there. */
static gboolean
write_table (MadoConnection *connection, const char *table, MadoArchive *archive, GError **error)
{
  Writing writing = { archive, FALSE };

  return mado_archive_put_int (archive, MORE, error)
         && mado_archive_put_text (archive, table, error)
         && connection->engine->scan (connection, table, write_row, &writing, error)
         && (writing.begun || mado_archive_put_int (archive, 0, error))
         && mado_archive_put_int (archive, END, error);
}

static gboolean
write_tables (MadoConnection *connection, MadoDatabase database, MadoArchive *archive, GError **error)
{
  gint64 version = mado_migrate_version (connection, error);
  g_autoptr(GPtrArray) tables = version > 0 ? connection->engine->list_tables (connection, error) : NULL;

  if (tables == NULL || !mado_archive_put_text (archive, database_names[database], error)
      || !mado_archive_put_int (archive, version, error))
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    if (!is_left_out (tables->pdata[i]) && !write_table (connection, tables->pdata[i], archive, error))
      return FALSE;
  return mado_archive_put_int (archive, END, error) && mado_archive_finish (archive, error);
}

static gboolean
backup (MadoStore *self, MadoDatabase database, const char *path, const MadoKey *key, GError **error)
{
  MadoConnection *connection = self->engine->connect (self->address, database, FALSE, error);
  g_autoptr(MadoArchive) archive = NULL;
  gboolean done;

  if (connection == NULL)
    return FALSE;
  archive = mado_archive_create (path, key, error);
  done = archive != NULL && self->engine->begin (connection, MADO_BEGIN_READ, error)
         && write_tables (connection, database, archive, error);
  self->engine->rollback (connection);
  self->engine->close (connection);
  return done;
}

gboolean
mado_store_backup (MadoStore *self, const char *main_path, const char *keys_path, GError **error)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (self, "archives");

  return backup (self, MADO_DATABASE_MAIN, main_path, key, error)
         && backup (self, MADO_DATABASE_KEYS, keys_path, key, error);
}

/* --- restore ------------------------------------------------------------------------------------------------- */

#define MAX_COLUMNS 64
#define ROWS_AT_ONCE 2000

static char *
compose_insert (const char *table, GPtrArray *columns)
{
  g_autoptr(GString) values = g_string_new (NULL);
  g_autofree char *names = NULL;

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (values, "%s$%u", i > 0 ? ", " : "", i + 1);
  g_ptr_array_add (columns, NULL);
  names = g_strjoinv (", ", (char **) columns->pdata);
  g_ptr_array_remove_index (columns, columns->len - 1);
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, names, values->str);
}

static gboolean
read_columns (MadoArchive *archive, GPtrArray *columns, GError **error)
{
  gint64 n;

  if (!mado_archive_get_int (archive, &n, error))
    return FALSE;
  for (gint64 i = 0; i < MIN (n, MAX_COLUMNS); i++) {
    char *column;

    if (!mado_archive_get_text (archive, &column, error))
      return FALSE;
    g_ptr_array_add (columns, column);
  }
  return TRUE;
}

static gboolean
read_row (MadoConnection *connection, const char *insert, guint n, GByteArray **buffers, MadoArchive *archive,
          GError **error)
{
  MadoValue values[MAX_COLUMNS];

  for (guint i = 0; i < n; i++)
    if (!mado_archive_get_value (archive, buffers[i], &values[i], error))
      return FALSE;
  return connection->engine->exec (connection, MADO_EXPECT_ANY, insert, values, n, error);
}

static gboolean
read_rows (MadoConnection *connection, const char *insert, guint n, MadoArchive *archive, GError **error)
{
  GByteArray *buffers[MAX_COLUMNS];
  gboolean done = TRUE;
  gint64 more = MORE;

  for (guint i = 0; i < n; i++)
    buffers[i] = g_byte_array_new ();
  for (guint64 row = 1; done && more == MORE; row++) {
    done = mado_archive_get_int (archive, &more, error)
           && (more == END || read_row (connection, insert, n, buffers, archive, error))
           && (row % ROWS_AT_ONCE != 0 || connection->engine->settle (connection, error));
  }
  for (guint i = 0; i < n; i++)
    g_byte_array_unref (buffers[i]);
  return done && connection->engine->settle (connection, error);
}

static gboolean
read_tables (MadoConnection *connection, MadoArchive *archive, GError **error)
{
  gint64 more;

  while (mado_archive_get_int (archive, &more, error)) {
    g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *table = NULL;
    g_autofree char *insert = NULL;

    if (more == END)
      return TRUE;
    if (!mado_archive_get_text (archive, &table, error) || !read_columns (archive, columns, error))
      return FALSE;
    insert = compose_insert (table, columns);
    if (!read_rows (connection, insert, columns->len, archive, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
read_header (MadoArchive *archive, MadoDatabase database, gint64 *version, GError **error)
{
  g_autofree char *name = NULL;

  if (!mado_archive_get_text (archive, &name, error) || !mado_archive_get_int (archive, version, error))
    return FALSE;
  if (!g_str_equal (name, database_names[database]))
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 _("This is the archive \"%s\", where \"%s\" is wanted"), name, database_names[database]);
  else if (*version > mado_migrate_newest (database))
    g_set_error (error, MADO_ERROR, MADO_ERROR_STORE_VERSION,
                 _("The archive comes from a newer program; restore it with that one"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_empty (MadoConnection *connection, GError **error)
{
  gint64 version;

  if (!connection->engine->begin (connection, MADO_BEGIN_READ, error))
    return FALSE;
  version = mado_migrate_version (connection, error);
  connection->engine->rollback (connection);
  if (version > 0)
    g_set_error (error, MADO_ERROR, MADO_ERROR_EXISTS,
                 _("A store is restored into an empty one; this one is not"));
  return version == 0;
}

/* Everything in one transaction: a restore that fails leaves tables, but not a row in them. */
static gboolean
restore (MadoConnection *connection, MadoDatabase database, MadoArchive *archive, gint64 version, GError **error)
{
  const MadoEngine *engine = connection->engine;

  if (!mado_migrate (connection, database, version, error))
    return FALSE;
  connection->gathered = TRUE;
  if (!engine->begin (connection, MADO_BEGIN_WRITE, error))
    return FALSE;
  if (!read_tables (connection, archive, error)) {
    engine->rollback (connection);
    return FALSE;
  }
  return engine->commit (connection, error) == MADO_COMMIT_DONE
         && mado_migrate (connection, database, MADO_SCHEMA_NEWEST, error);
}

/* --- forgetting again ---------------------------------------------------------------------------------------- */

/* A key made after its namesake was thrown away is another key. */
static gboolean
forget_one (MadoRows *entry, gpointer data, GError **error)
{
  MadoConnection *keys = data;
  g_autofree char *retention = NULL;

  if (g_strcmp0 (mado_rows_text (entry, "action"), MADO_KEY_FORGOTTEN) != 0)
    return TRUE;
  retention = mado_journal_get_retention (mado_rows_text (entry, "detail"));
  return keys->engine->exec (keys, MADO_EXPECT_ANY,
                             "DELETE FROM subject_key WHERE subject = $1 AND retention = $2 AND made_at <= $3",
                             MADO_BIND (MADO_TEXT (mado_rows_text (entry, "subject")), MADO_TEXT (retention),
                                        MADO_INT (mado_rows_int (entry, "at"))), error);
}

static gboolean
forget_again (MadoConnection *main, MadoConnection *keys, GError **error)
{
  gboolean done;

  keys->gathered = TRUE;
  if (!main->engine->begin (main, MADO_BEGIN_READ, error) || !keys->engine->begin (keys, MADO_BEGIN_WRITE, error))
    return FALSE;
  done = main->engine->scan (main, "journal", forget_one, keys, error);
  main->engine->rollback (main);
  if (done)
    return keys->engine->commit (keys, error) == MADO_COMMIT_DONE
           && (keys->engine->tidy == NULL || keys->engine->tidy (keys, TRUE, error));
  keys->engine->rollback (keys);
  return FALSE;
}

typedef struct {
  MadoArchive    *archive;
  MadoConnection *connection;
  gint64          version;
} Part;

static gboolean
part_open (Part *self, MadoDatabase database, const MadoKey *key, const char *path, GError **error)
{
  self->archive = mado_archive_open (path, key, error);
  return self->archive != NULL && read_header (self->archive, database, &self->version, error);
}

static gboolean
part_connect (Part *self, MadoDatabase database, const char *address, GError **error)
{
  const MadoEngine *engine = mado_engine_for_address (address, error);

  return engine != NULL && (self->connection = engine->connect (address, database, TRUE, error)) != NULL
         && is_empty (self->connection, error);
}

static void
part_close (Part *self)
{
  g_clear_pointer (&self->archive, mado_archive_free);
  if (self->connection != NULL)
    self->connection->engine->close (self->connection);
}

gboolean
mado_store_restore (const char *address, const MadoKey *data_key, const char *main_path, const char *keys_path,
                    GError **error)
{
  g_autoptr(MadoKey) key = mado_key_derive (data_key, "archives");
  Part main = { NULL }, keys = { NULL };
  gboolean done;

  done = part_open (&main, MADO_DATABASE_MAIN, key, main_path, error)
         && part_open (&keys, MADO_DATABASE_KEYS, key, keys_path, error)
         && part_connect (&main, MADO_DATABASE_MAIN, address, error)
         && part_connect (&keys, MADO_DATABASE_KEYS, address, error)
         && restore (main.connection, MADO_DATABASE_MAIN, main.archive, main.version, error)
         && restore (keys.connection, MADO_DATABASE_KEYS, keys.archive, keys.version, error)
         && forget_again (main.connection, keys.connection, error);
  part_close (&main);
  part_close (&keys);
  return done;
}
