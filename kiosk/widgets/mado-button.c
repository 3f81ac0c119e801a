/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-button.h"

#include "mado-words.h"
#include "widgets/mado-icon.h"

#define SPACING 16   /* words to icon, side by side */

typedef struct {
  GtkBox   *box;
  GtkLabel *label;
  MadoIcon *icon, *end_icon;   /* (nullable) */
  int       pixels;
} MadoButtonPrivate;

enum { PROP_0, PROP_TEXT, PROP_ICON, PROP_END_ICON, PROP_PIXELS, PROP_ORIENTATION, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (MadoButton, mado_button, GTK_TYPE_BUTTON)

#define PRIV(self) ((MadoButtonPrivate *) mado_button_get_instance_private (self))

static void
set_icon (MadoButton *self, MadoIcon **where, const char *name, gboolean at_end)
{
  MadoButtonPrivate *priv = PRIV (self);

  if (name == NULL && *where != NULL) {
    gtk_box_remove (priv->box, GTK_WIDGET (*where));
    *where = NULL;
  } else if (name != NULL && *where == NULL) {
    *where = MADO_ICON (mado_icon_new (name, priv->pixels));
    gtk_widget_set_halign (GTK_WIDGET (*where), GTK_ALIGN_CENTER);
    if (at_end)
      gtk_box_append (priv->box, GTK_WIDGET (*where));
    else
      gtk_box_prepend (priv->box, GTK_WIDGET (*where));
  } else if (name != NULL) {
    mado_icon_set_name (*where, name);
  }
}

static void
set_pixels (MadoButton *self, int pixels)
{
  MadoButtonPrivate *priv = PRIV (self);

  if (priv->pixels == pixels)
    return;
  priv->pixels = pixels;
  if (priv->icon != NULL)
    g_object_set (priv->icon, "pixels", pixels, NULL);
  if (priv->end_icon != NULL)
    g_object_set (priv->end_icon, "pixels", pixels, NULL);
}

static void
set_orientation (MadoButton *self, GtkOrientation orientation)
{
  MadoButtonPrivate *priv = PRIV (self);
  gboolean upright = orientation == GTK_ORIENTATION_VERTICAL;

  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (priv->box)) == orientation)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (priv->box), orientation);
  gtk_box_set_spacing (priv->box, upright ? 0 : SPACING);
  gtk_label_set_justify (priv->label, GTK_JUSTIFY_CENTER);
}

static void
mado_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoButton *self = MADO_BUTTON (object);

  switch (id) {
  case PROP_TEXT:        mado_button_set_text (self, g_value_get_string (value)); break;
  case PROP_ICON:        mado_button_set_icon (self, g_value_get_string (value)); break;
  case PROP_END_ICON:    mado_button_set_end_icon (self, g_value_get_string (value)); break;
  case PROP_PIXELS:      set_pixels (self, g_value_get_int (value)); break;
  case PROP_ORIENTATION: set_orientation (self, g_value_get_enum (value)); break;
  default:               G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoButtonPrivate *priv = PRIV (MADO_BUTTON (object));

  switch (id) {
  case PROP_TEXT:   g_value_set_string (value, gtk_label_get_label (priv->label)); break;
  case PROP_PIXELS: g_value_set_int (value, priv->pixels); break;
  default:          G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_button_class_init (MadoButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = mado_button_set_property;
  object_class->get_property = mado_button_get_property;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_READABLE);
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  props[PROP_END_ICON] = g_param_spec_string ("end-icon", NULL, NULL, NULL, flags);
  props[PROP_PIXELS] = g_param_spec_int ("pixels", NULL, NULL, 8, 200, 40, flags | G_PARAM_READABLE);
  props[PROP_ORIENTATION] = g_param_spec_enum ("orientation", NULL, NULL, GTK_TYPE_ORIENTATION,
                                               GTK_ORIENTATION_HORIZONTAL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_button_init (MadoButton *self)
{
  MadoButtonPrivate *priv = PRIV (self);

  priv->pixels = 40;
  priv->box = g_object_new (GTK_TYPE_BOX, "spacing", SPACING, "halign", GTK_ALIGN_CENTER,
                            "valign", GTK_ALIGN_CENTER, NULL);
  priv->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD,
                              "justify", GTK_JUSTIFY_CENTER, NULL);
  mado_words_keep_phrases (priv->label, 6);
  gtk_box_append (priv->box, GTK_WIDGET (priv->label));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (priv->box));
}

GtkWidget *
mado_button_new (const char *text, const char *icon, const char *style_class)
{
  GtkWidget *self = g_object_new (MADO_TYPE_BUTTON, "text", text, "icon", icon, NULL);

  if (style_class != NULL)
    gtk_widget_add_css_class (self, style_class);

  return self;
}

const char *
mado_button_get_text (MadoButton *self)
{
  return gtk_label_get_label (PRIV (self)->label);
}

void
mado_button_set_text (MadoButton *self, const char *text)
{
  MadoButtonPrivate *priv = PRIV (self);

  text = text != NULL ? text : "";
  gtk_label_set_label (priv->label, text);
  gtk_widget_set_visible (GTK_WIDGET (priv->label), *text != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
mado_button_set_wrap (MadoButton *self, gboolean wrap)
{
  gtk_label_set_wrap (PRIV (self)->label, wrap);
}

void
mado_button_set_icon (MadoButton *self, const char *icon)
{
  set_icon (self, &PRIV (self)->icon, icon, FALSE);
}

void
mado_button_set_end_icon (MadoButton *self, const char *icon)
{
  set_icon (self, &PRIV (self)->end_icon, icon, TRUE);
}
