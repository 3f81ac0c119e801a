/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-error.h"

G_BEGIN_DECLS

#define MADO_KEY_BYTES 32
/* Locked, never swapped, wiped when freed (sodium_malloc). */
typedef struct _MadoKey MadoKey;
MADO_EXPORT GType    mado_key_get_type  (void);
MADO_EXPORT MadoKey *mado_key_new       (void);                                 /* random */
MADO_EXPORT MadoKey *mado_key_new_from_bytes (const guint8 *bytes, gsize n, GError **error);
MADO_EXPORT MadoKey *mado_key_derive    (const MadoKey *key, const char *purpose);   /* BLAKE2b keyed */
MADO_EXPORT const guint8 *mado_key_get_bytes (const MadoKey *key);
MADO_EXPORT MadoKey *mado_key_ref       (MadoKey *key);
MADO_EXPORT void     mado_key_unref     (MadoKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoKey, mado_key_unref)

/**
 * mado_seal:
 * @context: authenticated with it, and to be said again: "visit/01H…/answers"
 * @data: (array length=n) (element-type guint8): in clear
 *
 * XChaCha20-Poly1305 with a random nonce, a version byte in front.
 *
 * Returns: (transfer full): sealed
 */
MADO_EXPORT GBytes *mado_seal   (const MadoKey *key, const char *context, const void *data, gsize n);
/**
 * mado_unseal:
 * @context: as it was sealed
 * @sealed: (array length=n) (element-type guint8): what mado_seal() gave
 * @error: return location; `MADO_ERROR_CRYPTO` if it was changed, or sealed with another key or context
 *
 * Returns: (transfer full): in clear
 */
MADO_EXPORT GBytes *mado_unseal (const MadoKey *key, const char *context, const void *sealed, gsize n, GError **error);

/* Keyed hash of a folded value, hex: equality search over what is sealed. */
MADO_EXPORT char   *mado_blind_index (const MadoKey *key, const char *purpose, const char *value);

/* To the service's public key (crypto_box_seal): what a kiosk must hold offline. */
MADO_EXPORT void    mado_box_keypair (guint8 public_key[32], MadoKey **secret_key);
/* The public half of a kept secret. */
MADO_EXPORT void    mado_box_public_key (const MadoKey *secret_key, guint8 public_key[32]);
MADO_EXPORT GBytes *mado_box_seal    (const guint8 public_key[32], const void *data, gsize n);   /* NULL: no key */
MADO_EXPORT GBytes *mado_box_open    (const guint8 public_key[32], const MadoKey *secret_key,
                                      const void *sealed, gsize n, GError **error);

/* Argon2id (interactive: 19 MiB, 2 passes) with the city's pepper. */
MADO_EXPORT char    *mado_pin_hash   (const MadoKey *pepper, const char *pin);
MADO_EXPORT gboolean mado_pin_verify (const MadoKey *pepper, const char *hash, const char *pin);

G_END_DECLS
