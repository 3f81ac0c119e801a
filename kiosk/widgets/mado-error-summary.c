/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-error-summary.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "pages/mado-page.h"
#include "widgets/mado-icon.h"

struct _MadoErrorSummary {
  GtkWidget parent;
  GtkLabel *heading;
  GtkLabel *comfort;
  GtkBox   *rows;
  guint     n;
};

G_DEFINE_TYPE (MadoErrorSummary, mado_error_summary, GTK_TYPE_WIDGET)

static void
show_words (MadoErrorSummary *self)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("%u answer needs another look", "%u answers need another look",
                                                        self->n), self->n);

  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->comfort, _("What you entered has been kept."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
}

static void
on_row (GtkButton *row, gpointer data)
{
  GtkWidget *field = g_object_get_data (G_OBJECT (row), "field");
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), MADO_TYPE_PAGE);

  if (field == NULL || gtk_widget_get_root (field) == NULL)
    return;
  if (page != NULL)
    mado_page_turn_to_widget (MADO_PAGE (page), field);
  gtk_widget_grab_focus (field);
}

static void
mado_error_summary_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_error_summary_parent_class)->dispose (object);
}

static void
mado_error_summary_class_init (MadoErrorSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_error_summary_dispose;
  gtk_widget_class_set_css_name (widget_class, "mistakes");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static GtkLabel *
add_label (GtkBox *box, const char *style_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, style_class);
  mado_words_keep_phrases (GTK_LABEL (label), MADO_BREAKS_LONG);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
mado_error_summary_init (MadoErrorSummary *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkBox *top = g_object_new (GTK_TYPE_BOX, "spacing", 24, NULL);
  GtkBox *words = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *icon = mado_icon_new ("alert", 64);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 16);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (top, icon);
  gtk_box_append (top, GTK_WIDGET (words));
  self->heading = add_label (words, "h2");
  self->comfort = add_label (words, "comfort");
  self->rows = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 16, NULL);
  gtk_widget_set_parent (GTK_WIDGET (top), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->rows), GTK_WIDGET (self));
  mado_words_watch (self, G_CALLBACK (show_words));
}

void
mado_error_summary_clear (MadoErrorSummary *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  self->n = 0;
}

void
mado_error_summary_add (MadoErrorSummary *self, const char *mistake, const char *where, GtkWidget *field)
{
  GtkWidget *row = gtk_button_new ();
  GtkBox *box = g_object_new (GTK_TYPE_BOX, "spacing", 20, NULL);
  GtkLabel *words = add_label (box, "link"), *place = add_label (box, "faint");
  g_autofree char *name = g_strdup_printf ("%s, %s", mistake, where != NULL ? where : "");

  gtk_label_set_label (words, mistake);
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  gtk_label_set_label (place, where != NULL ? where : "");
  gtk_box_append (box, mado_icon_new ("dn", 36));
  gtk_button_set_child (GTK_BUTTON (row), GTK_WIDGET (box));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (field != NULL)
    g_object_set_data_full (G_OBJECT (row), "field", g_object_ref (field), g_object_unref);
  g_signal_connect (row, "clicked", G_CALLBACK (on_row), NULL);
  gtk_box_append (self->rows, row);
  self->n++;
  show_words (self);
}

guint
mado_error_summary_get_n (MadoErrorSummary *self)
{
  return self->n;
}
