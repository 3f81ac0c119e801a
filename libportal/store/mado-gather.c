/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-gather.h"

#include <string.h>

/* Dimensions, flags, element type, length, lower bound: 32 bits each. */
#define HEADER (5 * 4)

static guint32
array_of (guint32 element)
{
  switch (element) {
  case MADO_PG_INT8:
    return MADO_PG_INT8_ARRAY;
  case MADO_PG_TEXT:
    return MADO_PG_TEXT_ARRAY;
  case MADO_PG_BYTEA:
    return MADO_PG_BYTEA_ARRAY;
  default:
    return 0;
  }
}

static char *
with_columns (const char *expression)
{
  g_autoptr(GRegex) param = g_regex_new ("\\$(\\d+)", 0, 0, NULL);

  return g_regex_replace (param, expression, -1, 0, "g.p\\1", 0, NULL);
}

/* @before and @after what the rows come from. */
static char *
rewrite (const char *before, const char *after, guint n_params)
{
  g_autofree char *head = with_columns (before), *tail = with_columns (after);
  GString *sql = g_string_new (head);

  g_string_append (sql, " FROM unnest (");
  for (guint i = 1; i <= n_params; i++)
    g_string_append_printf (sql, "%s$%u", i > 1 ? ", " : "", i);
  g_string_append (sql, ") AS g (");
  for (guint i = 1; i <= n_params; i++)
    g_string_append_printf (sql, "%sp%u", i > 1 ? ", " : "", i);
  g_string_append_printf (sql, ") %s", tail);
  return g_string_free (sql, FALSE);
}

static gboolean
read_insert (MadoGather *self, const char *sql)
{
  static const char shape[] =
    "^\\s*(INSERT INTO ([a-z0-9_]+)\\s*\\([a-z0-9_,\\s]*\\))\\s*VALUES\\s*"
    "\\(((?:[^()'$]|'[^'$]*'|\\$\\d+)*)\\)\\s*(ON CONFLICT(?:\\s*\\([a-z0-9_,\\s]*\\))? DO NOTHING)?\\s*$";
  g_autoptr(GRegex) regex = g_regex_new (shape, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *before = NULL, *conflict = NULL;

  if (!g_regex_match (regex, sql, 0, &match))
    return FALSE;
  before = g_match_info_expand_references (match, "\\1 SELECT \\3", NULL);
  conflict = g_match_info_fetch (match, 4);
  self->table = g_match_info_fetch (match, 2);
  self->sql = rewrite (before, conflict, self->n_params);
  return TRUE;
}

/* Of one table, by values alone. */
static gboolean
read_update (MadoGather *self, const char *sql)
{
  static const char shape[] =
    "^\\s*(UPDATE ([a-z0-9_]+) SET (?:(?! WHERE | FROM |SELECT|RETURNING).)+)"
    " (WHERE (?:(?! FROM |SELECT|RETURNING).)+)$";
  g_autoptr(GRegex) regex = g_regex_new (shape, G_REGEX_DOTALL, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *before = NULL, *after = NULL;

  if (!g_regex_match (regex, sql, 0, &match))
    return FALSE;
  before = g_match_info_fetch (match, 1);
  after = g_match_info_fetch (match, 3);
  self->table = g_match_info_fetch (match, 2);
  self->sql = rewrite (before, after, self->n_params);
  self->updates = TRUE;
  return TRUE;
}

MadoGather *
mado_gather_new (const char *sql, const guint32 *types, guint n_params)
{
  MadoGather *self;

  for (guint i = 0; i < n_params; i++)
    if (array_of (types[i]) == 0)
      return NULL;
  if (n_params == 0)
    return NULL;

  self = g_new0 (MadoGather, 1);
  self->n_params = n_params;
  if (!read_insert (self, sql) && !read_update (self, sql)) {
    g_free (self);
    return NULL;
  }
  self->types = g_new (guint32, n_params);
  self->elements = g_memdup2 (types, n_params * sizeof *types);
  self->arrays = g_new (GByteArray *, n_params);
  self->has_null = g_new0 (gboolean, n_params);
  self->marked_lengths = g_new0 (guint, n_params);
  for (guint i = 0; i < n_params; i++) {
    self->types[i] = array_of (types[i]);
    self->arrays[i] = g_byte_array_new ();
  }
  mado_gather_clear (self);
  return self;
}

void
mado_gather_free (MadoGather *self)
{
  for (guint i = 0; i < self->n_params; i++)
    g_byte_array_unref (self->arrays[i]);
  g_free (self->arrays);
  g_free (self->has_null);
  g_free (self->marked_lengths);
  g_free (self->types);
  g_free (self->elements);
  g_free (self->table);
  g_free (self->sql);
  g_free (self->name);
  g_free (self);
}

static void
put_int32 (guint8 *at, gint32 number)
{
  guint32 big = GUINT32_TO_BE ((guint32) number);

  memcpy (at, &big, sizeof big);
}

static void
append_element (GByteArray *array, const void *data, gsize length)
{
  guint at = array->len;

  g_byte_array_set_size (array, at + 4 + length);
  put_int32 (array->data + at, length);
  if (length > 0)
    memcpy (array->data + at + 4, data, length);
}

void
mado_gather_add (MadoGather *self, const MadoValue *values)
{
  for (guint i = 0; i < self->n_params; i++) {
    GByteArray *array = self->arrays[i];
    const MadoValue *value = &values[i];
    guint64 big = GUINT64_TO_BE ((guint64) value->number);

    switch (value->type) {
    case MADO_VALUE_INT:
      append_element (array, &big, sizeof big);
      break;
    case MADO_VALUE_TEXT:
      append_element (array, value->data, strlen (value->data));
      break;
    case MADO_VALUE_BYTES:
      append_element (array, value->data, value->length);
      break;
    default:
      g_byte_array_set_size (array, array->len + 4);
      put_int32 (array->data + array->len - 4, -1);
      self->has_null[i] = TRUE;
    }
  }
  self->n_rows++;
}

void
mado_gather_mark (MadoGather *self)
{
  self->marked_rows = self->n_rows;
  for (guint i = 0; i < self->n_params; i++)
    self->marked_lengths[i] = self->arrays[i]->len;
}

void
mado_gather_undo (MadoGather *self)
{
  self->n_rows = self->marked_rows;
  for (guint i = 0; i < self->n_params; i++)
    g_byte_array_set_size (self->arrays[i], self->marked_lengths[i]);
}

void
mado_gather_clear (MadoGather *self)
{
  self->n_rows = 0;
  for (guint i = 0; i < self->n_params; i++) {
    g_byte_array_set_size (self->arrays[i], HEADER);
    self->has_null[i] = FALSE;
  }
  mado_gather_mark (self);
}

void
mado_gather_finish (MadoGather *self, const char **params, int *lengths)
{
  for (guint i = 0; i < self->n_params; i++) {
    const gint32 header[] = { 1, self->has_null[i], self->elements[i], self->n_rows, 1 };

    for (guint h = 0; h < G_N_ELEMENTS (header); h++)
      put_int32 (self->arrays[i]->data + 4 * h, header[h]);
    params[i] = (const char *) self->arrays[i]->data;
    lengths[i] = self->arrays[i]->len;
  }
}
