/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-candidates.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-button.h"

#define GAP 12
#define CAPTION 56
#define WIDE_CAPTION 48
#define MAX_SHOWN 6
#define LARGE_HEIGHT 122

struct _MadoCandidates {
  GtkWidget     parent;
  MadoComposer *composer;      /* (nullable) */
  GtkLabel     *caption, *hint;
  GtkWidget    *buttons[MAX_SHOWN];
  MadoButton   *keep, *more;
  guint         first;         /* of those shown */
  guint         n_shown, per_row;
  gboolean      wide, composing;
};

G_DEFINE_TYPE (MadoCandidates, mado_candidates, GTK_TYPE_WIDGET)

static int
caption_height (MadoCandidates *self)
{
  int natural;

  gtk_widget_measure (GTK_WIDGET (self->caption), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);

  return MAX (natural, self->wide ? WIDE_CAPTION : CAPTION);
}

static gboolean
is_large (void)
{
  return mado_theme_is_large (mado_theme_get ());
}

/* Long ones get more room, so that none is cut. */
static guint
choose_per_row (MadoCandidates *self, GPtrArray *candidates)
{
  glong longest = 0;
  guint many = self->wide || is_large () ? 2 : 4;

  for (guint i = self->first; i < MIN (candidates->len, self->first + many); i++)
    longest = MAX (longest, g_utf8_strlen (g_ptr_array_index (candidates, i), -1));
  if (is_large ())
    return longest > 3 ? 1 : 2;
  if (self->wide)
    return longest > 7 ? 1 : 2;

  return longest > 9 ? 1 : longest > 5 ? 2 : longest > 3 ? 3 : 4;
}

static void
show_buttons (MadoCandidates *self, GPtrArray *candidates)
{
  guint rows = self->wide && !is_large () ? 2 : 1;

  self->per_row = choose_per_row (self, candidates);
  self->n_shown = MIN (self->per_row * rows, candidates->len - self->first);
  for (guint i = 0; i < MAX_SHOWN; i++) {
    gtk_widget_set_visible (self->buttons[i], i < self->n_shown);
    if (i < self->n_shown)
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), g_ptr_array_index (candidates, self->first + i));
  }
}

static void
show_more (MadoCandidates *self, GPtrArray *candidates)
{
  guint rest = candidates->len - self->first - self->n_shown;
  g_autofree char *more = rest > 0 ? g_strdup_printf (_("More kanji (%u)"), rest)
                                   : g_strdup (_("Back to the first kanji"));
  g_autofree char *brief = rest > 0 ? g_strdup_printf ("+%u", rest) : g_strdup ("1…");

  gtk_widget_set_visible (GTK_WIDGET (self->more), candidates->len > self->n_shown);
  mado_button_set_text (self->more, is_large () ? brief : more);
  mado_button_set_end_icon (self->more, rest > 0 ? "dn" : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
}

static void
follow (MadoCandidates *self)
{
  const char *reading = self->composer != NULL ? mado_composer_get_reading (self->composer) : "";
  GPtrArray *candidates = *reading != '\0' ? mado_composer_get_candidates (self->composer) : NULL;
  gboolean composing = candidates != NULL;
  gboolean writes_kana = composing || (self->composer != NULL
                                       && mado_composer_get_board (self->composer) == MADO_BOARD_KANA);
  g_autofree char *as_it_is = NULL;

  if (!composing || self->first >= candidates->len)
    self->first = 0;
  self->n_shown = 0;
  for (guint i = 0; i < MAX_SHOWN; i++)
    gtk_widget_set_visible (self->buttons[i], FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->keep), composing);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  self->composing = composing;
  /* Large words have no room for it beside the caption. */
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !composing || candidates->len == 0
                          || mado_theme_get_text_size (mado_theme_get ()) == MADO_TEXT_NORMAL);
  gtk_label_set_xalign (self->hint, composing && candidates->len > 0 ? 1 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), !is_large ());
  gtk_label_set_label (self->caption, composing ? _("Choose the kanji") : "");
  gtk_label_set_label (self->hint, !writes_kana ? "" : !composing ? _("Type the sounds, and choose kanji here")
                                   : candidates->len == 0 ? _("No kanji found for these sounds")
                                   : _("Staff can add characters you do not find"));
  if (composing) {
    /* Translators: keep what was typed as hiragana; the word itself stands before it */
    as_it_is = g_strdup_printf (_("%s as it is"), reading);
    mado_button_set_text (self->keep, is_large () ? reading : as_it_is);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->keep), GTK_ACCESSIBLE_PROPERTY_LABEL, as_it_is, -1);
    show_buttons (self, candidates);
    show_more (self, candidates);
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_composer_changed (MadoCandidates *self)
{
  self->first = 0;
  follow (self);
}

static void
on_candidate (GtkButton *button, gpointer data)
{
  MadoCandidates *self = data;

  for (guint i = 0; i < self->n_shown; i++) {
    if (self->buttons[i] == GTK_WIDGET (button)) {
      mado_composer_choose (self->composer, self->first + i);
      return;
    }
  }
}

static void
on_keep (MadoCandidates *self)
{
  mado_composer_keep (self->composer);
}

static void
on_more (MadoCandidates *self)
{
  GPtrArray *candidates = mado_composer_get_candidates (self->composer);

  self->first = self->first + self->n_shown < candidates->len ? self->first + self->n_shown : 0;
  follow (self);
}

static void
place (gpointer widget, int x, int y, int width, int height)
{
  if (!gtk_widget_should_layout (widget))
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
place_caption (MadoCandidates *self, int width, int height, int caption)
{
  int left;

  gtk_widget_measure (GTK_WIDGET (self->caption), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &left, NULL, NULL);
  place (self->caption, 0, 0, left, caption);
  if (self->n_shown > 0)
    place (self->hint, left + GAP, 0, width - left - GAP, caption);
  else
    place (self->hint, 0, self->composing ? caption : 0, width, height - (self->composing ? caption : 0));
}

/* Large words: two candidates, what keeps the kana and what shows more, in one row. */
static void
allocate_large (MadoCandidates *self, int width, int height)
{
  int cell = (width - 3 * GAP) / 4, both = 2 * cell + GAP;

  place (self->hint, 0, 0, self->composing ? both : width, height);
  for (guint i = 0; i < self->n_shown; i++)
    place (self->buttons[i], (int) i * (cell + GAP), 0, self->per_row > 1 ? cell : both, height);
  place (self->keep, both + GAP, 0, cell, height);
  place (self->more, both + cell + 2 * GAP, 0, cell, height);
}

/* Candidates row by row; then what keeps the kana, and what shows more, side by side. */
static void
mado_candidates_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoCandidates *self = MADO_CANDIDATES (widget);
  int caption = caption_height (self), rows = self->wide ? 3 : 2;
  int key = self->wide ? (height - caption - 2 * GAP) / rows : 132;
  int cell = (width - (int) (self->per_row - 1) * GAP) / (int) MAX (self->per_row, 1);
  int half = (width - GAP) / 2, y = caption;

  if (is_large ()) {
    allocate_large (self, width, height);
    return;
  }
  place_caption (self, width, height, caption);
  for (guint i = 0; i < self->n_shown; i++) {
    place (self->buttons[i], (int) (i % self->per_row) * (cell + GAP), y, cell, key);
    if ((i + 1) % self->per_row == 0 || i + 1 == self->n_shown)
      y += key + GAP;
  }
  if (self->n_shown == 0)
    y += key + GAP;
  if (!self->wide)
    key = height - caption - key - GAP;
  place (self->keep, 0, y, half, key);
  place (self->more, half + GAP, y, half, key);
}

static void
mado_candidates_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                         int *least_baseline, int *natural_baseline)
{
  *least = *natural = 1;   /* the stage asks for its height by kind of screen */
}

static void
mado_candidates_dispose (GObject *object)
{
  GtkWidget *child;

  mado_candidates_set_composer (MADO_CANDIDATES (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mado_candidates_parent_class)->dispose (object);
}

static void
mado_candidates_class_init (MadoCandidatesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_candidates_dispose;
  widget_class->measure = mado_candidates_measure;
  widget_class->size_allocate = mado_candidates_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "candidates");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static GtkLabel *
add_label (MadoCandidates *self, const char *style_class, float xalign)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", xalign, "yalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, style_class);
  mado_words_keep_phrases (GTK_LABEL (label), MADO_BREAKS_LONG);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return GTK_LABEL (label);
}

static GtkWidget *
add_button (MadoCandidates *self, GtkWidget *button, const char *style_class)
{
  gtk_widget_add_css_class (button, style_class);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));

  return button;
}

static void
mado_candidates_init (MadoCandidates *self)
{
  self->per_row = 1;
  self->caption = add_label (self, "label", 0);
  self->hint = add_label (self, "faint", 1);
  for (guint i = 0; i < MAX_SHOWN; i++) {
    self->buttons[i] = add_button (self, gtk_button_new_with_label (""), "candidate");
    g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_candidate), self);
  }
  self->keep = MADO_BUTTON (add_button (self, mado_button_new (NULL, NULL, NULL), "keep"));
  self->more = MADO_BUTTON (add_button (self, mado_button_new (NULL, NULL, NULL), "more"));
  g_signal_connect_swapped (self->keep, "clicked", G_CALLBACK (on_keep), self);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  mado_words_watch (self, G_CALLBACK (follow));
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

void
mado_candidates_set_composer (MadoCandidates *self, MadoComposer *composer)
{
  if (self->composer == composer)
    return;
  if (self->composer != NULL)
    g_signal_handlers_disconnect_by_data (self->composer, self);
  g_set_object (&self->composer, composer);
  if (composer == NULL)
    return;
  g_signal_connect_swapped (composer, "changed", G_CALLBACK (on_composer_changed), self);
  on_composer_changed (self);
}

int
mado_candidates_get_height (MadoCandidates *self, gboolean wide)
{
  self->wide = wide;
  if (is_large ())
    return LARGE_HEIGHT;

  return wide ? caption_height (self) + 276 : 300;
}
