/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-charges-private.h"
#include "payments/mado-payments.h"

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* @holds: it alone may bring money for its charge */
gboolean     mado_payment_insert (MadoTx *tx, const MadoPayment *self, gboolean holds, GError **error);
gboolean     mado_payment_update (MadoTx *tx, MadoPayment *self, GError **error);
MadoPayment *mado_payment_load   (MadoTx *tx, const char *id, GError **error);
/* One that may still bring money for that charge; NULL without error if there is none. */
gboolean     mado_payment_find_live      (MadoTx *tx, const char *charge, MadoPayment **live, GError **error);
/* Where terminals gave it twice, one that is not paid out yet. */
gboolean     mado_payment_find_reference (MadoTx *tx, MadoProvider provider, const char *reference,
                                          MadoPayment **known, GError **error);
gboolean     mado_payment_journal (MadoTx *tx, const MadoActor *actor, const MadoPayment *self,
                                   const MadoCharge *charge, const char *action, GError **error);

/* One of many in one transaction: see mado_payment_note(). */
MadoPayment *mado_payment_note_in (MadoTx *tx, const MadoActor *actor, const char *charge, MadoProvider provider,
                                   const MadoPaymentNews *news, GError **error);

/* The same for one that was loaded in this transaction. */
gboolean     mado_payment_hear_in (MadoTx *tx, const MadoActor *actor, MadoPayment *payment,
                                   const MadoPaymentNews *news, GError **error);

/* --- providers ---------------------------------------------------------------------------------------------------- */

/* (transfer full): of mado_payment_start() or mado_payment_hear(), by who holds the slip and need not owe it. */
MadoAct     *mado_payment_by_slip     (MadoAct *act);
/* Nobody calls it: a person gives the money, and gives it back. */
gboolean     mado_provider_is_by_hand (MadoProvider self);
gboolean     mado_provider_is_remote  (MadoProvider self);
/* Somebody else can be told to give it back; else a person does, and says so. */
gboolean     mado_payment_is_called   (const MadoPayment *self);
/* "transit:…" */
char        *mado_provider_account    (MadoProvider self);
/* A call to be made; @topic: "payment.create" … */
gboolean     mado_provider_call       (MadoTx *tx, const MadoPayment *payment, const char *topic, const char *key,
                                       JsonObject *payload, GError **error);

/* How does it stand? @key: the same question is asked once. */
gboolean     mado_payment_ask         (MadoTx *tx, const MadoPayment *payment, const char *key, GError **error);

/* --- what a step does --------------------------------------------------------------------------------------------- */

/* All effects of @news on @self, which stands in @row->to already, and on its charge. */
gboolean     mado_payment_follow (MadoPayment *self, MadoCharge *charge, const MadoTransition *row,
                                  const MadoPaymentNews *news, MadoTx *tx, GError **error);
/* What holds for a step of @self. */
guint        mado_payment_holds  (const MadoPayment *self, gint64 refund);

gboolean     mado_receipt_issue  (MadoTx *tx, const MadoPayment *payment, GError **error);
gboolean     mado_receipt_void   (MadoTx *tx, const MadoPayment *payment, GError **error);
