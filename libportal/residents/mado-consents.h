/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-account.h"
#include "model/mado-city.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/* One for each purpose of the city. (transfer full) (element-type MadoConsent) */
MADO_EXPORT GPtrArray *mado_consent_list (MadoStore *store, MadoCity *city, const MadoActor *actor, GError **error);
/**
 * mado_consent_set:
 * @granted: TRUE: from now until @ends_at (0: as long as the purpose allows); FALSE: withdrawn at once
 *
 * The result is the MadoConsent.
 */
MADO_EXPORT MadoAct   *mado_consent_set  (MadoStore *store, MadoCity *city, const MadoActor *actor,
                                          const char *purpose, gboolean granted, gint64 ends_at, GError **error);

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
