/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-flow-page.h"

#include <glib/gi18n-lib.h>
#include "core/mado-yen.h"
#include "mado-kiosk-window.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-icon.h"

typedef struct {
  GPtrArray *blocks;   /* of GtkWidget, in the page */
  MadoOffer *offer;    /* (nullable): all they were built from */
} MadoFlowPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MadoFlowPage, mado_flow_page, MADO_TYPE_PAGE)

#define PRIV(self) ((MadoFlowPagePrivate *) mado_flow_page_get_instance_private (self))

static void
forget_offer (MadoFlowPage *self)
{
  g_clear_pointer (&PRIV (self)->offer, mado_offer_unref);
}

static void
clear_blocks (MadoFlowPage *self)
{
  GPtrArray *blocks = PRIV (self)->blocks;

  forget_offer (self);
  for (guint i = 0; i < blocks->len; i++)
    mado_page_remove (MADO_PAGE (self), g_ptr_array_index (blocks, i));
  g_ptr_array_set_size (blocks, 0);
}

static void
mado_flow_page_dispose (GObject *object)
{
  g_ptr_array_set_size (PRIV (MADO_FLOW_PAGE (object))->blocks, 0);
  forget_offer (MADO_FLOW_PAGE (object));
  G_OBJECT_CLASS (mado_flow_page_parent_class)->dispose (object);
}

static void
mado_flow_page_finalize (GObject *object)
{
  g_ptr_array_unref (PRIV (MADO_FLOW_PAGE (object))->blocks);
  G_OBJECT_CLASS (mado_flow_page_parent_class)->finalize (object);
}

static void
on_shown (MadoPage *page)
{
  MadoFlowPage *self = MADO_FLOW_PAGE (page);

  mado_page_turn_to (page, 0);
  if (PRIV (self)->offer == NULL || PRIV (self)->offer != mado_flow_page_get_offer (self))
    mado_flow_page_rebuild (self);
}

/* It is for another language or size of the text than it was built for. */
static void
build_anew (MadoFlowPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mado_flow_page_rebuild (self);
  else
    forget_offer (self);
}

static void
on_locale_changed (MadoPage *page)
{
  mado_kiosk_visit_set_language (mado_flow_page_get_visit (MADO_FLOW_PAGE (page)), mado_words_get_language ());
  build_anew (MADO_FLOW_PAGE (page));
}

static void
on_reset (MadoPage *page)
{
  clear_blocks (MADO_FLOW_PAGE (page));
  MADO_PAGE_CLASS (mado_flow_page_parent_class)->reset (page);
}

static void
mado_flow_page_class_init (MadoFlowPageClass *klass)
{
  MadoPageClass *page_class = MADO_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_flow_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mado_flow_page_finalize;
  page_class->shown = on_shown;
  page_class->locale_changed = on_locale_changed;
  page_class->reset = on_reset;
}

static void
mado_flow_page_init (MadoFlowPage *self)
{
  PRIV (self)->blocks = g_ptr_array_new ();
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (build_anew), self, G_CONNECT_SWAPPED);
}

static void
keep_offer (MadoFlowPage *self)
{
  MadoOffer *offer = mado_flow_page_get_offer (self);

  if (MADO_FLOW_PAGE_GET_CLASS (self)->shows_offer_only && offer != NULL)
    PRIV (self)->offer = mado_offer_ref (offer);
}

void
mado_flow_page_rebuild (MadoFlowPage *self)
{
  MadoTypist *first;

  clear_blocks (self);
  mado_page_clear_mistakes (MADO_PAGE (self));   /* of fields that are gone */
  MADO_FLOW_PAGE_GET_CLASS (self)->build (self);
  keep_offer (self);
  first = mado_typist_find (GTK_WIDGET (self));
  if (first != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

void
mado_flow_page_add (MadoFlowPage *self, GtkWidget *block, ...)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  const char *property;
  va_list rest;

  mado_page_append (MADO_PAGE (self), block, NULL, NULL);
  va_start (rest, block);
  property = va_arg (rest, const char *);
  if (property != NULL)
    g_object_set_valist (G_OBJECT (gtk_layout_manager_get_layout_child (layout, block)), property, rest);
  va_end (rest);
  g_ptr_array_add (PRIV (self)->blocks, block);
}

void
mado_flow_page_remove (MadoFlowPage *self, GtkWidget *block)
{
  g_ptr_array_remove (PRIV (self)->blocks, block);
  mado_page_remove (MADO_PAGE (self), block);
}

void
mado_flow_page_go (MadoFlowPage *self, const char *page, gboolean replace)
{
  MadoKioskWindow *window = mado_kiosk_window_of (self);

  if (window == NULL)   /* the answer came after the page had left */
    return;
  if (replace)
    mado_kiosk_window_replace (window, page);
  else
    mado_kiosk_window_go (window, page);
}

void
mado_flow_page_go_to_place (MadoFlowPage *self, gboolean replace)
{
  MadoSheet *sheet = mado_flow_page_get_sheet (self);
  const char *last = mado_kiosk_visit_is_interviewing (mado_flow_page_get_visit (self)) ? "plan" : "check";

  mado_flow_page_go (self, sheet != NULL && mado_sheet_get_step (sheet) != NULL ? "question" : last, replace);
}

MadoKioskVisit *
mado_flow_page_get_visit (MadoFlowPage *self)
{
  return mado_kiosk_application_get_visit (mado_kiosk_application_get ());
}

MadoSheet *
mado_flow_page_get_sheet (MadoFlowPage *self)
{
  return mado_kiosk_visit_get_sheet (mado_flow_page_get_visit (self));
}

MadoOffer *
mado_flow_page_get_offer (MadoFlowPage *self)
{
  return mado_station_get_offer (mado_kiosk_application_get_station (mado_kiosk_application_get ()));
}

void
mado_flow_page_complain (MadoFlowPage *self, const char *what, const char *remedy)
{
  GtkWidget *notice = mado_piece_notice ("alert", what, remedy, "danger");

  forget_offer (self);   /* the next building is without it */
  gtk_widget_set_focusable (notice, TRUE);
  mado_flow_page_add (self, notice, NULL);
  gtk_widget_insert_before (notice, GTK_WIDGET (self), g_ptr_array_index (PRIV (self)->blocks, 0));
  mado_page_turn_to (MADO_PAGE (self), 0);
  gtk_widget_grab_focus (notice);
}

GtkWidget *
mado_piece_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  mado_words_keep_phrases (GTK_LABEL (label), MADO_BREAKS_LONG);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
mado_piece_answer (const MadoAnswerRow *answer, const char *text, const char *css_class)
{
  GtkWidget *label = mado_piece_label (text, css_class);

  if (answer->as_written)
    gtk_widget_add_css_class (label, "as-written");
  return label;
}

static GtkWidget *
new_box (GtkOrientation orientation, int spacing, const char *css_class)
{
  GtkWidget *box = gtk_box_new (orientation, spacing);

  if (css_class != NULL)
    gtk_widget_add_css_class (box, css_class);
  return box;
}

GtkWidget *
mado_piece_column (int spacing, const char *css_class)
{
  return new_box (GTK_ORIENTATION_VERTICAL, spacing, css_class);
}

GtkWidget *
mado_piece_row (int spacing, const char *css_class)
{
  return new_box (GTK_ORIENTATION_HORIZONTAL, spacing, css_class);
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

GtkWidget *
mado_piece_notice (const char *icon, const char *strong, const char *text, const char *css_class)
{
  GtkWidget *box = mado_piece_row (20, "notice");
  GtkWidget *words = mado_piece_column (4, NULL);
  GtkWidget *picture = icon != NULL ? mado_icon_new (icon, 44) : NULL;

  gtk_widget_add_css_class (box, css_class);
  if (picture != NULL) {
    gtk_widget_set_valign (picture, GTK_ALIGN_START);
    append (box, picture);
  }
  if (strong != NULL)
    append (words, mado_piece_label (strong, "strong"));
  if (text != NULL)
    append (words, mado_piece_label (text, "body"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  append (box, words);
  return box;
}

GtkWidget *
mado_piece_fact (const char *icon, const char *name, const char *text)
{
  GtkWidget *box = mado_piece_row (24, "fact");
  GtkWidget *words = mado_piece_column (2, NULL);
  GtkWidget *picture = mado_icon_new (icon, 48);

  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  append (box, picture);
  if (name != NULL)
    append (words, mado_piece_label (name, "fact-name"));
  append (words, mado_piece_label (text, "fact-text"));
  append (box, words);
  return box;
}

GtkWidget *
mado_piece_amount (const char *name, gint64 yen, const char *note, const char *how)
{
  gboolean large = mado_theme_is_large (mado_theme_get ());   /* then there is no room beside it */
  g_autofree char *figures = mado_yen_format (yen);
  GtkWidget *card = mado_piece_row (24, "till"), *words = mado_piece_column (4, NULL);
  GtkWidget *amount = mado_piece_label (figures, "amount");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (amount), FALSE);
  append (words, mado_piece_label (name, "h3"));
  if (large)
    append (words, amount);
  if (note != NULL)
    append (words, mado_piece_label (note, "faint"));
  append (words, mado_piece_label (how, "body"));
  append (card, words);
  if (!large)
    append (card, amount);
  return card;
}
