/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-era.h"
#include "core/mado-fold.h"
#include "tests/testlib/mado-test-vectors.h"

#define JULIAN_1970 2440588   /* the Julian day that begins at noon of 1970-01-01 */

/* jd,era,eraYear,year,month,day,isLeap,jF,jf: both writings are read, and ours is the same day. */
static void
check_conversion (const char *line)
{
  g_auto(GStrv) columns = g_strsplit (line, ",", -1);
  g_autoptr(GError) error = NULL;
  int days = atoi (columns[0]) - JULIAN_1970, year;
  const MadoEra *era = mado_era_of (days, &year);

  if (era == NULL) {
    g_assert_cmpint (mado_era_parse (columns[8], &error), ==, MADO_DATE_NONE);
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    return;
  }
  g_assert_cmpstr (era->name, ==, columns[1]);
  g_assert_cmpint (year, ==, atoi (columns[2]));
  g_assert_cmpint (mado_era_parse (columns[7], &error), ==, days);
  g_assert_no_error (error);
  g_assert_cmpint (mado_era_parse (columns[8], &error), ==, days);
  g_assert_no_error (error);
}

static void
test_wareki (void)
{
  g_auto(GStrv) lines = mado_test_vectors_lines ("wareki/conversions_meiji_on.csv");
  guint n = 0;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    if (!g_ascii_isdigit (lines[i][0]))
      continue;
    check_conversion (lines[i]);
    n++;
  }
  g_test_message ("%u conversions", n);
  g_assert_true (lines == NULL || n > 1000);
}

/* ucs, shrink: from each character to those the published map gives it. */
static GHashTable *
load_map (char **lines)
{
  GHashTable *map = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *tab = strchr (lines[i], '\t');
    gunichar from = g_utf8_get_char (lines[i]), to = tab != NULL ? g_utf8_get_char (tab + 1) : 0;
    GArray *targets = g_hash_table_lookup (map, GUINT_TO_POINTER (from));

    if (targets == NULL) {
      targets = g_array_new (FALSE, FALSE, sizeof (gunichar));
      g_hash_table_insert (map, GUINT_TO_POINTER (from), targets);
    }
    g_array_append_val (targets, to);
  }

  return map;
}

/* Whether some path through the map leads from @c to what shares a key with @wanted. */
static gboolean
leads_to (GHashTable *map, gunichar c, gunichar wanted, guint depth)
{
  GArray *targets = g_hash_table_lookup (map, GUINT_TO_POINTER (c));

  for (guint i = 0; targets != NULL && i < targets->len; i++) {
    gunichar next = g_array_index (targets, gunichar, i);

    if (mado_fold_shrink_builtin (next) == wanted || (depth < 5 && leads_to (map, next, wanted, depth + 1)))
      return TRUE;
  }

  return FALSE;
}

/* Where both our small map and the published one know a kanji, they agree. */
static void
test_shrink_map (void)
{
  g_auto(GStrv) lines = mado_test_vectors_lines ("mj/mj_shrink_ucs.tsv");
  g_autoptr(GHashTable) map = lines != NULL ? load_map (lines) : NULL;
  guint n = 0;

  for (gunichar c = 0x3400; map != NULL && c < 0x30000; c++) {
    gunichar ours = mado_fold_shrink_builtin (c);

    if (ours == c || !g_hash_table_contains (map, GUINT_TO_POINTER (c)))
      continue;
    if (!leads_to (map, c, ours, 0))
      g_error ("U+%04X → U+%04X", c, ours);
    n++;
  }
  g_test_message ("%u kanji", n);
  g_assert_true (map == NULL || n > 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/vectors/wareki", test_wareki);
  g_test_add_func ("/core/vectors/shrink-map", test_shrink_map);

  return g_test_run ();
}
