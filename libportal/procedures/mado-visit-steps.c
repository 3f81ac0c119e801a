/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-visits-private.h"

#include <glib/gi18n-lib.h>

#include "procedures/mado-attachments-private.h"
#include "procedures/mado-cases-private.h"
#include "residents/mado-residents.h"
#include "residents/mado-sessions.h"
#include "store/mado-row.h"

#define MAX_DRAFT_FACTS 1000

typedef struct {
  MadoAct act;
  MadoVisit *visit;
} VisitAct;

static void
visit_act_clear (MadoAct *act)
{
  g_clear_object (&((VisitAct *) act)->visit);
}

/* --- identification ------------------------------------------------------------------------------------------ */

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  MadoCardTry *card;
  GError *other;      /* (nullable): why it is not for this visit; told to who knows the PIN */
} VisitIdentify;

/* Others of the household are shown too: each may see later that they were. */
static gboolean
journal_household (MadoTx *tx, VisitIdentify *self, GError **error)
{
  MadoActor actor = self->act.actor;
  MadoVisit *visit = self->visit;
  g_autofree char *subject = mado_visit_dup_subject (visit);

  actor.behalf = visit->resident_id;
  if (!mado_journal_append (tx, &actor, "visit.identified", subject, visit->resident_id, NULL, error))
    return FALSE;
  for (guint i = 0; visit->household && i < visit->household->len; i++) {
    MadoResident *member = g_ptr_array_index (visit->household, i);

    if (!g_str_equal (member->id, visit->resident_id)
        && !mado_journal_append (tx, &actor, "household.shown", subject, member->id, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static MadoOutcome
visit_identify_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitIdentify *self = data;
  MadoVisit *visit = self->visit;
  MadoOutcome outcome;

  if (!mado_card_try_apply (self->card, tx, &self->act.actor, &outcome, error))
    return outcome;
  if (self->other) {
    g_propagate_error (error, g_error_copy (self->other));
    return MADO_OUTCOME_COMMIT;
  }
  if (!mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                       "UPDATE visits SET resident_id = $2 WHERE id = $1 AND resident_id IS NULL AND state = $3",
                       MADO_BIND (MADO_TEXT (visit->id), MADO_TEXT (visit->resident_id),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_VISIT_STATE, visit->state))))
      || !mado_session_bind (tx, visit->id, visit->resident_id, error)
      || !journal_household (tx, self, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (visit));
  return MADO_OUTCOME_COMMIT;
}

static void
visit_identify_clear (MadoAct *act)
{
  VisitIdentify *self = (VisitIdentify *) act;

  g_clear_object (&self->visit);
  g_clear_error (&self->other);
  mado_card_try_free (self->card);
}

MadoAct *
mado_visit_identify (MadoStore *store, const MadoActor *actor, const char *id, const char *card_number,
                     const char *pin, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_take_step (store, actor, id, MADO_VISIT_EVENT_IDENTIFY, error);
  g_autoptr(MadoCardTry) card = visit ? mado_card_try_new (store, card_number, pin, error) : NULL;
  const char *resident = card ? mado_card_try_get_resident (card) : NULL;
  g_autoptr(GError) other = NULL;
  VisitIdentify *self;

  if (!card)
    return NULL;
  if (resident && !mado_case_check_filed (store, visit, resident, &other)
      && !g_error_matches (other, MADO_ERROR, MADO_ERROR_INVALID)) {
    g_propagate_error (error, g_steal_pointer (&other));
    return NULL;
  }
  visit->resident_id = g_strdup (resident);
  if (resident && !mado_visit_fill_person (store, visit, error))
    return NULL;
  self = mado_act_new (actor, sizeof (VisitIdentify), visit_identify_apply, visit_identify_clear);
  self->visit = g_steal_pointer (&visit);
  self->card = g_steal_pointer (&card);
  self->other = g_steal_pointer (&other);
  return &self->act;
}

/* --- draft --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  MadoKey *key;
  GBytes *sealed;
} VisitSave;

static MadoOutcome
visit_save_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitSave *self = data;
  g_autofree char *subject = mado_visit_dup_subject (self->visit);

  if (!mado_tx_keep_subject_key (tx, subject, MADO_KEEP_DRAFT, self->key, error)
      || !mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                          "UPDATE visits SET answers = $2 WHERE id = $1 AND state = 'open'",
                          MADO_BIND (MADO_TEXT (self->visit->id), MADO_BYTES (self->sealed)))
      || !mado_visit_journal (tx, &self->act, self->visit, "visit.saved", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->visit));
  return MADO_OUTCOME_COMMIT;
}

static void
visit_save_clear (MadoAct *act)
{
  VisitSave *self = (VisitSave *) act;

  g_clear_object (&self->visit);
  g_clear_pointer (&self->key, mado_key_unref);
  g_clear_pointer (&self->sealed, g_bytes_unref);
}

static gboolean
check_draft (JsonNode *answers, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (answers))
    mado_set_error_at (error, MADO_ERROR_INVALID, "/answers", "type", _("Answers are an object, by fact."));
  else if (json_object_get_size (json_node_get_object (answers)) > MAX_DRAFT_FACTS)
    mado_set_error_at (error, MADO_ERROR_TOO_LARGE, "/answers", "too-many", _("A draft has at most %d answers."),
                       MAX_DRAFT_FACTS);
  else
    return TRUE;
  return FALSE;
}

MadoAct *
mado_visit_save (MadoStore *store, const MadoActor *actor, const char *id, JsonNode *answers, GError **error)
{
  g_autoptr(MadoVisit) visit = NULL;
  g_autoptr(MadoKey) key = NULL;
  g_autofree char *subject = NULL;
  VisitSave *self;

  if (!check_draft (answers, error) || !(visit = mado_visit_take_step (store, actor, id, MADO_VISIT_EVENT_SAVE, error)))
    return NULL;
  subject = mado_visit_dup_subject (visit);
  key = mado_store_draw_subject_key (store, subject, MADO_KEEP_DRAFT, error);
  if (!key)
    return NULL;
  visit->answers = json_node_ref (answers);
  self = mado_act_new (actor, sizeof (VisitSave), visit_save_apply, visit_save_clear);
  self->sealed = mado_seal_json (key, subject, answers);
  self->key = g_steal_pointer (&key);
  self->visit = g_steal_pointer (&visit);
  return &self->act;
}

/* --- the end ------------------------------------------------------------------------------------------------- */

/* What a kiosk kept while it was offline may still come: the other key waits for it, see mado_visits_sweep(). */
static gboolean
forget_draft (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  g_autofree char *subject = mado_visit_dup_subject (visit);

  return mado_attachments_release (tx, subject, error) && mado_tx_forget_subject (tx, subject, MADO_KEEP_DRAFT, error);
}

static MadoOutcome
visit_end_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitAct *self = data;
  MadoVisit *visit = self->visit;
  gboolean expired = self->act.actor.role == MADO_ROLE_SYSTEM;
  const MadoVisitState state = expired ? MADO_VISIT_STATE_EXPIRED : MADO_VISIT_STATE_ENDED;
  g_autoptr(MadoVisit) after = NULL;

  if (!mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                       "UPDATE visits SET state = $2, ended_at = $3, answers = NULL WHERE id = $1 AND state = $4",
                       MADO_BIND (MADO_TEXT (visit->id), MADO_TEXT (mado_enum_nick (MADO_TYPE_VISIT_STATE, state)),
                                  MADO_INT (mado_tx_now (tx)),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_VISIT_STATE, visit->state))))
      || !forget_draft (tx, visit, error)
      || !mado_session_delete_of (tx, visit->id, error)
      || !mado_visit_journal (tx, &self->act, visit, expired ? "visit.expired" : "visit.ended", error))
    return MADO_OUTCOME_ROLL_BACK;
  after = g_object_new (MADO_TYPE_VISIT, "id", visit->id, "number", visit->number, "state", state,
                        "device", visit->device, "language", visit->language, "started-at", visit->started_at,
                        "expires-at", visit->expires_at, "filed-at", visit->filed_at,
                        "ended-at", mado_tx_now (tx), NULL);
  mado_act_take_result (&self->act, g_steal_pointer (&after));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_visit_end (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  MadoVisitEvent event = actor->role == MADO_ROLE_SYSTEM ? MADO_VISIT_EVENT_EXPIRE : MADO_VISIT_EVENT_END;
  g_autoptr(MadoVisit) visit = mado_visit_take_step (store, actor, id, event, error);
  VisitAct *self;

  if (!visit)
    return NULL;
  self = mado_act_new (actor, sizeof (VisitAct), visit_end_apply, visit_act_clear);
  self->visit = g_steal_pointer (&visit);
  return &self->act;
}
