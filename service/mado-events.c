/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-events.h"

#include <string.h>

#include "core/mado-json.h"

#define PAGE              200      /* entries read at once for one reader */
#define SHARE             (64 * 1024)   /* bytes it is given before it has read them */
#define HEARTBEAT_SECONDS 15       /* so that a broken line is noticed, and an ended session */
#define GREETING          ": welcome\nretry: 2000\n\n"
#define HEARTBEAT         ":\n\n"

/* One thread follows the journal and reads for every subscription; IO threads only pass on what was found. */
struct _MadoEventHub {
  MadoService  *service;
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  GQueue        subscriptions;   /* in their link; this thread only */
  guint         following;
};

struct _MadoSubscription {
  gatomicrefcount  ref_count;
  MadoEventHub    *hub;
  char            *token;
  MadoSession     *session;
  gint64           after;        /* the hub's thread only, once started */
  gboolean         full;         /* so is this: it has its share, and more waits */
  GList            link;
  GMainContext    *context;      /* of who started it; this and below in that context only */
  MadoEventsFound  found;        /* (nullable): NULL once stopped */
  gboolean         owed;         /* more waits until this is read */
  gpointer         data;
};

MadoSubscription *
mado_subscription_new (const MadoRequest *request, gint64 after)
{
  MadoSubscription *self = g_new0 (MadoSubscription, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->hub = request->service->hub;
  self->token = g_strdup (mado_request_get_token (request));
  self->session = g_object_ref (request->session);
  self->after = after;
  self->link.data = self;
  return self;
}

MadoSubscription *
mado_subscription_ref (MadoSubscription *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mado_subscription_unref (MadoSubscription *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->context, g_main_context_unref);
  g_object_unref (self->session);
  g_free (self->token);
  g_free (self);
}

/* Passing on */

typedef struct {
  MadoSubscription *subscription;
  GString          *text;        /* (nullable) */
  gboolean          more;
} Finding;

static void
finding_free (gpointer data)
{
  Finding *self = data;

  mado_subscription_unref (self->subscription);
  if (self->text)
    g_string_free (self->text, TRUE);
  g_free (self);
}

static gboolean
on_finding (gpointer data)
{
  Finding *self = data;

  if (self->more)
    self->subscription->owed = TRUE;
  if (self->subscription->found)
    self->subscription->found (self->text ? self->text->str : NULL, self->text ? self->text->len : 0,
                               self->subscription->data);
  return G_SOURCE_REMOVE;
}

/* @text: (transfer full) (nullable) */
static void
pass_on (MadoSubscription *self, GString *text, gboolean more)
{
  Finding *finding = g_new (Finding, 1);

  *finding = (Finding) { mado_subscription_ref (self), text, more };
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, on_finding, finding, finding_free);
}

/* Finding */

/* Staff hear of cases and calls; residents, and visits once identified, of what concerns their own data; a visit
 * before that, of itself. The query asks for no more than that. */
static MadoJournalQuery
query_of (const MadoSubscription *self, char subject[64])
{
  const MadoActor actor = mado_session_get_actor (self->session);
  MadoJournalQuery query = { .after = self->after, .limit = PAGE };

  if (actor.role & MADO_ROLES_STAFF)
    return query;
  if (actor.behalf)
    query.resident = actor.behalf;
  else {
    g_snprintf (subject, 64, "visit/%s", actor.id);
    query.subject = subject;
  }
  return query;
}

static gboolean
concerns (const MadoSubscription *self, const MadoJournalEntry *entry)
{
  return g_str_has_prefix (entry->subject, "case/") || g_str_has_prefix (entry->subject, "staff-call/")
         || g_str_has_prefix (entry->subject, "charge/") || g_str_has_prefix (entry->subject, "payment/")
         || g_str_has_prefix (entry->subject, "refund/")
         || (g_str_has_prefix (entry->subject, "visit/") && !(self->session->role & MADO_ROLES_STAFF));
}

static void
append_event (GString *out, MadoJournalEntry *entry)
{
  g_string_append_printf (out, "id: %" G_GINT64_FORMAT "\nevent: %s\ndata: ", entry->position, entry->action);
  mado_record_write_json (MADO_RECORD (entry), MADO_JSON_PUBLIC, out);
  g_string_append (out, "\n\n");
}

/* What there is now for one reader, a page at a time; after its share, the rest when it has read that. */
static void
find (MadoSubscription *self)
{
  MadoStore *store = mado_counter_get_store (self->hub->service->counter);
  g_autoptr(GString) out = NULL;
  guint n;

  if (self->full)
    return;
  out = g_string_new (NULL);
  do {
    char subject[64];
    MadoJournalQuery query = query_of (self, subject);
    g_autoptr(GPtrArray) entries = mado_journal_read (store, &query, NULL);

    n = entries ? entries->len : 0;
    for (guint i = 0; i < n; i++) {
      MadoJournalEntry *entry = entries->pdata[i];

      self->after = entry->position;
      if (concerns (self, entry))
        append_event (out, entry);
    }
  } while (n == PAGE && out->len < SHARE);
  self->full = n == PAGE;
  if (out->len > 0)
    pass_on (self, g_steal_pointer (&out), self->full);
}

static void
on_news (gpointer data, gint64 position)
{
  MadoEventHub *self = data;

  for (GList *l = self->subscriptions.head; l; l = l->next)
    find (l->data);
}

/* In the hub's thread */

static gboolean
on_read (gpointer data)
{
  MadoSubscription *self = data;

  self->full = FALSE;
  find (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_joining (gpointer data)
{
  MadoSubscription *self = data;

  g_queue_push_tail_link (&self->hub->subscriptions, &self->link);
  pass_on (self, g_string_new (GREETING), FALSE);
  find (self);
  return G_SOURCE_REMOVE;
}

static void
leave (MadoSubscription *self)
{
  g_queue_unlink (&self->hub->subscriptions, &self->link);
  mado_subscription_unref (self);
}

static gboolean
on_leaving (gpointer data)
{
  leave (data);
  return G_SOURCE_REMOVE;
}

/* A visit that was identified meanwhile sees more; one whose session is over sees no more. */
static gboolean
refresh (MadoSubscription *self)
{
  MadoSessions *sessions = mado_counter_get_sessions (self->hub->service->counter);
  g_autoptr(GError) error = NULL;
  MadoSession *session = mado_sessions_peek (sessions, self->token, &error);

  if (session) {
    g_object_unref (self->session);
    self->session = session;
  }
  return !g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

static gboolean
on_heartbeat (gpointer data)
{
  MadoEventHub *self = data;

  for (GList *l = self->subscriptions.head; l; l = l->next)
    pass_on (l->data, refresh (l->data) ? g_string_new (HEARTBEAT) : NULL, FALSE);
  on_news (self, 0);
  return G_SOURCE_CONTINUE;
}

static gpointer
run (gpointer data)
{
  MadoEventHub *self = data;
  MadoStore *store = mado_counter_get_store (self->service->counter);
  g_autoptr(GSource) heartbeat = g_timeout_source_new_seconds (HEARTBEAT_SECONDS);

  g_main_context_push_thread_default (self->context);
  g_source_set_callback (heartbeat, on_heartbeat, self, NULL);
  g_source_attach (heartbeat, self->context);
  self->following = mado_journal_follow (store, on_news, self);
  g_main_loop_run (self->loop);
  mado_journal_unfollow (store, self->following);
  g_source_destroy (heartbeat);
  while (self->subscriptions.head)
    leave (self->subscriptions.head->data);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
invoke (MadoEventHub *self, GSourceFunc function, gpointer data)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, function, data, NULL);
}

MadoEventHub *
mado_event_hub_new (MadoService *service)
{
  MadoEventHub *self = g_new0 (MadoEventHub, 1);

  self->service = service;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_queue_init (&self->subscriptions);
  self->thread = g_thread_new ("events", run, self);
  return self;
}

static gboolean
on_end (gpointer data)
{
  MadoEventHub *self = data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
mado_event_hub_free (MadoEventHub *self)
{
  invoke (self, on_end, self);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}

void
mado_subscription_start (MadoSubscription *self, MadoEventsFound found, gpointer data)
{
  self->context = g_main_context_ref_thread_default ();
  self->found = found;
  self->data = data;
  invoke (self->hub, on_joining, mado_subscription_ref (self));
}

void
mado_subscription_stop (MadoSubscription *self)
{
  self->found = NULL;
  invoke (self->hub, on_leaving, self);
}

void
mado_subscription_read (MadoSubscription *self)
{
  if (!self->owed)
    return;
  self->owed = FALSE;
  g_main_context_invoke_full (self->hub->context, G_PRIORITY_DEFAULT, on_read, mado_subscription_ref (self),
                              (GDestroyNotify) mado_subscription_unref);
}
