/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-ruby.h"

#include "lists/mado-furigana.h"

/* In parts of the height of a kanji. */
#define SIZE 0.5
#define SIZE_OVER_HEADINGS 0.42
#define KANJI_TOP 0.87      /* above the baseline */
#define OVERHANG 0.15       /* what may stand over a neighbour that is no kanji */

#define HEADING_PX 44       /* letters larger than that are a heading's */

/* Where kanji stand on one line of a label, and how far their reading may reach beyond them; pixels. */
typedef struct {
  float x, width;
  float baseline;
  float left, right;
} Base;

static float
get_em (GtkWidget *label)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (label));

  return pango_font_description_get_size (font) / (float) PANGO_SCALE
         * (pango_font_description_get_size_is_absolute (font) ? 1 : 96 / 72.0f);
}

/* Of kanji that are parted by the end of a line, those before it. */
static gboolean
find_base (PangoLayout *layout, const MadoFurigana *piece, Base *base)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  gboolean found = FALSE;

  do {
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
    int end = line->start_index + line->length, from, to;
    PangoRectangle logical;

    if ((int) piece->start < line->start_index || (int) piece->start >= end)
      continue;
    pango_layout_line_index_to_x (line, (int) piece->start, FALSE, &from);
    pango_layout_line_index_to_x (line, MIN ((int) (piece->start + piece->length), end), FALSE, &to);
    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    *base = (Base) { (float) (logical.x + from) / PANGO_SCALE, (float) (to - from) / PANGO_SCALE,
                     (float) pango_layout_iter_get_baseline (iter) / PANGO_SCALE, 0, 0 };
    found = TRUE;
  } while (!found && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return found;
}

static gboolean
touch (const MadoFurigana *piece, const MadoFurigana *next)
{
  return piece->start + piece->length == next->start;
}

/* Over kana and blanks, not over kanji: they may have a reading of their own. */
static void
find_room (GArray *pieces, guint i, float em, Base *base)
{
  const MadoFurigana *piece = &g_array_index (pieces, MadoFurigana, i);

  base->left = i > 0 && touch (piece - 1, piece) ? 0 : em * OVERHANG;
  base->right = i + 1 < pieces->len && touch (piece, piece + 1) ? 0 : em * OVERHANG;
}

static PangoLayout *
set_reading (GtkWidget *label, const MadoFurigana *piece, float size)
{
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (label));
  g_autoptr(PangoFontDescription) font =
    pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (label)));

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_MEDIUM);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, piece->reading, (int) piece->reading_length);

  return layout;
}

/* In the middle over its kanji; pressed together where it is longer than its room. */
static void
append_reading (GtkWidget *label, const MadoFurigana *piece, const Base *base, float em, GtkSnapshot *snapshot)
{
  float size = em * (em > HEADING_PX ? SIZE_OVER_HEADINGS : SIZE), room = base->left + base->width + base->right;
  float squeeze, x, top;
  g_autoptr(PangoLayout) reading = set_reading (label, piece, size);
  int width;
  GdkRGBA color;

  pango_layout_get_pixel_size (reading, &width, NULL);
  squeeze = MIN (1, room / width);
  x = CLAMP (base->x + (base->width - squeeze * width) / 2, base->x - base->left,
             base->x - base->left + room - squeeze * width);
  top = base->baseline - em * KANJI_TOP - size * 0.12f - (float) pango_layout_get_baseline (reading) / PANGO_SCALE;
  gtk_style_context_get_color (gtk_widget_get_style_context (label), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, top));
  gtk_snapshot_scale (snapshot, squeeze, 1);
  gtk_snapshot_append_layout (snapshot, reading, &color);
  gtk_snapshot_restore (snapshot);
}

static void
append_readings (GtkLabel *label, GtkWidget *root, GtkSnapshot *snapshot)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  g_autoptr(GArray) found = mado_furigana_find (pango_layout_get_text (layout));
  float em = get_em (GTK_WIDGET (label));
  graphene_matrix_t to_root;
  int x, y;

  if (found->len == 0 || !gtk_widget_compute_transform (GTK_WIDGET (label), root, &to_root))
    return;
  gtk_label_get_layout_offsets (label, &x, &y);
  gtk_snapshot_save (snapshot);
  /* As a matrix it would be taken for one in space, which is not drawn without a graphics processor. */
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (graphene_matrix_get_x_translation (&to_root),
                                                          graphene_matrix_get_y_translation (&to_root)));
  gtk_snapshot_scale (snapshot, graphene_matrix_get_x_scale (&to_root), graphene_matrix_get_y_scale (&to_root));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  for (guint i = 0; i < found->len; i++) {
    const MadoFurigana *piece = &g_array_index (found, MadoFurigana, i);
    Base base;

    if (piece->reading == NULL || !find_base (layout, piece, &base))
      continue;
    find_room (found, i, em, &base);
    append_reading (GTK_WIDGET (label), piece, &base, em, snapshot);
  }
  gtk_snapshot_restore (snapshot);
}

static void
append_within (GtkWidget *widget, GtkWidget *root, GtkSnapshot *snapshot)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget)
      || gtk_widget_has_css_class (widget, "as-written"))
    return;
  if (GTK_IS_LABEL (widget))
    append_readings (GTK_LABEL (widget), root, snapshot);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_within (child, root, snapshot);
}

void
mado_ruby_snapshot (GtkWidget *root, GtkSnapshot *snapshot)
{
  append_within (root, root, snapshot);
}
