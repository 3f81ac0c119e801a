/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-record.h"
#include "model/mado-charge.h"
#include "model/mado-payment.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/* A slip to pay a charge with, at a convenience store. */
#define MADO_TYPE_CHARGE_SLIP (mado_charge_slip_get_type ())
MADO_DECLARE_RECORD (MadoChargeSlip, mado_charge_slip)
struct _MadoChargeSlip {
  MadoRecord parent;
  char      *code;        /* the 44 digits of its bar code */
  char      *charge;      /* id */
  char      *number;      /* of the charge */
  gint64     amount;      /* yen, what was owed when it was printed */
  char      *due_date;    /* (nullable) */
  gint64     issued_at;
};

/**
 * mado_slip_issue:
 * @charge: number of the charge
 * @company: six digits of the collecting company
 *
 * For all that is still owed, up to 300,000 yen. The charge may be paid another way all the same: the slip is paper.
 * The result is the #MadoChargeSlip.
 */
MADO_EXPORT MadoAct *mado_slip_issue (MadoStore *store, const MadoActor *actor, const char *charge,
                                      const char *company, GError **error);
/* The number of the charge a printed slip is for; NULL without error where no slip of ours has this code. */
MADO_EXPORT gboolean mado_slip_find_charge (MadoTx *tx, const char *code, char **number, GError **error);
/**
 * mado_slip_get:
 * @digits: of its bar code, as a scanner reads or a person types them: spaces and brackets are passed over
 *
 * INVALID names what is wrong with the digits; NOT_FOUND for one that is none of ours.
 *
 * Returns: (transfer full): the slip
 */
MADO_EXPORT MadoChargeSlip *mado_slip_get         (MadoStore *store, const char *digits, GError **error);
/**
 * mado_slip_find:
 * @digits: as for mado_slip_get()
 *
 * To who does not owe it, only what the slip itself says: number, yen, day and whether it is still open.
 *
 * Returns: (transfer full): what the slip is for, as mado_charge_get()
 */
MADO_EXPORT MadoCharge     *mado_slip_find        (MadoStore *store, const MadoActor *actor, const char *digits,
                                                   GError **error);

/**
 * mado_slip_pay:
 * @digits: as for mado_slip_get()
 * @provider: wallet or terminal
 * @device: (nullable): where the payer stands
 * @language: (nullable): of the payer's screen
 *
 * Whoever holds a slip may pay it, see how that stands and give it up: its 44 digits, 21 of them at random, are what
 * they show for it. Else as mado_payment_start().
 */
MADO_EXPORT MadoAct        *mado_slip_pay         (MadoStore *store, const MadoActor *actor, const char *digits,
                                                   MadoProvider provider, const char *device, const char *language,
                                                   GError **error);
/**
 * mado_slip_get_payment:
 * @digits: as for mado_slip_get()
 * @id: of a payment of what this slip is for; NOT_FOUND for another
 *
 * Returns: (transfer full): how it stands
 */
MADO_EXPORT MadoPayment    *mado_slip_get_payment (MadoStore *store, const char *digits, const char *id,
                                                   GError **error);
/**
 * mado_slip_give_up:
 * @digits: as for mado_slip_get()
 * @id: as for mado_slip_get_payment()
 *
 * Wanted no more; its provider's answer decides what became of it.
 */
MADO_EXPORT MadoAct        *mado_slip_give_up     (MadoStore *store, const MadoActor *actor, const char *digits,
                                                   const char *id, GError **error);

G_END_DECLS
