/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define VERSION      1
#define NONCE_BYTES  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEADER_BYTES (1 + NONCE_BYTES)
#define PIN_PASSES   2
#define PIN_MEMORY   (19 * 1024 * 1024)

G_STATIC_ASSERT (MADO_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (MADO_KEY_BYTES == crypto_box_SECRETKEYBYTES);

/* Never says why: whoever tries keys or forges learns nothing. */
static GBytes *
refuse (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_CRYPTO, NULL, NULL,
                     _("This sealed record cannot be opened: it was changed, or sealed with another key"));

  return NULL;
}

/**
 * mado_seal:
 * @context: where it belongs, "visit/01H…/answers"; it opens nowhere else
 * @data: (array length=n) (element-type guint8): what to seal
 *
 * Returns: (transfer full): version byte, nonce, ciphertext and tag: @n + 41 bytes
 */
GBytes *
mado_seal (const MadoKey *key, const char *context, const void *data, gsize n)
{
  guint8 *sealed = g_malloc (HEADER_BYTES + n + TAG_BYTES);

  sealed[0] = VERSION;
  randombytes_buf (sealed + 1, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + HEADER_BYTES, NULL, data, n,
                                              (const guint8 *) context, strlen (context), NULL,
                                              sealed + 1, mado_key_get_bytes (key));

  return g_bytes_new_take (sealed, HEADER_BYTES + n + TAG_BYTES);
}

/**
 * mado_unseal:
 * @context: the same as when it was sealed
 *
 * Returns: (transfer full): what was sealed, or %NULL with %MADO_ERROR_CRYPTO
 */
GBytes *
mado_unseal (const MadoKey *key, const char *context, const void *sealed, gsize n, GError **error)
{
  const guint8 *bytes = sealed;
  g_autofree guint8 *data = NULL;

  if (n < HEADER_BYTES + TAG_BYTES || bytes[0] != VERSION)
    return refuse (error);

  data = g_malloc (MAX (n - HEADER_BYTES - TAG_BYTES, 1));
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, bytes + HEADER_BYTES, n - HEADER_BYTES,
                                                  (const guint8 *) context, strlen (context),
                                                  bytes + 1, mado_key_get_bytes (key)) != 0)
    return refuse (error);

  return g_bytes_new_take (g_steal_pointer (&data), n - HEADER_BYTES - TAG_BYTES);
}

/**
 * mado_blind_index:
 * @purpose: which column, "residents/full-name"; the same value looks different in another
 * @value: the value, folded
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
mado_blind_index (const MadoKey *key, const char *purpose, const char *value)
{
  crypto_generichash_state state;
  guint8 hash[crypto_generichash_BYTES];
  char hex[2 * sizeof hash + 1];

  crypto_generichash_init (&state, mado_key_get_bytes (key), MADO_KEY_BYTES, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, (const guint8 *) value, strlen (value));
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);

  return g_strdup (hex);
}

/**
 * mado_box_keypair:
 * @public_key: (out caller-allocates) (array fixed-size=32): to give away
 * @secret_key: (out) (transfer full): to keep
 */
void
mado_box_keypair (guint8 public_key[32], MadoKey **secret_key)
{
  *secret_key = mado_key_new ();
  mado_box_public_key (*secret_key, public_key);
}

/**
 * mado_box_public_key:
 * @secret_key: as mado_box_keypair() gave it, or derived
 * @public_key: (out caller-allocates) (array fixed-size=32): to give away
 */
void
mado_box_public_key (const MadoKey *secret_key, guint8 public_key[32])
{
  crypto_scalarmult_base (public_key, mado_key_get_bytes (secret_key));
}

/**
 * mado_box_seal:
 *
 * Returns: (transfer full) (nullable): @n + 48 bytes; %NULL if @public_key is no usable key
 */
GBytes *
mado_box_seal (const guint8 public_key[32], const void *data, gsize n)
{
  g_autofree guint8 *sealed = g_malloc (crypto_box_SEALBYTES + n);

  if (crypto_box_seal (sealed, data, n, public_key) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&sealed), crypto_box_SEALBYTES + n);
}

/**
 * mado_box_open:
 * @public_key: (array fixed-size=32): the public half
 * @secret_key: the secret half
 * @sealed: (array length=n) (element-type guint8): a sealed box
 *
 * Returns: (transfer full): what was sealed, or %NULL with %MADO_ERROR_CRYPTO
 */
GBytes *
mado_box_open (const guint8 public_key[32], const MadoKey *secret_key, const void *sealed, gsize n, GError **error)
{
  g_autofree guint8 *data = NULL;

  if (n < crypto_box_SEALBYTES)
    return refuse (error);

  data = g_malloc (MAX (n - crypto_box_SEALBYTES, 1));
  if (crypto_box_seal_open (data, sealed, n, public_key, mado_key_get_bytes (secret_key)) != 0)
    return refuse (error);

  return g_bytes_new_take (g_steal_pointer (&data), n - crypto_box_SEALBYTES);
}

/* Four digits are soon tried out: without the pepper, which no store holds, a stolen hash is worth nothing. */
static void
add_pepper (const MadoKey *pepper, const char *pin, char peppered[65])
{
  guint8 hash[32];

  crypto_generichash (hash, sizeof hash, (const guint8 *) pin, strlen (pin),
                      mado_key_get_bytes (pepper), MADO_KEY_BYTES);
  sodium_bin2hex (peppered, 65, hash, sizeof hash);
  sodium_memzero (hash, sizeof hash);
}

/**
 * mado_pin_hash:
 * @pepper: the city's key for PINs and passwords
 *
 * Takes about 16 ms and 19 MiB: never on the main loop.
 *
 * Returns: (transfer full): the hash with its salt and cost, as text
 */
char *
mado_pin_hash (const MadoKey *pepper, const char *pin)
{
  char peppered[65], hash[crypto_pwhash_STRBYTES];

  add_pepper (pepper, pin, peppered);
  if (crypto_pwhash_str_alg (hash, peppered, strlen (peppered), PIN_PASSES, PIN_MEMORY,
                             crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error ("No memory to hash a PIN");
  sodium_memzero (peppered, sizeof peppered);

  return g_strdup (hash);
}

/**
 * mado_pin_verify:
 * @pepper: the key with which it was hashed
 * @hash: what mado_pin_hash() gave
 * @pin: what was typed
 *
 * Takes as long as mado_pin_hash().
 *
 * Returns: whether it is the same
 */
gboolean
mado_pin_verify (const MadoKey *pepper, const char *hash, const char *pin)
{
  char peppered[65];
  gboolean same;

  add_pepper (pepper, pin, peppered);
  same = crypto_pwhash_str_verify (hash, peppered, strlen (peppered)) == 0;
  sodium_memzero (peppered, sizeof peppered);

  return same;
}
