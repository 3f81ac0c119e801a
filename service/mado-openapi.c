/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-openapi.h"

#include <string.h>

#include "mado-route.h"

#define PROBLEM_TYPE "application/problem+json"

static void
set_ref (JsonObject *object, const char *kind, const char *name)
{
  g_autofree char *ref = g_strdup_printf ("#/components/%s/%s", kind, name);

  json_object_set_string_member (object, "$ref", ref);
}

static JsonObject *
new_ref (const char *kind, const char *name)
{
  JsonObject *object = json_object_new ();

  set_ref (object, kind, name);
  return object;
}

static JsonObject *
add_object (JsonObject *parent, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (parent, name, object);
  return object;
}

static void
add_type (JsonObject *schema, const char *type)
{
  json_object_set_string_member (schema, "type", type);
}

/* "MadoVisit" is Visit to those who read the document. */
static const char *
schema_name (const MadoRoute *route)
{
  return g_type_name (route->type ()) + strlen ("Mado");
}

/* "/visits/{id}/answers" */
static const char *
path_after_version (const MadoRoute *route)
{
  return route->path + (g_str_has_prefix (route->path, "/v1/") ? strlen ("/v1") : 0);
}

/* "/v1/visits/{id}/answers" with PUT becomes putVisitsByIdAnswers. */
static char *
operation_id (const MadoRoute *route)
{
  GString *id = g_string_new (NULL);
  gboolean upper = FALSE;

  for (const char *c = route->method; *c; c++)
    g_string_append_c (id, g_ascii_tolower (*c));
  for (const char *c = path_after_version (route); *c; c++)
    if (*c == '{')
      g_string_append (id, "By");
    else if (g_ascii_isalnum (*c)) {
      g_string_append_c (id, upper ? g_ascii_toupper (*c) : *c);
      upper = FALSE;
    } else
      upper = TRUE;
  return g_string_free (id, FALSE);
}

/* The segment after the version, "visits": what the operation is about. */
static char *
tag_of (const MadoRoute *route)
{
  const char *start = path_after_version (route) + 1;

  return g_strndup (start, strcspn (start, "/"));
}

/* Parameters */

static void
add_path_parameters (JsonArray *parameters, const MadoRoute *route)
{
  for (const char *brace = strchr (route->path, '{'); brace; brace = strchr (brace + 1, '{')) {
    g_autofree char *name = g_strndup (brace + 1, strcspn (brace, "}") - 1);
    JsonObject *parameter = json_object_new ();
    JsonObject *schema = add_object (parameter, "schema");

    json_object_set_string_member (parameter, "name", name);
    json_object_set_string_member (parameter, "in", "path");
    json_object_set_boolean_member (parameter, "required", TRUE);
    add_type (schema, "string");
    json_object_set_int_member (schema, "maxLength", 128);
    json_array_add_object_element (parameters, parameter);
  }
}

static void
add_query_parameters (JsonArray *parameters, const MadoRoute *route)
{
  g_autoptr(JsonNode) all = NULL;
  JsonObject *properties;

  if (route->body_limit > 0 || !route->spec)
    return;
  all = mado_json_spec_get_schema (route->spec);
  properties = json_object_get_object_member (json_node_get_object (all), "properties");
  for (const MadoJsonSpec *member = route->spec; member->name; member++) {
    JsonObject *parameter = json_object_new ();

    json_object_set_string_member (parameter, "name", member->name);
    json_object_set_string_member (parameter, "in", "query");
    if (member->required)
      json_object_set_boolean_member (parameter, "required", TRUE);
    json_object_set_member (parameter, "schema", json_object_dup_member (properties, member->name));
    json_array_add_object_element (parameters, parameter);
  }
}

static void
add_parameters (JsonObject *operation, const MadoRoute *route)
{
  g_autoptr(JsonArray) parameters = json_array_new ();

  add_path_parameters (parameters, route);
  add_query_parameters (parameters, route);
  if (mado_route_writes (route) && !(route->flags & MADO_ROUTE_KEYLESS))
    json_array_add_object_element (parameters, new_ref ("parameters", "IdempotencyKey"));
  if (route->flags & MADO_ROUTE_IF_MATCH)
    json_array_add_object_element (parameters, new_ref ("parameters", "IfMatch"));
  if (route->gives == MADO_GIVES_EVENTS)
    json_array_add_object_element (parameters, new_ref ("parameters", "LastEventId"));
  if (json_array_get_length (parameters) > 0)
    json_object_set_array_member (operation, "parameters", g_steal_pointer (&parameters));
}

static void
add_body (JsonObject *operation, const MadoRoute *route)
{
  JsonObject *body;

  if (route->body_limit == 0)
    return;
  body = add_object (operation, "requestBody");
  json_object_set_boolean_member (body, "required", TRUE);
  json_object_set_member (add_object (add_object (body, "content"), "application/json"), "schema",
                          mado_json_spec_get_schema (route->spec));
}

/* Responses */

static void
describe_list (JsonObject *schema, const MadoRoute *route)
{
  JsonArray *required = json_array_new ();
  JsonObject *properties = add_object (schema, "properties");
  JsonObject *items = add_object (properties, "items");
  JsonObject *next = add_object (properties, "next");

  add_type (schema, "object");
  add_type (items, "array");
  set_ref (add_object (items, "items"), "schemas", schema_name (route));
  add_type (next, "string");
  json_object_set_string_member (next, "description", "Cursor of the next page; absent at the end");
  json_array_add_string_element (required, "items");
  json_object_set_array_member (schema, "required", required);
}

static void
describe_binary (JsonObject *schema)
{
  add_type (schema, "string");
  json_object_set_string_member (schema, "contentEncoding", "binary");
}

static void
add_content (JsonObject *response, const MadoRoute *route)
{
  static const char *const types[] = {
    [MADO_GIVES_RECORD] = "application/json", [MADO_GIVES_LIST] = "application/json",
    [MADO_GIVES_JSON] = "application/json", [MADO_GIVES_PDF] = "application/pdf",
    [MADO_GIVES_FILE] = "*/*",
    [MADO_GIVES_EVENTS] = "text/event-stream", [MADO_GIVES_TEXT] = "text/plain",
    [MADO_GIVES_PAGE] = "text/html",
  };
  JsonObject *media, *schema;

  if (route->gives == MADO_GIVES_NOTHING)
    return;
  media = add_object (add_object (response, "content"), types[route->gives]);
  if (route->gives == MADO_GIVES_JSON && route->shape) {
    json_object_set_member (media, "schema", mado_json_spec_get_schema (route->shape));
    return;
  }
  schema = add_object (media, "schema");
  if (route->gives == MADO_GIVES_RECORD)
    set_ref (schema, "schemas", schema_name (route));
  else if (route->gives == MADO_GIVES_LIST)
    describe_list (schema, route);
  else if (route->gives == MADO_GIVES_JSON)
    add_type (schema, "object");
  else if (route->gives == MADO_GIVES_PDF || route->gives == MADO_GIVES_FILE)
    describe_binary (schema);
  else
    add_type (schema, "string");
}

static void
add_responses (JsonObject *operation, const MadoRoute *route)
{
  JsonObject *responses = add_object (operation, "responses");
  g_autofree char *status = g_strdup_printf ("%u", route->status);
  JsonObject *response = add_object (responses, status);

  json_object_set_string_member (response, "description", route->summary);
  add_content (response, route);
  json_object_set_object_member (responses, "4XX", new_ref ("responses", "Problem"));
  json_object_set_object_member (responses, "5XX", new_ref ("responses", "Problem"));
}

/* Operations */

static void
add_security (JsonObject *operation, const MadoRoute *route)
{
  JsonArray *security = json_array_new ();

  if (route->roles != 0) {
    JsonObject *scheme = json_object_new ();

    json_object_set_array_member (scheme, "session", json_array_new ());
    json_array_add_object_element (security, scheme);
  }
  json_object_set_array_member (operation, "security", security);
}

static void
add_roles (JsonObject *operation, const MadoRoute *route)
{
  g_autoptr(GEnumClass) roles = g_type_class_ref (MADO_TYPE_ROLE);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < roles->n_values; i++)
    if (roles->values[i].value & (int) route->roles)
      json_array_add_string_element (list, roles->values[i].value_nick);
  json_object_set_array_member (operation, "x-roles", list);
}

static void
add_operation (JsonObject *paths, const MadoRoute *route)
{
  g_autofree char *id = operation_id (route);
  g_autofree char *tag = tag_of (route);
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  JsonArray *tags = json_array_new ();
  JsonObject *path, *operation;

  path = json_object_has_member (paths, route->path) ? json_object_get_object_member (paths, route->path)
                                                     : add_object (paths, route->path);
  operation = add_object (path, method);
  json_object_set_string_member (operation, "operationId", id);
  json_object_set_string_member (operation, "summary", route->summary);
  json_array_add_string_element (tags, tag);
  json_object_set_array_member (operation, "tags", tags);
  add_security (operation, route);
  add_roles (operation, route);
  add_parameters (operation, route);
  add_body (operation, route);
  add_responses (operation, route);
}

static void
add_tags (JsonObject *document)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *tags = json_array_new ();

  for (const MadoRoute *route = mado_routes_get (); route->method; route++) {
    char *name = tag_of (route);
    JsonObject *tag;

    if (g_hash_table_add (seen, name)) {
      tag = json_object_new ();
      json_object_set_string_member (tag, "name", name);
      json_array_add_object_element (tags, tag);
    }
  }
  json_object_set_array_member (document, "tags", tags);
}

/* Components */

static void
add_header_parameter (JsonObject *parameters, const char *name, const char *header, gboolean required,
                      const char *description)
{
  JsonObject *parameter = add_object (parameters, name);

  json_object_set_string_member (parameter, "name", header);
  json_object_set_string_member (parameter, "in", "header");
  json_object_set_boolean_member (parameter, "required", required);
  json_object_set_string_member (parameter, "description", description);
  add_type (add_object (parameter, "schema"), "string");
}

static const MadoJsonSpec violation_spec[] = {
  { "pointer", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "RFC 6901: where in the body; \"\" is all of it" },
  { "code", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "Stable name: `required`, `type`, `unknown` …" },
  { "message", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "A sentence that names the remedy" },
  { NULL }
};

static const MadoJsonSpec problem_spec[] = {
  { "type", MADO_JSON_STRING, 0, TRUE, 0, 0, "urn:madoguchi:problem:[a-z-]+", NULL, "What kind of problem" },
  { "title", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "The same for each of its kind" },
  { "status", MADO_JSON_INT, 0, TRUE, 400, 599, NULL, NULL, "As of the answer" },
  { "detail", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "A sentence that names place and remedy" },
  { "violations", MADO_JSON_ARRAY, 0, TRUE, 0, 0, NULL, violation_spec, "Each mistake in what was sent" },
  { "requestId", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "To speak of it with whoever runs the service" },
  { NULL }
};

static void
add_schemas (JsonObject *components)
{
  JsonObject *schemas = add_object (components, "schemas");

  json_object_set_member (schemas, "Problem", mado_json_spec_get_schema (problem_spec));
  for (const MadoRoute *route = mado_routes_get (); route->method; route++)
    if ((route->gives == MADO_GIVES_RECORD || route->gives == MADO_GIVES_LIST)
        && !json_object_has_member (schemas, schema_name (route)))
      json_object_set_member (schemas, schema_name (route),
                              mado_record_get_schema (route->type (), MADO_JSON_PRIVATE));
}

static void
add_components (JsonObject *document)
{
  JsonObject *components = add_object (document, "components");
  JsonObject *scheme = add_object (add_object (components, "securitySchemes"), "session");
  JsonObject *problem = add_object (add_object (components, "responses"), "Problem");
  JsonObject *parameters = add_object (components, "parameters");

  add_type (scheme, "http");
  json_object_set_string_member (scheme, "scheme", "bearer");
  json_object_set_string_member (problem, "description", "What was wrong (RFC 9457)");
  json_object_set_object_member (add_object (add_object (problem, "content"), PROBLEM_TYPE), "schema",
                                 new_ref ("schemas", "Problem"));
  add_header_parameter (parameters, "IdempotencyKey", "Idempotency-Key", TRUE,
                        "New for each change; the same key and body give the same answer for 24 hours");
  add_header_parameter (parameters, "IfMatch", "If-Match", TRUE, "The ETag of the case as it was seen");
  add_header_parameter (parameters, "LastEventId", "Last-Event-ID", FALSE, "Position of the last event one has");
  add_schemas (components);
}

static void
add_info (JsonObject *document)
{
  JsonObject *info = add_object (document, "info");
  JsonObject *license = add_object (info, "license");
  JsonArray *servers = json_array_new ();
  JsonObject *server = json_object_new ();

  json_object_set_string_member (info, "title", "Madoguchi");
  json_object_set_string_member (info, "version", MADO_VERSION_TEXT);
  json_object_set_string_member (info, "summary", "A city's digital service counter");
  json_object_set_string_member (license, "name", "GPL-3.0-or-later");
  json_object_set_string_member (license, "identifier", "GPL-3.0-or-later");
  json_object_set_string_member (server, "url", "/");
  json_array_add_object_element (servers, server);
  json_object_set_array_member (document, "servers", servers);
}

JsonNode *
mado_openapi_new (void)
{
  g_autoptr(JsonObject) document = json_object_new ();
  JsonObject *paths;

  json_object_set_string_member (document, "openapi", "3.1.0");
  add_info (document);
  add_tags (document);
  paths = add_object (document, "paths");
  for (const MadoRoute *route = mado_routes_get (); route->method; route++)
    add_operation (paths, route);
  add_components (document);
  return json_node_init_object (json_node_alloc (), document);
}
