/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-stage.h"

#include "mado-theme.h"
#include "widgets/mado-action-row.h"

/* The drawing board; a screen has at least these, after scaling. */
#define SHORT_EDGE 1080
#define LONG_EDGE 1920

#define MARGIN MADO_PAGE_MARGIN
#define BANNER_OVERLAP 8        /* banners lie over the air below the horizon */
#define PAGE_TOP 16
#define ACTIONS_GAP 24          /* page to action row, and action row to bar */
#define WIDE_ACTIONS_GAP 12     /* action row to bar on a wide screen */
#define WIDE_ACTIONS 792        /* of 1776 */

struct _MadoStage {
  GtkWidget      parent;
  MadoHeader    *header;
  GtkBox        *banners;
  MadoPage      *page;       /* (nullable): the one on screen */
  MadoActionRow *actions;
  MadoBar       *bar;
  GtkWidget     *veil;       /* (nullable) */
  gboolean       veils_bar;
};

G_DEFINE_TYPE (MadoStage, mado_stage, GTK_TYPE_WIDGET)

static int
height_of (gpointer widget, int width)
{
  int natural;

  if (!gtk_widget_should_layout (widget))
    return 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

static void
place (gpointer widget, float scale, int x, int y, int width, int height)
{
  GskTransform *transform = gsk_transform_translate (scale != 1 ? gsk_transform_scale (NULL, scale, scale) : NULL,
                                                     &GRAPHENE_POINT_INIT (x, y));

  if (gtk_widget_should_layout (widget))
    gtk_widget_allocate (widget, width, height, -1, transform);
  else
    gsk_transform_unref (transform);
}

static float
scale_for (int width, int height)
{
  gboolean landscape = width > height;
  float across = width / (float) (landscape ? LONG_EDGE : SHORT_EDGE);
  float down = height / (float) (landscape ? SHORT_EDGE : LONG_EDGE);
  float scale = MIN (across, down);

  return scale > 0.999 && scale < 1.001 ? 1 : scale;
}

static void
mado_stage_size_allocate (GtkWidget *widget, int real_width, int real_height, int baseline)
{
  MadoStage *self = MADO_STAGE (widget);
  float scale = scale_for (real_width, real_height);
  int width = (int) (real_width / scale + 0.5), height = (int) (real_height / scale + 0.5);
  gboolean landscape = width > height;
  int inner = width - 2 * MARGIN, actions_width = landscape ? (inner - MARGIN) * WIDE_ACTIONS / 1728 : inner;
  int bar, bar_y, actions, actions_y, header, banners, top;
  MadoFrame frame = { landscape };

  mado_bar_prepare (self->bar, width);
  bar = height_of (self->bar, width);
  bar_y = height - bar;
  place (self->bar, scale, 0, bar_y, width, bar);

  header = height_of (self->header, width);
  place (self->header, scale, 0, 0, width, header);
  top = header > 0 ? header - BANNER_OVERLAP : 0;
  banners = height_of (self->banners, width);
  place (self->banners, scale, 0, top, width, banners);

  actions = mado_action_row_is_empty (self->actions) ? 0 : height_of (self->actions, actions_width);
  actions_y = bar_y - (landscape ? WIDE_ACTIONS_GAP : ACTIONS_GAP) - actions;
  place (self->actions, scale, MARGIN, actions_y, actions_width, MAX (actions, 1));

  frame.top = header > 0 ? MAX (header, top + banners) + PAGE_TOP : banners;
  frame.bottom = actions > 0 ? actions_y - ACTIONS_GAP : bar_y - ACTIONS_GAP;
  frame.bottom_right = bar_y - ACTIONS_GAP;
  if (self->page != NULL) {
    mado_page_set_frame (self->page, &frame);
    place (self->page, scale, 0, 0, width, bar_y);
  }
  if (self->veil != NULL)
    place (self->veil, scale, 0, 0, width, self->veils_bar ? height : bar_y);
}

static void
mado_stage_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                    int *least_baseline, int *natural_baseline)
{
  *least = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SHORT_EDGE : LONG_EDGE;
}

static void
follow_page (MadoStage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->header), self->page == NULL || !mado_page_has_hero (self->page));
  mado_header_set_title (self->header, self->page != NULL ? mado_page_get_title (self->page) : NULL);
}

static void
mado_stage_dispose (GObject *object)
{
  MadoStage *self = MADO_STAGE (object);
  GtkWidget *child;

  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (self->page, self);
  self->page = NULL;
  self->veil = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_stage_parent_class)->dispose (object);
}

static void
mado_stage_class_init (MadoStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_stage_dispose;
  widget_class->measure = mado_stage_measure;
  widget_class->size_allocate = mado_stage_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "stage");
}

static gpointer
add (MadoStage *self, GType type)
{
  GtkWidget *widget = g_object_new (type, NULL);

  gtk_widget_set_parent (widget, GTK_WIDGET (self));

  return widget;
}

static void
mado_stage_init (MadoStage *self)
{
  self->header = add (self, MADO_TYPE_HEADER);
  self->banners = add (self, GTK_TYPE_BOX);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->banners), GTK_ORIENTATION_VERTICAL);
  self->actions = add (self, MADO_TYPE_ACTION_ROW);
  self->bar = add (self, MADO_TYPE_BAR);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  /* Where focus is before the first Tab. */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

MadoBar *
mado_stage_get_bar (MadoStage *self)
{
  return self->bar;
}

GtkBox *
mado_stage_get_banners (MadoStage *self)
{
  return self->banners;
}

MadoPage *
mado_stage_get_page (MadoStage *self)
{
  return self->page;
}

/* Pages stand before the action row, so that Tab goes through them in the order in which they are seen. */
static void
adopt (MadoStage *self, MadoPage *page)
{
  if (gtk_widget_get_parent (GTK_WIDGET (page)) != GTK_WIDGET (self))
    gtk_widget_insert_before (GTK_WIDGET (page), GTK_WIDGET (self), GTK_WIDGET (self->actions));
}

void
mado_stage_set_page (MadoStage *self, MadoPage *page)
{
  if (self->page == page)
    return;
  if (self->page != NULL) {
    g_signal_handlers_disconnect_by_data (self->page, self);
    gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE);
  }
  self->page = page;
  adopt (self, page);
  gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
  g_signal_connect_swapped (page, "notify::title", G_CALLBACK (follow_page), self);
  mado_action_row_set_page (self->actions, page);
  follow_page (self);
}

void
mado_stage_set_veil (MadoStage *self, GtkWidget *veil, gboolean over_bar)
{
  if (self->veil == veil)
    return;
  g_clear_pointer (&self->veil, gtk_widget_unparent);
  self->veil = veil;
  self->veils_bar = over_bar;
  if (veil != NULL)
    gtk_widget_set_parent (veil, GTK_WIDGET (self));
}
