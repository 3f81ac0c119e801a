/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-kiosk-visit-private.h"

#include "visit/mado-document.h"

/* --- what may be attached -------------------------------------------------------------------------------------- */

static void
find_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MadoKioskVisit *self = source;
  const char *scans = mado_station_get_scans (self->station);

  g_task_return_pointer (task, mado_document_find (scans, self->began), (GDestroyNotify) g_ptr_array_unref);
}

void
mado_kiosk_visit_find_files_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_find_files_async, callback, data);

  g_task_run_in_thread (task, find_in_thread);
}

GPtrArray *
mado_kiosk_visit_find_files_finish (MadoKioskVisit *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
mado_kiosk_visit_set_attaching (MadoKioskVisit *self, const MadoStep *step, const char *fact)
{
  g_free (self->attaching_fact);
  self->attaching_fact = g_strdup (fact);
  self->attaching = *step;
}

/* --- attaching ------------------------------------------------------------------------------------------------- */

GBytes *
mado_kiosk_visit_get_attached (MadoKioskVisit *self, const char *id)
{
  return g_hash_table_lookup (self->attached, id);
}

/* The answer so far, and room for one more. */
static JsonArray *
dup_ids (MadoKioskVisit *self, const MadoStep *step, const char *fact, const char *but)
{
  JsonNode *answer = mado_sheet_get_answer (self->sheet, step, fact);
  JsonArray *before = answer != NULL && JSON_NODE_HOLDS_ARRAY (answer) ? json_node_get_array (answer) : NULL;
  JsonArray *ids = json_array_new ();

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    if (g_strcmp0 (json_array_get_string_element (before, i), but) != 0)
      json_array_add_string_element (ids, json_array_get_string_element (before, i));
  return ids;
}

static void
take_ids (MadoKioskVisit *self, const MadoStep *step, const char *fact, JsonArray *ids)
{
  JsonNode *answer = json_array_get_length (ids) > 0 ? json_node_init_array (json_node_alloc (), ids) : NULL;

  mado_sheet_take_answer (self->sheet, step, fact, answer);
  json_array_unref (ids);
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);
  g_autofree char *id = reply != NULL ? mado_reply_dup_text (reply, "/id") : NULL;

  if (id != NULL && !mado_kiosk_visit_is_over (self, &error)) {
    JsonArray *ids = dup_ids (self, &self->attaching, self->attaching_fact, NULL);

    json_array_add_string_element (ids, id);
    take_ids (self, &self->attaching, self->attaching_fact, ids);
    g_hash_table_insert (self->attached, g_steal_pointer (&id), g_bytes_ref (g_task_get_task_data (task)));
  }
  mado_kiosk_visit_return (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = MADO_KIOSK_VISIT (source);
  GError *error = NULL;
  g_autoptr(GBytes) content = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr(MadoCall) call = NULL;

  if (content == NULL || mado_kiosk_visit_is_over (self, &error)) {
    mado_kiosk_visit_return (task, error);
    return;
  }
  g_task_set_task_data (task, g_bytes_ref (content), (GDestroyNotify) g_bytes_unref);
  mado_visit_line_attach_async (self->line, content, self->cancellable, on_attached, g_steal_pointer (&task));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *content = mado_document_read (path, &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
mado_kiosk_visit_attach_async (MadoKioskVisit *self, const char *path, GAsyncReadyCallback callback, gpointer data)
{
  GTask *whole = mado_kiosk_visit_new_task (self, mado_kiosk_visit_attach_async, callback, data);
  g_autoptr(GTask) reading = g_task_new (self, self->cancellable, on_read, whole);

  g_task_set_task_data (reading, g_strdup (path), g_free);
  g_task_run_in_thread (reading, read_in_thread);
}

gboolean
mado_kiosk_visit_attach_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Where the service cannot be told now, it forgets what no answer names when the visit ends. */
void
mado_kiosk_visit_detach (MadoKioskVisit *self, const MadoStep *step, const char *fact, const char *id)
{
  g_autoptr(MadoCall) call = mado_call_drop_attachment (id);

  mado_visit_line_send_async (self->line, call, self->cancellable, NULL, NULL);
  g_hash_table_remove (self->attached, id);
  take_ids (self, step, fact, dup_ids (self, step, fact, id));
}
