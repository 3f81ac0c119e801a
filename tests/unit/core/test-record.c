/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "core/mado-record.h"

typedef enum { COLOUR_RED, COLOUR_DARK_BLUE } Colour;

static GType
colour_get_type (void)
{
  static const GEnumValue values[] = {
    { COLOUR_RED, "COLOUR_RED", "red" }, { COLOUR_DARK_BLUE, "COLOUR_DARK_BLUE", "dark-blue" }, { 0 }
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("TestColour", values));

  return type;
}

MADO_DECLARE_RECORD (TestPart, test_part)
struct _TestPart { MadoRecord parent; char *label; gint64 price; };
static const MadoField part_fields[] = {
  MADO_FIELD_STRING (TestPart, label, 0, 5, "A label"),
  MADO_FIELD_YEN (TestPart, price, MADO_FIELD_OPTIONAL, "A price"),
};
MADO_DEFINE_RECORD (TestPart, test_part, part_fields)

MADO_DECLARE_RECORD (TestThing, test_thing)
struct _TestThing {
  MadoRecord parent;
  char *id, *born, *secret, *sealed_note;
  Colour colour;
  gint64 small_count, filed_at, paid_at;
  gboolean is_open;
  JsonNode *title;
  TestPart *part;
  GPtrArray *parts;
  char **tags;
};
static const MadoField thing_fields[] = {
  MADO_FIELD_ID (TestThing, id, "Identifier"),
  MADO_FIELD_DATE (TestThing, born, 0, "Born"),
  MADO_FIELD_STRING (TestThing, secret, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 0, "Private"),
  MADO_FIELD_STRING (TestThing, sealed_note, MADO_FIELD_SEALED | MADO_FIELD_OPTIONAL, 0, "Sealed"),
  MADO_FIELD_ENUM (TestThing, colour, colour_get_type, 0, "Colour"),
  MADO_FIELD_INT (TestThing, small_count, 0, 0, 9, "Count"),
  MADO_FIELD_TIME (TestThing, filed_at, 0, "Filed"),
  MADO_FIELD_TIME (TestThing, paid_at, MADO_FIELD_OPTIONAL, "Paid"),
  MADO_FIELD_BOOL (TestThing, is_open, 0, "Open"),
  MADO_FIELD_JSON (TestThing, title, MADO_FIELD_OPTIONAL, "Title"),
  MADO_FIELD_RECORD (TestThing, part, test_part_get_type, MADO_FIELD_OPTIONAL, "Part"),
  MADO_FIELD_LIST (TestThing, parts, test_part_get_type, 0, "Parts"),
  MADO_FIELD_STRV (TestThing, tags, MADO_FIELD_OPTIONAL, "Tags"),
};
MADO_DEFINE_RECORD (TestThing, test_thing, thing_fields)

static const char full[] =
  "{\"id\":\"x\",\"born\":\"2000-02-29\",\"secret\":\"s\",\"sealedNote\":\"髙\\n\",\"colour\":\"dark-blue\","
  "\"smallCount\":3,\"filedAt\":\"2026-11-20T01:42:00.000Z\",\"isOpen\":true,\"title\":{\"ja\":\"窓\"},"
  "\"part\":{\"label\":\"p\",\"price\":1200},\"parts\":[{\"label\":\"q\"},{\"label\":\"\"}],\"tags\":[\"a\",\"b\"]}";

static gpointer
read_thing (const char *text, MadoJsonFlags flags, GError **error)
{
  g_autoptr(JsonNode) node = mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_BODY, error);

  return node != NULL ? mado_record_from_json (test_thing_get_type (), node, flags, error) : NULL;
}

static char *
write_thing (gpointer thing, MadoJsonFlags flags)
{
  GString *out = g_string_new (NULL);

  mado_record_write_json (thing, flags, out);

  return g_string_free (out, FALSE);
}

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TestThing) thing = read_thing (full, MADO_JSON_PRIVATE, &error);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GString) again = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (thing->colour, ==, COLOUR_DARK_BLUE);
  g_assert_cmpint (thing->part->price, ==, 1200);
  g_assert_cmpuint (thing->parts->len, ==, 2);
  text = write_thing (thing, MADO_JSON_PRIVATE);
  g_assert_cmpstr (text, ==, full);
  node = mado_record_to_json (MADO_RECORD (thing), MADO_JSON_PRIVATE);
  mado_json_append_node (again, node);
  g_assert_cmpstr (again->str, ==, full);
}

static void
test_privacy (void)
{
  g_autoptr(TestThing) thing = read_thing (full, MADO_JSON_PRIVATE, NULL);
  g_autofree char *public = write_thing (thing, MADO_JSON_PUBLIC);
  g_autofree char *list = write_thing (thing, MADO_JSON_PRIVATE | MADO_JSON_LIST);
  g_autoptr(GError) error = NULL;

  g_assert_null (strstr (public, "secret"));
  g_assert_null (strstr (public, "sealedNote"));
  g_assert_nonnull (strstr (list, "secret"));
  g_assert_null (strstr (list, "sealedNote"));
  g_assert_null (read_thing (full, MADO_JSON_PUBLIC, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 2);
  g_assert_cmpstr (mado_error_get_violation (error, 1)->pointer, ==, "/sealedNote");
  g_assert_cmpstr (mado_error_get_violation (error, 1)->code, ==, "unknown");
}

static void
test_unset (void)
{
  g_autoptr(TestThing) thing = g_object_new (test_thing_get_type (), NULL);
  g_autofree char *text = write_thing (thing, MADO_JSON_PRIVATE);
  g_autoptr(GError) error = NULL;
  g_autoptr(TestThing) back = read_thing (text, MADO_JSON_PRIVATE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "{\"id\":\"\",\"born\":null,\"colour\":\"red\",\"smallCount\":0,\"filedAt\":null,"
                             "\"isOpen\":false,\"parts\":[]}");
  g_assert_null (back->born);
}

static void
test_mistakes (void)
{
  g_autoptr(GError) error = NULL;
  static const char *const expected[] = {
    "/id type", "/born type", "/colour enum", "/smallCount range", "/filedAt required", "/isOpen type",
    "/part/label too-long", "/part/price range", "/parts/0/label required", "/parts/1 type", "/tags/1 type",
    "/newer unknown",
  };

  g_assert_null (read_thing ("{\"id\":5,\"born\":\"2001-02-29\",\"colour\":\"green\",\"smallCount\":10,\"isOpen\":null,"
                             "\"part\":{\"label\":\"123456\",\"price\":-1},\"parts\":[{},7],\"tags\":[\"a\",1],"
                             "\"newer\":0}",
                             MADO_JSON_PRIVATE, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);
    g_autofree char *found = g_strdup_printf ("%s %s", violation->pointer, violation->code);

    g_assert_cmpstr (found, ==, expected[i]);
  }
}

static void
test_tolerant (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TestThing) thing = read_thing ("{\"id\":\"x\",\"born\":null,\"colour\":\"red\",\"smallCount\":0,"
                                           "\"filedAt\":null,\"isOpen\":false,"
                                           "\"parts\":[{\"label\":\"a\",\"x\":1}],\"newer\":1}",
                                           MADO_JSON_TOLERANT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (thing->parts->len, ==, 1);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_properties (void)
{
  const gint64 five = 5;
  g_autoptr(TestThing) thing = g_object_new (test_thing_get_type (), "id", "a", "filed-at", five, NULL);
  g_autoptr(TestPart) part = g_object_new (test_part_get_type (), "label", "p", NULL);
  g_autoptr(TestPart) got = NULL;
  g_autofree char *id = NULL;
  guint notified = 0;
  int colour;

  g_signal_connect (thing, "notify", G_CALLBACK (on_notify), &notified);
  g_object_set (thing, "id", "b", "colour", COLOUR_DARK_BLUE, "part", part, "tags", NULL, NULL);
  g_assert_cmpuint (notified, ==, 3);
  g_object_set (thing, "id", "b", "colour", COLOUR_DARK_BLUE, "filed-at", five, NULL);
  g_assert_cmpuint (notified, ==, 3);
  g_object_get (thing, "id", &id, "colour", &colour, "part", &got, NULL);
  g_assert_cmpstr (id, ==, "b");
  g_assert_cmpint (colour, ==, COLOUR_DARK_BLUE);
  g_assert_true (got == part);
}

static void
test_schema (void)
{
  g_autoptr(JsonNode) schema = mado_record_get_schema (test_thing_get_type (), MADO_JSON_PUBLIC);
  g_autoptr(JsonNode) private = mado_record_get_schema (test_thing_get_type (), MADO_JSON_PRIVATE);
  g_autofree char *part = mado_json_canonical (mado_json_get (schema, "/properties/part"));
  g_autofree char *born = mado_json_canonical (mado_json_get (schema, "/properties/born"));
  g_autofree char *required = mado_json_canonical (mado_json_get (schema, "/required"));

  g_assert_null (mado_json_get (schema, "/properties/secret"));
  g_assert_nonnull (mado_json_get (private, "/properties/sealedNote"));
  g_assert_cmpstr (born, ==, "{\"description\":\"Born\",\"format\":\"date\",\"type\":[\"string\",\"null\"]}");
  g_assert_cmpstr (required, ==, "[\"id\",\"born\",\"colour\",\"smallCount\",\"filedAt\",\"isOpen\",\"parts\"]");
  g_assert_cmpstr (part, ==, "{\"additionalProperties\":false,\"description\":\"Part\",\"properties\":{\"label\":"
                             "{\"description\":\"A label\",\"maxLength\":5,\"type\":\"string\"},\"price\":"
                             "{\"description\":\"A price\",\"minimum\":0,\"type\":\"integer\"}},"
                             "\"required\":[\"label\"],"
                             "\"type\":\"object\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/record/round-trip", test_round_trip);
  g_test_add_func ("/core/record/privacy", test_privacy);
  g_test_add_func ("/core/record/unset", test_unset);
  g_test_add_func ("/core/record/mistakes", test_mistakes);
  g_test_add_func ("/core/record/tolerant", test_tolerant);
  g_test_add_func ("/core/record/properties", test_properties);
  g_test_add_func ("/core/record/schema", test_schema);

  return g_test_run ();
}
