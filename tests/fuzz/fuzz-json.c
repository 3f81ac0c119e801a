/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "core/mado-record.h"

#include "mado-fuzz.h"

MADO_DECLARE_RECORD (FuzzThing, fuzz_thing)
struct _FuzzThing {
  MadoRecord parent;
  char *name, *born;
  gint64 count, at;
  gboolean yes;
  JsonNode *any;
  GPtrArray *things;
  char **tags;
};
static const MadoField fields[] = {
  MADO_FIELD_STRING (FuzzThing, name, MADO_FIELD_OPTIONAL, 20, "Name"),
  MADO_FIELD_DATE (FuzzThing, born, MADO_FIELD_OPTIONAL, "Born"),
  MADO_FIELD_INT (FuzzThing, count, MADO_FIELD_OPTIONAL, -5, 5, "Count"),
  MADO_FIELD_TIME (FuzzThing, at, MADO_FIELD_OPTIONAL, "At"),
  MADO_FIELD_BOOL (FuzzThing, yes, MADO_FIELD_OPTIONAL, "Yes"),
  MADO_FIELD_JSON (FuzzThing, any, MADO_FIELD_OPTIONAL, "Any"),
  MADO_FIELD_LIST (FuzzThing, things, fuzz_thing_get_type, MADO_FIELD_OPTIONAL, "Things"),
  MADO_FIELD_STRV (FuzzThing, tags, MADO_FIELD_OPTIONAL, "Tags"),
};
MADO_DEFINE_RECORD (FuzzThing, fuzz_thing, fields)

typedef struct {
  const char *name, *born;
  gint64      count, at;
  gboolean    yes;
  JsonNode   *any, *things, *part;
} Out;

static const MadoJsonSpec part_spec[] = {
  { "name", MADO_JSON_STRING, 0, TRUE, 1, 20, "[a-zあ-ん]*" },
  { NULL }
};

static const MadoJsonSpec spec[] = {
  { "name", MADO_JSON_STRING, G_STRUCT_OFFSET (Out, name), FALSE, 0, 20 },
  { "born", MADO_JSON_DATE, G_STRUCT_OFFSET (Out, born) },
  { "count", MADO_JSON_INT, G_STRUCT_OFFSET (Out, count), FALSE, -5, 5 },
  { "at", MADO_JSON_TIME, G_STRUCT_OFFSET (Out, at) },
  { "yes", MADO_JSON_BOOL, G_STRUCT_OFFSET (Out, yes) },
  { "any", MADO_JSON_ANY, G_STRUCT_OFFSET (Out, any) },
  { "things", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Out, things), FALSE, 0, 3, NULL, part_spec },
  { "part", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Out, part), .members = part_spec },
  { NULL }
};

static JsonNode *
parse_again (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_FILE, &error);

  if (node == NULL)
    g_error ("What was written is not read: %s", error->message);

  return node;
}

/* What is read, written and read again is the same thing. */
static void
check_round_trip (JsonNode *node)
{
  g_autoptr(GString) written = g_string_new (NULL);
  g_autoptr(JsonNode) again = NULL, sorted = NULL;
  g_autofree char *canonical = mado_json_canonical (node), *second = NULL, *third = NULL;

  mado_json_append_node (written, node);
  again = parse_again (written->str);
  second = mado_json_canonical (again);
  sorted = parse_again (canonical);
  third = mado_json_canonical (sorted);
  g_assert_cmpstr (canonical, ==, second);
  g_assert_cmpstr (canonical, ==, third);
}

static void
check_record (JsonNode *node)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FuzzThing) thing = mado_record_from_json (fuzz_thing_get_type (), node, MADO_JSON_PUBLIC, &error);
  g_autoptr(GString) first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr(JsonNode) written = NULL;
  g_autoptr(FuzzThing) again = NULL;

  if (thing == NULL) {
    g_assert_cmpuint (mado_error_get_n_violations (error), >, 0);
    return;
  }
  written = mado_record_to_json (MADO_RECORD (thing), MADO_JSON_PUBLIC);
  again = mado_record_from_json (fuzz_thing_get_type (), written, MADO_JSON_PUBLIC, &error);
  g_assert_no_error (error);
  mado_record_write_json (MADO_RECORD (thing), MADO_JSON_PUBLIC, first);
  mado_record_write_json (MADO_RECORD (again), MADO_JSON_PUBLIC, second);
  g_assert_cmpstr (first->str, ==, second->str);
}

static void
check_spec (JsonNode *node)
{
  g_autoptr(GError) error = NULL;
  Out out = { 0 };

  if (mado_json_read (node, spec, &out, &error))
    return;
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  for (guint i = 0; i < mado_error_get_n_violations (error); i++)
    g_assert_true (g_utf8_validate (mado_error_get_violation (error, i)->pointer, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = mado_json_parse ((const char *) data, size, &MADO_JSON_LIMITS_BODY, &error);

  if (node == NULL) {
    g_assert_cmpint (error->domain, ==, MADO_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  check_round_trip (node);
  check_record (node);
  check_spec (node);

  return 0;
}
