/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pay/mado-pay-page.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "mado-words.h"
#include "model/mado-city.h"
#include "pages/mado-print-tile.h"
#include "pages/pay/mado-bill.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"
#include "wire/mado-slip.h"

struct _MadoPayPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoPayPage, mado_pay_page, MADO_TYPE_FLOW_PAGE)

/* What the city may offer here; which of it, its file says. */
static const struct {
  const char *method, *icon, *title, *detail;
} methods[] = {
  { "qr-wallet", "phone", N_("With a phone"), N_("A code comes up here; your payment app reads it") },
  { "terminal", "card", N_("With a card"), N_("Hold a credit card or an IC card (Suica, PASMO …) to the terminal") },
};

static void
on_method (GtkWidget *tile, MadoFlowPage *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));

  mado_till_pay (till, g_object_get_data (G_OBJECT (tile), "method"), mado_words_get_language ());
  mado_flow_page_go (self, "pay-code", TRUE);
}

static gboolean
is_offered (MadoFlowPage *self, const char *method)
{
  MadoStation *station = mado_kiosk_visit_get_station (mado_flow_page_get_visit (self));
  MadoOffer *offer = mado_station_get_offer (station);
  JsonNode *payments = offer != NULL ? mado_json_get (mado_offer_get_city (offer), "/payments") : NULL;

  return mado_city_takes (payments, method, mado_station_get_device (station));
}

static void
add_method (MadoFlowPage *self, guint i)
{
  GtkWidget *tile = mado_tile_new (methods[i].icon, _(methods[i].title), _(methods[i].detail));

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data (G_OBJECT (tile), "method", (gpointer) methods[i].method);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_method), self);
  mado_flow_page_add (self, tile, "gap", 32, NULL);
}

/* Above the shops' limit there is no bar code. */
static void
add_slip (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoStation *station = mado_kiosk_visit_get_station (visit);
  MadoTill *till = mado_kiosk_visit_get_till (visit);
  JsonNode *city = mado_offer_get_city (mado_station_get_offer (station));
  const char *number = mado_phrase_text (mado_till_get_charge (till), "/number", "en");

  if (mado_printer_get_state (mado_station_get_printer (station)) == MADO_PRINTER_READY
      && mado_json_get (city, "/payments/slipCompany") != NULL && !mado_till_is_for_another (till)
      && mado_till_get_owed (till) <= MADO_SLIP_MAX_YEN)
    mado_flow_page_add (self, mado_print_tile_new (visit, number, "slip"), "gap", 24, NULL);
}

/* The number stands in the sentence: the bill may be on another leaf. */
static void
add_cash (MadoFlowPage *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));
  g_autofree char *number = mado_phrase_number (mado_phrase_text (mado_till_get_charge (till), "/number", "en"));
  g_autofree char *how = g_strdup_printf (_("Please tell the staff this number: %s"), number);

  mado_flow_page_add (self, mado_piece_notice ("staff", _("In cash, at the counter"), how, "mist"), "gap", 24, NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoTill *till = mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));

  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_heading (MADO_PAGE (self), _("How would you like to pay?"));
  mado_page_set_lead (MADO_PAGE (self), mado_till_get_state (till) > MADO_TILL_PAID ? _("Nothing has been paid yet.")
                                                                                   : NULL);
  mado_flow_page_add (self, mado_bill_new (till), "gap", 32, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (is_offered (self, methods[i].method))
      add_method (self, i);
  add_slip (self);
  add_cash (self);
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
