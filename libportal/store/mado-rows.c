/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-engine.h"

#include "core/mado-json.h"

#include <string.h>

gboolean
mado_rows_next (MadoRows *rows, GError **error)
{
  return rows->engine->next (rows, error);
}

gboolean
mado_rows_step (MadoRows *rows, gboolean *more, GError **error)
{
  g_autoptr(GError) broken = NULL;

  *more = mado_rows_next (rows, &broken);
  if (broken == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&broken));
  return FALSE;
}

void
mado_rows_free (MadoRows *rows)
{
  if (rows == NULL)
    return;
  g_free (rows->places);
  rows->engine->rows_free (rows);
}

static gboolean
has_column (MadoRows *rows, const char *column, guint *index)
{
  for (guint i = 0; i < rows->n_columns; i++)
    if (strcmp (rows->columns[i], column) == 0) {
      *index = i;
      return TRUE;
    }
  return FALSE;
}

/* A column that is not there, or not of our three types, is a mistake of the statement, not of the data. */
static MadoValue
get (MadoRows *rows, const char *column)
{
  MadoValue value = MADO_NULL;
  guint index;

  if (!has_column (rows, column, &index))
    g_critical ("The rows have no column %s", column);
  else if (!rows->engine->value (rows, index, &value))
    g_critical ("Column %s is neither BIGINT, TEXT nor BYTEA: cast it", column);
  return value;
}

gint64
mado_rows_int (MadoRows *rows, const char *column)
{
  MadoValue value = get (rows, column);

  return value.type == MADO_VALUE_INT ? value.number : 0;
}

const char *
mado_rows_text (MadoRows *rows, const char *column)
{
  MadoValue value = get (rows, column);

  return value.type == MADO_VALUE_TEXT ? value.data : NULL;
}

gboolean
mado_rows_bytes (MadoRows *rows, const char *column, const guint8 **data, gsize *n)
{
  MadoValue value = get (rows, column);

  *data = value.type == MADO_VALUE_BYTES ? value.data : NULL;
  *n = value.type == MADO_VALUE_BYTES ? value.length : 0;
  return value.type == MADO_VALUE_BYTES;
}

gboolean
mado_rows_is_null (MadoRows *rows, const char *column)
{
  return get (rows, column).type == MADO_VALUE_NULL;
}

/* --- records ------------------------------------------------------------------------------------------------- */

static gint
enum_from_nick (GType type, const char *nick)
{
  const GEnumValue *value = g_enum_get_value_by_nick (g_type_class_peek (type), nick);   /* its record holds it */

  return value ? value->value : 0;
}

static GStrv
strv_from_json (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static void
fill_field (gpointer record, const MadoField *field, const MadoValue *value)
{
  gpointer member = (guint8 *) record + field->offset;

  if (value->type == MADO_VALUE_INT)
    switch (field->kind) {
    case MADO_KIND_INT:
    case MADO_KIND_YEN:
    case MADO_KIND_TIME:
      *(gint64 *) member = value->number;
      break;
    case MADO_KIND_BOOL:
      *(gboolean *) member = value->number != 0;
      break;
    default:
      break;
    }
  else if (value->type == MADO_VALUE_TEXT)
    switch (field->kind) {
    case MADO_KIND_STRING:
    case MADO_KIND_DATE:
      *(char **) member = g_strdup (value->data);
      break;
    case MADO_KIND_ENUM:
      *(gint *) member = enum_from_nick (field->get_type (), value->data);
      break;
    case MADO_KIND_JSON:
      *(JsonNode **) member = json_from_string (value->data, NULL);
      break;
    case MADO_KIND_STRV:
      *(GStrv *) member = strv_from_json (value->data);
      break;
    default:
      break;
    }
}

static void
find_places (MadoRows *rows, GType type, const MadoField *fields, guint n_fields)
{
  g_free (rows->places);
  rows->places = g_new (gint16, n_fields);
  rows->record = type;
  for (guint i = 0; i < n_fields; i++) {
    guint index;

    rows->places[i] = (fields[i].flags & (MADO_FIELD_SEALED | MADO_FIELD_NO_ROW)) == 0
                      && has_column (rows, fields[i].name, &index) ? (gint16) index : -1;
  }
}

gpointer
mado_rows_dup_record (MadoRows *rows, GType type)
{
  guint n_fields;
  const MadoField *fields = mado_record_type_get_fields (type, &n_fields);
  gpointer record = g_object_new (type, NULL);

  if (rows->record != type)
    find_places (rows, type, fields, n_fields);
  for (guint i = 0; i < n_fields; i++) {
    MadoValue value;

    if (rows->places[i] >= 0 && rows->engine->value (rows, (guint) rows->places[i], &value))
      fill_field (record, &fields[i], &value);
  }
  return record;
}
