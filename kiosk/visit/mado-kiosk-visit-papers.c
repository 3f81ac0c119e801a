/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-kiosk-visit-private.h"

#include "core/mado-json.h"
#include "visit/mado-guide.h"

/* --- a way back, for a phone --------------------------------------------------------------------------------- */

static void
on_linked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply != NULL && self->stage != MADO_KIOSK_ENDED) {
    g_clear_pointer (&self->link, json_node_unref);
    self->link = json_node_ref (mado_reply_get_json (reply));
  }
  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_link_async (MadoKioskVisit *self, const char *case_number, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_link (case_number, self->language);

  mado_visit_line_send_async (self->line, call, self->cancellable, on_linked,
                              mado_kiosk_visit_new_task (self, mado_kiosk_visit_link_async, callback, data));
}

gboolean
mado_kiosk_visit_link_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

JsonNode *
mado_kiosk_visit_get_link (MadoKioskVisit *self)
{
  return self->link;
}

/* --- paper ---------------------------------------------------------------------------------------------------- */

/* It lies there, whether or not the service hears of it. */
static void
on_handed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, NULL);

  mado_kiosk_visit_return (task, NULL);
}

/* A task that is for a result bears the number of its case. */
static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  const char *number = g_task_get_task_data (task);
  GError *error = NULL;

  if (mado_printer_print_finish (MADO_PRINTER (source), result, &error) && number != NULL) {
    g_autoptr(MadoCall) call = mado_call_hand_out (number);

    mado_visit_line_send_async (self->line, call, self->cancellable, on_handed_out, g_object_ref (task));
  } else {
    mado_kiosk_visit_return (task, error);
  }
}

/* The visit's own folder is the only way to the printer. */
static void
print_pages (MadoKioskVisit *self, GBytes *pages, GTask *task)
{
  GError *error = NULL;
  g_autofree char *path = NULL;

  if (self->folder == NULL)
    self->folder = mado_visit_folder_new (&error);
  if (self->folder != NULL)
    path = mado_visit_folder_write (self->folder, ".pdf", pages, &error);
  if (path != NULL)
    mado_printer_print_async (mado_station_get_printer (self->station), path, self->cancellable, on_printed,
                              g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
on_document (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (self->stage == MADO_KIOSK_ENDED)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The visit is over");
  else
    print_pages (self, mado_reply_get_bytes (reply), task);
}

/* A slip is made first; its code names the paper. */
static void
on_slip_issued (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);
  g_autofree char *code = reply != NULL ? mado_reply_dup_text (reply, "/code") : NULL;
  g_autoptr(MadoCall) call = code != NULL ? mado_call_slip_paper (code, self->language) : NULL;

  if (call == NULL)
    g_task_return_error (task, error);
  else
    mado_visit_line_send_async (self->line, call, self->cancellable, on_document, g_object_ref (task));
}

void
mado_kiosk_visit_print_async (MadoKioskVisit *self, const char *number, const char *kind,
                              GAsyncReadyCallback callback, gpointer data)
{
  gboolean slip = g_str_equal (kind, "slip");
  GTask *task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_print_async, callback, data);
  g_autoptr(MadoCall) call = slip ? mado_call_issue_slip (number)
                             : g_str_equal (kind, "receipt") ? mado_call_receipt (number, self->language)
                                                             : mado_call_document (number, kind);

  if (g_str_equal (kind, "result"))
    g_task_set_task_data (task, g_strdup (number), g_free);
  mado_visit_line_send_async (self->line, call, self->cancellable, slip ? on_slip_issued : on_document, task);
}

gboolean
mado_kiosk_visit_print_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* (transfer container): by the plan; without one the procedure that is being read. */
static GPtrArray *
list_elsewhere (MadoKioskVisit *self)
{
  JsonNode *procedure = mado_kiosk_visit_get_procedure (self);
  GPtrArray *elsewhere;

  if (self->plan != NULL)
    return mado_life_plan_list (self->plan, FALSE);
  elsewhere = g_ptr_array_new ();
  if (procedure != NULL && !mado_offer_is_done_here (procedure))
    g_ptr_array_add (elsewhere, procedure);
  return elsewhere;
}

gboolean
mado_kiosk_visit_has_guide (MadoKioskVisit *self)
{
  g_autoptr(GPtrArray) elsewhere = list_elsewhere (self);

  return elsewhere->len > 0;
}

static void
render_guide (GTask *task, gpointer source, gpointer guide, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *pages = mado_guide_render (guide, &error);

  if (pages != NULL)
    g_task_return_pointer (task, pages, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_guide_rendered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(GBytes) pages = g_task_propagate_pointer (G_TASK (result), &error);

  if (pages != NULL)
    print_pages (MADO_KIOSK_VISIT (source), pages, task);
  else
    g_task_return_error (task, error);
}

void
mado_kiosk_visit_print_guide_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_print_guide_async, callback, data);
  g_autoptr(GTask) rendering = g_task_new (self, self->cancellable, on_guide_rendered, task);
  g_autoptr(GPtrArray) elsewhere = list_elsewhere (self);
  JsonNode *about = self->plan != NULL ? mado_life_plan_get_event (self->plan) : mado_kiosk_visit_get_procedure (self);
  MadoGuide *guide = mado_guide_new (elsewhere, mado_json_get (about, "/title"), mado_station_get_offer (self->station),
                                     mado_kiosk_visit_get_number (self), self->language);

  g_task_set_task_data (rendering, guide, (GDestroyNotify) mado_guide_free);
  g_task_run_in_thread (rendering, render_guide);
}

gboolean
mado_kiosk_visit_print_guide_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
