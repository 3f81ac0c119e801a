/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-search-private.h"

#include <math.h>
#include <string.h>

#define LETTERS_WEIGHT 2.5     /* of a word, as much as so many kanji */
#define PLAIN          0.4     /* of a weight, whatever is rare or common */
#define SLIP           0.8     /* a word with a letter wrong */
#define START          0.7     /* a word that begins alike */
#define MEANT          0.5     /* kana that are part of a meaning */
#define SPELT          6       /* letters of a word that is known, to be rōmaji as well */
#define UNKNOWN        0.35    /* how rare what nothing has is taken for: it may be anything */

/* --- words with a slip ---------------------------------------------------------------------------------------- */

/* Letters to add, drop, change or swap, after the first; more than @most is as good as any. */
static guint
count_slips (const char *a, const char *b, guint most)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3][25], *before = rows[0], *last = rows[1], *row = rows[2];

  if (n >= 24 || m >= 24 || a[0] != b[0] || ABS ((int) n - (int) m) > (int) most)
    return most + 1;
  for (guint k = 0; k <= m; k++)
    last[k] = k;
  for (guint i = 1; i <= n; i++) {
    guint *swap = before;

    row[0] = i;
    for (guint k = 1; k <= m; k++) {
      row[k] = MIN (MIN (last[k] + 1, row[k - 1] + 1), last[k - 1] + (a[i - 1] != b[k - 1]));
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        row[k] = MIN (row[k], before[k - 2] + 1);
    }
    before = last;
    last = row;
    row = swap;
  }

  return last[m];
}

/* "register" and "registration"; both are long enough to mean the same. */
static gboolean
begin_alike (const char *a, const char *b)
{
  gsize n = 0, longer = MAX (strlen (a), strlen (b));

  while (a[n] != '\0' && a[n] == b[n])
    n++;

  return n >= 4 && n * 10 >= longer * 6;
}

static void
add_like (MadoQuery *self, MadoSearch *search, const MadoWord *word, const char *stem, double quality)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));

  mado_terms_add_word (stem, word->from, word->to, quality, self->terms);
  mado_words_find_stem (search->words, stem, word->from, word->to, mentions);
  mado_terms_add_mentions (mentions, quality, self->terms);
}

static guint
count_documents (MadoSearch *search, const char *stem)
{
  guint n;

  mado_index_find (&search->index, mado_key_add_text (MADO_KEY_WORDS, stem), &n);

  return n;
}

/* The stems that are fewest slips away are found too; the word is taken for the one most documents have. */
static void
add_slips (MadoQuery *self, MadoSearch *search, MadoWord *word)
{
  const MadoWord typed = *word;
  gsize length = strlen (typed.stem);
  guint most = length >= 8 ? 2 : length >= 5 ? 1 : 0, least = most + 1, n_most = 0;

  for (guint i = 0; i < search->stems->len; i++)
    least = MIN (least, count_slips (typed.stem, g_ptr_array_index (search->stems, i), MIN (most, least)));
  for (guint i = 0; i < search->stems->len; i++) {
    const char *stem = g_ptr_array_index (search->stems, i);

    if (least <= most && count_slips (typed.stem, stem, least) == least) {
      add_like (self, search, &typed, stem, SLIP);
      if (n_most == 0 || count_documents (search, stem) > n_most) {
        n_most = MAX (1, count_documents (search, stem));
        g_strlcpy (word->stem, stem, sizeof word->stem);
      }
    } else if (begin_alike (typed.stem, stem)) {
      add_like (self, search, &typed, stem, START);
    }
  }
}

static gboolean
is_known (MadoSearch *search, const char *stem)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));
  guint n;

  mado_words_find_stem (search->words, stem, 0, 0, mentions);

  return mentions->len > 0 || mado_words_is_idle (search->words, stem)
         || mado_index_find (&search->index, mado_key_add_text (MADO_KEY_WORDS, stem), &n) != NULL;
}

/* Rōmaji is heard as kana is; an English word that could be some is too short to be found by it. */
static void
add_spelt (MadoQuery *self, const MadoWord *word)
{
  g_autoptr(GString) letters = g_string_new (NULL);

  for (guint i = word->from; i < word->to; i++)
    g_string_append_unichar (letters, g_array_index (self->text.chars, MadoChar, i).c);
  mado_sound_append_romaji (self->text.sounds, letters->str, word->from, word->to);
}

/* --- what matters --------------------------------------------------------------------------------------------- */

static double
weigh_script (const MadoText *text, const MadoChar *c, gboolean only_kana)
{
  switch (c->script) {
  case MADO_SCRIPT_KANJI:
    return 1;
  case MADO_SCRIPT_KATAKANA:
    return 0.6;
  case MADO_SCRIPT_HIRAGANA:
    return only_kana ? 0.6 : 0.15;
  default:
    return 0;
  }
}

static gboolean
has_only_kana (const MadoText *text)
{
  for (guint i = 0; i < text->chars->len; i++)
    if (g_array_index (text->chars, MadoChar, i).script == MADO_SCRIPT_KANJI
        || g_array_index (text->chars, MadoChar, i).script == MADO_SCRIPT_KATAKANA)
      return FALSE;

  return TRUE;
}

static void
weigh_scripts (MadoQuery *self)
{
  gboolean only_kana = has_only_kana (&self->text);

  for (guint i = 0; i < self->text.chars->len; i++)
    self->importance[i] = weigh_script (&self->text, &g_array_index (self->text.chars, MadoChar, i), only_kana);
  for (guint i = 0; i < self->text.words->len; i++) {
    const MadoWord *word = &g_array_index (self->text.words, MadoWord, i);

    for (guint k = word->from; k < word->to; k++)
      self->importance[k] = LETTERS_WEIGHT / (word->to - word->from);
  }
}

/* Kana that are part of a meaning are no mere endings: うつ病, おむつ. */
static void
weigh_mentions (MadoQuery *self, const GArray *mentions)
{
  for (guint i = 0; i < mentions->len; i++) {
    const MadoMention *one = &g_array_index (mentions, MadoMention, i);

    for (guint k = one->from; k < one->to; k++)
      self->importance[k] = MAX (self->importance[k], MEANT);
  }
}

/* What few documents have tells more. */
static void
weigh_rarity (MadoQuery *self, MadoSearch *search)
{
  double all = log1p (search->documents->len);
  g_autofree double *rarity = g_new0 (double, self->text.chars->len + 1);

  for (guint i = 0; i < self->terms->len; i++) {
    const MadoTerm *term = &g_array_index (self->terms, MadoTerm, i);
    guint n;

    if (mado_index_find (&search->index, term->key, &n) == NULL)
      continue;
    for (guint k = term->from; k < term->to; k++)
      rarity[k] = MAX (rarity[k], log1p ((double) search->documents->len / n) / all);
  }
  for (guint i = 0; i < self->text.chars->len; i++)
    self->importance[i] *= PLAIN + (1 - PLAIN) * (rarity[i] > 0 ? MIN (rarity[i], 1) : UNKNOWN);
}

static void
weigh (MadoQuery *self, MadoSearch *search, const GArray *mentions)
{
  g_autofree gboolean *idle = g_new0 (gboolean, self->text.chars->len + 1);
  double sum = 0;

  mado_words_mark_idle (search->words, &self->text, idle);
  weigh_scripts (self);
  weigh_mentions (self, mentions);
  weigh_rarity (self, search);
  for (guint i = 0; i < self->text.chars->len; i++)
    sum += self->importance[i] = idle[i] ? 0 : self->importance[i];
  for (guint i = 0; sum > 0 && i < self->text.chars->len; i++)
    self->importance[i] /= sum;
}

void
mado_query_init (MadoQuery *self, MadoSearch *search, const char *text)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));

  *self = (MadoQuery) { .terms = g_array_new (FALSE, FALSE, sizeof (MadoTerm)) };
  mado_text_init (&self->text, text, MADO_SEARCH_MAX_QUERY);
  for (guint i = 0; i < self->text.words->len; i++) {
    MadoWord *word = &g_array_index (self->text.words, MadoWord, i);

    gboolean known = is_known (search, word->stem);

    if (!known || word->to - word->from >= SPELT)
      add_spelt (self, word);
    if (!known)
      add_slips (self, search, word);
  }
  mado_terms_gather (&self->text, search->words, self->terms);
  mado_words_find (search->words, &self->text, mentions);
  mado_phrase_init (&self->phrase, &self->text, search->words, mentions);
  mado_phrase_weigh (&self->phrase, &search->frequencies);
  self->importance = g_new0 (double, self->text.chars->len + 1);
  weigh (self, search, mentions);
}

void
mado_query_clear (MadoQuery *self)
{
  mado_text_clear (&self->text);
  mado_phrase_clear (&self->phrase);
  g_clear_pointer (&self->terms, g_array_unref);
  g_clear_pointer (&self->importance, g_free);
}
