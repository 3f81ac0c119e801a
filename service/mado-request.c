/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-request.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "mado-route.h"

#define MAX_QUERY_MEMBERS 20

void
mado_request_clear (MadoRequest *self)
{
  for (guint i = 0; i < MADO_REQUEST_MAX_PARAMS; i++)
    g_clear_pointer (&self->params[i], g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->input, json_node_unref);
  g_clear_object (&self->session);
}

gboolean
mado_request_read (MadoRequest *self, gpointer out, GError **error)
{
  return mado_json_read (self->input, self->route->spec, out, error);
}

gboolean
mado_request_get_version (MadoRequest *self, gint64 *version, GError **error)
{
  const char *tag = self->if_match;
  gsize length = tag ? strlen (tag) : 0;
  guint64 number;

  if (!tag) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_PRECONDITION,
                         _("Send the ETag you were given as If-Match, so that nobody's change is overwritten."));
    return FALSE;
  }
  if (length > 2 && tag[0] == '"' && tag[length - 1] == '"') {
    g_autofree char *inner = g_strndup (tag + 1, length - 2);

    if (g_ascii_string_to_unsigned (inner, 10, 0, G_MAXINT64, &number, NULL)) {
      *version = number;
      return TRUE;
    }
  }
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_STALE,
                       _("This If-Match is not an ETag of this service; please look at the case again."));
  return FALSE;
}

const char *
mado_request_get_token (const MadoRequest *self)
{
  if (!self->authorization || g_ascii_strncasecmp (self->authorization, "Bearer ", 7) != 0)
    return NULL;
  return self->authorization + 7;
}

static const MadoJsonSpec *
find_member (const MadoJsonSpec *spec, const char *name)
{
  for (; spec && spec->name; spec++)
    if (g_str_equal (spec->name, name))
      return spec;
  return NULL;
}

static JsonNode *
convert (const char *value, const MadoJsonSpec *member)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint64 number;

  if (member && member->type == MADO_JSON_INT
      && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    json_node_set_int (node, number);
  else if (member && member->type == MADO_JSON_BOOL && (g_str_equal (value, "true") || g_str_equal (value, "false")))
    json_node_set_boolean (node, value[0] == 't');
  else
    json_node_set_string (node, value);
  return node;
}

/* Forms write a space as '+' (WHATWG URL, 5.1). */
static char *
unescape (const char *start, gsize length)
{
  g_autofree char *copy = g_strndup (start, length);
  char *text;

  g_strdelimit (copy, "+", ' ');
  text = g_uri_unescape_segment (copy, NULL, NULL);
  if (text && !g_utf8_validate (text, -1, NULL))
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
add_member (JsonObject *object, const char *pair, gsize length, const MadoJsonSpec *spec, GError **error)
{
  const char *equals = memchr (pair, '=', length);
  gsize name_length = equals ? (gsize) (equals - pair) : length;
  g_autofree char *name = unescape (pair, name_length);
  g_autofree char *value = equals ? unescape (equals + 1, length - name_length - 1) : g_strdup ("");

  if (!name || !value || json_object_has_member (object, name) || json_object_get_size (object) >= MAX_QUERY_MEMBERS) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED,
                         _("What follows the question mark could not be read: each name once, escaped UTF-8."));
    return FALSE;
  }
  json_object_set_member (object, name, convert (value, find_member (spec, name)));
  return TRUE;
}

JsonNode *
mado_query_parse (const char *query, const MadoJsonSpec *spec, GError **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  for (const char *pair = query; pair && *pair;) {
    gsize length = strcspn (pair, "&");

    if (length > 0 && !add_member (object, pair, length, spec, error))
      return NULL;
    pair += length + (pair[length] == '&');
  }
  return json_node_init_object (json_node_alloc (), object);
}
