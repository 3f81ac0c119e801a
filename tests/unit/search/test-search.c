/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mado-json.h"
#include "lists/mado-reading.h"
#include "procedures/mado-catalogue.h"
#include "search/mado-words.h"

/* --- readings ------------------------------------------------------------------------------------------------- */

static char *
read_all (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean beside = FALSE;

  for (const char *p = text; *p != '\0';) {
    MadoSlice reading;
    gsize n = mado_reading_find (p, beside, &reading);
    const char *next = n > 0 ? p + n : g_utf8_next_char (p);

    g_string_append_len (out, n > 0 ? reading.text : p, n > 0 ? (gssize) reading.length : next - p);
    beside = mado_reading_is_kanji (g_utf8_get_char (g_utf8_prev_char (next)));
    p = next;
  }
  return g_string_free (out, FALSE);
}

static void
test_readings (void)
{
  static const char *const cases[][2] = {
    { "住民票の写し", "じゅうみんひょうのうつし" }, { "引っ越してきた", "ひっこしてきた" }, { "戸籍謄本", "こせきとうほん" },
    { "粗大ごみ", "そだいごみ" }, { "犬を飼った", "いぬをかった" }, { "二十歳", "はたち" }, { "龘", "龘" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *reading = read_all (cases[i][0]);

    g_assert_cmpstr (reading, ==, cases[i][1]);
  }
}

/* --- what sounds alike, and words ----------------------------------------------------------------------------- */

static char *
hear (const char *text)
{
  g_auto(MadoText) parts = { 0 };
  GString *out = g_string_new (NULL);

  mado_text_init (&parts, text, 100);
  for (guint i = 0; i < parts.sounds->len; i++) {
    gunichar c = g_array_index (parts.sounds, MadoSound, i).c;

    g_string_append_unichar (out, c != 0 ? c : ' ');
  }
  return g_string_free (out, FALSE);
}

static void
test_sounds (void)
{
  static const char *const alike[][2] = {
    { "住民票", "じゅみんひょ" }, { "ジュウミンヒョウ", "住民票" }, { "出世届", "しゅっせえとどけ" }, { "大型ごみ", "おおがたゴミ" },
    { "ｺﾞﾐ", "ゴミ" }, { "引っ越し", "ひこし" }, { "ソファー", "そふぁ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++) {
    g_autofree char *a = hear (alike[i][0]), *b = hear (alike[i][1]);

    g_assert_cmpstr (a, ==, b);
  }
}

static void
test_romaji (void)
{
  static const char *const alike[][2] = {
    { "juminhyo", "住民票" }, { "tennyu", "転入" }, { "hikkoshi", "引っ越し" }, { "kokuho", "こくほ" }, { "shinsei", "申請" },
    { "macchi", "まっち" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++) {
    g_autoptr(GArray) sounds = g_array_new (FALSE, FALSE, sizeof (MadoSound));
    g_autofree char *wanted = hear (alike[i][1]);
    g_autoptr(GString) heard = g_string_new (NULL);

    g_assert_true (mado_sound_append_romaji (sounds, alike[i][0], 0, 1));
    for (guint k = 0; k < sounds->len; k++)
      g_string_append_unichar (heard, g_array_index (sounds, MadoSound, k).c);
    g_assert_cmpstr (heard->str, ==, wanted);
  }
}

static void
test_not_romaji (void)
{
  static const char *const words[] = { "certificate", "tax", "q", "school", "x", "vote" };
  g_autoptr(GArray) sounds = g_array_new (FALSE, FALSE, sizeof (MadoSound));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_false (mado_sound_append_romaji (sounds, words[i], 0, 1));
    g_assert_cmpuint (sounds->len, ==, 0);
  }
}

static void
test_stems (void)
{
  static const char *const alike[][3] = {
    { "moving", "moved", "moves" }, { "baby", "babies", "Baby" }, { "register", "registered", "REGISTERING" },
    { "tax", "taxes", "Ｔａｘ" }, { "stop", "stopped", "stopping" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++) {
    g_auto(MadoText) first = { 0 };

    mado_text_init (&first, alike[i][0], 100);
    for (guint k = 1; k < 3; k++) {
      g_auto(MadoText) other = { 0 };

      mado_text_init (&other, alike[i][k], 100);
      g_assert_cmpstr (g_array_index (other.words, MadoWord, 0).stem, ==,
                       g_array_index (first.words, MadoWord, 0).stem);
    }
  }
}

/* --- meanings ------------------------------------------------------------------------------------------------- */

static MadoWords *
make_words (void)
{
  static const char json[] = "{\"concepts\": [[\"亡くなった\", \"死んだ\", \"死\", \"passed away\"], [\"犬\", \"いぬ\"]],"
                             " \"idle\": [\"ほしい\", \"です\", \"how\"]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = mado_json_parse (json, strlen (json), &MADO_JSON_LIMITS_FILE, &error);

  g_assert_no_error (error);
  return mado_words_new (node);
}

static guint
count_mentions (MadoWords *words, const char *text)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (MadoMention));
  g_auto(MadoText) parts = { 0 };

  mado_text_init (&parts, text, 100);
  mado_words_find (words, &parts, mentions);
  return mentions->len;
}

static void
test_meanings (void)
{
  g_autoptr(MadoWords) words = make_words ();

  g_assert_cmpuint (count_mentions (words, "父がなくなった"), ==, 1);
  g_assert_cmpuint (count_mentions (words, "he passed away"), ==, 1);
  g_assert_cmpuint (count_mentions (words, "犬がいる"), ==, 1);
  g_assert_cmpuint (count_mentions (words, "いぬ"), ==, 1);
  /* Parts of other words. */
  g_assert_cmpuint (count_mentions (words, "健康診断"), ==, 0);
  g_assert_cmpuint (count_mentions (words, "死産"), ==, 0);
  g_assert_cmpuint (count_mentions (words, "しあいぬき"), ==, 0);
  g_assert_cmpuint (count_mentions (words, "away passed"), ==, 0);
}

static void
test_idle (void)
{
  g_autoptr(MadoWords) words = make_words ();
  g_auto(MadoText) text = { 0 };
  gboolean idle[100];

  mado_text_init (&text, "犬ほしいです how dog", 100);
  mado_words_mark_idle (words, &text, idle);
  g_assert_false (idle[0]);
  for (guint i = 1; i < 10; i++)
    g_assert_true (idle[i]);
  g_assert_false (idle[11]);
}

/* --- searches ------------------------------------------------------------------------------------------------- */

static MadoSearch *
get_search (void)
{
  static MadoCatalogue *catalogue;
  g_autoptr(GError) error = NULL;

  if (catalogue == NULL)
    catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);
  g_assert_no_error (error);
  return mado_catalogue_get_search (catalogue);
}

static void
test_clear (void)
{
  g_autoptr(MadoHits) hits = mado_search_find (get_search (), "離婚届", "en", 5);
  const MadoHit *first = g_ptr_array_index (hits->items, 0);

  g_assert_cmpint (hits->confidence, ==, MADO_CONFIDENCE_CLEAR);
  g_assert_cmpuint (hits->choices->len, ==, 0);
  g_assert_cmpstr (first->id, ==, "rikon");
  g_assert_cmpstr (first->why, !=, NULL);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (first->title)), ==, 1);
}

/* Two to four answers, each of which leaves some of what was found, and none the same twice. */
static void
test_unclear (void)
{
  static const char *const queries[] = { "証明書", "税金", "子ども", "certificate", "ほけん" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr(MadoHits) hits = mado_search_find (get_search (), queries[i], NULL, 10);
    g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    g_assert_cmpint (hits->confidence, ==, MADO_CONFIDENCE_UNCLEAR);
    g_assert_cmpuint (hits->choices->len, >=, 2);
    g_assert_cmpuint (hits->choices->len, <=, 4);
    for (guint k = 0; k < hits->choices->len; k++) {
      const MadoHitChoice *choice = g_ptr_array_index (hits->choices, k);

      g_assert_true (choice->category != NULL || choice->title != NULL);
      for (guint h = 0; choice->hits[h] != NULL; h++)
        g_assert_true (g_hash_table_add (seen, choice->hits[h]));
    }
  }
}

static void
test_none (void)
{
  static const char *const queries[] = { "", " ", "。。。", "zzzzzz", "🦑", "ほしいです", "how do i", "ピザの出前" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr(MadoHits) hits = mado_search_find (get_search (), queries[i], NULL, 10);

    g_assert_cmpint (hits->confidence, ==, MADO_CONFIDENCE_NONE);
    g_assert_cmpuint (hits->items->len, ==, 0);
  }
}

/* One writing of a query finds what the others find. */
static void
test_writings (void)
{
  static const char *const same[][2] = {
    { "じゅうみんひょう", "ジュウミンヒョウ" }, { "ｼﾞｭｳﾐﾝﾋｮｳ", "じゅうみんひょう" }, { "TAX", "tax" }, { "転 入 届", "転 入　届" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autoptr(MadoHits) a = mado_search_find (get_search (), same[i][0], NULL, 3);
    g_autoptr(MadoHits) b = mado_search_find (get_search (), same[i][1], NULL, 3);

    for (guint k = 0; k < 3; k++)
      g_assert_cmpstr (((MadoHit *) g_ptr_array_index (a->items, k))->id, ==,
                       ((MadoHit *) g_ptr_array_index (b->items, k))->id);
  }
}

static void
test_bounds (void)
{
  g_autoptr(GString) query = g_string_new (NULL);
  g_autoptr(MadoHits) hits = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (query, "住民票");
  hits = mado_search_find (get_search (), query->str, NULL, 1000);
  g_assert_cmpuint (hits->items->len, <=, MADO_SEARCH_MAX_HITS);
  g_assert_cmpstr (((MadoHit *) g_ptr_array_index (hits->items, 0))->id, ==, "juminhyo");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/readings", test_readings);
  g_test_add_func ("/search/sounds", test_sounds);
  g_test_add_func ("/search/romaji", test_romaji);
  g_test_add_func ("/search/not-romaji", test_not_romaji);
  g_test_add_func ("/search/stems", test_stems);
  g_test_add_func ("/search/meanings", test_meanings);
  g_test_add_func ("/search/idle", test_idle);
  g_test_add_func ("/search/clear", test_clear);
  g_test_add_func ("/search/unclear", test_unclear);
  g_test_add_func ("/search/none", test_none);
  g_test_add_func ("/search/writings", test_writings);
  g_test_add_func ("/search/bounds", test_bounds);
  return g_test_run ();
}
