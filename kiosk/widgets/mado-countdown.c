/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-countdown.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"

#define SIZE 328          /* at 100 % */
#define LARGEST 400       /* the card stands above the bar at 200 % too */
#define RING 28
#define WORDS 0.7f        /* the widest that fits within the ring, of its size */

struct _MadoCountdown {
  GtkWidget parent;
  guint     left, whole;
};

G_DEFINE_TYPE (MadoCountdown, mado_countdown, GTK_TYPE_WIDGET)

static void
mado_countdown_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                        int *least_baseline, int *natural_baseline)
{
  *least = *natural = MIN (mado_theme_scale_icon (SIZE), LARGEST);
}

static void
draw_ring (cairo_t *cr, float middle, float radius, float part, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, RING);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_new_path (cr);
  cairo_arc (cr, middle, middle, radius, -G_PI / 2, -G_PI / 2 + part * 2 * G_PI);
  cairo_stroke (cr);
}

static void
append_words (GtkWidget *widget, GtkSnapshot *snapshot, const char *markup, float y)
{
  float size = gtk_widget_get_width (widget), scale;
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  GdkRGBA ink = mado_theme_get_colour (widget, "ink");
  int width, height;

  pango_layout_set_markup (layout, markup, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  scale = MIN (1, WORDS * size / MAX (width, 1));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((size - scale * width) / 2, y - scale * height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
mado_countdown_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoCountdown *self = MADO_COUNTDOWN (widget);
  float size = gtk_widget_get_width (widget), middle = size / 2, radius = middle - RING / 2;
  GdkRGBA sea = mado_theme_get_colour (widget, "sea"), step = mado_theme_get_colour (widget, "step");
  /* Translators: seconds left, in large type; the unit small after it */
  g_autofree char *words = g_strdup_printf (_("<span size='300%%' weight='bold'>%u</span> <b>s</b>"), self->left);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, size, size));

  draw_ring (cr, middle, radius, 1, &step);
  if (self->left > 0 && self->whole > 0)
    draw_ring (cr, middle, radius, self->left / (float) self->whole, &sea);
  cairo_destroy (cr);
  append_words (widget, snapshot, _("Left"), size * 0.28f);
  append_words (widget, snapshot, words, size * 0.56f);
}

static void
mado_countdown_class_init (MadoCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = mado_countdown_measure;
  widget_class->snapshot = mado_countdown_snapshot;
  gtk_widget_class_set_css_name (widget_class, "countdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
mado_countdown_init (MadoCountdown *self)
{
}

void
mado_countdown_set (MadoCountdown *self, guint left, guint whole)
{
  g_autofree char *told = g_strdup_printf (ngettext ("%u second left", "%u seconds left", left), left);

  self->left = left;
  self->whole = whole;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, told, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
