/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-outbox.h"

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "store/mado-store-private.h"

gboolean
mado_outbox_put (MadoTx *tx, const char *channel, const char *topic, const char *key, JsonNode *payload,
                 GError **error)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GBytes) sealed = NULL;
  char id[MADO_ULID_LENGTH + 1];

  mado_ulid_fill (id);
  mado_json_append_node (text, payload);
  sealed = mado_seal (tx->store->outbox_key, id, text->str, text->len);
  g_string_free (text, TRUE);
  return mado_tx_exec (tx, error,
                       "INSERT INTO outbox (id, channel, topic, key, payload, state, attempt, created_at, due_at)"
                       " VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6) ON CONFLICT (key) DO NOTHING",
                       MADO_BIND (MADO_TEXT (id), MADO_TEXT (channel), MADO_TEXT (topic), MADO_TEXT (key),
                                  MADO_BYTES (sealed), MADO_INT (tx->now)));
}
