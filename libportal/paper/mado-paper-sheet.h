/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <pango/pangocairo.h>
#include "paper/mado-paper.h"

G_BEGIN_DECLS

/*
 * A4 sheets, filled from top to bottom with rows of cells. A row that does not fit goes to the next sheet; one that
 * is longer than a sheet goes on there. Lengths are points (1/72 inch).
 */
#define MADO_SHEET_WIDTH   595.28
#define MADO_SHEET_HEIGHT  841.89
#define MADO_SHEET_MARGIN  51.0    /* 18 mm */
#define MADO_SHEET_INNER   (MADO_SHEET_WIDTH - 2 * MADO_SHEET_MARGIN)

typedef enum {
  MADO_SHEET_BODY, MADO_SHEET_SMALL, MADO_SHEET_LABEL, MADO_SHEET_STRONG, MADO_SHEET_HEADING, MADO_SHEET_TITLE,
  MADO_SHEET_NUMBER,                      /* to be read out: large */
  MADO_SHEET_FORMAL, MADO_SHEET_FORMAL_SMALL, MADO_SHEET_FORMAL_LARGE, MADO_SHEET_FORMAL_TITLE,   /* with serifs */
  MADO_SHEET_N_STYLES
} MadoSheetStyle;

typedef enum {
  MADO_SHEET_PLAIN   = 0,
  MADO_SHEET_BOXED   = 1 << 0,   /* a hairline around the cell */
  MADO_SHEET_RULED   = 1 << 1,   /* a hairline under it */
  MADO_SHEET_TINTED  = 1 << 2,
  MADO_SHEET_CENTRED = 1 << 3,
  MADO_SHEET_RIGHT   = 1 << 4,
  MADO_SHEET_MIDDLE  = 1 << 5,   /* in the height of the row */
  MADO_SHEET_QUIET   = 1 << 6,   /* secondary ink */
  MADO_SHEET_BARRED  = 1 << 7,   /* a bar of the city's colour at the left */
} MadoSheetFlags;

typedef struct {
  const char    *text;           /* (nullable): an empty cell */
  double         width;          /* 0: an equal share of what is left */
  MadoSheetStyle style;
  MadoSheetFlags flags;
  const char    *note;           /* (nullable): a smaller line below */
  const char    *above;          /* (nullable): a smaller line above, as furigana */
} MadoSheetCell;

typedef struct _MadoSheet MadoSheet;
typedef void (*MadoSheetDraw) (cairo_t *cr, double x, double y, gconstpointer data);

MadoSheet *mado_sheet_new      (const char *language, const char *title, gint64 created_us);
void       mado_sheet_free     (MadoSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSheet, mado_sheet_free)

void       mado_sheet_set_tint   (MadoSheet *self, double red, double green, double blue);
/* At the foot of every sheet, before its number. */
void       mado_sheet_set_footer (MadoSheet *self, MadoSheetStyle style, const char *text);
/* So many times the whole, each with its own "1 / 2" at the foot. */
void       mado_sheet_set_copies (MadoSheet *self, guint n);
/* Under everything on every sheet. */
void       mado_sheet_set_ground (MadoSheet *self, void (*draw) (cairo_t *cr));
/* Sheets of another kind before the first, ended by cairo_show_page() each; then there may be no rows. @data is
 * borrowed until the sheet is finished. */
void       mado_sheet_set_front  (MadoSheet *self, MadoSheetDraw draw, gconstpointer data);

void       mado_sheet_add_row    (MadoSheet *self, const MadoSheetCell *cells, guint n_cells);
/* A boxed row of two: what it is, and the value. */
void       mado_sheet_add_fact   (MadoSheet *self, const char *label, const char *value);
void       mado_sheet_add_text   (MadoSheet *self, MadoSheetStyle style, MadoSheetFlags flags, const char *text);
void       mado_sheet_add_space  (MadoSheet *self, double height);
/* Keeps the next rows together with the one after them, as far as a sheet has room. */
void       mado_sheet_keep       (MadoSheet *self, guint n_rows);
/* Drawn beside the rows that follow, taking none of their room; @data is freed with the sheet. */
void       mado_sheet_add_drawing (MadoSheet *self, double x, double dy, MadoSheetDraw draw, gpointer data,
                                   GDestroyNotify destroy);
/* A code of @size at @x, beside the rows that follow. */
gboolean   mado_sheet_add_qr     (MadoSheet *self, double x, double size, const char *text, GError **error);

/* (transfer full): centred text for a drawing. */
PangoLayout *mado_sheet_layout   (MadoSheet *self, MadoSheetStyle style, double width, const char *text);

/* (transfer full) */
GBytes    *mado_sheet_finish     (MadoSheet *self, GError **error);

G_END_DECLS
