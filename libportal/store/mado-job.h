/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-act.h"

G_BEGIN_DECLS

/*
 * Long work: a row with a cursor. It is done in chunks, each in one transaction with the cursor's new place, so
 * that after a kill it goes on where the last chunk was committed, in whichever process takes it up.
 */
#define MADO_TYPE_JOB_STATE (mado_job_state_get_type ())
MADO_EXPORT GType mado_job_state_get_type (void);
typedef enum {
  MADO_JOB_STATE_WAITING, MADO_JOB_STATE_RUNNING, MADO_JOB_STATE_CANCELLING,
  MADO_JOB_STATE_DONE, MADO_JOB_STATE_FAILED, MADO_JOB_STATE_CANCELLED
} MadoJobState;

#define MADO_TYPE_JOB (mado_job_get_type ())
MADO_DECLARE_RECORD (MadoJob, mado_job)
struct _MadoJob {
  MadoRecord   parent;
  char        *id;
  char        *kind;         /* "register.import" */
  MadoJobState state;
  JsonNode    *input;        /* (nullable): what to do, without personal data */
  char        *cursor;       /* (nullable): how far it is, in the kind's own words */
  gint64       done;         /* units done */
  gint64       total;        /* units there are, 0 where unknown */
  char        *message;      /* (nullable): why it failed */
  gint64       created_at;
  gint64       updated_at;
};

/**
 * MadoJobChunk:
 * @job: where it stands; the chunk sets cursor, done and total
 * @deadline: monotonic time, µs: stop before it, the writer is held meanwhile
 * @finished: (out): nothing is left
 *
 * On the writer, maybe more than once from the same place. An error fails the job.
 */
typedef gboolean (*MadoJobChunk) (MadoTx *tx, MadoJob *job, gint64 deadline, gboolean *finished, gpointer data,
                                  GError **error);

/**
 * mado_job_register:
 * @chunk: (scope forever)
 * @data: for @chunk
 *
 * What this process can do: from the first on, it takes up such jobs, one at a time.
 */
MADO_EXPORT void       mado_job_register (MadoStore *store, const char *kind, MadoJobChunk chunk, gpointer data);
/* The result is the #MadoJob. @input: (nullable) */
MADO_EXPORT MadoAct   *mado_job_start    (MadoStore *store, const MadoActor *actor, const char *kind,
                                          JsonNode *input, gint64 total, GError **error);
/* Takes effect before its next chunk. The result is the #MadoJob. CONFLICT if it is over. */
MADO_EXPORT MadoAct   *mado_job_cancel   (MadoStore *store, const MadoActor *actor, const char *id,
                                          GError **error);
/**
 * mado_job_get:
 *
 * Returns: (transfer full): the job
 */
MADO_EXPORT MadoJob   *mado_job_get      (MadoStore *store, const char *id, GError **error);
/**
 * mado_job_list:
 *
 * Returns: (transfer full) (element-type MadoJob): newest first
 */
MADO_EXPORT GPtrArray *mado_job_list     (MadoStore *store, guint limit, GError **error);

G_END_DECLS
