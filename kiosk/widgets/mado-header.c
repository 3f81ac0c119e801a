/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-header.h"

#include <glib/gi18n-lib.h>
#include "mado-place.h"
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-icon.h"

#define PICTURE_WIDTH 1080   /* of horizon.svg, which is 60 high with its line at 44 */
#define PICTURE_HEIGHT 60
#define PICTURE_LINE 44
#define PEAK 560             /* in the picture; on a wide screen the rise stands at 880 */
#define WIDE_PEAK 880
#define SLOPE 60             /* from the peak to where it is too low to meet words */

struct _MadoHeader {
  GtkWidget parent;
  GtkWidget *mark;
  GtkLabel  *city, *counter, *title;
};

G_DEFINE_TYPE (MadoHeader, mado_header, GTK_TYPE_WIDGET)

static cairo_surface_t *
find_rise (GtkWidget *widget, const GdkRGBA *colour)
{
  static cairo_surface_t *picture;
  static GdkRGBA drawn_in;

  if (picture == NULL || !gdk_rgba_equal (&drawn_in, colour)) {
    GdkRGBA fill = mado_theme_get_colour (widget, "rise");

    g_clear_pointer (&picture, cairo_surface_destroy);
    picture = mado_place_draw ("horizon", PICTURE_WIDTH, PICTURE_HEIGHT, colour, &fill);
    drawn_in = *colour;
  }

  return picture;
}

void
mado_header_draw_horizon (GtkWidget *widget, GtkSnapshot *snapshot, int width, int y, int peak)
{
  GdkRGBA line = mado_theme_get_colour (widget, "horizon");
  cairo_surface_t *rise = peak > 0 ? find_rise (widget, &line) : NULL;
  int left = peak - PEAK;
  float thickness = 2.5;

  if (rise != NULL)
    mado_icon_append (snapshot, rise, left, y - PICTURE_LINE);
  else
    left = width;
  if (left > 0)
    gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, y - thickness / 2, left, thickness));
  if (left + PICTURE_WIDTH < width)
    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT (left + PICTURE_WIDTH, y - thickness / 2,
                                                    width - left - PICTURE_WIDTH, thickness));
}

int
mado_header_get_peak (int width)
{
  return width > 1500 ? WIDE_PEAK : PEAK * width / PICTURE_WIDTH;
}

/* Where the words of @label begin and end; nowhere if it has none. */
static void
find_words (GtkWidget *header, GtkLabel *label, int *begin, int *end)
{
  PangoRectangle words;
  graphene_rect_t bounds;
  int offset;

  if (!gtk_widget_get_visible (GTK_WIDGET (label)) || *gtk_label_get_label (label) == '\0'
      || !gtk_widget_compute_bounds (GTK_WIDGET (label), header, &bounds))
    return;
  gtk_label_get_layout_offsets (label, &offset, NULL);
  pango_layout_get_pixel_extents (gtk_label_get_layout (label), NULL, &words);
  *begin = (int) bounds.origin.x + offset + words.x;
  *end = *begin + words.width;
}

/* No word stands on the mountain: it gives way, and where there is no room it is not seen. 0: nowhere */
static int
choose_peak (MadoHeader *self, int width)
{
  int peak = mado_header_get_peak (width), from = 0, to = width, unused = 0;

  find_words (GTK_WIDGET (self), self->city, &unused, &from);
  find_words (GTK_WIDGET (self), self->counter, &unused, &from);
  find_words (GTK_WIDGET (self), self->title, &to, &unused);
  if (to - from < 2 * SLOPE)
    return 0;

  return CLAMP (peak, from + SLOPE, to - SLOPE);
}

static void
mado_header_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);

  mado_header_draw_horizon (widget, snapshot, width,
                            gtk_widget_get_height (widget) - (MADO_HEADER_HEIGHT - MADO_HORIZON_Y),
                            choose_peak (MADO_HEADER (widget), width));
  GTK_WIDGET_CLASS (mado_header_parent_class)->snapshot (widget, snapshot);
}

static void
show_words (MadoHeader *self)
{
  gtk_label_set_label (self->city, mado_place_get_name ());
  gtk_label_set_label (self->counter, _("Counter"));
}

static void
mado_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_header_parent_class)->dispose (object);
}

static void
mado_header_class_init (MadoHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_header_dispose;
  widget_class->snapshot = mado_header_snapshot;
  gtk_widget_class_set_css_name (widget_class, "header");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (MadoHeader *self, const char *style_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (label, style_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return GTK_LABEL (label);
}

static void
mado_header_init (MadoHeader *self)
{
  self->mark = mado_icon_new ("mark", 52);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  self->city = add_label (self, "city");
  self->counter = add_label (self, "counter");
  self->title = add_label (self, "title");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_label_set_xalign (self->title, 1.0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_justify (self->title, GTK_JUSTIFY_RIGHT);
  mado_words_keep_phrases (self->title, MADO_BREAKS_LONG);
  show_words (self);
  mado_words_watch (self, G_CALLBACK (show_words));
}

void
mado_header_set_title (MadoHeader *self, const char *title)
{
  gtk_label_set_label (self->title, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->title), title != NULL);
}
