/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/identify/mado-identify-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-words.h"
#include "pages/mado-card-reader.h"
#include "visit/mado-phrase.h"

struct _MadoIdentifyPage {
  MadoFlowPage    parent;
  MadoCardReader *reader;
};

G_DEFINE_FINAL_TYPE (MadoIdentifyPage, mado_identify_page, MADO_TYPE_FLOW_PAGE)

static gboolean
may_prefile (MadoKioskVisit *visit)
{
  JsonNode *prefile = mado_json_get (mado_kiosk_visit_get_procedure (visit), "/prefile");

  return prefile != NULL && json_node_get_value_type (prefile) == G_TYPE_BOOLEAN && json_node_get_boolean (prefile);
}

static void
build (MadoFlowPage *page)
{
  MadoIdentifyPage *self = MADO_IDENTIFY_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (page);

  mado_page_set_title (MADO_PAGE (self), mado_phrase_text (mado_kiosk_visit_get_procedure (visit), "/title",
                                                           mado_words_get_language ()));
  mado_page_set_heading (MADO_PAGE (self), _("Please show your card"));
  mado_page_set_why (MADO_PAGE (self), _("With it the city fills in what it already knows."));
  mado_page_set_primary (MADO_PAGE (self), _("Next"), "r");
  mado_page_set_second (MADO_PAGE (self), may_prefile (visit) ? _("Go on without a card") : NULL, NULL);
  self->reader = MADO_CARD_READER (mado_card_reader_new ());
  mado_flow_page_add (page, GTK_WIDGET (self->reader), NULL);
}

/* The line is down: nobody can check the card now, but it can travel with the filing. */
static void
trust_card (MadoIdentifyPage *self)
{
  char *number = mado_card_reader_dup_number (self->reader);
  char *pin = mado_card_reader_dup_pin (self->reader);

  mado_kiosk_visit_trust_card (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), number, pin);
  mado_card_reader_wipe (number);
  mado_card_reader_wipe (pin);
  mado_flow_page_go_to_place (MADO_FLOW_PAGE (self), TRUE);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoIdentifyPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_identify_finish (MADO_KIOSK_VISIT (source), result, &error))
    {
      mado_card_reader_clear (self->reader);
      mado_flow_page_go_to_place (MADO_FLOW_PAGE (self), TRUE);
    }
  else if (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE))
    trust_card (self);
  else
    {
      mado_card_reader_clear_pin (self->reader);
      mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("If you are not sure, please call staff."));
    }
}

static void
apply (MadoPage *page)
{
  MadoIdentifyPage *self = MADO_IDENTIFY_PAGE (page);
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
second (MadoPage *page)
{
  mado_flow_page_go_to_place (MADO_FLOW_PAGE (page), FALSE);
}

static void
mado_identify_page_class_init (MadoIdentifyPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_identify_page_init (MadoIdentifyPage *self)
{
}
