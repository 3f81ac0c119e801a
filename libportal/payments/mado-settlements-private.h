/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-payments-private.h"
#include "payments/mado-settlements.h"
#include "wire/mado-statement.h"

/* --- rows --------------------------------------------------------------------------------------------------------- */

gboolean        mado_settlement_insert      (MadoTx *tx, const MadoSettlement *self, GError **error);
gboolean        mado_settlement_update      (MadoTx *tx, const MadoSettlement *self, GError **error);
MadoSettlement *mado_settlement_load        (MadoTx *tx, const char *id, GError **error);
/* @known: (out) (nullable) */
gboolean        mado_settlement_find_digest (MadoTx *tx, const char *digest, MadoSettlement **known, GError **error);
/* One of @provider that came to @yen and whose transfer nobody has seen yet, the oldest. @found: (out) (nullable) */
gboolean        mado_settlement_find_payout (MadoTx *tx, const char *provider, gint64 yen, MadoSettlement **found,
                                             GError **error);
gboolean        mado_settlement_journal     (MadoTx *tx, const MadoActor *actor, const MadoSettlement *self,
                                             const char *action, GError **error);

gboolean        mado_difference_insert      (MadoTx *tx, MadoDifference *self, GError **error);
gboolean        mado_difference_update      (MadoTx *tx, MadoDifference *self, GError **error);
MadoDifference *mado_difference_load        (MadoTx *tx, const char *id, GError **error);
gboolean        mado_difference_journal     (MadoTx *tx, const MadoActor *actor, const MadoDifference *self,
                                             const char *action, GError **error);

/* --- a line against the books ------------------------------------------------------------------------------------- */

/* What one line comes to, and what it was matched with. */
typedef struct {
  MadoMatch       match;
  MadoPayment    *payment;      /* (nullable) */
  MadoSettlement *payout;       /* (nullable): whose money arrives with it */
  gboolean        is_payout;    /* of a provider, whose files have it in the books already */
  gboolean        is_till;      /* the cash of a day, not one payment */
  char           *charge;       /* (nullable): number */
  GStrv           candidates;   /* (nullable): numbers of charges */
  gint64          expected;     /* yen */
} MadoVerdict;

void     mado_verdict_clear (MadoVerdict *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoVerdict, mado_verdict_clear)

/* What all lines of a file share. */
typedef struct {
  const MadoTreasury *treasury;
  const MadoMapping  *mapping;
  MadoProvider        provider;
  MadoSettlement     *settlement;
} MadoStatementContext;

gboolean mado_statement_judge   (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                                 MadoVerdict *out, GError **error);
/* The cash of an office's day, as the treasurer counted it, against what was taken and given back there. */
gboolean mado_till_judge        (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                                 MadoVerdict *out, GError **error);
/* All of it counts as in the bank, whether or not the sum agrees. */
gboolean mado_till_book         (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                                 GError **error);
/* What was missed in an earlier file is in this one. */
gboolean mado_differences_arrive (MadoTx *tx, const MadoPayment *payment, gboolean *missed, GError **error);
/* Who a transfer may be from: fills match, charge and candidates. */
gboolean mado_transfer_judge    (MadoTx *tx, const MadoStatementLine *line, MadoVerdict *out, GError **error);

/* What follows from it, in the books and counted in the settlement. */
gboolean mado_statement_book    (MadoTx *tx, const MadoStatementContext *context, const MadoStatementLine *line,
                                 MadoVerdict *verdict, GError **error);
/* Captured by us, and in no file that covers its day: from the id @after on. @last: (out) (nullable): the last one it
 * came to, NULL when there are no more. */
gboolean mado_statement_miss    (MadoTx *tx, const MadoStatementContext *context, const char *after, char **last,
                                 GError **error);
MadoDifference *mado_difference_new (const MadoStatementContext *context, const MadoStatementLine *line,
                                     const MadoVerdict *verdict);
/* The system, taking in a file. */
extern const MadoActor mado_settler;

/* --- what two people agreed on ------------------------------------------------------------------------------------ */

/* INVALID where it is no remedy for it. */
gboolean mado_remedy_check (const MadoDifference *self, MadoRemedy remedy, GError **error);
gboolean mado_remedy_book  (MadoTx *tx, MadoDifference *self, GError **error);
