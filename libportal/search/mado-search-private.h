/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "search/mado-index.h"
#include "search/mado-search.h"

G_BEGIN_DECLS

/*
 * A title, keyword or question, or a query, as a whole: pairs of syllables and words (sorted), meanings (sorted), and
 * how much of it has no meaning that is known. Idle words are left out.
 */
typedef struct {
  guint32    *grams;
  guint16    *concepts;
  guint8      n_grams, n_concepts, rest;
  float       heard, meant;   /* what its grams, and its meanings, weigh together */
  const char *text;        /* (nullable): lives with its document */
} MadoPhrase;

/* @text: taken apart already */
void   mado_phrase_init    (MadoPhrase *self, const MadoText *text, MadoWords *words, const GArray *mentions);
void   mado_phrase_clear   (MadoPhrase *self);

/* In how many phrases each gram and each meaning is. */
typedef struct {
  guint       n;
  GHashTable *grams;
  GHashTable *concepts;
} MadoFrequencies;
void   mado_frequencies_init  (MadoFrequencies *self);
void   mado_frequencies_clear (MadoFrequencies *self);
void   mado_frequencies_add   (MadoFrequencies *self, const MadoPhrase *phrase);

/* To be done before it is compared, once all are counted. */
void   mado_phrase_weigh   (MadoPhrase *self, const MadoFrequencies *frequencies);
/* 1: the same; 0: nothing in common */
double mado_phrase_compare (const MadoPhrase *a, const MadoPhrase *b, const MadoFrequencies *frequencies);

typedef struct {
  MadoHitKind kind;
  gpointer    record;      /* (transfer full): MadoProcedure, MadoLifeEvent or MadoFaq */
  double      favour;      /* a little, where nothing else tells two apart */
  GArray     *phrases;     /* of MadoPhrase */
} MadoDocument;

struct _MadoSearch {
  GObject    parent;
  MadoWords *words;
  MadoIndex  index;
  MadoFrequencies frequencies;
  GArray    *documents;    /* of MadoDocument */
  GPtrArray *stems;        /* of char *: sorted, every one that can be found */
};

/* A query, ready to be held against the documents. */
typedef struct {
  MadoText   text;
  MadoPhrase phrase;
  GArray    *terms;        /* of MadoTerm */
  double    *importance;   /* of each character; their sum is 1, or 0 if it says nothing */
} MadoQuery;

void mado_query_init  (MadoQuery *self, MadoSearch *search, const char *text);
void mado_query_clear (MadoQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoQuery, mado_query_clear)

/* Documents by how much of the query is in them; the best first. */
typedef struct {
  guint       document;
  double      score;       /* 0 … 1, and a little for those in favour */
  double      coverage;    /* how much of the query is in it, 0 … 1 */
  double      solid;       /* how much of it beyond doubt */
  double      likeness;    /* of a title or keyword, 0 … 1 */
  const char *why;         /* (nullable): lives with the document */
} MadoRanked;
GArray *mado_search_rank (MadoSearch *self, const MadoQuery *query);

/* (transfer full): of the best @limit of @ranked */
MadoHits *mado_search_describe (MadoSearch *self, const GArray *ranked, const char *language, guint limit);

G_END_DECLS
