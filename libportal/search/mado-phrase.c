/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-search-private.h"

#include <math.h>
#include <stdlib.h>

#define MAX_GRAMS    60
#define MAX_CONCEPTS 12
#define REST_WEIGHT  0.7   /* of what has no meaning that is known */
#define REST_CHARS   2     /* Japanese characters that weigh as much as a meaning */

static int
compare_grams (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static int
compare_concepts (gconstpointer a, gconstpointer b)
{
  return *(const guint16 *) a - *(const guint16 *) b;
}

static void
add_gram (MadoPhrase *self, MadoKey key)
{
  if (self->n_grams < MAX_GRAMS)
    self->grams[self->n_grams++] = (guint32) (key >> 16);
}

static void
add_grams (MadoPhrase *self, const MadoText *text, MadoWords *words, const gboolean *idle)
{
  const MadoSound *sounds = (const MadoSound *) text->sounds->data;

  for (guint i = 0; i + 1 < text->sounds->len; i++)
    if (sounds[i].c != 0 && sounds[i + 1].c != 0 && !idle[sounds[i].from] && !idle[sounds[i + 1].from])
      add_gram (self, mado_key_add (mado_key_add (MADO_KEY_HEARD, sounds[i].c), sounds[i + 1].c));
  for (guint i = 0; i < text->words->len; i++) {
    const MadoWord *word = &g_array_index (text->words, MadoWord, i);

    if (!idle[word->from])
      add_gram (self, mado_key_add_text (MADO_KEY_WORDS, word->stem));
  }
}

static void
add_concept (MadoPhrase *self, guint concept)
{
  for (guint i = 0; i < self->n_concepts; i++)
    if (self->concepts[i] == concept)
      return;
  if (self->n_concepts < MAX_CONCEPTS)
    self->concepts[self->n_concepts++] = (guint16) concept;
}

/* Meanings, and what is left beside them. */
static void
add_concepts (MadoPhrase *self, const MadoText *text, const GArray *mentions, gboolean *idle)
{
  const MadoChar *chars = (const MadoChar *) text->chars->data;
  guint rest = 0, words = 0;

  for (guint i = 0; i < mentions->len; i++) {
    const MadoMention *one = &g_array_index (mentions, MadoMention, i);

    add_concept (self, one->concept);
    for (guint k = one->from; k < one->to; k++)
      idle[k] = TRUE;
  }
  for (guint i = 0; i < text->words->len; i++)
    words += !idle[g_array_index (text->words, MadoWord, i).from];
  for (guint i = 0; i < text->chars->len; i++)
    rest += !idle[i] && chars[i].script != MADO_SCRIPT_LETTER && chars[i].script != MADO_SCRIPT_HIRAGANA;
  self->rest = (guint8) MIN (words + (rest + REST_CHARS - 1) / REST_CHARS, 100);
}

void
mado_phrase_init (MadoPhrase *self, const MadoText *text, MadoWords *words, const GArray *mentions)
{
  g_autofree gboolean *idle = g_new0 (gboolean, text->chars->len + 1);

  *self = (MadoPhrase) { .grams = g_new (guint32, MAX_GRAMS), .concepts = g_new (guint16, MAX_CONCEPTS) };
  mado_words_mark_idle (words, text, idle);
  add_grams (self, text, words, idle);
  add_concepts (self, text, mentions, idle);
  qsort (self->grams, self->n_grams, sizeof *self->grams, compare_grams);
  qsort (self->concepts, self->n_concepts, sizeof *self->concepts, compare_concepts);
  self->grams = g_renew (guint32, self->grams, self->n_grams);
  self->concepts = g_renew (guint16, self->concepts, self->n_concepts);
}

void
mado_phrase_clear (MadoPhrase *self)
{
  g_clear_pointer (&self->grams, g_free);
  g_clear_pointer (&self->concepts, g_free);
}

/* --- how common each gram and meaning is ---------------------------------------------------------------------- */

void
mado_frequencies_init (MadoFrequencies *self)
{
  self->n = 0;
  self->grams = g_hash_table_new (NULL, NULL);
  self->concepts = g_hash_table_new (NULL, NULL);
}

void
mado_frequencies_clear (MadoFrequencies *self)
{
  g_clear_pointer (&self->grams, g_hash_table_unref);
  g_clear_pointer (&self->concepts, g_hash_table_unref);
}

static void
count (GHashTable *table, guint key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, GUINT_TO_POINTER (key)));

  g_hash_table_insert (table, GUINT_TO_POINTER (key), GUINT_TO_POINTER (n + 1));
}

void
mado_frequencies_add (MadoFrequencies *self, const MadoPhrase *phrase)
{
  self->n++;
  for (guint i = 0; i < phrase->n_grams; i++)
    count (self->grams, phrase->grams[i]);
  for (guint i = 0; i < phrase->n_concepts; i++)
    count (self->concepts, phrase->concepts[i]);
}

/* 1 for what is in no other phrase, near 0 for what is in all. */
static float
weigh (const MadoFrequencies *self, GHashTable *table, guint key)
{
  guint n = MAX (1, GPOINTER_TO_UINT (g_hash_table_lookup (table, GUINT_TO_POINTER (key))));

  return (float) (log1p ((double) self->n / n) / log1p (self->n));
}

void
mado_phrase_weigh (MadoPhrase *self, const MadoFrequencies *frequencies)
{
  self->heard = 0;
  self->meant = (float) REST_WEIGHT * self->rest;
  for (guint i = 0; i < self->n_grams; i++)
    self->heard += weigh (frequencies, frequencies->grams, self->grams[i]);
  for (guint i = 0; i < self->n_concepts; i++)
    self->meant += weigh (frequencies, frequencies->concepts, self->concepts[i]);
}

/* --- likeness ------------------------------------------------------------------------------------------------- */

static double
sum_common_grams (const MadoPhrase *a, const MadoPhrase *b, const MadoFrequencies *frequencies)
{
  double common = 0;

  for (guint i = 0, k = 0; i < a->n_grams && k < b->n_grams;) {
    if (a->grams[i] == b->grams[k])
      common += weigh (frequencies, frequencies->grams, a->grams[i]), i++, k++;
    else if (a->grams[i] < b->grams[k])
      i++;
    else
      k++;
  }

  return common;
}

static double
sum_common_concepts (const MadoPhrase *a, const MadoPhrase *b, const MadoFrequencies *frequencies)
{
  double common = 0;

  for (guint i = 0, k = 0; i < a->n_concepts && k < b->n_concepts;) {
    if (a->concepts[i] == b->concepts[k])
      common += weigh (frequencies, frequencies->concepts, a->concepts[i]), i++, k++;
    else if (a->concepts[i] < b->concepts[k])
      i++;
    else
      k++;
  }

  return common;
}

/* Dice's measure, by sounds and words, or by meanings; what is rare counts more. */
double
mado_phrase_compare (const MadoPhrase *a, const MadoPhrase *b, const MadoFrequencies *frequencies)
{
  double all = (double) a->heard + b->heard, meanings = (double) a->meant + b->meant;
  double heard = all > 0 ? 2 * sum_common_grams (a, b, frequencies) / all : 0;
  double meant = meanings > 0 ? 2 * sum_common_concepts (a, b, frequencies) / meanings : 0;

  return MAX (heard, meant * 0.9);
}
