/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-paper N: so many of each paper, one after the other, on one core. */
#include <string.h>
#include "papers.h"

static guint
count_sheets (GBytes *pdf)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  guint n = 0;

  for (gsize i = 0; i + 12 < size; i++)
    n += memcmp (data + i, "/Type /Page ", 12) == 0;

  return n;
}

static void
measure (const char *name, PaperMaker make, guint n)
{
  g_autoptr(GBytes) first = make ("ja", "K7M4-R29");
  guint sheets = count_sheets (first);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++) {
    g_autoptr(GBytes) pdf = make ("ja", "K7M4-R29");
  }
  double each = (double) (g_get_monotonic_time () - start) / n / 1000;
  g_print ("%s\t%.2f\tms a page\t%u pages, %" G_GSIZE_FORMAT " KB\n", name, each / sheets, sheets,
           g_bytes_get_size (first) / 1024);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100;

  measure ("record", paper_record, n);
  measure ("certificate", paper_certificate, n);
  measure ("decision", paper_decision, n);
  measure ("official form", paper_official, n);
  measure ("long record", paper_long, n);

  return 0;
}
