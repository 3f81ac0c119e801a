/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-courier.h"

#define LEASE_SECONDS  60
#define LEASE_MAX      20
#define IDLE_MS        1000     /* between two looks at an empty outbox */
#define AWAY_MS        5000     /* while the service cannot be reached */

enum { REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

struct _MadoCourier {
  GObject       parent;
  MadoClient   *client;
  GPtrArray    *channels;
  GCancellable *cancellable;
  guint         timer;
  guint         pending;
  gboolean      running;
};

G_DEFINE_TYPE (MadoCourier, mado_courier, G_TYPE_OBJECT)

/* One item between its lease and its outcome. */
typedef struct {
  MadoCourier *courier;
  char        *id;
} Item;

static void lease (MadoCourier *self);

static gboolean
on_time (gpointer data)
{
  MadoCourier *self = data;

  self->timer = 0;
  lease (self);
  return G_SOURCE_REMOVE;
}

static void
lease_after (MadoCourier *self, guint milliseconds)
{
  if (self->running && self->timer == 0)
    self->timer = g_timeout_add (milliseconds, on_time, self);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoCourier) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);

  /* Unsettled, it comes again when its lease has run out. */
  if (reply == NULL)
    g_info ("An outcome could not be told: %s", error->message);
  self->pending--;
}

static void
on_delivered (gboolean delivered, const char *reason, gpointer data)
{
  Item *item = data;
  g_autoptr(MadoCall) call = mado_call_settle_outbox (item->id, delivered, reason);

  mado_client_send_async (item->courier->client, call, NULL, on_settled, item->courier);
  g_free (item->id);
  g_free (item);
}

static MadoChannel *
channel_named (MadoCourier *self, const char *name)
{
  for (guint i = 0; i < self->channels->len; i++)
    if (g_strcmp0 (mado_channel_get_name (g_ptr_array_index (self->channels, i)), name) == 0)
      return g_ptr_array_index (self->channels, i);
  return NULL;
}

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
hand_over (MadoCourier *self, JsonObject *object)
{
  MadoChannel *channel = channel_named (self, member (object, "channel"));
  const MadoErrand errand = {
    member (object, "topic"), member (object, "key"), json_object_get_member (object, "payload"),
    json_object_get_int_member_with_default (object, "attempt", 0),
  };
  Item *item;

  if (channel == NULL || member (object, "id") == NULL)
    return;
  item = g_new0 (Item, 1);
  item->courier = g_object_ref (self);
  item->id = g_strdup (member (object, "id"));
  self->pending++;
  mado_channel_deliver (channel, &errand, on_delivered, item);
}

static void
on_leased (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(MadoCourier) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (source), result, &error);
  JsonNode *items;

  if (reply == NULL) {
    gboolean refused = g_error_matches (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED)
                       || g_error_matches (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);

    if (refused)
      g_signal_emit (self, signals[REFUSED], 0, error);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_info ("The service is away: %s", error->message);
    lease_after (self, refused ? IDLE_MS : AWAY_MS);
    return;
  }
  items = mado_json_get (mado_reply_get_json (reply), "/items");
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items) || json_array_get_length (json_node_get_array (items)) == 0) {
    lease_after (self, IDLE_MS);
    return;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (items)); i++)
    hand_over (self, json_array_get_object_element (json_node_get_array (items), i));
  lease_after (self, 0);
}

static void
lease (MadoCourier *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(MadoCall) call = NULL;

  if (!self->running)
    return;
  for (guint i = 0; i < self->channels->len; i++)
    g_ptr_array_add (names, (gpointer) mado_channel_get_name (g_ptr_array_index (self->channels, i)));
  g_ptr_array_add (names, NULL);
  call = mado_call_lease_outbox ((const char *const *) names->pdata, LEASE_MAX, LEASE_SECONDS);
  mado_client_send_async (self->client, call, self->cancellable, on_leased, g_object_ref (self));
}

static void
mado_courier_dispose (GObject *object)
{
  MadoCourier *self = MADO_COURIER (object);

  mado_courier_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_courier_parent_class)->dispose (object);
}

static void
mado_courier_class_init (MadoCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mado_courier_dispose;
  signals[REFUSED] = g_signal_new ("refused", MADO_TYPE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_ERROR);
}

static void
mado_courier_init (MadoCourier *self)
{
  self->channels = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

MadoCourier *
mado_courier_new (MadoClient *client)
{
  MadoCourier *self = g_object_new (MADO_TYPE_COURIER, NULL);

  self->client = g_object_ref (client);
  return self;
}

void
mado_courier_add_channel (MadoCourier *self, MadoChannel *channel)
{
  g_ptr_array_add (self->channels, g_object_ref (channel));
}

void
mado_courier_start (MadoCourier *self)
{
  self->running = TRUE;
  lease (self);
}

void
mado_courier_stop (MadoCourier *self)
{
  self->running = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

guint
mado_courier_get_pending (MadoCourier *self)
{
  return self->pending;
}
