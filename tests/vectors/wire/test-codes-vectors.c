/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "wire/mado-code.h"
#include "wire/mado-emv-qr.h"
#include "wire/mado-slip.h"

static char *
vectors (const char *name)
{
  const char *folder = g_getenv ("MADO_VECTORS");

  return g_build_filename (folder != NULL ? folder : "../shared/vectors", name, NULL);
}

/* Skips where the folder is absent. */
static JsonNode *
load (const char *name)
{
  g_autofree char *path = vectors (name);
  g_autoptr(JsonParser) parser = json_parser_new ();

  if (json_parser_load_from_file (parser, path, NULL))
    return json_parser_steal_root (parser);
  g_test_skip ("no third-party vectors here");
  return NULL;
}

static gboolean
has_problem (JsonNode *read, const char *field)
{
  JsonArray *problems = json_object_get_array_member (json_node_get_object (read), "problems");

  for (guint i = 0; i < json_array_get_length (problems); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (problems, i), "field"), field))
      return TRUE;
  return FALSE;
}

static void
test_emv_payloads (void)
{
  g_autoptr(JsonNode) root = load ("emvqr/payloads.json");
  JsonArray *payloads = root != NULL ? json_node_get_array (root) : NULL;

  for (guint i = 0; payloads != NULL && i < json_array_get_length (payloads); i++) {
    JsonObject *one = json_array_get_object_element (payloads, i);
    const char *text = json_object_get_string_member (one, "payload");
    g_autoptr(JsonNode) read = mado_code_read (text);

    g_test_message ("payload %u: %s", i, json_object_get_string_member (json_node_get_object (read), "kind"));
    g_assert_cmpint (has_problem (read, "crc"), ==, !json_object_get_boolean_member (one, "crc_ok"));
  }
  if (payloads != NULL)
    g_test_message ("%u payloads", json_array_get_length (payloads));
}

static void
test_emv_crc (void)
{
  g_autoptr(JsonNode) root = load ("emvqr/crc16_ccitt_false.json");
  g_autoptr(GList) texts = root != NULL ? json_object_get_members (json_node_get_object (root)) : NULL;

  for (GList *l = texts; l != NULL; l = l->next) {
    const char *wanted = json_object_get_string_member (json_node_get_object (root), l->data);

    g_assert_cmpuint (mado_emv_qr_crc (l->data, strlen (l->data)), ==, g_ascii_strtoull (wanted, NULL, 16));
  }
}

static gboolean
is_valid (const char *code)
{
  g_autoptr(JsonNode) read = mado_code_read (code);

  return json_object_get_boolean_member (json_node_get_object (read), "valid");
}

/* Each "EAN…" of a file of collected slips. */
static guint
count_slips (const char *name, guint *n_valid)
{
  g_autofree char *path = vectors (name), *text = NULL;
  gsize length;
  guint n = 0;

  *n_valid = 0;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return 0;
  for (const char *at = text; (at = g_strstr_len (at, (gssize) (text + length - at), "EAN")) != NULL; at += 3) {
    g_autofree char *code = g_strndup (at, 47);
    n++;
    *n_valid += is_valid (code);
  }
  return n;
}

static void
test_slips (void)
{
  guint valid, n = count_slips ("cvs-slip/test.csv", &valid);

  if (n == 0) {
    g_test_skip ("no third-party vectors here");
    return;
  }
  g_assert_cmpuint (valid, ==, n);
  g_test_message ("%u slips valid", n);
  n = count_slips ("cvs-slip/syuno.csv", &valid);
  g_assert_cmpuint (valid, ==, 0);
  g_test_message ("%u masked slips refused", n);
}

static void
test_check_digits (void)
{
  g_autoptr(JsonNode) root = load ("cvs-slip/checkdigits.json");
  static const char *const ocr[] = { "mpn_ocr_upper37", "mpn_ocr_lower42" };
  JsonArray *worked;

  if (root == NULL)
    return;
  worked = json_object_get_array_member (json_node_get_object (root), "gs1_128_44");
  for (guint i = 0; i < json_array_get_length (worked); i++) {
    JsonObject *one = json_array_get_object_element (worked, i);
    g_assert_cmpint (mado_slip_gs1_check_digit (json_object_get_string_member (one, "body43")) - '0', ==,
                     json_object_get_int_member (one, "cd"));
  }
  for (guint k = 0; k < G_N_ELEMENTS (ocr); k++) {
    worked = json_object_get_array_member (json_node_get_object (root), ocr[k]);
    for (guint i = 0; i < json_array_get_length (worked); i++) {
      JsonObject *one = json_array_get_object_element (worked, i);
      char digits[3];
      mado_slip_ocr_check_digits (json_object_get_string_member (one, "body"), digits);
      g_assert_cmpstr (digits, ==, json_object_get_string_member (one, "cd12"));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/emv/payloads", test_emv_payloads);
  g_test_add_func ("/wire/emv/crc", test_emv_crc);
  g_test_add_func ("/wire/slips", test_slips);
  g_test_add_func ("/wire/check-digits", test_check_digits);
  return g_test_run ();
}
