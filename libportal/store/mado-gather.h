/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/* PostgreSQL's numbers for the types the schema has, and for what comparing and counting gives. */
enum {
  MADO_PG_BOOL = 16, MADO_PG_BYTEA = 17, MADO_PG_NAME = 19, MADO_PG_INT8 = 20, MADO_PG_INT2 = 21,
  MADO_PG_INT4 = 23, MADO_PG_TEXT = 25,
  MADO_PG_BYTEA_ARRAY = 1001, MADO_PG_TEXT_ARRAY = 1009, MADO_PG_INT8_ARRAY = 1016,
};

/*
 * One statement for the rows of many requests: "INSERT INTO t (a, b) VALUES ($1, $2)" becomes "INSERT INTO t (a, b)
 * SELECT g.p1, g.p2 FROM unnest ($1, $2) AS g (p1, p2)", and "UPDATE t SET b = $2 WHERE a = $1" becomes "UPDATE t SET
 * b = g.p2 FROM unnest ($1, $2) AS g (p1, p2) WHERE a = g.p1", each column sent as one binary array.
 */
typedef struct {
  char        *table;
  gboolean     updates;    /* each row must change exactly one of the table's */
  char        *sql;
  char        *name;       /* (nullable): once prepared */
  guint        n_params;
  guint32     *types;      /* of the arrays */
  guint32     *elements;   /* of their elements */
  GByteArray **arrays;
  gboolean    *has_null;
  guint        n_rows;
  guint        marked_rows;
  guint       *marked_lengths;
} MadoGather;

/* (nullable): only a plain INSERT or UPDATE of one row can be gathered. @types: of its parameters. */
MadoGather *mado_gather_new     (const char *sql, const guint32 *types, guint n_params);
void        mado_gather_free    (MadoGather *self);
void        mado_gather_add     (MadoGather *self, const MadoValue *values);
void        mado_gather_mark    (MadoGather *self);
void        mado_gather_undo    (MadoGather *self);    /* back to the mark */
void        mado_gather_clear   (MadoGather *self);
/* Arrays ready to be sent; borrowed until the next change. */
void        mado_gather_finish  (MadoGather *self, const char **params, int *lengths);

G_END_DECLS
