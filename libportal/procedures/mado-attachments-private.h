/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-attachments.h"
#include "questions/mado-form.h"

G_BEGIN_DECLS

/* Who hands attachments on: their visit, and the person whose kept drafts hold some as well. */
typedef struct {
  const char *visit;      /* id */
  const char *resident;   /* (nullable) */
} MadoAttachmentGiver;

/* (transfer full) (element-type utf8): those @answers name where the forms ask for documents. */
GPtrArray *mado_attachments_find (MadoForm *const *forms, guint n_forms, JsonNode *answers);
/*
 * On the writer. @holder: "case/01H…", "draft/K7M4-R29": holds @ids from now on, as the giver does.
 * INVALID at "/answers" where the giver does not have one of them, unless @lenient.
 */
gboolean   mado_attachments_take    (MadoTx *tx, GPtrArray *ids, const char *holder, const MadoAttachmentGiver *giver,
                                     gboolean lenient, GError **error);
/* On the writer: @holder lets go of all it holds; what nobody else does is forgotten. */
gboolean   mado_attachments_release (MadoTx *tx, const char *holder, GError **error);
/* (transfer full) (element-type MadoAttachment): what @holder holds, oldest first. */
GPtrArray *mado_attachments_list    (MadoStore *store, const char *holder, GError **error);

G_END_DECLS
