/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-roots.h"

#include "core/mado-clock.h"
#include "store/mado-journal-private.h"
#include "store/mado-tree.h"

#include <sodium.h>
#include <string.h>

#define MAX_FOLD 20000

static const char title[] = "madoguchi journal root\n";

#define MESSAGE (sizeof title - 1 + 8 + 8 + 32 + 32)

static void
compose (const MadoSignedRoot *self, guint8 message[MESSAGE])
{
  guint64 size = GUINT64_TO_BE ((guint64) self->size);
  guint64 at = GUINT64_TO_BE ((guint64) self->at);
  guint8 *p = mempcpy (message, title, sizeof title - 1);

  p = mempcpy (p, &size, sizeof size);
  p = mempcpy (p, &at, sizeof at);
  p = mempcpy (p, self->root.bytes, sizeof self->root.bytes);
  memcpy (p, self->former.bytes, sizeof self->former.bytes);
}

static void
make_pair (MadoStore *store, guint8 public_key[32], guint8 secret_key[64])
{
  g_autoptr(MadoKey) seed = mado_store_get_city_key (store, "journal signature");

  crypto_sign_seed_keypair (public_key, secret_key, mado_key_get_bytes (seed));
}

void
mado_journal_get_public_key (MadoStore *store, guint8 public_key[32])
{
  guint8 secret_key[64];

  make_pair (store, public_key, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

static void
sign (MadoSignedRoot *self, MadoStore *store)
{
  guint8 message[MESSAGE], public_key[32], secret_key[64];

  compose (self, message);
  make_pair (store, public_key, secret_key);
  crypto_sign_detached (self->signature, NULL, message, sizeof message, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

gboolean
mado_signed_root_check (const MadoSignedRoot *self, const guint8 public_key[32])
{
  guint8 message[MESSAGE];

  compose (self, message);
  return crypto_sign_verify_detached (self->signature, message, sizeof message, public_key) == 0;
}

void
mado_signed_root_hash (const MadoSignedRoot *self, MadoHash *out)
{
  crypto_hash_sha256_state state;
  guint8 message[MESSAGE];

  if (self->size == 0) {
    memset (out, 0, sizeof *out);
    return;
  }
  compose (self, message);
  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, message, sizeof message);
  crypto_hash_sha256_update (&state, self->signature, sizeof self->signature);
  crypto_hash_sha256_final (&state, out->bytes);
}

static void
fill_bytes (MadoRows *rows, const char *column, guint8 *out, gsize size)
{
  const guint8 *bytes;
  gsize n;

  memset (out, 0, size);
  if (mado_rows_bytes (rows, column, &bytes, &n))
    memcpy (out, bytes, MIN (n, size));
}

void
mado_signed_root_fill (MadoSignedRoot *self, MadoRows *rows)
{
  self->size = mado_rows_int (rows, "size");
  self->at = mado_rows_int (rows, "at");
  fill_bytes (rows, "root", self->root.bytes, sizeof self->root.bytes);
  fill_bytes (rows, "former", self->former.bytes, sizeof self->former.bytes);
  fill_bytes (rows, "signature", self->signature, sizeof self->signature);
}

gboolean
mado_signed_root_load (MadoTx *tx, gint64 size, MadoSignedRoot *out, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT size, at, root, former, signature FROM journal_root WHERE size <= $1"
                   " ORDER BY size DESC LIMIT 1", MADO_BIND (MADO_INT (size)));

  gboolean found;

  memset (out, 0, sizeof *out);
  if (rows == NULL || !mado_rows_step (rows, &found, error))
    return FALSE;
  if (found)
    mado_signed_root_fill (out, rows);
  return TRUE;
}

/* --- growing ------------------------------------------------------------------------------------------------- */

struct _MadoFold {
  MadoTree      *tree;
  MadoSignedRoot root;
  gboolean       has_more;
};

static gboolean
read_leaves (MadoTx *tx, gint64 after, GArray *leaves, GError **error)
{
  g_autoptr(MadoRows) rows =
    mado_tx_query (tx, error, "SELECT j.digest FROM journal_batch b CROSS JOIN journal j"
                   " WHERE j.batch = b.batch AND b.last > $1 AND b.last - b.entries + 1 + j.item > $1"
                   " ORDER BY b.last, j.item LIMIT $2", MADO_BIND (MADO_INT (after), MADO_INT (MAX_FOLD)));
  gboolean more = rows != NULL;

  while (more) {
    guint8 digest[MADO_DIGEST_BYTES];
    MadoHash leaf;

    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more) {
      fill_bytes (rows, "digest", digest, sizeof digest);
      mado_merkle_leaf (digest, sizeof digest, &leaf);
      g_array_append_val (leaves, leaf);
    }
  }
  return rows != NULL;
}

static gboolean
append_new (MadoTx *tx, MadoFold *self, GError **error)
{
  g_autoptr(GArray) leaves = g_array_new (FALSE, FALSE, sizeof (MadoHash));

  if (!read_leaves (tx, mado_tree_get_size (self->tree), leaves, error))
    return FALSE;
  self->has_more = leaves->len == MAX_FOLD;
  for (guint i = 0; i < leaves->len; i++)
    if (!mado_tree_append (self->tree, &g_array_index (leaves, MadoHash, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
prepare (MadoTx *tx, gpointer data, GError **error)
{
  MadoFold *self = data;
  MadoSignedRoot former;

  if (!mado_signed_root_load (tx, G_MAXINT64, &former, error))
    return FALSE;
  self->tree = mado_tree_new (tx, former.size);
  if (!append_new (tx, self, error))
    return FALSE;
  self->root.size = mado_tree_get_size (self->tree);
  if (self->root.size == former.size)
    return TRUE;
  self->root.at = mado_tx_now (tx);
  mado_signed_root_hash (&former, &self->root.former);
  return mado_tree_root (self->tree, &self->root.root, error);
}

gboolean
mado_fold_prepare (MadoStore *store, MadoFold **fold, GError **error)
{
  MadoFold *self = g_new0 (MadoFold, 1);
  gboolean done = mado_store_read (store, prepare, self, error);

  *fold = NULL;
  if (!done || self->root.at == 0) {
    mado_fold_free (self);
    return done;
  }
  sign (&self->root, store);
  *fold = self;
  return TRUE;
}

gboolean
mado_fold_apply (MadoFold *self, MadoTx *tx, GError **error)
{
  const MadoSignedRoot *root = &self->root;

  return mado_tree_write (self->tree, tx, error)
         && mado_tx_exec (tx, error, "INSERT INTO journal_root (size, at, root, former, signature)"
                          " VALUES ($1, $2, $3, $4, $5)",
                          MADO_BIND (MADO_INT (root->size), MADO_INT (root->at),
                                     MADO_BLOB (root->root.bytes, sizeof root->root.bytes),
                                     MADO_BLOB (root->former.bytes, sizeof root->former.bytes),
                                     MADO_BLOB (root->signature, sizeof root->signature)));
}

gboolean
mado_fold_has_more (const MadoFold *self)
{
  return self->has_more;
}

void
mado_fold_free (MadoFold *self)
{
  g_clear_pointer (&self->tree, mado_tree_free);
  g_free (self);
}
