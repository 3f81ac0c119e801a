/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-kiosk-visit-private.h"

#include <glib/gi18n-lib.h>
#include "core/mado-id.h"
#include "core/mado-json.h"

enum { PROP_STAGE = 1, PROP_NUMBER, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MadoKioskVisit, mado_kiosk_visit, G_TYPE_OBJECT)

static void
mado_kiosk_visit_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoKioskVisit *self = MADO_KIOSK_VISIT (object);

  if (id == PROP_STAGE)
    g_value_set_int (value, self->stage);
  else
    g_value_set_string (value, mado_kiosk_visit_get_number (self));
}

static void
mado_kiosk_visit_dispose (GObject *object)
{
  MadoKioskVisit *self = MADO_KIOSK_VISIT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->folder, mado_visit_folder_free);
  g_clear_object (&self->till);
  g_clear_object (&self->line);
  g_clear_object (&self->station);
  g_clear_object (&self->sheet);
  g_clear_pointer (&self->category, g_free);
  g_clear_object (&self->plan);
  g_ptr_array_set_size (self->chosen, 0);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_clear_pointer (&self->identity, json_node_unref);
  g_clear_pointer (&self->receipt, json_node_unref);
  g_clear_pointer (&self->link, json_node_unref);
  g_clear_pointer (&self->kept, json_node_unref);
  g_clear_pointer (&self->found, json_node_unref);
  g_clear_pointer (&self->form, json_node_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->attaching_fact, g_free);
  g_hash_table_remove_all (self->attached);
  G_OBJECT_CLASS (mado_kiosk_visit_parent_class)->dispose (object);
}

static void
mado_kiosk_visit_finalize (GObject *object)
{
  g_object_unref (MADO_KIOSK_VISIT (object)->cancellable);
  g_ptr_array_unref (MADO_KIOSK_VISIT (object)->chosen);
  g_hash_table_unref (MADO_KIOSK_VISIT (object)->attached);
  G_OBJECT_CLASS (mado_kiosk_visit_parent_class)->finalize (object);
}

static void
mado_kiosk_visit_class_init (MadoKioskVisitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = mado_kiosk_visit_get_property;
  object_class->dispose = mado_kiosk_visit_dispose;
  object_class->finalize = mado_kiosk_visit_finalize;
  props[PROP_STAGE] = g_param_spec_int ("stage", NULL, NULL, 0, MADO_KIOSK_ENDED, 0, flags);
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_kiosk_visit_init (MadoKioskVisit *self)
{
  self->cancellable = g_cancellable_new ();
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->attached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->began = g_get_real_time ();
}

static void
on_number (GObject *line, GParamSpec *spec, gpointer data)
{
  g_object_notify_by_pspec (data, props[PROP_NUMBER]);
}

MadoKioskVisit *
mado_kiosk_visit_new (MadoStation *station, const char *language)
{
  MadoKioskVisit *self = g_object_new (MADO_TYPE_KIOSK_VISIT, NULL);

  self->station = g_object_ref (station);
  self->language = g_strdup (language);
  self->line = mado_visit_line_new (station, language);
  self->till = mado_till_new (self->line);
  g_signal_connect_object (self->line, "notify::number", G_CALLBACK (on_number), self, 0);
  return self;
}

MadoKioskVisit *
mado_kiosk_visit_get_for (MadoStation *station, const char *language)
{
  MadoKioskVisit *visit = g_object_get_data (G_OBJECT (station), "mado-visit");

  if (visit == NULL) {
    visit = mado_kiosk_visit_new (station, language);
    g_object_set_data_full (G_OBJECT (station), "mado-visit", visit, g_object_unref);
  }
  return visit;
}

MadoStation *
mado_kiosk_visit_get_station (MadoKioskVisit *self)
{
  return self->station;
}

MadoKioskStage
mado_kiosk_visit_get_stage (MadoKioskVisit *self)
{
  return self->stage;
}

void
mado_kiosk_visit_set_stage (MadoKioskVisit *self, MadoKioskStage stage)
{
  if (self->stage == stage)
    return;
  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STAGE]);
}

const char *
mado_kiosk_visit_get_language (MadoKioskVisit *self)
{
  return self->language;
}

void
mado_kiosk_visit_set_language (MadoKioskVisit *self, const char *language)
{
  g_autofree char *copy = g_strdup (language);

  g_free (self->language);
  self->language = g_steal_pointer (&copy);
  mado_visit_line_set_language (self->line, self->language);
  if (self->sheet != NULL)
    mado_sheet_set_language (self->sheet, self->language);
}

const char *
mado_kiosk_visit_get_number (MadoKioskVisit *self)
{
  return self->line != NULL ? mado_visit_line_get_number (self->line) : NULL;
}

char *
mado_kiosk_visit_dup_ticket (MadoKioskVisit *self)
{
  return mado_visit_line_dup_ticket (self->line);
}

JsonNode *
mado_kiosk_visit_get_procedure (MadoKioskVisit *self)
{
  return self->chosen->len > 0 ? g_ptr_array_index (self->chosen, 0) : NULL;
}

GPtrArray *
mado_kiosk_visit_get_chosen (MadoKioskVisit *self)
{
  return self->chosen;
}

static const char *
title_of (MadoKioskVisit *self, JsonNode *node)
{
  JsonNode *title = node != NULL ? mado_json_get (node, "/title") : NULL;

  return title != NULL ? mado_json_text (title, self->language) : NULL;
}

const char *
mado_kiosk_visit_get_title (MadoKioskVisit *self)
{
  return title_of (self, self->plan != NULL ? mado_life_plan_get_event (self->plan)
                                            : mado_kiosk_visit_get_procedure (self));
}

gboolean
mado_kiosk_visit_may_prefile (MadoKioskVisit *self)
{
  for (guint i = 0; i < self->chosen->len; i++) {
    JsonNode *prefile = mado_json_get (g_ptr_array_index (self->chosen, i), "/prefile");

    if (prefile == NULL || json_node_get_value_type (prefile) != G_TYPE_BOOLEAN || !json_node_get_boolean (prefile))
      return FALSE;
  }
  return TRUE;
}

MadoSheet *
mado_kiosk_visit_get_sheet (MadoKioskVisit *self)
{
  return self->sheet;
}

guint
mado_kiosk_visit_count_unfiled (MadoKioskVisit *self)
{
  if (self->sheet == NULL || (self->stage != MADO_KIOSK_ANSWERING && self->stage != MADO_KIOSK_SENDING))
    return 0;
  return mado_sheet_count_answers (self->sheet);
}

static const char *
text_at (JsonNode *node, const char *pointer)
{
  JsonNode *found = node != NULL ? mado_json_get (node, pointer) : NULL;

  return found != NULL && json_node_get_value_type (found) == G_TYPE_STRING ? json_node_get_string (found) : NULL;
}

/* What is known of the person, into a sheet that is new. */
static void
tell_sheet (MadoKioskVisit *self)
{
  if (self->sheet == NULL || self->identity == NULL)
    return;
  mado_sheet_set_identified (self->sheet, TRUE, mado_json_get (self->identity, "/household"));
  if (!self->correcting)
    mado_sheet_fill (self->sheet, mado_json_get (self->identity, "/facts"));
  if (self->plan != NULL)
    mado_sheet_settle (self->sheet, mado_json_get (self->identity, "/facts"));
}

/* Takes @sheet. */
void
mado_kiosk_visit_take_sheet (MadoKioskVisit *self, MadoSheet *sheet)
{
  g_clear_object (&self->sheet);
  self->sheet = sheet;
  mado_sheet_set_language (sheet, self->language);
  tell_sheet (self);
}

static gboolean
take_form (MadoKioskVisit *self, JsonNode *form, GError **error)
{
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();
  MadoSheet *sheet;

  g_ptr_array_add (forms, form);
  sheet = mado_sheet_new (forms, error);
  if (sheet != NULL)
    mado_kiosk_visit_take_sheet (self, sheet);
  return sheet != NULL;
}

const char *
mado_kiosk_visit_get_category (MadoKioskVisit *self)
{
  return self->category;
}

void
mado_kiosk_visit_set_category (MadoKioskVisit *self, const char *category)
{
  g_autofree char *copy = g_strdup (category);

  g_free (self->category);
  self->category = g_steal_pointer (&copy);
}

static void
take_procedure (MadoKioskVisit *self, JsonNode *procedure)
{
  g_clear_object (&self->plan);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_ptr_array_set_size (self->chosen, 0);
  g_ptr_array_add (self->chosen, json_node_ref (procedure));
}

gboolean
mado_kiosk_visit_choose (MadoKioskVisit *self, const char *id, GError **error)
{
  MadoOffer *offer = mado_station_get_offer (self->station);
  JsonNode *procedure = offer != NULL ? mado_offer_get_procedure (offer, id) : NULL;
  const char *form_id = text_at (procedure, "/form");
  JsonNode *form = form_id != NULL ? mado_offer_get_form (offer, form_id) : NULL;

  if (procedure != NULL && !mado_offer_is_done_here (procedure)) {
    g_clear_object (&self->sheet);
    take_procedure (self, procedure);
    mado_kiosk_visit_set_stage (self, MADO_KIOSK_OPEN);
    return TRUE;
  }
  if (form == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This procedure cannot be done here now"));
    return FALSE;
  }
  if (!take_form (self, form, error))
    return FALSE;
  take_procedure (self, procedure);
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
  mado_visit_line_open (self->line);
  return TRUE;
}

/* Each act is a task of this object around one of the line's. */
GTask *
mado_kiosk_visit_new_task (MadoKioskVisit *self, gpointer tag, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, tag);
  return task;
}

void
mado_kiosk_visit_return (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
take_identity (MadoKioskVisit *self, JsonNode *identity)
{
  g_clear_pointer (&self->identity, json_node_unref);
  self->identity = identity;
  self->trusted = FALSE;
  tell_sheet (self);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  JsonNode *identity = mado_visit_line_identify_finish (MADO_VISIT_LINE (source), result, &error);

  if (identity != NULL)
    take_identity (self, identity);
  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_identify_async (MadoKioskVisit *self, const char *card_number, const char *pin,
                                 GAsyncReadyCallback callback, gpointer data)
{
  mado_visit_line_identify_async (self->line, card_number, pin, NULL, on_identified,
                                  mado_kiosk_visit_new_task (self, mado_kiosk_visit_identify_async, callback, data));
}

gboolean
mado_kiosk_visit_identify_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mado_kiosk_visit_trust_card (MadoKioskVisit *self, const char *card_number, const char *pin)
{
  self->trusted = TRUE;
  mado_visit_line_trust (self->line, card_number, pin);
}

gboolean
mado_kiosk_visit_is_identified (MadoKioskVisit *self)
{
  return self->identity != NULL;
}

gboolean
mado_kiosk_visit_has_card (MadoKioskVisit *self)
{
  return self->identity != NULL || self->trusted;
}

const char *
mado_kiosk_visit_get_name (MadoKioskVisit *self)
{
  return text_at (self->identity, "/resident/fullName");
}

JsonNode *
mado_kiosk_visit_new_procedures (MadoKioskVisit *self)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < self->chosen->len; i++) {
    JsonNode *chosen = g_ptr_array_index (self->chosen, i);
    JsonNode *revision = mado_json_get (chosen, "/revision");
    JsonObject *procedure = json_object_new ();

    json_object_set_string_member (procedure, "id", text_at (chosen, "/id"));
    json_object_set_int_member (procedure, "revision", revision != NULL ? json_node_get_int (revision) : 1);
    json_array_add_object_element (list, procedure);
  }
  return json_node_init_array (json_node_alloc (), list);
}

static void
take_receipt (MadoKioskVisit *self, JsonNode *receipt)
{
  g_clear_pointer (&self->receipt, json_node_unref);
  self->receipt = receipt;
  mado_kiosk_visit_set_stage (self, receipt != NULL ? MADO_KIOSK_FILED : MADO_KIOSK_KEPT);
}

gboolean
mado_kiosk_visit_is_over (MadoKioskVisit *self, GError **error)
{
  if (self->stage != MADO_KIOSK_ENDED)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The visit has ended"));
  return TRUE;
}

/* A refusal of the service's that names answers leads to the question it is about. */
static void
take_refusal (MadoKioskVisit *self, const GError *error)
{
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_INVALID))
    mado_sheet_go_to_mistake (self->sheet, error);
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  JsonNode *receipt = mado_visit_line_file_finish (MADO_VISIT_LINE (source), result, &error);

  if (mado_kiosk_visit_is_over (self, &error))
    g_clear_pointer (&receipt, json_node_unref);
  else if (mado_kiosk_visit_is_outdated (error)) {
    g_error_free (error);
    mado_kiosk_visit_read_again (self, g_steal_pointer (&task));
    return;
  } else if (error != NULL)
    take_refusal (self, error);
  else
    take_receipt (self, receipt);
  mado_kiosk_visit_return (task, error);
}

static void
on_corrected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  JsonNode *corrected = mado_visit_line_correct_finish (MADO_VISIT_LINE (source), result, &error);

  if (mado_kiosk_visit_is_over (self, &error))
    g_clear_pointer (&corrected, json_node_unref);
  else if (error != NULL)
    take_refusal (self, error);
  else if (corrected == NULL)
    mado_kiosk_visit_set_stage (self, MADO_KIOSK_KEPT);
  else {
    g_clear_pointer (&self->found, json_node_unref);
    self->found = corrected;
    mado_kiosk_visit_set_stage (self, MADO_KIOSK_FILED);
  }
  mado_kiosk_visit_return (task, error);
}

static void
correct (MadoKioskVisit *self, GCancellable *cancellable, GTask *task)
{
  g_autoptr(JsonNode) answers = mado_sheet_dup_answers (self->sheet);

  mado_visit_line_correct_async (self->line, text_at (self->found, "/number"), self->etag, answers, cancellable,
                                 on_corrected, task);
}

void
mado_kiosk_visit_file_async (MadoKioskVisit *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_file_async, callback, data);
  g_autoptr(JsonNode) procedures = NULL;
  g_autoptr(JsonNode) answers = NULL;

  mado_kiosk_visit_set_stage (self, MADO_KIOSK_SENDING);
  if (self->correcting) {
    correct (self, cancellable, task);
    return;
  }
  procedures = mado_kiosk_visit_new_procedures (self);
  answers = mado_sheet_dup_answers (self->sheet);
  mado_visit_line_file_async (self->line, procedures, answers, cancellable, on_filed, task);
}

gboolean
mado_kiosk_visit_file_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

JsonNode *
mado_kiosk_visit_get_receipt (MadoKioskVisit *self)
{
  return self->receipt;
}

void
mado_kiosk_visit_list_drafts_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_drafts ();

  mado_visit_line_send_async (self->line, call, NULL, mado_visit_line_return_json,
                              mado_kiosk_visit_new_task (self, mado_kiosk_visit_list_drafts_async, callback, data));
}

JsonNode *
mado_kiosk_visit_list_drafts_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mado_kiosk_visit_list_cases_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(MadoCall) call = mado_call_cases (NULL, NULL, 20, NULL);

  mado_visit_line_send_async (self->line, call, NULL, mado_visit_line_return_json,
                              mado_kiosk_visit_new_task (self, mado_kiosk_visit_list_cases_async, callback, data));
}

JsonNode *
mado_kiosk_visit_list_cases_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An earlier case, and the form it was filed with. */

static void
on_form_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply != NULL) {
    g_clear_pointer (&self->form, json_node_unref);
    self->form = json_node_ref (mado_reply_get_json (reply));
  }
  mado_kiosk_visit_return (task, error);
}

static void
find_form (MadoKioskVisit *self, GTask *task)
{
  JsonNode *revision = mado_json_get (self->found, "/formRevision");
  g_autoptr(MadoCall) call = mado_call_form (text_at (self->found, "/form"),
                                             revision != NULL ? (guint) json_node_get_int (revision) : 0);

  mado_visit_line_send_async (self->line, call, NULL, on_form_found, task);
}

static void
on_case_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  MadoKioskVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_pointer (&self->found, json_node_unref);
  g_free (self->etag);
  self->found = json_node_ref (mado_reply_get_json (reply));
  self->etag = g_strdup (mado_reply_get_etag (reply));
  if (g_strcmp0 (text_at (self->found, "/state"), "returned") == 0)
    find_form (self, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* (transfer full): of a visit's number, its first case */
static char *
parse_case_number (const char *typed, GError **error)
{
  g_autofree char *number = mado_number_parse (typed, error);

  if (number == NULL || strlen (number) > strlen ("K7M4-R29"))
    return g_steal_pointer (&number);
  return mado_number_for_case (number, 1);
}

void
mado_kiosk_visit_find_case_async (MadoKioskVisit *self, const char *typed, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_find_case_async, callback, data);
  g_autoptr(MadoCall) call = NULL;
  g_autofree char *number = NULL;
  GError *error = NULL;

  number = parse_case_number (typed, &error);
  if (number == NULL) {
    g_task_return_error (task, error);
    return;
  }
  call = mado_call_case (number, NULL);
  mado_visit_line_send_async (self->line, call, NULL, on_case_found, g_steal_pointer (&task));
}

gboolean
mado_kiosk_visit_find_case_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

JsonNode *
mado_kiosk_visit_get_case (MadoKioskVisit *self)
{
  return self->found;
}

gboolean
mado_kiosk_visit_begin_correction (MadoKioskVisit *self, GError **error)
{
  MadoOffer *offer = mado_station_get_offer (self->station);
  const char *id = text_at (self->found, "/procedure");
  JsonNode *procedure = offer != NULL && id != NULL ? mado_offer_get_procedure (offer, id) : NULL;

  if (self->form == NULL || procedure == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("There is nothing to correct in this case"));
    return FALSE;
  }
  self->correcting = TRUE;
  if (!take_form (self, self->form, error))
    return FALSE;
  mado_sheet_load (self->sheet, mado_json_get (self->found, "/answers"), mado_json_get (self->found, "/sources"));
  if (self->identity != NULL)
    mado_sheet_settle (self->sheet, mado_json_get (self->identity, "/facts"));
  take_procedure (self, procedure);
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ANSWERING);
  return TRUE;
}

gboolean
mado_kiosk_visit_is_correcting (MadoKioskVisit *self)
{
  return self->correcting;
}

MadoTill *
mado_kiosk_visit_get_till (MadoKioskVisit *self)
{
  return self->till;
}

static void
on_staff_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);

  mado_kiosk_visit_return (task, error);
}

void
mado_kiosk_visit_call_staff_async (MadoKioskVisit *self, const char *page, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_call_staff_async, callback, data);
  MadoClient *device = mado_station_get_client (self->station);
  g_autoptr(MadoCall) call = mado_call_staff (page, self->language);

  if (device != NULL)
    mado_client_send_async (device, call, NULL, on_staff_called, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "%s", _("The line is down"));
}

gboolean
mado_kiosk_visit_call_staff_finish (MadoKioskVisit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_line_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;

  g_task_return_boolean (task, TRUE);
}

void
mado_kiosk_visit_end_async (MadoKioskVisit *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = mado_kiosk_visit_new_task (self, mado_kiosk_visit_end_async, callback, data);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->folder, mado_visit_folder_free);
  g_hash_table_remove_all (self->attached);
  g_clear_object (&self->sheet);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->identity, json_node_unref);
  g_clear_pointer (&self->receipt, json_node_unref);
  g_clear_pointer (&self->link, json_node_unref);
  g_clear_pointer (&self->kept, json_node_unref);
  g_clear_pointer (&self->found, json_node_unref);
  mado_kiosk_visit_set_stage (self, MADO_KIOSK_ENDED);
  mado_visit_line_end_async (self->line, on_line_ended, g_steal_pointer (&task));
}
