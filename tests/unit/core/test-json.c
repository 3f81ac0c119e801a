/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"

static const MadoJsonLimits body = { 256 * 1024, 32, 2000 };

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = mado_json_parse (text, strlen (text), &body, &error);

  g_assert_no_error (error);

  return node;
}

static void
assert_refused (const char *data, gsize n, MadoError code, const char *place)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_json_parse (data, n, &body, &error));
  g_assert_error (error, MADO_ERROR, (int) code);
  if (strstr (error->message, place) == NULL)
    g_error ("“%s” does not say “%s”", error->message, place);
}

static void
test_values (void)
{
  g_autoptr(JsonNode) node = parse (" {\"a\": [1, -2, 1.0, 2.5, 1e3, -0, true, false, null], \"b\":{},\n"
                                    "\"\\u65e5\": \"\\ud842\\udfb7\\n/\\/\"} ");
  g_autoptr(GString) out = g_string_new (NULL);

  mado_json_append_node (out, node);
  g_assert_cmpstr (out->str, ==, "{\"a\":[1,-2,1,2.5,1000,0,true,false,null],\"b\":{},\"日\":\"𠮷\\n//\"}");
}

static void
test_malformed (void)
{
  static const struct { const char *text, *place; } cases[] = {
    { "", "Line 1, column 1: the text ends too early" },
    { "{", "column 2: the text ends too early" },
    { "{\"a\":1,}", "Line 1, column 8" },
    { "[1,]", "column 4" },
    { "[1 2]", "column 4: a comma or ] is missing" },
    { "{\"a\" 1}", "column 6: a colon is missing" },
    { "{a:1}", "column 2" },
    { "{'a':1}", "column 2" },
    { "// note\n1", "column 1" },
    { "01", "column 2: something follows" },
    { "+1", "column 1" }, { ".5", "column 1" }, { "1.", "too early" }, { "-", "too early" }, { "1e", "too early" },
    { "NaN", "column 1" }, { "Infinity", "column 1" }, { "tru", "column 1" }, { "nulll", "column 5" },
    { "1e400", "too large" }, { "-1e400", "too large" }, { "1e20", "too large" },
    { "9007199254740993", "column 1: this number is too large" },
    { "[1,\n 99999999999999999999999999]", "Line 2, column 2: this number is too large" },
    { "\"a\nb\"", "control characters" },
    { "\"\t\"", "control characters" },
    { "\"\\x\"", "escape" },
    { "\"\\u12g4\"", "four hexadecimal" },
    { "\"\\u0000\"", "U+0000" },
    { "[\"\\ud800\"]", "column 3: half of a surrogate pair is missing" },
    { "\"\\udc00\"", "surrogate" }, { "\"\\ud800\\u0041\"", "surrogate" }, { "\"\\ud800x\"", "surrogate" },
    { "\"\\ud800\\ud800\"", "surrogate" },
    { "{\"鵠\":1,\"鵠\":2}", "column 8: this member is there twice" },
    { "{\"a\":1,\"\\u0061\":2}", "twice" },
    { "1 1", "something follows" },
    { "\xef\xbb\xbf{}", "column 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), MADO_ERROR_MALFORMED, cases[i].place);
}

static void
test_bytes (void)
{
  assert_refused ("\"\xff\"", 3, MADO_ERROR_MALFORMED, "column 2: the bytes here are not valid UTF-8");
  assert_refused ("\"\xc0\xaf\"", 4, MADO_ERROR_MALFORMED, "UTF-8");           /* overlong "/" */
  assert_refused ("\"\xe0\x80\xaf\"", 5, MADO_ERROR_MALFORMED, "UTF-8");
  assert_refused ("\"\xed\xa0\x80\"", 5, MADO_ERROR_MALFORMED, "UTF-8");       /* a surrogate in UTF-8 */
  assert_refused ("\"\xf4\x90\x80\x80\"", 6, MADO_ERROR_MALFORMED, "UTF-8");   /* beyond U+10FFFF */
  assert_refused ("\"\xe3\x81", 3, MADO_ERROR_MALFORMED, "UTF-8");             /* cut short */
  assert_refused ("\"a\0b\"", 5, MADO_ERROR_MALFORMED, "UTF-8");
  assert_refused ("1\0", 2, MADO_ERROR_MALFORMED, "UTF-8");
}

/* The bytes need not be terminated: each prefix stands at the very end of its own allocation. */
static void
test_every_prefix (void)
{
  const char *text = "{\"a\":[12,true,\"\\u3042x\",-1.5e2,null],\"b\":{\"c\":false}}";

  for (gsize n = 0; n < strlen (text); n++) {
    g_autofree char *prefix = g_memdup2 (text, n);

    assert_refused (prefix, n, MADO_ERROR_MALFORMED, "Line 1");
  }
  for (gsize n = 1; n < 4; n++) {
    g_autofree char *digits = g_memdup2 ("1234", n);
    g_autoptr(JsonNode) node = mado_json_parse (digits, n, &body, NULL);

    g_assert_cmpint (json_node_get_int (node), ==, n == 1 ? 1 : n == 2 ? 12 : 123);
  }
}

static void
test_caps (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *braces = g_strnfill (100000, '{');
  gsize huge = 10 * 1024 * 1024;
  g_autofree char *spaces = g_strnfill (huge, ' ');
  g_autoptr(GString) list = g_string_new ("[0");
  g_autoptr(JsonNode) deep = NULL;

  assert_refused (brackets, 100000, MADO_ERROR_TOO_LARGE, "column 33: this is nested too deeply");
  assert_refused (braces, 100000, MADO_ERROR_MALFORMED, "column 2");
  assert_refused (spaces, huge, MADO_ERROR_TOO_LARGE, "262144 bytes");
  deep = parse ("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
  for (guint i = 1; i < 2000; i++)
    g_string_append (list, ",0");
  g_string_append (list, "]");
  json_node_unref (parse (list->str));
  g_string_insert (list, 1, "0,");
  assert_refused (list->str, list->len, MADO_ERROR_TOO_LARGE, "too long");
}

typedef struct {
  const char *name, *date;
  gint64      count, at;
  gboolean    yes;
  JsonNode   *any, *list;
} Out;

static const MadoJsonSpec element_spec[] = {
  { "id", MADO_JSON_STRING, 0, TRUE },
  { NULL }
};

static const MadoJsonSpec spec[] = {
  { "name", MADO_JSON_STRING, G_STRUCT_OFFSET (Out, name), TRUE, 1, 5, .summary = "A name" },
  { "date", MADO_JSON_DATE, G_STRUCT_OFFSET (Out, date) },
  { "count", MADO_JSON_INT, G_STRUCT_OFFSET (Out, count), FALSE, 1, 9 },
  { "at", MADO_JSON_TIME, G_STRUCT_OFFSET (Out, at) },
  { "yes", MADO_JSON_BOOL, G_STRUCT_OFFSET (Out, yes) },
  { "any", MADO_JSON_ANY, G_STRUCT_OFFSET (Out, any) },
  { "list", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Out, list), FALSE, 0, 3, NULL, element_spec },
  { "code", MADO_JSON_STRING, G_STRUCT_OFFSET (Out, name), FALSE, 0, 0, "[A-Z]{2}" },
  { NULL }
};

static void
test_read (void)
{
  g_autoptr(JsonNode) node = parse ("{\"name\":\"髙﨑邉𠮷子\",\"date\":\"2024-02-29\",\"count\":9.0,\"yes\":true,"
                                    "\"at\":\"1970-01-01T09:00:01+09:00\",\"any\":null,\"list\":[{\"id\":\"x\"}]}");
  g_autoptr(JsonNode) sparse = parse ("{\"name\":\"a\",\"date\":null}");
  g_autoptr(GError) error = NULL;
  Out out = { 0 }, few = { .date = "unchanged", .count = 7 };

  g_assert_true (mado_json_read (node, spec, &out, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (out.name, ==, "髙﨑邉𠮷子");
  g_assert_cmpstr (out.date, ==, "2024-02-29");
  g_assert_cmpint (out.count, ==, 9);
  g_assert_cmpint (out.at, ==, G_TIME_SPAN_SECOND);
  g_assert_true (out.yes);
  g_assert_true (JSON_NODE_HOLDS_NULL (out.any));
  g_assert_true (JSON_NODE_HOLDS_ARRAY (out.list));

  g_assert_true (mado_json_read (sparse, spec, &few, &error));
  g_assert_cmpstr (few.date, ==, "unchanged");
  g_assert_cmpint (few.count, ==, 7);
  g_assert_true (mado_json_read (node, spec, NULL, &error));
}

/* Reads @text and gives back its violations, "pointer code" a line. */
static char *
violations (const char *text)
{
  g_autoptr(JsonNode) node = parse (text);
  g_autoptr(GError) error = NULL;
  GString *found = g_string_new (NULL);
  Out out = { 0 };

  if (!mado_json_read (node, spec, &out, &error))
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  for (guint i = 0; error != NULL && i < mado_error_get_n_violations (error); i++)
    g_string_append_printf (found, "%s%s %s", i > 0 ? "; " : "", mado_error_get_violation (error, i)->pointer,
                            mado_error_get_violation (error, i)->code);

  return g_string_free (found, FALSE);
}

static void
test_violations (void)
{
  static const struct { const char *text, *found; } cases[] = {
    { "{\"name\":\"a\"}", "" },
    { "[]", " type" },
    { "{}", "/name required" },
    { "{\"name\":null}", "/name required" },
    { "{\"name\":\"\"}", "/name too-short" },
    { "{\"name\":\"あいうえお\"}", "" },
    { "{\"name\":\"あいうえおか\"}", "/name too-long" },
    { "{\"name\":\"\\u001b[2J\"}", "/name control-character" },
    { "{\"name\":\"\\u0085\"}", "/name control-character" },
    { "{\"name\":5,\"date\":\"2023-02-29\",\"count\":10,\"at\":\"noon\",\"yes\":1}",
      "/name type; /date type; /count range; /at type; /yes type" },
    { "{\"name\":\"a\",\"count\":1.5}", "/count type" },
    { "{\"name\":\"a\",\"count\":\"1\"}", "/count type" },
    { "{\"name\":\"a\",\"list\":{}}", "/list type" },
    { "{\"name\":\"a\",\"list\":[{},{},{},{}]}", "/list too-long" },
    { "{\"name\":\"a\",\"list\":[{\"id\":\"x\"},{\"no\":1},5]}",
      "/list/1/id required; /list/1/no unknown; /list/2 type" },
    { "{\"name\":\"a\",\"code\":\"AB\\n\"}", "/code pattern" },
    { "{\"name\":\"a\",\"code\":\"ABC\"}", "/code pattern" },
    { "{\"name\":\"a\",\"a/b~c\":1,\"Name\":2}", "/a~1b~0c unknown; /Name unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *found = violations (cases[i].text);

    g_assert_cmpstr (found, ==, cases[i].found);
  }
}

static void
test_many_violations (void)
{
  g_autoptr(GString) text = g_string_new ("{\"name\":\"a\"");
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (text, ",\"x%u\":0", i);
  g_string_append_c (text, '}');
  node = parse (text->str);
  g_assert_false (mado_json_read (node, spec, NULL, &error));
  g_assert_cmpuint (mado_error_get_n_violations (error), ==, 50);
}

static void
test_schema (void)
{
  g_autoptr(JsonNode) schema = mado_json_spec_get_schema (spec);
  g_autofree char *text = mado_json_canonical (schema);

  g_assert_cmpstr (text, ==,
    "{\"additionalProperties\":false,\"properties\":{\"any\":{},\"at\":{\"format\":\"date-time\",\"type\":\"string\"},"
    "\"code\":{\"pattern\":\"^(?:[A-Z]{2})$\",\"type\":\"string\"},"
    "\"count\":{\"maximum\":9,\"minimum\":1,\"type\":\"integer\"},\"date\":{\"format\":\"date\",\"type\":\"string\"},"
    "\"list\":{\"items\":{\"additionalProperties\":false,\"properties\":{\"id\":{\"type\":\"string\"}},"
    "\"required\":[\"id\"],\"type\":\"object\"},\"maxItems\":3,\"type\":\"array\"},"
    "\"name\":{\"description\":\"A name\",\"maxLength\":5,\"minLength\":1,\"type\":\"string\"},"
    "\"yes\":{\"type\":\"boolean\"}},\"required\":[\"name\"],\"type\":\"object\"}");
}

/* RFC 8785, 3.2.2 (but for 1E30, which is not taken) and 3.2.3. */
static void
test_canonical (void)
{
  g_autoptr(JsonNode) values = parse (
    "{\"numbers\":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],"
    "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\"literals\":[null,true,false]}");
  g_autoptr(JsonNode) sorting = parse (
    "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\","
    "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
    "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}");
  g_autofree char *first = mado_json_canonical (values), *second = mado_json_canonical (sorting);

  g_assert_cmpstr (first, ==, "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,4.5,0.002,1e-27],"
                              "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  g_assert_cmpstr (second, ==, "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
                               "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                               "\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

/* RFC 8785, appendix B. */
static void
test_canonical_numbers (void)
{
  static const struct { guint64 bits; const char *text; } cases[] = {
    { 0x0000000000000000, "0" }, { 0x8000000000000000, "0" },
    { 0x0000000000000001, "5e-324" }, { 0x8000000000000001, "-5e-324" },
    { 0x7fefffffffffffff, "1.7976931348623157e+308" }, { 0xffefffffffffffff, "-1.7976931348623157e+308" },
    { 0x4340000000000000, "9007199254740992" }, { 0xc340000000000000, "-9007199254740992" },
    { 0x4430000000000000, "295147905179352830000" },
    { 0x44b52d02c7e14af5, "9.999999999999997e+22" }, { 0x44b52d02c7e14af6, "1e+23" },
    { 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
    { 0x444b1ae4d6e2ef4e, "999999999999999700000" }, { 0x444b1ae4d6e2ef4f, "999999999999999900000" },
    { 0x444b1ae4d6e2ef50, "1e+21" },
    { 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" }, { 0x3eb0c6f7a0b5ed8d, "0.000001" },
    { 0x41b3de4355555553, "333333333.3333332" }, { 0x41b3de4355555554, "333333333.33333325" },
    { 0x41b3de4355555555, "333333333.3333333" }, { 0x41b3de4355555556, "333333333.3333334" },
    { 0x41b3de4355555557, "333333333.33333343" },
    { 0xbecbf647612f3696, "-0.0000033333333333333333" },
    { 0x43143ff3c1cb0959, "1424953923781206.2" },
    { 0x0060000000000000, "7.120236347223045e-307" },   /* a power of two: the next decimal, not the nearest */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(JsonNode) node = json_node_alloc ();
    g_autofree char *text = NULL;
    double value;

    memcpy (&value, &cases[i].bits, sizeof value);
    json_node_init_double (node, value);
    text = mado_json_canonical (node);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* RFC 6901, 5. */
static void
test_pointers (void)
{
  g_autoptr(JsonNode) root = parse ("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
                                    "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
  static const char *const pointers[] = { "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n" };
  static const char *const nowhere[] = {
    "foo", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/0/x", "/m~n", "/m~", "/x"
  };
  g_autofree char *escaped = mado_json_pointer ("/x", "m~n/o");
  g_autofree char *indexed = mado_json_pointer_index ("/x", 3);

  g_assert_true (mado_json_get (root, "") == root);
  g_assert_cmpstr (json_node_get_string (mado_json_get (root, "/foo/1")), ==, "baz");
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    g_assert_cmpint (json_node_get_int (mado_json_get (root, pointers[i])), ==, i);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_null (mado_json_get (root, nowhere[i]));
  g_assert_cmpstr (escaped, ==, "/x/m~0n~1o");
  g_assert_cmpstr (indexed, ==, "/x/3");
}

static void
test_text (void)
{
  g_autoptr(JsonNode) map = parse ("{\"en\":\"Counter\",\"ja\":\"窓口\"}");
  g_autoptr(JsonNode) foreign = parse ("{\"pt\":\"Balcão\",\"vi\":\"Quầy\"}");
  g_autoptr(JsonNode) empty = parse ("{}");

  g_assert_cmpstr (mado_json_text (map, "en"), ==, "Counter");
  g_assert_cmpstr (mado_json_text (map, "ko"), ==, "窓口");
  g_assert_cmpstr (mado_json_text (map, NULL), ==, "窓口");
  g_assert_cmpstr (mado_json_text (foreign, "ja"), ==, "Balcão");
  g_assert_null (mado_json_text (empty, "ja"));
  g_assert_null (mado_json_text (NULL, "ja"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/json/values", test_values);
  g_test_add_func ("/core/json/malformed", test_malformed);
  g_test_add_func ("/core/json/bytes", test_bytes);
  g_test_add_func ("/core/json/every-prefix", test_every_prefix);
  g_test_add_func ("/core/json/caps", test_caps);
  g_test_add_func ("/core/json/read", test_read);
  g_test_add_func ("/core/json/violations", test_violations);
  g_test_add_func ("/core/json/many-violations", test_many_violations);
  g_test_add_func ("/core/json/schema", test_schema);
  g_test_add_func ("/core/json/canonical", test_canonical);
  g_test_add_func ("/core/json/canonical-numbers", test_canonical_numbers);
  g_test_add_func ("/core/json/pointers", test_pointers);
  g_test_add_func ("/core/json/text", test_text);

  return g_test_run ();
}
