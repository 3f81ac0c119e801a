/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-row.h"

#include "core/mado-json.h"

MadoRows *
mado_tx_query_one (MadoTx *tx, GError **error, const char *missing, const char *sql, const MadoValue *v, gsize n)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, sql, v, n);
  g_autoptr(GError) failure = NULL;

  if (!rows)
    return NULL;
  if (mado_rows_next (rows, &failure))
    return g_steal_pointer (&rows);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, missing);
  return NULL;
}

gboolean
mado_tx_query_records (MadoTx *tx, GPtrArray *records, GType type, GError **error, const char *sql,
                       const MadoValue *v, gsize n)
{
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, sql, v, n);
  g_autoptr(GError) failure = NULL;

  while (rows && mado_rows_next (rows, &failure))
    g_ptr_array_add (records, mado_rows_dup_record (rows, type));
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return rows && !failure;
}

typedef struct {
  const char *sql;
  gint64 before;
  guint max;
  gint64 n;
} Sweep;

static MadoOutcome
sweep_apply (MadoTx *tx, gpointer data, GError **error)
{
  Sweep *self = data;

  self->n = mado_tx_exec_n (tx, error, self->sql, MADO_BIND (MADO_INT (self->before), MADO_INT (self->max)));
  return self->n >= 0 ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

gint
mado_store_sweep (MadoStore *store, const char *sql, gint64 before, guint max, GError **error)
{
  Sweep self = { sql, before, max, 0 };

  return mado_store_write (store, sweep_apply, &self, error) ? (gint) self.n : -1;
}

GBytes *
mado_seal_json (const MadoKey *key, const char *context, JsonNode *node)
{
  g_autoptr(GString) text = g_string_sized_new (2048);

  mado_json_append_node (text, node);
  return mado_seal (key, context, text->str, text->len);
}

GBytes *
mado_seal_record (const MadoKey *key, const char *context, gpointer record)
{
  g_autoptr(GString) text = g_string_sized_new (1024);

  mado_record_write_json (record, MADO_JSON_PRIVATE, text);
  return mado_seal (key, context, text->str, text->len);
}

JsonNode *
mado_unseal_json (const MadoKey *key, const char *context, GBytes *sealed, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (sealed, &n);
  g_autoptr(GBytes) plain = mado_unseal (key, context, data, n, error);

  if (!plain)
    return NULL;
  data = g_bytes_get_data (plain, &n);
  return mado_json_parse (data, n, &MADO_JSON_LIMITS_FILE, error);
}

GBytes *
mado_rows_dup_bytes (MadoRows *rows, const char *column)
{
  const guint8 *data;
  gsize n;

  return mado_rows_bytes (rows, column, &data, &n) ? g_bytes_new (data, n) : NULL;
}

char *
mado_rows_dup_text (MadoRows *rows, const char *column)
{
  return mado_rows_is_null (rows, column) ? NULL : g_strdup (mado_rows_text (rows, column));
}
