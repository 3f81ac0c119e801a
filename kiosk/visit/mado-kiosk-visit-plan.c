/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-kiosk-visit-private.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"
#include "visit/mado-phrase.h"

/* --- a turn in somebody's life -------------------------------------------------------------------------------- */

gboolean
mado_kiosk_visit_begin_event (MadoKioskVisit *self, const char *event, GError **error)
{
  MadoOffer *offer = mado_station_get_offer (self->station);
  MadoLifePlan *plan = offer != NULL ? mado_life_plan_new (offer, event, error) : NULL;

  if (plan == NULL)
    return FALSE;
  g_clear_object (&self->plan);
  self->plan = plan;
  g_ptr_array_set_size (self->chosen, 0);
  mado_kiosk_visit_take_sheet (self, g_object_ref (mado_life_plan_get_interview (plan)));
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
  return TRUE;
}

MadoLifePlan *
mado_kiosk_visit_get_plan (MadoKioskVisit *self)
{
  return self->plan;
}

gboolean
mado_kiosk_visit_is_interviewing (MadoKioskVisit *self)
{
  return self->plan != NULL && self->sheet == mado_life_plan_get_interview (self->plan);
}

/* (transfer container): of all that is chosen, each form once. */
static GPtrArray *
list_forms (MadoKioskVisit *self)
{
  MadoOffer *offer = mado_station_get_offer (self->station);
  GPtrArray *forms = g_ptr_array_new ();

  for (guint i = 0; offer != NULL && i < self->chosen->len; i++) {
    JsonNode *form = mado_offer_get_form (offer, mado_phrase_text (g_ptr_array_index (self->chosen, i), "/form", "en"));

    if (form != NULL && !g_ptr_array_find (forms, form, NULL))
      g_ptr_array_add (forms, form);
  }
  return forms;
}

static MadoSheet *
new_common_sheet (MadoKioskVisit *self, GError **error)
{
  g_autoptr(GPtrArray) forms = list_forms (self);

  return mado_sheet_new (forms, error);
}

gboolean
mado_kiosk_visit_follow_plan (MadoKioskVisit *self, GError **error)
{
  g_autoptr(GPtrArray) here = mado_life_plan_list (self->plan, TRUE);
  g_autoptr(JsonNode) interview = mado_sheet_dup_answers (mado_life_plan_get_interview (self->plan));
  g_autoptr(JsonNode) before = mado_kiosk_visit_is_interviewing (self) ? NULL : mado_sheet_dup_answers (self->sheet);
  MadoSheet *sheet;

  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_ptr_array_set_size (self->chosen, 0);
  for (guint i = 0; i < here->len; i++)
    g_ptr_array_add (self->chosen, json_node_ref (g_ptr_array_index (here, i)));
  sheet = here->len > 0 ? new_common_sheet (self, error) : NULL;
  if (sheet == NULL)
    return FALSE;
  mado_sheet_give (sheet, interview);
  if (before != NULL)
    mado_sheet_adopt (sheet, before);
  mado_kiosk_visit_take_sheet (self, sheet);
  mado_visit_line_open (self->line);
  return TRUE;
}

void
mado_kiosk_visit_return_to_interview (MadoKioskVisit *self)
{
  MadoSheet *interview = mado_life_plan_get_interview (self->plan);

  g_set_object (&self->sheet, interview);
  mado_sheet_go_back (interview);
}

/* --- another day ---------------------------------------------------------------------------------------------- */

gboolean
mado_kiosk_visit_may_keep (MadoKioskVisit *self)
{
  return self->identity != NULL && !self->correcting && self->chosen->len > 0 && self->stage == MADO_KIOSK_ANSWERING
         && !mado_kiosk_visit_is_interviewing (self);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  JsonNode *kept = mado_visit_line_keep_finish (MADO_VISIT_LINE (source), result, &error);

  if (kept != NULL) {
    g_clear_pointer (&self->kept, json_node_unref);
    self->kept = kept;
    mado_kiosk_visit_set_stage (self, MADO_KIOSK_OPEN);
  }
  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_keep_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(JsonNode) procedures = mado_kiosk_visit_new_procedures (self);
  g_autoptr(JsonNode) answers = mado_sheet_dup_answers (self->sheet);

  mado_visit_line_keep_async (self->line, procedures, answers, self->cancellable, on_kept,
                              mado_kiosk_visit_new_task (self, mado_kiosk_visit_keep_async, callback, data));
}

gboolean
mado_kiosk_visit_keep_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

JsonNode *
mado_kiosk_visit_get_kept (MadoKioskVisit *self)
{
  return self->kept;
}

/* @id joins what is chosen, as it is offered now. FALSE if it is not, here. */
static gboolean
choose_again (MadoKioskVisit *self, const char *id)
{
  MadoOffer *offer = mado_station_get_offer (self->station);
  JsonNode *procedure = offer != NULL ? mado_offer_get_procedure (offer, id) : NULL;

  if (procedure == NULL || !mado_offer_is_done_here (procedure))
    return FALSE;
  g_ptr_array_add (self->chosen, json_node_ref (procedure));
  return TRUE;
}

static void
refuse (GError **error)
{
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This procedure cannot be done here now"));
}

/* FALSE where nothing of it is offered here any more. */
static gboolean
resume (MadoKioskVisit *self, JsonNode *draft, GError **error)
{
  JsonArray *procedures = json_node_get_array (mado_json_get (draft, "/procedures"));
  MadoSheet *sheet;

  g_clear_object (&self->plan);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_ptr_array_set_size (self->chosen, 0);
  for (guint i = 0; i < json_array_get_length (procedures); i++)
    choose_again (self, mado_phrase_text (json_array_get_element (procedures, i), "/id", "en"));
  if (self->chosen->len == 0)
    refuse (error);
  sheet = self->chosen->len > 0 ? new_common_sheet (self, error) : NULL;
  if (sheet == NULL)
    return FALSE;
  mado_kiosk_visit_take_sheet (self, sheet);
  mado_sheet_resume (sheet, mado_json_get (draft, "/answers"), mado_json_get (draft, "/changed"));
  mado_visit_line_set_draft (self->line, mado_phrase_text (draft, "/number", "en"));
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
  return TRUE;
}

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply != NULL)
    resume (g_task_get_source_object (task), mado_reply_get_json (reply), &error);
  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_resume_async (MadoKioskVisit *self, const char *number, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_draft (number);

  mado_visit_line_send_async (self->line, call, self->cancellable, on_draft,
                              mado_kiosk_visit_new_task (self, mado_kiosk_visit_resume_async, callback, data));
}

gboolean
mado_kiosk_visit_resume_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- published anew while it was filled in -------------------------------------------------------------------- */

GPtrArray *
mado_kiosk_visit_get_read (MadoKioskVisit *self)
{
  return self->read;
}

gboolean
mado_kiosk_visit_is_outdated (const GError *error)
{
  if (!g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT))
    return FALSE;
  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    if (g_str_equal (mado_error_get_violation (error, i)->code, "revision"))
      return TRUE;
  return FALSE;
}

/* FALSE, and all as it was, where nothing of it is offered here any more. */
static gboolean
carry_over (MadoKioskVisit *self, GError **error)
{
  g_autoptr(GPtrArray) read = g_steal_pointer (&self->chosen), forms = NULL;
  MadoSheet *sheet = NULL;

  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (guint i = 0; i < read->len; i++)
    choose_again (self, mado_phrase_text (g_ptr_array_index (read, i), "/id", "en"));
  forms = list_forms (self);
  if (self->chosen->len > 0)
    sheet = mado_sheet_new_after (self->sheet, forms, error);
  else
    refuse (error);
  if (sheet == NULL) {
    g_ptr_array_unref (self->chosen);
    self->chosen = g_steal_pointer (&read);
    return FALSE;
  }
  g_object_unref (self->sheet);
  self->sheet = sheet;
  g_clear_pointer (&self->read, g_ptr_array_unref);
  self->read = g_steal_pointer (&read);
  return TRUE;
}

static void
on_read_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean renewed = mado_station_renew_offer_finish (MADO_STATION (source), result, &error);

  if (!mado_kiosk_visit_is_over (self, &error)) {
    mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
    if (renewed && carry_over (self, &error))
      g_set_error_literal (&error, MADO_ERROR, MADO_ERROR_STALE, _("This procedure was changed meanwhile."));
  }
  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_read_again (MadoKioskVisit *self, GTask *task)
{
  mado_station_renew_offer_async (self->station, on_read_again, task);
}
