/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

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
  g_autoptr(MadoPlace) place = mado_place_split (columns[LINE]);
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
  g_auto(GStrv) lines = mado_test_vectors_lines ("address/geolonia_addresses.csv");
  Score score = { 0 };

  for (guint i = 1; lines != NULL && lines[i] != NULL; i++) {
    g_auto(GStrv) columns = g_strsplit (lines[i], ",", -1);

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

typedef struct {
  guint files, cases, cities, towns;
} Tally;

/* Calls @check with each .json file of the folder, and of the folders in it, whose name begins so. */
static void
each_file (const char *folder, const char *prefix, void (*check) (const char *path, JsonNode *root, Tally *tally),
           Tally *tally)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr(JsonParser) parser = json_parser_new ();

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      each_file (path, prefix, check, tally);
    else if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json")
             && json_parser_load_from_file (parser, path, NULL))
      check (path, json_parser_get_root (parser), tally);
  }
}

/* town_藤沢市.json: [{town, koaza, …}] */
static void
check_towns (const char *path, JsonNode *root, Tally *tally)
{
  g_autofree char *file = g_path_get_basename (path);
  g_autofree char *city = g_strndup (file + strlen ("town_"), strlen (file) - strlen ("town_.json"));
  JsonArray *towns = json_node_get_array (root);

  tally->files++;
  for (guint i = 0; i < json_array_get_length (towns); i++) {
    const char *town = json_object_get_string_member (json_array_get_object_element (towns, i), "town");
    g_autofree char *line = g_strconcat (city, town, "12番3号", NULL);
    g_autoptr(MadoPlace) place = mado_place_split (line);

    tally->cases++;
    tally->towns += is_same (place->city_and_county, city) && is_same (place->street_address, town);
    if (!is_same (place->street_address, town))
      g_test_message ("%s: ours %s", line, place->street_address);
  }
}

static void
test_towns (void)
{
  g_autofree char *folder = mado_test_vectors_path ("address");
  Tally tally = { 0 };

  each_file (folder, "town_", check_towns, &tally);
  if (tally.files == 0) {
    g_test_skip ("address/town_*.json");
    return;
  }
  g_test_message ("%u files, %u of %u towns", tally.files, tally.towns, tally.cases);
  g_assert_cmpuint (100 * tally.towns, >=, 99 * tally.cases);
}

/* What is null there is left out. */
static char *
join (JsonObject *object, const char *first, const char *second, const char *third)
{
  const char *const names[] = { first, second, third };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = names[i] != NULL ? json_object_get_string_member_with_default (object, names[i], NULL) : NULL;

    g_string_append (out, text != NULL ? text : "");
  }

  return g_string_free (out, FALSE);
}

/* expects.json: [{query: {input}, result: {pref, county, city, ward, oaza_cho, chome, …}}] */
static void
check_geocoder (const char *path, JsonNode *root, Tally *tally)
{
  JsonArray *cases = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  tally->files += cases != NULL;
  for (guint i = 0; cases != NULL && i < json_array_get_length (cases); i++) {
    JsonObject *one = json_array_get_object_element (cases, i);
    JsonObject *result = json_object_get_object_member (one, "result");
    g_autofree char *city = join (result, "county", "city", "ward"), *town = join (result, "oaza_cho", "chome", NULL);
    g_autoptr(MadoPlace) place = NULL;

    if (*city == '\0')
      continue;
    place = mado_place_split (json_object_get_string_member (json_object_get_object_member (one, "query"), "input"));
    tally->cases++;
    tally->cities += is_same (place->city_and_county, city);
    tally->towns += is_same (place->city_and_county, city) && is_same (place->street_address, town);
  }
}

/* Another program's idea of where a town ends (it parts 小字 from 町), and lines without a city: a floor, no goal. */
static void
test_geocoder (void)
{
  g_autofree char *folder = mado_test_vectors_path ("address/abr-geocoder-e2e");
  Tally tally = { 0 };

  each_file (folder, "expects", check_geocoder, &tally);
  if (tally.files == 0) {
    g_test_skip ("address/abr-geocoder-e2e");
    return;
  }
  g_test_message ("%u files, %u lines: city %.1f %%, town %.1f %%", tally.files, tally.cases,
                  100.0 * tally.cities / tally.cases, 100.0 * tally.towns / tally.cases);
  g_assert_cmpuint (100 * tally.cities, >=, 97 * tally.cases);
  g_assert_cmpuint (100 * tally.towns, >=, 85 * tally.cases);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/vectors/geolonia", test_geolonia);
  g_test_add_func ("/lists/vectors/towns", test_towns);
  g_test_add_func ("/lists/vectors/geocoder", test_geocoder);

  return g_test_run ();
}
