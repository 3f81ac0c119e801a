/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/*
 * A file of numbers and texts in a row, closed by a keyed hash over all of it. It appears under its name only when
 * it is whole, and is checked whole before a byte of it is believed.
 */
typedef struct _MadoArchive MadoArchive;

MadoArchive *mado_archive_create (const char *path, const MadoKey *key, GError **error);
MadoArchive *mado_archive_open   (const char *path, const MadoKey *key, GError **error);
/* Of one that was created: on disk under its name. Frees nothing. */
gboolean     mado_archive_finish (MadoArchive *self, GError **error);
void         mado_archive_free   (MadoArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoArchive, mado_archive_free)

gboolean     mado_archive_put_int    (MadoArchive *self, gint64 number, GError **error);
gboolean     mado_archive_put_text   (MadoArchive *self, const char *text, GError **error);
gboolean     mado_archive_put_value  (MadoArchive *self, const MadoValue *value, GError **error);
gboolean     mado_archive_get_int    (MadoArchive *self, gint64 *number, GError **error);
gboolean     mado_archive_get_text   (MadoArchive *self, char **text, GError **error);
/* @value: points into @buffer, valid until that changes. */
gboolean     mado_archive_get_value  (MadoArchive *self, GByteArray *buffer, MadoValue *value, GError **error);

G_END_DECLS
