/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "procedures/mado-catalogue.h"

static void
test_shipped (void)
{
  g_autoptr (GPtrArray) findings = mado_catalogue_lint (MADO_TEST_FORMS);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoCatalogue) catalogue = NULL;

  for (guint i = 0; i < findings->len; i++) {
    const MadoFinding *finding = g_ptr_array_index (findings, i);

    g_test_message ("%s#%s: %s (%s)", finding->file, finding->pointer, finding->message, finding->code);
  }
  g_assert_cmpuint (findings->len, ==, 0);
  catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/shipped", test_shipped);
  return g_test_run ();
}
