/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-reader.h"

#define STRING_CAP 1000   /* characters, where a spec names none */
#define ARRAY_CAP  1000

/* Patterns are literals of the program: each is compiled once and kept. */
static gboolean
matches (const char *pattern, const char *text)
{
  static GMutex mutex;
  static GHashTable *compiled;
  GRegex *regex;

  g_mutex_lock (&mutex);
  if (compiled == NULL)
    compiled = g_hash_table_new (g_str_hash, g_str_equal);
  regex = g_hash_table_lookup (compiled, pattern);
  if (regex == NULL) {
    g_autofree char *anchored = g_strdup_printf ("\\A(?:%s)\\z", pattern);
    g_autoptr(GError) error = NULL;

    regex = g_regex_new (anchored, G_REGEX_OPTIMIZE, 0, &error);
    if (regex == NULL)
      g_error ("The pattern %s: %s", pattern, error->message);
    g_hash_table_insert (compiled, (gpointer) pattern, regex);
  }
  g_mutex_unlock (&mutex);

  return g_regex_match (regex, text, 0, NULL);
}

/* (transfer full): "open, paid, cancelled"; NULL where the pattern is more than a choice of words */
static char *
list_choices (const char *pattern)
{
  g_auto(GStrv) choices = g_strsplit (pattern, "|", -1);

  return strspn (pattern, "abcdefghijklmnopqrstuvwxyz-|") == strlen (pattern) && choices[1] != NULL
         ? g_strjoinv (", ", choices) : NULL;
}

static void
violate_pattern (MadoReader *self, const MadoJsonSpec *spec)
{
  g_autofree char *choices = list_choices (spec->pattern);

  if (choices != NULL)
    mado_reader_violate (self, spec->name, "pattern", _("One of these is expected here: %s"), choices);
  else
    mado_reader_violate (self, spec->name, "pattern", _("This is not in the expected form"));
}

/* What would move a terminal's cursor or break a line of a log has no place in anybody's answer. */
static gboolean
has_control (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++) {
    if ((*p < 0x20 && *p != '\n' && *p != '\t' && *p != '\r') || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0))
      return TRUE;
  }

  return FALSE;
}

static void
read_string (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, const char **out)
{
  const char *text = mado_reader_get_string (node);
  glong cap = spec->max > 0 ? (glong) spec->max : STRING_CAP;
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;

  if (text == NULL)
    mado_reader_violate (self, spec->name, "type", _("A text is expected here"));
  else if (length > cap)
    mado_reader_violate (self, spec->name, "too-long", _("At most %ld characters fit here"), cap);
  else if (length < spec->min)
    mado_reader_violate (self, spec->name, "too-short", _("At least %ld characters are needed here"),
                         (glong) spec->min);
  else if (has_control (text))
    mado_reader_violate (self, spec->name, "control-character",
                         _("There is an invisible control character here; please type it anew"));
  else if (spec->pattern != NULL && !matches (spec->pattern, text))
    violate_pattern (self, spec);
  else if (out != NULL)
    *out = text;
}

static void
read_int (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, gint64 *out)
{
  gint64 max = spec->max != 0 || spec->min < 0 ? spec->max : MADO_JSON_EXACT_MAX;
  gint64 min = spec->max != 0 || spec->min != 0 ? spec->min : -MADO_JSON_EXACT_MAX;
  gint64 value;

  if (json_node_get_value_type (node) != G_TYPE_INT64) {
    mado_reader_violate (self, spec->name, "type", _("A whole number is expected here"));
    return;
  }
  value = json_node_get_int (node);
  if (value < min || value > max)
    mado_reader_violate (self, spec->name, "range",
                         _("A number from %" PRId64 " to %" PRId64 " is expected here"), min, max);
  else if (out != NULL)
    *out = value;
}

static void
read_boolean (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, gboolean *out)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    mado_reader_violate (self, spec->name, "type", _("Either true or false is expected here"));
  else if (out != NULL)
    *out = json_node_get_boolean (node);
}

static void
read_time (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, gint64 *out)
{
  gint64 time_us = mado_clock_parse_time (mado_reader_get_string (node));

  if (time_us == -1)
    mado_reader_violate (self, spec->name, "type", _("A time like 2026-11-20T01:42:00Z is expected here"));
  else if (out != NULL)
    *out = time_us;
}

static void
read_date (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, const char **out)
{
  const char *text = mado_reader_get_string (node);

  if (!mado_date_is_valid (text))
    mado_reader_violate (self, spec->name, "type", _("A date like 2026-11-20 is expected here"));
  else if (out != NULL)
    *out = text;
}

static void read_members (MadoReader *self, JsonObject *object, const MadoJsonSpec *spec, guint8 *out);

static void
read_object (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, JsonNode **out)
{
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    mado_reader_violate (self, spec->name, "type", _("An object is expected here"));
    return;
  }
  if (spec->members != NULL) {
    gsize here = mado_reader_enter (self, spec->name);

    read_members (self, json_node_get_object (node), spec->members, NULL);
    mado_reader_leave (self, here);
  }
  if (out != NULL)
    *out = node;
}

static void
read_elements (MadoReader *self, const MadoJsonSpec *spec, JsonArray *array)
{
  gsize list = mado_reader_enter (self, spec->name);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    gsize here = mado_reader_enter_index (self, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      read_members (self, json_node_get_object (element), spec->members, NULL);
    else
      mado_reader_violate (self, NULL, "type", _("An object is expected here"));
    mado_reader_leave (self, here);
  }
  mado_reader_leave (self, list);
}

static void
read_array (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, JsonNode **out)
{
  gint64 cap = spec->max > 0 ? spec->max : ARRAY_CAP, length;

  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    mado_reader_violate (self, spec->name, "type", _("A list is expected here"));
    return;
  }
  length = json_array_get_length (json_node_get_array (node));
  if (length > cap || length < spec->min) {
    mado_reader_violate (self, spec->name, length > cap ? "too-long" : "too-short",
             _("A list of %" PRId64 " to %" PRId64 " is expected here"), spec->min, cap);
    return;
  }
  if (spec->members != NULL)
    read_elements (self, spec, json_node_get_array (node));
  if (out != NULL)
    *out = node;
}

static void
read_member (MadoReader *self, const MadoJsonSpec *spec, JsonNode *node, gpointer out)
{
  switch (spec->type) {
  case MADO_JSON_STRING:
    read_string (self, spec, node, out);
    break;
  case MADO_JSON_INT:
    read_int (self, spec, node, out);
    break;
  case MADO_JSON_BOOL:
    read_boolean (self, spec, node, out);
    break;
  case MADO_JSON_TIME:
    read_time (self, spec, node, out);
    break;
  case MADO_JSON_DATE:
    read_date (self, spec, node, out);
    break;
  case MADO_JSON_OBJECT:
    read_object (self, spec, node, out);
    break;
  case MADO_JSON_ARRAY:
    read_array (self, spec, node, out);
    break;
  case MADO_JSON_ANY:
    if (out != NULL)
      *(JsonNode **) out = node;
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
refuse_unknown (MadoReader *self, JsonObject *object, const MadoJsonSpec *spec)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    const MadoJsonSpec *known = spec;

    while (known->name != NULL && strcmp (known->name, name) != 0)
      known++;
    if (known->name == NULL)
      mado_reader_violate (self, name, "unknown", _("Nothing of this name is expected here; please leave it out"));
  }
}

static void
read_members (MadoReader *self, JsonObject *object, const MadoJsonSpec *spec, guint8 *out)
{
  guint found = 0;

  for (const MadoJsonSpec *member = spec; member->name != NULL; member++) {
    JsonNode *node = json_object_get_member (object, member->name);
    gboolean absent = node == NULL || (JSON_NODE_HOLDS_NULL (node) && member->type != MADO_JSON_ANY);

    found += node != NULL;
    if (!absent)
      read_member (self, member, node, out != NULL ? out + member->offset : NULL);
    else if (member->required)
      mado_reader_violate (self, member->name, "required", _("This is needed and is missing"));
  }
  if (found < json_object_get_size (object))
    refuse_unknown (self, object, spec);
}

/**
 * mado_json_read:
 * @node: a tree
 * @spec: what it may hold
 * @out: (nullable): the struct to fill
 *
 * Returns: %FALSE with %MADO_ERROR_INVALID, which carries a violation for each mistake
 */
gboolean
mado_json_read (JsonNode *node, const MadoJsonSpec *spec, gpointer out, GError **error)
{
  MadoReader self = MADO_READER_INIT;

  if (JSON_NODE_HOLDS_OBJECT (node))
    read_members (&self, json_node_get_object (node), spec, out);
  else
    mado_reader_violate (&self, NULL, "type", _("An object is expected here"));

  return mado_reader_finish (&self, error);
}
