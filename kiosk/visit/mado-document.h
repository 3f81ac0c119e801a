/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Files somebody brings along to be attached, and how they are made ready for that. */

/* One that may be chosen. */
typedef struct {
  char  *path;
  char  *name;
  gint64 size;
  gint64 modified;   /* µs since 1970 */
} MadoDocumentFile;

#define MADO_DOCUMENT_MOST_FILES 30

/**
 * mado_document_find:
 * @scans: (nullable): folder into which a scanner beside the kiosk writes
 * @since: µs since 1970: what lies in @scans from before is another's
 *
 * Looks through the memory sticks that are plugged in, and through @scans. Blocks.
 *
 * Returns: (transfer full) (element-type MadoDocumentFile): pictures and PDFs by their names, the newest first
 */
GPtrArray *mado_document_find (const char *scans, gint64 since);
/* The same of one folder, and those in it. */
void       mado_document_find_in (const char *folder, gint64 since, GPtrArray *files);
void       mado_document_file_free (MadoDocumentFile *file);

/**
 * mado_document_prepare:
 * @error: return location: `MADO_ERROR_INVALID` or `MADO_ERROR_TOO_LARGE`, in words for who brought it
 *
 * A picture is turned upright and made as small as it can still be read, and nothing but its pixels is kept: neither
 * the place where it was taken nor the telephone's name. A PDF stays as it is. Blocks.
 *
 * Returns: (transfer full): what is sent
 */
GBytes    *mado_document_prepare (GBytes *file, GError **error);
/* Reads the file and prepares it. */
GBytes    *mado_document_read    (const char *path, GError **error);
