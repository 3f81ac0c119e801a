/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/lookup/mado-lookup-page.h"

#include <glib/gi18n-lib.h>
#include "pages/mado-card-reader.h"

struct _MadoLookupPage {
  MadoFlowPage    parent;
  MadoCardReader *reader;
};

G_DEFINE_FINAL_TYPE (MadoLookupPage, mado_lookup_page, MADO_TYPE_FLOW_PAGE)

static void
build (MadoFlowPage *page)
{
  MadoLookupPage *self = MADO_LOOKUP_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Your applications"));
  mado_page_set_heading (MADO_PAGE (self), _("Please show your card"));
  mado_page_set_why (MADO_PAGE (self), _("So that only you see your applications."));
  mado_page_set_primary (MADO_PAGE (self), _("Next"), "r");
  self->reader = MADO_CARD_READER (mado_card_reader_new ());
  mado_flow_page_add (page, GTK_WIDGET (self->reader), NULL);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoLookupPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_identify_finish (MADO_KIOSK_VISIT (source), result, &error))
    {
      mado_card_reader_clear (self->reader);
      mado_flow_page_go (MADO_FLOW_PAGE (self), "cases", TRUE);
      return;
    }
  mado_card_reader_clear_pin (self->reader);
  mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("If you are not sure, please call staff."));
}

static void
apply (MadoPage *page)
{
  MadoLookupPage *self = MADO_LOOKUP_PAGE (page);
  char *number, *pin;

  if (!mado_card_reader_check (self->reader, page))
    return;
  number = mado_card_reader_dup_number (self->reader);
  pin = mado_card_reader_dup_pin (self->reader);
  mado_page_set_busy (page, _("Checking…"));
  mado_kiosk_visit_identify_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), number, pin, on_identified,
                                   g_object_ref (self));
  mado_card_reader_wipe (number);
  mado_card_reader_wipe (pin);
}

static void
mado_lookup_page_class_init (MadoLookupPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_lookup_page_init (MadoLookupPage *self)
{
}
