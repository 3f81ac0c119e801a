/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-unknown-names.h"

#include "core/mado-clock.h"
#include "core/mado-seal.h"
#include "store/mado-row.h"

#define KEPT_DAYS 90

char *
mado_unknown_name_blind (MadoStore *store, const char *kind, const char *typed)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "unknown-names");

  return mado_blind_index (key, kind, typed);
}

static gboolean
read_name (MadoTx *tx, const char *blind, MadoUnknownName *found, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;

  rows = mado_tx_query (tx, error, "SELECT attempts, locked_until FROM unknown_names WHERE name = $1",
                        MADO_BIND (MADO_TEXT (blind)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  *found = (MadoUnknownName) { more ? mado_rows_int (rows, "attempts") : 0,
                               more ? mado_rows_int (rows, "locked_until") : 0 };
  return TRUE;
}

typedef struct {
  const char *blind;
  MadoUnknownName *found;
} Look;

static gboolean
look (MadoTx *tx, gpointer data, GError **error)
{
  Look *self = data;

  return read_name (tx, self->blind, self->found, error);
}

gboolean
mado_unknown_name_look (MadoStore *store, const char *blind, MadoUnknownName *found, GError **error)
{
  Look self = { blind, found };

  return mado_store_read (store, look, &self, error);
}

gboolean
mado_unknown_name_count (MadoTx *tx, const char *blind, guint max, gint64 until, MadoUnknownName *after,
                         GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO unknown_names (name, attempts, locked_until, tried_at) VALUES ($1, 0, 0, $2)"
                       " ON CONFLICT (name) DO NOTHING",
                       MADO_BIND (MADO_TEXT (blind), MADO_INT (mado_tx_now (tx))))
         && mado_tx_exec (tx, error,
                          "UPDATE unknown_names SET tried_at = $4,"
                          " locked_until = CASE WHEN attempts + 1 >= $2 THEN $3 ELSE locked_until END,"
                          " attempts = CASE WHEN attempts + 1 >= $2 THEN 0 ELSE attempts + 1 END WHERE name = $1",
                          MADO_BIND (MADO_TEXT (blind), MADO_INT (max), MADO_INT (until), MADO_INT (mado_tx_now (tx))))
         && read_name (tx, blind, after, error);
}

gint
mado_unknown_names_sweep (MadoStore *store, guint max, GError **error)
{
  return mado_store_sweep (store, "DELETE FROM unknown_names WHERE name IN"
                           " (SELECT name FROM unknown_names WHERE tried_at < $1 ORDER BY tried_at LIMIT $2)",
                           mado_clock_now () - KEPT_DAYS * G_TIME_SPAN_DAY, max, error);
}
