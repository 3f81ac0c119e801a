/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-date.h"
#include "core/mado-error.h"
#include "core/mado-language.h"

static void
test_dates (void)
{
  static const struct { const char *code, *date, *weekday; } cases[] = {
    { "ja", "2026年11月20日", "金曜日" }, { "ja@easy", "2026年11月20日", "金曜日" }, { "en", "November 20, 2026", "Friday" },
    { "zh", "2026年11月20日", "星期五" }, { "ko", "2026년 11월 20일", "금요일" },
    { "pt", "20 de novembro de 2026", "sexta-feira" }, { "vi", "20 tháng 11, 2026", "Thứ Sáu" },
    { "xx", "2026年11月20日", "金曜日" },
  };
  int days = mado_date_parse ("2026-11-20");
  guint n;
  const MadoLanguage *list = mado_language_list (&n);

  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpstr (list[0].code, ==, "ja");
  g_assert_true (list[0].complete && mado_language_find ("en")->complete);
  g_assert_null (mado_language_find ("xx"));
  g_assert_null (mado_language_find (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *date = mado_language_format_date (days, cases[i].code);
    g_autofree char *weekday = mado_language_format_weekday (days, cases[i].code);

    g_assert_cmpstr (date, ==, cases[i].date);
    g_assert_cmpstr (weekday, ==, cases[i].weekday);
  }
}

static void
test_choice (void)
{
  static const struct { const char *accept, *code; } cases[] = {
    { NULL, NULL }, { "", NULL }, { "fr", NULL }, { "ja", "ja" }, { "ja-JP", "ja" }, { "JA", "ja" }, { "jav", NULL },
    { "en-US,en;q=0.9,ja;q=0.5", "en" }, { "fr, ja;q=0.2, en;q=0.1", "ja" }, { "en;q=0.3,ja;q=0.4", "ja" },
    { "en-GB;q=0.5, ja", "ja" }, { "en-GB; q=0.5,\tja ;Q=0.6", "ja" }, { "ja;q=0.5,en;q=0.5", "ja" },
    { "*", NULL }, { "*, en;q=0.2", "en" }, { "en;q=0, *", NULL }, { "fr;q=0.9, *;q=0.1", NULL },
    { "en;q=5, ja;q=0.1", "ja" }, { "en;q=-1", NULL }, { "en;q=nan, ja;q=0.1", "ja" }, { " , ,", NULL },
    { "en;q=0", NULL }, { ";;,,=q;q=,", NULL }, { "ja@easy", "ja" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const MadoLanguage *chosen = mado_language_choose (cases[i].accept);

    g_assert_cmpstr (chosen != NULL ? chosen->code : NULL, ==, cases[i].code);
  }
}

/* Two threads of one program, each in its own language. */
static gpointer
speak_in_thread (gpointer language)
{
  mado_language_speak (mado_language_find (language));

  return (gpointer) mado_error_get_title (MADO_ERROR_NOT_FOUND);
}

static void
test_threads (void)
{
  g_autoptr(GThread) ja = g_thread_new ("ja", speak_in_thread, (char *) "ja");
  g_autoptr(GThread) en = g_thread_new ("en", speak_in_thread, (char *) "en");

  g_assert_cmpstr (g_thread_join (g_steal_pointer (&ja)), ==, "見つかりませんでした");
  g_assert_cmpstr (g_thread_join (g_steal_pointer (&en)), ==, "There is nothing here by that name");
  g_assert_cmpstr (mado_error_get_title (MADO_ERROR_NOT_FOUND), ==, "There is nothing here by that name");
}

static gpointer
say_easily (gpointer id)
{
  mado_language_speak (mado_language_find ("ja@easy"));

  return (gpointer) g_dgettext (mado_language_get_domain (), id);
}

/* What easy Japanese leaves out, the back office's sentences, is Japanese all the same. */
static void
test_easy (void)
{
  static const struct { const char *id, *said; } cases[] = {
    { "Please identify yourself first", "先に カードを 見せて ください" },
    { "No such difference is open.", "その違いは、未処理のものにありません。" },
    { "In no catalogue at all", "In no catalogue at all" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GThread) thread = g_thread_new ("easy", say_easily, (char *) cases[i].id);

    g_assert_cmpstr (g_thread_join (g_steal_pointer (&thread)), ==, cases[i].said);
  }
}

int
main (int argc, char **argv)
{
  mado_language_init (NULL);
  mado_language_part ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/language/dates", test_dates);
  g_test_add_func ("/core/language/choice", test_choice);
  g_test_add_func ("/core/language/threads", test_threads);
  g_test_add_func ("/core/language/easy", test_easy);

  return g_test_run ();
}
