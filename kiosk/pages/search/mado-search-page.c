/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/search/mado-search-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-words.h"
#include "pages/category/mado-categories.h"
#include "pages/mado-procedure-tile.h"
#include "visit/mado-finder.h"
#include "widgets/mado-entry.h"
#include "widgets/mado-tile.h"

#define MOST 6

struct _MadoSearchPage {
  MadoFlowPage  parent;
  GtkWidget    *entry;
  GPtrArray    *results;       /* of GtkWidget, blocks below the entry */
  char         *query;         /* (nullable): kept when the language changes */
  MadoHits     *hits;          /* (nullable): what it found */
  MadoHitChoice *choice;       /* (nullable): the answer to "which do you mean?" */
  MadoHit      *open;          /* (nullable): the question whose answer is read */
  GCancellable *asking;        /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MadoSearchPage, mado_search_page, MADO_TYPE_FLOW_PAGE)

static void show (MadoSearchPage *self);

static MadoStation *
get_station (MadoSearchPage *self)
{
  return mado_kiosk_visit_get_station (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)));
}

static const char *
say (JsonNode *words)
{
  return mado_json_text (words, mado_words_get_language ());
}

static void
add (MadoSearchPage *self, GtkWidget *block, int gap, gboolean beside)
{
  mado_flow_page_add (MADO_FLOW_PAGE (self), block, "gap", gap, "per-row", beside ? 2 : 1, "per-row-large", 1, NULL);
  g_ptr_array_add (self->results, block);
}

static void
clear (MadoSearchPage *self)
{
  for (guint i = 0; i < self->results->len; i++)
    mado_flow_page_remove (MADO_FLOW_PAGE (self), g_ptr_array_index (self->results, i));
  g_ptr_array_set_size (self->results, 0);
}

/* --- what was found ------------------------------------------------------------------------------------------- */

static void
on_question (GtkWidget *tile, MadoSearchPage *self)
{
  g_set_object (&self->open, g_object_get_data (G_OBJECT (tile), "hit"));
  show (self);
}

static void
on_event (GtkWidget *tile, MadoSearchPage *self)
{
  const MadoHit *hit = g_object_get_data (G_OBJECT (tile), "hit");
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_begin_event (mado_flow_page_get_visit (MADO_FLOW_PAGE (self)), hit->id, &error))
    mado_flow_page_go_to_place (MADO_FLOW_PAGE (self), FALSE);
  else
    mado_flow_page_complain (MADO_FLOW_PAGE (self), error->message, _("Please ask the staff"));
}

static GtkWidget *
new_tile (MadoSearchPage *self, MadoHit *hit, const char *icon, const char *detail, GCallback callback)
{
  GtkWidget *tile = mado_tile_new (icon, say (hit->title), detail);

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (tile), "hit", g_object_ref (hit), g_object_unref);
  g_signal_connect (tile, "clicked", callback, self);
  return tile;
}

/* (nullable): NULL where the kiosk does not know it (yet). */
static GtkWidget *
new_procedure (MadoSearchPage *self, const char *id)
{
  MadoOffer *offer = mado_station_get_offer (get_station (self));
  JsonNode *procedure = offer != NULL ? mado_offer_get_procedure (offer, id) : NULL;

  return procedure != NULL ? mado_procedure_tile_new (MADO_FLOW_PAGE (self), procedure) : NULL;
}

static GtkWidget *
new_result (MadoSearchPage *self, MadoHit *hit)
{
  MadoOffer *offer = mado_station_get_offer (get_station (self));

  switch (hit->kind) {
  case MADO_HIT_PROCEDURE:
    return new_procedure (self, hit->id);
  case MADO_HIT_LIFE_EVENT:
    return offer != NULL && mado_offer_get_event (offer, hit->id) != NULL
             ? new_tile (self, hit, hit->icon != NULL ? hit->icon : "doc", say (hit->summary), G_CALLBACK (on_event))
             : NULL;
  default:
    return new_tile (self, hit, "q", _("Read the answer"), G_CALLBACK (on_question));
  }
}

static gboolean
is_chosen (const MadoSearchPage *self, const MadoHit *hit)
{
  static const char *const kinds[] = { "procedure", "life-event", "faq" };
  g_autofree char *name = g_strconcat (kinds[hit->kind], ":", hit->id, NULL);

  return self->choice == NULL || g_strv_contains ((const char *const *) self->choice->hits, name);
}

static void
show_hits (MadoSearchPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->hits->items->len && n < MOST; i++) {
    MadoHit *hit = g_ptr_array_index (self->hits->items, i);
    GtkWidget *tile = is_chosen (self, hit) ? new_result (self, hit) : NULL;

    if (tile != NULL) {
      add (self, tile, 16, FALSE);
      n++;
    }
  }
}

/* --- which do you mean? --------------------------------------------------------------------------------------- */

static void
on_choice (GtkWidget *tile, MadoSearchPage *self)
{
  g_set_object (&self->choice, g_object_get_data (G_OBJECT (tile), "choice"));
  show (self);
}

static void
show_choices (MadoSearchPage *self)
{
  GtkWidget *label = mado_piece_label (_("Which is it nearest to?"), "h3");

  mado_flow_page_add (MADO_FLOW_PAGE (self), label, "gap", 24, "keep", TRUE, NULL);
  g_ptr_array_add (self->results, label);
  for (guint i = 0; i < self->hits->choices->len; i++) {
    MadoHitChoice *choice = g_ptr_array_index (self->hits->choices, i);
    const char *words = choice->category != NULL ? mado_category_words (choice->category) : say (choice->title);
    GtkWidget *tile = mado_tile_new (choice->category != NULL ? mado_category_icon (choice->category) : "doc", words,
                                     NULL);

    g_object_set_data_full (G_OBJECT (tile), "choice", g_object_ref (choice), g_object_unref);
    g_signal_connect (tile, "clicked", G_CALLBACK (on_choice), self);
    add (self, tile, 16, TRUE);
  }
}

/* --- an answer ------------------------------------------------------------------------------------------------ */

static void
show_answer (MadoSearchPage *self)
{
  add (self, mado_piece_notice ("q", say (self->open->title), say (self->open->summary), "mist"), 24, FALSE);
  for (guint i = 0; self->open->procedures != NULL && self->open->procedures[i] != NULL; i++) {
    GtkWidget *tile = new_procedure (self, self->open->procedures[i]);

    if (tile != NULL)
      add (self, tile, 16, FALSE);
  }
}

static void
show (MadoSearchPage *self)
{
  clear (self);
  mado_page_turn_to (MADO_PAGE (self), 0);
  if (self->hits == NULL)
    return;
  if (self->open != NULL)
    show_answer (self);
  else if (self->hits->confidence == MADO_CONFIDENCE_NONE)
    add (self, mado_piece_notice ("q", _("Nothing was found."), _("Try another word, or call staff: they will help."),
                                  "mist"), 24, FALSE);
  else {
    if (self->choice == NULL && self->hits->choices->len > 0)
      show_choices (self);
    show_hits (self);
  }
}

/* --- searching ------------------------------------------------------------------------------------------------ */

static void
forget (MadoSearchPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->hits);
  g_clear_object (&self->choice);
  g_clear_object (&self->open);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "searching");
}

static void
on_found (GObject *station, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoSearchPage) self = data;
  MadoHits *hits = mado_finder_ask_finish (result, NULL);

  if (hits == NULL)   /* something else is looked for by now */
    return;
  forget (self);
  self->hits = hits;
  show (self);
}

static void
search (MadoSearchPage *self)
{
  g_autofree char *query = g_strstrip (mado_entry_dup_value (MADO_ENTRY (self->entry)));

  if (g_strcmp0 (query, self->query) == 0)
    return;
  g_free (self->query);
  self->query = g_steal_pointer (&query);
  forget (self);
  if (*self->query == '\0') {
    show (self);
    return;
  }
  self->asking = g_cancellable_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "searching");
  mado_finder_ask_async (get_station (self), self->query, self->asking, on_found, g_object_ref (self));
}

static void
build (MadoFlowPage *page)
{
  MadoSearchPage *self = MADO_SEARCH_PAGE (page);

  mado_page_set_title (MADO_PAGE (self), _("Procedures"));
  mado_page_set_heading (MADO_PAGE (self), _("What is it about?"));
  g_ptr_array_set_size (self->results, 0);
  self->entry = mado_entry_new (_("Search by words"), MADO_ENTRY_KANA);
  mado_entry_set_value (MADO_ENTRY (self->entry), self->query != NULL ? self->query : "");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (search), self);
  mado_flow_page_add (page, self->entry, NULL);
  show (self);
  gtk_widget_grab_focus (self->entry);
}

/* From an answer to what was found, from a choice to the others. */
static gboolean
back (MadoPage *page)
{
  MadoSearchPage *self = MADO_SEARCH_PAGE (page);

  if (self->open == NULL && self->choice == NULL)
    return FALSE;
  if (self->open != NULL)
    g_clear_object (&self->open);
  else
    g_clear_object (&self->choice);
  show (self);
  return TRUE;
}

static void
reset (MadoPage *page)
{
  MadoSearchPage *self = MADO_SEARCH_PAGE (page);

  forget (self);
  g_clear_pointer (&self->query, g_free);
  g_ptr_array_set_size (self->results, 0);
  MADO_PAGE_CLASS (mado_search_page_parent_class)->reset (page);
}

static void
mado_search_page_dispose (GObject *object)
{
  forget (MADO_SEARCH_PAGE (object));
  G_OBJECT_CLASS (mado_search_page_parent_class)->dispose (object);
}

static void
mado_search_page_finalize (GObject *object)
{
  MadoSearchPage *self = MADO_SEARCH_PAGE (object);

  g_ptr_array_unref (self->results);
  g_free (self->query);
  G_OBJECT_CLASS (mado_search_page_parent_class)->finalize (object);
}

static void
mado_search_page_class_init (MadoSearchPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_search_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mado_search_page_finalize;
  MADO_PAGE_CLASS (klass)->back = back;
  MADO_PAGE_CLASS (klass)->reset = reset;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_search_page_init (MadoSearchPage *self)
{
  self->results = g_ptr_array_new ();
}
