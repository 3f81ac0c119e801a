/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/owed/mado-owed-page.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-yen.h"
#include "mado-words.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"

struct _MadoOwedPage {
  MadoFlowPage  parent;
  JsonNode     *list;    /* (nullable): as the service gave it */
};

G_DEFINE_FINAL_TYPE (MadoOwedPage, mado_owed_page, MADO_TYPE_FLOW_PAGE)

static MadoTill *
till_of (MadoFlowPage *self)
{
  return mado_kiosk_visit_get_till (mado_flow_page_get_visit (self));
}

static void
on_chosen (GtkWidget *tile, MadoFlowPage *self)
{
  mado_till_choose (till_of (self), g_object_get_data (G_OBJECT (tile), "charge"));
  mado_flow_page_go (self, "pay", FALSE);
}

static char *
describe (JsonNode *charge)
{
  const char *due = mado_phrase_text (charge, "/dueDate", "en");
  const char *number = mado_phrase_text (charge, "/number", "en");
  g_autofree char *by = due != NULL ? mado_phrase_by (mado_date_parse (due), mado_words_get_language ()) : NULL;

  return by != NULL ? g_strdup_printf ("%s　%s", by, number) : g_strdup (number);
}

static void
add_charge (MadoFlowPage *self, JsonNode *charge)
{
  gint64 amount = json_node_get_int (mado_json_get (charge, "/amount"));
  g_autofree char *yen = mado_yen_format (amount - json_node_get_int (mado_json_get (charge, "/paid")));
  g_autofree char *title = g_strdup_printf ("%s　%s", yen, mado_phrase_text (charge, "/words",
                                                                            mado_words_get_language ()));
  g_autofree char *detail = describe (charge);
  GtkWidget *tile = mado_tile_new ("yen", title, detail);

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (tile), "charge", json_node_ref (charge), (GDestroyNotify) json_node_unref);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_chosen), self);
  mado_flow_page_add (self, tile, "gap", 24, NULL);
}

static guint
add_open (MadoFlowPage *self, JsonNode *items)
{
  JsonArray *charges = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_node_get_array (items) : NULL;
  guint n = 0;

  for (guint i = 0; charges != NULL && i < json_array_get_length (charges); i++) {
    JsonNode *charge = json_array_get_element (charges, i);

    if (g_strcmp0 (mado_phrase_text (charge, "/state", "en"), "open") == 0) {
      add_charge (self, charge);
      n++;
    }
  }
  return n;
}

static void
build (MadoFlowPage *page)
{
  MadoOwedPage *self = MADO_OWED_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Payments"));
  mado_page_set_heading (MADO_PAGE (self), _("What would you like to pay?"));
  mado_page_set_second (MADO_PAGE (self), _("Read a payment slip"), "scan");
  if (self->list != NULL && add_open (page, mado_json_get (self->list, "/items")) == 0)
    mado_flow_page_add (page, mado_piece_notice ("ckc", _("You owe nothing here."),
                                                 _("If you expected a bill, please call staff."), "ok"), NULL);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoOwedPage) self = data;
  g_autoptr(GError) error = NULL;
  JsonNode *list = mado_till_list_finish (MADO_TILL (source), result, &error);

  if (list == NULL) {
    mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("Please try again, or call staff."));
    return;
  }
  g_clear_pointer (&self->list, json_node_unref);
  self->list = list;
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
shown (MadoPage *page)
{
  MADO_PAGE_CLASS (mado_owed_page_parent_class)->shown (page);
  mado_till_list_async (till_of (MADO_FLOW_PAGE (page)), on_listed, g_object_ref (page));
}

static void
second (MadoPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "slip", FALSE);
}

static void
reset (MadoPage *page)
{
  g_clear_pointer (&MADO_OWED_PAGE (page)->list, json_node_unref);
  MADO_PAGE_CLASS (mado_owed_page_parent_class)->reset (page);
}

static void
mado_owed_page_dispose (GObject *object)
{
  g_clear_pointer (&MADO_OWED_PAGE (object)->list, json_node_unref);
  G_OBJECT_CLASS (mado_owed_page_parent_class)->dispose (object);
}

static void
mado_owed_page_class_init (MadoOwedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_owed_page_dispose;
  MADO_PAGE_CLASS (klass)->shown = shown;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_owed_page_init (MadoOwedPage *self)
{
}
