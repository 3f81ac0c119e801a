/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-merkle.h"

#include <sodium.h>
#include <string.h>

static void
hash_parts (guint8 prefix, const void *a, gsize n_a, const void *b, gsize n_b, MadoHash *out)
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, &prefix, 1);
  crypto_hash_sha256_update (&state, a, n_a);
  crypto_hash_sha256_update (&state, b, n_b);
  crypto_hash_sha256_final (&state, out->bytes);
}

void
mado_merkle_leaf (const void *data, gsize n, MadoHash *out)
{
  hash_parts (0, data, n, NULL, 0, out);
}

void
mado_merkle_parent (const MadoHash *left, const MadoHash *right, MadoHash *out)
{
  hash_parts (1, left->bytes, sizeof left->bytes, right->bytes, sizeof right->bytes, out);
}

static gboolean
equal (const MadoHash *a, const MadoHash *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* The largest power of two below @n (n ≥ 2). */
static guint64
split (guint64 n)
{
  return (guint64) 1 << (g_bit_storage (n - 1) - 1);
}

/* --- proving ------------------------------------------------------------------------------------------------- */

/* MTH (D[begin:end]); each range the recursion meets begins at a multiple of its left half. */
static gboolean
range (guint64 begin, guint64 end, MadoMerkleNode node, gpointer data, MadoHash *out, GError **error)
{
  guint64 n = end - begin;
  guint level = g_bit_storage (n) - 1;
  MadoHash left, right;

  if (n == (guint64) 1 << level)
    return node (data, level, begin >> level, out, error);
  if (!range (begin, begin + split (n), node, data, &left, error)
      || !range (begin + split (n), end, node, data, &right, error))
    return FALSE;
  mado_merkle_parent (&left, &right, out);
  return TRUE;
}

gboolean
mado_merkle_root (guint64 size, MadoMerkleNode node, gpointer data, MadoHash *out, GError **error)
{
  if (size > 0)
    return range (0, size, node, data, out, error);
  crypto_hash_sha256 (out->bytes, NULL, 0);
  return TRUE;
}

static gboolean
add_range (guint64 begin, guint64 end, MadoMerkleNode node, gpointer data, GArray *path, GError **error)
{
  MadoHash hash;

  if (!range (begin, end, node, data, &hash, error))
    return FALSE;
  g_array_append_val (path, hash);
  return TRUE;
}

static gboolean
path_in (guint64 index, guint64 begin, guint64 end, MadoMerkleNode node, gpointer data, GArray *path,
         GError **error)
{
  guint64 middle;

  if (end - begin == 1)
    return TRUE;
  middle = begin + split (end - begin);
  if (index < middle)
    return path_in (index, begin, middle, node, data, path, error)
           && add_range (middle, end, node, data, path, error);
  return path_in (index, middle, end, node, data, path, error)
         && add_range (begin, middle, node, data, path, error);
}

gboolean
mado_merkle_path (guint64 index, guint64 size, MadoMerkleNode node, gpointer data, GArray *path, GError **error)
{
  return path_in (index, 0, size, node, data, path, error);
}

/* SUBPROOF; @whole: D[begin:former] is a tree the verifier knows the root of. */
static gboolean
growth_in (guint64 former, guint64 begin, guint64 end, gboolean whole, MadoMerkleNode node, gpointer data,
           GArray *path, GError **error)
{
  guint64 middle;

  if (former == end)
    return whole || add_range (begin, end, node, data, path, error);
  middle = begin + split (end - begin);
  if (former <= middle)
    return growth_in (former, begin, middle, whole, node, data, path, error)
           && add_range (middle, end, node, data, path, error);
  return growth_in (former, middle, end, FALSE, node, data, path, error)
         && add_range (begin, middle, node, data, path, error);
}

gboolean
mado_merkle_growth (guint64 former, guint64 size, MadoMerkleNode node, gpointer data, GArray *path, GError **error)
{
  return growth_in (former, 0, size, TRUE, node, data, path, error);
}

/* --- checking ------------------------------------------------------------------------------------------------ */

gboolean
mado_merkle_check_path (const MadoHash *leaf, guint64 index, guint64 size, GArray *path, const MadoHash *root)
{
  guint64 fn = index, sn = size - 1;
  MadoHash hash = *leaf;

  if (index >= size)
    return FALSE;
  for (guint i = 0; i < path->len; i++) {
    const MadoHash *next = &g_array_index (path, MadoHash, i);

    if (sn == 0)
      return FALSE;
    if ((fn & 1) == 0 && fn != sn)
      mado_merkle_parent (&hash, next, &hash);
    else {
      mado_merkle_parent (next, &hash, &hash);
      for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
        sn >>= 1;
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && equal (&hash, root);
}

gboolean
mado_merkle_check_growth (guint64 former, guint64 size, const MadoHash *former_root, const MadoHash *root,
                          GArray *path)
{
  guint64 fn = former - 1, sn = size - 1;
  gboolean whole = (former & (former - 1)) == 0;
  MadoHash fr, sr;
  guint i = 0;

  if (former == 0 || former > size)
    return FALSE;
  if (former == size)
    return path->len == 0 && equal (former_root, root);
  if (!whole && path->len == 0)
    return FALSE;

  for (; (fn & 1) == 1; fn >>= 1)
    sn >>= 1;
  fr = sr = whole ? *former_root : g_array_index (path, MadoHash, i++);
  for (; i < path->len; i++) {
    const MadoHash *next = &g_array_index (path, MadoHash, i);

    if (sn == 0)
      return FALSE;
    if ((fn & 1) == 1 || fn == sn) {
      mado_merkle_parent (next, &fr, &fr);
      mado_merkle_parent (next, &sr, &sr);
      for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
        sn >>= 1;
    } else
      mado_merkle_parent (&sr, next, &sr);
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && equal (&fr, former_root) && equal (&sr, root);
}
