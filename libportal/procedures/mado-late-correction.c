/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "core/mado-language.h"
#include "procedures/mado-filing.h"
#include "procedures/mado-visits-private.h"
#include "store/mado-row.h"

/* A correction that waited at a kiosk: the step, as its visit would have taken it; or, where the answers no longer
 * pass or the case has gone on meanwhile, the answers are kept and both sides are told. */
typedef struct {
  MadoAct act;
  char *box;             /* what tells it from others: it is taken once */
  gboolean known;        /* and has been */
  MadoCase *filed;
  MadoAct *step;         /* (nullable): it passed */
  gint64 from_version;   /* without a step, this and below */
  gboolean is_draft;     /* the case still waits: its owner goes on from these answers */
  GBytes *answers;
  GBytes *message;
  const char *why;       /* wire name of what stood against it */
} LateCorrection;

static void
late_correction_clear (MadoAct *act)
{
  LateCorrection *self = (LateCorrection *) act;

  g_clear_pointer (&self->box, g_free);
  g_clear_pointer (&self->step, mado_act_unref);
  g_clear_object (&self->filed);
  g_clear_pointer (&self->answers, g_bytes_unref);
  g_clear_pointer (&self->message, g_bytes_unref);
}

/* --- apply ------------------------------------------------------------------------------------------------------ */

static gboolean
remember (const LateCorrection *self, MadoTx *tx, GError **error)
{
  GBytes *aside = self->is_draft ? NULL : self->answers;

  return mado_tx_exec (tx, error, "INSERT INTO late_corrections (box, case_id, at, answers) VALUES ($1, $2, $3, $4)",
                       MADO_BIND (MADO_TEXT (self->box), MADO_TEXT (self->filed->id), MADO_INT (mado_tx_now (tx)),
                                  MADO_BYTES (aside)));
}

static gboolean
keep (const LateCorrection *self, MadoTx *tx, GError **error)
{
  MadoCaseEvent event = self->is_draft ? MADO_CASE_EVENT_RETURN : MADO_CASE_EVENT_CORRECT;

  return mado_case_update (tx, self->filed, self->from_version, error)
         && (!self->is_draft || mado_case_replace_answers (tx, self->filed, self->answers, error))
         && mado_case_add_message (tx, self->filed, event, NULL, self->message, error)
         && mado_case_tell_late (tx, &self->act.actor, self->filed, self->why, error);
}

static gboolean
take (LateCorrection *self, MadoTx *tx, GError **error)
{
  if (!self->step)
    return keep (self, tx, error);
  if (mado_act_apply (tx, self->step, error) != MADO_OUTCOME_COMMIT)
    return FALSE;
  g_set_object (&self->filed, (MadoCase *) self->step->result);
  return TRUE;
}

static MadoReceipt *
new_receipt (const LateCorrection *self)
{
  MadoReceipt *receipt = g_object_new (MADO_TYPE_RECEIPT, "number", self->filed->number,
                                       "submitted-at", self->filed->submitted_at, NULL);

  receipt->cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (receipt->cases, g_object_ref (self->filed));
  return receipt;
}

static MadoOutcome
late_correction_apply (MadoTx *tx, gpointer data, GError **error)
{
  LateCorrection *self = data;

  if (!self->known && (!remember (self, tx, error) || !take (self, tx, error)))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, new_receipt (self));
  return MADO_OUTCOME_COMMIT;
}

/* --- prepare ---------------------------------------------------------------------------------------------------- */

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

static char *
name_box (MadoStore *store, const MadoCase *filed, gint64 version, const MadoCaseStep *correction)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "late-corrections");
  g_autofree char *answers = mado_json_canonical (correction->answers);
  g_autofree char *whole = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", filed->id, version, answers);

  return mado_blind_index (key, "box", whole);
}

static gboolean
look_for_box (MadoTx *tx, gpointer data, GError **error)
{
  LateCorrection *self = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT 1 FROM late_corrections WHERE box = $1",
                                            MADO_BIND (MADO_TEXT (self->box)));

  return rows && mado_rows_step (rows, &self->known, error);
}

static gboolean
prepare_kept (LateCorrection *self, MadoStore *store, MadoCatalogue *catalogue, const MadoCaseStep *correction,
              const GError *why, GError **error)
{
  MadoCase *filed = self->filed;
  MadoForm *form = mado_catalogue_get_form (catalogue, filed->form, filed->form_revision);
  g_autoptr(MadoKey) key = mado_case_get_key (store, filed, error);
  g_autofree char *message = NULL;

  if (!key)
    return FALSE;
  self->why = mado_error_get_wire_name (why->code);
  self->is_draft = g_error_matches (why, MADO_ERROR, MADO_ERROR_INVALID);
  self->from_version = filed->version++;
  filed->updated_at = mado_clock_now ();
  json_node_unref (filed->answers);
  filed->answers = form ? mado_form_pick_answers (form, correction->answers) : json_node_ref (correction->answers);
  g_clear_pointer (&filed->sources, json_node_unref);
  self->answers = mado_case_seal (key, filed);
  message = self->is_draft ? mado_case_explain ("kept-refused", filed->language, &form, form ? 1 : 0, why)
                           : g_strdup (mado_case_get_words ("kept-late", filed->language));
  self->message = mado_case_seal_message (key, filed, message);
  return TRUE;
}

static gboolean
prepare (LateCorrection *self, MadoStore *store, MadoCatalogue *catalogue, const MadoActor *resident, gint64 version,
         const MadoCaseStep *correction, GError **error)
{
  g_autoptr(GError) failure = NULL;

  mado_language_speak (mado_language_find (self->filed->language));
  self->step = mado_case_transition (store, catalogue, resident, self->filed->number, version, correction, &failure);
  if (self->step)
    return TRUE;
  if (is_final (failure))
    return prepare_kept (self, store, catalogue, correction, failure, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

MadoAct *
mado_case_correct_late (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *kiosk, const MadoVisit *visit,
                        const char *number, gint64 version, const MadoCaseStep *correction, GError **error)
{
  const MadoActor resident = { "visit", visit->id, visit->resident_id, MADO_ROLE_VISIT };
  g_autoptr(MadoCase) filed = mado_case_load (store, number, error);
  g_autoptr(MadoAct) act = NULL;
  LateCorrection *self;

  if (!filed || !mado_case_check_access (store, filed, &resident, error))
    return NULL;
  self = mado_act_new (kiosk, sizeof (LateCorrection), late_correction_apply, late_correction_clear);
  act = &self->act;
  self->box = name_box (store, filed, version, correction);
  self->filed = g_steal_pointer (&filed);
  mado_case_describe (self->filed, catalogue, kiosk);
  if (!mado_store_read (store, look_for_box, self, error)
      || (!self->known && !prepare (self, store, catalogue, &resident, version, correction, error)))
    return NULL;
  return g_steal_pointer (&act);
}
