/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-charge.h"
#include "model/mado-surcharge.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/**
 * mado_charge_surcharge:
 * @number: of a charge that is overdue
 * @on: the day it is paid, today at the latest
 *
 * Raises the surcharge (延滞金) as a charge of its own, for the same payer and with the same words. CONFLICT where
 * none is due, and where one for that charge was raised before. The result is the new #MadoCharge.
 */
MADO_EXPORT MadoAct *mado_charge_surcharge (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury,
                                            const char *number, const char *on, GError **error);
/**
 * mado_charge_preview_surcharge:
 * @yen: (out): what mado_charge_surcharge() would raise
 *
 * The same checks, and nothing is raised.
 */
MADO_EXPORT gboolean mado_charge_preview_surcharge (MadoStore *store, const MadoActor *actor,
                                                    const MadoTreasury *treasury, const char *number, const char *on,
                                                    gint64 *yen, GError **error);
/**
 * mado_charge_split:
 * @version: as it was read (STALE if it has changed)
 * @n: instalments
 * @first_due: day of the first; the others a month apart
 * @reason: in words, for the one who owes it
 *
 * What is owed by a charge with one line, in instalments: the charge becomes the first of them, the others are raised
 * beside it in the same act. The result is the first.
 */
MADO_EXPORT MadoAct *mado_charge_split     (MadoStore *store, const MadoActor *actor, const char *number,
                                            gint64 version, guint n, const char *first_due, const char *reason,
                                            GError **error);
/**
 * mado_charge_preview_split: (skip)
 *
 * Returns: (transfer full) (element-type MadoInstalment): what mado_charge_split() would make of it
 */
MADO_EXPORT GArray  *mado_charge_preview_split (MadoStore *store, const MadoActor *actor, const char *number, guint n,
                                                const char *first_due, GError **error);

G_END_DECLS
