/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-finder.h"

#include <client/mado-calls.h>

#define MOST        12      /* hits */
#define PATIENCE_MS 800     /* until the offer alone has to do */

typedef struct {
  MadoStation  *station;
  char         *query;
  GCancellable *call;       /* of this one call, cancelled when it takes too long */
  guint         timeout;
} Asking;

static void
asking_free (Asking *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_object_unref (self->station);
  g_object_unref (self->call);
  g_free (self->query);
  g_free (self);
}

static MadoHits *
read_hits (MadoReply *reply)
{
  JsonNode *json = reply != NULL ? mado_reply_get_json (reply) : NULL;

  return json != NULL ? mado_record_from_json (MADO_TYPE_HITS, json, MADO_JSON_TOLERANT, NULL) : NULL;
}

static void
ask_the_offer (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  MadoOffer *offer = mado_station_get_offer (asking->station);
  MadoSearch *search = offer != NULL ? mado_offer_get_search (offer) : NULL;
  MadoHits *hits;

  if (g_task_return_error_if_cancelled (task))
    return;
  hits = search != NULL ? mado_search_find (search, asking->query, NULL, MOST)
                        : g_object_new (MADO_TYPE_HITS, "confidence", MADO_CONFIDENCE_NONE, NULL);
  g_task_return_pointer (task, hits, g_object_unref);
}

static void
on_answered (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReply) reply = mado_client_send_finish (MADO_CLIENT (client), result, &error);
  MadoHits *hits = read_hits (reply);

  g_clear_handle_id (&asking->timeout, g_source_remove);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mado_station_note_error (asking->station, error);
  if (hits == NULL)
    ask_the_offer (task);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, hits, g_object_unref);
  else
    g_object_unref (hits);
}

static gboolean
on_slow (gpointer data)
{
  Asking *asking = data;

  asking->timeout = 0;
  g_cancellable_cancel (asking->call);
  return G_SOURCE_REMOVE;
}

void
mado_finder_ask_async (MadoStation *station, const char *query, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (station, cancellable, callback, data);
  MadoClient *client = mado_station_is_online (station) ? mado_station_get_client (station) : NULL;
  Asking *asking = g_new0 (Asking, 1);
  g_autoptr(MadoCall) call = NULL;

  asking->station = g_object_ref (station);
  asking->query = g_strdup (query);
  asking->call = g_cancellable_new ();
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  g_task_set_source_tag (task, mado_finder_ask_async);
  if (client == NULL) {
    ask_the_offer (task);
    return;
  }
  call = mado_call_search (query, NULL, MOST);
  asking->timeout = g_timeout_add (PATIENCE_MS, on_slow, asking);
  mado_client_send_async (client, call, asking->call, on_answered, g_steal_pointer (&task));
}

MadoHits *
mado_finder_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
category_of (JsonNode *procedure)
{
  return json_object_get_string_member_with_default (json_node_get_object (procedure), "category", "other");
}

GPtrArray *
mado_finder_list_often (MadoOffer *offer)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; i < mado_offer_get_n (offer); i++) {
    JsonNode *procedure = mado_offer_get_nth (offer, i);

    if (json_object_get_boolean_member_with_default (json_node_get_object (procedure), "often", FALSE))
      g_ptr_array_add (found, json_node_ref (procedure));
  }
  return found;
}

GPtrArray *
mado_finder_list (MadoOffer *offer, const char *category, gboolean done_here)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = 0; i < mado_offer_get_n (offer); i++)
    if (g_str_equal (category_of (mado_offer_get_nth (offer, i)), category)
        && mado_offer_is_done_here (mado_offer_get_nth (offer, i)) == done_here)
      g_ptr_array_add (found, json_node_ref (mado_offer_get_nth (offer, i)));
  return found;
}
