/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-revisions.h"

G_BEGIN_DECLS

/*
 * What an office maintains of its procedures, as a table for a spreadsheet: one procedure a row, one value a column
 * ("title.ja", "fee.verified"); an empty cell is a value that is not there.
 */

/**
 * mado_catalogue_export_table:
 * @folder: the catalogue's folder
 *
 * Returns: (transfer full): CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets want it
 */
MADO_EXPORT char *mado_catalogue_export_table (const char *folder, GError **error);

/* What cannot be taken: @row as the spreadsheet counts, the first is 1. */
typedef struct {
  guint  row;
  char  *column;     /* (nullable): the whole row */
  char  *message;
} MadoTableMistake;
MADO_EXPORT void mado_table_mistake_free (MadoTableMistake *mistake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTableMistake, mado_table_mistake_free)

/**
 * MadoTableImport:
 * @folder: the catalogue's folder
 * @n_rows: procedures in the table
 * @changes: (element-type MadoChange): what the rows that can be taken change
 * @mistakes: (element-type MadoTableMistake): why others cannot
 * @texts: (element-type utf8 utf8): file to what it will hold
 *
 * A table that was read, and what it would do. Nothing is written yet.
 */
typedef struct {
  char       *folder;
  guint       n_rows;
  GPtrArray  *changes;
  GPtrArray  *mistakes;
  GHashTable *texts;
} MadoTableImport;
MADO_EXPORT void mado_table_import_free (MadoTableImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTableImport, mado_table_import_free)

/**
 * mado_table_import_new: (skip)
 * @folder: the catalogue's folder
 * @city: (nullable): the city it is for, whose offices it may name
 * @data: (array length=n): CSV in UTF-8, with or without a mark, or in Shift_JIS
 * @error: return location: `MADO_ERROR_MALFORMED` for bytes that are neither, `MADO_ERROR_INVALID` for columns nobody
 *   knows
 *
 * Each row that changes something is held against what the lint demands, and its file's revision is raised; a row that
 * changes nothing leaves its file as it is.
 *
 * Returns: (transfer full): what it would do
 */
MADO_EXPORT MadoTableImport *mado_table_import_new   (const char *folder, const MadoCity *city, const guint8 *data,
                                                      gsize n, GError **error);
/* Writes the files of the rows that can be taken. */
MADO_EXPORT gboolean         mado_table_import_write (const MadoTableImport *self, GError **error);

G_END_DECLS
