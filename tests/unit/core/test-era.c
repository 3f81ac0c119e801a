/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-era.h"

static int
day (const char *iso)
{
  int days = mado_date_parse (iso);

  g_assert_cmpint (days, !=, MADO_DATE_NONE);

  return days;
}

static void
test_list (void)
{
  guint n;
  const MadoEra *eras = mado_era_list (&n);
  static const struct { const char *name, *latin; char letter; const char *first; int base; } expected[] = {
    { "令和", "Reiwa", 'R', "2019-05-01", 2018 }, { "平成", "Heisei", 'H', "1989-01-08", 1988 },
    { "昭和", "Shōwa", 'S', "1926-12-25", 1925 }, { "大正", "Taishō", 'T', "1912-07-30", 1911 },
    { "明治", "Meiji", 'M', "1873-01-01", 1867 },
  };

  g_assert_cmpuint (n, >=, G_N_ELEMENTS (expected));
  eras += n - G_N_ELEMENTS (expected);   /* a later era may have come */
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_cmpstr (eras[i].name, ==, expected[i].name);
    g_assert_cmpstr (eras[i].latin, ==, expected[i].latin);
    g_assert_cmpint (eras[i].letter, ==, expected[i].letter);
    g_assert_cmpint (eras[i].first, ==, day (expected[i].first));
    g_assert_cmpint (eras[i].base, ==, expected[i].base);
    g_assert_true (i == 0 || eras[i].last + 1 == eras[i - 1].first);
  }
}

static void
test_format (void)
{
  static const struct { const char *iso, *kanji, *letter, *english; } cases[] = {
    { "2026-11-20", "令和8年11月20日", "R8.11.20", "November 20, 2026 (Reiwa 8)" },
    { "2019-05-01", "令和元年5月1日", "R1.5.1", "May 1, 2019 (Reiwa 1)" },
    { "2019-04-30", "平成31年4月30日", "H31.4.30", "April 30, 2019 (Heisei 31)" },
    { "1989-01-08", "平成元年1月8日", "H1.1.8", "January 8, 1989 (Heisei 1)" },
    { "1989-01-07", "昭和64年1月7日", "S64.1.7", "January 7, 1989 (Shōwa 64)" },
    { "1926-12-25", "昭和元年12月25日", "S1.12.25", "December 25, 1926 (Shōwa 1)" },
    { "1926-12-24", "大正15年12月24日", "T15.12.24", "December 24, 1926 (Taishō 15)" },
    { "1912-07-30", "大正元年7月30日", "T1.7.30", "July 30, 1912 (Taishō 1)" },
    { "1912-07-29", "明治45年7月29日", "M45.7.29", "July 29, 1912 (Meiji 45)" },
    { "1873-01-01", "明治6年1月1日", "M6.1.1", "January 1, 1873 (Meiji 6)" },
    { "1872-12-31", "1872年12月31日", "1872-12-31", "December 31, 1872" },
  };
  g_autofree char *both = mado_era_format (day ("2019-05-01"), MADO_ERA_BOTH);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *kanji = mado_era_format (day (cases[i].iso), MADO_ERA_KANJI);
    g_autofree char *letter = mado_era_format (day (cases[i].iso), MADO_ERA_LETTER);
    g_autofree char *english = mado_era_format (day (cases[i].iso), MADO_ERA_ENGLISH);

    g_assert_cmpstr (kanji, ==, cases[i].kanji);
    g_assert_cmpstr (letter, ==, cases[i].letter);
    g_assert_cmpstr (english, ==, cases[i].english);
  }
  g_assert_cmpstr (both, ==, "令和元年（2019年）5月1日");
  g_assert_null (mado_era_of (day ("1872-12-31"), NULL));
}

static void
test_parse (void)
{
  static const struct { const char *typed, *iso; } cases[] = {
    { "令和8年11月20日", "2026-11-20" }, { "令和８年１１月２０日", "2026-11-20" }, { "令和八年十一月二十日", "2026-11-20" },
    { " 令和 8 年 11 月 20 日 ", "2026-11-20" }, { "令和08年11月20日（金）", "2026-11-20" }, { "令8.11.20", "2026-11-20" },
    { "R8.11.20", "2026-11-20" }, { "r8/11/20", "2026-11-20" }, { "Ｒ８－１１－２０", "2026-11-20" },
    { "R081120", "2026-11-20" }, { "㋿8年11月20日", "2026-11-20" }, { "Reiwa 8, 11, 20", "2026-11-20" },
    { "November 20, Reiwa 8", "2026-11-20" }, { "2026年11月20日", "2026-11-20" }, { "２０２６／１１／２０", "2026-11-20" },
    { "二〇二六年十一月二十日", "2026-11-20" }, { "千九百八十七年四月九日", "1987-04-09" }, { "2026-11-20", "2026-11-20" },
    { "2026ー11ー20", "2026-11-20" }, { "20261120", "2026-11-20" }, { "西暦2026年11月20日", "2026-11-20" },
    { "November 20, 2026", "2026-11-20" }, { "20 Nov 2026", "2026-11-20" }, { "2026 november 20", "2026-11-20" },
    { "昭和62年4月9日", "1987-04-09" }, { "昭62-4-9", "1987-04-09" }, { "S62.4.9", "1987-04-09" },
    { "㍼62.4.9", "1987-04-09" }, { "Showa 62 4 9", "1987-04-09" }, { "Shōwa 62/4/9", "1987-04-09" },
    { "昭和62年(1987年)4月9日", "1987-04-09" }, { "昭和62年4月9日生", "1987-04-09" }, { "昭和六十二年四月九日", "1987-04-09" },
    { "昭和六二年四月九日", "1987-04-09" }, { "昭和元年12月25日", "1926-12-25" }, { "昭和1年12月31日", "1926-12-31" },
    { "令和元年五月一日", "2019-05-01" }, { "平成壱拾年参月弐日", "1998-03-02" }, { "明治6年1月1日", "1873-01-01" },
    { "2024/2/29", "2024-02-29" }, { "平成三十一年四月三十", "2019-04-30" }, { "may 1 2019", "2019-05-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GError) error = NULL;
    int days = mado_era_parse (cases[i].typed, &error);

    if (error != NULL)
      g_error ("%s: %s", cases[i].typed, error->message);
    if (days != day (cases[i].iso))
      g_error ("%s: day %d", cases[i].typed, days);
  }
}

static void
test_refused (void)
{
  static const struct { const char *typed, *code; } cases[] = {
    { NULL, "date" }, { "", "date" }, { "きのう", "date" }, { "62.4.9", "date" }, { "11/20/2026", "date" },
    { "2026-11", "date" }, { "令和8年", "date" }, { "2026-11-20-1", "date" }, { "11202026x", "date" },
    { "261120", "date" }, { "2026 nov 10 R", "date" },
    { "令和令和8年1月1日", "date" }, { "年年年", "date" }, { "999999999999-1-1", "date" },
    { "元年1月1日", "date" },
    { "Foo 20 2026", "date" }, { "May June 2026", "date" }, { "2026-11-20 (", "date" },
    { "2026-02-29", "no-such-day" }, { "令和8年13月1日", "no-such-day" }, { "令和0年1月1日", "no-such-day" },
    { "20260231", "no-such-day" }, { "平成99999999年1月1日", "no-such-day" },
    { "昭和64年1月8日", "era" }, { "平成31年5月1日", "era" }, { "令和元年4月30日", "era" }, { "大正15年12月25日", "era" },
    { "明治45年7月30日", "era" }, { "昭和元年12月24日", "era" },
    { "明治5年12月2日", "before-1873" }, { "1872-12-31", "before-1873" }, { "明治元年10月23日", "before-1873" },
    { "0001-01-01", "before-1873" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GError) error = NULL;
    int days = mado_era_parse (cases[i].typed, &error);

    if (days != MADO_DATE_NONE)
      g_error ("%s was taken", cases[i].typed);
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    if (!g_str_equal (mado_error_get_violation (error, 0)->code, cases[i].code))
      g_error ("%s: %s", cases[i].typed, mado_error_get_violation (error, 0)->code);
  }
}

static void
test_remedy (void)
{
  g_autoptr(GError) error = NULL;

  mado_era_parse ("平成31年10月1日", &error);
  g_assert_nonnull (strstr (error->message, "令和元年10月1日"));
}

/* Every day from 1873 to 2100, in each style, comes back. */
static void
test_every_day (void)
{
  static const MadoEraStyle styles[] = { MADO_ERA_KANJI, MADO_ERA_BOTH, MADO_ERA_LETTER, MADO_ERA_ENGLISH };

  for (int days = day ("1873-01-01"); days < day ("2101-01-01"); days += g_test_slow () ? 1 : 3) {
    for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
      g_autofree char *text = mado_era_format (days, styles[i]);

      if (mado_era_parse (text, NULL) != days)
        g_error ("%s is not day %d", text, days);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/era/list", test_list);
  g_test_add_func ("/core/era/format", test_format);
  g_test_add_func ("/core/era/parse", test_parse);
  g_test_add_func ("/core/era/refused", test_refused);
  g_test_add_func ("/core/era/remedy", test_remedy);
  g_test_add_func ("/core/era/every-day", test_every_day);

  return g_test_run ();
}
