/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-outbox.h"
#include "store/mado-row.h"

#define MAX_PAGE 64

typedef struct {
  MadoAct act;
  MadoStaffCall *call;
} CallAct;

static void
call_act_clear (MadoAct *act)
{
  g_clear_object (&((CallAct *) act)->call);
}

static gboolean
notify_desktop (MadoTx *tx, MadoStaffCall *call, GError **error)
{
  g_autoptr(JsonNode) payload = mado_record_to_json (MADO_RECORD (call), MADO_JSON_PUBLIC);
  g_autofree char *key = g_strconcat ("staff-call/", call->id, NULL);

  return mado_outbox_put (tx, "desktop", "staff-call", key, payload, error);
}

static gboolean
journal (MadoTx *tx, const MadoAct *act, const MadoStaffCall *call, const char *action, GError **error)
{
  g_autofree char *subject = g_strconcat ("staff-call/", call->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"device\":\"%s\",\"page\":\"%s\",\"language\":\"%s\"}",
                                             call->device, call->page, call->language);

  return mado_journal_append (tx, &act->actor, action, subject, NULL, detail, error);
}

static MadoOutcome
call_new_apply (MadoTx *tx, gpointer data, GError **error)
{
  CallAct *self = data;
  MadoStaffCall *call = self->call;

  if (!mado_tx_exec (tx, error,
                     "INSERT INTO staff_calls (id, device, page, language, called_at, answered_at, answered_by)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     MADO_BIND (MADO_TEXT (call->id), MADO_TEXT (call->device), MADO_TEXT (call->page),
                                MADO_TEXT (call->language), MADO_INT (call->called_at), MADO_INT (0), MADO_NULL))
      || !journal (tx, &self->act, call, "staff.called", error)
      || !notify_desktop (tx, call, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (call));
  return MADO_OUTCOME_COMMIT;
}

static gboolean
read_device (MadoTx *tx, gpointer data, GError **error)
{
  char **device = data;   /* in: the visit; out: its device */
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such visit."), "SELECT device FROM visits WHERE id = $1",
                            MADO_BIND (MADO_TEXT (*device)));
  if (!rows)
    return FALSE;
  g_free (*device);
  *device = mado_rows_dup_text (rows, "device");
  return TRUE;
}

MadoAct *
mado_staff_call_make (MadoStore *store, const MadoActor *actor, const char *page, const char *language, GError **error)
{
  g_autofree char *device = g_strdup (actor->id);
  CallAct *self;

  if (!mado_actor_require (actor, MADO_ROLE_DEVICE | MADO_ROLE_VISIT, error))
    return NULL;
  if (!page || strlen (page) > MAX_PAGE || !g_regex_match_simple ("^[a-z0-9/-]+$", page, 0, 0)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/page", "pattern",
                       _("A page is named by small letters, digits and hyphens."));
    return NULL;
  }
  if (!mado_check_language (language, error))
    return NULL;
  if (actor->role == MADO_ROLE_VISIT && !mado_store_read (store, read_device, &device, error))
    return NULL;
  self = mado_act_new (actor, sizeof (CallAct), call_new_apply, call_act_clear);
  self->call = g_object_new (MADO_TYPE_STAFF_CALL, "device", device, "page", page, "language", language,
                             "called-at", mado_clock_now (), NULL);
  self->call->id = mado_ulid_new ();
  return &self->act;
}

static gboolean
read_call (MadoTx *tx, gpointer data, GError **error)
{
  gpointer *args = data;   /* in: the id; out: the call */
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such call."),
                            "SELECT id, device, page, language, called_at, answered_at, answered_by FROM staff_calls"
                            " WHERE id = $1", MADO_BIND (MADO_TEXT (args[0])));
  if (rows)
    args[1] = mado_rows_dup_record (rows, MADO_TYPE_STAFF_CALL);
  return rows != NULL;
}

static MadoOutcome
call_answer_apply (MadoTx *tx, gpointer data, GError **error)
{
  CallAct *self = data;
  MadoStaffCall *call = self->call;

  call->answered_at = mado_tx_now (tx);
  if (!mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                       "UPDATE staff_calls SET answered_at = $2, answered_by = $3 WHERE id = $1 AND answered_at = 0",
                       MADO_BIND (MADO_TEXT (call->id), MADO_INT (call->answered_at),
                                  MADO_TEXT (self->act.actor.id)))
      || !journal (tx, &self->act, call, "staff.call-answered", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (call));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_staff_call_answer (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  gpointer args[] = { (gpointer) id, NULL };
  CallAct *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF, error) || !mado_store_read (store, read_call, args, error))
    return NULL;
  self = mado_act_new (actor, sizeof (CallAct), call_answer_apply, call_act_clear);
  self->call = args[1];
  g_free (self->call->answered_by);
  self->call->answered_by = g_strdup (actor->id);
  return &self->act;
}
