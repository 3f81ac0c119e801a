/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/later/mado-later-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "mado-words.h"
#include "model/mado-draft.h"
#include "visit/mado-phrase.h"

struct _MadoLaterPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoLaterPage, mado_later_page, MADO_TYPE_FLOW_PAGE)

/* What it will be before, and what it was afterwards. */
static char *
last_day (JsonNode *kept)
{
  const char *language = mado_words_get_language ();
  gint64 end = kept != NULL ? mado_clock_parse_time (mado_phrase_text (kept, "/expiresAt", language))
                            : mado_clock_now () + MADO_DRAFT_DAYS * G_TIME_SPAN_DAY;
  g_autofree char *iso = mado_clock_format_date (end);

  return mado_phrase_by (mado_date_parse (iso), language);
}

static void
add_number (MadoFlowPage *self, JsonNode *kept)
{
  GtkWidget *card = mado_piece_column (8, "number-card");
  g_autofree char *spaced = mado_phrase_number (mado_phrase_text (kept, "/number", "en"));
  GtkWidget *digits = mado_piece_label (spaced, "number");

  gtk_label_set_xalign (GTK_LABEL (digits), 0.5);
  gtk_box_append (GTK_BOX (card), mado_piece_label (_("Your number"), "strong"));
  gtk_box_append (GTK_BOX (card), digits);
  mado_flow_page_add (self, card, NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  JsonNode *kept = mado_kiosk_visit_get_kept (visit);
  g_autofree char *until = last_day (kept);

  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_heading (MADO_PAGE (self), kept != NULL ? _("We keep your answers") : _("Go on another day"));
  mado_page_set_lead (MADO_PAGE (self), kept != NULL ? NULL
                      : _("Nothing is filed yet. The city keeps your answers sealed, for you alone."));
  mado_page_set_may_go_back (MADO_PAGE (self), kept == NULL);
  if (kept != NULL)
    add_number (self, kept);
  mado_flow_page_add (self, mado_piece_fact ("cal", _("Until when"), until), NULL);
  mado_flow_page_add (self, mado_piece_fact ("card", _("How to go on"),
                                             _("Choose “Your applications” and show your card")), "joined", TRUE, NULL);
  mado_flow_page_add (self, mado_piece_fact ("lock", _("Afterwards"), _("On that day the answers are erased")),
                      "joined", TRUE, NULL);
  mado_page_set_primary (MADO_PAGE (self), kept != NULL ? _("Finish (and erase)") : _("Keep my answers"),
                         kept != NULL ? NULL : "lock");
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoFlowPage) self = data;
  g_autoptr(GError) error = NULL;

  mado_page_set_busy (MADO_PAGE (self), NULL);
  if (mado_kiosk_visit_keep_finish (MADO_KIOSK_VISIT (source), result, &error))
    mado_flow_page_rebuild (self);
  else
    mado_flow_page_complain (self, error->message, _("Your answers are still here. Please try again, or call staff."));
}

static void
apply (MadoPage *page)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (MADO_FLOW_PAGE (page));

  if (mado_kiosk_visit_get_kept (visit) != NULL) {
    gtk_widget_activate_action (GTK_WIDGET (page), "app.end", NULL);
    return;
  }
  mado_page_set_busy (page, _("Sending…"));
  mado_kiosk_visit_keep_async (visit, on_kept, g_object_ref (page));
}

static void
mado_later_page_class_init (MadoLaterPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_later_page_init (MadoLaterPage *self)
{
}
