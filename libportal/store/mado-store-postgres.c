/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-engine.h"
#include "store/mado-gather.h"
#include "store/mado-statements.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARAMS 64

typedef struct {
  char       *sql;
  char       *name;
  guint       n_params;
  Oid         types[MAX_PARAMS];
  const char **columns;
  guint       n_columns;
  gboolean    writes;
  MadoGather *gather;     /* (nullable): the same statement for many rows */
  guint64     mentions;   /* bit i: the text names the i-th gathered table */
  guint       n_searched;
} Statement;

/* Sent, not yet answered. */
typedef struct {
  enum { PENDING_STATEMENT, PENDING_SYNC } kind;
  MadoExpectation expectation;
} Pending;

typedef struct {
  MadoConnection parent;
  char          *address;
  MadoDatabase   database;
  gboolean       writer;
  PGconn        *pg;
  MadoStatements statements;
  guint          n_prepared;
  GArray        *pending;
  GPtrArray     *tables;       /* names of gathered tables */
  GPtrArray     *waiting;      /* gathers that hold rows, in the order of their first */
  gboolean       wrote;        /* a change has been sent; between mark and unmark: by this request */
  gboolean       wrote_before;
  gboolean       reading;      /* a read of which nothing has been answered yet */
  MadoBegin      begun;
} Connection;

typedef struct {
  MadoRows  parent;
  PGresult *result;
  int       row;
} Rows;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

static void
statement_free (gpointer data)
{
  Statement *self = data;

  g_clear_pointer (&self->gather, mado_gather_free);
  for (guint i = 0; i < self->n_columns; i++)
    g_free ((char *) self->columns[i]);
  g_free (self->columns);
  g_free (self->name);
  g_free (self->sql);
  g_free (self);
}

/* --- errors -------------------------------------------------------------------------------------------------- */

static const struct {
  const char *state;      /* SQLSTATE, or its class */
  MadoFailure failure;
  MadoError   error;
  const char *message;
} states[] = {
  { "23505", MADO_FAILURE_REQUEST,    MADO_ERROR_EXISTS,      N_("It is there already") },
  { "23503", MADO_FAILURE_REQUEST,    MADO_ERROR_CONFLICT,    N_("It refers to something that is not there") },
  { "23",    MADO_FAILURE_REQUEST,    MADO_ERROR_INTERNAL,    N_("A rule of the schema forbids it") },
  { "40",    MADO_FAILURE_CONTENTION, MADO_ERROR_STORE_BUSY,  N_("Another program changed the same; try again") },
  { "55P03", MADO_FAILURE_CONTENTION, MADO_ERROR_STORE_BUSY,  N_("Another program holds it; try again") },
  { "57014", MADO_FAILURE_REQUEST,    MADO_ERROR_STORE_BUSY,  N_("It took too long; try again later") },
  { "57P",   MADO_FAILURE_CONNECTION, MADO_ERROR_UNAVAILABLE, N_("The database is shutting down; try again") },
  { "53100", MADO_FAILURE_STORE,      MADO_ERROR_STORE_FULL,  N_("The disk is full; make room and try again") },
  { "53",    MADO_FAILURE_STORE,      MADO_ERROR_STORE_BUSY,  N_("The database is overloaded; try again later") },
  { "25006", MADO_FAILURE_STORE,      MADO_ERROR_STORE,       N_("The database is read-only; is it a replica?") },
  { "58",    MADO_FAILURE_STORE,      MADO_ERROR_STORE,       N_("The disk failed under the database") },
  { "XX",    MADO_FAILURE_STORE,      MADO_ERROR_STORE,       N_("The database is damaged; restore a backup") },
};

static gboolean
fail (Connection *self, MadoFailure failure, MadoError code, const char *message, GError **error)
{
  self->parent.failure = MAX (self->parent.failure, failure);
  g_set_error_literal (error, MADO_ERROR, code, message);
  return FALSE;
}

static gboolean
lost (Connection *self, GError **error)
{
  g_array_set_size (self->pending, 0);
  return fail (self, MADO_FAILURE_CONNECTION, MADO_ERROR_UNAVAILABLE,
               _("The connection to the database is lost; try again"), error);
}

/* PostgreSQL's own sentences may repeat values: they are for whoever debugs. */
static gboolean
refused (Connection *self, const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  if (PQstatus (self->pg) == CONNECTION_BAD || state == NULL)
    return lost (self, error);
  g_debug ("store: %s", PQresultErrorMessage (result));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_has_prefix (state, states[i].state))
      return fail (self, states[i].failure, states[i].error, _(states[i].message), error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_STORE, _("The database refused a statement (%s)"), state);
  self->parent.failure = MAX (self->parent.failure, MADO_FAILURE_REQUEST);
  return FALSE;
}

/* --- opening ------------------------------------------------------------------------------------------------- */

static void
disconnect (Connection *self)
{
  mado_statements_clear (&self->statements);
  g_ptr_array_set_size (self->waiting, 0);
  g_ptr_array_set_size (self->tables, 0);
  g_array_set_size (self->pending, 0);
  g_clear_pointer (&self->pg, PQfinish);
}

static gboolean
command (Connection *self, const char *sql, GError **error)
{
  PGresult *result = PQexec (self->pg, sql);
  gboolean done = PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK;

  if (!done)
    refused (self, result, error);
  PQclear (result);
  return done;
}

static void
on_notice (void *data, const PGresult *result)
{
  g_debug ("store: %s", PQresultErrorMessage (result));
}

/* Defaults first, so that the city's address may say otherwise. */
static gboolean
dial (Connection *self, GError **error)
{
  static const char *const names[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle",
                                       "application_name", "dbname", NULL };
  const char *const values[] = { "5", "10000", "10", "madoguchi", self->address, NULL };

  disconnect (self);
  mado_statements_init (&self->statements, statement_free);
  self->pg = PQconnectdbParams (names, values, 1);
  if (PQstatus (self->pg) != CONNECTION_OK)
    return fail (self, MADO_FAILURE_CONNECTION, MADO_ERROR_UNAVAILABLE,
                 _("The database cannot be reached; check its address and that it runs"), error);

  PQsetNoticeReceiver (self->pg, on_notice, NULL);
  /* Everything is found by an index. A planner that has no statistics yet would read whole tables. */
  if (!command (self, "SET client_encoding = 'UTF8'; SET synchronous_commit = on; SET lock_timeout = '2s';"
                      "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';"
                      "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
                      "SET max_parallel_workers_per_gather = 0; SET jit = off;"
                      "SET plan_cache_mode = force_generic_plan", error)
      || (!self->writer && !command (self, "SET default_transaction_read_only = on", error))
      || (self->database == MADO_DATABASE_KEYS && !command (self, "SET search_path = mado_keys", error)))
    return FALSE;
  return PQenterPipelineMode (self->pg) || lost (self, error);
}

static void
postgres_close (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  disconnect (self);
  g_array_unref (self->pending);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->tables);
  g_free (self->address);
  g_free (self);
}

static char *
postgres_locate (const char *address, MadoDatabase database)
{
  return g_strdup (database == MADO_DATABASE_KEYS ? "the schema mado_keys" : "the schema public");
}

static MadoConnection *
postgres_connect (const char *address, MadoDatabase database, gboolean writer, GError **error)
{
  Connection *self = g_new0 (Connection, 1);

  self->parent.engine = &mado_engine_postgres;
  self->address = g_strdup (address);
  self->database = database;
  self->writer = writer;
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->waiting = g_ptr_array_new ();
  self->tables = g_ptr_array_new_with_free_func (g_free);
  mado_statements_init (&self->statements, statement_free);
  if (dial (self, error))
    return &self->parent;

  postgres_close (&self->parent);
  return NULL;
}

/* --- the pipeline -------------------------------------------------------------------------------------------- */

static gint64
rows_touched (const PGresult *result)
{
  return g_ascii_strtoll (PQcmdTuples ((PGresult *) result), NULL, 10);
}

static gboolean
check (Connection *self, const Pending *pending, const PGresult *result, GError **error)
{
  const MadoExpectation *expectation = &pending->expectation;
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_PIPELINE_ABORTED)
    return fail (self, MADO_FAILURE_REQUEST, MADO_ERROR_STORE, "An earlier statement failed", error);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    return refused (self, result, error);
  if (expectation->rows < 0 || expectation->rows == rows_touched (result))
    return TRUE;
  return fail (self, MADO_FAILURE_REQUEST, expectation->code, _("It is no longer as it was; please look again"),
               error);
}

/* Reads every answer that is due; @last, if wanted, is that of the last statement. The first error is told. */
static gboolean
drain (Connection *self, PGresult **last, GError **error)
{
  static const Pending sync = { PENDING_SYNC, { -1, 0 } };
  g_autoptr(GError) first = NULL;
  g_autoptr(PGresult) answer = NULL;

  if (!PQpipelineSync (self->pg))
    return lost (self, error);
  g_array_append_val (self->pending, sync);

  for (guint i = 0; i < self->pending->len; i++) {
    const Pending *pending = &g_array_index (self->pending, Pending, i);
    g_autoptr(PGresult) result = PQgetResult (self->pg);

    if (result == NULL || PQstatus (self->pg) == CONNECTION_BAD)
      return lost (self, error);
    if (pending->kind == PENDING_STATEMENT) {
      check (self, pending, result, first == NULL ? &first : NULL);
      PQclear (PQgetResult (self->pg));   /* the NULL that ends a statement's results */
    }
    if (i + 2 == self->pending->len)
      answer = g_steal_pointer (&result);
  }

  g_array_set_size (self->pending, 0);
  if (first != NULL) {
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }
  if (last != NULL)
    *last = g_steal_pointer (&answer);
  return TRUE;
}

static void
await (Connection *self, MadoExpectation expectation)
{
  Pending pending = { PENDING_STATEMENT, expectation };

  g_array_append_val (self->pending, pending);
}

static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if ((at == text || !(g_ascii_isalnum (at[-1]) || at[-1] == '_'))
        && !(g_ascii_isalnum (at[length]) || at[length] == '_'))
      return TRUE;
  return FALSE;
}

static gboolean
describe (Connection *self, Statement *statement, GError **error)
{
  PGresult *result = NULL;

  if (!PQsendPrepare (self->pg, statement->name, statement->sql, statement->n_params, statement->types))
    return lost (self, error);
  await (self, MADO_EXPECT_ANY);
  if (!PQsendDescribePrepared (self->pg, statement->name))
    return lost (self, error);
  await (self, MADO_EXPECT_ANY);
  if (!drain (self, &result, error))
    return FALSE;

  for (guint i = 0; i < statement->n_params; i++)
    statement->types[i] = PQparamtype (result, i);
  statement->n_columns = PQnfields (result);
  statement->columns = g_new0 (const char *, statement->n_columns + 1);
  for (guint i = 0; i < statement->n_columns; i++)
    statement->columns[i] = g_strdup (PQfname (result, i));
  PQclear (result);
  return TRUE;
}

static Oid
type_of (const MadoValue *value)
{
  switch (value->type) {
  case MADO_VALUE_INT:
    return MADO_PG_INT8;
  case MADO_VALUE_TEXT:
    return MADO_PG_TEXT;
  case MADO_VALUE_BYTES:
    return MADO_PG_BYTEA;
  default:
    return 0;    /* the server finds out from where it is used */
  }
}

static gboolean
is_change (const char *sql)
{
  static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE", "WITH", "LOCK" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_ascii_strncasecmp (sql, verbs[i], strlen (verbs[i])) == 0)
      return TRUE;
  return FALSE;
}

static guint
table_index (Connection *self, const char *table)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (self->tables, table, g_str_equal, &index))
    return index;
  g_ptr_array_add (self->tables, g_strdup (table));
  return self->tables->len - 1;
}

static Statement *
statement_new (Connection *self, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  Statement *statement;

  if (n > MAX_PARAMS) {
    fail (self, MADO_FAILURE_REQUEST, MADO_ERROR_INTERNAL, "A statement has too many values", error);
    return NULL;
  }

  statement = g_new0 (Statement, 1);
  statement->sql = g_strdup (sql);
  statement->name = g_strdup_printf ("s%u", ++self->n_prepared);
  statement->n_params = n;
  for (gsize i = 0; i < n; i++)
    statement->types[i] = type_of (&values[i]);
  if (!describe (self, statement, error)) {
    statement_free (statement);
    return NULL;
  }

  statement->writes = is_change (sql);
  statement->gather = mado_gather_new (sql, statement->types, n);
  if (statement->gather != NULL && table_index (self, statement->gather->table) >= 64)
    g_clear_pointer (&statement->gather, mado_gather_free);
  mado_statements_add (&self->statements, sql, statement);
  return statement;
}

static Statement *
find (Connection *self, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  Statement *statement = mado_statements_lookup (&self->statements, sql);

  if (statement == NULL)
    return statement_new (self, sql, values, n, error);
  if (statement->n_params == n)
    return statement;
  fail (self, MADO_FAILURE_REQUEST, MADO_ERROR_INTERNAL, "A statement was given too many or too few values", error);
  return NULL;
}

/* --- gathering ----------------------------------------------------------------------------------------------- */

static gboolean
prepare_gather (Connection *self, MadoGather *gather, GError **error)
{
  g_autofree char *name = g_strdup_printf ("g%u", ++self->n_prepared);

  if (!PQsendPrepare (self->pg, name, gather->sql, gather->n_params, gather->types))
    return lost (self, error);
  await (self, MADO_EXPECT_ANY);
  if (!drain (self, NULL, error))
    return FALSE;
  gather->name = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
send_gather (Connection *self, MadoGather *gather, GError **error)
{
  const char *params[MAX_PARAMS];
  int lengths[MAX_PARAMS], formats[MAX_PARAMS];

  if (gather->name == NULL && !prepare_gather (self, gather, error))
    return FALSE;

  if (gather->n_rows > gather->marked_rows)
    self->wrote = TRUE;
  self->wrote_before = TRUE;
  for (guint i = 0; i < gather->n_params; i++)
    formats[i] = 1;
  mado_gather_finish (gather, params, lengths);
  if (!PQsendQueryPrepared (self->pg, gather->name, gather->n_params, params, lengths, formats, 1))
    return lost (self, error);
  await (self, gather->updates ? (MadoExpectation) { gather->n_rows, MADO_ERROR_CONFLICT } : MADO_EXPECT_ANY);
  mado_gather_clear (gather);
  return TRUE;
}

/* In the order of their first rows, so that what is referred to is there before what refers to it. */
static gboolean
send_gathers (Connection *self, GError **error)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (!send_gather (self, self->waiting->pdata[i], error))
      return FALSE;
  g_ptr_array_set_size (self->waiting, 0);
  return TRUE;
}

/* A statement that names a table must see the rows that wait for it. */
static gboolean
send_gathers_before (Connection *self, Statement *statement, GError **error)
{
  for (; statement->n_searched < self->tables->len; statement->n_searched++)
    if (has_word (statement->sql, self->tables->pdata[statement->n_searched]))
      statement->mentions |= (guint64) 1 << statement->n_searched;

  for (guint i = 0; i < self->waiting->len; i++) {
    MadoGather *gather = self->waiting->pdata[i];

    if (statement->mentions & ((guint64) 1 << table_index (self, gather->table)))
      return send_gathers (self, error);
  }
  return TRUE;
}

/* Rows wait in the order of their statements' first: no order for two of which one changes what the other wrote. */
static gboolean
send_gathers_beside (Connection *self, const MadoGather *gather, GError **error)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    const MadoGather *other = self->waiting->pdata[i];

    if (other != gather && (other->updates || gather->updates) && g_str_equal (other->table, gather->table))
      return send_gathers (self, error);
  }
  return TRUE;
}

/* What changes one row or none is told so alone; in a gathering, one row each is what is expected. */
static gboolean
may_gather (const Connection *self, const Statement *statement, const MadoExpectation *expectation)
{
  return self->parent.gathered && statement->gather != NULL
         && expectation->rows == (statement->gather->updates ? 1 : -1);
}

/* --- statements ---------------------------------------------------------------------------------------------- */

static gboolean
send_statement (Connection *self, Statement *statement, MadoExpectation expectation, const MadoValue *values,
                GError **error)
{
  const char *params[MAX_PARAMS];
  int lengths[MAX_PARAMS], formats[MAX_PARAMS];
  char numbers[MAX_PARAMS][24];

  for (guint i = 0; i < statement->n_params; i++) {
    guint64 big = GUINT64_TO_BE ((guint64) values[i].number);
    gboolean binary = values[i].type == MADO_VALUE_BYTES
                      || (values[i].type == MADO_VALUE_INT && statement->types[i] == MADO_PG_INT8);

    formats[i] = binary;
    lengths[i] = values[i].type == MADO_VALUE_BYTES ? values[i].length : sizeof big;
    params[i] = values[i].type == MADO_VALUE_INT ? numbers[i] : values[i].data;
    if (values[i].type == MADO_VALUE_BYTES && values[i].data == NULL)
      params[i] = "";
    if (values[i].type == MADO_VALUE_INT && binary)
      memcpy (numbers[i], &big, sizeof big);
    else if (values[i].type == MADO_VALUE_INT)
      g_snprintf (numbers[i], sizeof numbers[i], "%" G_GINT64_FORMAT, values[i].number);
  }

  if (!PQsendQueryPrepared (self->pg, statement->name, statement->n_params, params, lengths, formats, 1))
    return lost (self, error);
  await (self, expectation);
  self->wrote |= statement->writes;
  return TRUE;
}

static gboolean
postgres_exec (MadoConnection *connection, MadoExpectation expectation, const char *sql, const MadoValue *values,
               gsize n, GError **error)
{
  Connection *self = (Connection *) connection;
  Statement *statement = find (self, sql, values, n, error);

  if (statement == NULL)
    return FALSE;

  if (may_gather (self, statement, &expectation)) {
    if (!send_gathers_beside (self, statement->gather, error))
      return FALSE;
    if (statement->gather->n_rows == 0)
      g_ptr_array_add (self->waiting, statement->gather);
    mado_gather_add (statement->gather, values);
    return TRUE;
  }

  return send_gathers_before (self, statement, error)
         && send_statement (self, statement, expectation, values, error)
         && (connection->gathered || drain (self, NULL, error));
}

static PGresult *
ask (Connection *self, const char *sql, const MadoValue *values, gsize n, Statement **statement, GError **error)
{
  PGresult *result = NULL;

  *statement = find (self, sql, values, n, error);
  if (*statement == NULL || !send_gathers_before (self, *statement, error)
      || !send_statement (self, *statement, MADO_EXPECT_ANY, values, error) || !drain (self, &result, error))
    return NULL;
  self->reading = FALSE;
  return result;
}

static gint64
postgres_exec_n (MadoConnection *connection, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  Statement *statement;
  PGresult *result = ask ((Connection *) connection, sql, values, n, &statement, error);
  gint64 touched;

  if (result == NULL)
    return -1;
  touched = rows_touched (result);
  PQclear (result);
  return touched;
}

static MadoRows *
postgres_query (MadoConnection *connection, const char *sql, const MadoValue *values, gsize n, GError **error)
{
  Connection *self = (Connection *) connection;
  g_autoptr(GError) broken = NULL;
  gboolean fresh = self->reading;
  Statement *statement;
  PGresult *result = ask (self, sql, values, n, &statement, &broken);
  Rows *rows;

  /* A server that was restarted meanwhile costs a read nothing. */
  if (result == NULL && fresh && connection->failure == MADO_FAILURE_CONNECTION
      && connection->engine->begin (connection, self->begun, NULL)) {
    g_clear_error (&broken);
    result = ask (self, sql, values, n, &statement, &broken);
  }
  if (result == NULL) {
    g_propagate_error (error, g_steal_pointer (&broken));
    return NULL;
  }

  rows = g_new0 (Rows, 1);
  rows->parent = (MadoRows) { &mado_engine_postgres, statement->columns, statement->n_columns };
  rows->result = result;
  rows->row = -1;
  return &rows->parent;
}

static gboolean
postgres_next (MadoRows *parent, GError **error)
{
  Rows *rows = (Rows *) parent;

  return ++rows->row < PQntuples (rows->result);
}

static gint64
read_int (const guint8 *data, int length)
{
  gint64 number = (gint8) data[0];

  for (int i = 1; i < length; i++)
    number = (gint64) ((guint64) number << 8 | data[i]);
  return number;
}

static gboolean
postgres_value (MadoRows *parent, guint column, MadoValue *value)
{
  Rows *rows = (Rows *) parent;
  const char *data = PQgetvalue (rows->result, rows->row, column);
  int length = PQgetlength (rows->result, rows->row, column);

  if (PQgetisnull (rows->result, rows->row, column)) {
    *value = MADO_NULL;
    return TRUE;
  }
  switch (PQftype (rows->result, column)) {
  case MADO_PG_BOOL:
  case MADO_PG_INT2:
  case MADO_PG_INT4:
  case MADO_PG_INT8:
    *value = MADO_INT (read_int ((const guint8 *) data, length));
    return TRUE;
  case MADO_PG_BYTEA:
    *value = MADO_BLOB (data, length);
    return TRUE;
  case MADO_PG_NAME:
  case MADO_PG_TEXT:
    *value = MADO_TEXT (data);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
postgres_rows_free (MadoRows *parent)
{
  Rows *rows = (Rows *) parent;

  PQclear (rows->result);
  g_free (rows);
}

static gboolean
send_plain (Connection *self, const char *sql, GError **error)
{
  Statement *statement = find (self, sql, NULL, 0, error);

  return statement != NULL && send_statement (self, statement, MADO_EXPECT_ANY, NULL, error);
}

/* --- transactions -------------------------------------------------------------------------------------------- */

static gboolean
start (Connection *self, MadoBegin kind, GError **error)
{
  self->begun = kind;
  switch (kind) {
  case MADO_BEGIN_LOOK:
    return TRUE;
  case MADO_BEGIN_READ:
    return send_plain (self, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
  case MADO_BEGIN_MIGRATE:
    return send_plain (self, "BEGIN", error)
           && send_plain (self, "SELECT pg_advisory_xact_lock (5647583)", error) && drain (self, NULL, error);
  default:
    /* Several requests together must not wait long for one row; alone, a request may. */
    return send_plain (self, "BEGIN ISOLATION LEVEL SERIALIZABLE", error)
           && (!self->parent.gathered || send_plain (self, "SET LOCAL lock_timeout = '100ms'", error));
  }
}

static gboolean
postgres_begin (MadoConnection *connection, MadoBegin kind, GError **error)
{
  Connection *self = (Connection *) connection;

  connection->failure = MADO_FAILURE_NONE;
  self->wrote = self->wrote_before = FALSE;
  self->reading = kind == MADO_BEGIN_READ || kind == MADO_BEGIN_LOOK;
  if (PQstatus (self->pg) == CONNECTION_OK && start (self, kind, NULL))
    return TRUE;
  if (connection->failure != MADO_FAILURE_NONE && connection->failure != MADO_FAILURE_CONNECTION)
    return start (self, kind, error);
  connection->failure = MADO_FAILURE_NONE;
  return dial (self, error) && start (self, kind, error);
}

static gboolean
postgres_settle (MadoConnection *connection, GError **error)
{
  Connection *self = (Connection *) connection;

  return send_gathers (self, error) && (self->pending->len == 0 || drain (self, NULL, error));
}

static void
postgres_rollback (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  for (guint i = 0; i < self->waiting->len; i++)
    mado_gather_clear (self->waiting->pdata[i]);
  g_ptr_array_set_size (self->waiting, 0);
  if (self->pending->len > 0)
    drain (self, NULL, NULL);
  if (self->begun != MADO_BEGIN_LOOK && PQstatus (self->pg) == CONNECTION_OK && send_plain (self, "ROLLBACK", NULL))
    drain (self, NULL, NULL);
}

/* Nobody waits for the end of a read: its answer is taken off before the next. */
static MadoCommit
end_read (Connection *self)
{
  static const Pending sync = { PENDING_SYNC, { -1, 0 } };

  if (send_plain (self, "COMMIT", NULL) && PQpipelineSync (self->pg))
    g_array_append_val (self->pending, sync);
  return MADO_COMMIT_DONE;
}

static MadoCommit
postgres_commit (MadoConnection *connection, GError **error)
{
  Connection *self = (Connection *) connection;

  if (self->begun == MADO_BEGIN_LOOK)
    return MADO_COMMIT_DONE;
  if (!postgres_settle (connection, error)) {
    postgres_rollback (connection);
    return MADO_COMMIT_FAILED;
  }
  if (!self->wrote && !self->wrote_before)
    return end_read (self);
  if (send_plain (self, "COMMIT", error) && drain (self, NULL, error))
    return MADO_COMMIT_DONE;
  return connection->failure == MADO_FAILURE_CONNECTION ? MADO_COMMIT_UNKNOWN : MADO_COMMIT_FAILED;
}

static void
postgres_mark (MadoConnection *connection)
{
  Connection *self = (Connection *) connection;

  self->wrote_before |= self->wrote;
  self->wrote = FALSE;
  for (guint i = 0; i < self->waiting->len; i++)
    mado_gather_mark (self->waiting->pdata[i]);
}

static gboolean
postgres_unmark (MadoConnection *connection, gboolean keep)
{
  Connection *self = (Connection *) connection;
  gboolean sent = self->wrote;

  self->wrote_before |= sent;
  self->wrote = FALSE;
  if (keep || connection->failure != MADO_FAILURE_NONE)
    return connection->failure == MADO_FAILURE_NONE;
  for (guint i = self->waiting->len; i > 0; i--) {
    MadoGather *gather = self->waiting->pdata[i - 1];

    mado_gather_undo (gather);
    if (gather->n_rows == 0)
      g_ptr_array_remove_index (self->waiting, i - 1);
  }
  return !sent;
}

/* --- the schema ---------------------------------------------------------------------------------------------- */

static gboolean
postgres_script (MadoConnection *connection, const char *sql, GError **error)
{
  Connection *self = (Connection *) connection;
  gboolean done;

  /* Several statements in one string are only taken outside a pipeline. */
  if (!postgres_settle (connection, error) || !PQexitPipelineMode (self->pg))
    return FALSE;
  done = command (self, sql, error);
  return PQenterPipelineMode (self->pg) && done;
}

static gboolean
postgres_found (MadoConnection *connection, GError **error)
{
  Connection *self = (Connection *) connection;

  return self->database == MADO_DATABASE_MAIN
         || postgres_script (connection, "CREATE SCHEMA IF NOT EXISTS mado_keys", error);
}

/* What is sealed cannot be compressed, and up to a page it is cheaper to keep it in its row. */
static gboolean
postgres_tune (MadoConnection *connection, GError **error)
{
  return postgres_script (connection,
                          "DO $$ DECLARE c RECORD; BEGIN"
                          " FOR c IN SELECT a.attrelid::regclass AS tab, quote_ident (a.attname) AS col"
                          "  FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid"
                          "  WHERE r.relkind = 'r' AND r.relnamespace = current_schema ()::regnamespace"
                          "  AND a.atttypid = 'bytea'::regtype AND a.attstorage <> 'e' AND NOT a.attisdropped"
                          " LOOP"
                          "  EXECUTE 'ALTER TABLE ' || c.tab || ' ALTER ' || c.col || ' SET STORAGE EXTERNAL';"
                          "  EXECUTE 'ALTER TABLE ' || c.tab || ' SET (toast_tuple_target = 8160)';"
                          " END LOOP; END $$", error);
}

static gboolean
postgres_has_table (MadoConnection *connection, const char *name, gboolean *exists, GError **error)
{
  MadoRows *rows = postgres_query (connection, "SELECT to_regclass (quote_ident ($1)) IS NOT NULL AS found",
                                   MADO_BIND (MADO_TEXT (name)), error);
  MadoValue found;

  if (rows == NULL)
    return FALSE;
  *exists = postgres_next (rows, error) && postgres_value (rows, 0, &found) && found.number != 0;
  postgres_rows_free (rows);
  return TRUE;
}

static GPtrArray *
postgres_list_tables (MadoConnection *connection, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(MadoRows) rows =
    postgres_query (connection, "SELECT relname FROM pg_class WHERE relkind = 'r'"
                    " AND relnamespace = current_schema ()::regnamespace ORDER BY oid", NULL, 0, error);

  while (rows != NULL && postgres_next (rows, NULL))
    g_ptr_array_add (names, g_strdup (mado_rows_text (rows, "relname")));
  return rows ? g_steal_pointer (&names) : NULL;
}

/* A query's answer comes whole, a cursor's by pages. */
static gboolean
postgres_scan (MadoConnection *connection, const char *table, MadoScan each, gpointer data, GError **error)
{
  g_autofree char *declare = g_strdup_printf ("DECLARE scan_%s CURSOR FOR SELECT * FROM \"%s\"", table, table);
  g_autofree char *fetch = g_strdup_printf ("FETCH FORWARD 500 FROM scan_%s", table);
  gboolean more = postgres_exec_n (connection, declare, NULL, 0, error) >= 0;
  gboolean going = more;

  while (more) {
    g_autoptr(MadoRows) rows = postgres_query (connection, fetch, NULL, 0, error);

    going = rows != NULL;
    more = FALSE;
    while (going && postgres_next (rows, NULL)) {
      more = TRUE;
      going = each (rows, data, error);
    }
    more = more && going;
  }
  return going;
}

const MadoEngine mado_engine_postgres = {
  .scheme = "postgresql:",
  .connect = postgres_connect,
  .locate = postgres_locate,
  .close = postgres_close,
  .found = postgres_found,
  .tune = postgres_tune,
  .has_table = postgres_has_table,
  .list_tables = postgres_list_tables,
  .scan = postgres_scan,
  .script = postgres_script,
  .begin = postgres_begin,
  .settle = postgres_settle,
  .commit = postgres_commit,
  .rollback = postgres_rollback,
  .mark = postgres_mark,
  .unmark = postgres_unmark,
  .exec = postgres_exec,
  .exec_n = postgres_exec_n,
  .query = postgres_query,
  .next = postgres_next,
  .value = postgres_value,
  .rows_free = postgres_rows_free,
};
