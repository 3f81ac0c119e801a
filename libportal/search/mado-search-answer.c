/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/mado-search-private.h"

#include <math.h>

#include "core/mado-json.h"

#define SURE        0.62      /* a score of what was meant */
#define UNSURE      0.42      /* below it nothing was, … */
#define SOLID       0.2       /* … unless so much of the query is there beyond doubt */
#define AHEAD       0.12      /* that the first is before the next of another matter */
#define NAMED       0.85      /* a likeness: it was called by its name */
#define NAMED_AHEAD 0.12
#define NEAR        0.6       /* of the first's score, to be one of the choices */
#define MOST_CHOICES 4
#define MOST_HITS    12       /* that choices are made of */

/* --- hits ----------------------------------------------------------------------------------------------------- */

static JsonNode *
choose_language (JsonNode *map, const char *language)
{
  JsonNode *node;
  JsonObject *object;

  if (map == NULL || language == NULL)
    return map != NULL ? json_node_ref (map) : NULL;
  object = json_object_new ();
  json_object_set_string_member (object, language, mado_json_text (map, language));
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);

  return node;
}

static void
fill (MadoHit *hit, const char *id, const char *category, JsonNode *title, JsonNode *summary, const char *icon,
      const char *language)
{
  hit->id = g_strdup (id);
  hit->category = g_strdup (category);
  hit->title = choose_language (title, language);
  hit->summary = choose_language (summary, language);
  hit->icon = g_strdup (icon);
}

static MadoHit *
describe_hit (MadoSearch *self, const MadoRanked *ranked, const char *language)
{
  const MadoDocument *document = &g_array_index (self->documents, MadoDocument, ranked->document);
  const MadoProcedure *procedure = document->record;
  const MadoLifeEvent *event = document->record;
  const MadoFaq *faq = document->record;
  MadoHit *hit = g_object_new (MADO_TYPE_HIT, NULL);

  hit->kind = document->kind;
  hit->score = MIN (1000, lround (ranked->score * 1000));
  hit->why = g_strdup (ranked->why);
  if (document->kind == MADO_HIT_PROCEDURE)
    fill (hit, procedure->id, procedure->category, procedure->title, procedure->summary, procedure->icon, language);
  else if (document->kind == MADO_HIT_LIFE_EVENT)
    fill (hit, event->id, NULL, event->title, event->summary, event->icon, language);
  else {
    fill (hit, faq->id, faq->category, faq->question, faq->answer, NULL, language);
    hit->procedures = g_strdupv (faq->procedures);
  }

  return hit;
}

/* --- how sure ------------------------------------------------------------------------------------------------- */

static const char *
get_procedure (const MadoHit *hit)
{
  if (hit->kind == MADO_HIT_PROCEDURE)
    return hit->id;

  return hit->procedures != NULL ? hit->procedures[0] : NULL;
}

/* A question about a procedure and the procedure itself are one matter. */
static gboolean
is_same_matter (const MadoHit *a, const MadoHit *b)
{
  return get_procedure (a) != NULL && g_strcmp0 (get_procedure (a), get_procedure (b)) == 0;
}

/* The first of the hits that is about another matter; 0 if there is none. */
static guint
find_other (const MadoHits *self)
{
  for (guint i = 1; i < self->items->len; i++)
    if (!is_same_matter (g_ptr_array_index (self->items, 0), g_ptr_array_index (self->items, i)))
      return i;

  return 0;
}

/* By what is there of the query; or because it was called by its name, and no other so nearly. */
static gboolean
is_ahead (const MadoRanked *first, const MadoRanked *other)
{
  return first->score - other->score >= AHEAD
         || (first->likeness >= NAMED && first->likeness - other->likeness >= NAMED_AHEAD);
}

static MadoConfidence
judge (const MadoHits *self, const GArray *ranked)
{
  const MadoRanked *first = ranked->len > 0 ? &g_array_index (ranked, MadoRanked, 0) : NULL;
  guint other = find_other (self);

  if (first == NULL || (first->score < UNSURE && first->solid < SOLID))
    return MADO_CONFIDENCE_NONE;
  if (first->score >= SURE && (other == 0 || is_ahead (first, &g_array_index (ranked, MadoRanked, other))))
    return MADO_CONFIDENCE_CLEAR;

  return MADO_CONFIDENCE_UNCLEAR;
}

/* --- which do you mean? --------------------------------------------------------------------------------------- */

static MadoHitChoice *
find_choice (GPtrArray *choices, const char *category)
{
  for (guint i = 0; i < choices->len; i++)
    if (g_strcmp0 (((MadoHitChoice *) g_ptr_array_index (choices, i))->category, category) == 0)
      return g_ptr_array_index (choices, i);

  return NULL;
}

static void
add_to_choice (MadoHitChoice *choice, const MadoHit *hit)
{
  guint n = choice->hits != NULL ? g_strv_length (choice->hits) : 0;
  const char *kind = g_enum_get_value (g_type_class_peek_static (MADO_TYPE_HIT_KIND), (int) hit->kind)->value_nick;

  choice->hits = g_renew (char *, choice->hits, n + 2);
  choice->hits[n] = g_strconcat (kind, ":", hit->id, NULL);
  choice->hits[n + 1] = NULL;
}

static gboolean
is_near (const MadoHits *self, const MadoHit *hit)
{
  return hit->score >= NEAR * ((MadoHit *) g_ptr_array_index (self->items, 0))->score;
}

/* By field of life. A life event belongs to none and asks its own questions. */
static void
choose_by_field (MadoHits *self)
{
  for (guint i = 0; i < MIN (self->items->len, MOST_HITS); i++) {
    const MadoHit *hit = g_ptr_array_index (self->items, i);
    MadoHitChoice *choice = find_choice (self->choices, hit->category);

    if (hit->category == NULL || !is_near (self, hit) || (choice == NULL && self->choices->len == MOST_CHOICES))
      continue;
    if (choice == NULL) {
      choice = g_object_new (MADO_TYPE_HIT_CHOICE, NULL);
      choice->category = g_strdup (hit->category);
      g_ptr_array_add (self->choices, choice);
    }
    add_to_choice (choice, hit);
  }
}

/* All of one field: each by its own name. */
static void
choose_by_name (MadoHits *self)
{
  g_ptr_array_set_size (self->choices, 0);
  for (guint i = 0; i < self->items->len && self->choices->len < MOST_CHOICES; i++) {
    const MadoHit *hit = g_ptr_array_index (self->items, i);
    MadoHitChoice *choice;

    if (!is_near (self, hit))
      return;
    choice = g_object_new (MADO_TYPE_HIT_CHOICE, NULL);
    choice->title = json_node_ref (hit->title);
    add_to_choice (choice, hit);
    g_ptr_array_add (self->choices, choice);
  }
}

MadoHits *
mado_search_describe (MadoSearch *self, const GArray *ranked, const char *language, guint limit)
{
  MadoHits *hits = g_object_new (MADO_TYPE_HITS, NULL);

  hits->items = g_ptr_array_new_with_free_func (g_object_unref);
  hits->choices = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (ranked->len, MAX (limit, MOST_HITS)); i++)
    g_ptr_array_add (hits->items, describe_hit (self, &g_array_index (ranked, MadoRanked, i), language));
  hits->confidence = judge (hits, ranked);
  if (hits->confidence == MADO_CONFIDENCE_UNCLEAR) {
    choose_by_field (hits);
    if (hits->choices->len < 2)
      choose_by_name (hits);
    if (hits->choices->len < 2)
      g_ptr_array_set_size (hits->choices, 0);
  }
  if (hits->confidence == MADO_CONFIDENCE_NONE)
    g_ptr_array_set_size (hits->items, 0);
  g_ptr_array_set_size (hits->items, (int) MIN (hits->items->len, limit));

  return hits;
}
