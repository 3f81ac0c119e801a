/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plan/mado-plan-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-button.h"
#include "widgets/mado-icon.h"

struct _MadoPlanPage {
  MadoFlowPage parent;
};

G_DEFINE_FINAL_TYPE (MadoPlanPage, mado_plan_page, MADO_TYPE_FLOW_PAGE)

static MadoLifePlan *
get_plan (MadoFlowPage *self)
{
  return mado_kiosk_visit_get_plan (mado_flow_page_get_visit (self));
}

/* --- how much it is ------------------------------------------------------------------------------------------- */

static GtkWidget *
new_figure (guint n, const char *words)
{
  GtkWidget *column = mado_piece_column (0, "figure");
  g_autofree char *digits = g_strdup_printf ("%u", n);
  GtkWidget *number = mado_piece_label (digits, "digits");
  GtkWidget *unit = mado_piece_label (words, "faint");

  gtk_label_set_xalign (GTK_LABEL (number), 0.5);
  gtk_label_set_xalign (GTK_LABEL (unit), 0.5);
  gtk_label_set_justify (GTK_LABEL (unit), GTK_JUSTIFY_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), number);
  gtk_box_append (GTK_BOX (column), unit);
  return column;
}

static GtkWidget *
new_avoided (guint n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u question is avoided. Nothing is asked twice.",
                                                      "%u questions are avoided. Nothing is asked twice.", n), n);
  GtkWidget *box = mado_piece_row (16, "avoided");
  GtkWidget *label = mado_piece_label (words, "strong");

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), mado_icon_new ("ckc", 36));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_figures (MadoFlowPage *self, guint n_procedures)
{
  MadoSheet *sheet = mado_flow_page_get_sheet (self);
  guint n = mado_sheet_get_n (sheet), avoided = mado_sheet_get_n_avoided (sheet);
  guint minutes = mado_life_plan_get_minutes (get_plan (self), n, avoided);
  GtkWidget *card = mado_piece_column (8, "notice");
  GtkWidget *row = mado_piece_row (8, NULL);

  gtk_widget_add_css_class (card, "mist");
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (row), new_figure (n_procedures, ngettext ("procedure", "procedures", n_procedures)));
  gtk_box_append (GTK_BOX (row), new_figure (minutes, ngettext ("minute, about", "minutes, about", minutes)));
  gtk_box_append (GTK_BOX (row), new_figure (n, ngettext ("question", "questions", n)));
  gtk_box_append (GTK_BOX (card), row);
  if (avoided > 0)
    gtk_box_append (GTK_BOX (card), new_avoided (avoided));
  mado_flow_page_add (self, card, NULL);
}

/* --- what applies --------------------------------------------------------------------------------------------- */

static void
on_leave_out (GtkWidget *button, MadoFlowPage *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "errand"));

  mado_life_plan_leave_out (get_plan (self), i, !mado_life_plan_get_nth (get_plan (self), i)->left_out);
  mado_flow_page_rebuild (self);
}

static GtkWidget *
new_leave_out_button (MadoFlowPage *self, guint i, const char *title)
{
  gboolean left_out = mado_life_plan_get_nth (get_plan (self), i)->left_out;
  const char *words = left_out ? _("Put it back") : _("Not now");
  GtkWidget *button = mado_button_new (words, left_out ? "plus" : "x", "link");
  g_autofree char *name = g_strdup_printf ("%s: %s", words, title);

  mado_button_set_wrap (MADO_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "errand", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", G_CALLBACK (on_leave_out), self);
  return button;
}

/* (nullable): where it is done, if not here. */
static const char *
office_of (MadoFlowPage *self, JsonNode *procedure)
{
  MadoOffer *offer = mado_flow_page_get_offer (self);
  const char *id = mado_phrase_text (procedure, "/office", "en");

  return id != NULL ? mado_phrase_text (mado_offer_get_office (offer, id), "/name", mado_words_get_language ()) : NULL;
}

static void
append_line (GtkWidget *column, const char *text, const char *css_class)
{
  if (text != NULL)
    gtk_box_append (GTK_BOX (column), mado_piece_label (text, css_class));
}

static GtkWidget *
new_card (MadoFlowPage *self, guint i, guint number)
{
  const char *language = mado_words_get_language ();
  const MadoErrand *errand = mado_life_plan_get_nth (get_plan (self), i);
  const char *title = mado_phrase_text (errand->procedure, "/title", language);
  g_autofree char *why = mado_life_plan_dup_why (get_plan (self), i, language);
  g_autofree char *deadline = mado_phrase_fact (errand->procedure, "/deadline", language);
  g_autofree char *digits = g_strdup_printf ("%u", number);
  gboolean large = mado_theme_is_large (mado_theme_get ());
  GtkWidget *card = large ? mado_piece_column (8, "card") : mado_piece_row (20, "card");
  GtkWidget *words = mado_piece_column (4, NULL);

  gtk_widget_add_css_class (card, "errand");
  if (number > 0 && !large) {
    GtkWidget *numeral = mado_piece_label (digits, "numeral");

    gtk_widget_set_valign (numeral, GTK_ALIGN_START);
    gtk_label_set_xalign (GTK_LABEL (numeral), 0.5);
    gtk_box_append (GTK_BOX (card), numeral);
  }
  gtk_widget_set_hexpand (words, TRUE);
  append_line (words, title, errand->left_out ? "h3-out" : "h3");
  append_line (words, why, "body");
  append_line (words, deadline, "deadline");
  append_line (words, errand->here ? NULL : office_of (self, errand->procedure), "faint");
  gtk_box_append (GTK_BOX (card), words);
  gtk_box_append (GTK_BOX (card), new_leave_out_button (self, i, title));
  return card;
}

static guint
add_errands (MadoFlowPage *self, gboolean here, const char *heading)
{
  MadoLifePlan *plan = get_plan (self);
  guint n = 0;

  for (guint i = 0; i < mado_life_plan_get_n (plan); i++) {
    const MadoErrand *errand = mado_life_plan_get_nth (plan, i);

    if (!errand->applies || errand->here != here)
      continue;
    if (n == 0)
      mado_flow_page_add (self, mado_piece_label (heading, "h2"), "gap", 32, "keep", TRUE, NULL);
    n += here && errand->left_out ? 0 : 1;
    mado_flow_page_add (self, new_card (self, i, here && !errand->left_out ? n : 0), "gap", 16, NULL);
  }
  return n;
}

/* --- what to have at hand ------------------------------------------------------------------------------------- */

static void
add_bring (MadoFlowPage *self, GPtrArray *procedures)
{
  const char *language = mado_words_get_language ();
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < procedures->len; i++) {
    JsonNode *bring = mado_json_get (g_ptr_array_index (procedures, i), "/bring");
    guint n = bring != NULL ? json_array_get_length (json_node_get_array (bring)) : 0;

    for (guint k = 0; k < n; k++) {
      JsonNode *thing = json_array_get_element (json_node_get_array (bring), k);
      const char *title = mado_phrase_text (thing, "/title", language);

      if (!g_hash_table_add (told, (gpointer) title))
        continue;
      if (g_hash_table_size (told) == 1)
        mado_flow_page_add (self, mado_piece_label (_("Please have at hand"), "h2"), "gap", 32, "keep", TRUE, NULL);
      mado_flow_page_add (self, mado_piece_fact ("card", mado_phrase_text (thing, "/note", language), title),
                          "gap", 8, "joined", g_hash_table_size (told) > 1, NULL);
    }
  }
}

static void
on_unneeded (GtkWidget *button, MadoFlowPage *self)
{
  mado_flow_page_go (self, "unneeded", FALSE);
}

static void
add_unneeded (MadoFlowPage *self)
{
  MadoLifePlan *plan = get_plan (self);
  g_autofree char *words = NULL;
  GtkWidget *button;
  guint n = 0;

  for (guint i = 0; i < mado_life_plan_get_n (plan); i++)
    n += !mado_life_plan_get_nth (plan, i)->applies;
  if (n == 0)
    return;
  words = g_strdup_printf (ngettext ("%u procedure you do not need, and why", "%u procedures you do not need, and why",
                                     n), n);
  button = mado_button_new (words, "q", "link");
  g_signal_connect (button, "clicked", G_CALLBACK (on_unneeded), self);
  mado_flow_page_add (self, button, "gap", 24, NULL);
}

static void
build (MadoFlowPage *self)
{
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  MadoLifePlan *plan = mado_kiosk_visit_get_plan (visit);
  g_autoptr(GPtrArray) here = NULL;
  g_autoptr(GError) error = NULL;

  mado_life_plan_decide (plan);
  mado_kiosk_visit_follow_plan (visit, &error);
  here = mado_life_plan_list (plan, TRUE);
  mado_page_set_title (MADO_PAGE (self), mado_kiosk_visit_get_title (visit));
  mado_page_set_heading (MADO_PAGE (self), _("The procedures you need"));
  mado_page_set_primary (MADO_PAGE (self), here->len > 0 ? _("Start the questions") : _("Get the guide"), "r");
  if (here->len > 0)
    add_figures (self, here->len);
  add_errands (self, TRUE, _("We do these here"));
  add_errands (self, FALSE, _("You do these elsewhere"));
  add_bring (self, here);
  add_unneeded (self);
  if (error != NULL)
    mado_flow_page_complain (self, error->message, _("Please ask the staff"));
}

static void
apply (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);
  MadoKioskVisit *visit = mado_flow_page_get_visit (self);
  g_autoptr(GPtrArray) here = mado_life_plan_list (mado_kiosk_visit_get_plan (visit), TRUE);

  if (here->len == 0)
    mado_flow_page_go (self, "guide", FALSE);
  else if (mado_kiosk_visit_has_card (visit))
    mado_flow_page_go_to_place (self, FALSE);
  else
    mado_flow_page_go (self, "identify", FALSE);
}

/* To the last question of the interview. */
static gboolean
back (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);

  mado_kiosk_visit_return_to_interview (mado_flow_page_get_visit (self));
  mado_flow_page_go (self, "question", TRUE);
  return TRUE;
}

static void
mado_plan_page_class_init (MadoPlanPageClass *klass)
{
  MADO_PAGE_CLASS (klass)->apply = apply;
  MADO_PAGE_CLASS (klass)->back = back;
  MADO_FLOW_PAGE_CLASS (klass)->build = build;
}

static void
mado_plan_page_init (MadoPlanPage *self)
{
}
