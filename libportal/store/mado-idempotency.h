/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/*
 * One mutation under its Idempotency-Key, scoped to a credential. The store keeps only keyed hashes, and the
 * answer sealed under a key derived from the Idempotency-Key itself, which it does not have.
 *
 *   prepare   find(): an answer given before is given again
 *   apply     …the change…, then keep() what will be answered
 *   after     where the change was refused, find() again: the same request may have gone in beside this one
 */
typedef struct _MadoIdempotency MadoIdempotency;

/**
 * mado_idempotency_new: (skip)
 * @credential: whose key it is
 * @key: as it came
 * @request: what is asked for ("POST /v1/visits/01H…/submission")
 * @body: (nullable): its body
 *
 * Returns: (transfer full): any thread, one owner
 */
MADO_EXPORT MadoIdempotency *mado_idempotency_new  (MadoStore *store, const char *credential, const char *key,
                                                    const char *request, GBytes *body);
MADO_EXPORT void             mado_idempotency_free (MadoIdempotency *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoIdempotency, mado_idempotency_free)

/**
 * mado_idempotency_find:
 *
 * Returns: (transfer full) (nullable): the answer kept for this request; %NULL without error if there is none,
 *   KEY_REUSED if the key was used for another request
 */
MADO_EXPORT GBytes  *mado_idempotency_find (MadoIdempotency *self, GError **error);

/* In the apply half, once. Kept for at least 24 hours. EXISTS if the same key went in meanwhile. */
MADO_EXPORT gboolean mado_idempotency_keep (MadoIdempotency *self, MadoTx *tx, GBytes *answer, GError **error);

/* Deletes at most @max answers that nobody can ask for any more; gives how many. */
MADO_EXPORT gint64 mado_idempotency_purge (MadoTx *tx, guint max, GError **error);

G_END_DECLS
