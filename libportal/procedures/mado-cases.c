/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "model/mado-result.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

/* --- one case --------------------------------------------------------------------------------------------------- */

static gboolean
journal_look (MadoStore *store, const MadoActor *actor, const MadoCase *filed, const char *action, GError **error)
{
  g_autofree char *subject = g_strconcat ("case/", filed->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\"}", filed->number);
  const MadoLook look = { subject, filed->resident_id, detail };

  return !(actor->role & MADO_ROLES_STAFF) || mado_journal_look (store, actor, action, &look, 1, error);
}

static void
hide_answers (MadoCase *filed)
{
  g_clear_pointer (&filed->answers, json_node_unref);
  g_clear_pointer (&filed->sources, json_node_unref);
  g_clear_pointer (&filed->late_answers, json_node_unref);
  g_clear_pointer (&filed->messages, g_ptr_array_unref);
  g_clear_pointer (&filed->resident_id, g_free);
}

MadoCase *
mado_case_get (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number, GError **error)
{
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);

  if (!filed || !mado_case_check_access (store, filed, actor, error)
      || !journal_look (store, actor, filed, "case.viewed", error))
    return NULL;
  if (actor->role == MADO_ROLE_AUDITOR)
    hide_answers (filed);
  mado_case_describe (filed, catalogue, actor);
  return g_steal_pointer (&filed);
}

/* --- its papers ------------------------------------------------------------------------------------------------- */

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

static MadoCaseDocument *
load_result (MadoStore *store, const MadoActor *actor, const MadoCase *filed, GError **error)
{
  ResultLookup lookup = { .id = filed->id };
  g_autofree char *context = mado_case_context (filed, "result");
  g_autoptr(MadoKey) key = NULL;
  g_autoptr(MadoCaseDocument) document = NULL;
  g_autoptr(GBytes) sealed = NULL;

  if (!check_person_is_here (filed, actor, error))
    return NULL;
  if (!filed->released_at) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 filed->state == MADO_CASE_STATE_GRANTED ? _("The fee has to be paid first.")
                                                         : _("Nothing has been decided yet."));
    return NULL;
  }
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
  if (mado_catalogue_get_overlay (catalogue, filed->form))
    return g_object_new (MADO_TYPE_CASE_DOCUMENT, "kind", "form", "layout", MADO_LAYOUT_FORM,
                         "made-at", filed->submitted_at, NULL);
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("The city has no official form for this."));
  return NULL;
}

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
  if (!document || !journal_look (store, actor, filed, "case.printed", error))
    return NULL;
  mado_case_describe (filed, catalogue, actor);
  document->filing = g_steal_pointer (&filed);
  return g_steal_pointer (&document);
}

/* --- those nobody came for -------------------------------------------------------------------------------------- */

typedef struct {
  guint max;
  char *today;
  GPtrArray *cases;
} Overdue;

static gboolean
read_overdue (MadoTx *tx, gpointer data, GError **error)
{
  Overdue *overdue = data;

  return mado_tx_query_records (tx, overdue->cases, MADO_TYPE_CASE, error,
                                "SELECT id, number, version FROM cases"
                                " WHERE state = 'prefiled' AND due_date < $1 LIMIT $2",
                                MADO_BIND (MADO_TEXT (overdue->today), MADO_INT (overdue->max)));
}

gint
mado_cases_lapse (MadoStore *store, MadoCatalogue *catalogue, guint max, GError **error)
{
  const MadoActor clock = { "system", "clock", NULL, MADO_ROLE_SYSTEM };
  const MadoCaseStep lapse = { .event = MADO_CASE_EVENT_LAPSE };
  g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *today = mado_date_format (mado_date_today ());
  Overdue overdue = { max, today, cases };
  gint n = 0;

  if (!mado_store_read (store, read_overdue, &overdue, error))
    return -1;
  for (guint i = 0; i < cases->len; i++) {
    MadoCase *filed = g_ptr_array_index (cases, i);
    g_autoptr(GError) failure = NULL;

    if (mado_act_run (store, mado_case_transition (store, catalogue, &clock, filed->number, filed->version, &lapse,
                                                   &failure), NULL, &failure))
      n++;
    else if (!g_error_matches (failure, MADO_ERROR, MADO_ERROR_STALE)) {   /* somebody was quicker */
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }
  }
  return n;
}

/* --- what other domains have to do with it ---------------------------------------------------------------------- */

static GQuark
consequence_quark (void)
{
  return g_quark_from_static_string ("mado-case-consequence");
}

void
mado_cases_set_consequence (MadoStore *store, MadoCaseConsequence consequence)
{
  g_object_set_qdata (G_OBJECT (store), consequence_quark (), consequence);
}

gboolean
mado_case_draw_consequence (MadoStore *store, const MadoActor *actor, const MadoCase *after, MadoCaseEvent event,
                            MadoAct **also, GError **error)
{
  MadoCaseConsequence consequence = g_object_get_qdata (G_OBJECT (store), consequence_quark ());
  g_autoptr(GError) failure = NULL;

  *also = consequence ? consequence (store, actor, after, event, &failure) : NULL;
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
