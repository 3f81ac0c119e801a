/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-billing.h"
#include "model/mado-mapping.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/*
 * Billing files of hundreds of thousands of rows. A file is opened by its line of titles, comes in pieces of whole
 * lines, can be looked at (what is good, what is wrong at which line and column), and is then imported by a job.
 */
#define MADO_BILLING_MAX_PIECE (1024 * 1024)

/**
 * mado_billing_open:
 * @mapping: how the file is read
 * @titles: its first line as it came
 * @n: bytes of it
 *
 * INVALID where a column is missing. The result is the #MadoBilling.
 */
MADO_EXPORT MadoAct     *mado_billing_open    (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury,
                                               const char *mapping, const char *titles, gsize n, GError **error);
/**
 * mado_billing_add:
 * @piece: from 0, one after the other; one that came before changes nothing
 * @data: (array length=n) (element-type guint8): whole lines, as they came
 *
 * Rows that are wrong are left out and named. The result is the #MadoBilling.
 */
MADO_EXPORT MadoAct     *mado_billing_add     (MadoStore *store, const MadoActor *actor, const MadoTreasury *treasury,
                                               const char *id, gint64 piece, const guint8 *data, gsize n,
                                               GError **error);
/**
 * mado_billing_get:
 *
 * Returns: (transfer full): with its first mistakes
 */
MADO_EXPORT MadoBilling *mado_billing_get     (MadoStore *store, const MadoActor *actor, const char *id,
                                               GError **error);
/**
 * mado_billing_import:
 *
 * For supervisors: from now on its good rows become charges. The result is the #MadoBilling with its job.
 */
MADO_EXPORT MadoAct     *mado_billing_import  (MadoStore *store, const MadoActor *actor, const char *id,
                                               GError **error);
/* Forgets it, as long as nothing of it was imported. The result is the #MadoBilling. */
MADO_EXPORT MadoAct     *mado_billing_discard (MadoStore *store, const MadoActor *actor, const char *id,
                                               GError **error);
/* From now on this process imports. */
MADO_EXPORT void         mado_billing_serve   (MadoStore *store);

G_END_DECLS
