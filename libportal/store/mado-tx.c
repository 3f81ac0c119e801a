/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-store-private.h"

#include <string.h>

MadoValue
mado_value_bytes (GBytes *bytes)
{
  gsize length = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &length) : NULL;

  return bytes ? MADO_BLOB (data, length) : MADO_NULL;
}

MadoStore *
mado_tx_get_store (MadoTx *tx)
{
  return tx->store;
}

gint64
mado_tx_now (MadoTx *tx)
{
  return tx->now;
}

gboolean
mado_tx_expect (MadoTx *tx, gint64 expected, MadoError code, GError **error, const char *sql, const MadoValue *v,
                gsize n)
{
  MadoExpectation expectation = { expected, code };
  gboolean done = tx->connection->engine->exec (tx->connection, expectation, sql, v, n, error);

  tx->failed |= !done;
  return done;
}

gboolean
mado_tx_exec (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n)
{
  return mado_tx_expect (tx, -1, 0, error, sql, v, n);
}

gint64
mado_tx_exec_n (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n)
{
  gint64 touched = tx->connection->engine->exec_n (tx->connection, sql, v, n, error);

  tx->failed |= touched < 0;
  return touched;
}

MadoRows *
mado_tx_query (MadoTx *tx, GError **error, const char *sql, const MadoValue *v, gsize n)
{
  MadoRows *rows = tx->connection->engine->query (tx->connection, sql, v, n, error);

  tx->failed |= rows == NULL;
  return rows;
}
