/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <cairo-pdf.h>

#include "core/mado-json.h"
#include "paper/mado-paper-signature.h"

#define MARK_WIDTH 0.4    /* mm, of what is drawn around or into a place */

/* --- drawing --------------------------------------------------------------------------------------------------- */

static void
draw_circle (cairo_t *cr, const MadoBox *at)
{
  cairo_save (cr);
  cairo_translate (cr, at->x + at->width / 2, at->y + at->height / 2);
  cairo_scale (cr, at->width / 2, at->height / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

static void
draw_tick (cairo_t *cr, const MadoBox *at)
{
  cairo_move_to (cr, at->x + 0.15 * at->width, at->y + 0.5 * at->height);
  cairo_line_to (cr, at->x + 0.4 * at->width, at->y + 0.8 * at->height);
  cairo_line_to (cr, at->x + 0.9 * at->width, at->y + 0.1 * at->height);
}

static void
draw_mark (cairo_t *cr, const MadoOverlayMark *mark)
{
  if (mark->layout != NULL) {
    cairo_move_to (cr, mark->at.x * MADO_POINTS_PER_MM, (mark->at.y + mark->dy) * MADO_POINTS_PER_MM);
    pango_cairo_show_layout (cr, mark->layout);
    return;
  }
  cairo_save (cr);
  cairo_scale (cr, MADO_POINTS_PER_MM, MADO_POINTS_PER_MM);
  if (mark->signature != NULL)
    mado_paper_draw_signature (cr, mark->signature, mark->at.x, mark->at.y, mark->at.width, mark->at.height);
  cairo_set_line_width (cr, MARK_WIDTH);
  if (mark->kind == MADO_OVERLAY_TICK)
    draw_tick (cr, &mark->at);
  else if (mark->signature == NULL)
    draw_circle (cr, &mark->at);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
mado_overlay_draw_page (cairo_t *cr, const MadoOverlayPlan *self, guint page)
{
  const MadoOverlayPage *sheet = &g_array_index (self->overlay->pages, MadoOverlayPage, page);

  cairo_set_source (cr, sheet->ground);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < self->marks->len; i++) {
    const MadoOverlayMark *mark = &g_array_index (self->marks, MadoOverlayMark, i);

    if (mark->page == page)
      draw_mark (cr, mark);
  }
}

/* --- the paper ------------------------------------------------------------------------------------------------- */

static void
draw_pages (cairo_t *cr, double x, double y, gconstpointer data)
{
  const MadoOverlayPlan *plan = data;

  for (guint i = 0; i < plan->overlay->pages->len; i++) {
    const MadoOverlayPage *page = &g_array_index (plan->overlay->pages, MadoOverlayPage, i);

    cairo_pdf_surface_set_size (cairo_get_target (cr), page->width * MADO_POINTS_PER_MM,
                                page->height * MADO_POINTS_PER_MM);
    mado_overlay_draw_page (cr, plan, i);
    cairo_show_page (cr);
  }
}

/* Recorded sheets are read until the PDF is whole. */
GBytes *
mado_overlay_draw (const MadoOverlayPlan *self, MadoSheet *sheet, MadoSheetDraw draw, GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (self->overlay->lock);

  for (guint i = 0; i < self->overlay->pages->len; i++)
    if (!mado_overlay_draw_ground (self->overlay, i, error))
      return NULL;
  mado_sheet_set_front (sheet, draw, self);

  return mado_sheet_finish (sheet, error);
}

GBytes *
mado_overlay_print (const MadoOverlay *self, const MadoOverlayFilling *filling, GError **error)
{
  g_autoptr(MadoSheet) sheet = mado_sheet_new ("ja", mado_json_text (self->title, "ja"), filling->made_at);
  MadoOverlayPlan plan;
  GBytes *pdf;

  mado_overlay_plan_init (&plan, self, filling);
  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, filling->number);
  mado_overlay_add_rest (&plan, sheet);
  pdf = mado_overlay_draw (&plan, sheet, draw_pages, error);
  mado_overlay_plan_clear (&plan);

  return pdf;
}
