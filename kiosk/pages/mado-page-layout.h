/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * Lays the blocks of a page out in columns, and over as many leaves as they need: nothing is made smaller, cut or
 * scrolled. A block says how it wants to stand in its <layout>:
 *
 *   gap            pixels above it, 24 if it does not say
 *   joined         belongs to the block above like a row to its card: no gap, and the corners between them square
 *   keep           stays with the block below (a heading)
 *   per-row        how many such blocks stand side by side: 1, 2, 3 …
 *   per-row-large  the same for large text; 0: one less than per-row, at least one
 *   head           stands at the top of the first column of the first leaf
 *   running        stands at the top of each leaf after the heads
 *   hero           stands above the columns, from edge to edge
 *   fills          takes what is left of its column
 *   aside          help: where it finds no room it stands on a leaf of its own that nobody has to pass
 */

/* What a field needs at the bottom of the screen, or on its right, to be typed into. */
typedef enum {
  MADO_DOCK_NONE,
  MADO_DOCK_DIGITS,
  MADO_DOCK_BOARD,
  MADO_DOCK_CANDIDATES,    /* a board, and above it the kanji to choose from */
  MADO_N_DOCKS,
} MadoDock;

/* Where the columns end depends on the fields of a leaf, not on which of them is typed into just now. */
typedef struct {
  gboolean landscape;
  gboolean typing;                        /* otherwise nothing stands below the fields */
  int      top;                           /* where the columns may begin */
  int      bottom[MADO_N_DOCKS];          /* where the first column ends */
  int      bottom_right[MADO_N_DOCKS];    /* and the second, which only a wide screen has */
} MadoFrame;

#define MADO_PAGE_MARGIN 48

#define MADO_TYPE_PAGE_LAYOUT (mado_page_layout_get_type ())
G_DECLARE_FINAL_TYPE (MadoPageLayout, mado_page_layout, MADO, PAGE_LAYOUT, GtkLayoutManager)

#define MADO_TYPE_PAGE_CHILD (mado_page_child_get_type ())
G_DECLARE_FINAL_TYPE (MadoPageChild, mado_page_child, MADO, PAGE_CHILD, GtkLayoutChild)

/* TRUE if it is another one than before: the page then has to be allocated again. */
gboolean mado_page_layout_set_frame (MadoPageLayout *self, const MadoFrame *frame);
void  mado_page_layout_set_leaf    (MadoPageLayout *self, guint leaf);
guint mado_page_layout_get_leaf    (MadoPageLayout *self);
/* As the last allocation found; the leaf that nobody has to pass comes after them. */
guint mado_page_layout_get_n_leaves (MadoPageLayout *self);
gboolean mado_page_layout_has_aside (MadoPageLayout *self);
/* The leaf on which @block, a child of the page, stands. */
guint mado_page_layout_find         (MadoPageLayout *self, GtkWidget *block);
