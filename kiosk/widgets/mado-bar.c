/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-bar.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-button.h"

#define HIGH_KEY 220   /* for large words above their icon */
#define EDGE 24            /* left and right; 48 on a wide screen */
#define GAP 12
#define TOP 13              /* under a line of 3 */
#define BOTTOM 16
#define WIDE_TOP 9
#define FIRST_SHARE 232    /* the others get 188 */
#define OTHER_SHARE 188

enum { STAFF, HIDE, TEXT_SIZE, LANGUAGE, N_BUTTONS };

struct _MadoBar {
  GtkWidget     parent;
  MadoButton   *buttons[N_BUTTONS];
  MadoStaffCall staff_call;
};

G_DEFINE_TYPE (MadoBar, mado_bar, GTK_TYPE_WIDGET)

static const char *
staff_words (MadoStaffCall state)
{
  switch (state) {
  case MADO_STAFF_CALLING: return _("Calling staff…");
  case MADO_STAFF_CALLED:  return _("Staff are coming");
  case MADO_STAFF_FAILED:  return _("Please speak to staff");
  default:                 return _("Call staff");
  }
}

static void
show_words (MadoBar *self)
{
  mado_button_set_text (self->buttons[STAFF], staff_words (self->staff_call));
  mado_button_set_text (self->buttons[HIDE], _("Hide screen"));
  mado_button_set_text (self->buttons[TEXT_SIZE], _("Text size"));
  mado_button_set_icon (self->buttons[TEXT_SIZE], g_str_has_prefix (mado_words_get_language (), "ja")
                                                  ? "text-size-kana" : "text-size");
  /* Whoever cannot read the language of the moment must still find this. */
  mado_button_set_text (self->buttons[LANGUAGE], "Language");
}

static gboolean
is_wide (int width)
{
  return width > 1500;
}

static guint
n_rows (int width)
{
  return !is_wide (width) && mado_theme_get_text_size (mado_theme_get ()) >= MADO_TEXT_LARGEST ? 2 : 1;
}

/* As on the drawing board: heights of a key for each size of the text. */
static int
key_height (int width)
{
  guint size = mado_theme_get_text_size (mado_theme_get ());

  if (is_wide (width))
    return size >= MADO_TEXT_LARGE ? 122 : 84;

  return size >= MADO_TEXT_LARGEST ? 146 : size >= MADO_TEXT_LARGE ? HIGH_KEY : 136;
}

static GtkSizeRequestMode
mado_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mado_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                  int *least_baseline, int *natural_baseline)
{
  guint rows = n_rows (for_size);

  *least = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *least = *natural = (is_wide (for_size) ? WIDE_TOP + 20 : TOP + BOTTOM) + rows * key_height (for_size)
                      + (rows - 1) * GAP;
}

static void
mado_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoBar *self = MADO_BAR (widget);
  guint rows = n_rows (width), per_row = N_BUTTONS / rows;
  int edge = is_wide (width) ? 48 : EDGE, key = key_height (width);
  int room = width - 2 * edge - (int) (per_row - 1) * GAP, shares = FIRST_SHARE + (int) (per_row - 1) * OTHER_SHARE;
  int x = edge, y = is_wide (width) ? WIDE_TOP : TOP;

  for (guint i = 0; i < N_BUTTONS; i++) {
    gboolean first = i % per_row == 0;
    int share = is_wide (width) || rows > 1 ? room / (int) per_row
                                            : room * (first ? FIRST_SHARE : OTHER_SHARE) / shares;

    if (first && i > 0) {
      x = edge;
      y += key + GAP;
    }
    gtk_widget_size_allocate (GTK_WIDGET (self->buttons[i]), &(GtkAllocation) { x, y, share, key }, -1);
    x += share + GAP;
  }
}

/* The answer to a call is longer than the call: larger words in keys as low as ever leave it no room for an icon. */
static gboolean
is_crowded (int width)
{
  return mado_theme_get_text_size (mado_theme_get ()) > MADO_TEXT_NORMAL && key_height (width) < HIGH_KEY;
}

/* Icons stand above the words where there is height for it, else beside them. */
void
mado_bar_prepare (MadoBar *self, int width)
{
  GtkOrientation orientation = is_wide (width) || n_rows (width) > 1 ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL;

  int pixels = orientation == GTK_ORIENTATION_VERTICAL ? 56
             : mado_theme_get_text_size (mado_theme_get ()) >= MADO_TEXT_LARGEST ? 36 : 48;

  for (guint i = 0; i < N_BUTTONS; i++)
    g_object_set (self->buttons[i], "orientation", orientation, "pixels", pixels, NULL);
  mado_button_set_icon (self->buttons[STAFF], self->staff_call != MADO_STAFF_IDLE && is_crowded (width) ? NULL
                                                                                                       : "staff");
}

static void
mado_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_bar_parent_class)->dispose (object);
}

static void
mado_bar_class_init (MadoBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_bar_dispose;
  widget_class->get_request_mode = mado_bar_get_request_mode;
  widget_class->measure = mado_bar_measure;
  widget_class->size_allocate = mado_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mado_bar_init (MadoBar *self)
{
  static const struct { const char *icon, *action, *target; } keys[N_BUTTONS] = {
    [STAFF] = { "staff", "app.call-staff", NULL },
    [HIDE] = { "hide", "win.hide", NULL },
    [TEXT_SIZE] = { "text-size", "win.go", "text-size" },
    [LANGUAGE] = { "globe", "win.go", "language" },
  };

  for (guint i = 0; i < N_BUTTONS; i++) {
    GtkWidget *button = mado_button_new (NULL, keys[i].icon, i == STAFF ? "call" : NULL);

    g_object_set (button, "pixels", 56, NULL);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), keys[i].action);
    if (keys[i].target != NULL)
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (keys[i].target));
    gtk_widget_set_parent (button, GTK_WIDGET (self));
    self->buttons[i] = MADO_BUTTON (button);
  }
  show_words (self);
  mado_words_watch (self, G_CALLBACK (show_words));
}

void
mado_bar_set_staff_call (MadoBar *self, MadoStaffCall state)
{
  self->staff_call = state;
  show_words (self);
}
