/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-station.h"

#include <errno.h>
#include <glib/gstdio.h>
#include "client/mado-credentials.h"

#define TEND_MS      5000
#define TEND_SOON_MS 500
/* How long a sign of life may take; a filing has longer. */
#define SIGN_MS      3000
#define PATIENCE_MS  8000
#define OFFER_AGE_US (5 * 60 * G_USEC_PER_SEC)

enum { PROP_ONLINE = 1, PROP_OFFER, PROP_PRINTER_STATE, N_PROPS };
static GParamSpec *props[N_PROPS];

struct _MadoStation {
  GObject       parent;
  MadoClient   *open;        /* without a credential */
  MadoClient   *client;      /* (nullable): the device's */
  char         *device;
  char         *credentials;
  char         *offer_path;
  GThread      *reading;     /* (nullable): of the offer kept, while the window is made */
  MadoOffer    *offer;       /* (nullable): see mado_station_get_offer() */
  MadoSpool    *spool;
  MadoPrinter  *printer;
  char         *scans;          /* (nullable) */
  GCancellable *cancellable;
  gint64        offer_time;  /* monotonic, of the last look at it */
  gboolean      offer_doubted;
  guint         timer;
  gboolean      tending;
  gboolean      online;
};

G_DEFINE_FINAL_TYPE (MadoStation, mado_station, G_TYPE_OBJECT)

static void tend (MadoStation *self);

static gpointer
read_offer (gpointer path)
{
  return mado_offer_load (path);
}

MadoOffer *
mado_station_get_offer (MadoStation *self)
{
  if (self->reading != NULL)
    self->offer = g_thread_join (g_steal_pointer (&self->reading));
  return self->offer;
}

static void
mado_station_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MadoStation *self = MADO_STATION (object);

  if (id == PROP_ONLINE)
    g_value_set_boolean (value, self->online);
  else if (id == PROP_OFFER)
    g_value_set_pointer (value, mado_station_get_offer (self));
  else
    g_value_set_int (value, mado_printer_get_state (self->printer));
}

static void
mado_station_dispose (GObject *object)
{
  MadoStation *self = MADO_STATION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->open);
  g_clear_object (&self->client);
  g_clear_object (&self->spool);
  g_clear_object (&self->printer);
  mado_station_get_offer (self);
  g_clear_pointer (&self->offer, mado_offer_unref);
  G_OBJECT_CLASS (mado_station_parent_class)->dispose (object);
}

static void
mado_station_finalize (GObject *object)
{
  MadoStation *self = MADO_STATION (object);

  g_free (self->device);
  g_free (self->credentials);
  g_free (self->offer_path);
  g_free (self->scans);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (mado_station_parent_class)->finalize (object);
}

static void
mado_station_class_init (MadoStationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = mado_station_get_property;
  object_class->dispose = mado_station_dispose;
  object_class->finalize = mado_station_finalize;

  props[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, FALSE, flags);
  props[PROP_OFFER] = g_param_spec_pointer ("offer", NULL, NULL, flags);
  props[PROP_PRINTER_STATE] = g_param_spec_int ("printer-state", NULL, NULL, 0, MADO_PRINTER_OUT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mado_station_init (MadoStation *self)
{
  self->cancellable = g_cancellable_new ();
}

static gboolean
open_folder (MadoStation *self, const char *state, GError **error)
{
  g_autofree char *spool = g_build_filename (state, "spool", NULL);

  self->spool = mado_spool_new (spool, error);
  self->offer_path = g_build_filename (state, "offer.json", NULL);
  self->reading = g_thread_new ("offer", read_offer, self->offer_path);
  return self->spool != NULL;
}

MadoStation *
mado_station_new (const MadoStationSettings *settings, GError **error)
{
  g_autoptr(MadoStation) self = g_object_new (MADO_TYPE_STATION, NULL);
  guint patience = settings->patience_ms != 0 ? settings->patience_ms : PATIENCE_MS;

  self->device = g_strdup (settings->device);
  self->credentials = g_strdup (settings->credentials);
  self->scans = g_strdup (settings->scans);
  self->open = mado_client_new (settings->address, error);
  if (self->open == NULL
      || (settings->authority != NULL && !mado_client_set_authority (self->open, settings->authority, error)))
    return NULL;
  mado_client_set_limits (self->open, patience / 2, patience);
  self->printer = mado_printer_new (settings->printer != NULL ? settings->printer : "none", error);
  if (self->printer == NULL || !open_folder (self, settings->state, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
mado_station_is_online (MadoStation *self)
{
  return self->online;
}

MadoClient *
mado_station_get_client (MadoStation *self)
{
  return self->client;
}

const char *
mado_station_get_device (MadoStation *self)
{
  return self->device;
}

MadoSpool *
mado_station_get_spool (MadoStation *self)
{
  return self->spool;
}

const char *
mado_station_get_scans (MadoStation *self)
{
  return self->scans;
}

MadoPrinter *
mado_station_get_printer (MadoStation *self)
{
  return self->printer;
}

static void
set_online (MadoStation *self, gboolean online)
{
  if (self->online == online)
    return;
  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ONLINE]);
}

static void
set_offer (MadoStation *self, MadoOffer *offer)
{
  g_autoptr(GError) error = NULL;

  if (offer == mado_station_get_offer (self))
    return;
  g_clear_pointer (&self->offer, mado_offer_unref);
  self->offer = mado_offer_ref (offer);
  if (!mado_offer_save (offer, self->offer_path, &error))
    g_message ("The offer could not be kept for later: %s", error->message);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OFFER]);
}

/* One round of tending the line; owns all it needs in its thread. */
typedef struct {
  MadoClient *open;
  MadoClient *client;      /* (nullable) */
  MadoOffer  *offer;       /* (nullable) */
  gboolean    look_at_offer;
  char       *device;
  char       *credentials;
} Round;

static Round *
round_new (MadoStation *station)
{
  Round *self = g_new0 (Round, 1);
  MadoOffer *offer = mado_station_get_offer (station);

  self->open = g_object_ref (station->open);
  self->client = station->client != NULL ? g_object_ref (station->client) : NULL;
  self->offer = offer != NULL ? mado_offer_ref (offer) : NULL;
  self->device = g_strdup (station->device);
  self->credentials = g_strdup (station->credentials);
  return self;
}

static void
round_free (Round *self)
{
  g_clear_object (&self->open);
  g_clear_object (&self->client);
  g_clear_pointer (&self->offer, mado_offer_unref);
  g_free (self->device);
  g_free (self->credentials);
  g_free (self);
}

static gboolean
is_alive (Round *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(MadoClient) quick = mado_client_new_as (self->open, NULL);
  g_autoptr(MadoCall) call = mado_call_health ();
  g_autoptr(MadoReply) reply = NULL;

  mado_client_set_limits (quick, SIGN_MS, SIGN_MS);
  reply = mado_client_send (quick, call, cancellable, error);
  return reply != NULL;
}

static gboolean
log_in (Round *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(MadoCredentials) credentials = mado_credentials_new (mado_client_get_address (self->open),
                                                                 self->credentials);
  g_autofree char *secret = mado_credentials_lookup (credentials, self->device, cancellable, error);
  g_autoptr(MadoCall) call = NULL;
  g_autoptr(MadoReply) reply = NULL;
  g_autofree char *token = NULL;

  if (secret == NULL)
    return FALSE;
  call = mado_call_log_in_device (self->device, secret);
  reply = mado_client_send (self->open, call, cancellable, error);
  if (reply == NULL)
    return FALSE;
  token = mado_reply_dup_text (reply, "/token");
  self->client = mado_client_new_as (self->open, token);
  return TRUE;
}

static gboolean
look_at_offer (Round *self, GCancellable *cancellable, GError **error)
{
  MadoOffer *offer = mado_offer_fetch (self->open, self->offer, cancellable, error);

  if (offer == NULL)
    return FALSE;
  g_clear_pointer (&self->offer, mado_offer_unref);
  self->offer = offer;
  return TRUE;
}

static void
tend_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Round *self = data;
  GError *error = NULL;

  if (is_alive (self, cancellable, &error) && (self->client != NULL || log_in (self, cancellable, &error))
      && (!self->look_at_offer || look_at_offer (self, cancellable, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
on_timer (gpointer data)
{
  MadoStation *self = data;

  self->timer = 0;
  tend (self);
  return G_SOURCE_REMOVE;
}

static void
tend_later (MadoStation *self, guint ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms, on_timer, self);
}

/* A token the service does not know any more: log in afresh with the next round. */
static void
forget_client (MadoStation *self, const GError *error)
{
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED))
    g_clear_object (&self->client);
}

static void
on_spool_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoStation) self = data;
  g_autoptr(GError) error = NULL;
  gssize sent = mado_spool_send_finish (MADO_SPOOL (source), result, &error);

  if (sent > 0)
    g_message ("Sent %" G_GSSIZE_FORMAT " filings that had waited here", sent);
  else if (error != NULL)
    forget_client (self, error);
}

static void
on_printer_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoStation) self = data;
  MadoPrinterState before = mado_printer_get_state (MADO_PRINTER (source));

  if (mado_printer_look_finish (MADO_PRINTER (source), result) != before && self->printer != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRINTER_STATE]);
}

static void
take_offer (MadoStation *self, Round *round)
{
  self->offer_time = g_get_monotonic_time ();
  self->offer_doubted = FALSE;
  set_offer (self, round->offer);
}

static void
take_round (MadoStation *self, Round *round)
{
  g_set_object (&self->client, round->client);
  if (round->look_at_offer)
    take_offer (self, round);
  if (mado_spool_count (self->spool) > 0)
    mado_spool_send_async (self->spool, self->client, self->cancellable, on_spool_sent, g_object_ref (self));
}

static void
on_tended (GObject *source, GAsyncResult *result, gpointer data)
{
  MadoStation *self = MADO_STATION (source);
  g_autoptr(GError) error = NULL;
  gboolean alive = g_task_propagate_boolean (G_TASK (result), &error);

  self->tending = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (alive)
    take_round (self, g_task_get_task_data (G_TASK (result)));
  else {
    if (self->online || self->offer_time == 0)
      g_message ("The line is down: %s", error->message);
    forget_client (self, error);
  }
  set_online (self, alive);
  tend_later (self, TEND_MS);
}

static void
tend (MadoStation *self)
{
  g_autoptr(GTask) task = NULL;
  Round *round;

  if (self->tending)
    return;
  self->tending = TRUE;
  round = round_new (self);
  round->look_at_offer = !self->online || mado_station_get_offer (self) == NULL || self->offer_doubted
                         || g_get_monotonic_time () - self->offer_time > OFFER_AGE_US;
  task = g_task_new (self, self->cancellable, on_tended, NULL);
  g_task_set_source_tag (task, tend);
  g_task_set_task_data (task, round, (GDestroyNotify) round_free);
  g_task_run_in_thread (task, tend_in_thread);
  mado_printer_look_async (self->printer, self->cancellable, on_printer_looked, g_object_ref (self));
}

void
mado_station_start (MadoStation *self)
{
  tend (self);
}

static void
renew_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (look_at_offer (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mado_station_renew_offer_async (MadoStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, callback, data);

  g_task_set_source_tag (task, mado_station_renew_offer_async);
  g_task_set_task_data (task, round_new (self), (GDestroyNotify) round_free);
  g_task_run_in_thread (task, renew_in_thread);
}

gboolean
mado_station_renew_offer_finish (MadoStation *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  take_offer (self, g_task_get_task_data (G_TASK (result)));
  tend_later (self, TEND_MS);
  return TRUE;
}

void
mado_station_note_error (MadoStation *self, const GError *error)
{
  forget_client (self, error);
  if (g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE))
    set_online (self, FALSE);
  self->offer_doubted |= g_error_matches (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  if (self->client == NULL || !self->online || self->offer_doubted)
    tend_later (self, TEND_SOON_MS);
}
