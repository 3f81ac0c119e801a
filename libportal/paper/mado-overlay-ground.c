/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-overlay-private.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include "paper/mado-paper-fonts.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RsvgHandle, g_object_unref)

static RsvgHandle *
open_picture (const MadoOverlay *overlay, const MadoOverlayPage *page, GError **error)
{
  g_autoptr(GBytes) svg = overlay->open (page->background, overlay->open_data, error);
  gsize length;
  const guint8 *text = svg != NULL ? g_bytes_get_data (svg, &length) : NULL;

  return text != NULL ? rsvg_handle_new_from_data (text, length, error) : NULL;
}

/* The words of the sheet come from our cut fonts as well: librsvg takes the thread's font map. */
static gboolean
draw_picture (RsvgHandle *picture, cairo_t *cr, const RsvgRectangle *sheet, GError **error)
{
  PangoFontMap *before = g_object_ref (pango_cairo_font_map_get_default ());
  gboolean drawn;

  pango_cairo_font_map_set_default (PANGO_CAIRO_FONT_MAP (mado_paper_font_map ()));
  drawn = rsvg_handle_render_document (picture, cr, sheet, error);
  pango_cairo_font_map_set_default (PANGO_CAIRO_FONT_MAP (before));
  g_object_unref (before);

  return drawn;
}

/* What is recorded for a PDF, of which none is written, keeps its words; on any other surface librsvg turns them into
 * outlines. */
gboolean
mado_overlay_draw_ground (const MadoOverlay *self, guint index, GError **error)
{
  MadoOverlayPage *page = &g_array_index (self->pages, MadoOverlayPage, index);
  const RsvgRectangle sheet = { 0, 0, page->width * MADO_POINTS_PER_MM, page->height * MADO_POINTS_PER_MM };
  g_autoptr(RsvgHandle) picture = page->ground == NULL ? open_picture (self, page, error) : NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (picture == NULL)
    return page->ground != NULL;
  surface = cairo_pdf_surface_create (NULL, sheet.width, sheet.height);
  cr = cairo_create (surface);
  cairo_push_group (cr);
  if (draw_picture (picture, cr, &sheet, error))
    page->ground = cairo_pop_group (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return page->ground != NULL;
}
