/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases.h"

#include <glib/gi18n-lib.h>

#include "procedures/mado-filing.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"

typedef struct {
  MadoAct act;
  MadoVisit *visit;
  GPtrArray *filings;
  MadoReceipt *receipt;
  char *content;
  char *draft;          /* (nullable): what was kept of it before */
} VisitSubmit;

/* Short: what was prepared is written; a visit that has changed meanwhile refuses it. */
static MadoOutcome
visit_submit_apply (MadoTx *tx, gpointer data, GError **error)
{
  VisitSubmit *self = data;

  if (!mado_visit_mark_filed (tx, self->visit, error)
      || !mado_visit_keep_content (tx, self->visit, self->content, error)
      || !mado_filings_apply (tx, &self->act.actor, self->filings, error)
      || (self->draft && !mado_draft_forget (tx, &self->act.actor, self->draft, self->visit->resident_id, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (self->receipt));
  return MADO_OUTCOME_COMMIT;
}

static void
visit_submit_clear (MadoAct *act)
{
  VisitSubmit *self = (VisitSubmit *) act;

  g_clear_object (&self->visit);
  g_clear_object (&self->receipt);
  g_clear_pointer (&self->filings, g_ptr_array_unref);
  g_free (self->content);
  g_free (self->draft);
}

static MadoVisit *
peek_open (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_peek (store, actor, id, error);

  if (visit && visit->state == MADO_VISIT_STATE_FILED) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_EXISTS,
                 _("This visit has filed already: its cases are listed with it. Begin a new visit for another."));
    return NULL;
  }
  return visit && mado_visit_find_step (visit, MADO_VISIT_EVENT_SUBMIT, actor, error)
         ? g_steal_pointer (&visit) : NULL;
}

static char *
dup_draft (JsonNode *filing)
{
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (filing), "draft", NULL));
}

MadoAct *
mado_visit_submit (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const char *visit_id,
                   JsonNode *filing, GError **error)
{
  g_autoptr(MadoVisit) visit = peek_open (store, actor, visit_id, error);
  g_autoptr(GPtrArray) filings = NULL;
  g_autoptr(MadoKey) key = NULL;
  VisitSubmit *self;
  MadoFiler filer;

  if (!visit)
    return NULL;
  key = mado_visit_get_filing_key (store, visit, error);
  filer = (MadoFiler) { store, catalogue, visit, key };
  filings = key ? mado_filings_prepare (&filer, filing, error) : NULL;
  if (!filings)
    return NULL;
  self = mado_act_new (actor, sizeof (VisitSubmit), visit_submit_apply, visit_submit_clear);
  self->receipt = mado_filings_new_receipt (&filer, filings, actor);
  self->filings = g_steal_pointer (&filings);
  self->content = mado_filing_name_content (key, filing);
  self->draft = visit->resident_id ? dup_draft (filing) : NULL;
  self->visit = g_steal_pointer (&visit);
  return &self->act;
}
