/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "search/mado-key.h"
#include "search/mado-text.h"
#include "search/mado-words.h"

G_BEGIN_DECLS

/* A piece of a text that can be looked up: some characters, syllables, a word or a meaning. */
typedef struct {
  MadoKey  key;
  guint16  from, to;       /* characters of the text */
  float    quality;        /* how much it tells that it is found again */
} MadoTerm;

/* Appends those of a text. */
void mado_terms_gather (const MadoText *text, MadoWords *words, GArray *terms);
void mado_terms_add_word (const char *stem, guint from, guint to, double quality, GArray *terms);
void mado_terms_add_mentions (const GArray *mentions, double quality, GArray *terms);

/* Where a term is: the document, and how much its place there tells, of 255. */
typedef struct {
  guint32 document : 24;
  guint32 weight   : 8;
} MadoPosting;

/* Terms and the documents they are in. Filled, then ended, then read by any number of threads. */
typedef struct {
  GArray  *entries;        /* while it is filled */
  MadoKey *keys;           /* sorted */
  guint32 *starts;         /* beside each key, and one more */
  guint32  n_keys;
  GArray  *postings;       /* of MadoPosting */
} MadoIndex;

void mado_index_init  (MadoIndex *self);
void mado_index_clear (MadoIndex *self);
void mado_index_add   (MadoIndex *self, guint document, const GArray *terms, guint weight);
void mado_index_end   (MadoIndex *self);
/* (transfer none): @n of them, by document */
const MadoPosting *mado_index_find (const MadoIndex *self, MadoKey key, guint *n);

G_END_DECLS
