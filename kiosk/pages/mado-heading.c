/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-heading.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "pages/mado-page.h"
#include "widgets/mado-icon.h"

struct _MadoHeading {
  GtkWidget parent;
  GtkLabel *text, *required, *optional, *lead, *why;
  GtkWidget *why_row;
  char     *reason;   /* (nullable) */
};

G_DEFINE_TYPE (MadoHeading, mado_heading, GTK_TYPE_WIDGET)

static void
show_reason (MadoHeading *self)
{
  g_autofree char *markup = NULL;

  gtk_widget_set_visible (self->why_row, self->reason != NULL);
  if (self->reason == NULL)
    return;
  markup = g_markup_printf_escaped ("<b>%s</b>\u3000%s", _("Why we ask"), self->reason);
  gtk_label_set_label (self->why, markup);
}

static void
mado_heading_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&MADO_HEADING (object)->reason, g_free);
  G_OBJECT_CLASS (mado_heading_parent_class)->dispose (object);
}

static void
mado_heading_class_init (MadoHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_heading_dispose;
  g_type_ensure (MADO_TYPE_ICON);
  mado_words_set_template (widget_class, "/io/madoguchi/Kiosk/pages/mado-heading.ui");
  gtk_widget_class_set_css_name (widget_class, "headline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, text);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, required);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, optional);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, lead);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, why);
  gtk_widget_class_bind_template_child (widget_class, MadoHeading, why_row);
}

static void
mado_heading_init (MadoHeading *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  mado_words_keep_phrases (self->text, MADO_BREAKS_LONG);
  mado_words_keep_phrases (self->lead, MADO_BREAKS_LONG);
  mado_words_keep_phrases (self->why, MADO_BREAKS_LONG);
  mado_words_watch (self, G_CALLBACK (show_reason));
}

const char *
mado_heading_get_text (MadoHeading *self)
{
  const char *text = gtk_label_get_label (self->text);

  return *text != '\0' ? text : NULL;
}

void
mado_heading_set_text (MadoHeading *self, const char *text)
{
  gtk_label_set_label (self->text, text != NULL ? text : "");
}

void
mado_heading_set_lead (MadoHeading *self, const char *lead)
{
  gtk_label_set_label (self->lead, lead != NULL ? lead : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lead), lead != NULL);
}

void
mado_heading_set_why (MadoHeading *self, const char *why)
{
  g_free (self->reason);
  self->reason = g_strdup (why);
  show_reason (self);
}

void
mado_heading_set_need (MadoHeading *self, guint need)
{
  gtk_widget_set_visible (GTK_WIDGET (self->required), need == MADO_NEED_REQUIRED);
  gtk_widget_set_visible (GTK_WIDGET (self->optional), need == MADO_NEED_OPTIONAL);
}
