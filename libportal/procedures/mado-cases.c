/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "procedures/mado-attachments-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

/* --- one case --------------------------------------------------------------------------------------------------- */

gboolean
mado_case_journal_look (MadoStore *store, const MadoActor *actor, const MadoCase *filed, const char *action,
                        GError **error)
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

static gboolean
list_attachments (MadoStore *store, MadoCase *filed, GError **error)
{
  g_autofree char *holder = g_strconcat ("case/", filed->id, NULL);

  filed->attachments = mado_attachments_list (store, holder, error);
  return filed->attachments != NULL;
}

MadoCase *
mado_case_get (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *number, GError **error)
{
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);

  if (!filed || !mado_case_check_access (store, filed, actor, error)
      || !mado_case_journal_look (store, actor, filed, "case.viewed", error))
    return NULL;
  if (actor->role == MADO_ROLE_AUDITOR)
    hide_answers (filed);
  else if (!list_attachments (store, filed, error))
    return NULL;
  mado_case_describe (filed, catalogue, actor);
  return g_steal_pointer (&filed);
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
