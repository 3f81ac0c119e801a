/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/category/mado-category-page.h"

#include "pages/category/mado-categories.h"
#include "pages/mado-procedure-tile.h"
#include "visit/mado-finder.h"

struct _MadoCategoryPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoCategoryPage, mado_category_page, MADO_TYPE_FLOW_PAGE)

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoOffer *offer = mado_station_get_offer (mado_kiosk_visit_get_station (visit));
  const char *category = mado_kiosk_visit_get_category (visit);
  g_autoptr(GPtrArray) procedures = NULL;

  if (offer == NULL || category == NULL)
    return;
  mado_page_set_title (MADO_PAGE (self), mado_category_words (category));
  mado_page_set_heading (MADO_PAGE (self), mado_category_words (category));
  procedures = mado_finder_list (offer, category, FALSE);
  for (guint i = 0; i < procedures->len; i++)
    mado_flow_page_add (self, mado_procedure_tile_new (self, g_ptr_array_index (procedures, i)), "gap", 16, NULL);
}

static void
mado_category_page_class_init (MadoCategoryPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_category_page_init (MadoCategoryPage *self)
{
}
