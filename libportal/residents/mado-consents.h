/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-account.h"
#include "model/mado-city.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/**
 * mado_consent_list:
 *
 * Returns: (transfer full) (element-type MadoConsent): one for each purpose of the city
 */
MADO_EXPORT GPtrArray *mado_consent_list (MadoStore *store, MadoCity *city, const MadoActor *actor, GError **error);
/**
 * mado_consent_put:
 * @wishes: a list of consents as mado_consent_list() gives them, with @active as wished (and @ends_at, if sooner
 *   than the purpose allows); those not named stay as they are
 *
 * A withdrawal counts at once. The result is none: read the list again.
 */
MADO_EXPORT MadoAct   *mado_consent_put  (MadoStore *store, MadoCity *city, const MadoActor *actor,
                                          JsonNode *wishes, GError **error);

/**
 * mado_disclosure_list:
 * @before: journal position to go on from, 0 for the newest
 *
 * Who else saw or changed my data, newest first.
 *
 * Returns: (transfer full) (element-type MadoDisclosure)
 */
MADO_EXPORT GPtrArray *mado_disclosure_list (MadoStore *store, const MadoActor *actor, gint64 before, guint limit,
                                             GError **error);

G_END_DECLS
