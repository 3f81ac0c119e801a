/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-id.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "core/mado-clock.h"
#include "core/mado-fold.h"

#define RANDOM_BYTES   10
#define TOKEN_BYTES    32
#define NUMBER_SYMBOLS 7
#define MAX_CASES      99   /* of one visit */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char symbols[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/* The next random part: fresh in a new millisecond, one more within the same. */
static gint64
next_ulid (guint8 random[RANDOM_BYTES])
{
  static GMutex mutex;
  static gint64 last_ms;
  static guint8 last[RANDOM_BYTES];
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gint64 now_ms = mado_clock_now () / 1000;

  if (now_ms > last_ms) {
    last_ms = now_ms;
    randombytes_buf (last, RANDOM_BYTES);
    last[0] &= 0x7f;   /* room to count */
  } else {
    for (int i = RANDOM_BYTES - 1; i >= 0 && ++last[i] == 0; i--)
      ;
  }
  memcpy (random, last, RANDOM_BYTES);

  return last_ms;
}

/**
 * mado_ulid_fill:
 * @out: (out caller-allocates) (array fixed-size=27): a new ULID
 */
void
mado_ulid_fill (char out[27])
{
  guint8 bytes[RANDOM_BYTES];
  gint64 ms = next_ulid (bytes);
  guint64 high = 0, low = 0;

  for (guint i = 0; i < 5; i++) {
    high = high << 8 | bytes[i];
    low = low << 8 | bytes[i + 5];
  }
  for (guint i = 0; i < 10; i++)
    out[9 - i] = crockford[ms >> (5 * i) & 31];
  for (guint i = 0; i < 8; i++) {
    out[17 - i] = crockford[high >> (5 * i) & 31];
    out[25 - i] = crockford[low >> (5 * i) & 31];
  }
  out[26] = '\0';
}

/**
 * mado_ulid_new:
 *
 * Returns: (transfer full): an identifier later than all this process made before
 */
char *
mado_ulid_new (void)
{
  char *ulid = g_malloc (MADO_ULID_LENGTH + 1);

  mado_ulid_fill (ulid);

  return ulid;
}

/**
 * mado_ulid_is_valid:
 * @text: (nullable): what claims to be one
 */
gboolean
mado_ulid_is_valid (const char *text)
{
  return text != NULL && strlen (text) == MADO_ULID_LENGTH && strspn (text, crockford) == MADO_ULID_LENGTH
         && text[0] <= '7';
}

/**
 * mado_ulid_get_time:
 * @ulid: 26 symbols a valid one may have
 *
 * Returns: when it was made, by the clock of whoever made it: microseconds since 1970, to the millisecond
 */
gint64
mado_ulid_get_time (const char *ulid)
{
  gint64 ms = 0;

  for (guint i = 0; i < 10; i++)
    ms = ms << 5 | (strchr (crockford, ulid[i]) - crockford);

  return ms * 1000;
}

/*
 * The check symbol makes the seven a code word over GF(32): each place weighs a different power of x modulo
 * x⁵ + x² + 1, so that no wrong symbol and no two swapped ones go unnoticed.
 */
static guint
check_value (const guint *values)
{
  guint check = 0;

  for (guint i = 0; i < NUMBER_SYMBOLS - 1; i++) {
    check = (check ^ values[i]) << 1;
    if (check & 32)
      check ^= 37;
  }

  return check;
}

/**
 * mado_number_new:
 *
 * Returns: (transfer full): "K7M4-R29"; at random, so that the store has to see that it is new
 */
char *
mado_number_new (void)
{
  guint values[NUMBER_SYMBOLS];
  guint8 drawn[NUMBER_SYMBOLS - 1];
  char number[] = "    -   ";

  randombytes_buf (drawn, sizeof drawn);
  for (guint i = 0; i < NUMBER_SYMBOLS - 1; i++)
    values[i] = drawn[i] & 31;
  values[NUMBER_SYMBOLS - 1] = check_value (values);
  for (guint i = 0; i < NUMBER_SYMBOLS; i++)
    number[i < 4 ? i : i + 1] = symbols[values[i]];

  return g_strdup (number);
}

/**
 * mado_number_for_case:
 * @visit_number: "K7M4-R29"
 * @index: from 1 to 99
 *
 * Returns: (transfer full): "K7M4-R29-1"
 */
char *
mado_number_for_case (const char *visit_number, guint index)
{
  g_return_val_if_fail (visit_number != NULL && index >= 1 && index <= MAX_CASES, NULL);

  return g_strdup_printf ("%s-%u", visit_number, index);
}

static gboolean
read_symbols (const char *text, guint *values, GError **error)
{
  for (guint i = 0; i < NUMBER_SYMBOLS; i++) {
    const char *symbol = text[i] != '\0' ? strchr (symbols, text[i]) : NULL;

    if (text[i] != '\0' && strchr ("OI01", text[i]) != NULL) {
      mado_set_error_at (error, MADO_ERROR_INVALID, "", "pattern",
                         _("Numbers hold no O, I, 0 or 1; please look again at character %u"), i + 1);
      return FALSE;
    }
    if (symbol == NULL) {
      mado_set_error_at (error, MADO_ERROR_INVALID, "", "pattern",
                         _("A number has seven letters and digits, like K7M4-R29; please look at it again"));
      return FALSE;
    }
    values[i] = (guint) (symbol - symbols);
  }

  return TRUE;
}

/* What follows the seven symbols: nothing, or the case's index. */
static gboolean
read_index (const char *text, guint *index, GError **error)
{
  guint64 value = 0;

  *index = 0;
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_CASES, &value, NULL) || *text == '0') {
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "pattern",
                       _("After the seven characters only the number of the case follows, like K7M4-R29-1"));
    return FALSE;
  }
  *index = (guint) value;

  return TRUE;
}

/**
 * mado_number_parse:
 * @typed: what somebody typed or read out
 *
 * Folds width, case, spaces and hyphens.
 *
 * Returns: (transfer full): "K7M4-R29" or "K7M4-R29-1"; %NULL with %MADO_ERROR_INVALID if there is a slip in it
 */
char *
mado_number_parse (const char *typed, GError **error)
{
  g_autofree char *code = mado_fold_code (typed);
  guint values[NUMBER_SYMBOLS], index;

  if (!read_symbols (code, values, error) || !read_index (code + NUMBER_SYMBOLS, &index, error))
    return NULL;
  if (values[NUMBER_SYMBOLS - 1] != check_value (values)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "check-digit",
                       _("One character of this number seems to be wrong; please compare it with your paper"));
    return NULL;
  }

  return g_strdup_printf (index > 0 ? "%.4s-%.3s-%u" : "%.4s-%.3s", code, code + 4, index);
}

/**
 * mado_token_new:
 *
 * Returns: (transfer full): 256 random bits in base64url
 */
char *
mado_token_new (void)
{
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bytes, sizeof bytes);

  return g_strdup (text);
}

/**
 * mado_token_hash:
 * @token: a token
 *
 * Returns: (transfer full): what a store may keep of it, 64 hexadecimal digits
 */
char *
mado_token_hash (const char *token)
{
  guint8 hash[crypto_generichash_BYTES];
  char hex[2 * sizeof hash + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);

  return g_strdup (hex);
}
