/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-seal.h"

#include <math.h>

#define FRAME 1.6
#define INSET 4.0

/* 藤沢市長之印 in two columns reads 長藤 / 之沢 / 印市 line by line. */
static char *
in_columns (const char *text)
{
  glong n = g_utf8_strlen (text, -1);
  glong columns = MAX ((glong) floor (sqrt ((double) n)), 1), rows = (n + columns - 1) / columns;
  GString *lines = g_string_new (NULL);

  for (glong row = 0; row < rows; row++) {
    for (glong column = columns - 1; column >= 0; column--) {
      glong at = column * rows + row;
      g_string_append_unichar (lines, at < n ? g_utf8_get_char (g_utf8_offset_to_pointer (text, at)) : 0x3000);
    }
    if (row + 1 < rows)
      g_string_append_c (lines, '\n');
  }

  return g_string_free (lines, FALSE);
}

static void
draw (cairo_t *cr, double x, double y, gconstpointer data)
{
  PangoLayout *layout = (PangoLayout *) data;
  PangoRectangle ink;
  double room = MADO_PAPER_SEAL_SIZE - 2 * INSET;

  pango_layout_get_extents (layout, &ink, NULL);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.78, 0.09, 0.11);
  cairo_set_line_width (cr, FRAME);
  cairo_rectangle (cr, x, y, MADO_PAPER_SEAL_SIZE, MADO_PAPER_SEAL_SIZE);
  cairo_stroke (cr);
  cairo_translate (cr, x + INSET, y + INSET);
  cairo_scale (cr, room * PANGO_SCALE / ink.width, room * PANGO_SCALE / ink.height);
  cairo_move_to (cr, (double) -ink.x / PANGO_SCALE, (double) -ink.y / PANGO_SCALE);
  pango_cairo_layout_path (cr, layout);   /* a picture, not words: no font is carried for it */
  cairo_fill (cr);
  cairo_restore (cr);
}

void
mado_paper_add_seal (MadoSheet *sheet, double x, double dy, const char *text)
{
  g_autofree char *columns = in_columns (text);
  PangoLayout *layout = mado_sheet_layout (sheet, MADO_SHEET_FORMAL_TITLE, MADO_SHEET_INNER, columns);

  pango_layout_set_line_spacing (layout, 0.75);
  mado_sheet_add_drawing (sheet, x, dy, draw, layout, g_object_unref);
}
