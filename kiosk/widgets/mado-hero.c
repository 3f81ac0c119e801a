/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-hero.h"

#include "mado-place.h"
#include "mado-theme.h"
#include "widgets/mado-header.h"
#include "widgets/mado-icon.h"

#define WIDE 1500           /* px: a screen that lies has less height to give */
#define PLAIN_PADDING 36
#define PLAIN_FOOT 62       /* the rise, the horizon and the air under it */
#define PLAIN_AIR 16

struct _MadoHero {
  GtkWidget   parent;
  int         height;
  cairo_surface_t *scenery; /* (nullable) */
};

enum { PROP_0, PROP_HEIGHT, N_PROPS };

G_DEFINE_TYPE (MadoHero, mado_hero, GTK_TYPE_WIDGET)

static GtkWidget *
content_of (MadoHero *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self));
}

static GtkSizeRequestMode
mado_hero_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mado_hero_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                   int *least_baseline, int *natural_baseline)
{
  MadoHero *self = MADO_HERO (widget);

  *least = *natural = 0;
  if (content_of (self) != NULL)
    gtk_widget_measure (content_of (self), orientation, for_size, least, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (mado_theme_has_scenery (mado_theme_get ()))
    *natural = MAX (for_size > WIDE ? self->height * 7 / 8 : self->height, *natural);
  else
    *natural += PLAIN_PADDING + PLAIN_FOOT;
  *least = *natural;
}

static void
mado_hero_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *content = content_of (MADO_HERO (widget));
  gboolean scenery = mado_theme_has_scenery (mado_theme_get ());

  if (content != NULL)
    gtk_widget_size_allocate (content, &(GtkAllocation) { 0, scenery ? 0 : PLAIN_PADDING, width,
                              height - (scenery ? 0 : PLAIN_PADDING + PLAIN_FOOT) }, -1);
}

static void
mado_hero_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoHero *self = MADO_HERO (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (!mado_theme_has_scenery (mado_theme_get ())) {
    mado_header_draw_horizon (widget, snapshot, width, height - PLAIN_AIR, mado_header_get_peak (width));
  } else {
    if (self->scenery == NULL || cairo_image_surface_get_width (self->scenery) != width
        || cairo_image_surface_get_height (self->scenery) != height) {
      GdkRGBA sea = mado_theme_get_colour (widget, "sea");

      g_clear_pointer (&self->scenery, cairo_surface_destroy);
      self->scenery = mado_place_draw ("hero", width, height, &sea, NULL);
    }
    if (self->scenery != NULL)
      mado_icon_append (snapshot, self->scenery, 0, 0);
  }
  GTK_WIDGET_CLASS (mado_hero_parent_class)->snapshot (widget, snapshot);
}

static void
mado_hero_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MADO_HERO (object)->height = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
mado_hero_dispose (GObject *object)
{
  MadoHero *self = MADO_HERO (object);

  if (content_of (self) != NULL)
    gtk_widget_unparent (content_of (self));
  g_clear_pointer (&self->scenery, cairo_surface_destroy);
  G_OBJECT_CLASS (mado_hero_parent_class)->dispose (object);
}

static void
mado_hero_class_init (MadoHeroClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mado_hero_set_property;
  object_class->dispose = mado_hero_dispose;
  widget_class->get_request_mode = mado_hero_get_request_mode;
  widget_class->measure = mado_hero_measure;
  widget_class->size_allocate = mado_hero_size_allocate;
  widget_class->snapshot = mado_hero_snapshot;
  gtk_widget_class_set_css_name (widget_class, "hero");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
  g_object_class_install_property (object_class, PROP_HEIGHT,
                                   g_param_spec_int ("height", NULL, NULL, 0, 2000, 388,
                                                     G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS));
}

static void
mado_hero_init (MadoHero *self)
{
}
