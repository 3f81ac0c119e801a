/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-engine.h"
#include "store/mado-statements.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 2000
#define CACHE_KIB 4096        /* of the writer: the indexes it goes through at random */
#define SMALL_CACHE_KIB 1024

typedef struct {
  char         *sql;
  sqlite3_stmt *stmt;
  gboolean      readonly;
  guint         n_params;
  int          *params;      /* SQLite takes $1 as a name: where each of ours went, 0 if it is not used */
  char        **columns;     /* copies: SQLite's own go when it prepares again after a migration */
  guint         n_columns;
  gboolean      busy;        /* a cursor is open on it */
} Statement;

typedef struct {
  MadoConnection parent;
  sqlite3       *db;
  MadoStatements statements;
  gint64         marked;     /* changes before the request that is under way */
  gboolean       looking;    /* without a transaction */
} Connection;

typedef struct {
  MadoRows    parent;
  Connection *connection;
  Statement  *statement;
} Rows;

static void
statement_free (gpointer data)
{
  Statement *self = data;

  sqlite3_finalize (self->stmt);
  g_free (self->params);
  g_strfreev (self->columns);
  g_free (self->sql);
  g_free (self);
}

/* --- errors -------------------------------------------------------------------------------------------------- */

#define BUSY N_("Another program holds the database; try again when it is done")
#define FULL N_("The disk is full; make room and try again")

static const struct {
  int         code;       /* primary or extended result code */
  MadoFailure failure;
  MadoError   error;
  const char *message;
} results[] = {
  { SQLITE_CONSTRAINT_UNIQUE, MADO_FAILURE_REQUEST, MADO_ERROR_EXISTS, N_("It is there already") },
  { SQLITE_CONSTRAINT_PRIMARYKEY, MADO_FAILURE_REQUEST, MADO_ERROR_EXISTS, N_("It is there already") },
  { SQLITE_CONSTRAINT_FOREIGNKEY, MADO_FAILURE_REQUEST, MADO_ERROR_CONFLICT,
    N_("It refers to something that is not there") },
  { SQLITE_CONSTRAINT, MADO_FAILURE_REQUEST, MADO_ERROR_INTERNAL, N_("A rule of the schema forbids it") },
  { SQLITE_BUSY, MADO_FAILURE_STORE, MADO_ERROR_STORE_BUSY, BUSY },
  { SQLITE_LOCKED, MADO_FAILURE_STORE, MADO_ERROR_STORE_BUSY, BUSY },
  { SQLITE_FULL, MADO_FAILURE_STORE, MADO_ERROR_STORE_FULL, FULL },
  { SQLITE_IOERR_SHMSIZE, MADO_FAILURE_STORE, MADO_ERROR_STORE_FULL, FULL },
  { SQLITE_READONLY, MADO_FAILURE_STORE, MADO_ERROR_STORE,
    N_("The database cannot be written; check the rights of its file and folder") },
  { SQLITE_CANTOPEN, MADO_FAILURE_STORE, MADO_ERROR_STORE,
    N_("The database cannot be opened; check its path and the rights of its folder") },
  { SQLITE_CORRUPT, MADO_FAILURE_STORE, MADO_ERROR_STORE, N_("The database is damaged; restore a backup") },
  { SQLITE_NOTADB, MADO_FAILURE_STORE, MADO_ERROR_STORE, N_("The file is not a database; restore a backup") },
  { SQLITE_IOERR, MADO_FAILURE_STORE, MADO_ERROR_STORE, N_("The disk failed under the database") },
};

/* SQLite's own sentences name tables and columns: they are for whoever debugs. */
static gboolean
fail (Connection *self, GError **error)
{
  int extended = sqlite3_extended_errcode (self->db);

  g_debug ("store: %s", sqlite3_errmsg (self->db));
  if ((extended & 0xff) == SQLITE_IOERR && sqlite3_system_errno (self->db) == ENOSPC)
    extended = SQLITE_FULL;
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (results[i].code == extended || results[i].code == (extended & 0xff)) {
      self->parent.failure = MAX (self->parent.failure, results[i].failure);
      g_set_error_literal (error, MADO_ERROR, results[i].error, _(results[i].message));
      return FALSE;
    }

  self->parent.failure = MAX (self->parent.failure, MADO_FAILURE_REQUEST);
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE, _("The database refused a statement (%s)"),
               sqlite3_errstr (extended));
  return FALSE;
}

/* --- opening ------------------------------------------------------------------------------------------------- */

static gboolean
sqlite_script (MadoConnection *connection, const char *sql, GError **error)
{
  Connection *self = (Connection *) connection;

  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

static void
sqlite_close (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  mado_statements_clear (&self->statements);
  sqlite3_close (self->db);
  g_free (self);
}

static gboolean
configure (Connection *self, MadoDatabase database, gboolean writer, GError **error)
{
  MadoConnection *connection = &self->parent;
  int kib = writer && database == MADO_DATABASE_MAIN ? CACHE_KIB : SMALL_CACHE_KIB;
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size = -%d", kib);

  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  if (!sqlite_script (connection, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", error)
      || !sqlite_script (connection, cache, error))
    return FALSE;
  if (database == MADO_DATABASE_KEYS && !sqlite_script (connection, "PRAGMA secure_delete = ON", error))
    return FALSE;
  if (!writer)
    return sqlite_script (connection, "PRAGMA query_only = ON", error);
  /* The keeper checkpoints beside the writer, so that little is left for the writer itself. */
  return sqlite_script (connection, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 8192", error);
}

/* Counting each allocation takes a lock that all connections share. */
static void
count_no_memory (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done)) {
    sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave (&done, 1);
  }
}

static char *
sqlite_locate (const char *address, MadoDatabase database)
{
  return g_strconcat (address + strlen ("sqlite:"), database == MADO_DATABASE_KEYS ? "-keys" : NULL, NULL);
}

static MadoConnection *
sqlite_connect (const char *address, MadoDatabase database, gboolean writer, GError **error)
{
  g_autofree char *path = sqlite_locate (address, database);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_CREATE : 0);
  Connection *self = g_new0 (Connection, 1);

  count_no_memory ();
  self->parent.engine = &mado_engine_sqlite;
  mado_statements_init (&self->statements, statement_free);
  if (sqlite3_open_v2 (path, &self->db, flags, NULL) != SQLITE_OK)
    fail (self, error);
  else if (configure (self, database, writer, error))
    return &self->parent;

  g_prefix_error (error, "%s: ", path);
  sqlite_close (&self->parent);
  return NULL;
}

static gboolean
nothing_to_do (MadoConnection *connection, GError **error)
{
  return TRUE;
}

/* --- statements ---------------------------------------------------------------------------------------------- */

static Statement *
statement_new (Connection *self, const char *sql, GError **error)
{
  Statement *statement;
  sqlite3_stmt *stmt;
  const char *tail;

  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail) != SQLITE_OK) {
    fail (self, error);
    return NULL;
  }

  statement = g_new0 (Statement, 1);
  statement->sql = g_strdup (sql);
  statement->stmt = stmt;
  statement->readonly = sqlite3_stmt_readonly (stmt);
  for (int i = 1; i <= sqlite3_bind_parameter_count (stmt); i++)
    statement->n_params = MAX (statement->n_params, (guint) atoi (sqlite3_bind_parameter_name (stmt, i) + 1));
  statement->params = g_new0 (int, statement->n_params + 1);
  for (int i = 1; i <= sqlite3_bind_parameter_count (stmt); i++)
    statement->params[atoi (sqlite3_bind_parameter_name (stmt, i) + 1)] = i;
  statement->n_columns = sqlite3_column_count (stmt);
  statement->columns = g_new0 (char *, statement->n_columns + 1);
  for (guint i = 0; i < statement->n_columns; i++)
    statement->columns[i] = g_strdup (sqlite3_column_name (stmt, i));

  mado_statements_add (&self->statements, sql, statement);
  return statement;
}

static int
bind_value (sqlite3_stmt *stmt, int index, const MadoValue *value, sqlite3_destructor_type lifetime)
{
  switch (value->type) {
  case MADO_VALUE_INT:
    return sqlite3_bind_int64 (stmt, index, value->number);
  case MADO_VALUE_TEXT:
    return sqlite3_bind_text (stmt, index, value->data, -1, lifetime);
  case MADO_VALUE_BYTES:
    return sqlite3_bind_blob64 (stmt, index, value->length > 0 ? value->data : "", value->length, lifetime);
  default:
    return sqlite3_bind_null (stmt, index);
  }
}

/* Ready to step. The values may be borrowed (@lifetime) where the statement is reset before its caller returns. */
static Statement *
ready (Connection *self, const char *sql, const MadoValue *values, gsize n, sqlite3_destructor_type lifetime,
       GError **error)
{
  Statement *statement = mado_statements_lookup (&self->statements, sql);

  if (statement == NULL && (statement = statement_new (self, sql, error)) == NULL)
    return NULL;
  if (statement->busy || statement->n_params != n) {
    self->parent.failure = MAX (self->parent.failure, MADO_FAILURE_REQUEST);
    g_set_error (error, MADO_ERROR, MADO_ERROR_INTERNAL,
                 "A statement takes %u values and was given %" G_GSIZE_FORMAT "%s", statement->n_params, n,
                 statement->busy ? ", while its rows were still being read" : "");
    return NULL;
  }

  for (gsize i = 0; i < n; i++)
    if (statement->params[i + 1] != 0)
      bind_value (statement->stmt, statement->params[i + 1], &values[i], lifetime);
  return statement;
}

static gint64
sqlite_exec_n (MadoConnection *connection, const char *sql, const MadoValue *values, gsize n,
               GError **error)
{
  Connection *self = (Connection *) connection;
  Statement *statement = ready (self, sql, values, n, SQLITE_STATIC, error);
  gint64 changed = -1;
  int rc;

  if (statement == NULL)
    return -1;

  while ((rc = sqlite3_step (statement->stmt)) == SQLITE_ROW)
    ;
  if (rc == SQLITE_DONE)
    changed = statement->readonly ? 0 : sqlite3_changes64 (self->db);
  else
    fail (self, error);
  sqlite3_reset (statement->stmt);
  return changed;
}

static gboolean
sqlite_exec (MadoConnection *connection, MadoExpectation expectation, const char *sql, const MadoValue *values,
             gsize n, GError **error)
{
  gint64 changed = sqlite_exec_n (connection, sql, values, n, error);

  if (changed < 0)
    return FALSE;
  if (expectation.rows < 0 || expectation.rows == changed)
    return TRUE;
  connection->failure = MAX (connection->failure, MADO_FAILURE_REQUEST);
  g_set_error_literal (error, MADO_ERROR, expectation.code, _("It is no longer as it was; please look again"));
  return FALSE;
}

static MadoRows *
sqlite_query (MadoConnection *connection, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  Connection *self = (Connection *) connection;
  Statement *statement = ready (self, sql, values, n, SQLITE_TRANSIENT, error);
  Rows *rows;

  if (statement == NULL)
    return NULL;

  rows = g_new0 (Rows, 1);
  rows->parent = (MadoRows) { &mado_engine_sqlite, (const char *const *) statement->columns,
                               statement->n_columns };
  rows->connection = self;
  rows->statement = statement;
  statement->busy = TRUE;
  return &rows->parent;
}

static gboolean
sqlite_next (MadoRows *parent, GError **error)
{
  Rows *rows = (Rows *) parent;
  int rc = sqlite3_step (rows->statement->stmt);

  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    fail (rows->connection, error);
  return rc == SQLITE_ROW;
}

static gboolean
sqlite_value (MadoRows *parent, guint column, MadoValue *value)
{
  sqlite3_stmt *stmt = ((Rows *) parent)->statement->stmt;

  switch (sqlite3_column_type (stmt, column)) {
  case SQLITE_NULL:
    *value = MADO_NULL;
    return TRUE;
  case SQLITE_INTEGER:
    *value = MADO_INT (sqlite3_column_int64 (stmt, column));
    return TRUE;
  case SQLITE_BLOB:
    *value = MADO_BLOB (sqlite3_column_blob (stmt, column), sqlite3_column_bytes (stmt, column));
    return TRUE;
  default:
    *value = MADO_TEXT ((const char *) sqlite3_column_text (stmt, column));
    return TRUE;
  }
}

static void
sqlite_rows_free (MadoRows *parent)
{
  Rows *rows = (Rows *) parent;

  rows->statement->busy = FALSE;
  sqlite3_reset (rows->statement->stmt);
  sqlite3_clear_bindings (rows->statement->stmt);
  g_free (rows);
}

static gboolean
sqlite_has_table (MadoConnection *connection, const char *name, gboolean *exists, GError **error)
{
  MadoRows *rows = sqlite_query (connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1",
                                 MADO_BIND (MADO_TEXT (name)), error);
  gboolean done = rows != NULL && mado_rows_step (rows, exists, error);

  mado_rows_free (rows);
  return done;
}

static GPtrArray *
sqlite_list_tables (MadoConnection *connection, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(MadoRows) rows = sqlite_query (connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                           " AND name NOT LIKE 'sqlite%' ORDER BY rowid", MADO_NO_BIND, error);
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error))
      return NULL;
    if (more)
      g_ptr_array_add (names, g_strdup (mado_rows_text (rows, "name")));
  }
  return rows ? g_steal_pointer (&names) : NULL;
}

static gboolean
sqlite_scan (MadoConnection *connection, const char *table, MadoScan each, gpointer data, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr(MadoRows) rows = sqlite_query (connection, sql, NULL, 0, error);
  gboolean more = rows != NULL;

  while (more)
    if (!mado_rows_step (rows, &more, error) || (more && !each (rows, data, error)))
      return FALSE;
  return rows != NULL;
}

/* --- transactions -------------------------------------------------------------------------------------------- */

static gboolean
sqlite_begin (MadoConnection *connection, MadoBegin kind, GError **error)
{
  connection->failure = MADO_FAILURE_NONE;
  ((Connection *) connection)->looking = kind == MADO_BEGIN_LOOK;
  return kind == MADO_BEGIN_LOOK
         || sqlite_exec_n (connection, kind == MADO_BEGIN_READ ? "BEGIN" : "BEGIN IMMEDIATE", NULL, 0, error) >= 0;
}

static void
sqlite_rollback (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  /* A full disk makes SQLite roll back by itself. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite_exec_n (connection, "ROLLBACK", NULL, 0, NULL);
}

static MadoCommit
sqlite_commit (MadoConnection *connection, GError **error)
{
  if (((Connection *) connection)->looking
      || sqlite_exec_n (connection, "COMMIT", NULL, 0, error) >= 0)
    return MADO_COMMIT_DONE;
  sqlite_rollback (connection);
  return MADO_COMMIT_FAILED;
}

static void
sqlite_mark (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  self->marked = sqlite3_total_changes64 (self->db);
}

/* No savepoints: under one, SQLite copies each page a request touches, which costs more than the request. */
static gboolean
sqlite_unmark (MadoConnection *connection, gboolean keep)
{
  Connection *self = (Connection *) connection;

  return !sqlite3_get_autocommit (self->db) && (keep || sqlite3_total_changes64 (self->db) == self->marked);
}

static gboolean
sqlite_tidy (MadoConnection *connection, gboolean erase, GError **error)
{
  Connection *self = (Connection *) connection;
  int mode = erase ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  int rc = sqlite3_wal_checkpoint_v2 (self->db, NULL, mode, NULL, NULL);

  /* Somebody reads or writes just now: then the next time. */
  return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || fail (self, error);
}

const MadoEngine mado_engine_sqlite = {
  .scheme = "sqlite:",
  .connect = sqlite_connect,
  .locate = sqlite_locate,
  .close = sqlite_close,
  .found = nothing_to_do,
  .tune = nothing_to_do,
  .has_table = sqlite_has_table,
  .list_tables = sqlite_list_tables,
  .scan = sqlite_scan,
  .script = sqlite_script,
  .begin = sqlite_begin,
  .settle = nothing_to_do,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .mark = sqlite_mark,
  .unmark = sqlite_unmark,
  .tidy = sqlite_tidy,
  .exec = sqlite_exec,
  .exec_n = sqlite_exec_n,
  .query = sqlite_query,
  .next = sqlite_next,
  .value = sqlite_value,
  .rows_free = sqlite_rows_free,
};
