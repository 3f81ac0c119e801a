/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/search/mado-search-page.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "pages/mado-procedure-tile.h"
#include "visit/mado-finder.h"
#include "widgets/mado-entry.h"

#define MOST_LARGE 2
#define MOST 3

struct _MadoSearchPage {
  MadoFlowPage  parent;
  GtkWidget    *entry;
  GtkWidget    *results;
};

G_DEFINE_FINAL_TYPE (MadoSearchPage, mado_search_page, MADO_TYPE_FLOW_PAGE)

static void
search (MadoSearchPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (MADO_FLOW_PAGE (self));
  MadoOffer *offer = mado_station_get_offer (mado_kiosk_visit_get_station (visit));
  g_autofree char *query = mado_entry_dup_value (MADO_ENTRY (self->entry));
  guint most = mado_theme_is_large (mado_theme_get ()) ? MOST_LARGE : MOST;
  g_autoptr(GPtrArray) found = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->results)) != NULL)
    gtk_box_remove (GTK_BOX (self->results), child);
  if (offer == NULL || *query == '\0')
    return;
  found = mado_finder_search (offer, query);
  for (guint i = 0; i < MIN (found->len, most); i++)
    gtk_box_append (GTK_BOX (self->results),
                    mado_procedure_tile_new (MADO_FLOW_PAGE (self), g_ptr_array_index (found, i)));
  if (found->len == 0)
    gtk_box_append (GTK_BOX (self->results),
                    mado_piece_notice ("q", _("Nothing was found."),
                                       _("Try another word, or call staff: they will help."), "mist"));
}

static void
build (MadoFlowPage *page)
{
  MadoSearchPage *self = MADO_SEARCH_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Procedures"));
  mado_page_set_heading (MADO_PAGE (self), _("What is it about?"));
  self->entry = mado_entry_new (_("Search by words"), MADO_ENTRY_KANA);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (search), self);
  self->results = mado_piece_column (16, NULL);
  mado_flow_page_add (page, self->entry, NULL);
  mado_flow_page_add (page, self->results, NULL);
  gtk_widget_grab_focus (self->entry);
}

static void
mado_search_page_class_init (MadoSearchPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_search_page_init (MadoSearchPage *self)
{
}
