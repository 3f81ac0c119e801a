/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/end/mado-end-page.h"

#include <glib/gi18n-lib.h>

struct _MadoEndPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoEndPage, mado_end_page, MADO_TYPE_FLOW_PAGE)

static void
build (MadoFlowPage *self)
{
  mado_page_set_title (MADO_PAGE (self), NULL);
  mado_page_set_heading (MADO_PAGE (self), _("Erased"));
  mado_page_set_lead (MADO_PAGE (self), _("Nothing of you is left on this machine."));
  mado_flow_page_add (self, mado_piece_notice ("ckc", _("Thank you for coming."),
                                               _("Please do not forget your card and your papers."), "ok"), "gap", 40,
                      NULL);
}

static void
mado_end_page_class_init (MadoEndPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_end_page_init (MadoEndPage *self)
{
  mado_page_set_may_go_back (MADO_PAGE (self), FALSE);
}
