/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-catalogue-private.h"
#include "store/mado-store.h"

G_BEGIN_DECLS

/* What was published, as the store keeps it; each revision is read when somebody asks for it, and stays. */
typedef struct _MadoPast MadoPast;

MadoPast               *mado_past_new           (MadoStore *store);
void                    mado_past_free          (MadoPast *self);
/* (nullable) (transfer none): any thread */
MadoCatalogueForm      *mado_past_get_form      (MadoPast *self, const char *id, gint64 revision);
MadoCatalogueProcedure *mado_past_get_procedure (MadoPast *self, const char *id, gint64 revision);
/* (nullable) (transfer none): how a form of that revision was printed; NULL where nobody said so then */
MadoOverlay            *mado_past_get_overlay   (MadoPast *self, const MadoForm *form);
/* (nullable) (transfer full): as it was published */
JsonNode               *mado_past_read          (MadoPast *self, const char *kind, const char *id, gint64 revision);
/* When the next revision of a procedure was published; G_MAXINT64 while there is none. */
gboolean                mado_past_find_end      (MadoPast *self, const char *id, gint64 revision, gint64 *end,
                                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoPast, mado_past_free)

G_END_DECLS
