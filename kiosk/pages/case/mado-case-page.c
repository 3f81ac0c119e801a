/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/case/mado-case-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-words.h"
#include "pages/mado-print-tile.h"
#include "visit/mado-phrase.h"

struct _MadoCasePage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoCasePage, mado_case_page, MADO_TYPE_FLOW_PAGE)

static JsonNode *
get_case (MadoFlowPage *self)
{
  return mado_kiosk_visit_get_case (mado_flow_page_get_visit (self));
}

static gboolean
is_returned (JsonNode *found)
{
  return g_strcmp0 (mado_phrase_text (found, "/state", "en"), "returned") == 0;
}

static void
add_next (MadoFlowPage *self, JsonNode *found)
{
  g_autoptr(GPtrArray) list = mado_phrase_next (found, NULL, mado_words_get_language ());

  for (guint i = 0; i < list->len; i++) {
    const MadoNext *next = g_ptr_array_index (list, i);

    mado_flow_page_add (self, mado_piece_notice ("cal", next->when, next->what, "mist"), NULL);
  }
}

static gboolean
is_true (JsonNode *found, const char *pointer)
{
  JsonNode *value = mado_json_get (found, pointer);

  return value != NULL && json_node_get_boolean (value);
}

static void
add_papers (MadoFlowPage *self, JsonNode *found)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoPrinter *printer = mado_station_get_printer (mado_kiosk_visit_get_station (visit));
  const char *number = mado_phrase_text (found, "/number", "en");

  if (mado_printer_get_state (printer) != MADO_PRINTER_READY) {
    mado_flow_page_add (self, mado_piece_notice ("print", _("We cannot print just now."),
                                                 _("Please ask the staff at the counter."), "warn"), NULL);
    return;
  }
  if (is_true (found, "/hasResult") && mado_json_get (found, "/handedAt") == NULL)
    mado_flow_page_add (self, mado_print_tile_new (visit, number, "result"), "per-row", 2, NULL);
  mado_flow_page_add (self, mado_print_tile_new (visit, number, "record"), "per-row", 2, NULL);
  if (is_true (found, "/hasForm"))
    mado_flow_page_add (self, mado_print_tile_new (visit, number, "form"), "per-row", 2, NULL);
}

static void
build (MadoFlowPage *self)
{
  JsonNode *found = get_case (self);
  const char *language = mado_words_get_language ();
  g_autofree char *question = mado_phrase_last_message (found);
  const char *title = mado_phrase_text (found, "/title", language);

  mado_page_set_title (MADO_PAGE (self), _("Your applications"));
  mado_page_set_heading (MADO_PAGE (self), title != NULL ? title : mado_phrase_text (found, "/number", language));
  mado_page_set_lead (MADO_PAGE (self), mado_phrase_text (found, "/number", language));
  mado_page_set_primary (MADO_PAGE (self), is_returned (found) ? _("Correct and file again") : _("Finish (and erase)"),
                         is_returned (found) ? "r" : NULL);
  if (question != NULL)
    mado_flow_page_add (self, mado_piece_notice ("comment", is_returned (found) ? _("The staff ask")
                                                                                : _("The staff say"),
                                                 question, "warn"), NULL);
  add_next (self, found);
  add_papers (self, found);
}

static void
apply (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);
  g_autoptr(GError) error = NULL;

  if (!is_returned (get_case (self)))
    gtk_widget_activate_action (GTK_WIDGET (page), "app.end", NULL);
  else if (mado_kiosk_visit_begin_correction (mado_flow_page_get_visit (self), &error))
    mado_flow_page_go (self, "check", FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please call staff."));
}

static void
mado_case_page_class_init (MadoCasePageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_case_page_init (MadoCasePage *self)
{
}
