/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-choice.h"

#include "mado-words.h"
#include "widgets/mado-icon.h"

struct _MadoChoice {
  GtkToggleButton parent;
  MadoIcon       *tick, *icon;
  GtkLabel       *text, *detail;
};

enum { PROP_0, PROP_TEXT, PROP_DETAIL, PROP_ICON, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE (MadoChoice, mado_choice, GTK_TYPE_TOGGLE_BUTTON)

static void
set_words (MadoChoice *self, GtkLabel *label, const char *text)
{
  g_autofree char *name = NULL;
  const char *detail;

  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
  detail = gtk_label_get_label (self->detail);
  name = *detail != '\0' ? g_strdup_printf ("%s, %s", gtk_label_get_label (self->text), detail)
                         : g_strdup (gtk_label_get_label (self->text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
mado_choice_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoChoice *self = MADO_CHOICE (object);

  switch (id) {
  case PROP_TEXT:   set_words (self, self->text, g_value_get_string (value)); break;
  case PROP_DETAIL: set_words (self, self->detail, g_value_get_string (value)); break;
  case PROP_ICON:
    mado_icon_set_name (self->icon, g_value_get_string (value));
    gtk_widget_set_visible (GTK_WIDGET (self->icon), g_value_get_string (value) != NULL);
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_choice_class_init (MadoChoiceClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->set_property = mado_choice_set_property;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
mado_choice_init (MadoChoice *self)
{
  GtkBox *box = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_CENTER, "halign", GTK_ALIGN_CENTER, NULL);
  GtkBox *words = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, NULL);

  /* Words in two lines fill what words in one would: centred there, they stand in the middle. */
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (box), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "choice");
  self->tick = MADO_ICON (mado_icon_new ("check", 30));
  self->icon = MADO_ICON (mado_icon_new (NULL, 48));
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
  self->text = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD, "justify", GTK_JUSTIFY_CENTER,
                             NULL);
  self->detail = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD, "visible", FALSE,
                               "justify", GTK_JUSTIFY_CENTER, NULL);
  mado_words_keep_phrases (self->text, MADO_BREAKS_LONG);
  mado_words_keep_phrases (self->detail, MADO_BREAKS_LONG);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "choice-detail");
  gtk_box_append (words, GTK_WIDGET (self->text));
  gtk_box_append (words, GTK_WIDGET (self->detail));
  gtk_box_append (box, GTK_WIDGET (self->tick));
  gtk_box_append (box, GTK_WIDGET (self->icon));
  gtk_box_append (box, GTK_WIDGET (words));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (box));
  g_object_bind_property (self, "active", self->tick, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mado_choice_new (const char *text, const char *detail)
{
  return g_object_new (MADO_TYPE_CHOICE, "text", text, "detail", detail, NULL);
}

const char *
mado_choice_get_text (MadoChoice *self)
{
  return gtk_label_get_label (self->text);
}
