/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/identify/mado-identify-page.h"

#include <glib/gi18n-lib.h>

struct _MadoIdentifyPage {
  MadoCardPage parent;
};

G_DEFINE_FINAL_TYPE (MadoIdentifyPage, mado_identify_page, MADO_TYPE_CARD_PAGE)

static void
build (MadoFlowPage *page)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);

  mado_page_set_title (MADO_PAGE (page), mado_kiosk_visit_get_title (visit));
  mado_page_set_why (MADO_PAGE (page), _("With it the city fills in what it already knows."));
  mado_page_set_second (MADO_PAGE (page), mado_kiosk_visit_may_prefile (visit) ? _("Go on without a card") : NULL,
                        NULL);
  mado_card_page_add_reader (MADO_CARD_PAGE (page));
}

static void
identified (MadoCardPage *page)
{
  mado_flow_page_go_to_place (MADO_FLOW_PAGE (page), TRUE);
}

/* Nobody can check the card now, but it can travel with the filing. */
static void
unreachable (MadoCardPage *page, const char *card_number, const char *pin)
{
  mado_kiosk_visit_trust_card (mado_flow_page_get_visit (MADO_FLOW_PAGE (page)), card_number, pin);
  mado_flow_page_go_to_place (MADO_FLOW_PAGE (page), TRUE);
}

static void
second (MadoPage *page)
{
  mado_flow_page_go_to_place (MADO_FLOW_PAGE (page), FALSE);
}

static void
mado_identify_page_class_init (MadoIdentifyPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
  MADO_CARD_PAGE_CLASS (klass)->identified = identified;
  MADO_CARD_PAGE_CLASS (klass)->unreachable = unreachable;
}

static void
mado_identify_page_init (MadoIdentifyPage *self)
{
}
