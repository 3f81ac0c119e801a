/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-json.h"

#include <errno.h>
#include <math.h>
#include <glib/gi18n-lib.h>

#define EXACT_DIGITS 15   /* of a whole number that surely fits */

/*
 * One pass from bytes to the tree: json-glib's own parser is lenient, recurses without bound and is slower.
 * Strings are gathered on a stack of bytes, so that a member's name waits there while its value is read.
 */
typedef struct {
  const char           *start, *p, *end;
  const MadoJsonLimits *limits;
  GString              *stack;
  guint                 depth;
  GError              **error;
} Parser;

static gboolean parse_value (Parser *self, JsonNode **out);

static void
get_place (Parser *self, const char *at, guint *line, guint *column)
{
  const char *line_start = self->start;

  *line = 1;
  for (const char *p = self->start; p < at; p++) {
    if (*p == '\n') {
      (*line)++;
      line_start = p + 1;
    }
  }
  *column = (guint) g_utf8_strlen (line_start, at - line_start) + 1;
}

/* Returns FALSE, so that a rule can end with it. */
static gboolean
refuse (Parser *self, MadoError code, const char *at, const char *what)
{
  guint line, column;

  get_place (self, at, &line, &column);
  mado_set_error_at (self->error, code, NULL, NULL, _("Line %u, column %u: %s"), line, column, what);

  return FALSE;
}

static gboolean
malformed (Parser *self, const char *what)
{
  if (self->p >= self->end)
    what = _("the text ends too early");

  return refuse (self, MADO_ERROR_MALFORMED, self->p, what);
}

static void
skip_space (Parser *self)
{
  while (self->p < self->end && (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' || *self->p == '\t'))
    self->p++;
}

static gboolean
accept (Parser *self, char c)
{
  if (self->p >= self->end || *self->p != c)
    return FALSE;
  self->p++;

  return TRUE;
}

/* Four hexadecimal digits; -1 if they are not there. */
static int
parse_hex4 (Parser *self)
{
  int value = 0;

  for (guint i = 0; i < 4; i++) {
    int digit = self->p < self->end ? g_ascii_xdigit_value (*self->p) : -1;

    if (digit < 0)
      return -1;
    value = value << 4 | digit;
    self->p++;
  }

  return value;
}

/* What follows "\u", its second half too where it has one. */
static gboolean
parse_unicode_escape (Parser *self)
{
  const char *at = self->p - 2;
  int c = parse_hex4 (self), low;

  if (c < 0)
    return malformed (self, _("four hexadecimal digits have to follow \\u"));
  if (c == 0)
    return refuse (self, MADO_ERROR_MALFORMED, at, _("the character U+0000 is not allowed"));
  if (c >= 0xd800 && c <= 0xdfff) {
    low = c <= 0xdbff && accept (self, '\\') && accept (self, 'u') ? parse_hex4 (self) : -1;
    if (low < 0xdc00 || low > 0xdfff)
      return refuse (self, MADO_ERROR_MALFORMED, at, _("half of a surrogate pair is missing"));
    c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
  }
  g_string_append_unichar (self->stack, (gunichar) c);

  return TRUE;
}

static gboolean
parse_escape (Parser *self)
{
  static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (accept (self, 'u'))
    return parse_unicode_escape (self);

  found = self->p < self->end && *self->p != '\0' ? strchr (escapes, *self->p) : NULL;
  if (found == NULL)
    return malformed (self, _("this escape is unknown"));
  self->p++;
  g_string_append_c (self->stack, meanings[found - escapes]);

  return TRUE;
}

/* Pushes a string, terminated, on the stack; @at is where it begins there. */
static gboolean
push_string (Parser *self, gsize *at)
{
  *at = self->stack->len;
  if (!accept (self, '"'))
    return malformed (self, _("a quotation mark is missing"));

  while (TRUE) {
    const char *run = self->p;

    while (self->p < self->end && *self->p != '"' && *self->p != '\\' && (guchar) *self->p >= 0x20)
      self->p++;
    g_string_append_len (self->stack, run, self->p - run);
    if (accept (self, '"'))
      break;
    if (!accept (self, '\\'))
      return malformed (self, _("line breaks and control characters in a text have to be escaped"));
    if (!parse_escape (self))
      return FALSE;
  }
  g_string_append_c (self->stack, '\0');

  return TRUE;
}

static gboolean
parse_string (Parser *self, JsonNode **out)
{
  gsize at;

  if (!push_string (self, &at))
    return FALSE;
  *out = json_node_init_string (json_node_alloc (), self->stack->str + at);
  g_string_truncate (self->stack, at);

  return TRUE;
}

static gboolean
skip_digits (Parser *self)
{
  const char *first = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;

  return self->p > first;
}

/* Moves over a number by the grammar; @whole tells whether it is written without fraction and exponent. */
static gboolean
skip_number (Parser *self, gboolean *whole)
{
  *whole = TRUE;
  accept (self, '-');
  if (!accept (self, '0') && !skip_digits (self))
    return FALSE;
  if (accept (self, '.')) {
    *whole = FALSE;
    if (!skip_digits (self))
      return FALSE;
  }
  if (accept (self, 'e') || accept (self, 'E')) {
    *whole = FALSE;
    if (!accept (self, '+'))
      accept (self, '-');
    if (!skip_digits (self))
      return FALSE;
  }

  return TRUE;
}

static gint64
read_int (const char *p, const char *end)
{
  gboolean negative = *p == '-';
  gint64 value = 0;

  for (p += negative; p < end; p++)
    value = value * 10 + (*p - '0');

  return negative ? -value : value;
}

/* 1, 1.0 and 1e0 are the same number and become the same node. */
static gboolean
parse_number (Parser *self, JsonNode **out)
{
  const char *first = self->p;
  g_autofree char *text = NULL;
  gboolean whole;
  double value;

  if (!skip_number (self, &whole))
    return malformed (self, _("this is not a number"));

  if (whole && self->p - first <= EXACT_DIGITS) {
    *out = json_node_init_int (json_node_alloc (), read_int (first, self->p));
    return TRUE;
  }

  text = g_strndup (first, (gsize) (self->p - first));
  value = g_ascii_strtod (text, NULL);
  if (fabs (value) > MADO_JSON_EXACT_MAX)
    return refuse (self, MADO_ERROR_MALFORMED, first, _("this number is too large"));
  if (value == trunc (value))
    *out = json_node_init_int (json_node_alloc (), (gint64) value);
  else
    *out = json_node_init_double (json_node_alloc (), value);

  return TRUE;
}

static gboolean
parse_word (Parser *self, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (self->end - self->p) < n || strncmp (self->p, word, n) != 0)
    return malformed (self, _("a value is missing here"));
  self->p += n;

  return TRUE;
}

static gboolean
parse_boolean (Parser *self, gboolean value, JsonNode **out)
{
  if (!parse_word (self, value ? "true" : "false"))
    return FALSE;
  *out = json_node_init_boolean (json_node_alloc (), value);

  return TRUE;
}

static gboolean
parse_null (Parser *self, JsonNode **out)
{
  if (!parse_word (self, "null"))
    return FALSE;
  *out = json_node_init_null (json_node_alloc ());

  return TRUE;
}

static gboolean
enter (Parser *self)
{
  self->p++;
  if (++self->depth > self->limits->max_depth)
    return refuse (self, MADO_ERROR_TOO_LARGE, self->p - 1, _("this is nested too deeply"));
  skip_space (self);

  return TRUE;
}

/* After an element: TRUE to go on, FALSE at the end (@closing passed) or with an error. */
static gboolean
next_element (Parser *self, char closing, guint count, gboolean *ok)
{
  skip_space (self);
  *ok = TRUE;
  if (accept (self, closing))
    return FALSE;
  if (!accept (self, ',')) {
    *ok = malformed (self, closing == '}' ? _("a comma or } is missing") : _("a comma or ] is missing"));
    return FALSE;
  }
  if (count >= self->limits->max_members) {
    *ok = refuse (self, MADO_ERROR_TOO_LARGE, self->p, _("this list is too long"));
    return FALSE;
  }
  skip_space (self);

  return TRUE;
}

static gboolean
parse_member (Parser *self, JsonObject *object)
{
  const char *first = self->p;
  guint before = json_object_get_size (object);
  JsonNode *value;
  gsize at;

  if (!push_string (self, &at))
    return FALSE;
  skip_space (self);
  if (!accept (self, ':'))
    return malformed (self, _("a colon is missing"));
  if (!parse_value (self, &value))
    return FALSE;

  json_object_set_member (object, self->stack->str + at, value);
  g_string_truncate (self->stack, at);
  if (json_object_get_size (object) == before)
    return refuse (self, MADO_ERROR_MALFORMED, first, _("this member is there twice"));

  return TRUE;
}

static gboolean
parse_object (Parser *self, JsonNode **out)
{
  g_autoptr(JsonObject) object = json_object_new ();
  gboolean ok = TRUE;

  if (!enter (self))
    return FALSE;
  if (!accept (self, '}')) {
    do
      ok = parse_member (self, object);
    while (ok && next_element (self, '}', json_object_get_size (object), &ok));
  }
  if (!ok)
    return FALSE;
  self->depth--;
  *out = json_node_init_object (json_node_alloc (), object);

  return TRUE;
}

static gboolean
parse_element (Parser *self, JsonArray *array)
{
  JsonNode *element;

  if (!parse_value (self, &element))
    return FALSE;
  json_array_add_element (array, element);

  return TRUE;
}

static gboolean
parse_array (Parser *self, JsonNode **out)
{
  g_autoptr(JsonArray) array = json_array_new ();
  gboolean ok = TRUE;

  if (!enter (self))
    return FALSE;
  if (!accept (self, ']')) {
    do
      ok = parse_element (self, array);
    while (ok && next_element (self, ']', json_array_get_length (array), &ok));
  }
  if (!ok)
    return FALSE;
  self->depth--;
  *out = json_node_init_array (json_node_alloc (), array);

  return TRUE;
}

static gboolean
parse_value (Parser *self, JsonNode **out)
{
  skip_space (self);
  switch (self->p < self->end ? *self->p : '\0') {
  case '{':
    return parse_object (self, out);
  case '[':
    return parse_array (self, out);
  case '"':
    return parse_string (self, out);
  case 't':
    return parse_boolean (self, TRUE, out);
  case 'f':
    return parse_boolean (self, FALSE, out);
  case 'n':
    return parse_null (self, out);
  case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
    return parse_number (self, out);
  default:
    return malformed (self, _("a value is missing here"));
  }
}

JsonNode *
mado_json_parse (const char *data, gsize length, const MadoJsonLimits *limits, GError **error)
{
  g_autoptr(GString) stack = g_string_sized_new (256);
  Parser self = { data, data, data + length, limits, stack, 0, error };
  g_autoptr(JsonNode) node = NULL;
  const char *invalid;

  if (length > limits->max_bytes) {
    mado_set_error_at (error, MADO_ERROR_TOO_LARGE, NULL, NULL,
                       _("This is longer than the %zu bytes that are taken here"), limits->max_bytes);
    return NULL;
  }
  if (!g_utf8_validate_len (data, length, &invalid)) {
    refuse (&self, MADO_ERROR_MALFORMED, invalid, _("the bytes here are not valid UTF-8 text"));
    return NULL;
  }
  if (!parse_value (&self, &node))
    return NULL;
  skip_space (&self);
  if (self.p < self.end) {
    malformed (&self, _("something follows after the end"));
    return NULL;
  }

  return g_steal_pointer (&node);
}
