/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-action-row.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-button.h"

#define GAP 24
#define BACK_SHARE 264   /* of 984 */
#define LINK_WIDTH 150
#define NARROW 900

struct _MadoActionRow {
  GtkWidget   parent;
  MadoPage   *page;      /* (nullable) */
  MadoButton *back, *second, *primary;
  guint       pending;   /* source: looks at the page again once it is laid out */
  gboolean    narrow;    /* on a wide screen it stands under one of two columns */
  guint       leaf;      /* from which one went to the help overleaf */
  char       *measured;  /* (nullable): for which act, width and size of text it was measured */
  int         tallest;   /* of those */
};

G_DEFINE_TYPE (MadoActionRow, mado_action_row, GTK_TYPE_WIDGET)

static gboolean
goes_on (MadoActionRow *self)
{
  return mado_page_get_leaf (self->page) + 1 < mado_page_get_n_leaves (self->page);
}

static gboolean
is_aside (MadoActionRow *self)
{
  return mado_page_get_leaf (self->page) >= mado_page_get_n_leaves (self->page);
}

/* What the page offers beside its act; else the way to its help, where that found no room. */
static const char *
second_label (MadoActionRow *self)
{
  const char *label = mado_page_get_second_label (self->page);

  if (is_aside (self) || (label != NULL && goes_on (self)))
    return NULL;

  return label == NULL && mado_page_has_aside (self->page) ? _("If you are not sure") : label;
}

/* Help and putting off are no acts: a link, which leaves the act its room. */
static gboolean
is_quiet (MadoActionRow *self)
{
  return mado_page_get_second_label (self->page) == NULL || mado_page_is_second_quiet (self->page);
}

static void
show_button (MadoButton *button, const char *text, const char *icon)
{
  gtk_widget_set_visible (GTK_WIDGET (button), text != NULL);
  mado_button_set_text (button, text);
  mado_button_set_end_icon (button, icon);
}

static void
set_class (MadoButton *button, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (button), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (button), name);
}

static void
show_quiet (MadoActionRow *self, gboolean quiet)
{
  mado_button_set_icon (self->second, quiet ? NULL : mado_page_get_second_icon (self->page));
  set_class (self->second, "link", quiet);
}

/* Three side by side in one column, or in the largest words: they do without icons, and the act with smaller words. */
static gboolean
is_cramped (MadoActionRow *self)
{
  gboolean largest = mado_theme_get_text_size (mado_theme_get ()) >= MADO_TEXT_LARGEST;

  return (self->narrow || largest) && !goes_on (self) && second_label (self) != NULL;
}

static void
show_primary (MadoActionRow *self)
{
  const char *busy = mado_page_get_busy (self->page);
  const char *label = mado_page_get_primary_label (self->page);

  if (goes_on (self)) {
    /* Translators: the page goes on overleaf; this leaf and how many there are */
    g_autofree char *more = g_strdup_printf (_("Continue %u/%u"), mado_page_get_leaf (self->page) + 1,
                                             mado_page_get_n_leaves (self->page));

    show_button (self->primary, more, "r");
  } else if (is_aside (self)) {
    show_button (self->primary, NULL, NULL);
  } else {
    show_button (self->primary, busy != NULL ? busy : label,
                 busy != NULL || is_cramped (self) ? NULL : mado_page_get_primary_icon (self->page));
  }
  set_class (self->primary, "busy", busy != NULL);
  set_class (self->primary, "primary", goes_on (self) || !mado_page_is_primary_plain (self->page));
  set_class (self->primary, "cramped", is_cramped (self));
}

static void
follow (MadoActionRow *self)
{
  gboolean turned;

  if (self->page == NULL)
    return;
  turned = mado_page_get_leaf (self->page) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->back), turned || mado_page_get_may_go_back (self->page));
  mado_button_set_text (self->back, _("Back"));
  mado_button_set_icon (self->back, is_cramped (self) && mado_theme_is_large (mado_theme_get ()) ? NULL : "l");
  show_button (self->second, second_label (self), NULL);
  show_quiet (self, is_quiet (self));
  show_primary (self);
}

static gboolean
on_pending (gpointer data)
{
  MadoActionRow *self = data;

  self->pending = 0;
  follow (self);

  return G_SOURCE_REMOVE;
}

/* Leaves are counted in the midst of an allocation, when nothing may ask for another. */
static void
on_page_changed (MadoActionRow *self)
{
  if (self->pending == 0)
    self->pending = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_pending, self, NULL);
}

static void
on_back (MadoActionRow *self)
{
  guint leaf = mado_page_get_leaf (self->page);

  if (is_aside (self))
    mado_page_turn_to (self->page, self->leaf);
  else if (leaf > 0)
    mado_page_turn_to (self->page, leaf - 1);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
on_second (MadoActionRow *self)
{
  if (mado_page_get_second_label (self->page) != NULL) {
    mado_page_second (self->page);
    return;
  }
  self->leaf = mado_page_get_leaf (self->page);
  mado_page_turn_to (self->page, mado_page_get_n_leaves (self->page));
}

static void
on_primary (MadoActionRow *self)
{
  if (goes_on (self))
    mado_page_turn_to (self->page, mado_page_get_leaf (self->page) + 1);
  else if (mado_page_get_busy (self->page) == NULL)
    mado_page_apply (self->page);
}

static int
height_of (MadoButton *button, int width)
{
  int least, natural;

  if (!gtk_widget_should_layout (GTK_WIDGET (button)))
    return 0;
  gtk_widget_measure (GTK_WIDGET (button), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (button), GTK_ORIENTATION_VERTICAL, MAX (least, width), NULL, &natural, NULL, NULL);

  return natural;
}

static int
least_width (MadoButton *button)
{
  int least = 0;

  if (gtk_widget_should_layout (GTK_WIDGET (button)))
    gtk_widget_measure (GTK_WIDGET (button), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return least;
}

static void
share (MadoActionRow *self, int width, int shares[3])
{
  gboolean back = gtk_widget_should_layout (GTK_WIDGET (self->back));
  gboolean second = gtk_widget_should_layout (GTK_WIDGET (self->second));
  gboolean primary = gtk_widget_should_layout (GTK_WIDGET (self->primary));
  int left = width;

  shares[0] = shares[1] = shares[2] = 0;
  if (back && (second || primary)) {
    shares[0] = MAX (second && primary ? width * 204 / 984 : width * BACK_SHARE / 984, least_width (self->back));
    left -= shares[0] + GAP;
  } else if (back) {
    shares[0] = width;
  }
  if (second && primary) {
    gboolean narrow = self->page != NULL && is_quiet (self) && !mado_theme_is_large (mado_theme_get ());

    int wanted = narrow ? LINK_WIDTH : (left - GAP) * 46 / 100;

    shares[1] = MAX (least_width (self->second), MIN (wanted, left - GAP - least_width (self->primary)));
    shares[2] = left - GAP - shares[1];
  } else {
    shares[second ? 1 : 2] = left;
  }
}

static GtkSizeRequestMode
mado_action_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Were it lower on a leaf that says 「つづき」, what found no room for the act itself would fit, and so to and fro. */
static int
keep_height (MadoActionRow *self, int width, int height)
{
  const char *act = self->page != NULL ? mado_page_get_primary_label (self->page) : NULL;
  g_autofree char *measured = g_strdup_printf ("%d %d %u %s", width, self->narrow,
                                               mado_theme_get_text_size (mado_theme_get ()), act != NULL ? act : "");

  if (g_strcmp0 (self->measured, measured) != 0)
    self->tallest = 0;
  g_free (self->measured);
  self->measured = g_steal_pointer (&measured);
  self->tallest = MAX (self->tallest, height);

  return self->tallest;
}

static void
mado_action_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                         int *least_baseline, int *natural_baseline)
{
  MadoActionRow *self = MADO_ACTION_ROW (widget);
  int shares[3];

  *least = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 1)
    return;
  share (self, for_size, shares);
  *natural = MAX (height_of (self->primary, shares[2]),
                  MAX (height_of (self->back, shares[0]), height_of (self->second, shares[1])));
  *least = *natural = keep_height (self, for_size, *natural);
}

static void
mado_action_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoActionRow *self = MADO_ACTION_ROW (widget);
  GtkWidget *buttons[] = { GTK_WIDGET (self->back), GTK_WIDGET (self->second), GTK_WIDGET (self->primary) };
  int shares[3], x = 0;

  if (self->narrow != (width < NARROW)) {
    self->narrow = width < NARROW;
    on_page_changed (self);
  }
  share (self, width, shares);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    if (!gtk_widget_should_layout (buttons[i]))
      continue;
    gtk_widget_size_allocate (buttons[i], &(GtkAllocation) { x, 0, shares[i], height }, -1);
    x += shares[i] + GAP;
  }
}

static void
mado_action_row_dispose (GObject *object)
{
  MadoActionRow *self = MADO_ACTION_ROW (object);
  GtkWidget *child;

  mado_action_row_set_page (self, NULL);
  g_clear_handle_id (&self->pending, g_source_remove);
  g_clear_pointer (&self->measured, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_action_row_parent_class)->dispose (object);
}

static void
mado_action_row_class_init (MadoActionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_action_row_dispose;
  widget_class->get_request_mode = mado_action_row_get_request_mode;
  widget_class->measure = mado_action_row_measure;
  widget_class->size_allocate = mado_action_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "actions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static MadoButton *
add_button (MadoActionRow *self, const char *icon, const char *style_class, GCallback callback)
{
  GtkWidget *button = mado_button_new (NULL, icon, style_class);

  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_swapped (button, "clicked", callback, self);

  return MADO_BUTTON (button);
}

static void
mado_action_row_init (MadoActionRow *self)
{
  self->back = add_button (self, "l", NULL, G_CALLBACK (on_back));
  mado_button_set_wrap (self->back, FALSE);
  self->second = add_button (self, NULL, NULL, G_CALLBACK (on_second));
  self->primary = add_button (self, NULL, "primary", G_CALLBACK (on_primary));
  mado_words_watch (self, G_CALLBACK (follow));
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

void
mado_action_row_set_page (MadoActionRow *self, MadoPage *page)
{
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (self->page, self);
  g_set_object (&self->page, page);
  if (page != NULL)
    g_signal_connect_swapped (page, "notify", G_CALLBACK (on_page_changed), self);
  follow (self);
}

gboolean
mado_action_row_is_empty (MadoActionRow *self)
{
  return !gtk_widget_get_visible (GTK_WIDGET (self->back)) && !gtk_widget_get_visible (GTK_WIDGET (self->second))
         && !gtk_widget_get_visible (GTK_WIDGET (self->primary));
}
