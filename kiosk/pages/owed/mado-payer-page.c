/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/owed/mado-payer-page.h"

#include <glib/gi18n-lib.h>

struct _MadoPayerPage {
  MadoCardPage parent;
};

G_DEFINE_FINAL_TYPE (MadoPayerPage, mado_payer_page, MADO_TYPE_CARD_PAGE)

static void
build (MadoFlowPage *page)
{
  mado_page_set_title (MADO_PAGE (page), _("Payments"));
  mado_page_set_why (MADO_PAGE (page), _("So that only you see what you owe."));
  mado_page_set_second (MADO_PAGE (page), _("Read a payment slip"), "scan");
  mado_card_page_add_reader (MADO_CARD_PAGE (page));
}

static void
identified (MadoCardPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "owed", TRUE);
}

/* Whoever holds a slip may pay it. */
static void
second (MadoPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "slip", FALSE);
}

static void
mado_payer_page_class_init (MadoPayerPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
  MADO_CARD_PAGE_CLASS (klass)->identified = identified;
}

static void
mado_payer_page_init (MadoPayerPage *self)
{
}
