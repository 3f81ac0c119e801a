/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/*
 * The published lists as they are in data/lists/: text in the library's read-only pages, lines sorted by bytes,
 * columns parted by tabs. Nothing is loaded or copied; a slice is a piece of that text.
 */
typedef struct {
  const char *text;
  gsize       length;
} MadoSlice;

typedef enum {
  MADO_LIST_BANKS,
  MADO_LIST_FURIGANA,
  MADO_LIST_HOLIDAYS,
  MADO_LIST_OFFICES,
  MADO_LIST_READINGS,
  MADO_LIST_TOWNS,
} MadoList;

MadoSlice mado_list_get     (MadoList list);

/* Takes the next line off @rest; FALSE at its end. */
gboolean  mado_slice_line   (MadoSlice *rest, MadoSlice *line);
/* The column, counted from 0; empty where there is none. */
MadoSlice mado_slice_column (MadoSlice line, guint column);
/* Takes what is before the next @separator off @rest, and the separator; FALSE when nothing is left. */
gboolean  mado_slice_next   (MadoSlice *rest, char separator, MadoSlice *piece);
char     *mado_slice_dup    (MadoSlice slice);
gboolean  mado_slice_equals (MadoSlice slice, const char *text);

/* All lines from the first whose first column is not before @key, in a list sorted by it. */
MadoSlice mado_list_from    (MadoSlice list, const char *key);
