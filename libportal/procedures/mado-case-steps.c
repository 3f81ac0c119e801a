/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-clock.h"
#include "model/mado-identity.h"
#include "procedures/mado-attachments-private.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-filing.h"
#include "residents/mado-accounts.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_MESSAGE 2000

/* One step of one case, prepared. */
typedef struct {
  MadoAct act;
  MadoCatalogue *catalogue;
  MadoCaseEvent event;
  gint64 from_version;
  MadoCaseState from_state;
  MadoCase *after;           /* as it will be */
  GBytes *answers;           /* (nullable): sealed; corrected */
  GPtrArray *attachments;    /* (nullable): ids that the corrected answers name */
  char *message;             /* (nullable): words, for the one who asks */
  GBytes *sealed_message;    /* (nullable) */
  char *author;              /* (nullable): of the words */
  gint64 withdrawn;          /* version of the words an undo takes back; 0: none */
  MadoCaseResult result;
  GBytes *sealed_result;     /* (nullable) */
  gboolean drop_result;
  gboolean granted_by_rule;  /* in the same act, after the step itself */
  MadoAct *also;             /* (nullable): what it brings about elsewhere */
} CaseStep;

static void
case_step_clear (MadoAct *act)
{
  CaseStep *self = (CaseStep *) act;

  g_clear_object (&self->catalogue);
  g_clear_object (&self->after);
  g_clear_pointer (&self->answers, g_bytes_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->sealed_message, g_bytes_unref);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->sealed_result, g_bytes_unref);
  g_clear_pointer (&self->also, mado_act_unref);
  mado_case_result_clear (&self->result);
}

/* --- apply ------------------------------------------------------------------------------------------------------ */

static gboolean
take_attachments (CaseStep *self, MadoTx *tx, GError **error)
{
  const MadoAttachmentGiver giver = { self->act.actor.id, mado_actor_get_resident (&self->act.actor) };
  g_autofree char *holder = g_strconcat ("case/", self->after->id, NULL);

  return mado_attachments_take (tx, self->attachments, holder, &giver, FALSE, error);
}

static gboolean
write_parts (CaseStep *self, MadoTx *tx, GError **error)
{
  if (self->answers && (!mado_case_replace_answers (tx, self->after, self->answers, error)
                        || !take_attachments (self, tx, error)))
    return FALSE;
  if (self->withdrawn > 0 && !mado_case_drop_message (tx, self->after, self->withdrawn, error))
    return FALSE;
  if (self->sealed_message
      && !mado_case_add_message (tx, self->after, self->event, self->author, self->sealed_message, error))
    return FALSE;
  if (self->drop_result && !mado_case_drop_result (tx, self->after, error))
    return FALSE;
  if (self->event == MADO_CASE_EVENT_REPRINT && !mado_case_allow_reprint (tx, self->after, error))
    return FALSE;
  if (self->sealed_result
      && !mado_case_put_result (tx, self->after, self->result.layout, self->sealed_result, error))
    return FALSE;
  return mado_case_result_apply (&self->result, tx, &self->act.actor, self->after, error);
}

/* What was said just now is shown with what was said before. */
static MadoCase *
dup_shown (CaseStep *self)
{
  MadoCase *shown = g_object_ref (self->after);

  mado_case_describe (shown, self->catalogue, &self->act.actor);
  return shown;
}

static MadoOutcome
case_step_apply (MadoTx *tx, gpointer data, GError **error)
{
  CaseStep *self = data;

  if (!mado_case_update (tx, self->after, self->from_version, error)
      || !write_parts (self, tx, error)
      || !mado_case_tell (tx, &self->act.actor, self->after, self->event, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (self->granted_by_rule
      && !mado_case_tell (tx, &mado_actor_rule, self->after, MADO_CASE_EVENT_GRANT, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (!mado_act_join (self->also, tx, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, dup_shown (self));
  return MADO_OUTCOME_COMMIT;
}

/* --- prepare: what each event brings ---------------------------------------------------------------------------- */

typedef struct {
  MadoStore *store;
  MadoCatalogue *catalogue;
  const MadoActor *actor;
  const MadoCaseStep *request;
  MadoKey *key;
} Preparing;

static gboolean decide_by_rule (const Preparing *p, CaseStep *self, GError **error);

static gboolean
identify_by_card (const Preparing *p, CaseStep *self, GError **error)
{
  const char *resident = mado_actor_get_resident (p->actor);

  if (!resident) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("Nobody has been identified at this visit: card and PIN come first."));
    return FALSE;
  }
  if (!mado_case_check_holder (p->store, self->after, resident, error))
    return FALSE;
  g_object_set (self->after, "resident-id", resident, "identified-by", MADO_IDENTITY_CARD, NULL);
  return decide_by_rule (p, self, error);
}

/* Somebody no register knows is nobody's resident; what comes out of the register is not for them. */
static gboolean
identify_at_counter (const Preparing *p, CaseStep *self, GError **error)
{
  MadoCase *after = self->after;
  MadoProcedure *procedure = mado_catalogue_get_procedure (p->catalogue, after->procedure, after->revision);
  g_autofree char *resident = NULL;

  if (!mado_case_find_holder (p->store, after, p->request, &resident, error)
      || (resident && !mado_case_check_holder (p->store, after, resident, error))
      || !mado_case_check_register (p->store, procedure, resident, error))
    return FALSE;
  g_object_set (after, "resident-id", resident,
                "identified-by", p->request->card_number ? MADO_IDENTITY_CARD_SEEN : p->request->paper, NULL);
  return TRUE;
}

static gboolean
prepare_identify (const Preparing *p, CaseStep *self, GError **error)
{
  return p->actor->role & MADO_ROLES_OWNER ? identify_by_card (p, self, error) : identify_at_counter (p, self, error);
}

static JsonNode *
check_answers (const Preparing *p, MadoCase *after, const char *resident, JsonNode **sources, GPtrArray **attachments,
               GError **error)
{
  MadoForm *form = mado_catalogue_get_form (p->catalogue, after->form, after->form_revision);
  g_auto(MadoFilerContext) context = { 0 };
  g_autoptr(GError) failure = NULL;
  JsonNode *clean = NULL;

  if (!form) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("The form this was filed with is gone. Please ask the staff."));
    return NULL;
  }
  if (!mado_filer_context_load (&context, p->store, resident, after->language, error))
    return NULL;
  if (!mado_answers_check (&form, 1, p->request->answers, &context.answers, &clean, &failure)) {
    mado_error_prefix_pointers (failure, "/answers");
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  *sources = mado_answers_get_sources (clean, context.known);
  *attachments = mado_attachments_find (&form, 1, clean);
  return clean;
}

static gboolean
prepare_correct (const Preparing *p, CaseStep *self, GError **error)
{
  MadoCase *after = self->after;
  const char *resident = after->resident_id ? after->resident_id : mado_actor_get_resident (p->actor);
  g_autoptr(JsonNode) sources = NULL;
  JsonNode *clean;

  if (resident && !after->resident_id && !mado_case_check_holder (p->store, after, resident, error))
    return FALSE;
  clean = check_answers (p, after, resident, &sources, &self->attachments, error);
  if (!clean)
    return FALSE;
  json_node_unref (after->answers);
  after->answers = clean;
  g_clear_pointer (&after->sources, json_node_unref);
  after->sources = g_steal_pointer (&sources);
  if (!after->resident_id && resident)
    g_object_set (after, "resident-id", resident, "identified-by", MADO_IDENTITY_CARD, NULL);
  self->answers = mado_case_seal (p->key, after);
  return TRUE;
}

/* The result is in its owner's hands once nothing is owed; what entered the register cannot be undone here. */
static void
release (CaseStep *self)
{
  if (self->after->fee == 0 || self->after->paid_at || self->result.household)
    self->after->released_at = self->after->updated_at;
}

static gboolean
prepare_decision (const Preparing *p, CaseStep *self, MadoHousehold *known, gboolean granted, GError **error)
{
  MadoCase *after = self->after;
  MadoProcedure *procedure = mado_catalogue_get_procedure (p->catalogue, after->procedure, after->revision);
  g_autofree char *context = mado_case_context (after, "result");

  if (!procedure) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("The catalogue no longer holds revision %" PRId64 " of this procedure."),
                 after->revision);
    return FALSE;
  }
  if (!mado_case_result_make (&self->result, p->store, known, procedure, after, granted, self->message, error))
    return FALSE;
  self->sealed_result = mado_seal_record (p->key, context, self->result.says);
  if (granted)
    release (self);
  else
    after->released_at = after->updated_at;
  return TRUE;
}

/* A case that waited for its card only: where the rule says yes, it need not wait for a clerk either. */
static gboolean
decide_by_rule (const Preparing *p, CaseStep *self, GError **error)
{
  MadoCase *after = self->after;
  MadoProcedure *procedure = mado_catalogue_get_procedure (p->catalogue, after->procedure, after->revision);
  g_auto(MadoFilerContext) context = { 0 };

  if (!procedure || !mado_procedure_is_decided_by_rule (procedure))
    return TRUE;
  if (!mado_filer_context_load (&context, p->store, after->resident_id, after->language, error))
    return FALSE;
  if (!mado_catalogue_decide (p->catalogue, procedure, after->answers, context.facts))
    return TRUE;
  if (!mado_case_follow (after, p->catalogue, MADO_CASE_EVENT_GRANT, MADO_ROLE_SYSTEM, MADO_CASE_GUARD_BY_RULE, 0,
                         error))
    return FALSE;
  self->granted_by_rule = TRUE;
  after->version++;
  return prepare_decision (p, self, context.household, TRUE, error);
}

/* The event that led to @state, and may be undone. */
static MadoCaseEvent
get_undone (MadoCaseState state)
{
  switch (state) {
  case MADO_CASE_STATE_IN_REVIEW:
    return MADO_CASE_EVENT_REVIEW;
  case MADO_CASE_STATE_RETURNED:
    return MADO_CASE_EVENT_RETURN;
  case MADO_CASE_STATE_GRANTED:
    return MADO_CASE_EVENT_GRANT;
  case MADO_CASE_STATE_REFUSED:
    return MADO_CASE_EVENT_REFUSE;
  default:
    return MADO_CASE_EVENT_ACCEPT;
  }
}

/* Words that went with the step are taken back with it: nobody answers a question that is no longer asked. */
static void
withdraw_message (CaseStep *self)
{
  GPtrArray *messages = self->after->messages;

  for (guint i = messages->len; i > 0; i--) {
    const MadoCaseMessage *message = g_ptr_array_index (messages, i - 1);

    if (message->event != get_undone (self->from_state))
      continue;
    self->withdrawn = message->version;
    g_ptr_array_remove_index (messages, i - 1);
    return;
  }
}

/* What was paid for a refusal went back with it: the fee is owed again. */
static gboolean
prepare_undo (CaseStep *self)
{
  withdraw_message (self);
  if (self->from_state == MADO_CASE_STATE_REFUSED)
    self->after->paid_at = 0;
  if (self->after->state == MADO_CASE_STATE_SUBMITTED)
    g_clear_pointer (&self->after->assignee, g_free);
  self->drop_result = self->from_state == MADO_CASE_STATE_GRANTED || self->from_state == MADO_CASE_STATE_REFUSED;
  self->after->released_at = 0;
  return TRUE;
}

static gboolean
mark_paid (MadoCase *self)
{
  self->paid_at = self->updated_at;
  if (self->state == MADO_CASE_STATE_GRANTED)
    self->released_at = self->updated_at;
  return TRUE;
}

static gboolean
prepare_event (const Preparing *p, CaseStep *self, GError **error)
{
  switch (self->event) {
  case MADO_CASE_EVENT_IDENTIFY:
    return prepare_identify (p, self, error);
  case MADO_CASE_EVENT_ACCEPT:
    g_object_set (self->after, "assignee", p->actor->id, NULL);
    return TRUE;
  case MADO_CASE_EVENT_CORRECT:
    return prepare_correct (p, self, error);
  case MADO_CASE_EVENT_GRANT:
    return prepare_decision (p, self, NULL, TRUE, error);
  case MADO_CASE_EVENT_REFUSE:
    return prepare_decision (p, self, NULL, FALSE, error);
  case MADO_CASE_EVENT_PAID:
    return mark_paid (self->after);
  case MADO_CASE_EVENT_UNDO:
    return prepare_undo (self);
  case MADO_CASE_EVENT_REPRINT:
    self->after->handed_at = 0;
    return TRUE;
  default:
    return TRUE;
  }
}

/* --- prepare: the step itself ----------------------------------------------------------------------------------- */

static char *
take_message (const MadoCaseStep *request, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (request->message ? request->message : ""));

  if (g_utf8_strlen (words, -1) <= MAX_MESSAGE)
    return g_steal_pointer (&words);
  mado_set_error_at (error, MADO_ERROR_INVALID, "/message", "too-long", _("A message has at most %d characters."),
                     MAX_MESSAGE);
  return NULL;
}

static gboolean
check_version (const MadoCase *filed, gint64 version, GError **error)
{
  if (filed->version == version)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_STALE,
               _("The case has changed since you read it. Please read it again."));
  return FALSE;
}

static gboolean
take_step (const Preparing *p, MadoCase *filed, const char *message, GError **error)
{
  MadoProcedure *procedure = mado_catalogue_get_procedure (p->catalogue, filed->procedure, filed->revision);
  guint days = procedure ? mado_procedure_get_decision_days (procedure) : 0;
  guint brought = (*message ? MADO_CASE_GUARD_MESSAGE : 0) | (p->request->answers ? MADO_CASE_GUARD_ANSWERS : 0);

  if (!mado_case_follow (filed, p->catalogue, p->request->event, p->actor->role, brought, days, error))
    return FALSE;
  filed->version++;
  filed->updated_at = mado_clock_now ();
  if (procedure && !filed->title)
    filed->title = json_node_ref (procedure->title);
  return TRUE;
}

static void
add_shown_message (CaseStep *self)
{
  MadoCaseMessage *message = g_object_new (MADO_TYPE_CASE_MESSAGE, "version", self->after->version,
                                           "event", self->event, "author", self->author,
                                           "at", self->after->updated_at, "text", self->message, NULL);

  g_ptr_array_add (self->after->messages, message);
}

static gboolean
prepare_message (const Preparing *p, CaseStep *self, GError **error)
{
  if (!*self->message)
    return TRUE;
  if (p->actor->role & MADO_ROLES_STAFF)
    self->author = mado_staff_dup_name (p->store, p->actor->id, error);
  if ((p->actor->role & MADO_ROLES_STAFF) && !self->author)
    return FALSE;
  self->sealed_message = mado_case_seal_message (p->key, self->after, self->message);
  add_shown_message (self);
  return TRUE;
}

static MadoAct *
prepare_step (const Preparing *p, MadoCase *filed, char *message, GError **error)
{
  CaseStep *self = mado_act_new (p->actor, sizeof (CaseStep), case_step_apply, case_step_clear);
  g_autoptr(MadoAct) act = &self->act;

  self->catalogue = g_object_ref (p->catalogue);
  self->event = p->request->event;
  self->from_version = filed->version;
  self->from_state = filed->state;
  self->after = g_object_ref (filed);
  self->message = message;
  if (!take_step (p, filed, message, error)
      || !prepare_event (p, self, error)
      || !prepare_message (p, self, error)
      || !mado_case_draw_consequence (p->store, p->actor, filed, self->event, &self->also, error))
    return NULL;
  return g_steal_pointer (&act);
}

MadoAct *
mado_case_transition (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number,
                      gint64 version, const MadoCaseStep *step, GError **error)
{
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);
  g_autofree char *message = NULL;
  g_autoptr(MadoKey) key = NULL;
  Preparing preparing;

  if (!filed || !mado_case_check_access (store, filed, actor, error)
      || !check_version (filed, version, error)
      || !(message = take_message (step, error))
      || !(key = mado_case_get_key (store, filed, error)))
    return NULL;
  preparing = (Preparing) { store, catalogue, actor, step, key };
  return prepare_step (&preparing, filed, g_steal_pointer (&message), error);
}

/* --- what is paid elsewhere ------------------------------------------------------------------------------------- */

gboolean
mado_case_settle_fee (MadoTx *tx, const MadoActor *actor, const char *id, GError **error)
{
  g_autoptr(MadoCase) self = mado_case_load_row (tx, id, error);

  if (!self)
    return FALSE;
  if (!mado_case_follow (self, NULL, MADO_CASE_EVENT_PAID, MADO_ROLE_SYSTEM, 0, 0, NULL))
    return TRUE;
  self->updated_at = mado_tx_now (tx);
  self->version++;
  mark_paid (self);
  return mado_case_update (tx, self, self->version - 1, error)
         && mado_case_tell (tx, actor, self, MADO_CASE_EVENT_PAID, error);
}
