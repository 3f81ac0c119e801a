/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/procedures/mado-procedures-page.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "visit/mado-finder.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"

struct _MadoProceduresPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoProceduresPage, mado_procedures_page, MADO_TYPE_FLOW_PAGE)

/* Kinds the catalogue knows, with their words and pictures. */
static const struct { const char *id, *icon, *words; } kinds[] = {
  { "certificate", "cert", N_("Certificates") },
  { "moving", "move", N_("Moving house") },
  { "child", "baby", N_("Children") },
  { "marriage", "ring", N_("Marriage and divorce") },
  { "school", "school", N_("Nursery and school") },
  { "work", "job", N_("Work") },
  { "health", "health", N_("Illness and injury") },
  { "care", "care", N_("Care and old age") },
  { "death", "flower", N_("When somebody has died") },
  { "foreign", "globe", N_("From abroad") },
  { "tax", "tax", N_("Taxes") },
  { "living", "bin", N_("Daily life") },
};

static const char *
icon_of (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].id, category))
      return kinds[i].icon;
  return "doc";
}

static const char *
words_of (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].id, category))
      return _(kinds[i].words);
  return _("Other procedures");
}

static void
on_chosen (GtkWidget *button, MadoFlowPage *self)
{
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_choose (mado_flow_page_get_visit (self), g_object_get_data (G_OBJECT (button), "id"), &error))
    mado_flow_page_go (self, "here", FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please ask the staff"));
}

static GtkWidget *
new_tile (MadoFlowPage *self, JsonNode *procedure, const char *icon)
{
  const char *language = mado_words_get_language ();
  GtkWidget *tile = mado_tile_new (icon, mado_phrase_text (procedure, "/title", language),
                                   mado_phrase_text (procedure, "/summary", language));

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (tile), "id", g_strdup (mado_phrase_text (procedure, "/id", language)), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_chosen), self);
  return tile;
}

static void
add_kind (MadoFlowPage *self, MadoOffer *offer, const char *category)
{
  g_autoptr(GPtrArray) procedures = mado_finder_list (offer, category);

  mado_flow_page_add (self, mado_piece_label (words_of (category), "h2"), "gap", 32, "keep", TRUE, NULL);
  for (guint i = 0; i < procedures->len; i++)
    mado_flow_page_add (self, new_tile (self, g_ptr_array_index (procedures, i), icon_of (category)), "gap", 16,
                        NULL);
}

static void
on_search (GtkWidget *button, MadoFlowPage *self)
{
  mado_flow_page_go (self, "search", FALSE);
}

static void
build (MadoFlowPage *self)
{
  MadoOffer *offer = mado_station_get_offer (mado_kiosk_visit_get_station (mado_flow_page_get_visit (self)));
  g_autoptr(GPtrArray) categories = NULL;
  GtkWidget *search;

  mado_page_set_title (MADO_PAGE (self), _("Procedures"));
  mado_page_set_heading (MADO_PAGE (self), _("Which procedure is it?"));
  if (offer == NULL)
    {
      mado_flow_page_add (self, mado_piece_notice ("alert", _("The counter is not ready yet"),
                                                   _("Please wait a moment, or ask the staff"), "warn"), NULL);
      return;
    }
  search = mado_tile_new ("search", _("Search by words"), _("“moved”, “certificate” and so on"));
  g_signal_connect (search, "clicked", G_CALLBACK (on_search), self);
  mado_flow_page_add (self, search, NULL);
  categories = mado_finder_categories (offer);
  for (guint i = 0; i < categories->len; i++)
    add_kind (self, offer, g_ptr_array_index (categories, i));
}

static void
mado_procedures_page_class_init (MadoProceduresPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_procedures_page_init (MadoProceduresPage *self)
{
}
