/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/cases/mado-cases-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "mado-words.h"
#include "model/mado-case.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"

struct _MadoCasesPage {
  MadoFlowPage  parent;
  JsonNode     *list;    /* (nullable): as the service gave it */
  JsonNode     *drafts;  /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MadoCasesPage, mado_cases_page, MADO_TYPE_FLOW_PAGE)

/* In the order of what waits for the person. */
static const struct { MadoCaseState state; const char *icon; } states[] = {
  { MADO_CASE_STATE_RETURNED, "comment" }, { MADO_CASE_STATE_GRANTED, "ckc" }, { MADO_CASE_STATE_REFUSED, "info" },
  { MADO_CASE_STATE_PREFILED, "card" }, { MADO_CASE_STATE_SUBMITTED, "clock" }, { MADO_CASE_STATE_ACCEPTED, "clock" },
  { MADO_CASE_STATE_IN_REVIEW, "clock" }, { MADO_CASE_STATE_WITHDRAWN, "x" }, { MADO_CASE_STATE_CLOSED, "doc" },
};

static guint
find_state (const char *nick)
{
  int state = mado_enum_value (MADO_TYPE_CASE_STATE, nick);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (states) && (int) states[i].state != state)
    i++;
  return i;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_find_case_finish (MADO_KIOSK_VISIT (source), result, &error))
    mado_flow_page_go (self, "case", FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please try again, or call staff."));
}

static void
on_chosen (GtkWidget *tile, MadoFlowPage *self)
{
  mado_kiosk_visit_find_case_async (mado_flow_page_get_visit (self), g_object_get_data (G_OBJECT (tile), "number"),
                                    on_found, g_object_ref (self));
}

static void
add_case (MadoFlowPage *self, JsonNode *item)
{
  const char *language = mado_words_get_language ();
  guint state = find_state (mado_phrase_text (item, "/state", language));
  const char *number = mado_phrase_text (item, "/number", language);
  const char *title = mado_phrase_text (item, "/title", language);
  g_autofree char *detail = g_strdup_printf ("%s　%s", mado_case_state_get_words (states[state].state), number);
  GtkWidget *tile = mado_tile_new (states[state].icon, title != NULL ? title : number, detail);

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (tile), "number", g_strdup (number), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_chosen), self);
  mado_flow_page_add (self, tile, "gap", 16, NULL);
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_resume_finish (MADO_KIOSK_VISIT (source), result, &error))
    mado_flow_page_go_to_place (self, FALSE);
  else
    mado_flow_page_complain (self, error->message, _("Please try again, or call staff."));
}

static void
on_draft (GtkWidget *tile, MadoFlowPage *self)
{
  mado_kiosk_visit_resume_async (mado_flow_page_get_visit (self), g_object_get_data (G_OBJECT (tile), "number"),
                                 on_resumed, g_object_ref (self));
}

/* What is not finished comes before what is filed. */
static guint
add_drafts (MadoCasesPage *self)
{
  const char *language = mado_words_get_language ();
  JsonNode *items = self->drafts != NULL ? mado_json_get (self->drafts, "/items") : NULL;
  guint n = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_array_get_length (json_node_get_array (items)) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *draft = json_array_get_element (json_node_get_array (items), i);
    const char *number = mado_phrase_text (draft, "/number", language);
    gint64 end = mado_clock_parse_time (mado_phrase_text (draft, "/expiresAt", language));
    g_autofree char *iso = mado_clock_format_date (end);
    g_autofree char *until = mado_phrase_by (mado_date_parse (iso), language);
    g_autofree char *detail = g_strdup_printf ("%s　%s", number, until);
    GtkWidget *tile = mado_tile_new ("edit", _("Go on where you stopped"), detail);

    g_object_set (tile, "chevron", TRUE, NULL);
    g_object_set_data_full (G_OBJECT (tile), "number", g_strdup (number), g_free);
    g_signal_connect (tile, "clicked", G_CALLBACK (on_draft), self);
    mado_flow_page_add (MADO_FLOW_PAGE (self), tile, "gap", 16, NULL);
  }
  return n;
}

static void
build (MadoFlowPage *page)
{
  MadoCasesPage *self = MADO_CASES_PAGE (page);
  JsonNode *items = self->list != NULL ? mado_json_get (self->list, "/items") : NULL;
  guint n = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_array_get_length (json_node_get_array (items)) : 0;

  mado_page_set_title (MADO_PAGE (self), _("Your applications"));
  mado_page_set_heading (MADO_PAGE (self), _("Which one is it about?"));
  mado_page_set_second (MADO_PAGE (self), _("Find it by its number"), "search");
  if (add_drafts (self) == 0 && self->list != NULL && n == 0)
    mado_flow_page_add (page, mado_piece_notice ("info", _("There is no application of yours here."),
                                                 _("If you expected one, please call staff."), "mist"), NULL);
  for (guint state = 0; state < G_N_ELEMENTS (states); state++)
    for (guint i = 0; i < n; i++) {
      JsonNode *item = json_array_get_element (json_node_get_array (items), i);

      if (find_state (mado_phrase_text (item, "/state", "en")) == state)
        add_case (page, item);
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoCasesPage) self = data;
  g_autoptr(GError) error = NULL;
  JsonNode *list = mado_kiosk_visit_list_cases_finish (MADO_KIOSK_VISIT (source), result, &error);

  if (list == NULL) {
    mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("Please try again, or call staff."));
    return;
  }
  g_clear_pointer (&self->list, json_node_unref);
  self->list = list;
  mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
on_drafts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoCasesPage) self = data;
  JsonNode *drafts = mado_kiosk_visit_list_drafts_finish (MADO_KIOSK_VISIT (source), result, NULL);

  g_clear_pointer (&self->drafts, json_node_unref);
  self->drafts = drafts;
  if (drafts != NULL)
    mado_flow_page_rebuild (MADO_FLOW_PAGE (self));
}

static void
shown (MadoPage *page)
{
  MADO_PAGE_CLASS (mado_cases_page_parent_class)->shown (page);
  mado_kiosk_visit_list_drafts_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (page)), on_drafts, g_object_ref (page));
  mado_kiosk_visit_list_cases_async (mado_flow_page_get_visit (MADO_FLOW_PAGE (page)), on_listed, g_object_ref (page));
}

static void
second (MadoPage *page)
{
  mado_flow_page_go (MADO_FLOW_PAGE (page), "number", FALSE);
}

static void
reset (MadoPage *page)
{
  g_clear_pointer (&MADO_CASES_PAGE (page)->list, json_node_unref);
  g_clear_pointer (&MADO_CASES_PAGE (page)->drafts, json_node_unref);
  MADO_PAGE_CLASS (mado_cases_page_parent_class)->reset (page);
}

static void
mado_cases_page_dispose (GObject *object)
{
  g_clear_pointer (&MADO_CASES_PAGE (object)->list, json_node_unref);
  g_clear_pointer (&MADO_CASES_PAGE (object)->drafts, json_node_unref);
  G_OBJECT_CLASS (mado_cases_page_parent_class)->dispose (object);
}

static void
mado_cases_page_class_init (MadoCasesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_cases_page_dispose;
  MADO_PAGE_CLASS (klass)->shown = shown;
  MADO_PAGE_CLASS (klass)->second = second;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_cases_page_init (MadoCasesPage *self)
{
}
