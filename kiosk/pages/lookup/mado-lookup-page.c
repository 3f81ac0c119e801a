/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/lookup/mado-lookup-page.h"

#include <glib/gi18n-lib.h>

struct _MadoLookupPage {
  MadoCardPage parent;
};

G_DEFINE_FINAL_TYPE (MadoLookupPage, mado_lookup_page, MADO_TYPE_CARD_PAGE)

static void
build (MadoFlowPage *page)
{
  mado_page_set_title (MADO_PAGE (page), _("Your applications"));
  mado_page_set_why (MADO_PAGE (page), _("So that only you see your applications."));
  mado_card_page_add_reader (MADO_CARD_PAGE (page));
}

static void
identified (MadoCardPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "cases", TRUE);
}

static void
mado_lookup_page_class_init (MadoLookupPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
  MADO_CARD_PAGE_CLASS (klass)->identified = identified;
}

static void
mado_lookup_page_init (MadoLookupPage *self)
{
}
