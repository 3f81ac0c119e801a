/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lists/mado-furigana.h"
#include "lists/mado-list.h"

/* "手続(てつづ)きの 日(ひ)"; "?" for what is not known. */
static char *
annotate (const char *text)
{
  g_autoptr(GArray) found = mado_furigana_find (text);
  GString *out = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < found->len; i++) {
    const MadoFurigana *piece = &g_array_index (found, MadoFurigana, i);

    g_string_append_len (out, text + at, (gssize) (piece->start + piece->length - at));
    if (piece->reading != NULL)
      g_string_append_printf (out, "(%.*s)", (int) piece->reading_length, piece->reading);
    else
      g_string_append (out, "(?)");
    at = piece->start + piece->length;
  }
  g_string_append (out, text + at);

  return g_string_free (out, FALSE);
}

static void
assert_reads (const char *text, const char *expected)
{
  g_autofree char *seen = annotate (text);

  g_assert_cmpstr (seen, ==, expected);
}

static void
test_words (void)
{
  assert_reads ("", "");
  assert_reads ("ことば, words", "ことば, words");
  assert_reads ("手続きを します。", "手続(てつづ)きを します。");
  assert_reads ("引っ越した 日", "引(ひ)っ越(こ)した 日(ひ)");
  assert_reads ("国民健康保険に 入る", "国民(こくみん)健康(けんこう)保険(ほけん)に 入(はい)る");
  assert_reads ("紙を 入れる", "紙(かみ)を 入(い)れる");
}

/* The same sign, read otherwise. */
static void
test_neighbours (void)
{
  assert_reads ("人 3人 1人 外国人", "人(ひと) 3人(にん) 1人(り) 外国人(がいこくじん)");
  assert_reads ("来ます。来ないとき、来る人", "来(き)ます。来(こ)ないとき、来(く)る人(ひと)");
  assert_reads ("15日 14日 2日 12日", "15日(にち) 14日(か) 2日(か) 12日(にち)");
  assert_reads ("3日前 2日間 30分 8分 5分 25分", "3日前(かまえ) 2日間(かかん) 30分(ぷん) 8分(ぷん) 5分(ふん) 25分(ふん)");
  assert_reads ("4月1日から 10,000円", "4月(がつ)1日(たち)から 10,000円(えん)");
}

/* A guess would be worse than nothing. */
static void
test_unknown (void)
{
  assert_reads ("髙橋", "髙(?)橋(?)");
  assert_reads ("金山さん", "金(?)山(?)さん");
  assert_reads ("金 お金", "金(?) お金(かね)");
}

static void
test_list (void)
{
  MadoSlice rest = mado_list_get (MADO_LIST_FURIGANA), line;
  g_autofree char *before = g_strdup ("");

  while (mado_slice_line (&rest, &line)) {
    g_autofree char *word = mado_slice_dup (mado_slice_column (line, 0));
    g_autofree char *reading = mado_slice_dup (mado_slice_column (line, 1));

    g_assert_cmpstr (before, <, word);
    for (const char *at = reading; *at != '\0'; at = g_utf8_next_char (at))
      g_assert_true (*at == '/' || (g_utf8_get_char (at) >= 0x3041 && g_utf8_get_char (at) <= 0x30fc));
    g_free (before);
    before = g_steal_pointer (&word);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/furigana/words", test_words);
  g_test_add_func ("/furigana/neighbours", test_neighbours);
  g_test_add_func ("/furigana/unknown", test_unknown);
  g_test_add_func ("/furigana/list", test_list);

  return g_test_run ();
}
