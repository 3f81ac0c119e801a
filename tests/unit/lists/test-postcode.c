/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lists/mado-place.h"
#include "lists/mado-towns.h"

static MadoPlace *
only_place (const char *code)
{
  g_autoptr(GPtrArray) places = mado_postcode_look_up (code);

  g_assert_cmpuint (places->len, ==, 1);
  return g_object_ref (g_ptr_array_index (places, 0));
}

static void
test_town (void)
{
  static const char *const writings[] = { "2510024", "251-0024", "〒２５１－００２４", " 251 0024 " };

  for (guint i = 0; i < G_N_ELEMENTS (writings); i++) {
    g_autoptr(MadoPlace) place = only_place (writings[i]);

    g_assert_cmpint (place->match, ==, MADO_PLACE_MATCH_TOWN);
    g_assert_cmpstr (place->postal_code, ==, "251-0024");
    g_assert_cmpstr (place->local_government_code, ==, "142051");
    g_assert_cmpstr (place->prefecture, ==, "神奈川県");
    g_assert_cmpstr (place->city_and_county, ==, "藤沢市");
    g_assert_cmpstr (place->street_address, ==, "鵠沼橘");
  }
}

static void
test_office (void)
{
  g_autoptr(MadoPlace) place = only_place ("251-8601");

  g_assert_cmpstr (place->city_and_county, ==, "藤沢市");
  g_assert_cmpstr (place->street_address, ==, "朝日町");
  g_assert_cmpstr (place->building_name_etc, ==, "藤沢市役所");
}

/* One code, towns of two prefectures; and one for a whole city. */
static void
test_many (void)
{
  g_autoptr(GPtrArray) places = mado_postcode_look_up ("498-0000");
  g_autoptr(MadoPlace) city = only_place ("2510000");
  MadoPlace *first = g_ptr_array_index (places, 0), *second = g_ptr_array_index (places, 1);

  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpstr (first->prefecture, ==, "愛知県");
  g_assert_cmpstr (second->prefecture, ==, "三重県");
  g_assert_cmpint (city->match, ==, MADO_PLACE_MATCH_CITY);
  g_assert_null (city->street_address);
}

static void
test_unknown (void)
{
  static const char *const codes[] = { NULL, "", "251", "2519999", "9999999", "25100241", "藤沢市", "251-002a" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr(GPtrArray) places = mado_postcode_look_up (codes[i]);

    g_assert_cmpuint (places->len, ==, 0);
  }
}

static void
check_code (const char *line, const char *code)
{
  g_autoptr(MadoPlace) place = mado_place_split (line);
  g_autofree char *found = mado_place_dup_postal_code (place);

  g_assert_cmpstr (found, ==, code);
}

/* Back from an address, where it takes the 丁目 to tell, and where nothing tells. */
static void
test_back (void)
{
  check_code ("藤沢市鵠沼橘1-2-3", "251-0024");
  check_code ("札幌市中央区大通西19丁目", "060-0042");
  check_code ("札幌市中央区大通西20丁目", "064-0820");
  check_code ("東京都千代田区霞が関3-2-5", "100-0013");
  check_code ("札幌市中央区大通西", NULL);
  check_code ("藤沢市どこか町1", NULL);
  check_code ("", NULL);
}

/* Every town that has one postcode of its own is among the places of that postcode. */
static void
test_there_and_back (void)
{
  guint n_cities, n = 0;
  const MadoListedCity *cities = mado_towns_get_cities (&n_cities);

  for (guint i = 0; i < n_cities; i += 37) {
    MadoSlice rest = cities[i].towns;
    MadoListedTown town;

    while (mado_towns_next (&rest, &town)) {
      g_autofree char *code = mado_slice_dup (town.postcodes);
      g_autoptr(GPtrArray) places = *code >= '0' ? mado_postcode_look_up (code) : NULL;
      gboolean found = FALSE;

      for (guint k = 0; places != NULL && k < places->len; k++) {
        MadoPlace *place = g_ptr_array_index (places, k);

        found |= mado_slice_equals (town.name, place->street_address != NULL ? place->street_address : "");
      }
      g_assert_true (found || places == NULL || places->len == 0);
      n += found;
    }
  }
  g_test_message ("%u towns", n);
  g_assert_cmpuint (n, >, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/postcode/town", test_town);
  g_test_add_func ("/lists/postcode/office", test_office);
  g_test_add_func ("/lists/postcode/many", test_many);
  g_test_add_func ("/lists/postcode/unknown", test_unknown);
  g_test_add_func ("/lists/postcode/back", test_back);
  g_test_add_func ("/lists/postcode/there-and-back", test_there_and_back);

  return g_test_run ();
}
