/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-tree.h"

#include <string.h>

typedef struct {
  guint64  key;            /* number × 8 + level */
  guint    n;
  gboolean grown;
  MadoHash hashes[MADO_TILE_SIZE];
} Tile;

struct _MadoTree {
  MadoTx     *tx;
  guint64     size;
  GHashTable *tiles;
};

MadoTree *
mado_tree_new (MadoTx *tx, guint64 size)
{
  MadoTree *self = g_new0 (MadoTree, 1);

  self->tx = tx;
  self->size = size;
  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
mado_tree_free (MadoTree *self)
{
  g_hash_table_unref (self->tiles);
  g_free (self);
}

guint64
mado_tree_get_size (MadoTree *self)
{
  return self->size;
}

static Tile *
add_tile (MadoTree *self, guint level, guint64 number)
{
  Tile *tile = g_new0 (Tile, 1);

  tile->key = number << 3 | level;
  g_hash_table_insert (self->tiles, &tile->key, tile);
  return tile;
}

/* @n: hashes it must have at least. */
static Tile *
load_tile (MadoTree *self, guint level, guint64 number, guint n, GError **error)
{
  guint64 key = number << 3 | level;
  Tile *tile = g_hash_table_lookup (self->tiles, &key);
  g_autoptr(MadoRows) rows = NULL;
  const guint8 *hashes;
  gsize size = 0;
  gboolean found;

  if (tile == NULL) {
    rows = mado_tx_query (self->tx, error, "SELECT hashes FROM journal_tile WHERE level = $1 AND number = $2",
                          MADO_BIND (MADO_INT (level), MADO_INT (number)));
    if (rows == NULL || !mado_rows_step (rows, &found, error))
      return NULL;
    tile = add_tile (self, level, number);
    if (found && mado_rows_bytes (rows, "hashes", &hashes, &size))
      memcpy (tile->hashes, hashes, MIN (size, sizeof tile->hashes));
    tile->n = MIN (size, sizeof tile->hashes) / sizeof (MadoHash);
  }
  if (tile->n >= n)
    return tile;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CRYPTO, "The journal's tree lacks hashes: level %u, tile %"
               G_GUINT64_FORMAT, level, number);
  return NULL;
}

static void
combine (const MadoHash *hashes, guint n, MadoHash *out)
{
  MadoHash left, right;

  if (n == 1) {
    *out = hashes[0];
    return;
  }
  combine (hashes, n / 2, &left);
  combine (hashes + n / 2, n / 2, &right);
  mado_merkle_parent (&left, &right, out);
}

gboolean
mado_tree_node (gpointer data, guint level, guint64 index, MadoHash *out, GError **error)
{
  MadoTree *self = data;
  guint within = level % MADO_TILE_BITS;
  guint64 first = index << within;
  guint at = first % MADO_TILE_SIZE;
  Tile *tile = load_tile (self, level / MADO_TILE_BITS, first / MADO_TILE_SIZE, at + (1 << within), error);

  if (tile == NULL)
    return FALSE;
  combine (tile->hashes + at, 1 << within, out);
  return TRUE;
}

gboolean
mado_tree_root (MadoTree *self, MadoHash *out, GError **error)
{
  return mado_merkle_root (self->size, mado_tree_node, self, out, error);
}

gboolean
mado_tree_append (MadoTree *self, const MadoHash *leaf, GError **error)
{
  guint64 index = self->size++;
  MadoHash hash = *leaf;

  for (guint level = 0;; level++) {
    guint at = index % MADO_TILE_SIZE;
    Tile *tile = at == 0 ? add_tile (self, level, index / MADO_TILE_SIZE)
                         : load_tile (self, level, index / MADO_TILE_SIZE, at, error);

    if (tile == NULL)
      return FALSE;
    tile->hashes[at] = hash;
    tile->n = at + 1;
    tile->grown = TRUE;
    if (tile->n < MADO_TILE_SIZE)
      return TRUE;
    combine (tile->hashes, MADO_TILE_SIZE, &hash);
    index /= MADO_TILE_SIZE;
  }
}

gboolean
mado_tree_write (MadoTree *self, MadoTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Tile *tile = value;

    if (tile->grown
        && !mado_tx_exec (tx, error, "INSERT INTO journal_tile (level, number, hashes) VALUES ($1, $2, $3)"
                          " ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                          MADO_BIND (MADO_INT (tile->key & 7), MADO_INT (tile->key >> 3),
                                     MADO_BLOB (tile->hashes, tile->n * sizeof (MadoHash)))))
      return FALSE;
  }
  return TRUE;
}
