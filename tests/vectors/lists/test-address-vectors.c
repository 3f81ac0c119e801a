/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "lists/mado-place.h"
#include "tests/testlib/mado-test-vectors.h"

/* 住所,都道府県,市区町村,町字,番地号,その他,… */
enum { LINE, PREFECTURE, CITY, TOWN, N_COLUMNS };

typedef struct {
  guint cases, prefectures, cities, towns;
} Score;

/* As written, where the list before us has no name: "". */
static gboolean
is_same (const char *ours, const char *theirs)
{
  return g_strcmp0 (ours != NULL ? ours : "", theirs) == 0;
}

static void
check_line (Score *score, char **columns)
{
  g_autoptr (MadoPlace) place = mado_place_split (columns[LINE]);
  gboolean prefecture = is_same (place->prefecture, columns[PREFECTURE]);
  gboolean city = is_same (place->city_and_county, columns[CITY]);
  gboolean town = is_same (place->street_address, columns[TOWN]);

  score->cases++;
  score->prefectures += prefecture;
  score->cities += prefecture && city;
  score->towns += prefecture && city && town;
  if (!prefecture || !city || !town)
    g_test_message ("%s: %s %s %s, ours %s %s %s", columns[LINE], columns[PREFECTURE], columns[CITY], columns[TOWN],
                    place->prefecture, place->city_and_county, place->street_address);
}

static void
test_geolonia (void)
{
  g_auto (GStrv) lines = mado_test_vectors_lines ("address/geolonia_addresses.csv");
  Score score = { 0 };

  for (guint i = 1; lines != NULL && lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], ",", -1);

    if (g_strv_length (columns) >= N_COLUMNS)
      check_line (&score, columns);
  }
  if (lines == NULL)
    return;
  g_test_message ("%u lines: prefecture %.2f %%, city %.2f %%, town %.2f %%", score.cases,
                  100.0 * score.prefectures / score.cases, 100.0 * score.cities / score.cases,
                  100.0 * score.towns / score.cases);
  g_assert_cmpuint (score.cases, >, 1000);
  g_assert_cmpuint (100 * score.cities, >=, 99 * score.cases);
  g_assert_cmpuint (100 * score.towns, >=, 95 * score.cases);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/vectors/geolonia", test_geolonia);

  return g_test_run ();
}
