/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "mado-store.h"

G_BEGIN_DECLS

/*
 * What domains do with rows: the one they look for, and its sealed columns, which hold JSON; the context says whose
 * and what it is: "case/01H…".
 */

/**
 * mado_tx_query_one: (skip)
 *
 * The first row, already stepped to; NOT_FOUND with @missing, a translated sentence, if there is none.
 */
MADO_EXPORT MadoRows *mado_tx_query_one     (MadoTx *tx, GError **error, const char *missing, const char *sql,
                                             const MadoValue *v, gsize n);

/**
 * mado_tx_query_records: (skip)
 *
 * Every row, as records added to @records.
 */
MADO_EXPORT gboolean  mado_tx_query_records (MadoTx *tx, GPtrArray *records, GType type, GError **error,
                                             const char *sql, const MadoValue *v, gsize n);

/**
 * mado_store_sweep: (skip)
 * @sql: a DELETE of what is older than $1, $2 rows at most
 * @before: microseconds since 1970
 *
 * Returns: how many rows went; -1 on error
 */
MADO_EXPORT gint      mado_store_sweep      (MadoStore *store, const char *sql, gint64 before, guint max,
                                             GError **error);

MADO_EXPORT GBytes   *mado_seal_json        (const MadoKey *key, const char *context, JsonNode *node);
/* Its JSON, private members included. */
MADO_EXPORT GBytes   *mado_seal_record      (const MadoKey *key, const char *context, gpointer record);
MADO_EXPORT JsonNode *mado_unseal_json      (const MadoKey *key, const char *context, GBytes *sealed, GError **error);
/* (nullable): a copy of the column; NULL where it is NULL */
MADO_EXPORT GBytes   *mado_rows_dup_bytes   (MadoRows *rows, const char *column);
MADO_EXPORT char     *mado_rows_dup_text    (MadoRows *rows, const char *column);

G_END_DECLS
