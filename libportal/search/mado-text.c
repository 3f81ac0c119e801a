/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-text.h"

#include <string.h>

#include "core/mado-fold.h"
#include "lists/mado-reading.h"

#define KANA_FIRST 0x3041
#define KANA_LAST  0x3096
#define KANA_SHIFT 0x60
#define LONG_MARK  0x30fc
#define SMALL_TSU  0x3063
#define KANA_U     0x3046
#define KANA_I     0x3044
#define KANA_E     0x3048
#define KANA_O     0x304a
#define SHORTEST   4       /* letters a stem keeps */

static MadoScript
get_script (gunichar c)
{
  if (mado_reading_is_kanji (c))
    return MADO_SCRIPT_KANJI;
  if (c >= KANA_FIRST && c <= KANA_LAST)
    return MADO_SCRIPT_HIRAGANA;
  if ((c >= KANA_FIRST + KANA_SHIFT && c <= KANA_LAST + KANA_SHIFT) || c == LONG_MARK)
    return MADO_SCRIPT_KATAKANA;

  return g_unichar_isalnum (c) ? MADO_SCRIPT_LETTER : MADO_SCRIPT_NONE;
}

/* --- sounds --------------------------------------------------------------------------------------------------- */

/* The vowel a kana ends in. */
static char
get_vowel (gunichar c)
{
  static const char vowels[] = "aaiiuueeooaaiiuueeooaaiiuueeooaaiiuuueeooaiueoaaaiiiuuueeeoooaiueoaauuooaiueoaaieonuae";

  return c >= KANA_FIRST && c <= KANA_LAST ? vowels[c - KANA_FIRST] : '\0';
}

/* おう, うう, おお, えい and ええ are heard as one long vowel. */
static gboolean
is_lengthening (gunichar c, gunichar before)
{
  char vowel = get_vowel (before);

  return (c == KANA_U && (vowel == 'o' || vowel == 'u')) || (c == KANA_O && vowel == 'o')
         || ((c == KANA_I || c == KANA_E) && vowel == 'e');
}

/* @c: hiragana, small ones too */
static void
add_sound (GArray *sounds, gunichar c, guint from, guint to)
{
  gunichar before = sounds->len > 0 ? g_array_index (sounds, MadoSound, sounds->len - 1).c : 0;
  MadoSound sound = { 0, (guint16) from, (guint16) to };

  if (c == LONG_MARK || c == SMALL_TSU || is_lengthening (c, before)) {
    if (sounds->len > 0)
      g_array_index (sounds, MadoSound, sounds->len - 1).to = (guint16) to;
    return;
  }
  sound.c = mado_fold_search_char (c);
  g_array_append_val (sounds, sound);
}

static void
add_gap (GArray *sounds)
{
  const MadoSound gap = { 0 };

  if (sounds->len > 0 && g_array_index (sounds, MadoSound, sounds->len - 1).c != 0)
    g_array_append_val (sounds, gap);
}

/* The syllables of a reading are shared among the characters it is the reading of. */
static void
add_reading (GArray *sounds, MadoSlice reading, guint from, guint to)
{
  glong n = g_utf8_strlen (reading.text, (gssize) reading.length), i = 0;

  for (const char *p = reading.text; p < reading.text + reading.length; p = g_utf8_next_char (p), i++) {
    guint first = from + (guint) (i * (to - from) / n);
    guint last = from + (guint) (((i + 1) * (to - from) + n - 1) / n);

    add_sound (sounds, g_utf8_get_char (p), first, last);
  }
}

/* --- rōmaji --------------------------------------------------------------------------------------------------- */

static const struct {
  const char *letters;
  const char *kana;      /* with a, i, u, e, o; "-" where there is none */
} syllables[] = {
  { "", "あいうえお" }, { "k", "かきくけこ" }, { "s", "さしすせそ" }, { "t", "たちつてと" }, { "n", "なにぬねの" },
  { "h", "はひふへほ" }, { "m", "まみむめも" }, { "y", "や-ゆ-よ" }, { "r", "らりるれろ" }, { "w", "わ---お" },
  { "g", "がぎぐげご" }, { "z", "ざじずぜぞ" }, { "d", "だじずでど" }, { "b", "ばびぶべぼ" }, { "p", "ぱぴぷぺぽ" },
  { "f", "--ふ--" }, { "sh", "-し---" }, { "ch", "-ち---" }, { "ts", "--つ--" }, { "j", "-じ---" },
};

static const struct {
  const char *letters;
  const char *kana;      /* that ゃ, ゅ, ょ follow */
} glides[] = {
  { "ky", "き" }, { "sy", "し" }, { "sh", "し" }, { "ty", "ち" }, { "ch", "ち" }, { "ny", "に" }, { "hy", "ひ" },
  { "my", "み" }, { "ry", "り" }, { "gy", "ぎ" }, { "j", "じ" }, { "zy", "じ" }, { "jy", "じ" }, { "by", "び" },
  { "py", "ぴ" },
};

static gboolean
is_letters (const char *letters, const char *start, gsize n)
{
  return strlen (letters) == n && strncmp (letters, start, n) == 0;
}

/* A syllable of @n consonants and the vowel after them; what is read goes to @sounds. */
static gboolean
add_syllable (GArray *sounds, const char *start, gsize n, char vowel, guint from, guint to)
{
  static const char vowels[] = "aiueo", small[] = "ゃゃゅゅょ";
  guint place = (guint) (strchr (vowels, vowel) - vowels);

  for (guint i = 0; i < G_N_ELEMENTS (syllables); i++) {
    const char *kana = g_utf8_offset_to_pointer (syllables[i].kana, place);

    if (is_letters (syllables[i].letters, start, n) && *kana != '-') {
      add_sound (sounds, g_utf8_get_char (kana), from, to);
      return TRUE;
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (glides); i++)
    if (is_letters (glides[i].letters, start, n) && vowel != 'i' && vowel != 'e') {
      add_sound (sounds, g_utf8_get_char (glides[i].kana), from, to);
      add_sound (sounds, g_utf8_get_char (g_utf8_offset_to_pointer (small, place)), from, to);
      return TRUE;
    }

  return FALSE;
}

gboolean
mado_sound_append_romaji (GArray *sounds, const char *word, guint from, guint to)
{
  const guint before = sounds->len;
  const char *p = word;

  while (*p != '\0') {
    gsize n = strcspn (p, "aiueo");

    while (n > 1 && (p[0] == p[1] || (p[0] == 't' && p[1] == 'c')) && p[0] != 'n')
      p++, n--;
    if (p[0] == 'n' && p[1] != 'y' && n != 1) {
      add_sound (sounds, 0x3093, from, to);   /* ん */
      p += 1;
      continue;
    }
    if (p[0] == 'n' && p[1] == '\0') {
      add_sound (sounds, 0x3093, from, to);
      break;
    }
    if (p[n] == '\0' || !add_syllable (sounds, p, n, p[n], from, to)) {
      g_array_set_size (sounds, before);
      return FALSE;
    }
    p += n + 1;
  }

  return TRUE;
}

/* --- words ---------------------------------------------------------------------------------------------------- */

static gboolean
cut_ending (char *stem, const char *ending, const char *instead)
{
  gsize length = strlen (stem), n = strlen (ending);

  if (length < n + SHORTEST - 1 || strcmp (stem + length - n, ending) != 0)
    return FALSE;
  g_strlcpy (stem + length - n, instead, n + 1);

  return TRUE;
}

/* stopp → stop, move → mov; a double l or s is one's own: sell, pass */
static void
cut_last (char *stem)
{
  gsize n = strlen (stem);

  if (n >= SHORTEST && stem[n - 1] == 'e')
    stem[n - 1] = '\0';
  else if (n >= SHORTEST && stem[n - 1] == stem[n - 2] && strchr ("ls", stem[n - 1]) == NULL)
    stem[n - 1] = '\0';
}

/* Enough of a stemmer for nouns and verbs: babies → baby; moved, moving, moves → mov. */
static void
cut_endings (char *stem)
{
  static const char *const endings[][2] = {
    { "ies", "y" }, { "ied", "y" }, { "ings", "" }, { "ing", "" }, { "sses", "ss" }, { "es", "" }, { "ed", "" },
  };
  gsize n = strlen (stem);
  gboolean cut = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (endings) && !cut; i++)
    cut = cut_ending (stem, endings[i][0], endings[i][1]);
  if (!cut && n >= SHORTEST && stem[n - 1] == 's' && stem[n - 2] != 's' && stem[n - 2] != 'u')
    stem[n - 1] = '\0';
  cut_last (stem);
}

static guint
add_word (MadoText *self, guint from)
{
  MadoWord word = { .from = (guint16) from };
  GString *stem = g_string_sized_new (sizeof word.stem);
  guint to = from;

  for (; to < self->chars->len && g_array_index (self->chars, MadoChar, to).script == MADO_SCRIPT_LETTER; to++)
    g_string_append_unichar (stem, g_array_index (self->chars, MadoChar, to).c);
  word.to = (guint16) to;
  if (stem->len < sizeof word.stem) {
    strcpy (word.stem, stem->str);
    cut_endings (word.stem);
    g_array_append_val (self->words, word);
  }
  g_string_free (stem, TRUE);

  return to;
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static gunichar
make_hiragana (gunichar c)
{
  return c >= KANA_FIRST + KANA_SHIFT && c <= KANA_LAST + KANA_SHIFT ? c - KANA_SHIFT : c;
}

static void
add_char (MadoText *self, gunichar c)
{
  const MadoChar one = { mado_fold_search_char (c), get_script (c) };

  if (c != LONG_MARK)
    g_array_append_val (self->chars, one);
}

static gboolean
is_word (MadoScript script)
{
  return script == MADO_SCRIPT_KANJI || script == MADO_SCRIPT_KATAKANA;
}

/* One kana after a word, and before one or at an end: 名前が変わった. What is heard across it means nothing. */
static gboolean
is_particle (const MadoText *self, const char *p, gunichar c)
{
  MadoScript after;

  if (!mado_script_is_particle (c) || self->chars->len == 0
      || !is_word (g_array_index (self->chars, MadoChar, self->chars->len - 1).script))
    return FALSE;
  after = get_script (g_utf8_get_char (g_utf8_next_char (p)));

  return is_word (after) || after == MADO_SCRIPT_NONE;
}

/* One word that has a reading, or one character. */
static const char *
add_piece (MadoText *self, const char *p, const char *end)
{
  gunichar c = g_utf8_get_char (p);
  guint from = self->chars->len;
  gboolean beside = from > 0 && g_array_index (self->chars, MadoChar, from - 1).script == MADO_SCRIPT_KANJI;
  MadoSlice reading;
  gboolean particle = is_particle (self, p, c);
  gsize n = mado_reading_find (p, beside, &reading);
  const char *next = n > 0 && p + n <= end ? p + n : g_utf8_next_char (p);

  for (const char *q = p; q < next; q = g_utf8_next_char (q))
    add_char (self, g_utf8_get_char (q));
  if (next == p + n)
    add_reading (self->sounds, reading, from, self->chars->len);
  else if (!particle && (get_script (c) == MADO_SCRIPT_HIRAGANA || get_script (c) == MADO_SCRIPT_KATAKANA))
    add_sound (self->sounds, make_hiragana (c), from, self->chars->len);
  else
    add_gap (self->sounds);

  return next;
}

static char *
normalize (const char *text, guint max)
{
  g_autofree char *width = mado_fold_width (text);
  g_autofree char *normal = g_utf8_normalize (width, -1, G_NORMALIZE_NFKC);
  glong n = g_utf8_strlen (normal, -1);
  const char *end = g_utf8_offset_to_pointer (normal, MIN (n, (glong) max));

  return g_utf8_strdown (normal, end - normal);
}

void
mado_text_init (MadoText *self, const char *text, guint max)
{
  g_autofree char *normal = normalize (text, MIN (max, G_MAXUINT16 / 4));
  const char *p = normal, *end = normal + strlen (normal);

  self->chars = g_array_new (FALSE, FALSE, sizeof (MadoChar));
  self->sounds = g_array_new (FALSE, FALSE, sizeof (MadoSound));
  self->words = g_array_new (FALSE, FALSE, sizeof (MadoWord));
  while (p < end)
    p = add_piece (self, p, end);
  for (guint i = 0; i < self->chars->len;)
    i = g_array_index (self->chars, MadoChar, i).script == MADO_SCRIPT_LETTER ? add_word (self, i) : i + 1;
}

void
mado_text_clear (MadoText *self)
{
  g_clear_pointer (&self->chars, g_array_unref);
  g_clear_pointer (&self->sounds, g_array_unref);
  g_clear_pointer (&self->words, g_array_unref);
}
