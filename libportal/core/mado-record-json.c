/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "core/mado-reader.h"
#include "core/mado-record-private.h"

#define STRING_CAP 4096   /* characters, where a field names none */

static gboolean
is_shown (const MadoField *field, MadoJsonFlags flags)
{
  if ((field->flags & (MADO_FIELD_SEALED | MADO_FIELD_DETAIL)) && (flags & MADO_JSON_LIST))
    return FALSE;

  return !(field->flags & (MADO_FIELD_PRIVATE | MADO_FIELD_SEALED)) || (flags & MADO_JSON_PRIVATE);
}

/* Those of which "not set" is written as null where they may not be left out. */
static gboolean
may_be_null (const MadoField *field)
{
  return (field->flags & MADO_FIELD_OPTIONAL) || field->kind == MADO_KIND_TIME || field->kind == MADO_KIND_DATE
         || field->kind == MADO_KIND_JSON || field->kind == MADO_KIND_RECORD;
}

static const char *
get_nick (const MadoFieldInfo *info, gint value)
{
  GEnumValue *found = g_enum_get_value (info->enums, value);

  g_return_val_if_fail (found != NULL, "");

  return found->value_nick;
}

static void
write_list (GPtrArray *list, MadoJsonFlags flags, GString *out)
{
  g_string_append_c (out, '[');
  for (guint i = 0; list != NULL && i < list->len; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    mado_record_write_json (list->pdata[i], flags, out);
  }
  g_string_append_c (out, ']');
}

static void
write_strv (char **strv, GString *out)
{
  g_string_append_c (out, '[');
  for (guint i = 0; strv != NULL && strv[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    mado_json_append_string (out, strv[i]);
  }
  g_string_append_c (out, ']');
}

static void
write_set (MadoRecord *self, const MadoField *field, const MadoFieldInfo *info, MadoJsonFlags flags, GString *out)
{
  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    mado_json_append_string (out, *MADO_FIELD_AT (self, field, char *));
    break;
  case MADO_KIND_ENUM:
    mado_json_append_string (out, get_nick (info, *MADO_FIELD_AT (self, field, gint)));
    break;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
    mado_json_append_int (out, *MADO_FIELD_AT (self, field, gint64));
    break;
  case MADO_KIND_BOOL:
    g_string_append (out, *MADO_FIELD_AT (self, field, gboolean) ? "true" : "false");
    break;
  case MADO_KIND_TIME:
    mado_json_append_time (out, *MADO_FIELD_AT (self, field, gint64));
    break;
  case MADO_KIND_JSON:
    mado_json_append_node (out, *MADO_FIELD_AT (self, field, JsonNode *));
    break;
  case MADO_KIND_RECORD:
    mado_record_write_json (*MADO_FIELD_AT (self, field, MadoRecord *), flags, out);
    break;
  case MADO_KIND_LIST:
    write_list (*MADO_FIELD_AT (self, field, GPtrArray *), flags, out);
    break;
  case MADO_KIND_STRV:
    write_strv (*MADO_FIELD_AT (self, field, char **), out);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
write_unset (const MadoField *field, const MadoFieldInfo *info, GString *out)
{
  switch (field->kind) {
  case MADO_KIND_STRING:
    g_string_append (out, "\"\"");
    break;
  case MADO_KIND_ENUM:
    mado_json_append_string (out, get_nick (info, 0));
    break;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
    g_string_append_c (out, '0');
    break;
  case MADO_KIND_BOOL:
    g_string_append (out, "false");
    break;
  case MADO_KIND_LIST:
  case MADO_KIND_STRV:
    g_string_append (out, "[]");
    break;
  default:
    g_string_append (out, "null");
  }
}

/**
 * mado_record_write_json:
 * @flags: what to show
 * @out: where to append
 */
void
mado_record_write_json (MadoRecord *self, MadoJsonFlags flags, GString *out)
{
  MadoRecordClass *klass = mado_record_get_class (self);
  char separator = '{';

  for (guint i = 0; i < klass->n_fields; i++) {
    const MadoField *field = &klass->fields[i];
    gboolean unset = mado_field_is_unset (field, self);

    if (!is_shown (field, flags) || (unset && (field->flags & MADO_FIELD_OPTIONAL)))
      continue;
    g_string_append_c (out, separator);
    g_string_append (out, klass->info[i].key);
    if (unset)
      write_unset (field, &klass->info[i], out);
    else
      write_set (self, field, &klass->info[i], flags, out);
    separator = ',';
  }
  g_string_append (out, separator == '{' ? "{}" : "}");
}

/**
 * mado_record_to_json:
 *
 * Returns: (transfer full): what mado_record_write_json() writes, as a tree
 */
JsonNode *
mado_record_to_json (MadoRecord *self, MadoJsonFlags flags)
{
  static const MadoJsonLimits limits = { G_MAXSIZE, 200, G_MAXUINT };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  mado_record_write_json (self, flags, text);
  node = mado_json_parse (text->str, text->len, &limits, &error);
  if (node == NULL)
    g_error ("A %s holds what is no JSON: %s", G_OBJECT_TYPE_NAME (self), error->message);

  return node;
}

static gpointer read_record (MadoReader *reader, GType type, JsonNode *node, MadoJsonFlags flags);

static void
read_text (MadoReader *reader, gpointer self, const MadoField *field, const char *member, JsonNode *node)
{
  const char *text = mado_reader_get_string (node);
  glong cap = field->max > 0 ? (glong) field->max : STRING_CAP;

  if (text == NULL)
    mado_reader_violate (reader, member, "type", _("A text is expected here"));
  else if (field->kind == MADO_KIND_DATE && !mado_date_is_valid (text))
    mado_reader_violate (reader, member, "type", _("A date like 2026-11-20 is expected here"));
  else if (g_utf8_strlen (text, -1) > cap)
    mado_reader_violate (reader, member, "too-long", _("At most %ld characters fit here"), cap);
  else
    *MADO_FIELD_AT (self, field, char *) = g_strdup (text);
}

static void
read_enum (MadoReader *reader, gpointer self, const MadoField *field, const MadoFieldInfo *info, JsonNode *node)
{
  const char *nick = mado_reader_get_string (node);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (info->enums, nick) : NULL;

  if (value == NULL)
    mado_reader_violate (reader, info->member, "enum", _("This is none of the values that are known here"));
  else
    *MADO_FIELD_AT (self, field, gint) = value->value;
}

static void
read_int (MadoReader *reader, gpointer self, const MadoField *field, const char *member, JsonNode *node)
{
  gboolean bounded = field->min != 0 || field->max != 0;
  gint64 value;

  if (json_node_get_value_type (node) != G_TYPE_INT64) {
    mado_reader_violate (reader, member, "type", _("A whole number is expected here"));
    return;
  }
  value = json_node_get_int (node);
  if (bounded && (value < field->min || value > field->max))
    mado_reader_violate (reader, member, "range",
                         _("A number from %" PRId64 " to %" PRId64 " is expected here"),
                         field->min, field->max);
  else
    *MADO_FIELD_AT (self, field, gint64) = value;
}

static void
read_bool (MadoReader *reader, gpointer self, const MadoField *field, const char *member, JsonNode *node)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    mado_reader_violate (reader, member, "type", _("Either true or false is expected here"));
  else
    *MADO_FIELD_AT (self, field, gboolean) = json_node_get_boolean (node);
}

static void
read_time (MadoReader *reader, gpointer self, const MadoField *field, const char *member, JsonNode *node)
{
  gint64 time_us = mado_clock_parse_time (mado_reader_get_string (node));

  if (time_us == -1)
    mado_reader_violate (reader, member, "type", _("A time like 2026-11-20T01:42:00Z is expected here"));
  else
    *MADO_FIELD_AT (self, field, gint64) = time_us;
}

static void
read_list (MadoReader *reader, gpointer self, const MadoField *field, JsonArray *array, MadoJsonFlags flags)
{
  GPtrArray *list = g_ptr_array_new_full (json_array_get_length (array), g_object_unref);

  *MADO_FIELD_AT (self, field, GPtrArray *) = list;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    gsize here = mado_reader_enter_index (reader, i);
    gpointer element = read_record (reader, field->get_type (), json_array_get_element (array, i), flags);

    if (element != NULL)
      g_ptr_array_add (list, element);
    mado_reader_leave (reader, here);
  }
}

static void
read_strv (MadoReader *reader, gpointer self, const MadoField *field, JsonArray *array)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *text = mado_reader_get_string (json_array_get_element (array, i));
    gsize here = mado_reader_enter_index (reader, i);

    if (text != NULL)
      g_strv_builder_add (builder, text);
    else
      mado_reader_violate (reader, NULL, "type", _("A text is expected here"));
    mado_reader_leave (reader, here);
  }
  *MADO_FIELD_AT (self, field, char **) = g_strv_builder_end (builder);
}

static void
read_nested (MadoReader *reader, gpointer self, const MadoField *field, const char *member, JsonNode *node,
             MadoJsonFlags flags)
{
  gsize here;

  if (field->kind != MADO_KIND_RECORD && !JSON_NODE_HOLDS_ARRAY (node)) {
    mado_reader_violate (reader, member, "type", _("A list is expected here"));
    return;
  }

  here = mado_reader_enter (reader, member);
  if (field->kind == MADO_KIND_RECORD)
    *MADO_FIELD_AT (self, field, gpointer) = read_record (reader, field->get_type (), node, flags);
  else if (field->kind == MADO_KIND_LIST)
    read_list (reader, self, field, json_node_get_array (node), flags);
  else
    read_strv (reader, self, field, json_node_get_array (node));
  mado_reader_leave (reader, here);
}

static void
read_field (MadoReader *reader, gpointer self, const MadoField *field, const MadoFieldInfo *info, JsonNode *node,
            MadoJsonFlags flags)
{
  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    read_text (reader, self, field, info->member, node);
    break;
  case MADO_KIND_ENUM:
    read_enum (reader, self, field, info, node);
    break;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
    read_int (reader, self, field, info->member, node);
    break;
  case MADO_KIND_BOOL:
    read_bool (reader, self, field, info->member, node);
    break;
  case MADO_KIND_TIME:
    read_time (reader, self, field, info->member, node);
    break;
  case MADO_KIND_JSON:
    *MADO_FIELD_AT (self, field, JsonNode *) = json_node_ref (node);
    break;
  default:
    read_nested (reader, self, field, info->member, node, flags);
  }
}

static void
refuse_unknown (MadoReader *reader, MadoRecordClass *klass, JsonObject *object, MadoJsonFlags flags)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    guint i = 0;

    while (i < klass->n_fields
           && !(is_shown (&klass->fields[i], flags) && g_str_equal (klass->info[i].member, name)))
      i++;
    if (i == klass->n_fields)
      mado_reader_violate (reader, name, "unknown", _("Nothing of this name is expected here; please leave it out"));
  }
}

static void
read_members (MadoReader *reader, gpointer self, JsonObject *object, MadoJsonFlags flags)
{
  MadoRecordClass *klass = mado_record_get_class (self);
  guint found = 0;

  for (guint i = 0; i < klass->n_fields; i++) {
    const MadoField *field = &klass->fields[i];
    JsonNode *node;

    if (!is_shown (field, flags))
      continue;
    node = json_object_get_member (object, klass->info[i].member);
    found += node != NULL;
    if (node == NULL && !(field->flags & MADO_FIELD_OPTIONAL))
      mado_reader_violate (reader, klass->info[i].member, "required", _("This is needed and is missing"));
    else if (node != NULL && !(JSON_NODE_HOLDS_NULL (node) && may_be_null (field)))
      read_field (reader, self, field, &klass->info[i], node, flags);
  }
  if (found < json_object_get_size (object) && !(flags & MADO_JSON_TOLERANT))
    refuse_unknown (reader, klass, object, flags);
}

static gpointer
read_record (MadoReader *reader, GType type, JsonNode *node, MadoJsonFlags flags)
{
  gpointer self;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    mado_reader_violate (reader, NULL, "type", _("An object is expected here"));
    return NULL;
  }
  self = g_object_new (type, NULL);
  read_members (reader, self, json_node_get_object (node), flags);

  return self;
}

/**
 * mado_record_from_json:
 * @type: a record type
 * @node: the tree; JSON fields keep a reference to their part of it
 *
 * Returns: (transfer full) (type GObject): a new record, or %NULL with %MADO_ERROR_INVALID
 */
gpointer
mado_record_from_json (GType type, JsonNode *node, MadoJsonFlags flags, GError **error)
{
  MadoReader reader = MADO_READER_INIT;
  g_autoptr(GObject) self = read_record (&reader, type, node, flags);

  return mado_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
set_type (JsonObject *schema, const char *type, gboolean nullable)
{
  JsonArray *types;

  if (!nullable) {
    json_object_set_string_member (schema, "type", type);
    return;
  }
  types = json_array_new ();
  json_array_add_string_element (types, type);
  json_array_add_string_element (types, "null");
  json_object_set_array_member (schema, "type", types);
}

static void
describe_bounds (JsonObject *schema, const MadoField *field)
{
  if (field->min == 0 && field->max == 0)
    return;
  json_object_set_int_member (schema, "minimum", field->min);
  if (field->max <= MADO_JSON_EXACT_MAX)
    json_object_set_int_member (schema, "maximum", field->max);
}

static void
describe_enum (JsonObject *schema, GEnumClass *enums)
{
  JsonArray *nicks = json_array_new ();

  for (guint i = 0; i < enums->n_values; i++)
    json_array_add_string_element (nicks, enums->values[i].value_nick);
  json_object_set_array_member (schema, "enum", nicks);
}

static void
describe_strings (JsonObject *schema)
{
  JsonObject *items = json_object_new ();

  set_type (items, "string", FALSE);
  json_object_set_object_member (schema, "items", items);
}

static JsonObject *
describe_record (GType type, MadoJsonFlags flags, gboolean nullable)
{
  g_autoptr(JsonNode) node = mado_record_get_schema (type, flags);
  JsonObject *schema = json_node_dup_object (node);

  set_type (schema, "object", nullable);

  return schema;
}

static JsonObject *
describe_field (const MadoField *field, const MadoFieldInfo *info, MadoJsonFlags flags)
{
  gboolean nullable = may_be_null (field) && !(field->flags & MADO_FIELD_OPTIONAL);
  JsonObject *schema = field->kind == MADO_KIND_RECORD ? describe_record (field->get_type (), flags, nullable)
                                                       : json_object_new ();

  switch (field->kind) {
  case MADO_KIND_STRING:
    set_type (schema, "string", FALSE);
    json_object_set_int_member (schema, "maxLength", field->max > 0 ? field->max : STRING_CAP);
    break;
  case MADO_KIND_DATE:
  case MADO_KIND_TIME:
    set_type (schema, "string", nullable);
    json_object_set_string_member (schema, "format", field->kind == MADO_KIND_DATE ? "date" : "date-time");
    break;
  case MADO_KIND_ENUM:
    set_type (schema, "string", FALSE);
    describe_enum (schema, info->enums);
    break;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
    set_type (schema, "integer", FALSE);
    describe_bounds (schema, field);
    break;
  case MADO_KIND_BOOL:
    set_type (schema, "boolean", FALSE);
    break;
  case MADO_KIND_LIST:
    set_type (schema, "array", FALSE);
    json_object_set_object_member (schema, "items", describe_record (field->get_type (), flags, FALSE));
    break;
  case MADO_KIND_STRV:
    set_type (schema, "array", FALSE);
    describe_strings (schema);
    break;
  default:
    break;
  }
  json_object_set_string_member (schema, "description", field->summary);

  return schema;
}

/**
 * mado_record_get_schema:
 *
 * Returns: (transfer full): JSON Schema (2020-12) of what the record writes with @flags, nested records in place
 */
JsonNode *
mado_record_get_schema (GType type, MadoJsonFlags flags)
{
  MadoRecordClass *klass = g_type_class_ref (type);   /* kept: record types are static */
  JsonObject *schema = json_object_new (), *properties = json_object_new ();
  JsonArray *required = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < klass->n_fields; i++) {
    const MadoField *field = &klass->fields[i];

    if (!is_shown (field, flags))
      continue;
    json_object_set_object_member (properties, klass->info[i].member,
                                   describe_field (field, &klass->info[i], flags));
    if (!(field->flags & MADO_FIELD_OPTIONAL))
      json_array_add_string_element (required, klass->info[i].member);
  }
  set_type (schema, "object", FALSE);
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);
  json_node_take_object (node, schema);

  return node;
}
