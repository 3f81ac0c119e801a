/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-visits-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "core/mado-language.h"
#include "model/mado-account.h"
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

static char *
visit_subject (const MadoVisit *visit)
{
  return g_strconcat ("visit/", visit->id, NULL);
}

static gboolean
journal (MadoTx *tx, const MadoAct *act, const MadoVisit *visit, const char *action, GError **error)
{
  g_autofree char *subject = visit_subject (visit);

  return mado_journal_append (tx, &act->actor, action, subject, visit->resident_id, NULL, error);
}

/* --- start --------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  MadoSession *session;
} VisitStart;

static gboolean
insert_visit (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO visits (id, number, state, device, language, resident_id, started_at, expires_at,"
                       " filed_at, ended_at, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                       MADO_BIND (MADO_TEXT (visit->id), MADO_TEXT (visit->number),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_VISIT_STATE, visit->state)),
                                  MADO_TEXT (visit->device), MADO_TEXT (visit->language),
                                  MADO_TEXT (visit->resident_id), MADO_INT (visit->started_at),
                                  MADO_INT (visit->expires_at), MADO_INT (visit->filed_at),
                                  MADO_INT (visit->ended_at), MADO_NULL));
}

gboolean
mado_visit_insert (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  g_autofree char *subject = visit_subject (visit);
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, subject, MADO_KEEP_FILING, error);

  return key && insert_visit (tx, visit, error);
}

static MadoOutcome
visit_start_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitStart *self = data;

  if (!mado_visit_insert (tx, self->visit, error)
      || !mado_session_insert (tx, self->session, error)
      || !journal (tx, &self->act, self->visit, "visit.started", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->visit));
  return MADO_OUTCOME_COMMIT;
}

static void
visit_start_clear (MadoAct *act)
{
  VisitStart *self = (VisitStart *) act;

  g_clear_object (&self->visit);
  g_clear_object (&self->session);
}

gboolean
mado_check_language (const char *language, GError **error)
{
  if (language && mado_language_find (language))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/language", "unknown",
                     _("The counter does not know this language: choose one of those the city offers."));
  return FALSE;
}

MadoVisit *
mado_visit_new (const char *id, const char *device, const char *language)
{
  MadoVisit *visit = g_object_new (MADO_TYPE_VISIT, "device", device, "language", language, NULL);

  visit->id = id ? g_strdup (id) : mado_ulid_new ();
  visit->number = mado_number_new ();
  visit->started_at = mado_clock_now ();
  return visit;
}

MadoAct *
mado_visit_start (MadoStore *store, const MadoActor *actor, const char *language, GError **error)
{
  VisitStart *self;

  if (!mado_actor_require (actor, MADO_ROLE_DEVICE, error) || !mado_check_language (language, error))
    return NULL;
  self = mado_act_new (actor, sizeof (VisitStart), visit_start_apply, visit_start_clear);
  self->visit = mado_visit_new (NULL, actor->id, language);
  self->session = mado_session_new (MADO_ROLE_VISIT, self->visit->id, NULL, NULL);
  self->visit->expires_at = self->session->expires_at;
  self->visit->token = g_strdup (self->session->token);
  return &self->act;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *id;
  MadoVisit *visit;
  GBytes *answers;
} Lookup;

static gboolean
read_visit (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such visit."),
                            "SELECT id, number, state, device, language, resident_id, started_at, expires_at,"
                            " filed_at, ended_at, answers FROM visits WHERE id = $1",
                            MADO_BIND (MADO_TEXT (lookup->id)));
  if (!rows)
    return FALSE;
  lookup->visit = mado_rows_dup_record (rows, MADO_TYPE_VISIT);
  lookup->answers = mado_rows_dup_bytes (rows, "answers");
  return TRUE;
}

static gboolean
is_actors (const MadoVisit *visit, const MadoActor *actor)
{
  return actor->role == MADO_ROLE_SYSTEM
         || (actor->role == MADO_ROLE_VISIT && g_str_equal (actor->id, visit->id))
         || (actor->role == MADO_ROLE_DEVICE && g_str_equal (actor->id, visit->device));
}

static MadoVisit *
look_up (MadoStore *store, const MadoActor *actor, const char *id, GBytes **answers, GError **error)
{
  Lookup lookup = { .id = id };
  g_autoptr(MadoVisit) visit = NULL;
  g_autoptr(GBytes) sealed = NULL;

  if (!mado_store_read (store, read_visit, &lookup, error))
    return NULL;
  visit = lookup.visit;
  sealed = lookup.answers;
  if (!is_actors (visit, actor))
    {
      g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such visit."));
      return NULL;
    }
  if (answers)
    *answers = g_steal_pointer (&sealed);
  return g_steal_pointer (&visit);
}

MadoVisit *
mado_visit_peek (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  return look_up (store, actor, id, NULL, error);
}

static gboolean
open_draft (MadoStore *store, MadoVisit *visit, GBytes *sealed, GError **error)
{
  g_autofree char *subject = visit_subject (visit);
  g_autoptr(MadoKey) key = mado_store_get_subject_key (store, subject, MADO_KEEP_DRAFT, error);

  visit->answers = key ? mado_unseal_json (key, subject, sealed, error) : NULL;
  return visit->answers != NULL;
}

/* Who was identified, and what that tells. */
static gboolean
fill_person (MadoStore *store, MadoVisit *visit, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(MadoHousehold) household = NULL;

  g_clear_object (&visit->resident);
  visit->resident = mado_resident_get (store, visit->resident_id, error);
  if (!visit->resident)
    return FALSE;
  household = mado_household_get_of (store, visit->resident_id, &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (household)
    visit->household = g_ptr_array_ref (household->members);
  visit->facts = mado_resident_facts (visit->resident, household);
  return TRUE;
}

MadoVisit *
mado_visit_get (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(MadoVisit) visit = look_up (store, actor, id, &sealed, error);

  if (!visit)
    return NULL;
  if (actor->role != MADO_ROLE_VISIT)
    g_clear_pointer (&visit->resident_id, g_free);
  if (actor->role != MADO_ROLE_VISIT)
    return g_steal_pointer (&visit);
  if ((sealed && !open_draft (store, visit, sealed, error))
      || (visit->resident_id && !fill_person (store, visit, error)))
    return NULL;
  return g_steal_pointer (&visit);
}

const MadoTransition *
mado_visit_find_step (const MadoVisit *visit, MadoVisitEvent event, const MadoActor *actor, GError **error)
{
  guint holds = visit->resident_id ? 0 : MADO_VISIT_GUARD_UNIDENTIFIED;

  return mado_state_table_find (mado_visit_states (), visit->state, event, actor->role, holds, error);
}

/* What every step from a visit begins with: the visit, if it is the actor's and the table lets it. */
static MadoVisit *
take_step (MadoStore *store, const MadoActor *actor, const char *id, MadoVisitEvent event, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_peek (store, actor, id, error);

  return visit && mado_visit_find_step (visit, event, actor, error) ? g_steal_pointer (&visit) : NULL;
}

/* --- identification ------------------------------------------------------------------------------------------ */

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  MadoCardTry *card;
} VisitIdentify;

/* Others of the household are shown too: each may see later that they were. */
static gboolean
journal_household (MadoTx *tx, VisitIdentify *self, GError **error)
{
  MadoActor actor = self->act.actor;
  MadoVisit *visit = self->visit;
  g_autofree char *subject = visit_subject (visit);

  actor.behalf = visit->resident_id;
  if (!mado_journal_append (tx, &actor, "visit.identified", subject, visit->resident_id, NULL, error))
    return FALSE;
  for (guint i = 0; visit->household && i < visit->household->len; i++)
    {
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
  mado_card_try_free (self->card);
}

MadoAct *
mado_visit_identify (MadoStore *store, const MadoActor *actor, const char *id, const char *card_number,
                     const char *pin, GError **error)
{
  g_autoptr(MadoVisit) visit = take_step (store, actor, id, MADO_VISIT_EVENT_IDENTIFY, error);
  g_autoptr(MadoCardTry) card = visit ? mado_card_try_new (store, card_number, pin, error) : NULL;
  VisitIdentify *self;

  if (!card)
    return NULL;
  visit->resident_id = g_strdup (mado_card_try_get_resident (card));
  if (visit->resident_id && !fill_person (store, visit, error))
    return NULL;
  self = mado_act_new (actor, sizeof (VisitIdentify), visit_identify_apply, visit_identify_clear);
  self->visit = g_steal_pointer (&visit);
  self->card = g_steal_pointer (&card);
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
  g_autofree char *subject = visit_subject (self->visit);

  if (!mado_tx_keep_subject_key (tx, subject, MADO_KEEP_DRAFT, self->key, error)
      || !mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                          "UPDATE visits SET answers = $2 WHERE id = $1 AND state = 'open'",
                          MADO_BIND (MADO_TEXT (self->visit->id), MADO_BYTES (self->sealed)))
      || !journal (tx, &self->act, self->visit, "visit.saved", error))
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

  if (!check_draft (answers, error) || !(visit = take_step (store, actor, id, MADO_VISIT_EVENT_SAVE, error)))
    return NULL;
  subject = visit_subject (visit);
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

/* Throws the draft's key away; where nothing was filed, the other one too. */
static gboolean
forget (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  g_autofree char *subject = visit_subject (visit);

  return mado_tx_forget_subject (tx, subject, MADO_KEEP_DRAFT, error)
         && (visit->filed_at || mado_tx_forget_subject (tx, subject, MADO_KEEP_FILING, error));
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
      || !forget (tx, visit, error)
      || !mado_session_delete_of (tx, visit->id, error)
      || !journal (tx, &self->act, visit, expired ? "visit.expired" : "visit.ended", error))
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
  g_autoptr(MadoVisit) visit = take_step (store, actor, id, event, error);
  VisitAct *self;

  if (!visit)
    return NULL;
  self = mado_act_new (actor, sizeof (VisitAct), visit_end_apply, visit_act_clear);
  self->visit = g_steal_pointer (&visit);
  return &self->act;
}

typedef struct {
  guint max;
  GPtrArray *ids;
} Overdue;

static gboolean
read_overdue (MadoTx *tx, gpointer data, GError **error)
{
  Overdue *overdue = data;
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GError) failure = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT id FROM visits WHERE state IN ('open', 'filed') AND expires_at < $1 LIMIT $2",
                        MADO_BIND (MADO_INT (mado_clock_now ()), MADO_INT (overdue->max)));
  while (rows && mado_rows_next (rows, &failure))
    g_ptr_array_add (overdue->ids, mado_rows_dup_text (rows, "id"));
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return rows && !failure;
}

gint
mado_visits_expire (MadoStore *store, guint max, GError **error)
{
  const MadoActor clock = { "system", "clock", NULL, MADO_ROLE_SYSTEM };
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Overdue overdue = { max, ids };
  gint n = 0;

  if (!mado_store_read (store, read_overdue, &overdue, error))
    return -1;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(GError) failure = NULL;
      const char *id = g_ptr_array_index (ids, i);

      if (mado_act_run (store, mado_visit_end (store, &clock, id, &failure), NULL, &failure))
        n++;
      else if (!g_error_matches (failure, MADO_ERROR, MADO_ERROR_CONFLICT))   /* another service was first */
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return -1;
        }
    }
  return n;
}
