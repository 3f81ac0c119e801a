/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/procedures/mado-procedures-page.h"

#include <glib/gi18n-lib.h>
#include "pages/category/mado-categories.h"
#include "pages/mado-procedure-tile.h"
#include "visit/mado-finder.h"
#include "widgets/mado-tile.h"

struct _MadoProceduresPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoProceduresPage, mado_procedures_page, MADO_TYPE_FLOW_PAGE)

static void
add_often (MadoFlowPage *self, MadoOffer *offer)
{
  g_autoptr(GPtrArray) procedures = mado_finder_list_often (offer);

  if (procedures->len == 0)
    return;
  mado_flow_page_add (self, mado_piece_label (_("Often asked for"), "h2"), "gap", 32, "keep", TRUE, NULL);
  for (guint i = 0; i < procedures->len; i++)
    mado_flow_page_add (self, mado_procedure_tile_new (self, g_ptr_array_index (procedures, i)), "gap", 16, NULL);
}

static void
on_category (GtkWidget *tile, MadoFlowPage *self)
{
  mado_kiosk_visit_set_category (mado_flow_page_get_visit (self), g_object_get_data (G_OBJECT (tile), "category"));
  mado_flow_page_go (self, "category", FALSE);
}

static void
add_category (MadoFlowPage *self, const char *category, guint n)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u procedure", "%u procedures", n), n);
  GtkWidget *tile = mado_tile_new (mado_category_icon (category), mado_category_words (category), count);

  g_object_set_data_full (G_OBJECT (tile), "category", g_strdup (category), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_category), self);
  mado_flow_page_add (self, tile, "gap", 16, "per-row", 2, "per-row-large", 1, NULL);
}

static void
add_categories (MadoFlowPage *self, MadoOffer *offer)
{
  const char *category;

  mado_flow_page_add (self, mado_piece_label (_("All procedures"), "h2"), "gap", 32, "keep", TRUE, NULL);
  for (guint i = 0; (category = mado_category_nth (i)) != NULL; i++) {
    g_autoptr(GPtrArray) here = mado_finder_list (offer, category, TRUE);
    g_autoptr(GPtrArray) told = mado_finder_list (offer, category, FALSE);

    if (here->len + told->len > 0)
      add_category (self, category, here->len + told->len);
  }
}

static void
on_search (GtkWidget *button, MadoFlowPage *self)
{
  mado_flow_page_go (self, "search", FALSE);
}

static void
build (MadoFlowPage *self)
{
  MadoOffer *offer = mado_flow_page_get_offer (self);
  GtkWidget *search;

  mado_page_set_title (MADO_PAGE (self), _("Procedures"));
  mado_page_set_heading (MADO_PAGE (self), _("Which procedure is it?"));
  if (offer == NULL) {
    mado_flow_page_add (self, mado_piece_notice ("alert", _("The counter is not ready yet"),
                                                 _("Please wait a moment, or ask the staff"), "warn"), NULL);
    return;
  }
  search = mado_tile_new ("search", _("Search by words"), _("“moved”, “certificate” and so on"));
  g_signal_connect (search, "clicked", G_CALLBACK (on_search), self);
  mado_flow_page_add (self, search, NULL);
  add_often (self, offer);
  add_categories (self, offer);
}

static void
mado_procedures_page_class_init (MadoProceduresPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->shows_offer_only = TRUE;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_procedures_page_init (MadoProceduresPage *self)
{
}
