/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-tile.h"

#include "mado-breaks.h"
#include "widgets/mado-icon.h"

#define ICON 72

struct _MadoTile {
  GtkButton parent;
  GtkBox   *box, *words;
  MadoIcon *icon, *chevron;
  GtkLabel *title, *detail;
  double    scale;     /* of the title */
  int       fitted;    /* to this width; 0: to none */
};

enum { PROP_0, PROP_ICON, PROP_TITLE, PROP_DETAIL, PROP_CHEVRON, PROP_UPRIGHT, PROP_CENTRED, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE (MadoTile, mado_tile, GTK_TYPE_BUTTON)

/* A screen reader says both lines. */
static void
name_it (MadoTile *self)
{
  const char *title = gtk_label_get_label (self->title), *detail = gtk_label_get_label (self->detail);
  g_autofree char *name = *detail != '\0' ? g_strdup_printf ("%s, %s", title, detail) : g_strdup (title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_words (MadoTile *self, GtkLabel *label, const char *text)
{
  self->scale = 0;
  self->fitted = 0;
  gtk_label_set_attributes (label, NULL);   /* those of the words before reach beyond their end */
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
  name_it (self);
}

static void
set_icon (MadoTile *self, const char *name)
{
  mado_icon_set_name (self->icon, name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), name != NULL);
}

static void
set_upright (MadoTile *self, gboolean upright)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, upright ? 12 : 32);
  gtk_widget_set_valign (GTK_WIDGET (self->words), upright ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (GTK_WIDGET (self->words), upright);
  gtk_widget_set_halign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
}

static void
set_centred (MadoTile *self, gboolean centred)
{
  gtk_widget_set_halign (GTK_WIDGET (self->icon), centred ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->box), centred ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  for (guint i = 0; i < 2; i++) {
    GtkLabel *label = i == 0 ? self->title : self->detail;

    gtk_label_set_xalign (label, centred ? 0.5 : 0);
    gtk_label_set_justify (label, centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  }
}

static void
mado_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoTile *self = MADO_TILE (object);

  switch (id) {
  case PROP_ICON:    set_icon (self, g_value_get_string (value)); break;
  case PROP_TITLE:   set_words (self, self->title, g_value_get_string (value)); break;
  case PROP_DETAIL:  set_words (self, self->detail, g_value_get_string (value)); break;
  case PROP_CHEVRON: gtk_widget_set_visible (GTK_WIDGET (self->chevron), g_value_get_boolean (value)); break;
  case PROP_UPRIGHT: set_upright (self, g_value_get_boolean (value)); break;
  case PROP_CENTRED: set_centred (self, g_value_get_boolean (value)); break;
  default:           G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
mado_tile_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MADO_TILE (widget)->fitted = 0;
  GTK_WIDGET_CLASS (mado_tile_parent_class)->css_changed (widget, change);
}

static void
mado_tile_class_init (MadoTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = mado_tile_set_property;
  GTK_WIDGET_CLASS (klass)->css_changed = mado_tile_css_changed;
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  props[PROP_CHEVRON] = g_param_spec_boolean ("chevron", NULL, NULL, FALSE, flags);
  props[PROP_UPRIGHT] = g_param_spec_boolean ("upright", NULL, NULL, FALSE, flags);
  props[PROP_CENTRED] = g_param_spec_boolean ("centred", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static GtkLabel *
add_label (GtkBox *words, const char *style_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "visible", FALSE, NULL);

  gtk_widget_add_css_class (label, style_class);
  gtk_box_append (words, label);

  return GTK_LABEL (label);
}

static void
mado_tile_init (MadoTile *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "tile");
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 32, NULL);
  self->words = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE,
                              "valign", GTK_ALIGN_CENTER, NULL);
  self->icon = MADO_ICON (mado_icon_new (NULL, ICON));
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
  self->chevron = MADO_ICON (mado_icon_new ("r", 40));
  gtk_widget_set_visible (GTK_WIDGET (self->chevron), FALSE);
  self->title = add_label (self->words, "tile-title");
  self->detail = add_label (self->words, "tile-detail");
  gtk_box_append (self->box, GTK_WIDGET (self->icon));
  gtk_box_append (self->box, GTK_WIDGET (self->words));
  gtk_box_append (self->box, GTK_WIDGET (self->chevron));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->box));
}

GtkWidget *
mado_tile_new (const char *icon, const char *title, const char *detail)
{
  return g_object_new (MADO_TYPE_TILE, "icon", icon, "title", title, "detail", detail, NULL);
}

static int
least_width (gpointer widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return least;
}

/* How wide its longest phrase is. */
static int
widest_phrase (GtkLabel *label)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), NULL);
  int widest = 0, width;

  for (const char *at = gtk_label_get_text (label); *at != '\0'; at = mado_breaks_next (at)) {
    pango_layout_set_text (layout, at, (int) (mado_breaks_next (at) - at));
    pango_layout_get_pixel_size (layout, &width, NULL);
    widest = MAX (widest, width);
  }

  return widest;
}

static void
keep_words (GtkLabel *label, double scale)
{
  g_autoptr(PangoAttrList) list = mado_breaks_keep (gtk_label_get_text (label), MADO_BREAKS_LONG);

  pango_attr_list_insert (list, pango_attr_scale_new (scale));
  gtk_label_set_attributes (label, list);
}

static int
room_for_words (MadoTile *self, int width)
{
  int edges = least_width (self) - least_width (self->box);
  gboolean upright = gtk_orientable_get_orientation (GTK_ORIENTABLE (self->box)) == GTK_ORIENTATION_VERTICAL;

  return width - edges - (upright ? 0 : least_width (self->box) - least_width (self->words));
}

void
mado_tile_fit (MadoTile *self, int width)
{
  static const double scales[] = { 1, 0.9, 0.8, 0.72, 0.65 };   /* the last is one em, still */
  int room, widest;
  guint i = 0;

  if (self->fitted == width)
    return;
  self->fitted = width;
  room = room_for_words (self, width);
  widest = widest_phrase (self->title);
  while (i + 1 < G_N_ELEMENTS (scales) && widest * scales[i] > room)
    i++;
  if (self->scale == scales[i])
    return;
  self->scale = scales[i];
  keep_words (self->title, self->scale);
  keep_words (self->detail, 1);
}
