/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-guide.h"

#include <glib/gi18n-lib.h>
#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "paper/mado-paper.h"
#include "visit/mado-phrase.h"

struct _MadoGuide {
  MadoPaperGuide paper;
  MadoOffer     *offer;
  GStringChunk  *words;
  GPtrArray     *offices;    /* of const char *: in the order to go */
  GPtrArray     *errands;    /* of GArray of MadoPaperErrand: by office */
  GPtrArray     *things;     /* of GStrv */
  GArray        *stops;
};

void
mado_guide_free (MadoGuide *self)
{
  mado_offer_unref (self->offer);
  g_string_chunk_free (self->words);
  g_ptr_array_unref (self->offices);
  g_ptr_array_unref (self->errands);
  g_ptr_array_unref (self->things);
  g_array_unref (self->stops);
  g_free (self);
}

/* (nullable) */
static const char *
keep (MadoGuide *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->words, text) : NULL;
}

/* (nullable): what one should have at hand. */
static const char *const *
list_things (MadoGuide *self, JsonNode *procedure, const char *language)
{
  JsonNode *bring = mado_json_get (procedure, "/bring");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = bring != NULL && JSON_NODE_HOLDS_ARRAY (bring) ? json_array_get_length (json_node_get_array (bring)) : 0;

  for (guint i = 0; i < n; i++) {
    const char *title = mado_phrase_text (json_array_get_element (json_node_get_array (bring), i), "/title", language);

    if (title != NULL)
      g_strv_builder_add (builder, title);
  }
  g_ptr_array_add (self->things, g_strv_builder_end (builder));
  return g_ptr_array_index (self->things, self->things->len - 1);
}

/* (nullable): that one need not go there. */
static const char *
describe_how (JsonNode *procedure)
{
  static const struct { const char *id, *words; } ways[] = {
    { "online", N_("You can do this online.") }, { "post", N_("You can do this by post.") },
    { "phone", N_("You can do this by telephone.") },
  };
  JsonNode *how = mado_json_get (procedure, "/how");

  for (guint i = 0; how != NULL && i < G_N_ELEMENTS (ways); i++)
    for (guint k = 0; k < json_array_get_length (json_node_get_array (how)); k++)
      if (g_str_equal (json_array_get_string_element (json_node_get_array (how), k), ways[i].id))
        return _(ways[i].words);
  return NULL;
}

/* Of that office: made when it is first gone to. */
static GArray *
find_stop (MadoGuide *self, const char *office)
{
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->offices, office, g_str_equal, &i)) {
    i = self->offices->len;
    g_ptr_array_add (self->offices, (gpointer) keep (self, office));
    g_ptr_array_add (self->errands, g_array_new (FALSE, FALSE, sizeof (MadoPaperErrand)));
  }
  return g_ptr_array_index (self->errands, i);
}

static void
add_errand (MadoGuide *self, JsonNode *procedure, const char *language)
{
  const char *office = mado_phrase_text (procedure, "/office", language);
  g_autofree char *deadline = mado_phrase_fact (procedure, "/deadline", language);
  const MadoPaperErrand errand = {
    keep (self, mado_phrase_text (procedure, "/title", language)), keep (self, deadline), describe_how (procedure),
    list_things (self, procedure, language),
  };

  g_array_append_val (find_stop (self, office != NULL ? office : "hall"), errand);
}

MadoGuide *
mado_guide_new (GPtrArray *procedures, JsonNode *title, MadoOffer *offer, const char *number, const char *language)
{
  MadoGuide *self;

  if (procedures->len == 0)
    return NULL;
  self = g_new0 (MadoGuide, 1);
  self->offer = mado_offer_ref (offer);
  self->words = g_string_chunk_new (1024);
  self->offices = g_ptr_array_new ();
  self->errands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->things = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->stops = g_array_new (FALSE, FALSE, sizeof (MadoPaperStop));
  for (guint i = 0; i < procedures->len; i++)
    add_errand (self, g_ptr_array_index (procedures, i), language);
  for (guint i = 0; i < self->offices->len; i++) {
    GArray *errands = g_ptr_array_index (self->errands, i);
    const MadoPaperStop stop = { g_ptr_array_index (self->offices, i), (MadoPaperErrand *) errands->data,
                                 errands->len };

    g_array_append_val (self->stops, stop);
  }
  self->paper = (MadoPaperGuide) {
    .language = keep (self, language), .city = mado_offer_get_city (offer), .made_at = mado_clock_now (),
    .title = keep (self, mado_json_text (title, language)),
    .number = keep (self, number), .stops = (MadoPaperStop *) self->stops->data, .n_stops = self->stops->len,
  };
  return self;
}

GBytes *
mado_guide_render (MadoGuide *self, GError **error)
{
  return mado_paper_guide (&self->paper, error);
}
