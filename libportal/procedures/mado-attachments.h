/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-attachment.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/* Of one visit; more than any procedure wants. */
#define MADO_ATTACHMENTS_MAX 20

/**
 * mado_attachment_add:
 * @visit: id of the actor's visit, which is open
 * @data: (array length=n): the file; see mado_file_judge() for what may be
 *
 * Kept sealed until the visit ends, unless a case or a draft has taken it by then. The result is the #MadoAttachment.
 */
MADO_EXPORT MadoAct        *mado_attachment_add  (MadoStore *store, const MadoActor *actor, const char *visit,
                                                  const guint8 *data, gsize n, GError **error);
/* Takes it away from the actor's open visit; what a case or a draft has taken is kept there. */
MADO_EXPORT MadoAct        *mado_attachment_drop (MadoStore *store, const MadoActor *actor, const char *id,
                                                  GError **error);
/**
 * mado_attachment_get:
 * @content: (out) (transfer full): the file itself
 *
 * For whose it is, and for staff once it belongs to a case; their look is journalled before it is given. NOT_FOUND for
 * anybody else.
 *
 * Returns: (transfer full): what it is
 */
MADO_EXPORT MadoAttachment *mado_attachment_get  (MadoStore *store, const MadoActor *actor, const char *id,
                                                  GBytes **content, GError **error);

G_END_DECLS
