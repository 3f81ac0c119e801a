/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-schema.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"

typedef enum {
  TYPE_NULL = 1 << 0, TYPE_BOOLEAN = 1 << 1, TYPE_INTEGER = 1 << 2, TYPE_NUMBER = 1 << 3, TYPE_STRING = 1 << 4,
  TYPE_ARRAY = 1 << 5, TYPE_OBJECT = 1 << 6, TYPE_ANY = (1 << 7) - 1,
} Types;

typedef struct _Schema Schema;
struct _Schema {
  gboolean    never;                  /* the schema `false` */
  guint       types;
  const char *ref;                    /* (nullable) */
  Schema     *target;                 /* of @ref */
  JsonNode   *constant;               /* (nullable) */
  JsonArray  *choices;                /* (nullable): enum */
  GHashTable *properties;             /* (nullable): name to Schema */
  JsonArray  *required;               /* (nullable) */
  Schema     *additional, *names, *items;   /* (nullable) */
  GPtrArray  *any_of;                 /* (nullable): of Schema */
  GRegex     *pattern;                /* (nullable) */
  const char *pattern_text;
  gint64      min_length, max_length, min_items, max_items, min_properties;
  double      minimum, maximum;
  gboolean    is_unique;
};

typedef struct {
  JsonNode   *json;
  Schema     *root;
  GHashTable *by_pointer;             /* pointer to Schema: what $ref reaches */
} Document;

struct _MadoSchemas {
  GHashTable *documents;              /* name to Document */
  GPtrArray  *schemas;                /* all of them, owned */
};

static void
schema_free (gpointer data)
{
  Schema *self = data;

  g_clear_pointer (&self->properties, g_hash_table_unref);
  g_clear_pointer (&self->any_of, g_ptr_array_unref);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_free (self);
}

static void
document_free (gpointer data)
{
  Document *self = data;

  json_node_unref (self->json);
  g_hash_table_unref (self->by_pointer);
  g_free (self);
}

MadoSchemas *
mado_schemas_new (void)
{
  MadoSchemas *self = g_new0 (MadoSchemas, 1);

  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, document_free);
  self->schemas = g_ptr_array_new_with_free_func (schema_free);

  return self;
}

void
mado_schemas_free (MadoSchemas *self)
{
  g_hash_table_unref (self->documents);
  g_ptr_array_unref (self->schemas);
  g_free (self);
}

void
mado_schemas_add (MadoSchemas *self, const char *name, JsonNode *schema)
{
  Document *document = g_new0 (Document, 1);

  document->json = json_node_ref (schema);
  document->by_pointer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_replace (self->documents, g_strdup (name), document);
}

/* --- compiling ------------------------------------------------------------------------------------------------ */

typedef struct {
  MadoSchemas *schemas;
  Document    *document;
  MadoReader   reader;
} Compiler;

static Schema *compile (Compiler *self, JsonNode *node);

static Schema *
compile_below (Compiler *self, const char *token, JsonNode *node)
{
  gsize level = mado_reader_enter (&self->reader, token);
  Schema *schema = compile (self, node);

  mado_reader_leave (&self->reader, level);

  return schema;
}

static guint
read_type (JsonNode *node)
{
  static const char *const names[] = { "null", "boolean", "integer", "number", "string", "array", "object" };
  const char *name = mado_reader_get_string (node);
  guint types = 0;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      types |= 1u << i;
  for (guint i = 0; JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)); i++)
    types |= read_type (json_array_get_element (json_node_get_array (node), i));

  return types;
}

static GHashTable *
compile_properties (Compiler *self, JsonNode *node)
{
  GHashTable *properties = g_hash_table_new (g_str_hash, g_str_equal);
  gsize level = mado_reader_enter (&self->reader, "properties");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    g_hash_table_insert (properties, (gpointer) name, compile_below (self, name, value));
  mado_reader_leave (&self->reader, level);

  return properties;
}

static void
compile_definitions (Compiler *self, JsonNode *node)
{
  gsize level = mado_reader_enter (&self->reader, "$defs");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    compile_below (self, name, value);
  mado_reader_leave (&self->reader, level);
}

static GPtrArray *
compile_list (Compiler *self, JsonNode *node)
{
  GPtrArray *list = g_ptr_array_new ();
  gsize level = mado_reader_enter (&self->reader, "anyOf");

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
    gsize here = mado_reader_enter_index (&self->reader, i);

    g_ptr_array_add (list, compile (self, json_array_get_element (json_node_get_array (node), i)));
    mado_reader_leave (&self->reader, here);
  }
  mado_reader_leave (&self->reader, level);

  return list;
}

static void
compile_pattern (Compiler *self, Schema *schema, JsonNode *node)
{
  schema->pattern_text = mado_reader_get_string (node);
  schema->pattern = g_regex_new (schema->pattern_text, G_REGEX_OPTIMIZE, 0, NULL);
  if (schema->pattern == NULL)
    mado_reader_violate (&self->reader, "pattern", "pattern", "This is no regular expression");
}

static gboolean
is_annotation (const char *name)
{
  static const char *const names[] = { "$schema", "$id", "$comment", "title", "description", "examples", "default" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;

  return FALSE;
}

static gboolean
compile_number (Schema *schema, const char *name, JsonNode *node)
{
  const struct { const char *name; gint64 *whole; double *number; } places[] = {
    { "minLength", &schema->min_length }, { "maxLength", &schema->max_length }, { "minItems", &schema->min_items },
    { "maxItems", &schema->max_items }, { "minProperties", &schema->min_properties },
    { "minimum", NULL, &schema->minimum }, { "maximum", NULL, &schema->maximum },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    if (!g_str_equal (name, places[i].name))
      continue;
    if (places[i].whole != NULL)
      *places[i].whole = json_node_get_int (node);
    else
      *places[i].number = json_node_get_double (node);
    return TRUE;
  }

  return FALSE;
}

static gboolean
compile_part (Compiler *self, Schema *schema, const char *name, JsonNode *node)
{
  if (g_str_equal (name, "properties"))
    schema->properties = compile_properties (self, node);
  else if (g_str_equal (name, "additionalProperties"))
    schema->additional = compile_below (self, name, node);
  else if (g_str_equal (name, "propertyNames"))
    schema->names = compile_below (self, name, node);
  else if (g_str_equal (name, "items"))
    schema->items = compile_below (self, name, node);
  else if (g_str_equal (name, "anyOf"))
    schema->any_of = compile_list (self, node);
  else if (g_str_equal (name, "$defs"))
    compile_definitions (self, node);
  else
    return FALSE;

  return TRUE;
}

static void
compile_keyword (Compiler *self, Schema *schema, const char *name, JsonNode *node)
{
  if (compile_part (self, schema, name, node) || compile_number (schema, name, node) || is_annotation (name))
    return;
  if (g_str_equal (name, "type"))
    schema->types = read_type (node);
  else if (g_str_equal (name, "$ref"))
    schema->ref = mado_reader_get_string (node);
  else if (g_str_equal (name, "const"))
    schema->constant = node;
  else if (g_str_equal (name, "enum"))
    schema->choices = json_node_get_array (node);
  else if (g_str_equal (name, "required"))
    schema->required = json_node_get_array (node);
  else if (g_str_equal (name, "pattern"))
    compile_pattern (self, schema, node);
  else if (g_str_equal (name, "uniqueItems"))
    schema->is_unique = json_node_get_boolean (node);
  else
    mado_reader_violate (&self->reader, name, "keyword", "Our schemas do not use this keyword");
}

static Schema *
compile (Compiler *self, JsonNode *node)
{
  Schema *schema = g_new0 (Schema, 1);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  schema->types = TYPE_ANY;
  schema->max_length = schema->max_items = G_MAXINT64;
  schema->minimum = -G_MAXDOUBLE;
  schema->maximum = G_MAXDOUBLE;
  g_ptr_array_add (self->schemas->schemas, schema);
  g_hash_table_replace (self->document->by_pointer, g_strdup (self->reader.path->str), schema);
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &value))
      compile_keyword (self, schema, name, value);
  } else {
    schema->never = !json_node_get_boolean (node);
  }

  return schema;
}

static gboolean
resolve (MadoSchemas *self, Document *document, GError **error)
{
  GHashTableIter iter;
  Schema *schema;

  g_hash_table_iter_init (&iter, document->by_pointer);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &schema)) {
    const char *hash = schema->ref != NULL ? strchr (schema->ref, '#') : NULL;
    g_autofree char *file = hash != NULL ? g_strndup (schema->ref, (gsize) (hash - schema->ref))
                                         : g_strdup (schema->ref);
    Document *other = file == NULL || *file == '\0' ? document : g_hash_table_lookup (self->documents, file);

    if (schema->ref == NULL)
      continue;
    schema->target = other != NULL ? g_hash_table_lookup (other->by_pointer, hash != NULL ? hash + 1 : "") : NULL;
    if (schema->target != NULL)
      continue;
    mado_set_error_at (error, MADO_ERROR_INVALID, "", "ref", "There is no schema %s", schema->ref);
    return FALSE;
  }

  return TRUE;
}

gboolean
mado_schemas_ready (MadoSchemas *self, GError **error)
{
  GHashTableIter iter;
  Document *document;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &document)) {
    Compiler compiler = { self, document, MADO_READER_INIT };

    document->root = compile (&compiler, document->json);
    if (!mado_reader_finish (&compiler.reader, error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &document))
    if (!resolve (self, document, error))
      return FALSE;

  return TRUE;
}

/* --- checking ------------------------------------------------------------------------------------------------- */

static void check (MadoReader *reader, const Schema *schema, JsonNode *value);

static guint
type_of (JsonNode *value)
{
  GType type;

  if (JSON_NODE_HOLDS_NULL (value))
    return TYPE_NULL;
  if (JSON_NODE_HOLDS_OBJECT (value))
    return TYPE_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return TYPE_ARRAY;
  type = json_node_get_value_type (value);

  return type == G_TYPE_BOOLEAN ? TYPE_BOOLEAN : type == G_TYPE_STRING ? TYPE_STRING
         : type == G_TYPE_INT64 ? TYPE_INTEGER | TYPE_NUMBER : TYPE_NUMBER;
}

static gboolean
passes (const Schema *schema, JsonNode *value)
{
  MadoReader reader = MADO_READER_INIT;

  check (&reader, schema, value);

  return mado_reader_finish (&reader, NULL);
}

static void
check_string (MadoReader *reader, const Schema *schema, const char *text)
{
  gboolean is_bound = schema->min_length > 0 || schema->max_length < G_MAXINT64;
  glong length = is_bound ? g_utf8_strlen (text, -1) : 0;

  if (length < schema->min_length)
    mado_reader_violate (reader, NULL, "too-short", _("At least %" PRId64 " characters are needed here"),
                         schema->min_length);
  if (length > schema->max_length)
    mado_reader_violate (reader, NULL, "too-long", _("At most %" PRId64 " characters fit here"),
                         schema->max_length);
  if (schema->pattern != NULL && !g_regex_match (schema->pattern, text, 0, NULL))
    mado_reader_violate (reader, NULL, "pattern", _("This does not look like %s"), schema->pattern_text);
}

static void
check_number (MadoReader *reader, const Schema *schema, double number)
{
  if (number < schema->minimum)
    mado_reader_violate (reader, NULL, "range", _("This is less than %g"), schema->minimum);
  if (number > schema->maximum)
    mado_reader_violate (reader, NULL, "range", _("This is more than %g"), schema->maximum);
}

static gboolean
has_twins (JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    for (guint k = 0; k < i; k++)
      if (json_node_equal (json_array_get_element (list, i), json_array_get_element (list, k)))
        return TRUE;

  return FALSE;
}

static void
check_array (MadoReader *reader, const Schema *schema, JsonArray *list)
{
  guint n = json_array_get_length (list);

  if (n < schema->min_items)
    mado_reader_violate (reader, NULL, "too-few", _("At least %" PRId64 " elements are needed here"),
                         schema->min_items);
  if (n > schema->max_items)
    mado_reader_violate (reader, NULL, "too-many", _("At most %" PRId64 " elements fit here"),
                         schema->max_items);
  if (schema->is_unique && has_twins (list))
    mado_reader_violate (reader, NULL, "twice", _("The same element is listed twice"));
  for (guint i = 0; schema->items != NULL && i < n; i++) {
    gsize level = mado_reader_enter_index (reader, i);

    check (reader, schema->items, json_array_get_element (list, i));
    mado_reader_leave (reader, level);
  }
}

static void
check_member (MadoReader *reader, const Schema *schema, const char *name, JsonNode *value)
{
  const Schema *known = schema->properties != NULL ? g_hash_table_lookup (schema->properties, name) : NULL;
  gsize level;

  if (known == NULL)
    known = schema->additional;
  if (known == NULL)
    return;
  if (known->never) {
    mado_reader_violate (reader, name, "unknown", _("Nothing of this name is expected here"));
    return;
  }
  level = mado_reader_enter (reader, name);
  check (reader, known, value);
  mado_reader_leave (reader, level);
}

static void
check_object (MadoReader *reader, const Schema *schema, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint i = 0; schema->required != NULL && i < json_array_get_length (schema->required); i++) {
    name = json_array_get_string_element (schema->required, i);
    if (!json_object_has_member (object, name))
      mado_reader_violate (reader, name, "required", _("“%s” is missing"), name);
  }
  if (json_object_get_size (object) < schema->min_properties)
    mado_reader_violate (reader, NULL, "too-few", _("At least %" PRId64 " members are needed here"),
                         schema->min_properties);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    if (schema->names != NULL && schema->names->pattern != NULL
        && !g_regex_match (schema->names->pattern, name, 0, NULL))
      mado_reader_violate (reader, name, "pattern", _("A name here looks like %s"), schema->names->pattern_text);
    check_member (reader, schema, name, value);
  }
}

static gboolean
is_choice (JsonArray *choices, JsonNode *value)
{
  for (guint i = 0; i < json_array_get_length (choices); i++)
    if (json_node_equal (json_array_get_element (choices, i), value))
      return TRUE;

  return FALSE;
}

static void
check_any_of (MadoReader *reader, const Schema *schema, JsonNode *value)
{
  for (guint i = 0; i < schema->any_of->len; i++)
    if (passes (g_ptr_array_index (schema->any_of, i), value))
      return;
  if (schema->any_of->len > 0)
    check (reader, g_ptr_array_index (schema->any_of, 0), value);
}

static void
check (MadoReader *reader, const Schema *schema, JsonNode *value)
{
  guint type = type_of (value);

  if (schema->target != NULL)
    check (reader, schema->target, value);
  if (schema->any_of != NULL)
    check_any_of (reader, schema, value);
  if ((schema->types & type) == 0) {
    mado_reader_violate (reader, NULL, "type", _("This has the wrong type"));
    return;
  }
  if ((schema->constant != NULL && !json_node_equal (schema->constant, value))
      || (schema->choices != NULL && !is_choice (schema->choices, value)))
    mado_reader_violate (reader, NULL, "choice", _("This is none of the values that may stand here"));
  if (type == TYPE_STRING)
    check_string (reader, schema, json_node_get_string (value));
  else if (type & TYPE_NUMBER)
    check_number (reader, schema, json_node_get_double (value));
  else if (type == TYPE_ARRAY)
    check_array (reader, schema, json_node_get_array (value));
  else if (type == TYPE_OBJECT)
    check_object (reader, schema, json_node_get_object (value));
}

gboolean
mado_schemas_check (MadoSchemas *self, const char *name, JsonNode *value, GError **error)
{
  const Document *document = g_hash_table_lookup (self->documents, name);
  MadoReader reader = MADO_READER_INIT;

  g_return_val_if_fail (document != NULL, FALSE);
  check (&reader, document->root, value);

  return mado_reader_finish (&reader, error);
}
