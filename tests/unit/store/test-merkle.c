/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/mado-merkle.h"

#include <sodium.h>
#include <string.h>

/* The tree of Certificate Transparency's reference implementation: eight leaves, and what it makes of them. */
static const char *const leaves[] = {
  "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
};

static const char *const roots[] = {
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void
hash_of_leaf (guint64 index, MadoHash *out)
{
  guint8 data[64];
  gsize n = 0;

  if (index < G_N_ELEMENTS (leaves))
    sodium_hex2bin (data, sizeof data, leaves[index], strlen (leaves[index]), NULL, &n, NULL);
  else
    memcpy (data, &index, n = sizeof index);
  mado_merkle_leaf (data, n, out);
}

static gboolean
node (gpointer data, guint level, guint64 index, MadoHash *out, GError **error)
{
  MadoHash left, right;

  if (level == 0) {
    hash_of_leaf (index, out);
    return TRUE;
  }
  node (data, level - 1, 2 * index, &left, NULL);
  node (data, level - 1, 2 * index + 1, &right, NULL);
  mado_merkle_parent (&left, &right, out);
  return TRUE;
}

static void
assert_hash (const MadoHash *hash, const char *expected)
{
  char hex[65];

  g_assert_cmpstr (sodium_bin2hex (hex, sizeof hex, hash->bytes, sizeof hash->bytes), ==, expected);
}

static const MadoHash *
at (GArray *path, guint index)
{
  return &g_array_index (path, MadoHash, index);
}

static void
test_roots (void)
{
  for (guint size = 0; size < G_N_ELEMENTS (roots); size++) {
    MadoHash root;

    mado_merkle_root (size, node, NULL, &root, NULL);
    assert_hash (&root, roots[size]);
  }
}

static void
test_known_paths (void)
{
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (MadoHash));

  mado_merkle_path (0, 8, node, NULL, path, NULL);
  g_assert_cmpuint (path->len, ==, 3);
  assert_hash (at (path, 0), "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
  assert_hash (at (path, 1), "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
  assert_hash (at (path, 2), "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");

  g_array_set_size (path, 0);
  mado_merkle_growth (6, 8, node, NULL, path, NULL);
  g_assert_cmpuint (path->len, ==, 3);
  assert_hash (at (path, 0), "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
  assert_hash (at (path, 1), "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
  assert_hash (at (path, 2), "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
}

/* Every leaf of every tree up to 70: its path leads to the root, and to no other; nor does a changed one. */
static void
test_every_path (void)
{
  for (guint size = 1; size <= 70; size++) {
    MadoHash root;

    mado_merkle_root (size, node, NULL, &root, NULL);
    for (guint index = 0; index < size; index++) {
      g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (MadoHash));
      MadoHash leaf, other;

      hash_of_leaf (index, &leaf);
      hash_of_leaf (index + 1, &other);
      mado_merkle_path (index, size, node, NULL, path, NULL);
      g_assert_true (mado_merkle_check_path (&leaf, index, size, path, &root));
      g_assert_false (mado_merkle_check_path (&other, index, size, path, &root));
      g_assert_false (mado_merkle_check_path (&leaf, index, size, path, &other));
      g_assert_false (mado_merkle_check_path (&leaf, index + 1, size, path, &root));
      if (path->len > 0) {
        g_array_index (path, MadoHash, path->len / 2).bytes[5] ^= 1;
        g_assert_false (mado_merkle_check_path (&leaf, index, size, path, &root));
        g_array_set_size (path, path->len - 1);
        g_assert_false (mado_merkle_check_path (&leaf, index, size, path, &root));
      }
    }
  }
}

static void
test_every_growth (void)
{
  for (guint size = 1; size <= 40; size++)
    for (guint former = 1; former <= size; former++) {
      g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (MadoHash));
      MadoHash root, former_root, other;

      mado_merkle_root (size, node, NULL, &root, NULL);
      mado_merkle_root (former, node, NULL, &former_root, NULL);
      mado_merkle_root (former + 50, node, NULL, &other, NULL);
      mado_merkle_growth (former, size, node, NULL, path, NULL);
      g_assert_true (mado_merkle_check_growth (former, size, &former_root, &root, path));
      g_assert_false (mado_merkle_check_growth (former, size, &other, &root, path));
      g_assert_false (mado_merkle_check_growth (former, size, &former_root, &other, path));
      if (path->len > 0) {
        g_array_index (path, MadoHash, path->len - 1).bytes[0] ^= 1;
        g_assert_false (mado_merkle_check_growth (former, size, &former_root, &root, path));
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/store/merkle/roots", test_roots);
  g_test_add_func ("/store/merkle/known-paths", test_known_paths);
  g_test_add_func ("/store/merkle/every-path", test_every_path);
  g_test_add_func ("/store/merkle/every-growth", test_every_growth);
  return g_test_run ();
}
