/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-yen.h"

#include <glib/gi18n-lib.h>

#include "core/mado-fold.h"
#include "core/mado-json.h"

#define YEN_SIGN  "¥"
#define YEN_KANJI "円"

/* Commas at the thousands, without the sign of the number. */
static char *
group_digits (gint64 yen)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, yen < 0 ? -(guint64) yen : (guint64) yen);
  gsize n = strlen (digits);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c (out, ',');
    g_string_append_c (out, digits[i]);
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_yen_format:
 * @yen: whole yen
 *
 * Returns: (transfer full): "¥1,200"
 */
char *
mado_yen_format (gint64 yen)
{
  g_autofree char *digits = group_digits (yen);

  return g_strconcat (yen < 0 ? "−" YEN_SIGN : YEN_SIGN, digits, NULL);
}

/**
 * mado_yen_format_word:
 * @language: (nullable): "ja", "ja@easy" or %NULL for 円, any other for "yen"
 *
 * Returns: (transfer full): the amount as it is read out
 */
char *
mado_yen_format_word (gint64 yen, const char *language)
{
  g_autofree char *digits = group_digits (yen);
  gboolean japanese = language == NULL || g_str_has_prefix (language, "ja");

  return g_strconcat (yen < 0 ? "−" : "", digits, japanese ? YEN_KANJI : " yen", NULL);
}

static gboolean
check_range (gboolean overflow, gint64 value, GError **error)
{
  if (!overflow && value <= MADO_JSON_EXACT_MAX && value >= -MADO_JSON_EXACT_MAX)
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "range", _("This amount is larger than can be reckoned with"));

  return FALSE;
}

/**
 * mado_yen_add:
 * @sum: (out): left alone on error
 *
 * Returns: %FALSE with %MADO_ERROR_INVALID if the sum is out of range
 */
gboolean
mado_yen_add (gint64 a, gint64 b, gint64 *sum, GError **error)
{
  gint64 result = 0;
  gboolean overflow = __builtin_add_overflow (a, b, &result);

  if (!check_range (overflow, result, error))
    return FALSE;
  *sum = result;

  return TRUE;
}

/**
 * mado_yen_multiply:
 * @yen: whole yen
 * @count: how often
 * @product: (out): left alone on error
 *
 * Returns: %FALSE with %MADO_ERROR_INVALID if the product is out of range
 */
gboolean
mado_yen_multiply (gint64 yen, gint64 count, gint64 *product, GError **error)
{
  gint64 result = 0;
  gboolean overflow = __builtin_mul_overflow (yen, count, &result);

  if (!check_range (overflow, result, error))
    return FALSE;
  *product = result;

  return TRUE;
}

/* The digits of an amount: its signs, spaces and commas gone. NULL if anything else is there. */
static char *
strip_amount (const char *typed)
{
  g_autofree char *folded = mado_fold_width (typed);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_ascii_isdigit (*p)) {
      g_string_append_c (out, *p);
    } else if (*p != ' ' && *p != ',' && *p != '\\' && !g_str_has_prefix (p, YEN_SIGN)
               && !g_str_equal (p, YEN_KANJI) && !g_str_has_prefix (p, "、")) {
      g_string_free (out, TRUE);
      return NULL;
    }
  }

  return g_string_free (out, FALSE);
}

/**
 * mado_yen_parse:
 * @typed: (nullable): an amount as typed, in any width
 * @yen: (out): whole yen; left alone on error
 *
 * Returns: %FALSE with %MADO_ERROR_INVALID if it is none
 */
gboolean
mado_yen_parse (const char *typed, gint64 *yen, GError **error)
{
  g_autofree char *digits = strip_amount (typed);
  gboolean overflow;
  guint64 value = 0;

  if (digits == NULL || *digits == '\0') {
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "amount", _("Please write the amount in yen, like 1,200"));
    return FALSE;
  }
  overflow = !g_ascii_string_to_unsigned (digits, 10, 0, MADO_JSON_EXACT_MAX, &value, NULL);
  if (!check_range (overflow, (gint64) value, error))
    return FALSE;
  *yen = (gint64) value;

  return TRUE;
}
