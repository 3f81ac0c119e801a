/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-draft.h"
#include "procedures/mado-catalogue.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/**
 * mado_draft_save:
 * @visit: id of a visit whose person was identified
 * @procedures: [{id, revision}]: what is to be filed
 * @answers: what was answered so far, by fact; not checked
 *
 * Keeps it for the visit's person, sealed, until a day they are told; in place of what this visit kept before.
 * CONFLICT where nobody was identified. The result is the #MadoDraft, without its content.
 */
MADO_EXPORT MadoAct   *mado_draft_save (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                        const char *visit, JsonNode *procedures, JsonNode *answers, GError **error);
/**
 * mado_draft_list:
 *
 * Returns: (transfer full) (element-type MadoDraft): the person's own, newest first, without their content
 */
MADO_EXPORT GPtrArray *mado_draft_list (MadoStore *store, const MadoActor *actor, GError **error);
/**
 * mado_draft_get:
 *
 * As it is to be finished now: procedures in the revision in force, with the facts whose question has changed.
 * NOT_FOUND unless it is the person's own.
 *
 * Returns: (transfer full): the draft with its content
 */
MADO_EXPORT MadoDraft *mado_draft_get  (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor,
                                        const char *number, GError **error);
/* Forgets the person's own. */
MADO_EXPORT MadoAct   *mado_draft_drop (MadoStore *store, const MadoActor *actor, const char *number, GError **error);

/* Forgets at most @max whose day has come; gives how many, -1 on error. */
MADO_EXPORT gint       mado_drafts_sweep (MadoStore *store, guint max, GError **error);

G_END_DECLS
