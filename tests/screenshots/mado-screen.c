/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-screen.h"

#include "mado-words.h"
#include "pages/mado-heading.h"
#include "widgets/mado-action-row.h"
#include "widgets/mado-banner.h"
#include "widgets/mado-candidates.h"
#include "widgets/mado-curtain.h"
#include "widgets/mado-date-box.h"
#include "widgets/mado-field-box.h"
#include "widgets/mado-header.h"
#include "widgets/mado-keyboard.h"
#include "widgets/mado-progress.h"

#define HIGH_EDGE 1920
#define SHORT_EDGE 1080
#define LEAST_TARGET 81         /* px: 20 mm on the panel */
#define LEAST_TARGET_LARGE 120  /* 30 mm */
#define REGION_SLACK 8

char *
mado_look_describe (const MadoLook *look)
{
  static const char *const palettes[MADO_N_PALETTES] = { "light", "dark", "hc-light", "hc-dark" };

  return g_strdup_printf ("%s-%u-%s-%s", look->language, look->text_size, palettes[look->palette],
                          look->wide ? "wide" : "high");
}

void
mado_screen_dress (MadoKioskWindow *window, const MadoLook *look)
{
  gboolean wide = gtk_widget_get_width (GTK_WIDGET (window)) > gtk_widget_get_height (GTK_WIDGET (window));

  gtk_window_set_default_size (GTK_WINDOW (window), look->wide ? HIGH_EDGE : SHORT_EDGE,
                               look->wide ? SHORT_EDGE : HIGH_EDGE);
  if (wide != look->wide)   /* nobody turns a screen while they stand before it */
    mado_screen_settle (window);
  mado_theme_set_palette (mado_theme_get (), look->palette);
  mado_theme_set_text_size (mado_theme_get (), look->text_size);
  if (!g_str_equal (mado_words_get_language (), look->language))
    mado_kiosk_window_set_language (window, look->language);
}

void
mado_screen_settle (MadoKioskWindow *window)
{
  gint64 until = g_get_monotonic_time () + 35000;   /* the focus follows to the leaf a little later */

  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  while (g_get_monotonic_time () < until || g_main_context_pending (NULL)) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

/* --- pictures ------------------------------------------------------------------------------------------------ */

typedef struct {
  GdkTexture *texture;
  char       *path;
} Picture;

static GThreadPool *scribe;

static void
write_picture (gpointer data, gpointer unused)
{
  Picture *picture = data;

  if (!gdk_texture_save_to_png (picture->texture, picture->path))
    g_error ("%s cannot be written", picture->path);
  g_object_unref (picture->texture);
  g_free (picture->path);
  g_free (picture);
}

void
mado_screen_save (MadoKioskWindow *window, const char *folder, const char *name)
{
  int width = gtk_widget_get_width (GTK_WIDGET (window)), height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  GskRenderNode *node;
  Picture *picture = g_new0 (Picture, 1);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  picture->texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                                  &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  picture->path = g_build_filename (folder, file, NULL);
  if (scribe == NULL)
    scribe = g_thread_pool_new (write_picture, NULL, 1, FALSE, NULL);
  g_thread_pool_push (scribe, picture, NULL);
}

void
mado_screen_finish (void)
{
  if (scribe != NULL)
    g_thread_pool_free (g_steal_pointer (&scribe), FALSE, TRUE);
}

/* --- what a machine can see ---------------------------------------------------------------------------------- */

typedef struct {
  GtkWidget      *window;
  const MadoLook *look;
  gboolean        plain;     /* no banner has pushed the page down */
  gboolean        hidden;    /* by the curtain, with the bar */
  GPtrArray      *faults;
} Eye;

static char *
describe (GtkWidget *widget)
{
  while (!GTK_IS_LABEL (widget) && gtk_widget_get_first_child (widget) != NULL)
    widget = gtk_widget_get_first_child (widget);

  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget),
                          GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
}

static void G_GNUC_PRINTF (3, 4)
blame (Eye *eye, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *what = describe (widget), *fault = NULL;
  va_list rest;

  va_start (rest, format);
  fault = g_strdup_vprintf (format, rest);
  va_end (rest);
  g_ptr_array_add (eye->faults, g_strdup_printf ("%s %s %s", G_OBJECT_TYPE_NAME (widget), what, fault));
}

/* A line ends with its mark; none begins with one (禁則). */
static gboolean
begins_with_mark (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next) {
    gunichar first = g_utf8_get_char (text + ((PangoLayoutLine *) line->data)->start_index);

    if (first != 0 && g_utf8_strchr ("、。，．）」』", -1, first))
      return TRUE;
  }

  return FALSE;
}

static void
look_at_label (Eye *eye, GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    blame (eye, label, "is ellipsised");
  if (begins_with_mark (layout))
    blame (eye, label, "has a line that begins with a mark");
  if (width > gtk_widget_get_width (label) + 1 || height > gtk_widget_get_height (label) + 1)
    blame (eye, label, "is cut: %d×%d in %d×%d", width, height, gtk_widget_get_width (label),
           gtk_widget_get_height (label));
}

static void
look_at_bounds (Eye *eye, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, eye->window, &bounds))
    return;
  if (bounds.origin.x < -1 || bounds.origin.y < -1
      || bounds.origin.x + bounds.size.width > gtk_widget_get_width (eye->window) + 1
      || bounds.origin.y + bounds.size.height > gtk_widget_get_height (eye->window) + 1)
    blame (eye, widget, "reaches outside: %.0f,%.0f %.0f×%.0f", bounds.origin.x, bounds.origin.y,
           bounds.size.width, bounds.size.height);
}

/* A child that is laid over the edge of what holds it is cut there, or lies over its neighbour. */
static void
look_at_parent (Eye *eye, GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds;

  if (!GTK_IS_BUTTON (parent) && !GTK_IS_BOX (parent))
    return;
  if (gtk_widget_compute_bounds (widget, parent, &bounds)
      && (bounds.origin.x < -2 || bounds.origin.y < -2
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 2
          || bounds.origin.y + bounds.size.height > gtk_widget_get_height (parent) + 2))
    blame (eye, widget, "does not fit in its %s: %.0f,%.0f %.0f×%.0f in %d×%d", G_OBJECT_TYPE_NAME (parent),
           bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height, gtk_widget_get_width (parent),
           gtk_widget_get_height (parent));
}

/* With its edges, which can be touched as well as what is between them. */
static void
look_at_target (Eye *eye, GtkWidget *widget)
{
  int least = eye->look->text_size >= MADO_TEXT_LARGE ? LEAST_TARGET_LARGE : LEAST_TARGET;
  GtkAllocation place;

  gtk_widget_get_allocation (widget, &place);
  if (place.height < least || place.width < MIN (least, LEAST_TARGET))
    blame (eye, widget, "is too small to touch: %d×%d", place.width, place.height);
}

/* Nothing lies over a key of the bar, but for the curtain, which is to hide all. */
static void
look_at_bar_key (Eye *eye, GtkWidget *key)
{
  const graphene_point_t spots[] = { { 0.1f, 0.1f }, { 0.9f, 0.1f }, { 0.5f, 0.5f }, { 0.1f, 0.9f }, { 0.9f, 0.9f } };
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (key, eye->window, &bounds))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++) {
    GtkWidget *top = gtk_widget_pick (eye->window, bounds.origin.x + spots[i].x * bounds.size.width,
                                      bounds.origin.y + spots[i].y * bounds.size.height,
                                      GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

    if (top == NULL || (top != key && !gtk_widget_is_ancestor (top, key))) {
      blame (eye, key, "lies under a %s", top != NULL ? G_OBJECT_TYPE_NAME (top) : "window");
      return;
    }
  }
}

/* Of the drawing board at 100 %: what is -1 follows from the page, or from how many lines its buttons have. */
static void
look_at_region (Eye *eye, GtkWidget *widget)
{
  const struct { GType type; GdkRectangle high, wide; } regions[] = {
    { MADO_TYPE_HEADER, { 0, 0, 1080, 112 }, { 0, 0, 1920, 112 } },
    { MADO_TYPE_PROGRESS, { 48, 128, 984, 60 }, { 48, 128, 792, 60 } },
    { MADO_TYPE_CANDIDATES, { 48, 664, 984, 300 }, { 48, -1, 792, -1 } },
    { MADO_TYPE_KEYBOARD, { 48, -1, 984, -1 }, { 888, 436, 984, 516 } },
    { MADO_TYPE_ACTION_ROW, { 48, 1600, 984, 128 }, { 48, 824, 792, 128 } },
    { MADO_TYPE_BAR, { 0, 1752, 1080, 168 }, { 0, 964, 1920, 116 } },
  };
  graphene_rect_t bounds;

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++) {
    const GdkRectangle *due = eye->look->wide ? &regions[i].wide : &regions[i].high;

    if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, regions[i].type) || gtk_widget_get_height (widget) <= 1
        || !gtk_widget_compute_bounds (widget, eye->window, &bounds))
      continue;
    if (ABS (bounds.origin.x - due->x) > REGION_SLACK || ABS (bounds.size.width - due->width) > REGION_SLACK
        || (due->y >= 0 && ABS (bounds.origin.y - due->y) > REGION_SLACK)
        || (due->height >= 0 && ABS (bounds.size.height - due->height) > REGION_SLACK))
      blame (eye, widget, "is not in its region: %.0f,%.0f %.0f×%.0f instead of %d,%d %d×%d", bounds.origin.x,
             bounds.origin.y, bounds.size.width, bounds.size.height, due->x, due->y, due->width, due->height);
  }
}

static void
look_at (Eye *eye, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  look_at_bounds (eye, widget);
  look_at_parent (eye, widget);
  if (GTK_IS_LABEL (widget))
    look_at_label (eye, widget);
  if (GTK_IS_BUTTON (widget) || MADO_IS_FIELD_BOX (widget) || MADO_IS_DATE_BOX (widget))
    look_at_target (eye, widget);
  if (MADO_IS_BAR (gtk_widget_get_parent (widget)) && !eye->hidden)
    look_at_bar_key (eye, widget);
  if (eye->plain && eye->look->text_size == MADO_TEXT_NORMAL)
    look_at_region (eye, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (eye, child);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* Nothing of the page may lie under what stands on it. */
static void
look_under (Eye *eye, GtkWidget *block, GType type)
{
  GtkWidget *over = find (eye->window, type);
  graphene_rect_t below, above, both;

  if (over != NULL && gtk_widget_get_height (over) > 1 && gtk_widget_compute_bounds (block, eye->window, &below)
      && gtk_widget_compute_bounds (over, eye->window, &above)
      && graphene_rect_intersection (&below, &above, &both) && both.size.height > 2 && both.size.width > 2)
    blame (eye, block, "lies %.0f px under the %s", both.size.height, G_OBJECT_TYPE_NAME (over));
}

/* A leaf that says or asks nothing of its own is one too many. */
static void
look_at_page (Eye *eye, MadoPage *page)
{
  guint n = 0;

  for (GtkWidget *block = gtk_widget_get_first_child (GTK_WIDGET (page)); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    if (!gtk_widget_get_mapped (block) || gtk_widget_get_height (block) == 0)
      continue;
    n += !MADO_IS_PROGRESS (block) && !MADO_IS_HEADING (block) && !gtk_widget_has_css_class (block, "running");
    look_under (eye, block, MADO_TYPE_ACTION_ROW);
    look_under (eye, block, MADO_TYPE_KEYBOARD);
    look_under (eye, block, MADO_TYPE_CANDIDATES);
    look_under (eye, block, MADO_TYPE_BAR);
  }
  /* In large words the question may stand alone: first it is read, then it is answered. */
  if (n == 0 && mado_page_get_n_leaves (page) > 1 && eye->look->text_size < MADO_TEXT_LARGE)
    blame (eye, GTK_WIDGET (page), "shows an empty leaf");
}

GPtrArray *
mado_screen_check (MadoKioskWindow *window, const MadoLook *look)
{
  Eye eye = { GTK_WIDGET (window), look, find (GTK_WIDGET (window), MADO_TYPE_BANNER) == NULL,
              find (GTK_WIDGET (window), MADO_TYPE_CURTAIN) != NULL, g_ptr_array_new_with_free_func (g_free) };

  look_at (&eye, GTK_WIDGET (window));
  look_at_page (&eye, mado_kiosk_window_get_page (window, mado_kiosk_window_get_page_id (window)));

  return eye.faults;
}
