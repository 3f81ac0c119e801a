/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-idempotency.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define LIFETIME (25 * G_TIME_SPAN_HOUR)

struct _MadoIdempotency {
  MadoStore *store;
  MadoKey   *answer_key;
  guint8     key[16];
  guint8     request[16];
};

/* Each text with its length, so that no two lists look the same. */
static void
hash_text (crypto_generichash_state *state, const char *text, gsize length)
{
  guint64 size = GUINT64_TO_BE (length);

  crypto_generichash_update (state, (const guint8 *) &size, sizeof size);
  crypto_generichash_update (state, (const guint8 *) text, length);
}

static void
hash_pair (const MadoKey *city_key, const char *a, gsize n_a, const char *b, gsize n_b, guint8 *out, gsize n_out)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, mado_key_get_bytes (city_key), MADO_KEY_BYTES, n_out);
  hash_text (&state, a, n_a);
  hash_text (&state, b, n_b);
  crypto_generichash_final (&state, out, n_out);
}

MadoIdempotency *
mado_idempotency_new (MadoStore *store, const char *credential, const char *key, const char *request, GBytes *body)
{
  MadoIdempotency *self = g_new0 (MadoIdempotency, 1);
  g_autoptr(MadoKey) names = mado_store_get_city_key (store, "idempotency keys");
  g_autoptr(MadoKey) requests = mado_store_get_city_key (store, "idempotency requests");
  g_autoptr(MadoKey) answers = mado_store_get_city_key (store, "idempotency answers");
  guint8 secret[MADO_KEY_BYTES];
  gsize n_body = 0;
  const char *data = body ? g_bytes_get_data (body, &n_body) : NULL;

  self->store = g_object_ref (store);
  hash_pair (names, credential, strlen (credential), key, strlen (key), self->key, sizeof self->key);
  hash_pair (requests, request, strlen (request), data ? data : "", n_body, self->request, sizeof self->request);
  hash_pair (answers, credential, strlen (credential), key, strlen (key), secret, sizeof secret);
  self->answer_key = mado_key_new_from_bytes (secret, sizeof secret, NULL);
  sodium_memzero (secret, sizeof secret);
  return self;
}

void
mado_idempotency_free (MadoIdempotency *self)
{
  g_object_unref (self->store);
  mado_key_unref (self->answer_key);
  g_free (self);
}

typedef struct {
  MadoIdempotency *self;
  GBytes          *answer;
} Lookup;

static gboolean
find (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  MadoIdempotency *self = lookup->self;
  g_autoptr(MadoRows) rows = NULL;
  const guint8 *bytes;
  gboolean found;
  gsize n;

  rows = mado_tx_query (tx, error, "SELECT request, answer FROM idempotency WHERE key = $1",
                        MADO_BIND (MADO_BLOB (self->key, sizeof self->key)));
  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  mado_rows_bytes (rows, "request", &bytes, &n);
  if (n != sizeof self->request || memcmp (bytes, self->request, n) != 0) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_KEY_REUSED,
                         _("This Idempotency-Key was used for another request; send a new one"));
    return FALSE;
  }
  mado_rows_bytes (rows, "answer", &bytes, &n);
  lookup->answer = mado_unseal (self->answer_key, "idempotency", bytes, n, error);
  return lookup->answer != NULL;
}

GBytes *
mado_idempotency_find (MadoIdempotency *self, GError **error)
{
  Lookup lookup = { self, NULL };

  return mado_store_look (self->store, find, &lookup, error) ? lookup.answer : NULL;
}

gboolean
mado_idempotency_keep (MadoIdempotency *self, MadoTx *tx, GBytes *answer, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (answer, &n);
  g_autoptr(GBytes) sealed = mado_seal (self->answer_key, "idempotency", data, n);

  return mado_tx_exec (tx, error,
                       "INSERT INTO idempotency (key, request, answer, expires_at) VALUES ($1, $2, $3, $4)",
                       MADO_BIND (MADO_BLOB (self->key, sizeof self->key),
                                  MADO_BLOB (self->request, sizeof self->request), MADO_BYTES (sealed),
                                  MADO_INT (mado_tx_now (tx) + LIFETIME)));
}

gint64
mado_idempotency_purge (MadoTx *tx, guint max, GError **error)
{
  return mado_tx_exec_n (tx, error,
                         "DELETE FROM idempotency WHERE key IN"
                         " (SELECT key FROM idempotency WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
                         MADO_BIND (MADO_INT (mado_tx_now (tx)), MADO_INT (max)));
}
