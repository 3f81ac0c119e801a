/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/unneeded/mado-unneeded-page.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "visit/mado-phrase.h"

struct _MadoUnneededPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoUnneededPage, mado_unneeded_page, MADO_TYPE_FLOW_PAGE)

static GtkWidget *
new_card (MadoLifePlan *plan, guint i)
{
  const char *language = mado_words_get_language ();
  const MadoErrand *errand = mado_life_plan_get_nth (plan, i);
  g_autofree char *why = mado_life_plan_dup_why (plan, i, language);
  GtkWidget *card = mado_piece_column (4, "card");

  gtk_widget_add_css_class (card, "errand");
  gtk_box_append (GTK_BOX (card), mado_piece_label (mado_phrase_text (errand->procedure, "/title", language), "h3"));
  gtk_box_append (GTK_BOX (card), mado_piece_label (why, "faint"));
  return card;
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoLifePlan *plan = mado_kiosk_visit_get_plan (visit);

  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_heading (MADO_PAGE (self), _("What you do not need"));
  mado_page_set_lead (MADO_PAGE (self),
                      _("If something here is not right, please change your answers, or call staff."));
  for (guint i = 0; plan != NULL && i < mado_life_plan_get_n (plan); i++)
    if (!mado_life_plan_get_nth (plan, i)->applies)
      mado_flow_page_add (self, new_card (plan, i), "gap", 16, NULL);
}

static void
mado_unneeded_page_class_init (MadoUnneededPageClass *klass)
{
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_unneeded_page_init (MadoUnneededPage *self)
{
}
