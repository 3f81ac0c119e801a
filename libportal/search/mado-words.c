/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-words.h"

#include <string.h>

#include "search/mado-key.h"

#define LONGEST   16      /* syllables of a word */
#define FEW       2       /* syllables that are part of too many other words */
#define FEW_CHARS 4       /* they are written with: ペット */
#define MOST      4       /* words of an expression */
#define MAX_WORD  60
#define N_FILTERS 65536

struct _MadoWords {
  gatomicrefcount refs;
  GHashTable     *concepts;    /* guint64 key to GArray of guint */
  GHashTable     *idle;        /* guint64 key: set */
  GPtrArray      *stems;
  GHashTable     *known;       /* stems, set */
  guint8          filter[N_FILTERS / 8];   /* keys of the first two syllables of words */
};

/* --- keys ----------------------------------------------------------------------------------------------------- */

static void
add_filter (MadoWords *self, MadoKey key)
{
  self->filter[(key % N_FILTERS) / 8] |= (guint8) (1u << (key % 8));
}

static gboolean
passes (const MadoWords *self, MadoKey key)
{
  return (self->filter[(key % N_FILTERS) / 8] >> (key % 8)) & 1;
}

static void
add_concept (MadoWords *self, MadoKey key, guint concept)
{
  GArray *list = g_hash_table_lookup (self->concepts, &key);

  if (list == NULL) {
    list = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (self->concepts, g_memdup2 (&key, sizeof key), list);
  }
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, guint, i) == concept)
      return;
  g_array_append_val (list, concept);
}

static void
add_stem (MadoWords *self, const char *stem)
{
  if (g_hash_table_contains (self->known, stem))
    return;
  g_ptr_array_add (self->stems, g_strdup (stem));
  g_hash_table_add (self->known, g_ptr_array_index (self->stems, self->stems->len - 1));
}

/* An expression is known by what is heard, or by its words; one of few syllables by how it is written. */
static MadoKey
get_key (MadoWords *self, const MadoText *text)
{
  MadoKey key;

  if (text->words->len > 0) {
    key = MADO_KEY_WORDS;
    for (guint i = 0; i < text->words->len; i++)
      key = mado_key_add_text (key, g_array_index (text->words, MadoWord, i).stem);
    return key;
  }
  if (text->sounds->len <= FEW) {
    key = MADO_KEY_WRITTEN;
    for (guint i = 0; i < text->chars->len; i++)
      key = mado_key_add (key, g_array_index (text->chars, MadoChar, i).c);
    return key;
  }
  key = MADO_KEY_HEARD;
  for (guint i = 0; i < text->sounds->len; i++)
    key = mado_key_add (key, g_array_index (text->sounds, MadoSound, i).c);

  return key;
}

static void
add_filters (MadoWords *self, const MadoText *text)
{
  MadoKey key = MADO_KEY_HEARD;

  if (text->words->len > 0 || text->sounds->len <= FEW)
    return;
  key = mado_key_add (key, g_array_index (text->sounds, MadoSound, 0).c);
  add_filter (self, mado_key_add (key, g_array_index (text->sounds, MadoSound, 1).c));
}

static void
read_concept (MadoWords *self, guint concept, JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++) {
    g_auto(MadoText) text = { 0 };

    mado_text_init (&text, json_array_get_string_element (list, i), MAX_WORD);
    add_concept (self, get_key (self, &text), concept);
    add_filters (self, &text);
    for (guint k = 0; k < text.words->len; k++)
      add_stem (self, g_array_index (text.words, MadoWord, k).stem);
  }
}

static void
read_idle (MadoWords *self, JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++) {
    g_auto(MadoText) text = { 0 };
    MadoKey key = MADO_KEY_WRITTEN;

    mado_text_init (&text, json_array_get_string_element (list, i), MAX_WORD);
    for (guint k = 0; k < text.chars->len; k++)
      key = mado_key_add (key, g_array_index (text.chars, MadoChar, k).c);
    if (text.words->len > 0)
      key = mado_key_add_text (MADO_KEY_WORDS, g_array_index (text.words, MadoWord, 0).stem);
    g_hash_table_add (self->idle, g_memdup2 (&key, sizeof key));
  }
}

MadoWords *
mado_words_new (JsonNode *json)
{
  MadoWords *self = g_new0 (MadoWords, 1);
  JsonObject *object = json != NULL ? json_node_get_object (json) : NULL;
  JsonArray *concepts = object != NULL ? json_object_get_array_member (object, "concepts") : NULL;

  g_atomic_ref_count_init (&self->refs);
  self->concepts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->idle = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stems = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; concepts != NULL && i < json_array_get_length (concepts); i++)
    read_concept (self, i, json_array_get_array_element (concepts, i));
  if (object != NULL)
    read_idle (self, json_object_get_array_member (object, "idle"));

  return self;
}

MadoWords *
mado_words_ref (MadoWords *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
mado_words_unref (MadoWords *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->concepts);
  g_hash_table_unref (self->idle);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->stems);
  g_free (self);
}

GPtrArray *
mado_words_get_stems (MadoWords *self)
{
  return self->stems;
}

/* --- concepts ------------------------------------------------------------------------------------------------- */

static void
mention (MadoWords *self, MadoKey key, guint from, guint to, GArray *mentions)
{
  GArray *list = g_hash_table_lookup (self->concepts, &key);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const MadoMention one = { g_array_index (list, guint, i), (guint16) from, (guint16) to };

    g_array_append_val (mentions, one);
  }
}

/* Never from the middle of a kanji, or to it: 診断 is no 死んだ. */
static void
find_heard (MadoWords *self, const MadoText *text, guint first, GArray *mentions)
{
  MadoKey key = MADO_KEY_HEARD;
  const MadoSound *sounds = (const MadoSound *) text->sounds->data;

  if (first > 0 && sounds[first - 1].c != 0 && sounds[first - 1].to > sounds[first].from)
    return;
  for (guint i = first; i < MIN (first + LONGEST, text->sounds->len) && sounds[i].c != 0; i++) {
    gboolean ends = i + 1 == text->sounds->len || sounds[i + 1].c == 0 || sounds[i + 1].from >= sounds[i].to;

    key = mado_key_add (key, sounds[i].c);
    if (i == first + 1 && !passes (self, key))
      return;
    if (ends && i - first >= FEW)
      mention (self, key, sounds[first].from, sounds[i].to, mentions);
  }
}

/* Whether a word may part here: never within one script, unless a particle follows. */
static gboolean
parts (const MadoChar *before, const MadoChar *after)
{
  return before->script != after->script || mado_script_is_particle (after->c);
}

/* What has few syllables (犬, いぬ), only where it cannot be part of another word: 死産 is no 死. */
static void
find_written (MadoWords *self, const MadoText *text, guint first, GArray *mentions)
{
  const MadoChar *chars = (const MadoChar *) text->chars->data;
  guint n = text->chars->len;
  gboolean begins = first == 0 || parts (&chars[first - 1], &chars[first]);
  MadoKey key = MADO_KEY_WRITTEN;

  for (guint i = first; i < MIN (first + FEW_CHARS, n); i++) {
    gboolean ends = i + 1 == n || parts (&chars[i], &chars[i + 1]);

    if (chars[i].script == MADO_SCRIPT_NONE || chars[i].script == MADO_SCRIPT_LETTER)
      return;
    key = mado_key_add (key, chars[i].c);
    if (begins && ends)
      mention (self, key, first, i + 1, mentions);
  }
}

static void
find_words (MadoWords *self, const MadoText *text, guint first, GArray *mentions)
{
  MadoKey key = MADO_KEY_WORDS;
  const MadoWord *words = (const MadoWord *) text->words->data;

  for (guint i = first; i < MIN (first + MOST, text->words->len); i++) {
    key = mado_key_add_text (key, words[i].stem);
    mention (self, key, words[first].from, words[i].to, mentions);
  }
}

void
mado_words_find (MadoWords *self, const MadoText *text, GArray *mentions)
{
  for (guint i = 0; i < text->sounds->len; i++)
    find_heard (self, text, i, mentions);
  for (guint i = 0; i < text->chars->len; i++)
    find_written (self, text, i, mentions);
  for (guint i = 0; i < text->words->len; i++)
    find_words (self, text, i, mentions);
}

void
mado_words_find_stem (MadoWords *self, const char *stem, guint from, guint to, GArray *mentions)
{
  mention (self, mado_key_add_text (MADO_KEY_WORDS, stem), from, to, mentions);
}

/* --- idle words ----------------------------------------------------------------------------------------------- */

gboolean
mado_words_is_idle (MadoWords *self, const char *stem)
{
  MadoKey key = mado_key_add_text (MADO_KEY_WORDS, stem);

  return g_hash_table_contains (self->idle, &key);
}

/* The longest idle expression that ends before @end; 0 if there is none. */
static guint
find_idle_end (MadoWords *self, const MadoText *text, guint end)
{
  const MadoChar *chars = (const MadoChar *) text->chars->data;

  for (guint n = MIN (end, LONGEST); n > 0; n--) {
    MadoKey key = MADO_KEY_WRITTEN;

    for (guint i = end - n; i < end; i++)
      key = mado_key_add (key, chars[i].c);
    if (g_hash_table_contains (self->idle, &key))
      return n;
  }

  return 0;
}

/* What is said at the end of a phrase: 住民票が|欲しい|です. */
static void
mark_ending (MadoWords *self, const MadoText *text, guint end, gboolean *idle)
{
  guint n;

  while ((n = find_idle_end (self, text, end)) > 0) {
    for (guint i = end - n; i < end; i++)
      idle[i] = TRUE;
    end -= n;
  }
}

void
mado_words_mark_idle (MadoWords *self, const MadoText *text, gboolean *idle)
{
  const MadoChar *chars = (const MadoChar *) text->chars->data;

  for (guint i = 0; i < text->chars->len; i++) {
    idle[i] = chars[i].script == MADO_SCRIPT_NONE;
    if (i + 1 == text->chars->len || chars[i + 1].script == MADO_SCRIPT_NONE)
      mark_ending (self, text, i + 1, idle);
  }
  for (guint i = 0; i < text->words->len; i++) {
    const MadoWord *word = &g_array_index (text->words, MadoWord, i);

    for (guint k = word->from; k < word->to && mado_words_is_idle (self, word->stem); k++)
      idle[k] = TRUE;
  }
}
