/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The third-party inputs lie outside the repository: $MADO_VECTORS, else ../shared/vectors from its root. */
static inline char *
mado_test_vectors_path (const char *name)
{
  const char *folder = g_getenv ("MADO_VECTORS");

  return g_build_filename (folder != NULL ? folder : "../shared/vectors", name, NULL);
}

/* (transfer full) (nullable): the lines of a file; NULL, and the test is skipped, where it is absent. */
static inline char **
mado_test_vectors_lines (const char *name)
{
  g_autofree char *path = mado_test_vectors_path (name);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip (name);
    return NULL;
  }

  return g_strsplit (text, "\n", -1);
}
