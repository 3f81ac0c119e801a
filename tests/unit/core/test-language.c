/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-date.h"
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/language/dates", test_dates);

  return g_test_run ();
}
