/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-screen.h"

#include "mado-place.h"
#include "mado-words.h"
#include "widgets/mado-field-box.h"

#define LEAST_TARGET 44       /* px, on the drawing board */

MadoKioskWindow *
mado_screen_open (int width, int height)
{
  g_autoptr (GError) error = NULL;
  MadoKioskWindow *window;

  mado_words_init (g_getenv ("MADO_LOCALE_DIR"));
  mado_place_open (MADO_TEST_CITY, &error);
  g_assert_no_error (error);
  window = mado_kiosk_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);

  return window;
}

void
mado_screen_settle (MadoKioskWindow *window)
{
  gint64 until = g_get_monotonic_time () + 40000;   /* the focus follows to the leaf a little later */

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, g_main_context_pending (NULL));
  for (guint i = 0; i < 2; i++)
    gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

void
mado_screen_save (MadoKioskWindow *window, const char *name)
{
  int width = gtk_widget_get_width (GTK_WIDGET (window)), height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (MADO_TEST_PICTURES, file, NULL);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  picture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  g_mkdir_with_parents (MADO_TEST_PICTURES, 0755);
  g_assert_true (gdk_texture_save_to_png (picture, path));
}

typedef struct {
  GtkWidget  *window;
  const char *name;
  guint       faults;
} Look;

static char *
describe (GtkWidget *widget)
{
  const char *words = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget), words);
}

static void G_GNUC_PRINTF (3, 4)
blame (Look *look, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *what = describe (widget), *fault = NULL;
  va_list rest;

  va_start (rest, format);
  fault = g_strdup_vprintf (format, rest);
  va_end (rest);
  g_test_message ("%s: %s %s", look->name, what, fault);
  look->faults++;
}

static void
look_at_label (Look *look, GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    blame (look, label, "is ellipsised");
  if (width > gtk_widget_get_width (label) + 1 || height > gtk_widget_get_height (label) + 1)
    blame (look, label, "is cut: %d×%d in %d×%d", width, height, gtk_widget_get_width (label),
           gtk_widget_get_height (label));
}

static void
look_at_bounds (Look *look, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, look->window, &bounds))
    return;
  if (bounds.origin.x < -1 || bounds.origin.y < -1
      || bounds.origin.x + bounds.size.width > gtk_widget_get_width (look->window) + 1
      || bounds.origin.y + bounds.size.height > gtk_widget_get_height (look->window) + 1)
    blame (look, widget, "reaches outside: %.0f,%.0f %.0f×%.0f", bounds.origin.x, bounds.origin.y,
           bounds.size.width, bounds.size.height);
}

/* A child that is laid over the edge of what holds it is cut there, or lies over its neighbour. */
static void
look_at_parent (Look *look, GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds;

  if (!GTK_IS_BUTTON (parent) && !GTK_IS_BOX (parent))
    return;
  if (gtk_widget_compute_bounds (widget, parent, &bounds)
      && (bounds.origin.x < -2 || bounds.origin.y < -2
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 2
          || bounds.origin.y + bounds.size.height > gtk_widget_get_height (parent) + 2))
    blame (look, widget, "does not fit in its %s: %.0f,%.0f %.0f×%.0f in %d×%d", G_OBJECT_TYPE_NAME (parent),
           bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height, gtk_widget_get_width (parent),
           gtk_widget_get_height (parent));
}

static void
look_at_target (Look *look, GtkWidget *widget)
{
  if (gtk_widget_get_width (widget) < LEAST_TARGET || gtk_widget_get_height (widget) < LEAST_TARGET)
    blame (look, widget, "is too small to touch: %d×%d", gtk_widget_get_width (widget),
           gtk_widget_get_height (widget));
}

static void
look_at (Look *look, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  look_at_bounds (look, widget);
  look_at_parent (look, widget);
  if (GTK_IS_LABEL (widget))
    look_at_label (look, widget);
  if (GTK_IS_BUTTON (widget) || MADO_IS_FIELD_BOX (widget))
    look_at_target (look, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child);
}

void
mado_screen_check (MadoKioskWindow *window, const char *name)
{
  Look look = { GTK_WIDGET (window), name };

  look_at (&look, GTK_WIDGET (window));
  if (look.faults > 0)
    g_test_fail ();
}
