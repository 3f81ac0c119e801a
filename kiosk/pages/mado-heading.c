/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-heading.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "pages/mado-page.h"
#include "widgets/mado-icon.h"

#define MAX_PHRASE 9   /* characters */

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
  mado_words_watch (self, G_CALLBACK (show_reason));
}

const char *
mado_heading_get_text (MadoHeading *self)
{
  const char *text = gtk_label_get_label (self->text);

  return *text != '\0' ? text : NULL;
}

/* Between phrases a line may end, within one only where it is too long for a line of large words. */
static PangoAttrList *
keep_phrases (const char *text)
{
  PangoAttrList *list = pango_attr_list_new ();
  g_auto (GStrv) phrases = g_strsplit_set (text, " ", -1);
  guint at = 0;

  for (guint i = 0; phrases[i] != NULL; i++) {
    if (g_utf8_strlen (phrases[i], -1) <= MAX_PHRASE && *phrases[i] != '\0') {
      PangoAttribute *keep = pango_attr_allow_breaks_new (FALSE);

      keep->start_index = at;
      keep->end_index = at + (guint) strlen (phrases[i]);
      pango_attr_list_insert (list, keep);
    }
    at += (guint) strlen (phrases[i]) + 1;
  }

  return list;
}

void
mado_heading_set_text (MadoHeading *self, const char *text)
{
  g_autoptr (PangoAttrList) phrases = keep_phrases (text != NULL ? text : "");

  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_label_set_attributes (self->text, phrases);
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
