/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-lease.h"

#include "store/mado-store-private.h"

gboolean
mado_lease_take (MadoTx *tx, const char *name, gint64 duration, gboolean *held, GError **error)
{
  gint64 taken = mado_tx_exec_n (tx, error,
                                 "INSERT INTO lease (name, holder, expires_at) VALUES ($1, $2, $3)"
                                 " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,"
                                 " expires_at = excluded.expires_at"
                                 " WHERE lease.holder = excluded.holder OR lease.expires_at < $4",
                                 MADO_BIND (MADO_TEXT (name), MADO_TEXT (tx->store->id),
                                            MADO_INT (tx->now + duration), MADO_INT (tx->now)));

  *held = taken > 0;
  return taken >= 0;
}

gboolean
mado_lease_hold (MadoTx *tx, const char *name, gint64 duration, GError **error)
{
  return mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                         "UPDATE lease SET expires_at = $3 WHERE name = $1 AND holder = $2",
                         MADO_BIND (MADO_TEXT (name), MADO_TEXT (tx->store->id), MADO_INT (tx->now + duration)));
}

gboolean
mado_lease_release (MadoTx *tx, const char *name, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM lease WHERE name = $1 AND holder = $2",
                       MADO_BIND (MADO_TEXT (name), MADO_TEXT (tx->store->id)));
}
