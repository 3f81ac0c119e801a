/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/events/mado-events-page.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"

struct _MadoEventsPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoEventsPage, mado_events_page, MADO_TYPE_FLOW_PAGE)

static void
on_event (GtkWidget *tile, MadoFlowPage *self)
{
  const char *id = g_object_get_data (G_OBJECT (tile), "event");
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_begin_event (mado_flow_page_get_visit (self), id, &error))
    mado_flow_page_go_to_place (self, FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please ask the staff"));
}

static GtkWidget *
new_tile (MadoFlowPage *self, JsonNode *event)
{
  const char *language = mado_words_get_language ();
  const char *icon = mado_phrase_text (event, "/icon", language);
  GtkWidget *tile = mado_tile_new (icon != NULL ? icon : "doc", mado_phrase_text (event, "/title", language), NULL);

  g_object_set (tile, "upright", TRUE, NULL);
  gtk_widget_add_css_class (tile, "event");
  g_object_set_data_full (G_OBJECT (tile), "event", g_strdup (mado_phrase_text (event, "/id", language)), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_event), self);
  return tile;
}

static void
build (MadoFlowPage *self)
{
  MadoOffer *offer = mado_flow_page_get_offer (self);
  JsonArray *events = offer != NULL ? json_node_get_array (mado_offer_get_events (offer)) : NULL;

  mado_page_set_title (MADO_PAGE (self), _("Procedures"));
  mado_page_set_heading (MADO_PAGE (self), _("What has happened?"));
  mado_page_set_lead (MADO_PAGE (self), _("Choose, and we show you all the procedures you need."));
  mado_page_set_second (MADO_PAGE (self), _("Choose a procedure by its name"), "doc");
  if (offer == NULL)
    mado_flow_page_add (self, mado_piece_notice ("alert", _("The counter is not ready yet"),
                                                 _("Please wait a moment, or ask the staff"), "warn"), NULL);
  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    mado_flow_page_add (self, new_tile (self, json_array_get_element (events, i)), "gap", 16, "per-row", 3, NULL);
}

static void
second (MadoPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "procedures", FALSE);
}

static void
mado_events_page_class_init (MadoEventsPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_FLOW_PAGE_CLASS (klass)->shows_offer_only = TRUE;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_events_page_init (MadoEventsPage *self)
{
}
