/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-mapping.h"
#include "model/mado-settlement.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/*
 * What providers say, held against the books (消込). Whatever a file says the city got is in the account "bank" once
 * the file is taken: against the payment it was for, or in "suspense" until two people have put it right.
 */

/**
 * mado_settlement_preview:
 * @treasury: how files are read
 * @mapping: how this one is
 * @data: (array length=n) (element-type guint8): the file as it came
 *
 * What taking it would come to. Nothing is changed.
 *
 * Returns: (transfer full): with up to 200 differences; INVALID or MALFORMED with line and column where it is wrong
 */
MADO_EXPORT MadoSettlement *mado_settlement_preview (MadoStore *store, const MadoActor *actor,
                                                     const MadoTreasury *treasury, const char *mapping,
                                                     const guint8 *data, gsize n, GError **error);
/**
 * mado_settlement_take:
 * @data: (array length=n) (element-type guint8): the file as it came
 *
 * The file is read whole before any of it counts; one mistake is enough for nothing to be taken. A job then goes
 * through its lines. The same file again changes nothing: the result is then the #MadoSettlement of before, marked.
 */
MADO_EXPORT MadoAct        *mado_settlement_take    (MadoStore *store, const MadoActor *actor,
                                                     const MadoTreasury *treasury, const char *mapping,
                                                     const guint8 *data, gsize n, GError **error);
/**
 * mado_settlements_serve:
 * @treasury: how files are read
 *
 * From now on this process works on files that were taken.
 */
MADO_EXPORT void            mado_settlements_serve  (MadoStore *store, MadoTreasury *treasury);

/**
 * mado_settlement_get:
 *
 * Returns: (transfer full): with its differences; looking at them is journalled
 */
MADO_EXPORT MadoSettlement *mado_settlement_get     (MadoStore *store, const MadoActor *actor, const char *id,
                                                     GError **error);
/**
 * mado_settlement_list:
 * @limit: up to 200, 0 for 50
 *
 * Returns: (transfer full) (element-type MadoSettlement): newest first
 */
MADO_EXPORT GPtrArray      *mado_settlement_list    (MadoStore *store, const MadoActor *actor, guint limit,
                                                     GError **error);
/**
 * mado_difference_list:
 * @limit: up to 200, 0 for 50
 *
 * Returns: (transfer full) (element-type MadoDifference): those that are not closed, oldest first
 */
MADO_EXPORT GPtrArray      *mado_difference_list    (MadoStore *store, const MadoActor *actor, guint limit,
                                                     GError **error);

/**
 * mado_difference_propose:
 * @version: as it was read (STALE if it has changed)
 * @target: (nullable): with assign: number of the charge
 * @reason: why, in words
 *
 * Nothing is booked until somebody else has approved it. INVALID where the remedy is none for such a difference. The
 * result is the #MadoDifference.
 */
MADO_EXPORT MadoAct        *mado_difference_propose (MadoStore *store, const MadoActor *actor, const char *id,
                                                     gint64 version, MadoRemedy remedy, const char *target,
                                                     const char *reason, GError **error);
/**
 * mado_difference_decide:
 * @event: approve, by a supervisor who did not propose it, or decline
 *
 * The result is the #MadoDifference.
 */
MADO_EXPORT MadoAct        *mado_difference_decide  (MadoStore *store, const MadoActor *actor, const char *id,
                                                     gint64 version, MadoDifferenceEvent event, GError **error);

G_END_DECLS
