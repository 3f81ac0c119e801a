/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-migrations.h"

#include "core/mado-clock.h"
#include "mado-store-resources.h"

static const char *const folders[] = {
  [MADO_DATABASE_MAIN] = "/io/madoguchi/store/migrations/",
  [MADO_DATABASE_KEYS] = "/io/madoguchi/store/migrations/keys/",
};

static int
by_name (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the .sql files, in their order: "0001-store.sql" … */
static GPtrArray *
list_files (MadoDatabase database)
{
  GResource *resources = mado_store_resources_get_resource ();
  g_auto(GStrv) children = g_resource_enumerate_children (resources, folders[database], 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    if (g_str_has_suffix (children[i], ".sql"))
      g_ptr_array_add (files, g_strdup (children[i]));
  g_ptr_array_sort (files, by_name);
  return files;
}

static gint64
read_version (MadoConnection *connection, GError **error)
{
  const MadoEngine *engine = connection->engine;
  g_autoptr(MadoRows) rows = NULL;
  gboolean exists;

  if (!engine->has_table (connection, "schema_migration", &exists, error))
    return -1;
  if (!exists)
    return 0;
  rows = engine->query (connection, "SELECT max(number) AS version FROM schema_migration", MADO_NO_BIND, error);
  if (rows == NULL || !mado_rows_next (rows, error))
    return -1;
  return mado_rows_int (rows, "version");
}

static gboolean
run_file (MadoConnection *connection, MadoDatabase database, const char *file, gint64 number, GError **error)
{
  static const char ledger[] =
    "CREATE TABLE schema_migration"
    " (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
  const MadoEngine *engine = connection->engine;
  g_autofree char *path = g_strconcat (folders[database], file, NULL);
  g_autoptr(GBytes) script = g_resource_lookup_data (mado_store_resources_get_resource (), path, 0, error);
  g_autofree char *sql = NULL;

  if (script == NULL || (number == 1 && !engine->script (connection, ledger, error)))
    return FALSE;
  sql = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
  return engine->script (connection, sql, error)
         && engine->exec (connection, MADO_EXPECT_ANY,
                          "INSERT INTO schema_migration (number, name, applied_at) VALUES ($1, $2, $3)",
                          MADO_BIND (MADO_INT (number), MADO_TEXT (file), MADO_INT (mado_clock_now ())), error);
}

/* @version: (inout): read again under the lock, since another process may have come first. */
static gboolean
migrate_one (MadoConnection *connection, MadoDatabase database, const char *file, gint64 *version, GError **error)
{
  gint64 number = g_ascii_strtoll (file, NULL, 10);

  *version = read_version (connection, error);
  if (*version < 0)
    return FALSE;
  if (number <= *version)
    return TRUE;
  if (!run_file (connection, database, file, number, error))
    {
      g_prefix_error (error, "migration %s: ", file);
      return FALSE;
    }
  *version = number;
  return TRUE;
}

gboolean
mado_migrate (MadoConnection *connection, MadoDatabase database, GError **error)
{
  const MadoEngine *engine = connection->engine;
  g_autoptr(GPtrArray) files = list_files (database);
  gint64 newest = g_ascii_strtoll (files->pdata[files->len - 1], NULL, 10);
  gint64 version;

  if (!engine->begin (connection, MADO_BEGIN_READ, error))
    return FALSE;
  version = read_version (connection, error);
  engine->rollback (connection);
  if (version > newest)
    g_set_error (error, MADO_ERROR, MADO_ERROR_STORE_VERSION, "The store has schema %" G_GINT64_FORMAT
                 " and this program knows %" G_GINT64_FORMAT "; start the newer program", version, newest);
  if (version < 0 || version > newest)
    return FALSE;
  if (version == newest)
    return TRUE;

  if (!engine->found (connection, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      if (!engine->begin (connection, MADO_BEGIN_MIGRATE, error))
        return FALSE;
      if (!migrate_one (connection, database, files->pdata[i], &version, error)
          || (i + 1 == files->len && !engine->tune (connection, error)))
        {
          engine->rollback (connection);
          return FALSE;
        }
      if (engine->commit (connection, error) != MADO_COMMIT_DONE)
        return FALSE;
    }
  return TRUE;
}
