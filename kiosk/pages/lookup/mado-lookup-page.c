/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/lookup/mado-lookup-page.h"

#include <glib/gi18n-lib.h>
#include "pages/mado-card-reader.h"
#include "widgets/mado-keypad.h"

struct _MadoLookupPage {
  MadoFlowPage    parent;
  MadoCardReader *reader;
};

G_DEFINE_FINAL_TYPE (MadoLookupPage, mado_lookup_page, MADO_TYPE_FLOW_PAGE)

static void
on_key (MadoKeypad *keypad, const char *key, MadoLookupPage *self)
{
  mado_card_reader_press (self->reader, key);
}

static void
build (MadoFlowPage *page)
{
  MadoLookupPage *self = MADO_LOOKUP_PAGE (page);
  GtkWidget *keypad = mado_keypad_new ();

  mado_page_set_title (MADO_PAGE (self), _("Your applications"));
  mado_page_set_heading (MADO_PAGE (self), _("Please show your card"));
  mado_page_set_why (MADO_PAGE (self), _("So that only you see your applications."));
  mado_page_set_primary (MADO_PAGE (self), _("Next"), "r");
  self->reader = MADO_CARD_READER (mado_card_reader_new ());
  mado_keypad_add_side (MADO_KEYPAD (keypad), "clear", _("Erase all"), NULL);
  g_signal_connect (keypad, "key", G_CALLBACK (on_key), self);
  mado_flow_page_add (page, GTK_WIDGET (self->reader), NULL);
  mado_flow_page_add_below (page, keypad);
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
  const char *lack = mado_card_reader_get_lack (self->reader);

  if (lack != NULL)
    {
      mado_flow_page_complain (MADO_FLOW_PAGE (self), lack, NULL);
      return;
    }
  mado_page_set_busy (page, _("Checking…"));
  mado_kiosk_visit_identify_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)),
                                   mado_card_reader_get_number (self->reader),
                                   mado_card_reader_get_pin (self->reader), on_identified, g_object_ref (self));
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
