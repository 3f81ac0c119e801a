/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../store/mado-store.h"
#include "mado-catalogue.h"

G_BEGIN_DECLS

/**
 * MadoChange:
 * @kind: "form", "official" (how a form is printed) or "procedure"
 * @id: its id
 * @file: below the catalogue's folder
 * @before: the revision before; 0 if it is new
 * @revision: the revision now; 0 if it is gone
 * @refusal: (nullable): why it cannot be published, with what to do about it
 * @lines: (array zero-terminated=1): what changes, in words
 *
 * What becomes of one form or procedure.
 */
typedef struct {
  char   *kind;
  char   *id;
  char   *file;
  gint64  before;
  gint64  revision;
  char   *refusal;
  char  **lines;
} MadoChange;
MADO_EXPORT void mado_change_free (MadoChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoChange, mado_change_free)

/**
 * mado_catalogue_diff:
 *
 * Returns: (transfer full) (element-type MadoChange): what differs between two catalogues, by kind and id
 */
MADO_EXPORT GPtrArray *mado_catalogue_diff    (MadoCatalogue *before, MadoCatalogue *now);
/**
 * mado_catalogue_preview:
 * @store: where it would be published
 * @error: return location for the store's errors
 *
 * Returns: (transfer full) (element-type MadoChange): what mado_catalogue_publish() would record or refuse
 */
MADO_EXPORT GPtrArray *mado_catalogue_preview (MadoCatalogue *self, MadoStore *store, GError **error);
/**
 * mado_catalogue_publish:
 * @store: keeps what is published
 * @error: return location: `MADO_ERROR_INVALID`, each refusal a violation, as when a catalogue is loaded
 *
 * Records every revision of a form, and of a procedure that can be filed, which is new. A revision is never changed,
 * and none follows a higher one. From then on the catalogue knows earlier revisions, out of the store.
 *
 * Returns: whether all of it is published
 */
MADO_EXPORT gboolean   mado_catalogue_publish (MadoCatalogue *self, MadoStore *store, GError **error);
/**
 * mado_catalogue_raise:
 * @folder: a catalogue's folder
 * @store: where it is to be published
 * @error: return location
 *
 * Writes the next revision into each file whose content was changed under a published one; procedures follow the forms
 * they name, and forms the vocabulary.
 *
 * Returns: how many files were written; -1 on error
 */
MADO_EXPORT gint       mado_catalogue_raise   (const char *folder, MadoStore *store, GError **error);

G_END_DECLS
