/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-accounts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-id.h"

#define STEP_US       (30 * G_USEC_PER_SEC)
#define SECRET_BYTES  20
#define BASE32        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/* RFC 4648, without padding. */
static char *
encode (const guint8 *bytes, gsize n)
{
  GString *out = g_string_new (NULL);
  guint buffer = 0, bits = 0;

  for (gsize i = 0; i < n; i++) {
    buffer = (buffer << 8) | bytes[i];
    for (bits += 8; bits >= 5; bits -= 5)
      g_string_append_c (out, BASE32[(buffer >> (bits - 5)) & 31]);
  }
  if (bits)
    g_string_append_c (out, BASE32[(buffer << (5 - bits)) & 31]);
  return g_string_free (out, FALSE);
}

static GByteArray *
decode (const char *text)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  guint buffer = 0, bits = 0;

  for (; *text && *text != '='; text++) {
    const char *at = strchr (BASE32, g_ascii_toupper (*text));

    if (!at)
      return NULL;
    buffer = (buffer << 5) | (at - BASE32);
    bits += 5;
    if (bits >= 8) {
      guint8 byte = buffer >> (bits -= 8);

      g_byte_array_append (out, &byte, 1);
    }
  }
  return out->len ? g_steal_pointer (&out) : NULL;
}

char *
mado_totp_secret_new (void)
{
  g_autofree char *token = mado_token_new ();   /* 256 random bits; the first 160 of their hash */
  g_autoptr(GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize n = sizeof digest;

  g_checksum_update (hash, (const guchar *) token, -1);
  g_checksum_get_digest (hash, digest, &n);
  return encode (digest, SECRET_BYTES);
}

/* RFC 4226, 5.3. */
static char *
code_of (GByteArray *secret, gint64 step)
{
  guint64 counter = GUINT64_TO_BE ((guint64) step);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret->data, secret->len);
  guint8 digest[20];
  gsize n = sizeof digest;
  guint32 word;

  g_hmac_update (hmac, (const guchar *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &n);
  memcpy (&word, digest + (digest[19] & 15), sizeof word);
  return g_strdup_printf ("%06u", (GUINT32_FROM_BE (word) & 0x7fffffff) % 1000000);
}

char *
mado_totp_code (const char *secret, gint64 time_us, GError **error)
{
  g_autoptr(GByteArray) bytes = decode (secret);

  if (bytes)
    return code_of (bytes, time_us / STEP_US);
  mado_set_error_at (error, MADO_ERROR_INVALID, "/totpSecret", "base32",
                     _("The secret is not base32 (letters A–Z and digits 2–7)."));
  return NULL;
}

gint64
mado_totp_check (const char *secret, const char *code, gint64 time_us, gint64 last_step)
{
  g_autoptr(GByteArray) bytes = decode (secret);
  gint64 now = time_us / STEP_US;

  for (gint64 step = MAX (now - 1, last_step + 1); bytes && step <= now + 1; step++) {
    g_autofree char *expected = code_of (bytes, step);

    if (g_str_equal (expected, code))
      return step;
  }
  return -1;
}
