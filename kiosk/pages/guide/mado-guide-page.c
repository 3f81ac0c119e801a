/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/guide/mado-guide-page.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "pages/mado-print-tile.h"
#include "visit/mado-phrase.h"

struct _MadoGuidePage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoGuidePage, mado_guide_page, MADO_TYPE_FLOW_PAGE)

static void
add_errands (MadoFlowPage *self, GPtrArray *elsewhere)
{
  const char *language = mado_words_get_language ();
  MadoOffer *offer = mado_flow_page_get_offer (self);

  for (guint i = 0; i < elsewhere->len; i++) {
    JsonNode *procedure = g_ptr_array_index (elsewhere, i);
    const char *office = mado_phrase_text (procedure, "/office", language);
    const char *where = office != NULL ? mado_phrase_text (mado_offer_get_office (offer, office), "/name", language)
                                       : NULL;

    mado_flow_page_add (self, mado_piece_fact ("pin", where, mado_phrase_text (procedure, "/title", language)),
                        "gap", 16, "joined", i > 0, NULL);
  }
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoPrinter *printer = mado_station_get_printer (mado_kiosk_visit_get_station (visit));
  g_autoptr(GPtrArray) elsewhere = mado_life_plan_list (mado_kiosk_visit_get_plan (visit), FALSE);

  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_heading (MADO_PAGE (self), _("Your guide"));
  mado_page_set_lead (MADO_PAGE (self), elsewhere->len > 0 ? _("These you do at other counters, from top to bottom.")
                                                           : _("There is nothing you have to do."));
  mado_page_set_primary (MADO_PAGE (self), _("Finish (and erase)"), NULL);
  if (elsewhere->len > 0 && mado_printer_get_state (printer) == MADO_PRINTER_READY)
    mado_flow_page_add (self, mado_print_tile_new_for_guide (visit), NULL);
  else if (elsewhere->len > 0)
    mado_flow_page_add (self, mado_piece_notice ("alert", _("Printing is not possible now."),
                                                 _("Please note where to go, or ask the staff."), "warn"), NULL);
  add_errands (self, elsewhere);
}

static void
apply (MadoPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "app.end", NULL);
}

static void
mado_guide_page_class_init (MadoGuidePageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_guide_page_init (MadoGuidePage *self)
{
}
