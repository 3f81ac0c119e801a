/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-charge.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/**
 * mado_charge_raise:
 * @charge: its office, payer, subject, due date, words and lines; the rest is filled in
 *
 * What is owed from now on. For staff and the system. The result is the #MadoCharge. INVALID names the member.
 */
MADO_EXPORT MadoAct    *mado_charge_raise  (MadoStore *store, const MadoActor *actor, MadoCharge *charge,
                                            GError **error);
/**
 * mado_charge_lessen:
 * @version: as it was read (STALE if it has changed)
 * @lines: (element-type MadoChargeLine): as they are to be; none cancels the charge
 * @reason: in words, for the one who owes it
 *
 * What was paid above what is owed now is to be refunded. More cannot be asked for: that is a new charge. The result
 * is the #MadoCharge.
 */
MADO_EXPORT MadoAct    *mado_charge_lessen (MadoStore *store, const MadoActor *actor, const char *number,
                                            gint64 version, GPtrArray *lines, const char *reason, GError **error);

/**
 * mado_charge_get:
 *
 * For staff (who are journalled) and for the one who owes it; one without a payer is for whoever has its number.
 *
 * Returns: (transfer full): with its words, lines and changes
 */
MADO_EXPORT MadoCharge *mado_charge_get    (MadoStore *store, const MadoActor *actor, const char *number,
                                            GError **error);
/* A page of a list: each field may be left NULL or 0. */
typedef struct {
  const char *payer;       /* whose; staff only, others see their own */
  const char *state;       /* nick; of all payers only */
  const char *cursor;      /* of the page before */
  guint       limit;       /* 1–200, 50 unless told */
} MadoChargeQuery;

/**
 * mado_charge_list:
 * @next: (out) (optional) (nullable): the cursor of the next page
 *
 * Newest first. Those of one payer come with their words, and staff who see them are journalled; of all payers, for
 * staff, without: nothing personal is in it.
 *
 * Returns: (transfer full) (element-type MadoCharge)
 */
MADO_EXPORT GPtrArray  *mado_charge_list   (MadoStore *store, const MadoActor *actor, const MadoChargeQuery *query,
                                            char **next, GError **error);
/**
 * mado_charge_find:
 * @subject: what waits for it: "case/01H…"
 * @found: (out) (nullable) (transfer full): the newest, one that is not cancelled first, without its
 *   words
 *
 * For the domains: nobody's right to see it is asked.
 */
MADO_EXPORT gboolean    mado_charge_find   (MadoStore *store, const char *subject, MadoCharge **found, GError **error);
/**
 * mado_charge_find_newest:
 * @subject: what waits for it: "case/01H…"
 * @found: (out) (nullable) (transfer full): the newest, be it cancelled, without its words
 * @going_back: (out): yen of it that are on their way back to who paid
 *
 * To be shown with what it is for.
 */
MADO_EXPORT gboolean    mado_charge_find_newest (MadoStore *store, const char *subject, MadoCharge **found,
                                                 gint64 *going_back, GError **error);

/* After every change of what is owed or was paid, in its transaction: what waits for it is released, what is too much
 * is given back. @charge: as it stands, without its words. */
typedef gboolean (*MadoChargeFollower) (MadoTx *tx, const MadoCharge *charge, GError **error);
/**
 * mado_charges_set_follower: (skip)
 * @follower: (nullable): of every charge from now on; set by whoever composes the domains
 */
MADO_EXPORT void        mado_charges_set_follower (MadoStore *store, MadoChargeFollower follower);

G_END_DECLS
