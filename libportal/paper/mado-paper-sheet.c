/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"

#include <cairo-pdf.h>
#include <math.h>
#include <qrencode.h>
#include "core/mado-clock.h"
#include "core/mado-language.h"
#include "paper/mado-paper-fonts.h"
#include "paper/mado-paper-pdf.h"

#define FACT_WIDTH 150.0      /* of what a fact is called */
#define PADDING_X      6.0
#define PADDING_Y      3.6
#define FOOTER_HEIGHT  26.0
#define TOP            48.0
#define BOTTOM         (MADO_SHEET_HEIGHT - 42.0 - FOOTER_HEIGHT)
#define HAIRLINE       0.5
#define LEAST_FRAGMENT 60.0     /* less is not worth beginning a long row for */
#define MAX_SHEETS     200

static const struct {
  const char *font;
  double      spacing;
  const char *tag;
} styles[MADO_SHEET_N_STYLES] = {
  [MADO_SHEET_BODY] = { "Noto Sans CJK JP 10.5", 1.28, "P" },
  [MADO_SHEET_SMALL] = { "Noto Sans CJK JP 8.5", 1.2, "P" },
  [MADO_SHEET_LABEL] = { "Noto Sans CJK JP 9.5", 1.25, "P" },
  [MADO_SHEET_STRONG] = { "Noto Sans CJK JP Bold 11", 1.25, "P" },
  [MADO_SHEET_HEADING] = { "Noto Sans CJK JP Bold 13", 1.2, "H2" },
  [MADO_SHEET_TITLE] = { "Noto Sans CJK JP Bold 22", 1.15, "H1" },
  [MADO_SHEET_NUMBER] = { "Noto Sans CJK JP Bold 40", 1.0, "P" },
  [MADO_SHEET_FORMAL] = { "Noto Serif CJK JP 10.5", 1.28, "P" },
  [MADO_SHEET_FORMAL_SMALL] = { "Noto Serif CJK JP 8", 1.15, "P" },
  [MADO_SHEET_FORMAL_LARGE] = { "Noto Serif CJK JP 13", 1.2, "P" },
  [MADO_SHEET_FORMAL_TITLE] = { "Noto Serif CJK JP 25", 1.1, "H1" },
};

typedef struct {
  PangoLayout *layouts[3];    /* above, text, note; NULL where there is none */
  double       x, width, height;
  MadoSheetFlags flags;
  const char  *tag;
} Cell;

typedef struct {
  GArray  *cells;             /* of Cell; NULL: space or a drawing */
  double   height;
  guint    keep;              /* so many rows that follow stay with it */
  double   x, dy;             /* a drawing's */
  MadoSheetDraw draw;
  gpointer data;
  GDestroyNotify destroy;
} Row;

struct _MadoSheet {
  const char      *language;
  char            *title;
  char            *footer;
  MadoSheetStyle   footer_style;
  gint64           created_us;
  PangoContext    *context;
  PangoFontDescription *fonts[MADO_SHEET_N_STYLES];
  GArray          *rows;
  double           tint[3];
  cairo_surface_t *ground;
  MadoSheetDraw    front;     /* (nullable) */
  gconstpointer    front_data;
  guint            keep_next, copies;
  /* while drawing */
  cairo_surface_t *surface;
  cairo_t         *cr;        /* NULL: only counting sheets */
  GByteArray      *bytes;
  guint            n_sheets, sheet;
  double           y;
};

/* ---- text ---- */

static PangoLayout *
layout_new (MadoSheet *self, MadoSheetStyle style, MadoSheetFlags flags, double width, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, (float) styles[style].spacing);
  pango_layout_set_alignment (layout, (flags & MADO_SHEET_CENTRED) != 0 ? PANGO_ALIGN_CENTER
                                      : (flags & MADO_SHEET_RIGHT) != 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);

  return (double) extents.height / PANGO_SCALE;
}

PangoLayout *
mado_sheet_layout (MadoSheet *self, MadoSheetStyle style, double width, const char *text)
{
  return layout_new (self, style, MADO_SHEET_CENTRED, width, text);
}

static MadoSheetStyle
smaller (MadoSheetStyle style)
{
  return style >= MADO_SHEET_FORMAL ? MADO_SHEET_FORMAL_SMALL : MADO_SHEET_SMALL;
}

/* ---- building ---- */

static void
row_clear (gpointer data)
{
  Row *row = data;

  for (guint i = 0; row->cells != NULL && i < row->cells->len; i++)
    for (guint k = 0; k < 3; k++)
      g_clear_object (&g_array_index (row->cells, Cell, i).layouts[k]);
  g_clear_pointer (&row->cells, g_array_unref);
  if (row->destroy != NULL)
    row->destroy (row->data);
}

MadoSheet *
mado_sheet_new (const char *language, const char *title, gint64 created_us)
{
  MadoSheet *self = g_new0 (MadoSheet, 1);
  const MadoLanguage *known = mado_language_find (language);

  self->language = known != NULL ? known->tag : "ja";
  self->title = g_strdup (title);
  self->created_us = created_us;
  self->copies = 1;
  self->context = mado_paper_context_new (self->language);
  for (guint i = 0; i < MADO_SHEET_N_STYLES; i++)
    self->fonts[i] = pango_font_description_from_string (styles[i].font);
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  mado_sheet_set_tint (self, 0.902, 0.937, 0.957);

  return self;
}

void
mado_sheet_free (MadoSheet *self)
{
  g_array_unref (self->rows);
  for (guint i = 0; i < MADO_SHEET_N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->context);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  g_free (self->footer);
  g_free (self->title);
  g_free (self);
}

void
mado_sheet_set_tint (MadoSheet *self, double red, double green, double blue)
{
  self->tint[0] = red;
  self->tint[1] = green;
  self->tint[2] = blue;
}

void
mado_sheet_set_footer (MadoSheet *self, MadoSheetStyle style, const char *text)
{
  self->footer_style = style;
  g_free (self->footer);
  self->footer = g_strdup (text);
}

void
mado_sheet_set_copies (MadoSheet *self, guint n)
{
  self->copies = n;
}

/* Recorded once: the PDF draws the same form on every sheet. */
void
mado_sheet_set_ground (MadoSheet *self, void (*draw) (cairo_t *cr))
{
  const cairo_rectangle_t sheet = { 0, 0, MADO_SHEET_WIDTH, MADO_SHEET_HEIGHT };

  g_clear_pointer (&self->ground, cairo_surface_destroy);
  self->ground = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &sheet);
  cairo_t *cr = cairo_create (self->ground);
  draw (cr);
  cairo_destroy (cr);
}

void
mado_sheet_set_front (MadoSheet *self, MadoSheetDraw draw, gconstpointer data)
{
  self->front = draw;
  self->front_data = data;
}

static Row *
row_new (MadoSheet *self)
{
  Row row = { .keep = self->keep_next };

  if (self->keep_next > 0)
    self->keep_next--;
  g_array_append_val (self->rows, row);

  return &g_array_index (self->rows, Row, self->rows->len - 1);
}

static double
share_of_rest (const MadoSheetCell *cells, guint n_cells)
{
  double rest = MADO_SHEET_INNER;
  guint sharing = 0;

  for (guint i = 0; i < n_cells; i++) {
    rest -= cells[i].width;
    sharing += cells[i].width == 0;
  }

  return sharing > 0 ? rest / sharing : 0;
}

/* Plain text keeps to the margin; whatever has a line or a colour around it keeps away from that. */
static double
inset (MadoSheetFlags flags)
{
  return (flags & (MADO_SHEET_BOXED | MADO_SHEET_RULED | MADO_SHEET_TINTED | MADO_SHEET_BARRED)) != 0 ? PADDING_X : 0;
}

static void
cell_init (MadoSheet *self, Cell *cell, const MadoSheetCell *from, double x, double width)
{
  double inner = width - 2 * inset (from->flags);

  *cell = (Cell) { .x = x, .width = width, .flags = from->flags, .tag = styles[from->style].tag };
  if (from->above != NULL)
    cell->layouts[0] = layout_new (self, smaller (from->style), from->flags, inner, from->above);
  if (from->text != NULL)
    cell->layouts[1] = layout_new (self, from->style, from->flags, inner, from->text);
  if (from->note != NULL)
    cell->layouts[2] = layout_new (self, smaller (from->style), from->flags, inner, from->note);
  for (guint i = 0; i < 3; i++)
    cell->height += cell->layouts[i] != NULL ? layout_height (cell->layouts[i]) : 0;
}

void
mado_sheet_add_row (MadoSheet *self, const MadoSheetCell *cells, guint n_cells)
{
  Row *row = row_new (self);
  double share = share_of_rest (cells, n_cells), x = MADO_SHEET_MARGIN;

  row->cells = g_array_sized_new (FALSE, TRUE, sizeof (Cell), n_cells);
  for (guint i = 0; i < n_cells; i++) {
    Cell cell;
    double width = cells[i].width > 0 ? cells[i].width : share;
    cell_init (self, &cell, &cells[i], x, width);
    row->height = MAX (row->height, cell.height + (inset (cell.flags) > 0 ? 2 * PADDING_Y : 0));
    g_array_append_val (row->cells, cell);
    x += width;
  }
}

void
mado_sheet_add_fact (MadoSheet *self, const char *label, const char *value)
{
  mado_sheet_add_row (self, (MadoSheetCell[]) {
    { .text = label, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_BOXED | MADO_SHEET_QUIET, .width = FACT_WIDTH },
    { .text = value, .style = MADO_SHEET_BODY, .flags = MADO_SHEET_BOXED },
  }, 2);
}

void
mado_sheet_add_text (MadoSheet *self, MadoSheetStyle style, MadoSheetFlags flags, const char *text)
{
  mado_sheet_add_row (self, &(MadoSheetCell) { .text = text, .style = style, .flags = flags }, 1);
}

void
mado_sheet_add_space (MadoSheet *self, double height)
{
  row_new (self)->height = height;
}

void
mado_sheet_keep (MadoSheet *self, guint n_rows)
{
  self->keep_next = n_rows;
}

void
mado_sheet_add_drawing (MadoSheet *self, double x, double dy, MadoSheetDraw draw, gpointer data,
                        GDestroyNotify destroy)
{
  Row *row = row_new (self);

  row->x = x;
  row->dy = dy;
  row->draw = draw;
  row->data = data;
  row->destroy = destroy;
  row->keep = MAX (row->keep, 1);
}

typedef struct {
  QRcode *code;
  double  size;
} Qr;

static void
qr_free (gpointer data)
{
  Qr *qr = data;

  QRcode_free (qr->code);
  g_free (qr);
}

/* One path for all modules: no seams, and a small file. */
static void
qr_draw (cairo_t *cr, double x, double y, gconstpointer data)
{
  const Qr *qr = data;
  int n = qr->code->width;
  double module = qr->size / n;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int row = 0; row < n; row++)
    for (int column = 0, run; column < n; column += MAX (run, 1)) {
      for (run = 0; column + run < n && (qr->code->data[row * n + column + run] & 1) != 0; run++)
        ;
      if (run > 0)
        cairo_rectangle (cr, x + column * module, y + row * module, run * module, module);
    }
  cairo_fill (cr);
}

gboolean
mado_sheet_add_qr (MadoSheet *self, double x, double size, const char *text, GError **error)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  if (code == NULL) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/url", "too-long", "This does not fit into a QR code");
    return FALSE;
  }
  Qr *qr = g_new (Qr, 1);
  *qr = (Qr) { code, size };
  mado_sheet_add_drawing (self, x, 0, qr_draw, qr, qr_free);

  return TRUE;
}

/* ---- drawing ---- */

static void
set_ink (MadoSheet *self, MadoSheetFlags flags)
{
  if ((flags & MADO_SHEET_QUIET) != 0)
    cairo_set_source_rgb (self->cr, 0.267, 0.322, 0.369);
  else
    cairo_set_source_rgb (self->cr, 0.086, 0.133, 0.18);
}

static void
draw_footer (MadoSheet *self)
{
  g_autofree char *number = g_strdup_printf ("%u / %u", self->sheet, self->n_sheets);
  g_autoptr(PangoLayout) left = layout_new (self, self->footer_style, 0, MADO_SHEET_INNER - 60,
                                            self->footer != NULL ? self->footer : "");
  g_autoptr(PangoLayout) right = layout_new (self, self->footer_style, MADO_SHEET_RIGHT, 60, number);
  double y = BOTTOM + FOOTER_HEIGHT - 12;

  cairo_set_source_rgb (self->cr, 0.42, 0.478, 0.525);
  cairo_set_line_width (self->cr, HAIRLINE);
  cairo_move_to (self->cr, MADO_SHEET_MARGIN, y - 4);
  cairo_rel_line_to (self->cr, MADO_SHEET_INNER, 0);
  cairo_stroke (self->cr);
  set_ink (self, MADO_SHEET_QUIET);
  cairo_move_to (self->cr, MADO_SHEET_MARGIN, y);
  pango_cairo_show_layout (self->cr, left);
  cairo_move_to (self->cr, MADO_SHEET_MARGIN + MADO_SHEET_INNER - 60, y);
  pango_cairo_show_layout (self->cr, right);
}

static void
begin_sheet (MadoSheet *self)
{
  self->sheet++;
  self->y = TOP;
  if (self->cr != NULL && self->ground != NULL) {
    cairo_set_source_surface (self->cr, self->ground, 0, 0);
    cairo_paint (self->cr);
  }
}

static void
end_sheet (MadoSheet *self)
{
  if (self->cr == NULL)
    return;
  draw_footer (self);
  cairo_show_page (self->cr);
}

static void
next_sheet (MadoSheet *self)
{
  end_sheet (self);
  begin_sheet (self);
}

static void
draw_tint (MadoSheet *self, const Cell *cell, double height)
{
  if ((cell->flags & MADO_SHEET_TINTED) == 0)
    return;
  cairo_set_source_rgb (self->cr, self->tint[0], self->tint[1], self->tint[2]);
  cairo_rectangle (self->cr, cell->x, self->y, cell->width, height);
  cairo_fill (self->cr);
}

static void
draw_frame (MadoSheet *self, const Cell *cell, double height)
{
  cairo_t *cr = self->cr;

  if ((cell->flags & MADO_SHEET_BARRED) != 0) {
    cairo_set_source_rgb (cr, 0.043, 0.267, 0.408);
    cairo_rectangle (cr, cell->x, self->y, 3, height);
    cairo_fill (cr);
  }
  cairo_set_source_rgb (cr, 0.42, 0.478, 0.525);
  cairo_set_line_width (cr, HAIRLINE);
  if ((cell->flags & MADO_SHEET_BOXED) != 0)
    cairo_rectangle (cr, cell->x, self->y, cell->width, height);
  if ((cell->flags & MADO_SHEET_RULED) != 0) {
    cairo_move_to (cr, cell->x, self->y + height);
    cairo_rel_line_to (cr, cell->width, 0);
  }
  cairo_stroke (cr);
}

/* How far a long cell has been shown: so many of its layouts, and so many lines of the next. */
typedef struct {
  guint layout;
  int   line;
} Progress;

/* The lines of one layout from @first on that end within @room: shows them, if there is anything to draw on, adds
 * their height to @used, and gives the first line that does not fit. */
static int
draw_lines (MadoSheet *self, PangoLayout *layout, double x, double y, int first, double room, double *used)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double top = -1;
  int line = 0;

  do {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents (iter, NULL, &extents);
    double at = (double) extents.y / PANGO_SCALE, bottom = at + (double) extents.height / PANGO_SCALE;
    if (line < first)
      continue;
    if (top < 0)
      top = at;
    if (bottom - top > room)
      break;
    *used = bottom - top;
    if (self->cr != NULL) {
      cairo_move_to (self->cr, x + (double) extents.x / PANGO_SCALE,
                     y - top + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
      pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (iter));
    }
  } while (++line, pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return line;
}

/* As much of @cell as there is room for; its height. */
static double
draw_part (MadoSheet *self, const Cell *cell, double room, Progress *progress)
{
  double height = 0;

  if (self->cr != NULL)
    set_ink (self, cell->flags);
  for (; progress->layout < 3; progress->layout++, progress->line = 0) {
    PangoLayout *layout = cell->layouts[progress->layout];
    double used = 0;
    if (layout == NULL)
      continue;
    progress->line = draw_lines (self, layout, cell->x + inset (cell->flags), self->y + PADDING_Y + height,
                                 progress->line, room - height, &used);
    height += used;
    if (progress->line < pango_layout_get_line_count (layout))
      break;
  }

  return height;
}

static void
draw_cell (MadoSheet *self, const Cell *cell, double height)
{
  double pad = inset (cell->flags), top = pad > 0 ? PADDING_Y : 0;
  double y = self->y + ((cell->flags & MADO_SHEET_MIDDLE) != 0 ? (height - cell->height) / 2 : top);

  draw_tint (self, cell, height);
  draw_frame (self, cell, height);
  set_ink (self, cell->flags);
  cairo_tag_begin (self->cr, cell->tag, NULL);
  for (guint i = 0; i < 3; i++) {
    if (cell->layouts[i] == NULL)
      continue;
    cairo_move_to (self->cr, cell->x + pad, y);
    pango_cairo_show_layout (self->cr, cell->layouts[i]);
    y += layout_height (cell->layouts[i]);
  }
  cairo_tag_end (self->cr, cell->tag);
}

static void
draw_row (MadoSheet *self, const Row *row)
{
  if (row->draw != NULL && self->cr != NULL)
    row->draw (self->cr, row->x, self->y + row->dy, row->data);
  for (guint i = 0; row->cells != NULL && self->cr != NULL && i < row->cells->len; i++)
    draw_cell (self, &g_array_index (row->cells, Cell, i), row->height);
  self->y += row->height;
}

/* A row longer than the sheet: as many lines of each cell as there is room for, the rest on the next. The boxes of
 * the cells reach to the foot, or end with the text. */
static void
draw_long_row (MadoSheet *self, const Row *row)
{
  g_autofree Progress *progress = g_new0 (Progress, row->cells->len);

  for (gboolean more = TRUE; more && self->sheet < MAX_SHEETS;) {
    double used = 0;
    more = FALSE;
    for (guint i = 0; i < row->cells->len; i++) {
      double part = draw_part (self, &g_array_index (row->cells, Cell, i), BOTTOM - self->y - 2 * PADDING_Y,
                               &progress[i]);
      used = MAX (used, part);
      more = more || progress[i].layout < 3;
    }
    for (guint i = 0; i < row->cells->len && self->cr != NULL; i++)
      draw_frame (self, &g_array_index (row->cells, Cell, i), used + 2 * PADDING_Y);
    self->y += used + 2 * PADDING_Y;
    if (more)
      next_sheet (self);
  }
}

static double
height_with_kept (MadoSheet *self, guint i)
{
  double height = 0;
  guint last = MIN (i + g_array_index (self->rows, Row, i).keep, self->rows->len - 1);

  for (; i <= last; i++)
    height += g_array_index (self->rows, Row, i).height;

  return height;
}

static void
lay_out (MadoSheet *self)
{
  self->sheet = 0;
  begin_sheet (self);
  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    double wanted = height_with_kept (self, i), room = BOTTOM - self->y;
    gboolean space = row->cells == NULL && row->draw == NULL;
    gboolean long_row = row->height > BOTTOM - TOP && row->cells != NULL;

    if (space && row->height > room)
      continue;
    if (self->y > TOP && (long_row ? room < LEAST_FRAGMENT
                          : row->height > room || (wanted > room && wanted <= BOTTOM - TOP)))
      next_sheet (self);
    if (long_row)
      draw_long_row (self, row);
    else
      draw_row (self, row);
  }
  end_sheet (self);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
describe (MadoSheet *self)
{
  g_autofree char *created = mado_clock_format_time (self->created_us);

  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Madoguchi");
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

GBytes *
mado_sheet_finish (MadoSheet *self, GError **error)
{
  lay_out (self);
  self->n_sheets = self->sheet;

  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (collect, self->bytes, MADO_SHEET_WIDTH, MADO_SHEET_HEIGHT);
  describe (self);
  self->cr = cairo_create (self->surface);
  if (self->front != NULL) {
    self->front (self->cr, 0, 0, self->front_data);
    cairo_pdf_surface_set_size (self->surface, MADO_SHEET_WIDTH, MADO_SHEET_HEIGHT);
  }
  for (guint i = 0; i < self->copies && (self->front == NULL || self->rows->len > 0); i++)
    lay_out (self);
  cairo_status_t status = cairo_status (self->cr);
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  cairo_surface_destroy (self->surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INTERNAL, "The paper could not be drawn: %s",
                 cairo_status_to_string (status));
    return NULL;
  }
  mado_pdf_set_language (self->bytes, self->language);

  return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
}
