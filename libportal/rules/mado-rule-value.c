/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <math.h>
#include <string.h>
#include "core/mado-date.h"

struct _MadoRuleChunk {
  MadoRuleChunk *next;
  gsize used, size;
  max_align_t data[];
};

static MadoRuleChunk *
chunk_new (gsize size, MadoRuleChunk *next)
{
  MadoRuleChunk *chunk = g_malloc (sizeof *chunk + size);
  chunk->next = next;
  chunk->used = 0;
  chunk->size = size;
  return chunk;
}

gpointer
mado_rule_arena_alloc (MadoRuleArena *self, gsize size)
{
  size = (size + 15) & ~(gsize) 15;
  MadoRuleChunk *chunk = self->chunks;
  if (chunk == NULL || chunk->size - chunk->used < size) {
    gsize grown = chunk == NULL ? 256 : MIN (chunk->size * 2, 65536);
    chunk = self->chunks = chunk_new (MAX (size, grown), chunk);
  }
  gpointer memory = (char *) chunk->data + chunk->used;
  chunk->used += size;
  self->total += size;
  return memset (memory, 0, size);
}

char *
mado_rule_arena_text (MadoRuleArena *self, const char *text, gsize length)
{
  char *copy = mado_rule_arena_alloc (self, length + 1);
  return memcpy (copy, text, length);
}

static void
chunks_free (MadoRuleChunk *chunk)
{
  while (chunk != NULL) {
    MadoRuleChunk *next = chunk->next;
    g_free (chunk);
    chunk = next;
  }
}

void
mado_rule_arena_reset (MadoRuleArena *self)
{
  if (self->chunks == NULL)
    return;
  chunks_free (g_steal_pointer (&self->chunks->next));
  self->chunks->used = 0;
  self->total = 0;
}

void
mado_rule_arena_clear (MadoRuleArena *self)
{
  chunks_free (g_steal_pointer (&self->chunks));
  self->total = 0;
}

gboolean
mado_rule_value_is_true (const MadoRuleValue *value)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: return FALSE;
  case MADO_RULE_BOOLEAN: return value->boolean;
  case MADO_RULE_NUMBER: return value->number != 0;
  case MADO_RULE_TEXT: case MADO_RULE_LIST: return value->n > 0;
  case MADO_RULE_DATE: case MADO_RULE_OBJECT: default: return TRUE;
  }
}

static gboolean
text_to_number (const char *text, double *number)
{
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '\0')
    return *number = 0, TRUE;
  if (strspn (text, "+-.0123456789eE \t\r\n") != strlen (text))
    return FALSE;
  char *end;
  *number = g_ascii_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;
  return end != text && *end == '\0' && isfinite (*number);
}

gboolean
mado_rule_value_to_number (const MadoRuleValue *value, double *number)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: return *number = 0, TRUE;
  case MADO_RULE_BOOLEAN: return *number = value->boolean ? 1 : 0, TRUE;
  case MADO_RULE_NUMBER: return *number = value->number, TRUE;
  case MADO_RULE_TEXT: return text_to_number (value->text, number);
  case MADO_RULE_DATE: case MADO_RULE_LIST: case MADO_RULE_OBJECT: default: return FALSE;
  }
}

gboolean
mado_rule_value_to_day (const MadoRuleValue *value, gint32 *day)
{
  if (value->type == MADO_RULE_DATE)
    return *day = value->day, TRUE;
  if (value->type != MADO_RULE_TEXT || value->n != strlen ("YYYY-MM-DD"))
    return FALSE;
  *day = mado_date_parse (value->text);
  return *day != MADO_DATE_NONE;
}

static gboolean
same_text (const MadoRuleValue *a, const MadoRuleValue *b)
{
  return a->n == b->n && (a->text == b->text || memcmp (a->text, b->text, a->n) == 0);
}

static gboolean
same_object (const MadoRuleValue *a, const MadoRuleValue *b)
{
  for (guint i = 0; i < a->n; i++) {
    const MadoRuleMember *member = &a->members[i];
    const MadoRuleValue *other = mado_rule_value_member (b, member->name, member->name_length);
    if (other == NULL || !mado_rule_value_equal (&member->value, other))
      return FALSE;
  }
  return a->n == b->n;
}

static gboolean
same_list (const MadoRuleValue *a, const MadoRuleValue *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!mado_rule_value_equal (&a->items[i], &b->items[i]))
      return FALSE;
  return TRUE;
}

gboolean
mado_rule_value_equal (const MadoRuleValue *a, const MadoRuleValue *b)
{
  if (mado_rule_is_null (a) || mado_rule_is_null (b))
    return mado_rule_is_null (a) && mado_rule_is_null (b);
  if (a->type != b->type) {
    gint32 x, y;
    return (a->type == MADO_RULE_DATE || b->type == MADO_RULE_DATE)
           && mado_rule_value_to_day (a, &x) && mado_rule_value_to_day (b, &y) && x == y;
  }
  switch ((MadoRuleType) a->type) {
  case MADO_RULE_BOOLEAN: return a->boolean == b->boolean;
  case MADO_RULE_NUMBER: return a->number == b->number;
  case MADO_RULE_DATE: return a->day == b->day;
  case MADO_RULE_TEXT: return same_text (a, b);
  case MADO_RULE_LIST: return same_list (a, b);
  case MADO_RULE_OBJECT: return same_object (a, b);
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: default: return TRUE;
  }
}

gboolean
mado_rule_value_loosely_equal (const MadoRuleValue *a, const MadoRuleValue *b, gboolean *comparable)
{
  *comparable = TRUE;
  gboolean nothing = mado_rule_is_null (a) || mado_rule_is_null (b);
  guint32 other = mado_rule_is_null (a) ? b->type : a->type;
  if (nothing && (other == MADO_RULE_TEXT || other == MADO_RULE_DATE))
    return FALSE;
  MadoRuleOrder order = mado_rule_value_compare (a, b);
  *comparable = order != MADO_ORDER_NONE;
  return order == MADO_ORDER_EQUAL;
}

static MadoRuleOrder
order_of (double difference)
{
  return difference < 0 ? MADO_ORDER_LESS : difference > 0 ? MADO_ORDER_MORE : MADO_ORDER_EQUAL;
}

MadoRuleOrder
mado_rule_value_compare (const MadoRuleValue *a, const MadoRuleValue *b)
{
  if (a->type == MADO_RULE_TEXT && b->type == MADO_RULE_TEXT)
    return order_of (same_text (a, b) ? 0 : strcmp (a->text, b->text));
  if (a->type == MADO_RULE_DATE || b->type == MADO_RULE_DATE) {
    gint32 x, y;
    gboolean days = mado_rule_value_to_day (a, &x) && mado_rule_value_to_day (b, &y);
    return days ? order_of ((double) x - y) : MADO_ORDER_NONE;
  }
  if (mado_rule_is_null (a) && b->type == MADO_RULE_TEXT)
    return MADO_ORDER_NONE;
  if (mado_rule_is_null (b) && a->type == MADO_RULE_TEXT)
    return MADO_ORDER_NONE;
  double x, y;
  if (!mado_rule_value_to_number (a, &x) || !mado_rule_value_to_number (b, &y))
    return MADO_ORDER_NONE;
  return x < y ? MADO_ORDER_LESS : x > y ? MADO_ORDER_MORE : MADO_ORDER_EQUAL;
}

const MadoRuleValue *
mado_rule_value_member (const MadoRuleValue *value, const char *name, gsize length)
{
  if (value->type == MADO_RULE_OBJECT) {
    for (guint i = 0; i < value->n; i++)
      if (value->members[i].name_length == length && memcmp (value->members[i].name, name, length) == 0)
        return &value->members[i].value;
    return NULL;
  }
  if (value->type != MADO_RULE_LIST || length == 0 || length > 9)
    return NULL;
  guint index = 0;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isdigit (name[i]))
      return NULL;
    index = index * 10 + (name[i] - '0');
  }
  return index < value->n ? &value->items[index] : NULL;
}

const MadoRuleValue *
mado_rule_value_lookup (const MadoRuleValue *value, const char *name, gsize length)
{
  const MadoRuleValue *whole = mado_rule_value_member (value, name, length);
  if (whole != NULL || memchr (name, '.', length) == NULL)
    return whole;
  const char *end = name + length;
  while (value != NULL) {
    const char *dot = memchr (name, '.', end - name);
    value = mado_rule_value_member (value, name, (dot != NULL ? dot : end) - name);
    if (dot == NULL)
      break;
    name = dot + 1;
  }
  return value;
}

void
mado_rule_append_number (GString *out, double number)
{
  if (number == floor (number) && fabs (number) < 9007199254740992.0) {
    g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) number);
    return;
  }
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint precision = 15; precision <= 17; precision++) {
    char format[] = { '%', '.', '1', '0' + precision - 10, 'g', '\0' };
    g_ascii_formatd (digits, sizeof digits, format, number);
    if (g_ascii_strtod (digits, NULL) == number)
      break;
  }
  g_string_append (out, digits);
}

void
mado_rule_value_append_text (const MadoRuleValue *value, GString *out)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_BOOLEAN: g_string_append (out, value->boolean ? "true" : "false"); break;
  case MADO_RULE_NUMBER: mado_rule_append_number (out, value->number); break;
  case MADO_RULE_TEXT: g_string_append_len (out, value->text, value->n); break;
  case MADO_RULE_DATE: {
    char date[11];
    mado_date_fill (value->day, date);
    g_string_append (out, date);
    break;
  }
  case MADO_RULE_LIST:
    for (guint i = 0; i < value->n; i++) {
      g_string_append (out, i > 0 ? "," : "");
      mado_rule_value_append_text (&value->items[i], out);
    }
    break;
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: case MADO_RULE_OBJECT: default: break;
  }
}

static void from_json (MadoRuleArena *arena, JsonNode *node, guint depth, MadoRuleValue *value);

static void
list_from_json (MadoRuleArena *arena, JsonArray *array, guint depth, MadoRuleValue *value)
{
  guint n = json_array_get_length (array);
  MadoRuleValue *items = mado_rule_arena_alloc (arena, n * sizeof *items);
  for (guint i = 0; i < n; i++)
    from_json (arena, json_array_get_element (array, i), depth, &items[i]);
  *value = (MadoRuleValue) { .type = MADO_RULE_LIST, .n = n, .items = items };
}

static void
object_from_json (MadoRuleArena *arena, JsonObject *object, guint depth, MadoRuleValue *value)
{
  MadoRuleMember *members = mado_rule_arena_alloc (arena, json_object_get_size (object) * sizeof *members);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint n = 0;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    members[n].name_length = strlen (name);
    members[n].name = mado_rule_arena_text (arena, name, members[n].name_length);
    from_json (arena, node, depth, &members[n++].value);
  }
  *value = (MadoRuleValue) { .type = MADO_RULE_OBJECT, .n = n, .members = members };
}

static void
scalar_from_json (MadoRuleArena *arena, JsonNode *node, MadoRuleValue *value)
{
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    *value = mado_rule_boolean (json_node_get_boolean (node));
  else if (type == G_TYPE_STRING) {
    const char *text = json_node_get_string (node);
    gsize length = strlen (text);
    *value = mado_rule_text (mado_rule_arena_text (arena, text, length), length);
  } else
    *value = mado_rule_number (json_node_get_double (node));
}

/* Deeper than any rule can look: unknown. */
static void
from_json (MadoRuleArena *arena, JsonNode *node, guint depth, MadoRuleValue *value)
{
  *value = mado_rule_null ();
  if (depth >= MADO_RULE_MAX_DEPTH)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    list_from_json (arena, json_node_get_array (node), depth + 1, value);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    object_from_json (arena, json_node_get_object (node), depth + 1, value);
  else if (JSON_NODE_HOLDS_VALUE (node))
    scalar_from_json (arena, node, value);
}

void
mado_rule_value_from_json (MadoRuleArena *arena, JsonNode *node, MadoRuleValue *value)
{
  from_json (arena, node, 0, value);
}

void
mado_rule_value_copy (MadoRuleArena *arena, const MadoRuleValue *from, MadoRuleValue *to)
{
  *to = *from;
  if (from->type == MADO_RULE_TEXT)
    to->text = mado_rule_arena_text (arena, from->text, from->n);
  else if (from->type == MADO_RULE_LIST) {
    MadoRuleValue *items = mado_rule_arena_alloc (arena, from->n * sizeof *items);
    for (guint i = 0; i < from->n; i++)
      mado_rule_value_copy (arena, &from->items[i], &items[i]);
    to->items = items;
  } else if (from->type == MADO_RULE_OBJECT) {
    MadoRuleMember *members = mado_rule_arena_alloc (arena, from->n * sizeof *members);
    for (guint i = 0; i < from->n; i++) {
      members[i].name_length = from->members[i].name_length;
      members[i].name = mado_rule_arena_text (arena, from->members[i].name, members[i].name_length);
      mado_rule_value_copy (arena, &from->members[i].value, &members[i].value);
    }
    to->members = members;
  }
}

static JsonNode *
number_to_json (double number)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  if (number == floor (number) && fabs (number) < 9007199254740992.0)
    json_node_set_int (node, (gint64) number);
  else
    json_node_set_double (node, number);
  return node;
}

static JsonNode *
text_to_json (const MadoRuleValue *value)
{
  g_autoptr(GString) text = g_string_new (NULL);
  mado_rule_value_append_text (value, text);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text->str);
  return node;
}

JsonNode *
mado_rule_value_to_json (const MadoRuleValue *value)
{
  switch ((MadoRuleType) value->type) {
  case MADO_RULE_BOOLEAN: return json_node_init_boolean (json_node_alloc (), value->boolean);
  case MADO_RULE_NUMBER: return number_to_json (value->number);
  case MADO_RULE_TEXT: case MADO_RULE_DATE: return text_to_json (value);
  case MADO_RULE_LIST: {
    JsonArray *array = json_array_sized_new (value->n);
    for (guint i = 0; i < value->n; i++)
      json_array_add_element (array, mado_rule_value_to_json (&value->items[i]));
    JsonNode *node = json_node_init_array (json_node_alloc (), array);
    json_array_unref (array);
    return node;
  }
  case MADO_RULE_OBJECT: {
    JsonObject *object = json_object_new ();
    for (guint i = 0; i < value->n; i++)
      json_object_set_member (object, value->members[i].name,
                              mado_rule_value_to_json (&value->members[i].value));
    JsonNode *node = json_node_init_object (json_node_alloc (), object);
    json_object_unref (object);
    return node;
  }
  case MADO_RULE_UNKNOWN: case MADO_RULE_NULL: default: return json_node_init_null (json_node_alloc ());
  }
}
