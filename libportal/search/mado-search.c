/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-search-private.h"

#include <string.h>

#include "core/mado-json.h"

#define MAX_TEXT 400       /* characters of a text that are looked at */

/* How much a place tells, of 255. */
#define IN_TITLE    255
#define IN_KEYWORDS 255
#define IN_QUESTION 240
#define IN_SUMMARY  190
#define IN_ANSWER   120

G_DEFINE_FINAL_TYPE (MadoSearch, mado_search, G_TYPE_OBJECT)

static void
document_clear (gpointer data)
{
  MadoDocument *self = data;

  g_clear_object (&self->record);
  g_clear_pointer (&self->phrases, g_array_unref);
}

static void
mado_search_finalize (GObject *object)
{
  MadoSearch *self = MADO_SEARCH (object);

  mado_index_clear (&self->index);
  mado_frequencies_clear (&self->frequencies);
  g_array_unref (self->documents);
  g_ptr_array_unref (self->stems);
  g_clear_pointer (&self->words, mado_words_unref);
  G_OBJECT_CLASS (mado_search_parent_class)->finalize (object);
}

static void
mado_search_class_init (MadoSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_search_finalize;
}

static void
mado_search_init (MadoSearch *self)
{
  mado_index_init (&self->index);
  mado_frequencies_init (&self->frequencies);
  self->documents = g_array_new (FALSE, FALSE, sizeof (MadoDocument));
  g_array_set_clear_func (self->documents, document_clear);
  self->stems = g_ptr_array_new_with_free_func (g_free);
}

/* --- filling -------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoSearch *search;
  GHashTable *stems;       /* set, keys owned by the search */
  GArray     *terms;       /* scratch */
  GArray     *mentions;
} Filling;

static void
add_stems (Filling *self, const MadoText *text)
{
  for (guint i = 0; i < text->words->len; i++) {
    const char *stem = g_array_index (text->words, MadoWord, i).stem;

    if (!g_hash_table_contains (self->stems, stem)) {
      g_ptr_array_add (self->search->stems, g_strdup (stem));
      g_hash_table_add (self->stems, g_ptr_array_index (self->search->stems, self->search->stems->len - 1));
    }
  }
}

static void
add_text (Filling *self, const char *words, guint weight, gboolean is_phrase)
{
  MadoSearch *search = self->search;
  guint document = search->documents->len - 1;
  g_auto(MadoText) text = { 0 };
  MadoPhrase phrase;

  mado_text_init (&text, words, MAX_TEXT);
  g_array_set_size (self->terms, 0);
  mado_terms_gather (&text, search->words, self->terms);
  mado_index_add (&search->index, document, self->terms, weight);
  add_stems (self, &text);
  if (!is_phrase)
    return;
  g_array_set_size (self->mentions, 0);
  mado_words_find (search->words, &text, self->mentions);
  mado_phrase_init (&phrase, &text, search->words, self->mentions);
  phrase.text = words;
  mado_frequencies_add (&search->frequencies, &phrase);
  g_array_append_val (g_array_index (search->documents, MadoDocument, document).phrases, phrase);
}

static void
add_map (Filling *self, JsonNode *map, guint weight, gboolean is_phrase)
{
  JsonObjectIter iter;
  const char *language;
  JsonNode *text;

  if (map == NULL || !JSON_NODE_HOLDS_OBJECT (map))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (map));
  while (json_object_iter_next_ordered (&iter, &language, &text))
    add_text (self, json_node_get_string (text), weight, is_phrase);
}

static void
phrase_clear (gpointer phrase)
{
  mado_phrase_clear (phrase);
}

static void
begin (Filling *self, MadoHitKind kind, gpointer record, double favour)
{
  MadoDocument document = { kind, g_object_ref (record), favour, g_array_new (FALSE, FALSE, sizeof (MadoPhrase)) };

  g_array_set_clear_func (document.phrases, phrase_clear);
  g_array_append_val (self->search->documents, document);
}

static void
add_keywords (Filling *self, GStrv keywords)
{
  for (guint i = 0; keywords != NULL && keywords[i] != NULL; i++)
    add_text (self, keywords[i], IN_KEYWORDS, TRUE);
}

static void
add_procedure (Filling *self, MadoProcedure *procedure)
{
  begin (self, MADO_HIT_PROCEDURE, procedure, procedure->often ? 0.035 : 0.02);
  add_map (self, procedure->title, IN_TITLE, TRUE);
  add_keywords (self, procedure->keywords);
  add_map (self, procedure->summary, IN_SUMMARY, FALSE);
}

static void
add_event (Filling *self, MadoLifeEvent *event)
{
  begin (self, MADO_HIT_LIFE_EVENT, event, 0.012);
  add_map (self, event->title, IN_TITLE, TRUE);
  add_keywords (self, event->keywords);
  add_map (self, event->summary, IN_SUMMARY, FALSE);
}

static void
add_question (Filling *self, MadoFaq *faq)
{
  begin (self, MADO_HIT_FAQ, faq, 0);
  add_map (self, faq->question, IN_QUESTION, TRUE);
  add_keywords (self, faq->keywords);
  add_map (self, faq->answer, IN_ANSWER, FALSE);
}

static void
weigh_phrases (MadoSearch *self)
{
  for (guint i = 0; i < self->documents->len; i++) {
    GArray *phrases = g_array_index (self->documents, MadoDocument, i).phrases;

    for (guint k = 0; k < phrases->len; k++)
      mado_phrase_weigh (&g_array_index (phrases, MadoPhrase, k), &self->frequencies);
  }
}

MadoSearch *
mado_search_new (JsonNode *words, GPtrArray *procedures, GPtrArray *events, GPtrArray *questions)
{
  MadoSearch *self = g_object_new (MADO_TYPE_SEARCH, NULL);
  g_autoptr(GHashTable) stems = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) terms = g_array_new (FALSE, FALSE, sizeof (MadoTerm));
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));
  Filling filling = { self, stems, terms, mentions };

  self->words = mado_words_new (words);
  for (guint i = 0; i < procedures->len; i++)
    add_procedure (&filling, g_ptr_array_index (procedures, i));
  for (guint i = 0; i < events->len; i++)
    add_event (&filling, g_ptr_array_index (events, i));
  for (guint i = 0; i < questions->len; i++)
    add_question (&filling, g_ptr_array_index (questions, i));
  for (guint i = 0; i < mado_words_get_stems (self->words)->len; i++) {
    const char *stem = g_ptr_array_index (mado_words_get_stems (self->words), i);

    if (!g_hash_table_contains (stems, stem))
      g_ptr_array_add (self->stems, g_strdup (stem));
  }
  mado_index_end (&self->index);
  weigh_phrases (self);

  return self;
}

MadoHits *
mado_search_find (MadoSearch *self, const char *query, const char *language, guint limit)
{
  g_auto(MadoQuery) prepared = { 0 };
  g_autoptr(GArray) ranked = NULL;

  mado_query_init (&prepared, self, query);
  ranked = mado_search_rank (self, &prepared);

  return mado_search_describe (self, ranked, language, MIN (limit, MADO_SEARCH_MAX_HITS));
}
