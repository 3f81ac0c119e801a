/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-charge.h"
#include "model/mado-payment.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/**
 * mado_refund_propose:
 * @payment: id
 * @yen: to give back, by the way it came
 * @reason: a word of the city's list
 * @alone: up to how many yen one person decides; above, a supervisor who did not propose it has to agree
 *
 * Only what was paid too much for its charge is given back: lessen or cancel the charge first. INVALID where it is
 * more than is left of the payment, CONFLICT where it is owed. The result is the #MadoRefund, asked for at once where
 * one person may decide.
 */
MADO_EXPORT MadoAct   *mado_refund_propose (MadoStore *store, const MadoActor *actor, const char *payment, gint64 yen,
                                            const char *reason, gint64 alone, GError **error);
/**
 * mado_refund_excess:
 * @charge: as it stands
 * @reason: a word of the city's list
 * @alone: up to how many yen of a payment nobody has to agree
 *
 * Proposes to give back all that was paid too much, by the ways it came, the newest first; in the caller's transaction.
 */
MADO_EXPORT gboolean   mado_refund_excess  (MadoTx *tx, const MadoActor *actor, const MadoCharge *charge,
                                            const char *reason, gint64 alone, GError **error);
/**
 * mado_refund_step:
 *
 * Approves, declines, finishes or fails one. The result is the #MadoRefund. An answer that came before changes nothing.
 */
MADO_EXPORT MadoAct   *mado_refund_step    (MadoStore *store, const MadoActor *actor, const char *id,
                                            MadoRefundEvent event, GError **error);
/**
 * mado_refund_list:
 * @payment: id
 *
 * Returns: (transfer full) (element-type MadoRefund): oldest first
 */
MADO_EXPORT GPtrArray *mado_refund_list    (MadoStore *store, const MadoActor *actor, const char *payment,
                                            GError **error);

G_END_DECLS
