/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-search-private.h"

#define MOST      80        /* that are looked at more closely */
#define ENOUGH    0.12      /* of the query; less is none of what was meant */
#define SOLID     225       /* of 255: found as typed, or by its meaning, where a document says what it is about */
#define LIFT      0.86      /* of a question's score */
#define LITTLE    0.001
#define BY_PARTS  0.6       /* of a score: that the parts are there; the rest: that a title or keyword says the same */

/* The best that was found of each character of the query, in each document: how much it tells, of 255. */
static guint8 *
find_all (MadoSearch *self, const MadoQuery *query)
{
  guint n = query->text.chars->len;
  guint8 *found = g_new0 (guint8, (gsize) self->documents->len * MAX (n, 1));

  for (guint t = 0; t < query->terms->len; t++) {
    const MadoTerm *term = &g_array_index (query->terms, MadoTerm, t);
    guint n_postings;
    const MadoPosting *postings = mado_index_find (&self->index, term->key, &n_postings);

    for (guint i = 0; i < n_postings; i++) {
      guint8 *row = found + (gsize) postings[i].document * n;
      guint8 tells = (guint8) (term->quality * postings[i].weight);

      for (guint k = term->from; k < term->to; k++)
        row[k] = MAX (row[k], tells);
    }
  }

  return found;
}

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const MadoRanked *x = a, *y = b;

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;

  return x->document < y->document ? -1 : x->document > y->document;
}

static GArray *
cover (MadoSearch *self, const MadoQuery *query)
{
  g_autofree guint8 *found = find_all (self, query);
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (MadoRanked));
  guint n = query->text.chars->len;

  for (guint d = 0; d < self->documents->len; d++) {
    const guint8 *row = found + (gsize) d * n;
    double sum = 0, solid = 0;

    for (guint k = 0; k < n; k++) {
      sum += query->importance[k] * row[k];
      solid += row[k] >= SOLID ? query->importance[k] : 0;
    }
    if (sum / 255 >= ENOUGH) {
      const MadoRanked one = { d, sum / 255, sum / 255, solid, 0, NULL };

      g_array_append_val (ranked, one);
    }
  }
  g_array_sort (ranked, compare_ranked);

  return ranked;
}

static void
compare_phrases (MadoSearch *self, const MadoQuery *query, MadoRanked *one)
{
  const MadoDocument *document = &g_array_index (self->documents, MadoDocument, one->document);
  double best = 0;

  for (guint i = 0; i < document->phrases->len; i++) {
    const MadoPhrase *phrase = &g_array_index (document->phrases, MadoPhrase, i);
    double likeness = mado_phrase_compare (&query->phrase, phrase, &self->frequencies);

    if (likeness > best) {
      best = likeness;
      one->why = phrase->text;
    }
  }
  one->likeness = best;
  one->score = one->coverage * (BY_PARTS + (1 - BY_PARTS) * best) * (1 + document->favour);
}

static MadoRanked *
find_procedure (MadoSearch *self, GArray *ranked, const char *id)
{
  for (guint i = 0; i < ranked->len; i++) {
    MadoRanked *one = &g_array_index (ranked, MadoRanked, i);
    const MadoDocument *document = &g_array_index (self->documents, MadoDocument, one->document);

    if (document->kind == MADO_HIT_PROCEDURE && g_str_equal (((MadoProcedure *) document->record)->id, id))
      return one;
  }

  return NULL;
}

/* Where a procedure is as near as a question about it, the procedure comes first: what it says is checked and whole. */
static void
lift_procedures (MadoSearch *self, GArray *ranked)
{
  for (guint i = 0; i < ranked->len; i++) {
    MadoRanked *one = &g_array_index (ranked, MadoRanked, i), *other;
    const MadoDocument *document = &g_array_index (self->documents, MadoDocument, one->document);
    const MadoFaq *faq = document->record;

    if (document->kind != MADO_HIT_FAQ || faq->procedures == NULL)
      continue;
    other = find_procedure (self, ranked, faq->procedures[0]);
    if (other != NULL && other->score < one->score && other->score >= one->score * LIFT)
      other->score = one->score + LITTLE;
  }
}

GArray *
mado_search_rank (MadoSearch *self, const MadoQuery *query)
{
  GArray *ranked = cover (self, query);

  g_array_set_size (ranked, MIN (ranked->len, MOST));
  for (guint i = 0; i < ranked->len; i++)
    compare_phrases (self, query, &g_array_index (ranked, MadoRanked, i));
  lift_procedures (self, ranked);
  g_array_sort (ranked, compare_ranked);

  return ranked;
}
