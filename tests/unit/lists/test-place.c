/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "core/mado-fold.h"
#include "lists/mado-place.h"
#include "lists/mado-place-parts.h"

typedef struct {
  const char *line, *prefecture, *city, *town, *block, *building;
} Case;

static const Case cases[] = {
  /* one house in many writings */
  { "神奈川県藤沢市鵠沼橘一丁目2番3号", "神奈川県", "藤沢市", "鵠沼橘一丁目", "2-3", NULL },
  { "神奈川県藤沢市鵠沼橘１丁目２－３　ハイツ橘２０３", "神奈川県", "藤沢市", "鵠沼橘一丁目", "2-3", "ハイツ橘203" },
  { "藤沢市鵠沼橘1-2-3", "神奈川県", "藤沢市", "鵠沼橘一丁目", "2-3", NULL },
  { "〒251-0024 神奈川県 藤沢市 鵠沼橘 1－2－3", "神奈川県", "藤沢市", "鵠沼橘一丁目", "2-3", NULL },
  { "神奈川藤沢市鵠沼橘１の２の３", "神奈川県", "藤沢市", "鵠沼橘一丁目", "2-3", NULL },
  { "藤沢市大字亀井野2510番地の1", "神奈川県", "藤沢市", "亀井野", "2510-1", NULL },
  { "藤澤市藤が岡2丁目1番4", "神奈川県", "藤沢市", "藤が岡二丁目", "1-4", NULL },
  { "藤沢市藤ヶ岡2丁目1番4", "神奈川県", "藤沢市", "藤が岡二丁目", "1-4", NULL },
  { "鎌倉市山之内8", "神奈川県", "鎌倉市", "山ノ内", "8", NULL },
  { "鎌倉市玉繩1-2", "神奈川県", "鎌倉市", "玉縄一丁目", "2", NULL },
  /* county and municipality left out; one of two cities of that name by its town */
  { "大磯町東小磯183", "神奈川県", "中郡大磯町", "東小磯", "183", NULL },
  { "府中市宮西町2-24", "東京都", "府中市", "宮西町二丁目", "24", NULL },
  { "広島県府中市府川町315", "広島県", "府中市", "府川町", "315", NULL },
  { "鶴見区鶴見中央3-20-1", "神奈川県", "横浜市鶴見区", "鶴見中央三丁目", "20-1", NULL },
  /* Hokkaidō */
  { "北海道札幌市中央区北3条西6丁目", "北海道", "札幌市中央区", "北三条西六丁目", NULL, NULL },
  { "札幌市北区北16西2-1-1", "北海道", "札幌市北区", "北十六条西二丁目", "1-1", NULL },
  { "旭川市４条通７丁目右１号", "北海道", "旭川市", "四条通七丁目", "右1", NULL },
  /* Kyōto, with the way to the house */
  { "京都市中京区寺町通御池上る上本能寺前町488番地", "京都府", "京都市中京区", "上本能寺前町", "488", NULL },
  { "京都府京都市下京区西中筋通北小路通上る丸屋町", "京都府", "京都市下京区", "丸屋町", NULL, NULL },
  /* numbers of a name, of a block, of a building */
  { "東京都千代田区神田美土代町９番地７千代田２１ビル７階", "東京都", "千代田区", "神田美土代町", "9-7",
    "千代田21ビル7階" },
  { "東京都千代田区永田町1-4-1-レジデンス億万101", "東京都", "千代田区", "永田町一丁目", "4-1", "レジデンス億万101" },
  { "串本町串本千二百三十四", "和歌山県", "東牟婁郡串本町", "串本", "1234", NULL },
  { "花巻市１２丁目７０４", "岩手県", "花巻市", "十二丁目", "704", NULL },
  { "埼玉県川口市大字新堀町999-888", "埼玉県", "川口市", "新堀町", "999-888", NULL },
  { "埼玉県川口市新堀999-888", "埼玉県", "川口市", "大字新堀", "999-888", NULL },
  { "愛知県名古屋市緑区鳴海町字アイウエオ100番200号", "愛知県", "名古屋市緑区", "鳴海町", "字アイウエオ100-200", NULL },
  /* what is not listed stays as typed */
  { "神奈川県藤沢市どこか町1-2 ビル", "神奈川県", "藤沢市", NULL, "どこか町1-2", "ビル" },
  { "神奈川県どこか市1-2", "神奈川県", NULL, NULL, "どこか市1-2", NULL },
  { "どこか", NULL, NULL, NULL, "どこか", NULL },
  { "", NULL, NULL, NULL, NULL, NULL },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(MadoPlace) place = mado_place_split (cases[i].line);

    g_test_message ("%s", cases[i].line);
    g_assert_cmpstr (place->prefecture, ==, cases[i].prefecture);
    g_assert_cmpstr (place->city_and_county, ==, cases[i].city);
    g_assert_cmpstr (place->street_address, ==, cases[i].town);
    g_assert_cmpstr (place->city_block, ==, cases[i].block);
    g_assert_cmpstr (place->building_name_etc, ==, cases[i].building);
  }
}

static void
check_match (const char *line, MadoPlaceMatch match)
{
  g_autoptr(MadoPlace) place = mado_place_split (line);

  g_assert_cmpint (place->match, ==, match);
}

static void
test_match (void)
{
  check_match ("藤沢市善行1丁目", MADO_PLACE_MATCH_TOWN);
  check_match ("藤沢市善行99丁目", MADO_PLACE_MATCH_TOWN_NAME);
  check_match ("藤沢市どこか町", MADO_PLACE_MATCH_CITY);
  check_match ("神奈川県どこか市", MADO_PLACE_MATCH_PREFECTURE);
  check_match ("府中市どこか町", MADO_PLACE_MATCH_NONE);   /* of two cities, either */
  check_match (NULL, MADO_PLACE_MATCH_NONE);
}

/* The way to a house in Kyōto belongs to its address. */
static void
test_way (void)
{
  g_autoptr(MadoPlace) place = mado_place_split ("京都市中京区寺町通御池上る上本能寺前町488番地");

  g_assert_cmpstr (place->street_address_and_city_block, ==, "寺町通御池上る上本能寺前町488");
}

/* Each town of the lists, as it is written there, is found again, with its block and building. */
static gboolean
is_found (const MadoListedCity *city, const MadoListedTown *town, guint chome)
{
  g_autofree char *prefecture = mado_slice_dup (city->prefecture), *name = mado_slice_dup (city->name);
  g_autofree char *street = mado_listed_town_dup (town, chome);
  g_autofree char *line = g_strconcat (prefecture, name, street, "12番3号 コーポ4", NULL);
  g_autoptr(MadoPlace) place = mado_place_split (line);
  gboolean found = g_strcmp0 (place->city_and_county, name) == 0 && g_strcmp0 (place->street_address, street) == 0
                   && g_strcmp0 (place->city_block, "12-3") == 0
                   && g_strcmp0 (place->building_name_etc, "コーポ4") == 0;

  if (!found)
    g_test_message ("%s: %s %s %s %s", line, place->city_and_county, place->street_address, place->city_block,
                    place->building_name_etc);
  return found;
}

static void
test_all_towns (void)
{
  guint n_cities, n = 0, found = 0;
  const MadoListedCity *cities = mado_towns_get_cities (&n_cities);
  guint step = g_test_thorough () ? 1 : 41;

  for (guint i = 0; i < n_cities; i += step) {
    MadoSlice rest = cities[i].towns;
    MadoListedTown town;

    while (mado_towns_next (&rest, &town)) {
      guint chome = mado_ranges_have (town.chome, 2) ? 2 : 0;

      if (town.name.length == 0)
        continue;
      n++;
      found += is_found (&cities[i], &town, chome);
    }
  }
  g_test_message ("%u of %u towns", found, n);
  g_assert_cmpuint (n, >, 1500);
  g_assert_cmpuint (1000 * found, >=, 997 * n);
}

/* What an address line may be made of. */
static const char *const pieces[] = {
  "神奈川県", "神奈川", "藤沢市", "横浜市", "鶴見区", "京都市", "中京区", "鵠沼橘", "善行", "大字", "字", "寺町通", "上る", "１丁目",
  "一丁目", "二", "千", "12", "３", "番", "番地", "号", "の", "ノ", "ヶ", "-", "－", "ー", " ", "　", "ハイツ", "ﾊｲﾂ", "ﾞ", "A", "F", "階",
  "〒", "251-0024", "2510024", "々", "町", "市", "条", "𠮷", "\t", "(", "）", "、",
};

static char *
random_line (void)
{
  GString *line = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    g_string_append (line, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (line, FALSE);
}

/* The digits of a piece of text, a number in kanji as its value. */
static void
append_numbers (const MadoTyped *typed, guint start, guint end, GString *out)
{
  for (guint at = start; at < end; at++)
    if (mado_typed_is_digit (typed, at))
      g_string_append_c (out, (char) typed->text[at]);
}

/* The parts follow one another and together are the line: no character is lost, no number of the block either. */
static void
check_whole (const char *line)
{
  g_autofree char *folded = mado_fold_address (line);
  g_auto(MadoTyped) typed = { 0 };
  g_auto(MadoPlaceParts) parts = { 0 };
  g_autoptr(GString) typed_numbers = g_string_new (NULL), kept_numbers = g_string_new (NULL);
  g_autoptr(MadoPlace) place = mado_place_split (line);
  g_autoptr(MadoPlace) again = mado_place_split (place->full_address);

  mado_typed_init (&typed, folded);
  mado_place_parts_init (&parts, &typed);
  g_assert_cmpuint (parts.postcode, <=, parts.prefecture);
  g_assert_cmpuint (parts.prefecture, <=, parts.city);
  g_assert_cmpuint (parts.city, <=, parts.way);
  g_assert_cmpuint (parts.way, <=, parts.town);
  g_assert_cmpuint (parts.town, <=, parts.block);
  g_assert_cmpuint (parts.block, <=, typed.length);

  append_numbers (&typed, parts.town, parts.block, typed_numbers);
  for (const char *p = parts.block_text->str; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) && (typed_numbers->len > 0))
      g_string_append_c (kept_numbers, *p);
  g_assert_true (typed_numbers->len <= kept_numbers->len);
  g_assert_true (place->building_name_etc == NULL || strstr (folded, place->building_name_etc) != NULL);
  g_assert_cmpstr (place->full_address, ==, folded);
  g_assert_cmpstr (place->street_address_and_city_block, ==, again->street_address_and_city_block);
}

static void
test_nothing_lost (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_whole (cases[i].line);
  for (guint i = 0; i < 500; i++) {
    g_autofree char *line = random_line ();

    check_whole (line);
  }
}

/* The longest line is split, whatever it repeats; a longer one is kept whole. */
static void
test_long (void)
{
  static const char *const repeated[] = { "1", "一", "大字", "字", "藤沢市", "寺町通", "-", "の", "町", "条" };

  for (guint i = 0; i < G_N_ELEMENTS (repeated); i++) {
    g_autoptr(GString) line = g_string_new ("京都府京都市中京区");
    g_autoptr(MadoPlace) longest = NULL, longer = NULL;

    while (g_utf8_strlen (line->str, -1) <= 397)
      g_string_append (line, repeated[i]);
    longest = mado_place_split (line->str);
    g_assert_cmpstr (longest->city_and_county, ==, "京都市中京区");
    check_whole (line->str);
    g_string_append (line, "ビルビル");
    longer = mado_place_split (line->str);
    g_assert_cmpint (longer->match, ==, MADO_PLACE_MATCH_NONE);
    g_assert_cmpstr (longer->full_address, ==, line->str);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/place/cases", test_cases);
  g_test_add_func ("/lists/place/match", test_match);
  g_test_add_func ("/lists/place/way", test_way);
  g_test_add_func ("/lists/place/all-towns", test_all_towns);
  g_test_add_func ("/lists/place/nothing-lost", test_nothing_lost);
  g_test_add_func ("/lists/place/long", test_long);

  return g_test_run ();
}
