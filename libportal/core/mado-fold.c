/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-fold.h"

#define HALF_KANA_FIRST     0xff61
#define HALF_KANA_LAST      0xff9f
#define HALF_VOICED_MARK    0xff9e
#define HALF_SEMIVOICED_MARK 0xff9f

/* U+FF61 … U+FF9F, in their order. */
static const gunichar full_kana[] = {
  0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7,
  0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7,
  0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf,
  0x30d2, 0x30d5, 0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9, 0x30ea,
  0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x309b, 0x309c,
};

/* カ + ﾞ is ガ; 0 if the two do not join. */
static gunichar
join_voiced (gunichar kana, gunichar mark)
{
  gunichar joined;

  if (mark != HALF_VOICED_MARK && mark != HALF_SEMIVOICED_MARK)
    return 0;

  return g_unichar_compose (kana, mark == HALF_VOICED_MARK ? 0x3099 : 0x309a, &joined) ? joined : 0;
}

static gunichar
fold_width (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xff01 + '!';
  if (c >= HALF_KANA_FIRST && c <= HALF_KANA_LAST)
    return full_kana[c - HALF_KANA_FIRST];
  if (c == 0x3000 || c == 0xa0)
    return ' ';

  return c == 0xffe5 ? 0xa5 : c;
}

char *
mado_fold_width (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = fold_width (g_utf8_get_char (p));
    gunichar joined = join_voiced (c, g_utf8_get_char (g_utf8_next_char (p)));

    if (joined != 0)
      p = g_utf8_next_char (p);
    g_string_append_unichar (out, joined != 0 ? joined : c);
  }

  return g_string_free (out, FALSE);
}

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || c == 0xad || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0x30fc
         || c == 0xff70 || c == 0xfe63 || c == 0x2043;
}

char *
mado_fold_code (const char *text)
{
  g_autofree char *folded = mado_fold_width (text);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_hyphen (c) && !g_unichar_isspace (c))
      g_string_append_unichar (out, g_unichar_toupper (c));
  }

  return g_string_free (out, FALSE);
}
