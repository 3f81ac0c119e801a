/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/*
 * What MadoStore asks of a database. Two exist: mado-store-sqlite.c and mado-store-postgres.c. A connection
 * belongs to one thread at a time.
 */
typedef struct _MadoEngine     MadoEngine;
typedef struct _MadoConnection MadoConnection;

/* The city's data, and the keys it is sealed with: two files, or two schemas. */
typedef enum { MADO_DATABASE_MAIN, MADO_DATABASE_KEYS } MadoDatabase;

typedef enum {
  MADO_BEGIN_LOOK,     /* one statement, a snapshot by itself; changes nothing */
  MADO_BEGIN_READ,     /* one snapshot, changes nothing */
  MADO_BEGIN_WRITE,
  MADO_BEGIN_MIGRATE,  /* nobody else may migrate meanwhile */
} MadoBegin;

/* Whose fault the last error was; tells the writer what to try next. */
typedef enum {
  MADO_FAILURE_NONE,
  MADO_FAILURE_REQUEST,     /* one statement's own: the others may go on without it */
  MADO_FAILURE_CONTENTION,  /* met another process: worth another try */
  MADO_FAILURE_CONNECTION,  /* worth another try on a new connection */
  MADO_FAILURE_STORE,       /* full, locked, read-only, corrupt: everybody's */
} MadoFailure;

typedef enum { MADO_COMMIT_DONE, MADO_COMMIT_FAILED, MADO_COMMIT_UNKNOWN } MadoCommit;

struct _MadoConnection {
  const MadoEngine *engine;
  MadoFailure       failure;   /* since begin; the worst */
  gboolean          gathered;  /* the transaction serves several requests: results may come late */
};

struct _MadoRows {
  const MadoEngine   *engine;
  const char *const  *columns;
  guint               n_columns;
  GType               record;      /* whose fields @places are for; 0: none yet */
  gint16             *places;      /* of each field the column; -1: none */
};

/* What a change must have touched; ANY asks nothing. */
typedef struct {
  gint64    rows;
  MadoError code;
} MadoExpectation;
#define MADO_EXPECT_ANY ((MadoExpectation) { -1, 0 })

/* Each row in turn; FALSE ends the scan. */
typedef gboolean (*MadoScan) (MadoRows *rows, gpointer data, GError **error);

struct _MadoEngine {
  const char      *scheme;
  MadoConnection *(*connect)  (const char *address, MadoDatabase database, gboolean writer, GError **error);
  /* For people: what holds it. (transfer full) */
  char           *(*locate)   (const char *address, MadoDatabase database);
  void            (*close)    (MadoConnection *self);
  /* Creates what must be there before the first migration; nothing else. */
  gboolean        (*found)    (MadoConnection *self, GError **error);
  /* After a migration, in its transaction: what the engine adds to it. */
  gboolean        (*tune)     (MadoConnection *self, GError **error);
  gboolean        (*has_table) (MadoConnection *self, const char *name, gboolean *exists, GError **error);
  /* In the order they were made. (transfer full) (element-type utf8) */
  GPtrArray      *(*list_tables) (MadoConnection *self, GError **error);
  /* Of a whole table, however large. */
  gboolean        (*scan)     (MadoConnection *self, const char *table, MadoScan each, gpointer data,
                               GError **error);
  gboolean        (*script)   (MadoConnection *self, const char *sql, GError **error);

  gboolean        (*begin)    (MadoConnection *self, MadoBegin kind, GError **error);
  gboolean        (*settle)   (MadoConnection *self, GError **error);   /* late results are in, and as expected */
  MadoCommit      (*commit)   (MadoConnection *self, GError **error);   /* durable when DONE */
  void            (*rollback) (MadoConnection *self);
  /* Between mark() and unmark() lies one request of a gathered batch; FALSE: it cannot be undone alone. */
  void            (*mark)     (MadoConnection *self);
  gboolean        (*unmark)   (MadoConnection *self, gboolean keep);

  /* (nullable): what a thread beside the writer does now and then, on a connection of its own. @erase: nothing
   * that was deleted may be left in a log. */
  gboolean        (*tidy)     (MadoConnection *self, gboolean erase, GError **error);

  gboolean        (*exec)     (MadoConnection *self, MadoExpectation expectation, const char *sql,
                               const MadoValue *values, gsize n, GError **error);
  gint64          (*exec_n)   (MadoConnection *self, const char *sql, const MadoValue *values, gsize n,
                               GError **error);
  MadoRows       *(*query)    (MadoConnection *self, const char *sql, const MadoValue *values, gsize n,
                               GError **error);
  gboolean        (*next)     (MadoRows *rows, GError **error);
  /* Borrowed until the next row. */
  gboolean        (*value)    (MadoRows *rows, guint column, MadoValue *value);
  void            (*rows_free) (MadoRows *rows);
};

const MadoEngine *mado_engine_for_address (const char *address, GError **error);

extern const MadoEngine mado_engine_sqlite;
extern const MadoEngine mado_engine_postgres;

G_END_DECLS
