/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-charge.h"
#include "payments/mado-books-private.h"
#include "store/mado-journal.h"
#include "store/mado-store.h"

/* A charge in two halves, for an act of more than one domain: a filing that owes a fee. */
typedef struct {
  MadoCharge *charge;
  char       *subject;   /* of its key */
  MadoKey    *key;
  GBytes     *says;
  char       *name;      /* (nullable): hash of the payer's, by which a transfer is known */
} MadoChargeDraft;

gboolean mado_charge_draft_prepare (MadoChargeDraft *self, MadoStore *store, MadoCharge *charge, GError **error);
gboolean mado_charge_draft_apply   (MadoChargeDraft *self, MadoTx *tx, const MadoActor *actor, GError **error);
/* The same for a job of many: booked on its page, and without an entry of its own in the journal. */
gboolean mado_charge_draft_write   (MadoChargeDraft *self, MadoLedgerPage *page, MadoTx *tx, GError **error);
void     mado_charge_draft_clear   (MadoChargeDraft *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoChargeDraft, mado_charge_draft_clear)
