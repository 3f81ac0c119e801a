/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-index.h"

#include <string.h>

/* How much each kind of term tells. */
#define THREE_WRITTEN 1.0
#define TWO_WRITTEN   0.92
#define ONE_WRITTEN   0.45
#define THREE_HEARD   0.85
#define TWO_HEARD     0.5
#define READ          0.65     /* of that, where it is how kanji are read: they may be others */
#define ONE_WORD      1.0
#define ONE_MENTION   0.9

/* --- terms ---------------------------------------------------------------------------------------------------- */

static void
add_term (GArray *terms, MadoKey key, guint from, guint to, double quality)
{
  const MadoTerm term = { key, (guint16) from, (guint16) to, (float) quality };

  g_array_append_val (terms, term);
}

/* Hiragana by itself is told by how it sounds. */
static void
add_written (const MadoText *text, guint first, GArray *terms)
{
  static const double qualities[] = { ONE_WRITTEN, TWO_WRITTEN, THREE_WRITTEN };
  const MadoChar *chars = (const MadoChar *) text->chars->data;
  MadoKey key = MADO_KEY_WRITTEN;
  gboolean tells = FALSE;

  for (guint i = first; i < MIN (first + 3, text->chars->len); i++) {
    if (chars[i].script == MADO_SCRIPT_NONE || chars[i].script == MADO_SCRIPT_LETTER
        || mado_script_is_particle (chars[i].c))
      return;
    tells |= chars[i].script == MADO_SCRIPT_KANJI || (i > first && chars[i].script == MADO_SCRIPT_KATAKANA);
    key = mado_key_add (key, chars[i].c);
    if (tells)
      add_term (terms, key, first, i + 1, qualities[i - first]);
  }
}

static void
add_sounds (const MadoText *text, GArray *terms)
{
  const MadoSound *sounds = (const MadoSound *) text->sounds->data;

  for (guint first = 0; first < text->sounds->len; first++) {
    MadoKey key = MADO_KEY_HEARD;
    double heard = 1;

    for (guint i = first; i < MIN (first + 3, text->sounds->len) && sounds[i].c != 0; i++) {
      key = mado_key_add (key, sounds[i].c);
      if (g_array_index (text->chars, MadoChar, sounds[i].from).script == MADO_SCRIPT_KANJI)
        heard = READ;
      if (i > first)
        add_term (terms, key, sounds[first].from, sounds[i].to, heard * (i - first == 1 ? TWO_HEARD : THREE_HEARD));
    }
  }
}

void
mado_terms_add_word (const char *stem, guint from, guint to, double quality, GArray *terms)
{
  add_term (terms, mado_key_add_text (MADO_KEY_WORDS, stem), from, to, quality * ONE_WORD);
}

void
mado_terms_add_mentions (const GArray *mentions, double quality, GArray *terms)
{
  for (guint i = 0; i < mentions->len; i++) {
    const MadoMention *one = &g_array_index (mentions, MadoMention, i);

    add_term (terms, mado_key_add (MADO_KEY_CONCEPT, one->concept), one->from, one->to, quality * ONE_MENTION);
  }
}

void
mado_terms_gather (const MadoText *text, MadoWords *words, GArray *terms)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));

  for (guint i = 0; i < text->chars->len; i++)
    add_written (text, i, terms);
  add_sounds (text, terms);
  for (guint i = 0; i < text->words->len; i++) {
    const MadoWord *word = &g_array_index (text->words, MadoWord, i);

    mado_terms_add_word (word->stem, word->from, word->to, 1, terms);
  }
  mado_words_find (words, text, mentions);
  mado_terms_add_mentions (mentions, 1, terms);
}

/* --- the index ------------------------------------------------------------------------------------------------ */

typedef struct {
  MadoKey     key;
  MadoPosting posting;
} Entry;

void
mado_index_init (MadoIndex *self)
{
  *self = (MadoIndex) { .entries = g_array_new (FALSE, FALSE, sizeof (Entry)) };
}

void
mado_index_clear (MadoIndex *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->postings, g_array_unref);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->starts, g_free);
}

void
mado_index_add (MadoIndex *self, guint document, const GArray *terms, guint weight)
{
  for (guint i = 0; i < terms->len; i++) {
    const Entry entry = { g_array_index (terms, MadoTerm, i).key, { document, weight } };

    g_array_append_val (self->entries, entry);
  }
}

/* By key; one byte of it at a time, which keeps the order of documents and is quicker than comparing. */
static void
sort_entries (GArray *entries)
{
  guint n = entries->len;
  g_autofree Entry *other = g_new (Entry, n);
  Entry *from = (Entry *) entries->data, *to = other;

  for (guint shift = 0; shift < 64; shift += 8) {
    guint32 places[257] = { 0 };
    Entry *swap = from;

    for (guint i = 0; i < n; i++)
      places[((from[i].key >> shift) & 255) + 1]++;
    for (guint i = 0; i < 256; i++)
      places[i + 1] += places[i];
    for (guint i = 0; i < n; i++)
      to[places[(from[i].key >> shift) & 255]++] = from[i];
    from = to;
    to = swap;
  }
}

static guint
count_keys (const GArray *entries)
{
  const Entry *entry = (const Entry *) entries->data;
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    n += i == 0 || entry[i].key != entry[i - 1].key;

  return n;
}

/* A term that is in a document more than once counts where it tells most. */
static void
add_posting (GArray *postings, guint32 start, MadoPosting posting)
{
  MadoPosting *last = postings->len > start ? &g_array_index (postings, MadoPosting, postings->len - 1) : NULL;

  if (last != NULL && last->document == posting.document)
    last->weight = MAX (last->weight, posting.weight);
  else
    g_array_append_val (postings, posting);
}

void
mado_index_end (MadoIndex *self)
{
  const Entry *entry;
  guint n = 0;

  sort_entries (self->entries);
  entry = (const Entry *) self->entries->data;
  self->n_keys = count_keys (self->entries);
  self->keys = g_new (MadoKey, self->n_keys);
  self->starts = g_new (guint32, self->n_keys + 1);
  self->postings = g_array_new (FALSE, FALSE, sizeof (MadoPosting));
  for (guint i = 0; i < self->entries->len; i++) {
    if (i == 0 || entry[i].key != entry[i - 1].key) {
      self->starts[n] = self->postings->len;
      self->keys[n++] = entry[i].key;
    }
    add_posting (self->postings, self->starts[n - 1], entry[i].posting);
  }
  self->starts[n] = self->postings->len;
  g_clear_pointer (&self->entries, g_array_unref);
}

const MadoPosting *
mado_index_find (const MadoIndex *self, MadoKey key, guint *n)
{
  guint first = 0, last = self->n_keys;

  while (first < last) {
    guint middle = first + (last - first) / 2;

    if (self->keys[middle] < key)
      first = middle + 1;
    else
      last = middle;
  }
  *n = 0;
  if (first == self->n_keys || self->keys[first] != key)
    return NULL;
  *n = self->starts[first + 1] - self->starts[first];

  return &g_array_index (self->postings, MadoPosting, self->starts[first]);
}
