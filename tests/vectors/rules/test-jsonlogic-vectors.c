/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include "rules/mado-rule.h"
#include "tests/testlib/mado-test-vectors.h"

#define COMPATIBLE_CASES 278   /* of jsonlogic.com */

static guint all_cases;

static void
test_suite (gconstpointer data)
{
  const char *path = data;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  guint passed = 0, failed = 0;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  g_assert_true (mado_rule_run_suite (path, json_parser_get_root (parser), &passed, &failed));
  g_test_message ("%u cases", passed + failed);
  g_assert_cmpuint (failed, ==, 0);
  if (g_str_has_suffix (path, "/compatible.json"))
    g_assert_cmpuint (passed, >=, COMPATIBLE_CASES);
  all_cases += passed;
}

static void
add_suites (const char *folder, const char *under)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *title = g_strconcat (under, "/", name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      add_suites (path, title);
    else if (g_str_has_suffix (name, ".json"))
      g_test_add_data_func_full (title, g_steal_pointer (&path), test_suite, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = mado_test_vectors_path ("jsonlogic/suites");

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_printerr ("no JsonLogic suites in %s\n", folder);
    return 77;
  }
  add_suites (folder, "/rules/jsonlogic");
  int status = g_test_run ();
  g_printerr ("%u JsonLogic cases\n", all_cases);
  return status;
}
