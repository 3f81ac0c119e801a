/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "procedures/mado-visits.h"

G_BEGIN_DECLS

/* Retention classes of a visit's subject: what is thrown away at its end, and what was filed. */
#define MADO_KEEP_DRAFT  "draft"
#define MADO_KEEP_FILING "filing"

gboolean   mado_check_language (const char *language, GError **error);
/* A visit nobody has started yet; @id: (nullable): made if there is none. */
MadoVisit *mado_visit_new    (const char *id, const char *device, const char *language);
/* Its row, and the key what it files is sealed with. */
gboolean   mado_visit_insert (MadoTx *tx, const MadoVisit *visit, GError **error);
/* A prepare half's look at the row: open columns only. NOT_FOUND if it is not the actor's. */
MadoVisit *mado_visit_peek (MadoStore *store, const MadoActor *actor, const char *id, GError **error);
/* CONFLICT or FORBIDDEN, unless the table has the step. */
const MadoTransition *mado_visit_find_step (const MadoVisit *visit, MadoVisitEvent event, const MadoActor *actor,
                                            GError **error);

G_END_DECLS
