/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-banner.h"

#include "mado-words.h"
#include "widgets/mado-icon.h"

struct _MadoBanner {
  GtkWidget   parent;
  GtkLabel   *words;
  const char *what, *more, *few_words;   /* static */
  gboolean    brief;
};

G_DEFINE_TYPE (MadoBanner, mado_banner, GTK_TYPE_WIDGET)

static void
mado_banner_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_banner_parent_class)->dispose (object);
}

static void
mado_banner_class_init (MadoBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_banner_dispose;
  gtk_widget_class_set_css_name (widget_class, "banner");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
mado_banner_init (MadoBanner *self)
{
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  mado_words_keep_phrases (self->words, MADO_BREAKS_LONG);
}

GtkWidget *
mado_banner_new (const char *icon, const char *style_class)
{
  MadoBanner *self = g_object_new (MADO_TYPE_BANNER, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
  gtk_widget_set_parent (mado_icon_new (icon, 52), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->words), GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

static void
show_words (MadoBanner *self)
{
  g_autofree char *markup = self->brief ? g_markup_printf_escaped ("<b>%s</b>", self->few_words)
                                        : g_markup_printf_escaped ("<b>%s</b> %s", self->what, self->more);

  gtk_label_set_markup (self->words, markup);
}

void
mado_banner_set_words (MadoBanner *self, const char *what, const char *more, const char *few_words)
{
  g_autofree char *told = g_strdup_printf ("%s %s", what, more);

  self->what = what;
  self->more = more;
  self->few_words = few_words;
  show_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, told, -1);
}

void
mado_banner_set_brief (MadoBanner *self, gboolean brief)
{
  if (self->brief == brief)
    return;
  self->brief = brief;
  if (brief)
    gtk_widget_add_css_class (GTK_WIDGET (self), "brief");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "brief");
  show_words (self);
}
