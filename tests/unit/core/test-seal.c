/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-seal.h"

#define MARK "髙﨑邉𠮷 251-8601"

static void
assert_crypto_error (GBytes *opened, GError **error)
{
  g_assert_null (opened);
  g_assert_error (*error, MADO_ERROR, MADO_ERROR_CRYPTO);
  g_clear_error (error);
}

static void
test_seal (void)
{
  g_autoptr(MadoKey) key = mado_key_new ();
  g_autoptr(GError) error = NULL;

  for (gsize n = 0; n <= strlen (MARK); n++) {
    g_autoptr(GBytes) sealed = mado_seal (key, "visit/1/answers", MARK, n);
    g_autoptr(GBytes) twice = mado_seal (key, "visit/1/answers", MARK, n);
    gsize size;
    const guint8 *bytes = g_bytes_get_data (sealed, &size);
    g_autoptr(GBytes) opened = mado_unseal (key, "visit/1/answers", bytes, size, &error);

    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), MARK, n);
    g_assert_false (g_bytes_equal (sealed, twice));
    g_assert_true (n < 3 || memmem (bytes, size, MARK, n) == NULL);
  }
}

/* Any bit turned, any byte cut, another place or another key: it stays shut. */
static void
test_forged (void)
{
  g_autoptr(MadoKey) key = mado_key_new (), other = mado_key_new ();
  g_autoptr(GBytes) sealed = mado_seal (key, "visit/1/answers", MARK, strlen (MARK));
  g_autoptr(GError) error = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  g_autofree guint8 *forged = g_memdup2 (bytes, size);

  for (gsize bit = 0; bit < size * 8; bit++) {
    forged[bit / 8] ^= 1 << (bit % 8);
    assert_crypto_error (mado_unseal (key, "visit/1/answers", forged, size, &error), &error);
    forged[bit / 8] ^= 1 << (bit % 8);
  }
  for (gsize n = 0; n < size; n++)
    assert_crypto_error (mado_unseal (key, "visit/1/answers", bytes, n, &error), &error);
  assert_crypto_error (mado_unseal (key, "visit/2/answers", bytes, size, &error), &error);
  assert_crypto_error (mado_unseal (other, "visit/1/answers", bytes, size, &error), &error);
}

static void
test_keys (void)
{
  static const guint8 zeros[MADO_KEY_BYTES];
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoKey) key = mado_key_new_from_bytes (zeros, sizeof zeros, &error);
  g_autoptr(MadoKey) a = mado_key_derive (key, "a"), b = mado_key_derive (key, "b");
  g_autoptr(MadoKey) again = mado_key_derive (key, "a");
  MadoKey *same = mado_key_ref (a);

  g_assert_no_error (error);
  g_assert_cmpmem (mado_key_get_bytes (a), MADO_KEY_BYTES, mado_key_get_bytes (again), MADO_KEY_BYTES);
  g_assert_true (memcmp (mado_key_get_bytes (a), mado_key_get_bytes (b), MADO_KEY_BYTES) != 0);
  mado_key_unref (same);
  g_assert_null (mado_key_new_from_bytes (zeros, 31, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CRYPTO);
}

/* A service holds a key a subject: far more than a process may have mappings. */
static void
test_many_keys (void)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_key_unref);
  g_autoptr(MadoKey) key = NULL;
  const guint8 *place;
  static const guint8 zeros[MADO_KEY_BYTES];

  for (guint i = 0; i < 100000; i++)
    g_ptr_array_add (keys, mado_key_new ());
  g_assert_true (memcmp (mado_key_get_bytes (keys->pdata[0]), mado_key_get_bytes (keys->pdata[99999]), 32) != 0);
  key = mado_key_new ();
  place = mado_key_get_bytes (key);
  g_clear_pointer (&key, mado_key_unref);
  g_assert_cmpmem (place + sizeof (gpointer), 32 - sizeof (gpointer), zeros, 32 - sizeof (gpointer));
}

static void
test_blind_index (void)
{
  g_autoptr(MadoKey) key = mado_key_new (), other = mado_key_new ();
  g_autofree char *a = mado_blind_index (key, "name", "髙橋"), *again = mado_blind_index (key, "name", "髙橋");
  g_autofree char *value = mado_blind_index (key, "name", "高橋"), *purpose = mado_blind_index (key, "nam", "e髙橋");
  g_autofree char *keyed = mado_blind_index (other, "name", "髙橋");

  g_assert_cmpuint (strlen (a), ==, 64);
  g_assert_cmpstr (a, ==, again);
  g_assert_cmpstr (a, !=, value);
  g_assert_cmpstr (a, !=, purpose);
  g_assert_cmpstr (a, !=, keyed);
}

static void
test_box (void)
{
  static const guint8 zeros[32];
  guint8 public_key[32], other_public[32];
  g_autoptr(MadoKey) secret = NULL, other = NULL;
  g_autoptr(GBytes) sealed = NULL, opened = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  const guint8 *bytes;

  mado_box_keypair (public_key, &secret);
  mado_box_keypair (other_public, &other);
  sealed = mado_box_seal (public_key, MARK, strlen (MARK));
  bytes = g_bytes_get_data (sealed, &size);
  opened = mado_box_open (public_key, secret, bytes, size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), MARK, strlen (MARK));

  g_assert_null (mado_box_seal (zeros, MARK, 1));
  assert_crypto_error (mado_box_open (other_public, other, bytes, size, &error), &error);
  assert_crypto_error (mado_box_open (public_key, secret, bytes, size - 1, &error), &error);
  assert_crypto_error (mado_box_open (public_key, secret, bytes, 10, &error), &error);
}

static void
test_pin (void)
{
  g_autoptr(MadoKey) pepper = mado_key_new (), other = mado_key_new ();
  g_autofree char *hash = mado_pin_hash (pepper, "1234"), *again = mado_pin_hash (pepper, "1234");

  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (mado_pin_verify (pepper, hash, "1234"));
  g_assert_false (mado_pin_verify (pepper, hash, "1235"));
  g_assert_false (mado_pin_verify (other, hash, "1234"));
  g_assert_false (mado_pin_verify (pepper, "", "1234"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/seal/seal", test_seal);
  g_test_add_func ("/core/seal/forged", test_forged);
  g_test_add_func ("/core/seal/keys", test_keys);
  g_test_add_func ("/core/seal/many-keys", test_many_keys);
  g_test_add_func ("/core/seal/blind-index", test_blind_index);
  g_test_add_func ("/core/seal/box", test_box);
  g_test_add_func ("/core/seal/pin", test_pin);

  return g_test_run ();
}
