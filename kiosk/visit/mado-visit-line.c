/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-visit-line.h"

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "core/mado-seal.h"

#define END_MS 2000

enum { PROP_NUMBER = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

struct _MadoVisitLine {
  GObject      parent;
  MadoStation *station;
  char        *reserved_id;
  char        *card_number;   /* (nullable): to be checked by the service when the filing arrives there */
  char        *pin;
  char        *draft;         /* (nullable): what is filed was kept under this number */
  char        *number;        /* (nullable); of the main thread, as is all above */

  GMutex       lock;          /* what follows is made by whichever act comes first */
  MadoCall    *opening;       /* one call, so that it is one visit however often it goes out */
  MadoClient  *client;        /* (nullable): the visit's */
  const char  *language;      /* of what the service says; interned */
  char        *id;
  char        *reserved_number;
};

G_DEFINE_FINAL_TYPE (MadoVisitLine, mado_visit_line, G_TYPE_OBJECT)

static void
wipe (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static void
mado_visit_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_string (value, MADO_VISIT_LINE (object)->number);
}

static void
mado_visit_line_finalize (GObject *object)
{
  MadoVisitLine *self = MADO_VISIT_LINE (object);

  wipe (&self->card_number);
  wipe (&self->pin);
  g_clear_object (&self->station);
  g_clear_object (&self->opening);
  g_clear_object (&self->client);
  g_free (self->reserved_id);
  g_free (self->draft);
  g_free (self->number);
  g_free (self->id);
  g_free (self->reserved_number);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mado_visit_line_parent_class)->finalize (object);
}

static void
mado_visit_line_class_init (MadoVisitLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mado_visit_line_get_property;
  object_class->finalize = mado_visit_line_finalize;
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_visit_line_init (MadoVisitLine *self)
{
  g_mutex_init (&self->lock);
  self->reserved_id = mado_ulid_new ();
}

MadoVisitLine *
mado_visit_line_new (MadoStation *station, const char *language)
{
  MadoVisitLine *self = g_object_new (MADO_TYPE_VISIT_LINE, NULL);

  self->station = g_object_ref (station);
  self->opening = mado_call_open_visit (language);
  self->language = g_intern_string (language);
  return self;
}

void
mado_visit_line_set_language (MadoVisitLine *self, const char *language)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->language = g_intern_string (language);
  if (self->client != NULL)
    mado_client_set_language (self->client, language);
}

const char *
mado_visit_line_get_number (MadoVisitLine *self)
{
  return self->number;
}

char *
mado_visit_line_dup_ticket (MadoVisitLine *self)
{
  const char *end = self->reserved_id + MADO_ULID_LENGTH - 8;

  return g_strdup_printf ("%.4s-%s", end, end + 4);
}

/*
 * An act: runs in a thread against the visit's client, which it first obtains with the device's. All it needs is
 * copied when it starts.
 */
typedef struct _Act Act;
struct _Act {
  MadoClient *device;       /* (nullable): never logged in yet */
  const char *language;     /* interned */
  MadoCall   *call;         /* (nullable) */
  char       *card_number;
  char       *pin;
  char       *number;       /* (nullable): of the case that is corrected */
  char       *draft;        /* (nullable) */
  gint64      version;      /* that was seen of it */
  JsonNode   *procedures;   /* (nullable): what is filed */
  JsonNode   *answers;
  GBytes     *content;      /* (nullable): to be attached */
  MadoSpool  *spool;
  guint8      public_key[32];
  gboolean    has_key;
  gboolean    refused;      /* the device's session is over */
};

static void
act_free (Act *self)
{
  g_clear_object (&self->device);
  g_clear_object (&self->call);
  wipe (&self->card_number);
  wipe (&self->pin);
  g_free (self->number);
  g_free (self->draft);
  g_clear_pointer (&self->procedures, json_node_unref);
  g_clear_pointer (&self->answers, json_node_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_object (&self->spool);
  g_free (self);
}

static MadoReply *
open_visit (MadoVisitLine *self, Act *act, GCancellable *cancellable, GError **error)
{
  if (act->device == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "This kiosk is not yet known to the service");
    return NULL;
  }
  return mado_client_send (act->device, self->opening, cancellable, error);
}

static gboolean
take_visit (MadoVisitLine *self, Act *act, MadoReply *reply, GError **error)
{
  g_autofree char *token = mado_reply_dup_text (reply, "/token");

  self->id = mado_reply_dup_text (reply, "/id");
  self->reserved_number = mado_reply_dup_text (reply, "/number");
  if (self->id == NULL || self->reserved_number == NULL || token == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED, "The service opened a visit without its number");
    return FALSE;
  }
  self->client = mado_client_new_as (act->device, token);
  mado_client_set_language (self->client, self->language);
  return TRUE;
}

/* (transfer none) (nullable): the visit's client, in an act's thread. */
static MadoClient *
reach (MadoVisitLine *self, Act *act, GCancellable *cancellable, GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr(GError) refusal = NULL;
  g_autoptr(MadoReply) reply = NULL;

  if (self->client != NULL)
    return self->client;
  reply = open_visit (self, act, cancellable, &refusal);
  act->refused = g_error_matches (refusal, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  if (act->refused)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "This kiosk has to log in again");
  else if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return reply != NULL && take_visit (self, act, reply, error) ? self->client : NULL;
}

static GTask *
act_new (MadoVisitLine *self, Act **act, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
         gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  MadoClient *device = mado_station_get_client (self->station);
  MadoOffer *offer = mado_station_get_offer (self->station);

  *act = g_new0 (Act, 1);
  (*act)->device = device != NULL ? g_object_ref (device) : NULL;
  (*act)->language = self->language;
  (*act)->spool = g_object_ref (mado_station_get_spool (self->station));
  (*act)->has_key = offer != NULL && mado_offer_get_public_key (offer, (*act)->public_key);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, *act, (GDestroyNotify) act_free);
  return task;
}

static void
tell_station (MadoVisitLine *self, Act *act, const GError *error)
{
  g_autoptr(GError) over = NULL;

  if (act->refused)
    over = g_error_new_literal (MADO_ERROR, MADO_ERROR_UNAUTHENTICATED, "");
  if (act->refused || g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE)
      || g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT))
    mado_station_note_error (self->station, act->refused ? over : error);
}

/* Back in the main thread after any act: what it found out is shown, and the station told how the line is. */
static gpointer
act_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &local_error);

  g_mutex_lock (&self->lock);
  if (self->number == NULL && self->reserved_number != NULL)
    self->number = g_strdup (self->reserved_number);
  g_mutex_unlock (&self->lock);
  if (self->number != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NUMBER]);
  if (local_error != NULL) {
    tell_station (self, g_task_get_task_data (G_TASK (result)), local_error);
    g_propagate_error (error, g_steal_pointer (&local_error));
  }
  return value;
}

static void
return_pointer (GTask *task, gpointer value, GDestroyNotify destroy, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, destroy);
}

static JsonNode *
dup_json (MadoReply *reply)
{
  JsonNode *json = mado_reply_get_json (reply);

  return json != NULL ? json_node_ref (json) : json_node_new (JSON_NODE_NULL);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  reach (source, data, cancellable, &error);
  return_pointer (task, NULL, NULL, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  act_finish (MADO_VISIT_LINE (source), result, &error);
}

void
mado_visit_line_open (MadoVisitLine *self)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_open, NULL, on_opened, NULL);

  g_task_run_in_thread (task, open_in_thread);
}

static MadoReply *
identify_now (MadoVisitLine *self, Act *act, GCancellable *cancellable, GError **error)
{
  MadoClient *client = reach (self, act, cancellable, error);
  g_autoptr(MadoCall) call = NULL;

  if (client == NULL)
    return NULL;
  call = mado_call_identify_visit (self->id, act->card_number, act->pin);
  return mado_client_send (client, call, cancellable, error);
}

static void
identify_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(MadoReply) reply = identify_now (source, data, cancellable, &error);

  return_pointer (task, reply != NULL ? dup_json (reply) : NULL, (GDestroyNotify) json_node_unref, error);
}

void
mado_visit_line_identify_async (MadoVisitLine *self, const char *card_number, const char *pin,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_identify_async, cancellable, callback, data);

  act->card_number = g_strdup (card_number);
  act->pin = g_strdup (pin);
  g_task_run_in_thread (task, identify_in_thread);
}

JsonNode *
mado_visit_line_identify_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  return act_finish (self, result, error);
}

void
mado_visit_line_trust (MadoVisitLine *self, const char *card_number, const char *pin)
{
  wipe (&self->card_number);
  wipe (&self->pin);
  self->card_number = g_strdup (card_number);
  self->pin = g_strdup (pin);
}

/* What the service will open: see POST /v1/sealed-filings. */
static GString *
write_box (MadoVisitLine *self, Act *act)
{
  GString *text = g_string_sized_new (64 * 1024);

  g_string_append (text, "{\"visitNumber\":");
  if (self->reserved_number != NULL)
    mado_json_append_string (text, self->reserved_number);
  else
    g_string_append (text, "null");
  g_string_append_printf (text, ",\"reservedId\":\"%s\",\"language\":", self->reserved_id);
  mado_json_append_string (text, act->language);
  if (act->card_number != NULL) {
    g_string_append (text, ",\"identification\":{\"cardNumber\":");
    mado_json_append_string (text, act->card_number);
    g_string_append (text, ",\"pin\":");
    mado_json_append_string (text, act->pin);
    g_string_append_c (text, '}');
  }
  if (act->procedures != NULL) {
    g_string_append (text, ",\"procedures\":");
    mado_json_append_node (text, act->procedures);
  } else {
    g_string_append (text, ",\"correction\":{\"number\":");
    mado_json_append_string (text, act->number);
    g_string_append_printf (text, ",\"version\":%" G_GINT64_FORMAT "}", act->version);
  }
  g_string_append (text, ",\"answers\":");
  mado_json_append_node (text, act->answers);
  return g_string_append_c (text, '}');
}

static gboolean
keep (MadoVisitLine *self, Act *act, const GError *why, GError **error)
{
  g_autoptr(GBytes) box = NULL;
  GString *text;

  if (!act->has_key) {
    g_propagate_error (error, g_error_copy (why));
    return FALSE;
  }
  text = write_box (self, act);
  box = mado_box_seal (act->public_key, text->str, text->len);
  explicit_bzero (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return mado_spool_put (act->spool, self->reserved_id, box, error);
}

/* Whether the service has said something of the filing itself; all else is of the line, and the filing is kept. */
static gboolean
is_answer (const GError *error, Act *act)
{
  const MadoError answers[] = { MADO_ERROR_INVALID, MADO_ERROR_CONFLICT, MADO_ERROR_EXISTS, MADO_ERROR_TOO_LARGE,
                                MADO_ERROR_KEY_REUSED, MADO_ERROR_STALE, MADO_ERROR_NOT_FOUND };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_error_matches (error, MADO_ERROR, answers[i]))
      return TRUE;
  /* With a card still unchecked, it has been refused just now. */
  if (act->card_number != NULL && (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED)
                                   || g_error_matches (error, MADO_ERROR, MADO_ERROR_FORBIDDEN)
                                   || g_error_matches (error, MADO_ERROR, MADO_ERROR_LOCKED)))
    return TRUE;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A card that could not be checked when it was shown. It is shown once: the service counts wrong PINs. */
static gboolean
settle_card (MadoVisitLine *self, Act *act, GCancellable *cancellable, GError **error)
{
  g_autoptr(MadoReply) reply = NULL;

  if (act->card_number == NULL)
    return TRUE;
  reply = identify_now (self, act, cancellable, error);
  if (reply == NULL)
    return FALSE;
  wipe (&act->card_number);
  wipe (&act->pin);
  return TRUE;
}

static MadoReply *
file_now (MadoVisitLine *self, Act *act, GCancellable *cancellable, GError **error)
{
  MadoClient *client = reach (self, act, cancellable, error);
  g_autoptr(MadoCall) call = NULL;

  if (client == NULL || !settle_card (self, act, cancellable, error))
    return NULL;
  call = mado_call_file_visit (self->id, act->procedures, act->answers, act->draft);
  return mado_client_send (client, call, cancellable, error);
}

/* What was filed or corrected, or that it is kept. */
static void
settle (GTask *task, MadoVisitLine *self, Act *act, MadoReply *reply, GError *refusal)
{
  GError *error = NULL;

  if (reply != NULL)
    return_pointer (task, dup_json (reply), (GDestroyNotify) json_node_unref, NULL);
  else if (is_answer (refusal, act))
    g_task_return_error (task, g_error_copy (refusal));
  else {
    keep (self, act, refusal, &error);
    return_pointer (task, NULL, NULL, error);
  }
}

static void
file_in_thread (GTask *task, gpointer source, gpointer act, GCancellable *cancellable)
{
  g_autoptr(GError) refusal = NULL;
  g_autoptr(MadoReply) reply = file_now (source, act, cancellable, &refusal);

  settle (task, source, act, reply, refusal);
}

void
mado_visit_line_file_async (MadoVisitLine *self, JsonNode *procedures, JsonNode *answers, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_file_async, cancellable, callback, data);

  act->procedures = json_node_copy (procedures);
  act->answers = json_node_copy (answers);
  act->card_number = g_strdup (self->card_number);
  act->pin = g_strdup (self->pin);
  act->draft = g_strdup (self->draft);
  g_task_run_in_thread (task, file_in_thread);
}

JsonNode *
mado_visit_line_file_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  return act_finish (self, result, error);
}

static void
correct_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Act *act = data;
  g_autoptr(GError) refusal = NULL;
  MadoClient *client = reach (source, act, cancellable, &refusal);
  g_autoptr(MadoReply) reply = client != NULL ? mado_client_send (client, act->call, cancellable, &refusal) : NULL;

  settle (task, source, act, reply, refusal);
}

void
mado_visit_line_correct_async (MadoVisitLine *self, const char *number, const char *etag, JsonNode *answers,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_correct_async, cancellable, callback, data);

  act->call = mado_call_transition (number, etag, "correct", NULL, answers);
  act->number = g_strdup (number);
  act->version = g_ascii_strtoll (etag + 1, NULL, 10);   /* "3", quotes and all */
  act->answers = json_node_copy (answers);
  g_task_run_in_thread (task, correct_in_thread);
}

JsonNode *
mado_visit_line_correct_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  return act_finish (self, result, error);
}

void
mado_visit_line_set_draft (MadoVisitLine *self, const char *number)
{
  g_free (self->draft);
  self->draft = g_strdup (number);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MadoVisitLine *self = source;
  Act *act = data;
  GError *error = NULL;
  MadoClient *client = reach (self, act, cancellable, &error);
  g_autoptr(MadoCall) call = client != NULL ? mado_call_keep_draft (self->id, act->procedures, act->answers) : NULL;
  g_autoptr(MadoReply) reply = call != NULL ? mado_client_send (client, call, cancellable, &error) : NULL;

  return_pointer (task, reply != NULL ? dup_json (reply) : NULL, (GDestroyNotify) json_node_unref, error);
}

void
mado_visit_line_keep_async (MadoVisitLine *self, JsonNode *procedures, JsonNode *answers, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_keep_async, cancellable, callback, data);

  act->procedures = json_node_copy (procedures);
  act->answers = json_node_copy (answers);
  g_task_run_in_thread (task, keep_in_thread);
}

JsonNode *
mado_visit_line_keep_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  return act_finish (self, result, error);
}

static void
send_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Act *act = data;
  GError *error = NULL;
  MadoClient *client = reach (source, act, cancellable, &error);
  MadoReply *reply = client != NULL ? mado_client_send (client, act->call, cancellable, &error) : NULL;

  return_pointer (task, reply, g_object_unref, error);
}

void
mado_visit_line_send_async (MadoVisitLine *self, MadoCall *call, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_send_async, cancellable, callback, data);

  act->call = g_object_ref (call);
  g_task_run_in_thread (task, send_in_thread);
}

static void
attach_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MadoVisitLine *self = source;
  Act *act = data;
  GError *error = NULL;
  MadoClient *client = reach (self, act, cancellable, &error);
  g_autoptr(MadoCall) call = client != NULL ? mado_call_attach (self->id, act->content) : NULL;
  MadoReply *reply = call != NULL ? mado_client_send (client, call, cancellable, &error) : NULL;

  return_pointer (task, reply, g_object_unref, error);
}

void
mado_visit_line_attach_async (MadoVisitLine *self, GBytes *content, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_attach_async, cancellable, callback, data);

  act->content = g_bytes_ref (content);
  g_task_run_in_thread (task, attach_in_thread);
}

MadoReply *
mado_visit_line_send_finish (MadoVisitLine *self, GAsyncResult *result, GError **error)
{
  return act_finish (self, result, error);
}

void
mado_visit_line_return_json (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(MadoReply) reply = mado_visit_line_send_finish (MADO_VISIT_LINE (source), result, &error);

  if (reply != NULL)
    g_task_return_pointer (task, json_node_ref (mado_reply_get_json (reply)), (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

static void
end_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MadoVisitLine *self = source;
  g_autoptr(MadoClient) client = NULL;
  g_autoptr(MadoCall) call = NULL;
  g_autoptr(MadoReply) reply = NULL;

  g_mutex_lock (&self->lock);
  client = g_steal_pointer (&self->client);
  g_mutex_unlock (&self->lock);
  if (client != NULL) {
    call = mado_call_end_visit (self->id);
    mado_client_set_limits (client, END_MS, END_MS);
    reply = mado_client_send (client, call, cancellable, NULL);
  }
  g_task_return_boolean (task, TRUE);
}

void
mado_visit_line_end_async (MadoVisitLine *self, GAsyncReadyCallback callback, gpointer data)
{
  Act *act;
  g_autoptr(GTask) task = act_new (self, &act, mado_visit_line_end_async, NULL, callback, data);

  wipe (&self->card_number);
  wipe (&self->pin);
  g_task_run_in_thread (task, end_in_thread);
}
