/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-offer.h"

#include "core/mado-json.h"

struct _MadoOffer {
  gatomicrefcount  refs;
  JsonNode        *root;   /* {city, list: [in short], procedures: [...], forms: {id: ...}} */
  MadoSearch      *search; /* (nullable) */
};

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static guint
count (JsonNode *list)
{
  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_length (json_node_get_array (list)) : 0;
}

static MadoOffer *
offer_new (JsonNode *root)
{
  MadoOffer *self = g_new0 (MadoOffer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->root = root;
  json_node_seal (root);
  return self;
}

MadoOffer *
mado_offer_ref (MadoOffer *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mado_offer_unref (MadoOffer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->search);
  json_node_unref (self->root);
  g_free (self);
}

static JsonNode *
part (MadoOffer *self, const char *name)
{
  return json_object_get_member (json_node_get_object (self->root), name);
}

static gboolean
is_whole (JsonNode *root)
{
  JsonNode *city = mado_json_get (root, "/city");
  JsonNode *list = mado_json_get (root, "/list");
  JsonNode *events = mado_json_get (root, "/events/items");
  JsonNode *procedures = mado_json_get (root, "/procedures");
  JsonNode *forms = mado_json_get (root, "/forms");

  return city != NULL && JSON_NODE_HOLDS_OBJECT (city) && list != NULL && events != NULL
         && JSON_NODE_HOLDS_ARRAY (events) && procedures != NULL && JSON_NODE_HOLDS_ARRAY (procedures)
         && forms != NULL && JSON_NODE_HOLDS_OBJECT (forms);
}

MadoOffer *
mado_offer_load (const char *path)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_FILE;
  g_autofree char *data = NULL;
  g_autoptr(JsonNode) root = NULL;
  gsize n;

  if (!g_file_get_contents (path, &data, &n, NULL))
    return NULL;
  root = mado_json_parse (data, n, &limits, NULL);
  return root != NULL && is_whole (root) ? offer_new (g_steal_pointer (&root)) : NULL;
}

gboolean
mado_offer_save (MadoOffer *self, const char *path, GError **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  mado_json_append_node (text, self->root);
  return g_file_set_contents_full (path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

JsonNode *
mado_offer_get_city (MadoOffer *self)
{
  return part (self, "city");
}

gboolean
mado_offer_get_public_key (MadoOffer *self, guint8 key[32])
{
  JsonNode *node = mado_json_get (self->root, "/city/publicKey");
  g_autofree guint8 *bytes = NULL;
  gsize n = 0;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    bytes = g_base64_decode (json_node_get_string (node), &n);
  if (n != 32)
    return FALSE;
  memcpy (key, bytes, 32);
  return TRUE;
}

guint
mado_offer_get_n (MadoOffer *self)
{
  return count (part (self, "procedures"));
}

JsonNode *
mado_offer_get_nth (MadoOffer *self, guint i)
{
  return json_array_get_element (json_node_get_array (part (self, "procedures")), i);
}

JsonNode *
mado_offer_get_procedure (MadoOffer *self, const char *id)
{
  for (guint i = 0; i < mado_offer_get_n (self); i++) {
    JsonNode *procedure = mado_offer_get_nth (self, i);

    if (g_str_equal (json_object_get_string_member (json_node_get_object (procedure), "id"), id))
      return procedure;
  }
  return NULL;
}

JsonNode *
mado_offer_get_form (MadoOffer *self, const char *id)
{
  return json_object_get_member (json_node_get_object (part (self, "forms")), id);
}

JsonNode *
mado_offer_get_events (MadoOffer *self)
{
  return mado_json_get (self->root, "/events/items");
}

JsonNode *
mado_offer_get_event (MadoOffer *self, const char *id)
{
  JsonArray *events = json_node_get_array (mado_offer_get_events (self));

  for (guint i = 0; i < json_array_get_length (events); i++)
    if (g_strcmp0 (text_member (json_array_get_object_element (events, i), "id"), id) == 0)
      return json_array_get_element (events, i);
  return NULL;
}

/* --- search --------------------------------------------------------------------------------------------------- */

static GStrv
read_keywords (JsonNode *node)
{
  JsonNode *list = mado_json_get (node, "/keywords");
  g_autoptr(GStrvBuilder) keywords = g_strv_builder_new ();

  for (guint i = 0; i < count (list); i++)
    g_strv_builder_add (keywords, json_array_get_string_element (json_node_get_array (list), i));
  return g_strv_builder_end (keywords);
}

/* As much of one as is searched and shown. */
static gpointer
read_item (GType type, JsonNode *node)
{
  g_auto(GStrv) keywords = read_keywords (node);

  return g_object_new (type, "id", text_member (json_node_get_object (node), "id"),
                       "icon", text_member (json_node_get_object (node), "icon"),
                       "title", mado_json_get (node, "/title"), "summary", mado_json_get (node, "/summary"),
                       "keywords", keywords, NULL);
}

static MadoSearch *
make_search (MadoOffer *self)
{
  g_autoptr(GPtrArray) procedures = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref), none = g_ptr_array_new ();
  JsonNode *list = mado_offer_get_events (self);

  for (guint i = 0; i < mado_offer_get_n (self); i++) {
    JsonNode *node = mado_offer_get_nth (self, i);
    MadoProcedure *procedure = read_item (MADO_TYPE_PROCEDURE, node);

    g_object_set (procedure, "category", text_member (json_node_get_object (node), "category"), NULL);
    g_ptr_array_add (procedures, procedure);
  }
  for (guint i = 0; i < count (list); i++)
    g_ptr_array_add (events, read_item (MADO_TYPE_LIFE_EVENT, json_array_get_element (json_node_get_array (list), i)));
  return mado_search_new (NULL, procedures, events, none);
}

MadoSearch *
mado_offer_get_search (MadoOffer *self)
{
  if (self->search == NULL)
    self->search = make_search (self);
  return self->search;
}

JsonNode *
mado_offer_get_office (MadoOffer *self, const char *id)
{
  JsonNode *offices = mado_json_get (self->root, "/city/offices");

  for (guint i = 0; i < count (offices); i++) {
    JsonNode *office = json_array_get_element (json_node_get_array (offices), i);

    if (g_strcmp0 (text_member (json_node_get_object (office), "id"), id) == 0)
      return office;
  }
  return NULL;
}

gboolean
mado_offer_is_done_here (JsonNode *procedure)
{
  return text_member (json_node_get_object (procedure), "form") != NULL;
}

/* (transfer full): the JSON @call is answered with; takes the call. */
static JsonNode *
ask (MadoClient *client, MadoCall *call, GCancellable *cancellable, GError **error)
{
  g_autoptr(MadoCall) owned = call;
  g_autoptr(MadoReply) reply = mado_client_send (client, call, cancellable, error);
  JsonNode *json = reply != NULL ? mado_reply_get_json (reply) : NULL;

  if (reply != NULL && (json == NULL || !JSON_NODE_HOLDS_OBJECT (json)))
    g_set_error (error, MADO_ERROR, MADO_ERROR_MALFORMED, "%s did not answer with an object",
                 mado_call_get_path (call));
  return json != NULL && JSON_NODE_HOLDS_OBJECT (json) ? json_node_ref (json) : NULL;
}

/* Whether this kiosk can take it from the first question to the filing. */
static gboolean
is_for_kiosk (JsonNode *item)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
  JsonNode *kiosk = object != NULL ? json_object_get_member (object, "kiosk") : NULL;

  return kiosk != NULL && json_node_get_value_type (kiosk) == G_TYPE_BOOLEAN && json_node_get_boolean (kiosk)
         && text_member (object, "id") != NULL && text_member (object, "form") != NULL;
}

static gboolean
fetch_form (MadoClient *client, const char *id, JsonObject *forms, GCancellable *cancellable, GError **error)
{
  JsonNode *form = json_object_has_member (forms, id) ? NULL : ask (client, mado_call_form (id, 0), cancellable, error);

  if (form != NULL)
    json_object_set_member (forms, id, form);
  return json_object_has_member (forms, id);
}

static gboolean
fetch_interviews (MadoClient *client, JsonNode *events, JsonObject *forms, GCancellable *cancellable, GError **error)
{
  JsonNode *items = mado_json_get (events, "/items");

  for (guint i = 0; i < count (items); i++) {
    JsonNode *item = json_array_get_element (json_node_get_array (items), i);
    const char *form = JSON_NODE_HOLDS_OBJECT (item) ? text_member (json_node_get_object (item), "form") : NULL;

    if (form != NULL && !fetch_form (client, form, forms, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* Without a form nothing is filed here; it is told of. */
static gboolean
is_told (JsonNode *item)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;

  return object != NULL && text_member (object, "id") != NULL && text_member (object, "form") == NULL
         && json_object_has_member (object, "title") && json_object_has_member (object, "who");
}

/* Every page of a list, as one; @call makes the call for the page after @cursor. */
static JsonArray *
fetch_pages (MadoClient *client, MadoCall *(*call) (const char *cursor), GCancellable *cancellable, GError **error)
{
  g_autoptr(JsonArray) all = json_array_new ();
  g_autofree char *cursor = NULL;

  do {
    g_autoptr(JsonNode) page = ask (client, call (cursor), cancellable, error);
    JsonNode *items = page != NULL ? mado_json_get (page, "/items") : NULL;

    if (page == NULL)
      return NULL;
    for (guint i = 0; i < count (items); i++)
      json_array_add_element (all, json_node_ref (json_array_get_element (json_node_get_array (items), i)));
    g_free (cursor);
    cursor = g_strdup (text_member (json_node_get_object (page), "next"));
  } while (cursor != NULL);
  return g_steal_pointer (&all);
}

static MadoCall *
call_list (const char *cursor)
{
  return mado_call_procedures (NULL, cursor);
}

static JsonNode *
fetch_list (MadoClient *client, GCancellable *cancellable, GError **error)
{
  JsonArray *list = fetch_pages (client, call_list, cancellable, error);
  JsonNode *node = list != NULL ? json_node_new (JSON_NODE_ARRAY) : NULL;

  if (node != NULL)
    json_node_take_array (node, list);
  return node;
}

/* Those that can be done here first, with their forms, then those that are told of. */
static gboolean
fetch_all (MadoClient *client, JsonArray *procedures, JsonObject *forms, GCancellable *cancellable, GError **error)
{
  g_autoptr(JsonArray) all = fetch_pages (client, mado_call_catalogue, cancellable, error);

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++) {
    JsonNode *item = json_array_get_element (all, i);

    if (!is_for_kiosk (item))
      continue;
    json_array_add_element (procedures, json_node_ref (item));
    if (!fetch_form (client, text_member (json_node_get_object (item), "form"), forms, cancellable, error))
      return FALSE;
  }
  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    if (is_told (json_array_get_element (all, i)))
      json_array_add_element (procedures, json_node_ref (json_array_get_element (all, i)));
  return all != NULL;
}

MadoOffer *
mado_offer_fetch (MadoClient *client, MadoOffer *known, GCancellable *cancellable, GError **error)
{
  g_autoptr(JsonNode) city = ask (client, mado_call_city (), cancellable, error);
  g_autoptr(JsonNode) list = city != NULL ? fetch_list (client, cancellable, error) : NULL;
  g_autoptr(JsonNode) events = list != NULL ? ask (client, mado_call_life_events (), cancellable, error) : NULL;
  g_autoptr(JsonArray) procedures = json_array_new ();
  g_autoptr(JsonObject) forms = json_object_new ();
  g_autoptr(JsonObject) root = json_object_new ();

  if (events == NULL)
    return NULL;
  if (known != NULL && json_node_equal (city, part (known, "city")) && json_node_equal (list, part (known, "list"))
      && json_node_equal (events, part (known, "events")))
    return mado_offer_ref (known);
  if (!fetch_all (client, procedures, forms, cancellable, error)
      || !fetch_interviews (client, events, forms, cancellable, error))
    return NULL;
  json_object_set_member (root, "city", g_steal_pointer (&city));
  json_object_set_member (root, "list", g_steal_pointer (&list));
  json_object_set_member (root, "events", g_steal_pointer (&events));
  json_object_set_array_member (root, "procedures", g_steal_pointer (&procedures));
  json_object_set_object_member (root, "forms", g_steal_pointer (&forms));
  return offer_new (json_node_init_object (json_node_alloc (), root));
}
