/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-error.h"

static void
test_violations (void)
{
  g_autoptr(GError) error = mado_error_new_at (MADO_ERROR_INVALID, "/name", "too-long", "At most %d characters", 5);
  g_autoptr(GError) copy = NULL;

  mado_error_add_violation (error, "", "required", "Something is missing");
  mado_error_prefix_pointers (error, "/answers");
  g_prefix_error (&error, "Form: ");
  copy = g_error_copy (error);
  g_clear_error (&error);

  g_assert_error (copy, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (copy->message, ==, "Form: At most 5 characters");
  g_assert_cmpuint (mado_error_get_n_violations (copy), ==, 2);
  g_assert_cmpstr (mado_error_get_violation (copy, 0)->pointer, ==, "/answers/name");
  g_assert_cmpstr (mado_error_get_violation (copy, 0)->code, ==, "too-long");
  g_assert_cmpstr (mado_error_get_violation (copy, 0)->message, ==, "At most 5 characters");
  g_assert_cmpstr (mado_error_get_violation (copy, 1)->pointer, ==, "/answers");
}

static void
test_without_violations (void)
{
  g_autoptr(GError) plain = g_error_new (MADO_ERROR, MADO_ERROR_STALE, "Changed");
  g_autoptr(GError) foreign = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, "No file");
  g_autoptr(GError) placeless = mado_error_new_at (MADO_ERROR_LOCKED, NULL, NULL, "Locked");

  g_assert_cmpuint (mado_error_get_n_violations (plain), ==, 0);
  g_assert_cmpuint (mado_error_get_n_violations (foreign), ==, 0);
  g_assert_cmpuint (mado_error_get_n_violations (placeless), ==, 0);
  mado_error_prefix_pointers (foreign, "/x");
  g_assert_cmpstr (placeless->message, ==, "Locked");
}

static void
test_table (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code <= MADO_ERROR_INTERNAL; code++) {
    const char *name = mado_error_get_wire_name (code);
    MadoError back;

    g_assert_nonnull (name);
    g_assert_true (g_hash_table_add (names, (gpointer) name));
    g_assert_true (mado_error_from_wire_name (name, &back));
    g_assert_cmpint (back, ==, code);
    g_assert_cmpuint (mado_error_get_status (code), >=, 400);
    g_assert_cmpuint (mado_error_get_status (code), <, 600);
    g_assert_cmpuint (strlen (mado_error_get_title (code)), >, 0);
  }
  g_assert_false (mado_error_from_wire_name ("no-such", &(MadoError) { 0 }));
  g_assert_false (mado_error_from_wire_name (NULL, &(MadoError) { 0 }));
  g_assert_cmpuint (mado_error_get_status (MADO_ERROR_TOO_LARGE), ==, 413);
  g_assert_cmpuint (mado_error_get_status (MADO_ERROR_INVALID), ==, 422);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/error/violations", test_violations);
  g_test_add_func ("/core/error/without-violations", test_without_violations);
  g_test_add_func ("/core/error/table", test_table);

  return g_test_run ();
}
