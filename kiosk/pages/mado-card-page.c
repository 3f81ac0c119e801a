/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-card-page.h"

#include <glib/gi18n-lib.h>
#include "pages/mado-card-reader.h"

typedef struct {
  MadoCardReader *reader;
} MadoCardPagePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MadoCardPage, mado_card_page, MADO_TYPE_FLOW_PAGE)

static MadoCardReader *
reader_of (MadoCardPage *self)
{
  return ((MadoCardPagePrivate *) mado_card_page_get_instance_private (self))->reader;
}

void
mado_card_page_add_reader (MadoCardPage *self)
{
  MadoCardPagePrivate *private = mado_card_page_get_instance_private (self);

  mado_page_set_heading (MADO_PAGE (self), _("Please show your card"));
  mado_page_set_primary (MADO_PAGE (self), _("Next"), "r");
  private->reader = MADO_CARD_READER (mado_card_reader_new ());
  mado_flow_page_add (MADO_FLOW_PAGE (self), GTK_WIDGET (private->reader), NULL);
}

static void
go_on_without_line (MadoCardPage *self)
{
  char *number = mado_card_reader_dup_number (reader_of (self));
  char *pin = mado_card_reader_dup_pin (reader_of (self));

  MADO_CARD_PAGE_GET_CLASS (self)->unreachable (self, number, pin);
  mado_card_reader_wipe (number);
  mado_card_reader_wipe (pin);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoCardPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_identify_finish (MADO_KIOSK_VISIT (source), result, &error)) {
    mado_card_reader_clear (reader_of (self));
    MADO_CARD_PAGE_GET_CLASS (self)->identified (self);
  } else if (MADO_CARD_PAGE_GET_CLASS (self)->unreachable != NULL
           && g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE))
    go_on_without_line (self);
  else {
    mado_card_reader_clear_pin (reader_of (self));
    mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("If you are not sure, please call staff."));
  }
}

static void
apply (MadoPage *page)
{
  MadoCardPage *self = MADO_CARD_PAGE (page);
  char *number, *pin;

  if (!mado_card_reader_check (reader_of (self), page))
    return;
  number = mado_card_reader_dup_number (reader_of (self));
  pin = mado_card_reader_dup_pin (reader_of (self));
  mado_page_set_busy (page, _("Checking…"));
  mado_kiosk_visit_identify_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), number, pin, on_identified,
                                   g_object_ref (self));
  mado_card_reader_wipe (number);
  mado_card_reader_wipe (pin);
}

static void
mado_card_page_class_init (MadoCardPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
}

static void
mado_card_page_init (MadoCardPage *self)
{
}
