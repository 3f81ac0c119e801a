/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-visit.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/* Each result is the MadoVisit. A visit that is not the actor's is NOT_FOUND. */
MADO_EXPORT MadoAct   *mado_visit_start    (MadoStore *store, const MadoActor *actor, const char *language,
                                            GError **error);
MADO_EXPORT MadoAct   *mado_visit_identify (MadoStore *store, const MadoActor *actor, const char *id,
                                            const char *card_number, const char *pin, GError **error);
MADO_EXPORT MadoAct   *mado_visit_save     (MadoStore *store, const MadoActor *actor, const char *id,
                                            JsonNode *answers, GError **error);
MADO_EXPORT MadoAct   *mado_visit_end      (MadoStore *store, const MadoActor *actor, const char *id, GError **error);
/**
 * mado_visit_get:
 *
 * Returns: (transfer full): the visit
 */
MADO_EXPORT MadoVisit *mado_visit_get      (MadoStore *store, const MadoActor *actor, const char *id, GError **error);

/* Ends at most @max visits nobody ended; gives how many, -1 on error. */
MADO_EXPORT gint       mado_visits_expire  (MadoStore *store, guint max, GError **error);
/* Deletes at most @max visits that filed nothing and are over for a week; gives how many, -1 on error. */
MADO_EXPORT gint       mado_visits_sweep   (MadoStore *store, guint max, GError **error);

G_END_DECLS
