/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/category/mado-category-page.h"

#include <glib/gi18n-lib.h>
#include "pages/category/mado-categories.h"
#include "pages/mado-procedure-tile.h"
#include "visit/mado-finder.h"

struct _MadoCategoryPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoCategoryPage, mado_category_page, MADO_TYPE_FLOW_PAGE)

static void
add_procedures (MadoFlowPage *self, MadoOffer *offer, const char *category, gboolean done_here, const char *title)
{
  g_autoptr(GPtrArray) procedures = mado_finder_list (offer, category, done_here);

  if (procedures->len == 0)
    return;
  mado_flow_page_add (self, mado_piece_label (title, "h2"), "gap", 32, "keep", TRUE, NULL);
  for (guint i = 0; i < procedures->len; i++)
    mado_flow_page_add (self, mado_procedure_tile_new (self, g_ptr_array_index (procedures, i)), "gap", 16, NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoOffer *offer = mado_flow_page_get_offer (self);
  const char *category = mado_kiosk_visit_get_category (visit);

  if (offer == NULL || category == NULL)
    return;
  mado_page_set_title (MADO_PAGE (self), mado_category_words (category));
  mado_page_set_heading (MADO_PAGE (self), mado_category_words (category));
  add_procedures (self, offer, category, TRUE, _("You can do these here"));
  add_procedures (self, offer, category, FALSE, _("Other procedures: where and how"));
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
