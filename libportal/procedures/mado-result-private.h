/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-procedure.h"
#include "model/mado-resident.h"
#include "procedures/mado-cases.h"

G_BEGIN_DECLS

/* What a decision brings about. */
typedef struct {
  const char    *layout;      /* NULL: nothing was decided */
  MadoRecord    *says;        /* frozen: what the paper will say */
  MadoHousehold *household;   /* (nullable): enters the register in the same transaction */
  GPtrArray     *newcomers;   /* (nullable): who joins it, where it was there before */
  GPtrArray     *concerns;    /* (nullable): ids of others whose data it shows */
} MadoCaseResult;

void     mado_case_result_clear (MadoCaseResult *self);
/**
 * mado_case_result_make:
 * @known: (nullable): the household of the one who asks, if it has just been read
 * @granted: or refused
 * @message: (nullable): the clerk's words
 *
 * Reads the register; writes nothing. CONFLICT where the register does not hold what the result needs.
 */
gboolean mado_case_result_make  (MadoCaseResult *self, MadoStore *store, MadoHousehold *known,
                                 const MadoProcedure *procedure, MadoCase *filed, gboolean granted,
                                 const char *message, GError **error);

/* On the writer: what the result changes in the register, and who will see that their data was shown. */
gboolean mado_case_result_apply (const MadoCaseResult *self, MadoTx *tx, const MadoActor *actor,
                                 const MadoCase *filed, GError **error);

/* @prefix: of the facts, like "newAddress" */
MadoAddress *mado_move_in_read_address (JsonObject *answers, const char *prefix);
/* The household a granted 転入届 makes or joins; binds the case to its applicant. */
gboolean mado_move_in_prepare (MadoCaseResult *self, MadoStore *store, MadoCase *filed, GError **error);

G_END_DECLS
