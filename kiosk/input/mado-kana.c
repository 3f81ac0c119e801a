/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mado-kana.h"

#include <string.h>

#define KATAKANA_OFFSET (0x30A1 - 0x3041)

static gboolean
is_katakana (gunichar c)
{
  return c >= 0x30A1 && c <= 0x30F6;
}

gboolean
mado_kana_is_hiragana (gunichar c)
{
  return (c >= 0x3041 && c <= 0x3096) || c == 0x30FC;
}

gunichar
mado_kana_to_katakana (gunichar c)
{
  return c >= 0x3041 && c <= 0x3096 ? c + KATAKANA_OFFSET : c;
}

gunichar
mado_kana_to_hiragana (gunichar c)
{
  return is_katakana (c) ? c - KATAKANA_OFFSET : c;
}

/* The character of @to that stands where @c stands in @from; katakana stay katakana. */
static gunichar
look_up (gunichar c, const char *from, const char *to)
{
  gunichar plain = mado_kana_to_hiragana (c);
  const char *at = g_utf8_strchr (from, -1, plain);
  gunichar found;

  if (at == NULL)
    return 0;
  found = g_utf8_get_char (g_utf8_offset_to_pointer (to, g_utf8_pointer_to_offset (from, at)));

  return is_katakana (c) ? mado_kana_to_katakana (found) : found;
}

gunichar
mado_kana_voice (gunichar c)
{
  return look_up (c, "かきくけこさしすせそたちつてとはひふへほうがぎぐげござじずぜぞだぢづでどばびぶべぼゔぱぴぷぺぽっ",
                     "がぎぐげござじずぜぞだぢづでどばびぶべぼゔかきくけこさしすせそたちつてとはひふへほうばびぶべぼづ");
}

gunichar
mado_kana_half_voice (gunichar c)
{
  return look_up (c, "はひふへほばびぶべぼぱぴぷぺぽ", "ぱぴぷぺぽぱぴぷぺぽはひふへほ");
}

gunichar
mado_kana_make_small (gunichar c)
{
  return look_up (c, "あいうえおつやゆよわづぁぃぅぇぉっゃゅょゎ", "ぁぃぅぇぉっゃゅょゎっあいうえおつやゆよわ");
}

/* Rows of a i u e o; 「-」 is no syllable. The first letters are matched longest first. */
static const struct { const char *letters, *row[5]; } syllables[] = {
  { "ky", { "きゃ", "きぃ", "きゅ", "きぇ", "きょ" } }, { "gy", { "ぎゃ", "ぎぃ", "ぎゅ", "ぎぇ", "ぎょ" } },
  { "sh", { "しゃ", "し", "しゅ", "しぇ", "しょ" } },   { "sy", { "しゃ", "しぃ", "しゅ", "しぇ", "しょ" } },
  { "zy", { "じゃ", "じぃ", "じゅ", "じぇ", "じょ" } }, { "jy", { "じゃ", "じぃ", "じゅ", "じぇ", "じょ" } },
  { "ch", { "ちゃ", "ち", "ちゅ", "ちぇ", "ちょ" } },   { "ty", { "ちゃ", "ちぃ", "ちゅ", "ちぇ", "ちょ" } },
  { "ts", { "つぁ", "つぃ", "つ", "つぇ", "つぉ" } },   { "dy", { "ぢゃ", "ぢぃ", "ぢゅ", "ぢぇ", "ぢょ" } },
  { "ny", { "にゃ", "にぃ", "にゅ", "にぇ", "にょ" } }, { "hy", { "ひゃ", "ひぃ", "ひゅ", "ひぇ", "ひょ" } },
  { "by", { "びゃ", "びぃ", "びゅ", "びぇ", "びょ" } }, { "py", { "ぴゃ", "ぴぃ", "ぴゅ", "ぴぇ", "ぴょ" } },
  { "my", { "みゃ", "みぃ", "みゅ", "みぇ", "みょ" } }, { "ry", { "りゃ", "りぃ", "りゅ", "りぇ", "りょ" } },
  { "k", { "か", "き", "く", "け", "こ" } }, { "g", { "が", "ぎ", "ぐ", "げ", "ご" } },
  { "s", { "さ", "し", "す", "せ", "そ" } }, { "z", { "ざ", "じ", "ず", "ぜ", "ぞ" } },
  { "j", { "じゃ", "じ", "じゅ", "じぇ", "じょ" } },
  { "t", { "た", "ち", "つ", "て", "と" } }, { "d", { "だ", "ぢ", "づ", "で", "ど" } },
  { "n", { "な", "に", "ぬ", "ね", "の" } }, { "h", { "は", "ひ", "ふ", "へ", "ほ" } },
  { "f", { "ふぁ", "ふぃ", "ふ", "ふぇ", "ふぉ" } },
  { "b", { "ば", "び", "ぶ", "べ", "ぼ" } }, { "p", { "ぱ", "ぴ", "ぷ", "ぺ", "ぽ" } },
  { "m", { "ま", "み", "む", "め", "も" } }, { "y", { "や", "い", "ゆ", "いぇ", "よ" } },
  { "r", { "ら", "り", "る", "れ", "ろ" } }, { "w", { "わ", "うぃ", "う", "うぇ", "を" } },
  { "v", { "ゔぁ", "ゔぃ", "ゔ", "ゔぇ", "ゔぉ" } },
  { "", { "あ", "い", "う", "え", "お" } },
};

static const char *
find_syllable (const char *letters, char vowel)
{
  const char *vowels = "aiueo";

  for (guint i = 0; i < G_N_ELEMENTS (syllables); i++) {
    if (g_str_equal (syllables[i].letters, letters))
      return syllables[i].row[strchr (vowels, vowel) - vowels];
  }

  return NULL;
}

char *
mado_kana_read_letter (GString *pending, gunichar letter)
{
  gboolean plain = letter < 128 && g_ascii_isalpha ((char) letter);
  char small = plain ? g_ascii_tolower ((char) letter) : 0;
  char last = pending->len > 0 ? pending->str[pending->len - 1] : 0;
  GString *kana = g_string_new (NULL);

  if (last == 'n' && small != 'y' && (small == 0 || strchr ("aiueo", small) == NULL)) {
    g_string_append (kana, "ん");          /* n before anything that is not its syllable */
    g_string_truncate (pending, pending->len - 1);
    if (small == 'n' || letter == '\'')
      return g_string_free (kana, FALSE);
  } else if (small != 0 && small == last) {
    g_string_append (kana, "っ");          /* a letter written twice */
    return g_string_free (kana, FALSE);
  }
  if (small != 0 && strchr ("aiueo", small) != NULL) {
    const char *syllable = find_syllable (pending->str, small);

    if (syllable == NULL) {
      g_string_append (kana, pending->str);
      syllable = find_syllable ("", small);
    }
    g_string_append (kana, syllable);
    g_string_truncate (pending, 0);
  } else if (small != 0) {
    if (pending->len >= 2) {
      g_string_append (kana, pending->str);
      g_string_truncate (pending, 0);
    }
    g_string_append_c (pending, small);
  } else {
    g_string_append (kana, pending->str);
    g_string_truncate (pending, 0);
    if (letter == '-')
      g_string_append (kana, "ー");
    else if (letter != '\'')
      g_string_append_unichar (kana, letter);
  }

  return g_string_free (kana, FALSE);
}
