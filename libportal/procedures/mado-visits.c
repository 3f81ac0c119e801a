/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-visits-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "core/mado-language.h"
#include "model/mado-account.h"
#include "procedures/mado-cases.h"
#include "residents/mado-residents.h"
#include "residents/mado-sessions.h"
#include "store/mado-row.h"

char *
mado_visit_dup_subject (const MadoVisit *visit)
{
  return g_strconcat ("visit/", visit->id, NULL);
}

gboolean
mado_visit_journal (MadoTx *tx, const MadoAct *act, const MadoVisit *visit, const char *action, GError **error)
{
  g_autofree char *subject = mado_visit_dup_subject (visit);

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
  g_autofree char *subject = mado_visit_dup_subject (visit);
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, subject, MADO_KEEP_FILING, error);

  return key && insert_visit (tx, visit, error);
}

static MadoOutcome
visit_start_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitStart *self = data;

  if (!mado_visit_insert (tx, self->visit, error)
      || !mado_session_insert (tx, self->session, error)
      || !mado_visit_journal (tx, &self->act, self->visit, "visit.started", error))
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

typedef struct {
  char *number;
  gboolean taken;
} Draw;

static gboolean
look_for_number (MadoTx *tx, gpointer data, GError **error)
{
  Draw *draw = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT 1 FROM visits WHERE number = $1",
                                            MADO_BIND (MADO_TEXT (draw->number)));

  return rows && mado_rows_step (rows, &draw->taken, error);
}

/* Numbers are short, so the city's own come up again. That two services draw the same at once is left to the writer,
 * which refuses the second. */
static char *
draw_number (MadoStore *store, GError **error)
{
  Draw draw = { NULL, TRUE };

  while (draw.taken) {
    g_free (draw.number);
    draw.number = mado_number_new ();
    if (!mado_store_look (store, look_for_number, &draw, error))
      g_clear_pointer (&draw.number, g_free);
    if (!draw.number)
      return NULL;
  }
  return draw.number;
}

MadoVisit *
mado_visit_new (MadoStore *store, const char *id, const char *device, const char *language, GError **error)
{
  char *number = draw_number (store, error);
  MadoVisit *visit;

  if (!number)
    return NULL;
  visit = g_object_new (MADO_TYPE_VISIT, "device", device, "language", language, NULL);
  visit->id = id ? g_strdup (id) : mado_ulid_new ();
  visit->number = number;
  visit->started_at = id ? MIN (mado_clock_now (), mado_ulid_get_time (id)) : mado_clock_now ();
  return visit;
}

MadoAct *
mado_visit_start (MadoStore *store, const MadoActor *actor, const char *language, GError **error)
{
  g_autoptr(MadoVisit) visit = NULL;
  VisitStart *self;

  if (!mado_actor_require (actor, MADO_ROLE_DEVICE, error) || !mado_check_language (language, error)
      || !(visit = mado_visit_new (store, NULL, actor->id, language, error)))
    return NULL;
  self = mado_act_new (actor, sizeof (VisitStart), visit_start_apply, visit_start_clear);
  self->visit = g_steal_pointer (&visit);
  self->session = mado_session_new (MADO_ROLE_VISIT, self->visit->id, NULL, NULL);
  self->session->language = g_strdup (language);
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

  if (actor->role == MADO_ROLE_VISIT && !g_str_equal (actor->id, id)) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This belongs to another visit than yours."));
    return NULL;
  }
  if (!mado_store_look (store, read_visit, &lookup, error))
    return NULL;
  visit = lookup.visit;
  sealed = lookup.answers;
  if (!is_actors (visit, actor)) {
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
  g_autofree char *subject = mado_visit_dup_subject (visit);
  g_autoptr(MadoKey) key = mado_store_get_subject_key (store, subject, MADO_KEEP_DRAFT, error);

  visit->answers = key ? mado_unseal_json (key, subject, sealed, error) : NULL;
  return visit->answers != NULL;
}

gboolean
mado_visit_fill_person (MadoStore *store, MadoVisit *visit, GError **error)
{
  g_autoptr(MadoHousehold) household = NULL;

  g_clear_object (&visit->resident);
  if (!mado_resident_load (store, visit->resident_id, &visit->resident, &household, error))
    return FALSE;
  if (household)
    visit->household = g_ptr_array_ref (household->members);
  visit->facts = mado_resident_facts (visit->resident, household);
  return TRUE;
}

/* So that a kiosk whose answer was lost learns what it filed. */
static gboolean
fill_cases (MadoStore *store, MadoVisit *visit, const MadoActor *actor, GError **error)
{
  const MadoCaseQuery query = { .visit = visit->id };

  visit->cases = mado_case_list (store, NULL, actor, &query, NULL, error);
  return visit->cases != NULL;
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
      || (visit->resident_id && !mado_visit_fill_person (store, visit, error))
      || (visit->filed_at && !fill_cases (store, visit, actor, error)))
    return NULL;
  return g_steal_pointer (&visit);
}

const MadoTransition *
mado_visit_find_step (const MadoVisit *visit, MadoVisitEvent event, const MadoActor *actor, GError **error)
{
  guint holds = visit->resident_id ? 0 : MADO_VISIT_GUARD_UNIDENTIFIED;

  return mado_state_table_find (mado_visit_states (), visit->state, event, actor->role, holds, error);
}

MadoVisit *
mado_visit_take_step (MadoStore *store, const MadoActor *actor, const char *id, MadoVisitEvent event, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_peek (store, actor, id, error);

  return visit && mado_visit_find_step (visit, event, actor, error) ? g_steal_pointer (&visit) : NULL;
}

/* --- filing -------------------------------------------------------------------------------------------------- */

MadoKey *
mado_visit_get_filing_key (MadoStore *store, const MadoVisit *visit, GError **error)
{
  g_autofree char *subject = mado_visit_dup_subject (visit);

  return mado_store_get_subject_key (store, subject, MADO_KEEP_FILING, error);
}

gboolean
mado_visit_mark_filed (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  const char *resident = visit->resident_id ? visit->resident_id : "";

  return mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                         "UPDATE visits SET state = $3, filed_at = $4, answers = NULL,"
                         " resident_id = COALESCE (resident_id, NULLIF ($5, ''))"
                         " WHERE id = $1 AND state = $2 AND filed_at = 0 AND COALESCE (resident_id, $5) = $5",
                         MADO_BIND (MADO_TEXT (visit->id),
                                    MADO_TEXT (mado_enum_nick (MADO_TYPE_VISIT_STATE, visit->state)),
                                    MADO_TEXT (visit->state == MADO_VISIT_STATE_OPEN
                                               ? "filed" : mado_enum_nick (MADO_TYPE_VISIT_STATE, visit->state)),
                                    MADO_INT (mado_tx_now (tx)), MADO_TEXT (resident)));
}

gboolean
mado_visit_insert_filed (MadoTx *tx, const MadoVisit *visit, GError **error)
{
  g_autoptr(MadoVisit) filed = g_object_new (MADO_TYPE_VISIT, "id", visit->id, "number", visit->number,
                                             "state", MADO_VISIT_STATE_ENDED, "device", visit->device,
                                             "language", visit->language, "resident-id", visit->resident_id,
                                             "started-at", visit->started_at, "expires-at", visit->started_at,
                                             "filed-at", mado_tx_now (tx), "ended-at", mado_tx_now (tx), NULL);

  return insert_visit (tx, filed, error);
}

gboolean
mado_visit_keep_content (MadoTx *tx, const MadoVisit *visit, const char *content, GError **error)
{
  return mado_tx_exec (tx, error, "UPDATE visits SET content = $2 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (visit->id), MADO_TEXT (content)));
}

typedef struct {
  const char *device, *number, *id;
  MadoVisit *visit;
  char *content;
} KeptLookup;

static gboolean
read_kept (MadoTx *tx, gpointer data, GError **error)
{
  KeptLookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GError) failure = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT id, number, state, device, language, resident_id, started_at, expires_at, filed_at,"
                        " ended_at, content FROM visits WHERE device = $1 AND (id = $2 OR number = $3)"
                        " ORDER BY filed_at DESC LIMIT 1",
                        MADO_BIND (MADO_TEXT (lookup->device), MADO_TEXT (lookup->id), MADO_TEXT (lookup->number)));
  if (!rows)
    return FALSE;
  if (mado_rows_next (rows, &failure)) {
    lookup->visit = mado_rows_dup_record (rows, MADO_TYPE_VISIT);
    lookup->content = mado_rows_dup_text (rows, "content");
  }
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return !failure;
}

MadoVisit *
mado_visit_find_kept (MadoStore *store, const char *device, const char *number, const char *id, char **content,
                      GError **error)
{
  KeptLookup lookup = { device, number ? number : "", id, NULL, NULL };
  gboolean looked = mado_store_look (store, read_kept, &lookup, error);

  if (content)
    *content = g_steal_pointer (&lookup.content);
  g_free (lookup.content);
  return looked ? lookup.visit : NULL;
}

