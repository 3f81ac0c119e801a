/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define SLAB_KEYS 512

struct _MadoKey {
  gatomicrefcount  ref_count;
  guint8          *bytes;
};

G_DEFINE_BOXED_TYPE (MadoKey, mado_key, mado_key_ref, mado_key_unref)

/*
 * Each sodium_malloc() takes several mappings of its own, of which a process has some 65,000; a service may hold as
 * many keys. So they share locked slabs, with the free places chained through themselves.
 */
typedef union _Slot {
  guint8       bytes[MADO_KEY_BYTES];
  union _Slot *next;
} Slot;

static GMutex slots_mutex;
static Slot  *free_slots;

static void
add_slab (void)
{
  Slot *slab;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used on this machine");
  slab = sodium_allocarray (SLAB_KEYS, sizeof (Slot));
  if (slab == NULL)
    g_error ("No memory for keys");
  for (guint i = 0; i < SLAB_KEYS; i++) {
    slab[i].next = free_slots;
    free_slots = &slab[i];
  }
}

static guint8 *
take_slot (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&slots_mutex);
  Slot *slot;

  if (free_slots == NULL)
    add_slab ();
  slot = free_slots;
  free_slots = slot->next;

  return slot->bytes;
}

static void
give_back_slot (guint8 *bytes)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&slots_mutex);
  Slot *slot = (Slot *) bytes;

  sodium_memzero (bytes, MADO_KEY_BYTES);
  slot->next = free_slots;
  free_slots = slot;
}

static MadoKey *
key_alloc (void)
{
  MadoKey *key = g_new (MadoKey, 1);

  g_atomic_ref_count_init (&key->ref_count);
  key->bytes = take_slot ();

  return key;
}

/**
 * mado_key_new:
 *
 * Returns: (transfer full): a random key
 */
MadoKey *
mado_key_new (void)
{
  MadoKey *key = key_alloc ();

  randombytes_buf (key->bytes, MADO_KEY_BYTES);

  return key;
}

/**
 * mado_key_new_from_bytes:
 * @bytes: (array length=n): the key, exactly %MADO_KEY_BYTES; the caller wipes its own copy
 *
 * Returns: (transfer full): a key, or %NULL with %MADO_ERROR_CRYPTO if the length is another
 */
MadoKey *
mado_key_new_from_bytes (const guint8 *bytes, gsize n, GError **error)
{
  MadoKey *key;

  if (n != MADO_KEY_BYTES) {
    mado_set_error_at (error, MADO_ERROR_CRYPTO, NULL, NULL, _("A key has %d bytes"), MADO_KEY_BYTES);
    return NULL;
  }
  key = key_alloc ();
  memcpy (key->bytes, bytes, n);

  return key;
}

/**
 * mado_key_derive:
 * @purpose: what it is for; each purpose has a key of its own
 *
 * Returns: (transfer full): a key from which @key cannot be told
 */
MadoKey *
mado_key_derive (const MadoKey *key, const char *purpose)
{
  MadoKey *derived = key_alloc ();

  crypto_generichash (derived->bytes, MADO_KEY_BYTES, (const guint8 *) purpose, strlen (purpose),
                      key->bytes, MADO_KEY_BYTES);

  return derived;
}

/**
 * mado_key_get_bytes:
 *
 * Returns: (transfer none) (array fixed-size=32): the key itself, not to be copied
 */
const guint8 *
mado_key_get_bytes (const MadoKey *key)
{
  return key->bytes;
}

/**
 * mado_key_ref:
 *
 * Returns: (transfer full): @key
 */
MadoKey *
mado_key_ref (MadoKey *key)
{
  g_atomic_ref_count_inc (&key->ref_count);

  return key;
}

/**
 * mado_key_unref:
 * @key: (transfer full): a key; wiped with its last reference
 */
void
mado_key_unref (MadoKey *key)
{
  if (!g_atomic_ref_count_dec (&key->ref_count))
    return;
  give_back_slot (key->bytes);
  g_free (key);
}
