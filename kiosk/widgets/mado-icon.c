/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-icon.h"

#include <librsvg/rsvg.h>
#include "mado-theme.h"

struct _MadoIcon {
  GtkWidget parent;
  char     *name;
  int       pixels;
};

enum { PROP_0, PROP_NAME, PROP_PIXELS, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE (MadoIcon, mado_icon, GTK_TYPE_WIDGET)

static char *
write_hex (const GdkRGBA *colour)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint) (colour->red * 255 + 0.5), (guint) (colour->green * 255 + 0.5),
                          (guint) (colour->blue * 255 + 0.5));
}

cairo_surface_t *
mado_icon_draw (GBytes *svg, int width, int height, const GdkRGBA *colour, const GdkRGBA *rise)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (svg, &length);
  g_autoptr(GError) error = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_data (data, length, &error);
  g_autofree char *line = write_hex (colour), *fill = write_hex (rise != NULL ? rise : colour);
  g_autofree char *css = g_strdup_printf ("svg { color: %s } .rise { fill: %s }", line, fill);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  if (handle == NULL
      || !rsvg_handle_set_stylesheet (handle, (const guint8 *) css, strlen (css), &error)
      || !rsvg_handle_render_document (handle, cr, &(RsvgRectangle) { 0, 0, width, height }, &error))
    g_warning ("A picture cannot be drawn: %s", error->message);
  g_clear_object (&handle);
  cairo_destroy (cr);

  return surface;
}

void
mado_icon_append (GtkSnapshot *snapshot, cairo_surface_t *picture, float x, float y)
{
  const graphene_rect_t place = GRAPHENE_RECT_INIT (x, y, cairo_image_surface_get_width (picture),
                                                    cairo_image_surface_get_height (picture));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &place);

  cairo_set_source_surface (cr, picture, x, y);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/* Each icon is drawn once for each size and colour: there are few of them. */
static cairo_surface_t *
find_picture (const char *name, int pixels, const GdkRGBA *colour)
{
  static GHashTable *drawn;
  g_autofree char *rgba = gdk_rgba_to_string (colour);
  g_autofree char *key = g_strdup_printf ("%s %d %s", name, pixels, rgba);
  g_autofree char *path = g_strdup_printf ("/io/madoguchi/Kiosk/icons/%s.svg", name);
  g_autoptr(GBytes) svg = NULL;
  cairo_surface_t *picture;

  if (drawn == NULL)
    drawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cairo_surface_destroy);
  picture = g_hash_table_lookup (drawn, key);
  if (picture != NULL)
    return picture;
  svg = g_resources_lookup_data (path, 0, NULL);
  if (svg == NULL) {
    g_warning ("There is no icon %s", name);
    return NULL;
  }
  picture = mado_icon_draw (svg, pixels, pixels, colour, NULL);
  g_hash_table_insert (drawn, g_steal_pointer (&key), picture);

  return picture;
}

static void
mado_icon_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                   int *least_baseline, int *natural_baseline)
{
  *least = *natural = mado_theme_scale_icon (MADO_ICON (widget)->pixels);
}

/* (nullable) */
static cairo_surface_t *
picture_of (MadoIcon *self)
{
  GdkRGBA colour;

  if (self->name == NULL)
    return NULL;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);

  return find_picture (self->name, mado_theme_scale_icon (self->pixels), &colour);
}

/* Drawn here, so that a page that was laid out before it is shown has its icons. */
static void
mado_icon_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  picture_of (MADO_ICON (widget));
}

static void
mado_icon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int size = mado_theme_scale_icon (MADO_ICON (widget)->pixels);
  cairo_surface_t *picture = picture_of (MADO_ICON (widget));

  if (picture != NULL)
    mado_icon_append (snapshot, picture, (gtk_widget_get_width (widget) - size) / 2,
                      (gtk_widget_get_height (widget) - size) / 2);
}

static void
mado_icon_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MadoIcon *self = MADO_ICON (object);

  if (id == PROP_NAME) {
    mado_icon_set_name (self, g_value_get_string (value));
  } else {
    self->pixels = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
}

static void
mado_icon_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoIcon *self = MADO_ICON (object);

  if (id == PROP_NAME)
    g_value_set_string (value, self->name);
  else
    g_value_set_int (value, self->pixels);
}

static void
mado_icon_finalize (GObject *object)
{
  g_free (MADO_ICON (object)->name);
  G_OBJECT_CLASS (mado_icon_parent_class)->finalize (object);
}

static void
mado_icon_class_init (MadoIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mado_icon_set_property;
  object_class->get_property = mado_icon_get_property;
  object_class->finalize = mado_icon_finalize;
  widget_class->measure = mado_icon_measure;
  widget_class->size_allocate = mado_icon_size_allocate;
  widget_class->snapshot = mado_icon_snapshot;
  gtk_widget_class_set_css_name (widget_class, "icon");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_PIXELS] = g_param_spec_int ("pixels", NULL, NULL, 0, 400, 48,
                                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_icon_init (MadoIcon *self)
{
}

GtkWidget *
mado_icon_new (const char *name, int pixels)
{
  return g_object_new (MADO_TYPE_ICON, "name", name, "pixels", pixels, "valign", GTK_ALIGN_CENTER, NULL);
}

void
mado_icon_set_name (MadoIcon *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
