/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "mado-fuzz.h"

/* Each file of the corpus, every cut of it, and every bit of its first bytes turned. */
static void
replay (gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  for (gsize cut = 0; cut <= MIN (n, 512); cut++) {
    g_autofree uint8_t *part = g_memdup2 (text, cut);   /* NULL for none */

    LLVMFuzzerTestOneInput (part, cut);
  }
  for (gsize bit = 0; bit < MIN (n, 256) * 8; bit++) {
    text[bit / 8] ^= (char) (1 << (bit % 8));
    LLVMFuzzerTestOneInput ((const uint8_t *) text, n);
    text[bit / 8] ^= (char) (1 << (bit % 8));
  }
  LLVMFuzzerTestOneInput ((const uint8_t *) text, n);
}

/* replay FOLDER: one case a file. */
int
main (int argc, char **argv)
{
  g_autoptr(GDir) folder = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);

    g_test_add_data_func_full (test, g_build_filename (argv[1], name, NULL), replay, g_free);
  }

  return g_test_run ();
}
