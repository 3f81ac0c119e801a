/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-problem.h"

#include "core/mado-json.h"

#define MAX_VIOLATIONS 200

static const char *
member (JsonNode *document, const char *pointer)
{
  JsonNode *node = document != NULL ? mado_json_get (document, pointer) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static MadoError
code_from_status (guint status)
{
  if (status == 502 || status == 503 || status == 504)
    return MADO_ERROR_UNAVAILABLE;
  for (guint code = 0; code <= MADO_ERROR_INTERNAL; code++)
    if (mado_error_get_status (code) == status)
      return code;
  return status >= 400 && status < 500 ? MADO_ERROR_INVALID : MADO_ERROR_INTERNAL;
}

static MadoError
code_of (guint status, const char *type)
{
  MadoError code;

  if (type != NULL && g_str_has_prefix (type, MADO_PROBLEM_URN)
      && mado_error_from_wire_name (type + strlen (MADO_PROBLEM_URN), &code))
    return code;
  return code_from_status (status);
}

static void
add_violations (GError *error, JsonNode *document)
{
  JsonNode *list = document != NULL ? mado_json_get (document, "/violations") : NULL;
  JsonArray *violations = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  guint n = violations != NULL ? MIN (json_array_get_length (violations), MAX_VIOLATIONS) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *item = json_array_get_element (violations, i);
    const char *pointer = member (item, "/pointer");
    const char *code = member (item, "/code");
    const char *message = member (item, "/message");

    if (pointer != NULL && code != NULL && message != NULL)
      mado_error_add_violation (error, pointer, code, "%s", message);
  }
}

void
mado_problem_to_error (guint status, JsonNode *document, GError **error)
{
  MadoError code = code_of (status, member (document, "/type"));
  const char *text = member (document, "/detail");
  GError *problem;

  if (text == NULL)
    text = member (document, "/title");
  if (text == NULL)
    text = mado_error_get_title (code);
  problem = g_error_new_literal (MADO_ERROR, code, text);
  add_violations (problem, document);
  g_propagate_error (error, problem);
}
