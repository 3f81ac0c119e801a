/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-json.h"

#include <math.h>

#include "core/mado-clock.h"

#define DOUBLE_DIGITS 17   /* always enough */

/* Escapes as RFC 8785 has them, 0 where none is needed, 'u' where \u00xx is. */
static const char escapes[256] = {
  [0] = 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
  'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
  ['"'] = '"', ['\\'] = '\\',
};

/**
 * mado_json_append_string:
 * @out: where to append
 * @text: valid UTF-8
 */
void
mado_json_append_string (GString *out, const char *text)
{
  const char *run = text, *p;

  g_string_append_c (out, '"');
  for (p = text; *p != '\0'; p++) {
    char escape = escapes[(guchar) *p];

    if (escape == 0)
      continue;
    g_string_append_len (out, run, p - run);
    if (escape == 'u')
      g_string_append_printf (out, "\\u%04x", (guint) *p);
    else {
      g_string_append_c (out, '\\');
      g_string_append_c (out, escape);
    }
    run = p + 1;
  }
  g_string_append_len (out, run, p - run);
  g_string_append_c (out, '"');
}

/**
 * mado_json_append_int:
 * @out: where to append
 * @value: a number
 */
void
mado_json_append_int (GString *out, gint64 value)
{
  char digits[21], *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (out, p, digits + sizeof digits - p);
}

/**
 * mado_json_append_time:
 * @out: where to append
 * @time_us: microseconds since 1970, UTC
 */
void
mado_json_append_time (GString *out, gint64 time_us)
{
  char text[25];

  mado_clock_fill_time (time_us, text);
  g_string_append_c (out, '"');
  g_string_append_len (out, text, 24);
  g_string_append_c (out, '"');
}

/*
 * Whether "d.ddde±x" reads back as @value. Above a power of two its neighbours stand further apart than below, so
 * that the next decimal may do where the nearest does not.
 */
static gboolean
reads_back (char *text, double value)
{
  char *last = strchr (text, 'e') - 1;

  if (g_ascii_strtod (text, NULL) == value)
    return TRUE;
  if (*last == '9')
    return FALSE;
  (*last)++;

  return g_ascii_strtod (text, NULL) == value;
}

/* The fewest digits that read back as @value, as "d.ddde±x": the digits without the point, and the exponent. */
static int
shortest_digits (double value, char digits[DOUBLE_DIGITS + 1])
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[] = "%.00e";
  char *exponent;
  guint n = 0;

  for (guint precision = 0; precision < DOUBLE_DIGITS; precision++) {
    format[2] = (char) ('0' + precision / 10);
    format[3] = (char) ('0' + precision % 10);
    if (reads_back (g_ascii_formatd (text, sizeof text, format, value), value))
      break;
  }
  exponent = strchr (text, 'e');
  for (const char *p = text; p < exponent; p++) {
    if (*p != '.')
      digits[n++] = *p;
  }
  digits[n] = '\0';

  return atoi (exponent + 1);
}

/* As ECMAScript's Number::toString has it, which RFC 8785 takes over. */
static void
append_double (GString *out, double value)
{
  char digits[DOUBLE_DIGITS + 1];
  int point, n;

  if (value == 0 || !isfinite (value)) {
    g_string_append_c (out, '0');
    return;
  }
  if (value < 0)
    g_string_append_c (out, '-');

  point = shortest_digits (fabs (value), digits) + 1;
  n = (int) strlen (digits);
  if (point > 21 || point < -5) {
    g_string_append_printf (out, "%c%s%se%+d", digits[0], n > 1 ? "." : "", digits + 1, point - 1);
  } else if (point <= 0) {
    g_string_append_printf (out, "0.%.*s%s", -point, "00000", digits);
  } else {
    g_string_append_len (out, digits, MIN (n, point));
    for (int i = n; i < point; i++)
      g_string_append_c (out, '0');
    if (n > point)
      g_string_append_printf (out, ".%s", digits + point);
  }
}

static void append_node (GString *out, JsonNode *node, gboolean canonical);

/* RFC 8785 sorts by UTF-16 units: characters beyond the BMP come before U+E000 … U+FFFF. */
static guint
utf16_rank (gunichar c)
{
  if (c > 0xffff)
    return c - 0x10000 + 0xd800;

  return c >= 0xe000 ? c + 0x200000 : c;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  gunichar c, d;

  do {
    c = g_utf8_get_char (x);
    d = g_utf8_get_char (y);
    x = g_utf8_next_char (x);
    y = g_utf8_next_char (y);
  } while (c == d && c != 0);

  return (int) utf16_rank (c) - (int) utf16_rank (d);
}

static void
append_member (GString *out, const char *name, JsonNode *node, gboolean canonical)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  mado_json_append_string (out, name);
  g_string_append_c (out, ':');
  append_node (out, node, canonical);
}

static void
append_sorted (GString *out, JsonObject *object)
{
  g_autoptr(GPtrArray) names = g_ptr_array_sized_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_members);
  for (guint i = 0; i < names->len; i++)
    append_member (out, names->pdata[i], json_object_get_member (object, names->pdata[i]), TRUE);
}

static void
append_object (GString *out, JsonObject *object, gboolean canonical)
{
  JsonObjectIter iter;
  JsonNode *node;
  const char *name;

  g_string_append_c (out, '{');
  if (canonical) {
    append_sorted (out, object);
  } else {
    json_object_iter_init_ordered (&iter, object);
    while (json_object_iter_next_ordered (&iter, &name, &node))
      append_member (out, name, node, FALSE);
  }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array, gboolean canonical)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_node (out, json_array_get_element (array, i), canonical);
  }
  g_string_append_c (out, ']');
}

static void
append_value (GString *out, JsonNode *node, gboolean canonical)
{
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    mado_json_append_string (out, json_node_get_string (node));
    break;
  case G_TYPE_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    break;
  case G_TYPE_DOUBLE:
    append_double (out, json_node_get_double (node));
    break;
  default:
    if (canonical && ABS (json_node_get_int (node)) > MADO_JSON_EXACT_MAX)
      append_double (out, (double) json_node_get_int (node));
    else
      mado_json_append_int (out, json_node_get_int (node));
  }
}

static void
append_node (GString *out, JsonNode *node, gboolean canonical)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    append_object (out, json_node_get_object (node), canonical);
    break;
  case JSON_NODE_ARRAY:
    append_array (out, json_node_get_array (node), canonical);
    break;
  case JSON_NODE_VALUE:
    append_value (out, node, canonical);
    break;
  case JSON_NODE_NULL:
    g_string_append (out, "null");
    break;
  default:
    g_assert_not_reached ();
  }
}

/**
 * mado_json_append_node:
 * @out: where to append
 * @node: a tree; members keep their order
 */
void
mado_json_append_node (GString *out, JsonNode *node)
{
  append_node (out, node, FALSE);
}

/* --- for people ----------------------------------------------------------------------------------------------- */

static void print_node (GString *out, JsonNode *node, guint depth);

static void
print_line (GString *out, guint depth)
{
  g_string_append_printf (out, "\n%*s", (int) depth * 2, "");
}

static void
print_object (GString *out, JsonObject *object, guint depth)
{
  const char *separator = "{";
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_string_append (out, separator);
    print_line (out, depth + 1);
    mado_json_append_string (out, name);
    g_string_append (out, ": ");
    print_node (out, value, depth + 1);
    separator = ",";
  }
  print_line (out, depth);
  g_string_append_c (out, '}');
}

static void
print_array (GString *out, JsonArray *array, guint depth)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_string_append_c (out, i == 0 ? '[' : ',');
    print_line (out, depth + 1);
    print_node (out, json_array_get_element (array, i), depth + 1);
  }
  print_line (out, depth);
  g_string_append_c (out, ']');
}

static void
print_node (GString *out, JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) > 0)
    print_object (out, json_node_get_object (node), depth);
  else if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    print_array (out, json_node_get_array (node), depth);
  else
    append_node (out, node, FALSE);
}

/**
 * mado_json_print:
 * @node: a tree; members keep their order
 *
 * Returns: (transfer full): as it is written in files that people edit
 */
char *
mado_json_print (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  print_node (out, node, 0);
  g_string_append_c (out, '\n');

  return g_string_free (out, FALSE);
}

/**
 * mado_json_canonical:
 * @node: a tree
 *
 * Returns: (transfer full): its canonical form (RFC 8785), for digests
 */
char *
mado_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_node (out, node, TRUE);

  return g_string_free (out, FALSE);
}
