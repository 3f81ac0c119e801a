/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-progress.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "mado-words.h"

#define HEIGHT 60        /* with text of 100 % */
#define BAR 12
#define GAP 6
#define BETWEEN 24       /* count and section */
#define MAX_SEGMENTS 20

struct _MadoProgress {
  GtkWidget parent;
  GtkLabel *count, *section;
  guint     current, n;
};

G_DEFINE_TYPE (MadoProgress, mado_progress, GTK_TYPE_WIDGET)

static void
show_count (MadoProgress *self)
{
  g_autofree char *current = g_strdup_printf ("<b>%u</b>", self->current);
  g_autofree char *n = g_strdup_printf ("%u", self->n);
  /* Translators: the number of this question, and how many there are; the first is set in bold */
  g_autofree char *markup = g_strdup_printf (_("<b>Question</b> %s / %s"), current, n);
  g_autofree char *spoken = g_strdup_printf (_("Question %u of %u"), self->current, self->n);

  gtk_label_set_markup (self->count, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->n,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->current, -1);
}

static GtkSizeRequestMode
mado_progress_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
count_width (MadoProgress *self)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (self->count), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

/* A long section stands in two lines beside the count. */
static void
mado_progress_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                       int *least_baseline, int *natural_baseline)
{
  MadoProgress *self = MADO_PROGRESS (widget);
  int beside = count_width (self) + BETWEEN, count, section_least, section;

  gtk_widget_measure (GTK_WIDGET (self->section), GTK_ORIENTATION_HORIZONTAL, -1, &section_least, &section, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *least = beside + section_least;
    *natural = beside + section;
  } else {
    gtk_widget_measure (GTK_WIDGET (self->count), orientation, -1, NULL, &count, NULL, NULL);
    gtk_widget_measure (GTK_WIDGET (self->section), orientation,
                        for_size < 0 ? -1 : MAX (for_size - beside, section_least), NULL, &section, NULL, NULL);
    *least = *natural = MAX (count, section) + HEIGHT - 41;   /* a line of 100 % is 41 high */
  }
}

static void
mado_progress_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoProgress *self = MADO_PROGRESS (widget);
  int count = count_width (self), words = height - (HEIGHT - 41);

  gtk_widget_size_allocate (GTK_WIDGET (self->count), &(GtkAllocation) { 0, 0, count, words }, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->section),
                            &(GtkAllocation) { count + BETWEEN, 0, width - count - BETWEEN, words }, -1);
}

static void
append_pill (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *colour)
{
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, colour, &pill.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
mado_progress_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadoProgress *self = MADO_PROGRESS (widget);
  GdkRGBA sea = mado_theme_get_colour (widget, "sea"), step = mado_theme_get_colour (widget, "step");
  GdkRGBA ground = mado_theme_get_colour (widget, "ground"), edge = mado_theme_get_colour (widget, "edge");
  guint n = MIN (self->n, MAX_SEGMENTS);
  guint current = n < self->n ? (self->current * n + self->n - 1) / self->n : self->current;
  float y = gtk_widget_get_height (widget) - BAR - 5;
  float width = n > 0 ? (gtk_widget_get_width (widget) - (n - 1) * GAP) / (float) n : 0;

  for (guint i = 0; i < n; i++) {
    float x = i * (width + GAP);

    if (i + 1 == current) {   /* where one stands: ringed, so that it does not show by colour alone */
      append_pill (snapshot, x - 4, y - 4, width + 8, BAR + 8, &sea);
      append_pill (snapshot, x - 2, y - 2, width + 4, BAR + 4, &ground);
    } else if (i + 1 > current) {
      append_pill (snapshot, x, y, width, BAR, &edge);
      append_pill (snapshot, x + 1, y + 1, width - 2, BAR - 2, &step);
      continue;
    }
    append_pill (snapshot, x, y, width, BAR, &sea);
  }
  GTK_WIDGET_CLASS (mado_progress_parent_class)->snapshot (widget, snapshot);
}

static void
mado_progress_dispose (GObject *object)
{
  MadoProgress *self = MADO_PROGRESS (object);

  g_clear_pointer ((GtkWidget **) &self->count, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->section, gtk_widget_unparent);
  G_OBJECT_CLASS (mado_progress_parent_class)->dispose (object);
}

static void
mado_progress_class_init (MadoProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_progress_dispose;
  widget_class->get_request_mode = mado_progress_get_request_mode;
  widget_class->measure = mado_progress_measure;
  widget_class->size_allocate = mado_progress_size_allocate;
  widget_class->snapshot = mado_progress_snapshot;
  gtk_widget_class_set_css_name (widget_class, "progress");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
mado_progress_init (MadoProgress *self)
{
  self->count = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  self->section = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "wrap", TRUE, "justify", GTK_JUSTIFY_RIGHT, NULL);
  mado_words_keep_phrases (self->section, MADO_BREAKS_LONG);
  gtk_widget_add_css_class (GTK_WIDGET (self->section), "faint");
  gtk_widget_set_parent (GTK_WIDGET (self->count), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->section), GTK_WIDGET (self));
  mado_words_watch (self, G_CALLBACK (show_count));
}

void
mado_progress_set (MadoProgress *self, guint current, guint n, const char *section)
{
  self->current = current;
  self->n = n;
  show_count (self);
  gtk_label_set_label (self->section, section != NULL ? section : "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
