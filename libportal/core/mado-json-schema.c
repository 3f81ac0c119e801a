/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-json.h"

static void
set_bounds (JsonObject *schema, const MadoJsonSpec *spec, const char *min, const char *max)
{
  if (spec->min != 0)
    json_object_set_int_member (schema, min, spec->min);
  if (spec->max != 0)
    json_object_set_int_member (schema, max, spec->max);
}

static void
describe_text (JsonObject *schema, const MadoJsonSpec *spec)
{
  json_object_set_string_member (schema, "type", "string");
  if (spec->type == MADO_JSON_DATE || spec->type == MADO_JSON_TIME) {
    json_object_set_string_member (schema, "format", spec->type == MADO_JSON_DATE ? "date" : "date-time");
    return;
  }
  set_bounds (schema, spec, "minLength", "maxLength");
  if (spec->pattern != NULL) {
    g_autofree char *anchored = g_strdup_printf ("^(?:%s)$", spec->pattern);

    json_object_set_string_member (schema, "pattern", anchored);
  }
}

static void
describe_array (JsonObject *schema, const MadoJsonSpec *spec)
{
  json_object_set_string_member (schema, "type", "array");
  set_bounds (schema, spec, "minItems", "maxItems");
  if (spec->members != NULL)
    json_object_set_member (schema, "items", mado_json_spec_get_schema (spec->members));
}

static JsonObject *
describe_member (const MadoJsonSpec *spec)
{
  JsonObject *schema;

  if (spec->type == MADO_JSON_OBJECT && spec->members != NULL) {
    g_autoptr(JsonNode) node = mado_json_spec_get_schema (spec->members);

    schema = json_node_dup_object (node);
  } else {
    schema = json_object_new ();
  }

  switch (spec->type) {
  case MADO_JSON_STRING:
  case MADO_JSON_DATE:
  case MADO_JSON_TIME:
    describe_text (schema, spec);
    break;
  case MADO_JSON_INT:
    json_object_set_string_member (schema, "type", "integer");
    set_bounds (schema, spec, "minimum", "maximum");
    break;
  case MADO_JSON_BOOL:
    json_object_set_string_member (schema, "type", "boolean");
    break;
  case MADO_JSON_OBJECT:
    json_object_set_string_member (schema, "type", "object");
    break;
  case MADO_JSON_ARRAY:
    describe_array (schema, spec);
    break;
  default:
    break;
  }
  if (spec->summary != NULL)
    json_object_set_string_member (schema, "description", spec->summary);

  return schema;
}

/**
 * mado_json_spec_get_schema:
 *
 * Returns: (transfer full): the JSON Schema (2020-12) of what mado_json_read() takes by @spec
 */
JsonNode *
mado_json_spec_get_schema (const MadoJsonSpec *spec)
{
  JsonObject *schema = json_object_new (), *properties = json_object_new ();
  g_autoptr(JsonArray) required = json_array_new ();
  JsonNode *node;

  for (; spec->name != NULL; spec++) {
    json_object_set_object_member (properties, spec->name, describe_member (spec));
    if (spec->required)
      json_array_add_string_element (required, spec->name);
  }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_object_member (schema, "properties", properties);
  if (json_array_get_length (required) > 0)
    json_object_set_array_member (schema, "required", g_steal_pointer (&required));
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, schema);

  return node;
}
