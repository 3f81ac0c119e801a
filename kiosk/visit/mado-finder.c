/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-finder.h"

#include "core/mado-fold.h"
#include "core/mado-json.h"

/* Less than this is not what was meant. */
#define ENOUGH 0.45

/* Dice's measure over pairs of characters: 1 for the same text, 0 for nothing in common. */
static double
likeness (const char *a, const char *b)
{
  glong n_a, n_b;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &n_a);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &n_b);
  guint common = 0;

  if (n_a < 2 || n_b < 2)
    return 0;
  for (glong i = 0; i + 1 < n_a; i++)
    for (glong k = 0; k + 1 < n_b; k++)
      if (x[i] == y[k] && x[i + 1] == y[k + 1]) {
        common++;
        break;
      }
  return 2.0 * common / (n_a - 1 + n_b - 1);
}

static double
score_text (const char *text, const char *query)
{
  g_autofree char *folded = mado_fold_search (text);

  if (g_str_equal (folded, query))
    return 1;
  if (strstr (folded, query) != NULL || (*folded != '\0' && strstr (query, folded) != NULL))
    return 0.9;
  return likeness (folded, query) * 0.8;
}

/* A text, a language map or a list of either. */
static double
score_node (JsonNode *node, const char *query)
{
  double best = 0;

  if (node == NULL)
    return 0;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return score_text (json_node_get_string (node), query);
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      best = MAX (best, score_node (json_array_get_element (json_node_get_array (node), i), query));
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *text;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &text))
      best = MAX (best, score_node (text, query));
  }
  return best;
}

typedef struct {
  JsonNode *procedure;
  double    score;
  guint     order;
} Hit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a, *y = b;

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;
  return x->order < y->order ? -1 : 1;
}

static double
score (JsonNode *procedure, const char *query)
{
  double title = score_node (mado_json_get (procedure, "/title"), query);
  double keywords = score_node (mado_json_get (procedure, "/keywords"), query) * 0.95;
  double summary = score_node (mado_json_get (procedure, "/summary"), query) * 0.7;

  return MAX (title, MAX (keywords, summary));
}

GPtrArray *
mado_finder_search (MadoOffer *offer, const char *query)
{
  g_autofree char *folded = mado_fold_search (query);
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; i < mado_offer_get_n (offer); i++) {
    JsonNode *procedure = mado_offer_get_nth (offer, i);
    Hit hit = { procedure, *folded == '\0' ? 1 : score (procedure, folded), i };

    if (hit.score >= ENOUGH)
      g_array_append_val (hits, hit);
  }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (found, json_node_ref (g_array_index (hits, Hit, i).procedure));
  return found;
}

static const char *
category_of (JsonNode *procedure)
{
  return json_object_get_string_member_with_default (json_node_get_object (procedure), "category", "other");
}

GPtrArray *
mado_finder_list_often (MadoOffer *offer)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; i < mado_offer_get_n (offer); i++) {
    JsonNode *procedure = mado_offer_get_nth (offer, i);

    if (json_object_get_boolean_member_with_default (json_node_get_object (procedure), "often", FALSE))
      g_ptr_array_add (found, json_node_ref (procedure));
  }
  return found;
}

GPtrArray *
mado_finder_list (MadoOffer *offer, const char *category, gboolean done_here)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; i < mado_offer_get_n (offer); i++)
    if (g_str_equal (category_of (mado_offer_get_nth (offer, i)), category)
        && mado_offer_is_done_here (mado_offer_get_nth (offer, i)) == done_here)
      g_ptr_array_add (found, json_node_ref (mado_offer_get_nth (offer, i)));
  return found;
}
