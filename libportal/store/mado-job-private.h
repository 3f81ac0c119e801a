/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-job.h"
#include "mado-store-private.h"

G_BEGIN_DECLS

MadoJob *mado_job_load    (MadoTx *tx, const char *id, GError **error);
/* Its row, and an entry in the journal. */
gboolean mado_job_store   (MadoTx *tx, const MadoActor *actor, MadoJob *job, const char *action, GError **error);
gboolean mado_job_is_over (const MadoJob *self);

/* The thread of a process that does jobs; made with the first kind it can do. */
void     mado_runner_stop (MadoRunner *self);     /* after the chunk under way; frees it */

G_END_DECLS
