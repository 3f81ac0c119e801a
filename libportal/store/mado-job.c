/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-job.h"

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "store/mado-job-private.h"
#include "store/mado-row.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (MadoJobState, mado_job_state,
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_WAITING, "waiting"),
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_RUNNING, "running"),
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_CANCELLING, "cancelling"),
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_DONE, "done"),
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (MADO_JOB_STATE_CANCELLED, "cancelled"))

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoJob, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoJob, kind, 0, 64, "What kind of work"),
  MADO_FIELD_ENUM   (MadoJob, state, mado_job_state_get_type, 0, "Where it stands"),
  MADO_FIELD_JSON   (MadoJob, input, MADO_FIELD_OPTIONAL, "What to do"),
  MADO_FIELD_STRING (MadoJob, cursor, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 1000, "How far it is"),
  MADO_FIELD_INT    (MadoJob, done, 0, 0, G_MAXINT64, "Units done"),
  MADO_FIELD_INT    (MadoJob, total, 0, 0, G_MAXINT64, "Units there are; 0 is unknown"),
  MADO_FIELD_STRING (MadoJob, message, MADO_FIELD_OPTIONAL, 1000, "Why it failed"),
  MADO_FIELD_TIME   (MadoJob, created_at, 0, "When it was asked for"),
  MADO_FIELD_TIME   (MadoJob, updated_at, 0, "When it last moved"),
};

MADO_DEFINE_RECORD (MadoJob, mado_job, fields)

#define COLUMNS "SELECT id, kind, state, input, cursor, done, total, message, created_at, updated_at FROM job "

MadoJob *
mado_job_load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, _("There is no such job."), COLUMNS "WHERE id = $1",
                                                MADO_BIND (MADO_TEXT (id)));

  return rows ? mado_rows_dup_record (rows, MADO_TYPE_JOB) : NULL;
}

gboolean
mado_job_store (MadoTx *tx, const MadoActor *actor, MadoJob *job, const char *action, GError **error)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (MADO_TYPE_JOB_STATE);
  g_autofree char *subject = g_strconcat ("job/", job->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"done\":%" G_GINT64_FORMAT ",\"total\":%" G_GINT64_FORMAT "}",
                                             job->done, job->total);

  job->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_NOT_FOUND, error,
                         "UPDATE job SET state = $2, cursor = $3, done = $4, total = $5, message = $6,"
                         " updated_at = $7 WHERE id = $1",
                         MADO_BIND (MADO_TEXT (job->id),
                                    MADO_TEXT (g_enum_get_value (klass, job->state)->value_nick),
                                    MADO_TEXT (job->cursor), MADO_INT (job->done), MADO_INT (job->total),
                                    MADO_TEXT (job->message), MADO_INT (job->updated_at)))
         && mado_journal_append (tx, actor, action, subject, NULL, detail, error);
}

gboolean
mado_job_is_over (const MadoJob *self)
{
  return self->state >= MADO_JOB_STATE_DONE;
}

/* --- asking for one ------------------------------------------------------------------------------------------ */

typedef struct {
  MadoAct act;
  char   *id;
  char   *kind;
  char   *input;
  gint64  total;
} Ask;

static void
ask_clear (MadoAct *act)
{
  Ask *self = (Ask *) act;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->input);
}

static MadoOutcome
start_apply (MadoTx *tx, gpointer data, GError **error)
{
  Ask *self = data;
  g_autofree char *subject = g_strconcat ("job/", self->id, NULL);

  if (!mado_tx_exec (tx, error,
                     "INSERT INTO job (id, kind, state, input, done, total, created_at, updated_at)"
                     " VALUES ($1, $2, 'waiting', $3, 0, $4, $5, $5)",
                     MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->kind), MADO_TEXT (self->input),
                                MADO_INT (self->total), MADO_INT (mado_tx_now (tx))))
      || !mado_journal_append (tx, &self->act.actor, "job.started", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, mado_job_load (tx, self->id, error));
  return self->act.result ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

MadoAct *
mado_job_start (MadoStore *store, const MadoActor *actor, const char *kind, JsonNode *input, gint64 total,
                GError **error)
{
  Ask *self = mado_act_new (actor, sizeof (Ask), start_apply, ask_clear);

  self->id = mado_ulid_new ();
  self->kind = g_strdup (kind);
  self->input = input ? json_to_string (input, FALSE) : NULL;
  self->total = total;
  return &self->act;
}

static MadoOutcome
cancel_apply (MadoTx *tx, gpointer data, GError **error)
{
  Ask *self = data;
  g_autoptr(MadoJob) job = mado_job_load (tx, self->id, error);

  if (job == NULL)
    return MADO_OUTCOME_ROLL_BACK;
  if (mado_job_is_over (job)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This job is over already."));
    return MADO_OUTCOME_ROLL_BACK;
  }
  job->state = MADO_JOB_STATE_CANCELLING;
  if (!mado_job_store (tx, &self->act.actor, job, "job.cancelling", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&job));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_job_cancel (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  Ask *self = mado_act_new (actor, sizeof (Ask), cancel_apply, ask_clear);

  self->id = g_strdup (id);
  return &self->act;
}

/* --- watching ------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *id;
  guint       limit;
  GPtrArray  *jobs;
} Lookup;

static gboolean
read_one (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  MadoJob *job = mado_job_load (tx, lookup->id, error);

  if (job != NULL)
    g_ptr_array_add (lookup->jobs, job);
  return job != NULL;
}

static gboolean
read_all (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, COLUMNS "ORDER BY id DESC LIMIT $1",
                                            MADO_BIND (MADO_INT (lookup->limit)));
  gboolean more = rows != NULL;

  while (more) {
    if (!mado_rows_step (rows, &more, error))
      return FALSE;
    if (more)
      g_ptr_array_add (lookup->jobs, mado_rows_dup_record (rows, MADO_TYPE_JOB));
  }
  return rows != NULL;
}

GPtrArray *
mado_job_list (MadoStore *store, guint limit, GError **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { NULL, CLAMP (limit, 1, 200), jobs };

  return mado_store_read (store, read_all, &lookup, error) ? g_steal_pointer (&jobs) : NULL;
}

MadoJob *
mado_job_get (MadoStore *store, const char *id, GError **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { id, 0, jobs };

  return mado_store_read (store, read_one, &lookup, error) ? g_object_ref (jobs->pdata[0]) : NULL;
}
