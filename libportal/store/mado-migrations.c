/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-migrations.h"

#include "core/mado-clock.h"
#include "mado-store-resources.h"

#include <glib/gi18n-lib.h>

static const char *const folders[] = {
  [MADO_DATABASE_MAIN] = "/io/madoguchi/store/migrations/",
  [MADO_DATABASE_KEYS] = "/io/madoguchi/store/migrations/keys/",
};

static int
by_name (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the .sql files up to @wanted, in their order: "0001-store.sql" … */
static GPtrArray *
list_files (MadoDatabase database, gint64 wanted)
{
  GResource *resources = mado_store_resources_get_resource ();
  g_auto(GStrv) children = g_resource_enumerate_children (resources, folders[database], 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    if (g_str_has_suffix (children[i], ".sql") && g_ascii_strtoll (children[i], NULL, 10) <= wanted)
      g_ptr_array_add (files, g_strdup (children[i]));
  g_ptr_array_sort (files, by_name);
  return files;
}

gint64
mado_migrate_version (MadoConnection *connection, GError **error)
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

/* A number may come later than a higher one did: each is asked for by itself. */
static gboolean
find_applied (MadoConnection *connection, gint64 number, gboolean *applied, GError **error)
{
  const MadoEngine *engine = connection->engine;
  g_autoptr(MadoRows) rows = NULL;

  if (!engine->has_table (connection, "schema_migration", applied, error))
    return FALSE;
  if (!*applied)
    return TRUE;
  rows = engine->query (connection, "SELECT number FROM schema_migration WHERE number = $1",
                        MADO_BIND (MADO_INT (number)), error);
  return rows != NULL && mado_rows_step (rows, applied, error);
}

/* It is asked again under the lock, since another process may have come first. */
static gboolean
migrate_one (MadoConnection *connection, MadoDatabase database, const char *file, GError **error)
{
  gint64 number = g_ascii_strtoll (file, NULL, 10);
  gboolean applied;

  if (!find_applied (connection, number, &applied, error))
    return FALSE;
  if (applied || run_file (connection, database, file, number, error))
    return TRUE;
  g_prefix_error (error, "migration %s: ", file);
  return FALSE;
}

gint64
mado_migrate_newest (MadoDatabase database)
{
  g_autoptr(GPtrArray) files = list_files (database, MADO_SCHEMA_NEWEST);

  return g_ascii_strtoll (files->pdata[files->len - 1], NULL, 10);
}

/* How many of @files are recorded, from the first on; all of them where nothing has to be done. */
static gboolean
count_applied (MadoConnection *connection, GPtrArray *files, guint *n_applied, GError **error)
{
  gboolean applied = TRUE;

  for (*n_applied = 0; *n_applied < files->len; (*n_applied)++) {
    gint64 number = g_ascii_strtoll (files->pdata[*n_applied], NULL, 10);

    if (!find_applied (connection, number, &applied, error))
      return FALSE;
    if (!applied)
      return TRUE;
  }
  return TRUE;
}

/* Nothing is changed where nothing has to be, or may be. */
static gboolean
needs_migration (MadoConnection *connection, MadoDatabase database, GPtrArray *files, gboolean *needed,
                 GError **error)
{
  const MadoEngine *engine = connection->engine;
  gint64 newest = mado_migrate_newest (database);
  gint64 version;
  guint n_applied = 0;

  if (!engine->begin (connection, MADO_BEGIN_READ, error))
    return FALSE;
  version = mado_migrate_version (connection, error);
  if (version >= 0 && version <= newest && !count_applied (connection, files, &n_applied, error))
    version = -1;
  engine->rollback (connection);
  *needed = n_applied < files->len;
  if (version <= newest)
    return version >= 0;
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE_VERSION,
               _("The store has schema %d and this program knows %d; start the newer program"),
               (int) version, (int) newest);
  return FALSE;
}

gboolean
mado_migrate (MadoConnection *connection, MadoDatabase database, gint64 wanted, GError **error)
{
  const MadoEngine *engine = connection->engine;
  g_autoptr(GPtrArray) files = list_files (database, wanted);
  gboolean needed;

  if (!needs_migration (connection, database, files, &needed, error))
    return FALSE;
  if (!needed)
    return TRUE;

  if (!engine->found (connection, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    if (!engine->begin (connection, MADO_BEGIN_MIGRATE, error))
      return FALSE;
    if (!migrate_one (connection, database, files->pdata[i], error) || !engine->tune (connection, error)) {
      engine->rollback (connection);
      return FALSE;
    }
    if (engine->commit (connection, error) != MADO_COMMIT_DONE)
      return FALSE;
  }
  return TRUE;
}
