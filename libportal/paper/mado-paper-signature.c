/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-signature.h"

#define PEN 8.0   /* units of the signature's box */

void
mado_paper_draw_signature (cairo_t *cr, const char *signature, double x, double y, double width, double height)
{
  g_autoptr(GArray) points = mado_signature_parse (signature);
  double scale = MIN (width / MADO_SIGNATURE_WIDTH, height / MADO_SIGNATURE_HEIGHT);

  cairo_save (cr);
  cairo_translate (cr, x, y + (height - scale * MADO_SIGNATURE_HEIGHT) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_line_width (cr, PEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; points != NULL && i < points->len; i++) {
    const MadoSignaturePoint *point = &g_array_index (points, MadoSignaturePoint, i);

    if (point->begins)
      cairo_move_to (cr, point->x, point->y);
    cairo_line_to (cr, point->x, point->y);
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}
