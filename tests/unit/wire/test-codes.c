/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "wire/mado-code.h"
#include "wire/mado-emv-qr.h"
#include "wire/mado-slip.h"

static const MadoSlip slip = { "912345", "12345678901", 0, "2026-12-04", FALSE, 12800 };
static const MadoJpqr jpqr = {
  { "0123456789012", "0001", "000001", "000001" }, "9399", 300, "FUJISAWA CITY", "FUJISAWA", "2510054", "K7M4R291",
  NULL, "藤沢市",
};

static const char *
text (JsonNode *read, const char *member)
{
  return json_object_get_string_member (json_node_get_object (read), member);
}

static JsonObject *
fields (JsonNode *read)
{
  return json_object_get_object_member (json_node_get_object (read), "fields");
}

static JsonObject *
only_problem (JsonNode *read)
{
  JsonArray *problems = json_object_get_array_member (json_node_get_object (read), "problems");

  g_assert_cmpuint (json_array_get_length (problems), ==, 1);
  return json_array_get_object_element (problems, 0);
}

static void
test_slip_round (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *code = mado_slip_write (&slip, &error);
  g_autoptr(JsonNode) read = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code), ==, MADO_SLIP_GS1_DIGITS);
  read = mado_code_read (code);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (read), "valid"));
  g_assert_cmpstr (text (read, "kind"), ==, "slip-gs1-128");
  g_assert_cmpstr (json_object_get_string_member (fields (read), "due"), ==, "2026-12-04");
  g_assert_cmpint (json_object_get_int_member (fields (read), "amount"), ==, 12800);
  g_assert_cmpstr (json_object_get_string_member (fields (read), "reference"), ==, "000000000012345678901");
}

/* Every single wrong digit is noticed, and the digit that would fit is named. */
static void
test_slip_misread (void)
{
  g_autofree char *code = mado_slip_write (&slip, NULL);

  for (guint i = 2; i < 43; i++) {
    char kept = code[i];
    g_autoptr(JsonNode) read = NULL;

    code[i] = (char) ('0' + (kept - '0' + 1) % 10);
    read = mado_code_read (code);
    g_assert_false (json_object_get_boolean_member (json_node_get_object (read), "valid"));
    code[i] = kept;
  }
}

static void
test_slip_refusals (void)
{
  static const struct { gint64 yen; const char *due; const char *pointer; } cases[] = {
    { 300001, "", "/yen" }, { 0, "", "/yen" }, { -5, "", "/yen" }, { 100, "2026-02-30", "/due" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MadoSlip bad = slip;
    g_autoptr(GError) error = NULL;

    bad.yen = cases[i].yen;
    g_strlcpy (bad.due, cases[i].due, sizeof bad.due);
    g_assert_null (mado_slip_write (&bad, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, cases[i].pointer);
  }
}

static void
test_jpqr_round (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *code = mado_jpqr_write (&jpqr, &error);
  g_autoptr(JsonNode) read = NULL;

  g_assert_no_error (error);
  read = mado_code_read (code);
  g_assert_cmpstr (text (read, "kind"), ==, "jpqr");
  g_assert_true (json_object_get_boolean_member (json_node_get_object (read), "valid"));
  g_assert_cmpstr (json_object_get_string_member (fields (read), "amount"), ==, "300");
  g_assert_cmpstr (json_object_get_string_member (fields (read), "pointOfInitiation"), ==, "12");
}

static void
test_jpqr_fraction (void)
{
  g_autofree char *code = mado_jpqr_write (&jpqr, NULL);
  g_autoptr(GString) changed = g_string_new (code);
  g_autoptr(JsonNode) read = NULL;
  char crc[5];

  g_string_replace (changed, "5403300", "54053.005", 1);
  g_string_truncate (changed, changed->len - 4);
  g_snprintf (crc, sizeof crc, "%04X", mado_emv_qr_crc (changed->str, changed->len));
  g_string_append (changed, crc);
  read = mado_code_read (changed->str);
  g_assert_cmpstr (json_object_get_string_member (only_problem (read), "field"), ==, "amount");
}

static void
test_nothing_known (void)
{
  static const char *const texts[] = { "", "hello", "00", "0002", "000201", "91", "\xff", "00020163044", "9199" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr(JsonNode) read = mado_code_read (texts[i]);
    g_assert_false (json_object_get_boolean_member (json_node_get_object (read), "valid"));
  }
}

/* A layout that somebody was told: "EL" and a digit that must be even. */
static gboolean
read_invented (const char *text, JsonObject *fields, GError **error)
{
  if (!g_str_has_prefix (text, "EL"))
    return FALSE;
  if ((text[2] - '0') % 2) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INVALID, "the digit is odd");
    return FALSE;
  }
  json_object_set_int_member (fields, "digit", text[2] - '0');
  return TRUE;
}

static void
check_report (JsonNode *node, const char *expected)
{
  g_autoptr(JsonNode) read = node, wanted = json_from_string (expected, NULL);

  g_assert_nonnull (wanted);
  g_assert_true (json_node_equal (read, wanted));
}

static void
check_refused (JsonNode *node)
{
  g_autoptr(JsonNode) read = node;

  only_problem (read);
}

static void
test_opaque (void)
{
  g_autofree char *much = g_strnfill (MADO_CODE_MAX_BYTES + 1, 'x');
  g_autoptr(GError) error = NULL;

  check_report (mado_code_read_as ("el-qr", " EL1 ", NULL), "{\"kind\":\"el-qr\",\"valid\":true,"
                "\"fields\":{\"value\":\"EL1\",\"checked\":false},\"problems\":[]}");
  check_refused (mado_code_read_as ("pay-easy", " ", NULL));
  check_refused (mado_code_read_as ("pay-easy", much, NULL));
  g_assert_null (mado_code_read_as ("jpqr", "0002", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);

  mado_code_set_adapter ("el-qr", read_invented);
  check_report (mado_code_read ("EL2"), "{\"kind\":\"el-qr\",\"valid\":true,"
                "\"fields\":{\"digit\":2,\"value\":\"EL2\",\"checked\":true},\"problems\":[]}");
  check_report (mado_code_read ("EL1"), "{\"kind\":\"el-qr\",\"valid\":false,"
                "\"fields\":{\"value\":\"EL1\",\"checked\":true},"
                "\"problems\":[{\"field\":\"value\",\"message\":\"the digit is odd\"}]}");
  check_refused (mado_code_read_as ("el-qr", "abc", NULL));
  mado_code_set_adapter ("el-qr", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/slip/round", test_slip_round);
  g_test_add_func ("/wire/slip/misread", test_slip_misread);
  g_test_add_func ("/wire/slip/refusals", test_slip_refusals);
  g_test_add_func ("/wire/jpqr/round", test_jpqr_round);
  g_test_add_func ("/wire/jpqr/fraction", test_jpqr_fraction);
  g_test_add_func ("/wire/unknown", test_nothing_known);
  g_test_add_func ("/wire/opaque", test_opaque);
  return g_test_run ();
}
