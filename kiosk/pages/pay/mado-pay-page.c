/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pay/mado-pay-page.h"

#include <glib/gi18n-lib.h>

#include "mado-words.h"
#include "pages/pay/mado-bill.h"
#include "widgets/mado-tile.h"

struct _MadoPayPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoPayPage, mado_pay_page, MADO_TYPE_FLOW_PAGE)

static void
on_wallet (MadoFlowPage *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));

  mado_till_pay (till, "qr-wallet", mado_words_get_language ());
  mado_flow_page_go (self, "pay-code", TRUE);
}

static void
build (MadoFlowPage *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));
  GtkWidget *wallet = mado_tile_new ("phone", _("With a phone"), _("A code comes up here; your payment app reads it"));

  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_heading (MADO_PAGE (self), _("How would you like to pay?"));
  mado_flow_page_add (self, mado_bill_new (till), "gap", 32, NULL);
  g_object_set (wallet, "chevron", TRUE, NULL);
  gtk_widget_add_css_class (wallet, "main");
  g_signal_connect_swapped (wallet, "clicked", G_CALLBACK (on_wallet), self);
  mado_flow_page_add (self, wallet, "gap", 32, NULL);
  mado_flow_page_add (self, mado_piece_notice ("staff", _("In cash, at the counter"),
                                               _("Please tell the staff the number above."), "mist"), "gap", 24, NULL);
}

static void
mado_pay_page_class_init (MadoPayPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_pay_page_init (MadoPayPage *self)
{
}
