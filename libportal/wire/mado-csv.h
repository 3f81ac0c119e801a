/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-reader.h"
#include "model/mado-mapping.h"

G_BEGIN_DECLS

/*
 * Tables that somebody else's program wrote: CSV, one row a line, in UTF-8 (with or without a byte order mark) or
 * Shift_JIS. Which column is which value is a mapping, not code.
 */
#define MADO_CSV_MAX_COLUMNS 200

/**
 * mado_csv_decode:
 * @encoding: (nullable): "utf-8" or "shift-jis"; %NULL finds out
 *
 * Returns: (transfer full): UTF-8 without a mark; %NULL with %MADO_ERROR_MALFORMED naming the line whose bytes do not
 *   fit
 */
char *mado_csv_decode (const guint8 *data, gsize n, const char *encoding, GError **error);

/* The next line of @at, ended in place, empty ones passed over; NULL at the end. @number: counts them all */
char *mado_csv_next_line (char **at, guint *number);

/* The next row, as a spreadsheet counts them: a quoted column may go on in the next line (RFC 4180). A quotation mark
 * that is never closed ends with its line. */
char *mado_csv_next_record (char **at, guint *number);

/* Splits in place; how many there are (those above @max are counted only), -1 where a quotation mark stays open. */
int   mado_csv_split (char *line, char **columns, guint max);

/* Values a row may have; those that must be there are marked. */
typedef struct {
  const char *name;
  gboolean    needed;
} MadoCsvValue;

#define MADO_CSV_MAX_VALUES 16

/* How the columns of one file lie. */
typedef struct {
  const MadoMapping    *mapping;
  const MadoCsvValue *values;
  guint                 n_values;
  guint                 n_columns;
  int                   at[MADO_CSV_MAX_VALUES];   /* column of each value, -1: none */
  const char           *titles[MADO_CSV_MAX_VALUES];
} MadoCsv;

/* @line: of titles, changed. A needed value without its column is a violation that names the title. */
gboolean mado_csv_open (MadoCsv *self, const MadoMapping *mapping, const MadoCsvValue *values, guint n_values,
                          char *line, GError **error);
/* @out: (array): the text of each value, borrowed from @line, which is changed; NULL where there is none. A mistake is
 * noted at line and column. */
gboolean mado_csv_read (const MadoCsv *self, char *line, char **out, MadoReader *reader);

/* Appends a column, quoted where it must be. */
void     mado_csv_append_column (GString *out, const char *text);
/* "2026-11-20", "2026/1/5 10:30:00", "20261120": a day number, or MADO_DATE_NONE */
int      mado_csv_parse_day (const char *text);
/* Whole yen ("1,200", "¥1,200", "−500"); a day in any usual writing. A mistake is noted at the column of @value. */
gboolean mado_csv_yen (const MadoCsv *self, guint value, const char *text, gint64 *yen, MadoReader *reader);
gboolean mado_csv_day (const MadoCsv *self, guint value, const char *text, int *day, MadoReader *reader);

G_END_DECLS
