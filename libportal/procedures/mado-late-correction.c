/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include "procedures/mado-visits-private.h"

/* A correction that waited at a kiosk: the step, as its visit would have taken it; or, where the case has gone on
 * meanwhile or the answers no longer pass, a note in the journal. Either way the kiosk is rid of it. */
typedef struct {
  MadoAct act;
  MadoAct *step;         /* (nullable) */
  MadoCase *filed;
  const char *why;       /* wire name of what stood against it */
} LateCorrection;

static gboolean
note (MadoTx *tx, const LateCorrection *self, GError **error)
{
  g_autofree char *subject = g_strconcat ("case/", self->filed->id, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"number\":\"%s\",\"problem\":\"%s\"}", self->filed->number, self->why);

  return mado_journal_append (tx, &self->act.actor, "case.correction-late", subject, self->filed->resident_id, detail,
                              error);
}

static MadoOutcome
late_correction_apply (MadoTx *tx, gpointer data, GError **error)
{
  LateCorrection *self = data;
  MadoCase *filed = self->filed;
  MadoReceipt *receipt;

  if (self->step ? mado_act_apply (tx, self->step, error) != MADO_OUTCOME_COMMIT : !note (tx, self, error))
    return MADO_OUTCOME_ROLL_BACK;
  if (self->step)
    filed = (MadoCase *) self->step->result;
  receipt = g_object_new (MADO_TYPE_RECEIPT, "number", filed->number, "submitted-at", filed->submitted_at, NULL);
  receipt->cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (receipt->cases, g_object_ref (filed));
  mado_act_take_result (&self->act, receipt);
  return MADO_OUTCOME_COMMIT;
}

static void
late_correction_clear (MadoAct *act)
{
  LateCorrection *self = (LateCorrection *) act;

  g_clear_pointer (&self->step, mado_act_unref);
  g_clear_object (&self->filed);
}

/* What it says of the case, and will say again however often it is asked. */
static gboolean
is_final (const GError *error)
{
  const MadoError final[] = { MADO_ERROR_STALE, MADO_ERROR_CONFLICT, MADO_ERROR_INVALID };

  for (guint i = 0; i < G_N_ELEMENTS (final); i++)
    if (g_error_matches (error, MADO_ERROR, final[i]))
      return TRUE;
  return FALSE;
}

MadoAct *
mado_case_correct_late (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *kiosk, const MadoVisit *visit,
                        const char *number, gint64 version, const MadoCaseStep *correction, GError **error)
{
  const MadoActor resident = { "visit", visit->id, visit->resident_id, MADO_ROLE_VISIT };
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);
  g_autoptr(MadoAct) step = NULL;
  g_autoptr(GError) failure = NULL;
  LateCorrection *self;

  if (!filed || !mado_case_check_access (store, filed, &resident, error))
    return NULL;
  step = mado_case_transition (store, catalogue, &resident, number, version, correction, &failure);
  if (!step && !is_final (failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  self = mado_act_new (kiosk, sizeof (LateCorrection), late_correction_apply, late_correction_clear);
  self->step = g_steal_pointer (&step);
  self->filed = g_steal_pointer (&filed);
  self->why = failure ? mado_error_get_wire_name (failure->code) : NULL;
  return &self->act;
}
