/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store-private.h"

G_BEGIN_DECLS

/*
 * The journal's keeper: a thread in every process, of which one at a time holds the lease. That one gives new
 * entries their position and signs the tree's root once a second; all of them watch the last position, tell who
 * follows, and drop keys from their cache that another process threw away.
 */
MadoKeeper *mado_keeper_new   (MadoStore *store);
void        mado_keeper_start (MadoKeeper *self);
void        mado_keeper_wake  (MadoKeeper *self);     /* entries were committed; any thread */
void        mado_keeper_stop  (MadoKeeper *self);     /* gives the lease back */
void        mado_keeper_free  (MadoKeeper *self);

G_END_DECLS
