/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <locale.h>

#include "input/mado-composer.h"
#include "input/mado-kana.h"
#include "input/mado-kanji.h"

static void
assert_value (MadoComposer *composer, const char *expected)
{
  g_autofree char *value = mado_composer_dup_value (composer);

  g_assert_cmpstr (value, ==, expected);
}

static gboolean
offers (MadoComposer *composer, const char *text, guint *at)
{
  return g_ptr_array_find_with_equal_func (mado_composer_get_candidates (composer), text, g_str_equal, at);
}

static void
test_marks (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();

  mado_composer_type (composer, "か");
  g_assert_true (mado_composer_voice (composer));
  assert_value (composer, "が");
  g_assert_true (mado_composer_voice (composer));
  assert_value (composer, "か");
  g_assert_false (mado_composer_half_voice (composer));
  mado_composer_type (composer, "は");
  g_assert_true (mado_composer_half_voice (composer));
  g_assert_true (mado_composer_voice (composer));
  assert_value (composer, "かば");
  mado_composer_type (composer, "つ");
  g_assert_true (mado_composer_make_small (composer));
  assert_value (composer, "かばっ");
  g_assert_true (mado_composer_make_small (composer));
  assert_value (composer, "かばつ");
  mado_composer_clear (composer);
  g_assert_false (mado_composer_voice (composer));
  g_assert_false (mado_composer_erase (composer));
}

static void
test_katakana (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();

  mado_composer_set_board (composer, MADO_BOARD_KATAKANA);
  mado_composer_type (composer, "へら");
  mado_composer_erase (composer);
  mado_composer_voice (composer);
  mado_composer_half_voice (composer);
  mado_composer_type (composer, "ーじ");
  assert_value (composer, "ページ");
}

static void
test_conversion (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();
  g_autofree char *furigana = NULL;
  guint at, reading, caret;

  mado_composer_set_converts (composer, TRUE);
  mado_composer_type (composer, "わたなべ");
  g_assert_cmpstr (mado_composer_get_reading (composer), ==, "わたなべ");
  assert_value (composer, "わたなべ");
  g_assert_true (offers (composer, "渡辺", &at));
  g_assert_true (offers (composer, "渡邊", &at));
  g_assert_true (offers (composer, "渡邉", &at));
  mado_composer_choose (composer, at);
  assert_value (composer, "渡邉");
  g_assert_cmpstr (mado_composer_get_reading (composer), ==, "");

  mado_composer_type (composer, "はなこ");
  mado_composer_get_places (composer, &reading, &caret);
  g_assert_cmpuint (reading, ==, 2);
  g_assert_cmpuint (caret, ==, 5);
  mado_composer_keep (composer);
  assert_value (composer, "渡邉はなこ");
  furigana = mado_composer_dup_furigana (composer);
  g_assert_cmpstr (furigana, ==, "わたなべはなこ");
}

static void
test_places (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();
  guint at;

  mado_composer_set_converts (composer, TRUE);
  mado_composer_type (composer, "ふじさわしくげぬまかいがん");
  g_assert_true (offers (composer, "藤沢市鵠沼海岸", &at));
  g_assert_cmpuint (at, ==, 0);
  mado_composer_choose (composer, at);
  mado_composer_type (composer, "2");
  mado_composer_type (composer, "ちょうめ");
  g_assert_true (offers (composer, "丁目", &at));
}

static void
test_caret (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();
  g_autofree char *furigana = NULL;

  mado_composer_set_value (composer, "髙𠮷邉");
  mado_composer_move (composer, -1);
  mado_composer_erase (composer);
  assert_value (composer, "髙邉");
  mado_composer_type (composer, "﨑");
  assert_value (composer, "髙﨑邉");
  mado_composer_move_to (composer, 99);
  mado_composer_erase (composer);
  assert_value (composer, "髙﨑");
  furigana = mado_composer_dup_furigana (composer);
  g_assert_null (furigana);
}

static void
test_limit (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();

  mado_composer_set_limit (composer, 3);
  mado_composer_type (composer, "あい\nうえ");
  assert_value (composer, "あいう");
}

static void
type_letters (MadoComposer *composer, const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    mado_composer_type_letter (composer, (gunichar) *p);
}

static void
test_letters (void)
{
  g_autoptr(MadoComposer) composer = mado_composer_new ();
  guint at;

  type_letters (composer, "kon'nichiha");
  assert_value (composer, "こんにちは");
  mado_composer_clear (composer);
  type_letters (composer, "shinjukuGAKKOUSA-FINCHANKYOn1");
  assert_value (composer, "しんじゅくがっこうさーふぃんちゃんきょん1");
  mado_composer_clear (composer);
  type_letters (composer, "heights b tou kan");
  assert_value (composer, "へいghts b とう かん");
  mado_composer_keep (composer);
  assert_value (composer, "へいghts b とう かん");
  mado_composer_clear (composer);
  type_letters (composer, "kas");
  assert_value (composer, "かs");
  mado_composer_type (composer, "と");
  assert_value (composer, "かsと");
  mado_composer_clear (composer);
  mado_composer_set_converts (composer, TRUE);
  type_letters (composer, "hanak");
  mado_composer_erase (composer);
  type_letters (composer, "ko");
  g_assert_true (offers (composer, "花子", &at));
  mado_composer_set_board (composer, MADO_BOARD_LATIN);
  mado_composer_clear (composer);
  type_letters (composer, "Maria da Silva");
  assert_value (composer, "Maria da Silva");
}

static void
test_nothing_to_convert (void)
{
  g_autofree char *much = g_strnfill (400, 'a');
  g_autoptr(GPtrArray) none = mado_kanji_convert ("", 10);
  g_autoptr(GPtrArray) latin = mado_kanji_convert (much, 10);
  g_autoptr(GPtrArray) few = mado_kanji_convert ("こう", 10);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (latin->len, ==, 0);
  g_assert_cmpuint (few->len, ==, 10);
}

/* What was chosen does not come first the next time: the dictionary learns from nobody. */
static void
test_nothing_learnt (void)
{
  g_autoptr(GDir) home = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < 5; i++) {
    g_autoptr(MadoComposer) composer = mado_composer_new ();
    GPtrArray *candidates;

    mado_composer_set_converts (composer, TRUE);
    mado_composer_type (composer, "ゆい");
    candidates = mado_composer_get_candidates (composer);
    if (first == NULL)
      first = g_strdup (g_ptr_array_index (candidates, 0));
    g_assert_cmpstr (g_ptr_array_index (candidates, 0), ==, first);
    mado_composer_choose (composer, candidates->len - 1);
  }
  home = g_dir_open (g_get_home_dir (), 0, NULL);
  g_assert_null (g_dir_read_name (home));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("mado-composer-XXXXXX", NULL);
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/marks", test_marks);
  g_test_add_func ("/composer/katakana", test_katakana);
  g_test_add_func ("/composer/conversion", test_conversion);
  g_test_add_func ("/composer/places", test_places);
  g_test_add_func ("/composer/caret", test_caret);
  g_test_add_func ("/composer/limit", test_limit);
  g_test_add_func ("/composer/letters", test_letters);
  g_test_add_func ("/composer/nothing-to-convert", test_nothing_to_convert);
  g_test_add_func ("/composer/nothing-learnt", test_nothing_learnt);
  status = g_test_run ();
  g_rmdir (home);

  return status;
}
