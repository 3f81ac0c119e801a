/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a case is printed as; and that a certificate is handed out once. */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/mado-result.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_FETCHES 5   /* of one paper, where the printer jams or the line is lost */

typedef struct {
  const char *id;
  MadoCaseDocument *document;
  GBytes *facts;
} ResultLookup;

static gboolean
read_result (MadoTx *tx, gpointer data, GError **error)
{
  ResultLookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("This case has no result yet."),
                            "SELECT layout, made_at, facts FROM case_results WHERE case_id = $1",
                            MADO_BIND (MADO_TEXT (lookup->id)));
  if (!rows)
    return FALSE;
  lookup->document = mado_rows_dup_record (rows, MADO_TYPE_CASE_DOCUMENT);
  lookup->facts = mado_rows_dup_bytes (rows, "facts");
  return TRUE;
}

/* What the register says goes to the person, not to whoever typed the name at the same visit. */
static gboolean
check_person_is_here (const MadoCase *filed, const MadoActor *actor, GError **error)
{
  if (!(actor->role & MADO_ROLES_OWNER) || !filed->resident_id
      || g_strcmp0 (mado_actor_get_resident (actor), filed->resident_id) == 0)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
               _("Nobody has been identified at this visit: card and PIN come first."));
  return FALSE;
}

static gboolean
check_released (const MadoCase *filed, const MadoActor *actor, GError **error)
{
  if (!check_person_is_here (filed, actor, error))
    return FALSE;
  if (!filed->released_at)
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 filed->state == MADO_CASE_STATE_GRANTED ? _("The fee has to be paid first.")
                                                         : _("Nothing has been decided yet."));
  return filed->released_at != 0;
}

static MadoCaseDocument *
load_result (MadoStore *store, const MadoActor *actor, const MadoCase *filed, GError **error)
{
  ResultLookup lookup = { .id = filed->id };
  g_autofree char *context = mado_case_context (filed, "result");
  g_autoptr(MadoKey) key = NULL;
  g_autoptr(MadoCaseDocument) document = NULL;
  g_autoptr(GBytes) sealed = NULL;

  if (!check_released (filed, actor, error))
    return NULL;
  if (!mado_store_read (store, read_result, &lookup, error))
    return NULL;
  document = lookup.document;
  sealed = lookup.facts;
  key = mado_case_get_key (store, filed, error);
  document->facts = key ? mado_unseal_json (key, context, sealed, error) : NULL;
  document->kind = g_strdup ("result");
  return document->facts ? g_steal_pointer (&document) : NULL;
}

/* What was filed together is taken home together. */
static MadoCaseDocument *
load_record (MadoStore *store, MadoCatalogue *catalogue, const MadoCase *filed, GError **error)
{
  g_autofree char *number = g_strndup (filed->number, strrchr (filed->number, '-') - filed->number);
  MadoReceipt *receipt = mado_receipt_load (store, catalogue, filed->visit, filed->resident_id, number,
                                            filed->submitted_at, error);
  MadoCaseDocument *document;

  if (!receipt)
    return NULL;
  document = g_object_new (MADO_TYPE_CASE_DOCUMENT, "kind", "record", "layout", MADO_LAYOUT_RECORD,
                           "made-at", filed->submitted_at, NULL);
  document->receipt = receipt;
  return document;
}

static MadoCaseDocument *
load_form (MadoCatalogue *catalogue, const MadoCase *filed, GError **error)
{
  if (mado_catalogue_has_overlay (catalogue, filed->form))
    return g_object_new (MADO_TYPE_CASE_DOCUMENT, "kind", "form", "layout", MADO_LAYOUT_FORM,
                         "made-at", filed->submitted_at, NULL);
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("The city has no official form for this."));
  return NULL;
}

/* --- handed out once -------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  MadoCatalogue *catalogue;
  MadoCase *filed;
} HandOut;

static gint64
mark_handed (MadoTx *tx, const MadoCase *filed, GError **error)
{
  return mado_tx_exec_n (tx, error,
                         "UPDATE case_results SET handed_at = $2 WHERE case_id = $1 AND handed_at = 0 AND layout = $3",
                         MADO_BIND (MADO_TEXT (filed->id), MADO_INT (mado_tx_now (tx)),
                                    MADO_TEXT (MADO_LAYOUT_CERTIFICATE)));
}

/* What staff print is in their hands, for whom it is of; and who fetched it for the last time has it as well. */
static MadoOutcome
fetch_apply (MadoTx *tx, gpointer data, GError **error)
{
  HandOut *self = data;

  if (self->act.actor.role & MADO_ROLES_STAFF)
    return mark_handed (tx, self->filed, error) < 0 ? MADO_OUTCOME_ROLL_BACK : MADO_OUTCOME_COMMIT;
  return mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                         "UPDATE case_results SET fetched = fetched + 1,"
                         " handed_at = CASE WHEN fetched + 1 < $2 THEN 0 ELSE $3 END"
                         " WHERE case_id = $1 AND handed_at = 0",
                         MADO_BIND (MADO_TEXT (self->filed->id), MADO_INT (MAX_FETCHES), MADO_INT (mado_tx_now (tx))))
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static MadoOutcome
hand_out_apply (MadoTx *tx, gpointer data, GError **error)
{
  HandOut *self = data;
  g_autofree char *subject = g_strconcat ("case/", self->filed->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\"}", self->filed->number);
  gint64 n = mark_handed (tx, self->filed, error);

  if (n < 0 || (n > 0 && !mado_journal_append (tx, &self->act.actor, "case.handed-out", subject,
                                               self->filed->resident_id, detail, error)))
    return MADO_OUTCOME_ROLL_BACK;
  if (n > 0)
    self->filed->handed_at = mado_tx_now (tx);
  mado_case_describe (self->filed, self->catalogue, &self->act.actor);
  mado_act_take_result (&self->act, g_object_ref (self->filed));
  return MADO_OUTCOME_COMMIT;
}

static void
hand_out_clear (MadoAct *act)
{
  HandOut *self = (HandOut *) act;

  g_clear_object (&self->catalogue);
  g_clear_object (&self->filed);
}

static HandOut *
hand_out_new (const MadoActor *actor, MadoCatalogue *catalogue, MadoCase *filed, MadoApply apply)
{
  HandOut *self = mado_act_new (actor, sizeof (HandOut), apply, hand_out_clear);

  self->catalogue = g_object_ref (catalogue);
  self->filed = g_object_ref (filed);
  return self;
}

MadoAct *
mado_case_hand_out (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number,
                    GError **error)
{
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);

  if (!filed || !mado_case_check_access (store, filed, actor, error) || !check_released (filed, actor, error))
    return NULL;
  return &hand_out_new (actor, catalogue, filed, hand_out_apply)->act;
}

/* Counted before it leaves: who has it twice has it by leave of the staff. */
static gboolean
count_fetch (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, MadoCase *filed,
             const MadoCaseDocument *document, GError **error)
{
  g_autoptr(GError) failure = NULL;

  if (!g_str_equal (document->layout, MADO_LAYOUT_CERTIFICATE)
      || mado_act_run (store, &hand_out_new (actor, catalogue, filed, fetch_apply)->act, NULL, &failure))
    return TRUE;
  if (g_error_matches (failure, MADO_ERROR, MADO_ERROR_CONFLICT))
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("This certificate has been printed already. If it did not come out well, please ask the"
                           " staff: they can let it be printed once more."));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* --- by its kind ------------------------------------------------------------------------------------------------ */

static gboolean
check_kind (const char *kind, GError **error)
{
  static const char *const kinds[] = { "record", "form", "result", NULL };

  if (kind && g_strv_contains (kinds, kind))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/kind", "unknown",
                     _("A paper is a “record”, a “form” or a “result”."));
  return FALSE;
}

static MadoCaseDocument *
load_document (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const MadoCase *filed,
               const char *kind, GError **error)
{
  if (g_str_equal (kind, "record"))
    return load_record (store, catalogue, filed, error);
  if (g_str_equal (kind, "form"))
    return load_form (catalogue, filed, error);
  return load_result (store, actor, filed, error);
}

MadoCaseDocument *
mado_case_get_document (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number,
                        const char *kind, GError **error)
{
  g_autoptr(MadoCase) filed = NULL;
  g_autoptr(MadoCaseDocument) document = NULL;

  if (!check_kind (kind, error)
      || !(filed = mado_case_load (store, number, error))
      || !mado_case_check_access (store, filed, actor, error))
    return NULL;
  if (actor->role == MADO_ROLE_AUDITOR) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN, _("Papers are not for auditors."));
    return NULL;
  }
  document = load_document (store, catalogue, actor, filed, kind, error);
  if (!document || !count_fetch (store, catalogue, actor, filed, document, error)
      || !mado_case_journal_look (store, actor, filed, "case.printed", error))
    return NULL;
  mado_case_describe (filed, catalogue, actor);
  document->filing = g_steal_pointer (&filed);
  return g_steal_pointer (&document);
}
