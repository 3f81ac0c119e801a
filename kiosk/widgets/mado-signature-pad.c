/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-signature-pad.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "questions/mado-signature.h"

#define HEIGHT    300
#define PEN       8     /* units, as on paper */
#define LEAST     3     /* units between two points: a finger trembles */
#define BASE_LINE 0.78  /* of the height */

struct _MadoSignaturePad {
  GtkWidget parent;
  GArray   *points;   /* of MadoSignaturePoint */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadoSignaturePad, mado_signature_pad, GTK_TYPE_WIDGET)

/* Pixels to a unit; the box lies in the middle. */
static double
get_scale (MadoSignaturePad *self, double *left)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN ((double) width / MADO_SIGNATURE_WIDTH, (double) height / MADO_SIGNATURE_HEIGHT);

  *left = (width - scale * MADO_SIGNATURE_WIDTH) / 2;
  return MAX (scale, 0.01);
}

static void
tell (MadoSignaturePad *self)
{
  const char *how = self->points->len > 0 ? _("Signed") : _("Not signed yet");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Your signature"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, how, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- strokes --------------------------------------------------------------------------------------------------- */

static void
add_point (MadoSignaturePad *self, double x, double y, gboolean begins)
{
  double left, scale = get_scale (self, &left);
  MadoSignaturePoint point = { (guint16) CLAMP ((x - left) / scale, 0, MADO_SIGNATURE_WIDTH),
                               (guint16) CLAMP (y / scale, 0, MADO_SIGNATURE_HEIGHT), begins };
  const MadoSignaturePoint *last = self->points->len > 0
    ? &g_array_index (self->points, MadoSignaturePoint, self->points->len - 1) : NULL;

  if (self->points->len == MADO_SIGNATURE_MAX_POINTS
      || (!begins && last != NULL && ABS (last->x - point.x) < LEAST && ABS (last->y - point.y) < LEAST))
    return;
  g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_begin (GtkGestureDrag *drag, double x, double y, MadoSignaturePad *self)
{
  add_point (self, x, y, TRUE);
}

static void
on_update (GtkGestureDrag *drag, double dx, double dy, MadoSignaturePad *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    add_point (self, x + dx, y + dy, FALSE);
}

static void
on_end (GtkGestureDrag *drag, double dx, double dy, MadoSignaturePad *self)
{
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the widget ------------------------------------------------------------------------------------------------ */

static void
mado_signature_pad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                            int *least_baseline, int *natural_baseline)
{
  *least = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : HEIGHT * 2;
}

static void
draw_strokes (MadoSignaturePad *self, cairo_t *cr)
{
  cairo_set_line_width (cr, PEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->points->len; i++) {
    const MadoSignaturePoint *point = &g_array_index (self->points, MadoSignaturePoint, i);

    if (point->begins)
      cairo_move_to (cr, point->x, point->y);
    cairo_line_to (cr, point->x, point->y);
  }
  cairo_stroke (cr);
}

static void
mado_signature_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoSignaturePad *self = MADO_SIGNATURE_PAD (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double left, scale = get_scale (self, &left);
  GdkRGBA line = mado_theme_get_colour (widget, "edge"), ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_rectangle (cr, left + 24, height * BASE_LINE, scale * MADO_SIGNATURE_WIDTH - 48, 3);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_translate (cr, left, 0);
  cairo_scale (cr, scale, scale);
  draw_strokes (self, cr);
  cairo_destroy (cr);
}

static void
mado_signature_pad_finalize (GObject *object)
{
  g_array_unref (MADO_SIGNATURE_PAD (object)->points);
  G_OBJECT_CLASS (mado_signature_pad_parent_class)->finalize (object);
}

static void
mado_signature_pad_class_init (MadoSignaturePadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mado_signature_pad_finalize;
  widget_class->measure = mado_signature_pad_measure;
  widget_class->snapshot = mado_signature_pad_snapshot;
  gtk_widget_class_set_css_name (widget_class, "signaturepad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_SIGNATURE_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_signature_pad_init (MadoSignaturePad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (MadoSignaturePoint));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  tell (self);
}

GtkWidget *
mado_signature_pad_new (void)
{
  return g_object_new (MADO_TYPE_SIGNATURE_PAD, NULL);
}

void
mado_signature_pad_set_path (MadoSignaturePad *self, const char *path)
{
  GArray *points = path != NULL ? mado_signature_parse (path) : NULL;

  g_array_set_size (self->points, 0);
  if (points != NULL) {
    g_array_append_vals (self->points, points->data, points->len);
    g_array_unref (points);
  }
  tell (self);
}

char *
mado_signature_pad_dup_path (MadoSignaturePad *self)
{
  return self->points->len > 0 ? mado_signature_write (self->points) : NULL;
}

void
mado_signature_pad_undo (MadoSignaturePad *self)
{
  guint n = self->points->len;

  while (n > 0 && !g_array_index (self->points, MadoSignaturePoint, --n).begins)
    ;
  g_array_set_size (self->points, n);
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
mado_signature_pad_clear (MadoSignaturePad *self)
{
  g_array_set_size (self->points, 0);
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
