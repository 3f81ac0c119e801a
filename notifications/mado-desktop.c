/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-desktop.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NotifyNotification, g_object_unref)

#define REMEMBERED 1000

struct _MadoDesktop {
  GObject          parent;
  MadoClient      *service;
  MadoCredentials *credentials;
  GHashTable      *shown;       /* key → NotifyNotification: kept, for its actions and against showing one twice */
  GQueue           keys;        /* of shown, the oldest first */
};

static void channel_init (MadoChannelInterface *iface);
G_DEFINE_TYPE_WITH_CODE (MadoDesktop, mado_desktop, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (MADO_TYPE_CHANNEL, channel_init))

/* What each topic of the outbox says. None of them names a person: a desktop can be read over a shoulder. */
typedef struct {
  const char   *topic;
  const char   *title;
  const char   *body;
  const char   *icon;
  const char   *action;      /* (nullable): label of what can be done from here */
  NotifyUrgency urgency;
} Words;

static const Words words[] = {
  { "staff-call", N_("Somebody calls for staff"), N_("Kiosk: %s"), "dialog-warning", N_("I am on my way"),
    NOTIFY_URGENCY_CRITICAL },
  { "case.submitted", N_("New case"), N_("%s waits to be accepted"), "document-new", N_("Take it over"),
    NOTIFY_URGENCY_NORMAL },
  { "case.prefiled", N_("Filed without a card"), N_("%s comes to a counter to be identified"), "document-new", NULL,
    NOTIFY_URGENCY_NORMAL },
  { "case.identified", N_("New case"), N_("%s waits to be accepted"), "document-new", N_("Take it over"),
    NOTIFY_URGENCY_NORMAL },
  { "case.correction-late", N_("Correction came late"), N_("%s: it was kept while a kiosk was offline"),
    "document-edit", NULL, NOTIFY_URGENCY_NORMAL },
  { "case.corrected", N_("Corrected case"), N_("%s came back from the resident"), "document-edit", NULL,
    NOTIFY_URGENCY_NORMAL },
};

static const char *
text_of (JsonNode *payload, const char *pointer)
{
  JsonNode *found = payload != NULL ? mado_json_get (payload, pointer) : NULL;

  return found != NULL && JSON_NODE_HOLDS_VALUE (found) ? json_node_get_string (found) : NULL;
}

static const Words *
words_for (const char *topic)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].topic, topic) == 0)
      return &words[i];
  return NULL;
}

/* One act of the clerk: look at the thing, then change what was seen. */
typedef struct {
  NotifyNotification *notification;
  char               *number;
} TakeOver;

static void
take_over_free (TakeOver *act)
{
  g_object_unref (act->notification);
  g_free (act->number);
  g_free (act);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TakeOver, take_over_free)

static void
tell (NotifyNotification *notification, const char *title, const char *body)
{
  g_autoptr(GError) error = NULL;

  notify_notification_clear_actions (notification);
  notify_notification_set_urgency (notification, NOTIFY_URGENCY_NORMAL);
  notify_notification_update (notification, title, body, "emblem-ok");
  if (!notify_notification_show (notification, &error))
    g_info ("No notification: %s", error->message);
}

static void
tell_log_in (NotifyNotification *notification)
{
  tell (notification, _("You are not logged in"), _("Log in with `mado login`, then take it over there."));
}

static void
tell_failure (NotifyNotification *notification, const GError *error)
{
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED))
    tell_log_in (notification);
  else
    tell (notification, _("It could not be taken over"), error->message);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(TakeOver) act = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);

  if (reply != NULL)
    tell (act->notification, act->number != NULL ? act->number : _("Call for staff"), _("It is yours now."));
  else
    tell_failure (act->notification, error);
}

static void
on_case (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(TakeOver) act = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);
  g_autoptr(MadoCall) call = NULL;

  if (reply == NULL) {
    tell_failure (act->notification, error);
    return;
  }
  call = mado_call_transition (act->number, mado_reply_get_etag (reply), "accept", NULL, NULL);
  mado_client_send_async (MADO_CLIENT (source), call, NULL, on_done, g_steal_pointer (&act));
}

/* Whoever is logged in now: `mado login` may have been said long after the notifier began. */
static MadoClient *
find_clerk (MadoDesktop *self)
{
  g_autofree char *token = mado_credentials_lookup (self->credentials, "staff", NULL, NULL);

  return token != NULL ? mado_client_new_as (self->service, token) : NULL;
}

static void
on_action (NotifyNotification *notification, char *action, gpointer data)
{
  const char *id = g_object_get_data (G_OBJECT (notification), "mado-id");
  gboolean staff_call = g_str_equal (action, "staff-call");
  g_autoptr(MadoClient) clerk = find_clerk (data);
  g_autoptr(MadoCall) call = NULL;
  TakeOver *act;

  if (clerk == NULL) {
    tell_log_in (notification);
    return;
  }
  act = g_new0 (TakeOver, 1);
  act->notification = g_object_ref (notification);
  act->number = staff_call ? NULL : g_strdup (id);
  call = staff_call ? mado_call_answer_staff_call (id) : mado_call_case (id, NULL);
  mado_client_send_async (clerk, call, NULL, staff_call ? on_done : on_case, act);
}

static NotifyNotification *
notification_for (MadoDesktop *self, const Words *said, JsonNode *payload)
{
  gboolean staff_call = g_str_equal (said->topic, "staff-call");
  const char *shown = text_of (payload, staff_call ? "/device" : "/number");
  const char *id = text_of (payload, staff_call ? "/id" : "/number");
  g_autofree char *body = g_strdup_printf (_(said->body), shown != NULL ? shown : "");
  NotifyNotification *notification = notify_notification_new (_(said->title), body, said->icon);

  notify_notification_set_urgency (notification, said->urgency);
  notify_notification_set_category (notification, staff_call ? "im.received" : "email.arrived");
  if (said->action != NULL && id != NULL) {
    g_object_set_data_full (G_OBJECT (notification), "mado-id", g_strdup (id), g_free);
    notify_notification_add_action (notification, staff_call ? "staff-call" : "accept", _(said->action), on_action,
                                    self, NULL);
  }
  return notification;
}

/* A key comes again within the schedule of the outbox, if at all: the oldest may be forgotten. */
static void
remember (MadoDesktop *self, const char *key, NotifyNotification *notification)
{
  char *kept = g_strdup (key != NULL ? key : "");

  g_hash_table_replace (self->shown, kept, notification);
  g_queue_push_tail (&self->keys, kept);
  if (g_queue_get_length (&self->keys) > REMEMBERED)
    g_hash_table_remove (self->shown, g_queue_pop_head (&self->keys));
}

static const char *
get_name (MadoChannel *channel)
{
  return "desktop";
}

static void
deliver (MadoChannel *channel, const MadoErrand *errand, MadoDelivered done, gpointer data)
{
  MadoDesktop *self = MADO_DESKTOP (channel);
  const Words *said = words_for (errand->topic);
  g_autoptr(NotifyNotification) notification = NULL;
  g_autoptr(GError) error = NULL;

  if (said == NULL || (errand->key != NULL && g_hash_table_contains (self->shown, errand->key))) {
    done (said != NULL, said == NULL ? "no words for this topic" : NULL, data);
    return;
  }
  notification = notification_for (self, said, errand->payload);
  if (!notify_notification_show (notification, &error)) {
    done (FALSE, error->message, data);
    return;
  }
  remember (self, errand->key, g_steal_pointer (&notification));
  done (TRUE, NULL, data);
}

static void
channel_init (MadoChannelInterface *iface)
{
  iface->get_name = get_name;
  iface->deliver = deliver;
}

static void
mado_desktop_dispose (GObject *object)
{
  MadoDesktop *self = MADO_DESKTOP (object);

  g_clear_object (&self->service);
  g_clear_object (&self->credentials);
  g_queue_clear (&self->keys);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  G_OBJECT_CLASS (mado_desktop_parent_class)->dispose (object);
}

static void
mado_desktop_class_init (MadoDesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_desktop_dispose;
}

static void
mado_desktop_init (MadoDesktop *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

MadoDesktop *
mado_desktop_new (MadoClient *service, MadoCredentials *credentials)
{
  MadoDesktop *self = g_object_new (MADO_TYPE_DESKTOP, NULL);

  self->service = g_object_ref (service);
  self->credentials = g_object_ref (credentials);
  return self;
}
