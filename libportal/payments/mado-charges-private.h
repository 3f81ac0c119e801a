/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-books-private.h"
#include "payments/mado-charge-draft.h"
#include "payments/mado-charges.h"

/* Kept as long as the law wants books kept. */
#define MADO_KEEP_MONEY "money"

/* --- rows --------------------------------------------------------------------------------------------------------- */

char       *mado_charge_key_subject (const MadoCharge *self);
GBytes     *mado_charge_seal        (const MadoCharge *self, const MadoKey *key);
GBytes     *mado_charge_seal_reason (const MadoCharge *self, gint64 version, const MadoKey *key, const char *reason);
/* 1; 0 where another charge has its number; -1 with @error. */
gint64      mado_charge_insert      (MadoTx *tx, const MadoCharge *self, GBytes *says, GError **error);
/* @says: (nullable): unchanged */
gboolean    mado_charge_update      (MadoTx *tx, MadoCharge *self, GBytes *says, GError **error);
/* Without words and lines. @number or @id */
MadoCharge *mado_charge_load        (MadoTx *tx, const char *id, GError **error);
MadoCharge *mado_charge_load_number (MadoTx *tx, const char *number, GError **error);
/* With all it says. */
MadoCharge *mado_charge_open        (MadoStore *store, const char *number, GError **error);
/* NOT_FOUND for somebody else's. */
gboolean    mado_charge_check_owner (const MadoCharge *self, const MadoActor *actor, GError **error);
/* Tells who follows charges how it stands now: the last thing an act does. */
gboolean    mado_charge_tell        (MadoTx *tx, const MadoCharge *charge, GError **error);
gboolean    mado_charge_journal     (MadoTx *tx, const MadoActor *actor, const MadoCharge *self, const char *action,
                                     GError **error);

/* The hash by which the payer of a charge is found; NULL where the name is empty. */
char       *mado_transfer_blind_name (MadoStore *store, const char *kana);

/* --- money for it, always with its entry in the books ------------------------------------------------------------- */

/* @yen came out of @account: for what is owed, the rest too much. */
void mado_charge_take (MadoCharge *self, MadoLedgerEntry *entry, const char *account, gint64 yen);
/* @yen goes into @account: out of what is too much, the rest is owed again. */
void mado_charge_give (MadoCharge *self, MadoLedgerEntry *entry, const char *account, gint64 yen);
