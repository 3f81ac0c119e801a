/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-json.h"

static JsonNode *
get_child (JsonNode *node, const char *token)
{
  guint64 index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (!JSON_NODE_HOLDS_ARRAY (node) || (token[0] == '0' && token[1] != '\0'))
    return NULL;
  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &index, NULL)
      || index >= json_array_get_length (json_node_get_array (node)))
    return NULL;

  return json_array_get_element (json_node_get_array (node), (guint) index);
}

/**
 * mado_json_load: (skip)
 * @resource: compiled into the program
 * @path: of a JSON file in it
 *
 * Returns: (transfer full): the tree; what is wrong with it is a mistake of ours, and stops the program
 */
JsonNode *
mado_json_load (GResource *resource, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resource_lookup_data (resource, path, 0, &error);
  JsonNode *node = NULL;

  if (bytes != NULL)
    node = mado_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &MADO_JSON_LIMITS_BODY, &error);
  if (node == NULL)
    g_error ("%s: %s", path, error->message);
  return node;
}

/* "a~1b~0c" is "a/b~c". */
static gboolean
unescape_token (const char *token, gsize n, GString *out)
{
  g_string_truncate (out, 0);
  for (gsize i = 0; i < n; i++) {
    if (token[i] != '~')
      g_string_append_c (out, token[i]);
    else if (++i < n && (token[i] == '0' || token[i] == '1'))
      g_string_append_c (out, token[i] == '0' ? '~' : '/');
    else
      return FALSE;
  }

  return TRUE;
}

/**
 * mado_json_get:
 * @root: a tree
 * @pointer: JSON Pointer (RFC 6901); "" is @root itself
 *
 * Returns: (transfer none) (nullable): the node, or %NULL if there is none or @pointer is not well formed
 */
JsonNode *
mado_json_get (JsonNode *root, const char *pointer)
{
  g_autoptr(GString) token = g_string_new (NULL);
  JsonNode *node = root;

  while (node != NULL && *pointer != '\0') {
    gsize n = strcspn (pointer + 1, "/");

    if (*pointer != '/' || !unescape_token (pointer + 1, n, token))
      return NULL;
    node = get_child (node, token->str);
    pointer += 1 + n;
  }

  return node;
}

/**
 * mado_json_pointer_append: (skip)
 * @pointer: a JSON Pointer
 * @token: a member's name
 *
 * Lets @pointer lead to that member.
 */
void
mado_json_pointer_append (GString *pointer, const char *token)
{
  gsize plain = strcspn (token, "~/");

  g_string_append_c (pointer, '/');
  g_string_append_len (pointer, token, (gssize) plain);
  for (token += plain; *token != '\0'; token++) {
    if (*token == '~' || *token == '/')
      g_string_append (pointer, *token == '~' ? "~0" : "~1");
    else
      g_string_append_c (pointer, *token);
  }
}

/**
 * mado_json_pointer:
 * @base: a JSON Pointer, "" for the whole document
 * @token: name of a member
 *
 * Returns: (transfer full): the pointer to that member of @base
 */
char *
mado_json_pointer (const char *base, const char *token)
{
  GString *pointer = g_string_new (base);

  mado_json_pointer_append (pointer, token);

  return g_string_free (pointer, FALSE);
}

/**
 * mado_json_pointer_index:
 * @base: a JSON Pointer
 * @index: place in a list
 *
 * Returns: (transfer full): the pointer to that element of @base
 */
char *
mado_json_pointer_index (const char *base, guint index)
{
  return g_strdup_printf ("%s/%u", base, index);
}

static const char *
get_text (JsonObject *map, const char *language)
{
  JsonNode *node = json_object_get_member (map, language);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * mado_json_text:
 * @map: (nullable): a language map, {"ja": …, "en": …}
 * @language: (nullable): the language wished for
 *
 * Returns: (transfer none) (nullable): the text in @language, else in Japanese, else in the first language there is
 */
const char *
mado_json_text (JsonNode *map, const char *language)
{
  JsonObject *object;
  JsonObjectIter iter;
  JsonNode *node;
  const char *text = NULL, *name;

  if (map == NULL || !JSON_NODE_HOLDS_OBJECT (map))
    return NULL;

  object = json_node_get_object (map);
  if (language != NULL)
    text = get_text (object, language);
  if (text == NULL)
    text = get_text (object, "ja");
  json_object_iter_init_ordered (&iter, object);
  while (text == NULL && json_object_iter_next_ordered (&iter, &name, &node))   /* json-glib 1.6 wants a name */
    text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text;
}
