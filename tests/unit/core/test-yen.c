/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "core/mado-yen.h"

static void
test_format (void)
{
  static const struct { gint64 yen; const char *sign, *word, *english; } cases[] = {
    { 0, "¥0", "0円", "0 yen" }, { 300, "¥300", "300円", "300 yen" }, { 1200, "¥1,200", "1,200円", "1,200 yen" },
    { 1234567, "¥1,234,567", "1,234,567円", "1,234,567 yen" }, { -500, "−¥500", "−500円", "−500 yen" },
    { G_MININT64, "−¥9,223,372,036,854,775,808", "−9,223,372,036,854,775,808円", "−9,223,372,036,854,775,808 yen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sign = mado_yen_format (cases[i].yen);
    g_autofree char *word = mado_yen_format_word (cases[i].yen, "ja@easy");
    g_autofree char *english = mado_yen_format_word (cases[i].yen, "en");

    g_assert_cmpstr (sign, ==, cases[i].sign);
    g_assert_cmpstr (word, ==, cases[i].word);
    g_assert_cmpstr (english, ==, cases[i].english);
  }
}

static void
test_checked (void)
{
  g_autoptr(GError) error = NULL;
  gint64 result = 7;

  g_assert_true (mado_yen_add (300, -100, &result, &error));
  g_assert_cmpint (result, ==, 200);
  g_assert_true (mado_yen_multiply (300, 4, &result, &error));
  g_assert_cmpint (result, ==, 1200);

  g_assert_false (mado_yen_add (G_MAXINT64, 1, &result, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (mado_yen_add (MADO_JSON_EXACT_MAX, 1, &result, &error));
  g_clear_error (&error);
  g_assert_false (mado_yen_multiply (G_MININT64, -1, &result, &error));
  g_clear_error (&error);
  g_assert_false (mado_yen_multiply (MADO_JSON_EXACT_MAX, 2, &result, &error));
  g_assert_cmpint (result, ==, 1200);
}

static void
test_parse (void)
{
  static const struct { const char *typed; gint64 yen; } cases[] = {
    { "1200", 1200 }, { "1,200", 1200 }, { "１，２００円", 1200 }, { "¥1,200", 1200 }, { "￥１２００", 1200 }, { "\\300", 300 },
    { " 0 ", 0 }, { "1 200", 1200 }, { "9007199254740991", MADO_JSON_EXACT_MAX },
  };
  static const char *const bad[] = { "", "円", "-5", "1.5", "12a", "円1", "9007199254740992", "99999999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr(GError) error = NULL;
    gint64 yen = -1;

    g_assert_true (mado_yen_parse (cases[i].typed, &yen, &error));
    g_assert_cmpint (yen, ==, cases[i].yen);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr(GError) error = NULL;
    gint64 yen = -1;

    g_assert_false (mado_yen_parse (bad[i], &yen, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
    g_assert_cmpint (yen, ==, -1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/yen/format", test_format);
  g_test_add_func ("/core/yen/checked", test_checked);
  g_test_add_func ("/core/yen/parse", test_parse);

  return g_test_run ();
}
