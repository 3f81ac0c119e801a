/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-clock.h"
#include "core/mado-era.h"
#include "core/mado-fold.h"
#include "core/mado-id.h"
#include "core/mado-yen.h"

#include "mado-fuzz.h"

typedef char *(*Fold) (const char *text);

/* Folding keeps UTF-8 whole, and what is folded stays as it is. */
static void
check_folds (const char *text)
{
  static const Fold folds[] = {
    mado_fold_line, mado_fold_width, mado_fold_code, mado_fold_kana, mado_fold_address, mado_fold_phone,
    mado_fold_postal_code, mado_fold_search,
  };

  for (guint i = 0; i < G_N_ELEMENTS (folds); i++) {
    g_autofree char *once = folds[i] (text), *twice = folds[i] (once);

    g_assert_true (g_utf8_validate (once, -1, NULL));
    g_assert_cmpstr (once, ==, twice);
  }
}

static void
check_date (const char *text)
{
  g_autoptr(GError) error = NULL;
  int days = mado_era_parse (text, &error);
  g_autofree char *kanji = NULL;

  g_assert_true ((days == MADO_DATE_NONE) == (error != NULL));
  if (error != NULL)
    return;
  kanji = mado_era_format (days, MADO_ERA_KANJI);
  g_assert_cmpint (mado_era_parse (kanji, NULL), ==, days);
}

static void
check_number (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_parse (text, &error), *again = NULL;

  g_assert_true ((number == NULL) == (error != NULL));
  if (number == NULL)
    return;
  again = mado_number_parse (number, NULL);
  g_assert_cmpstr (number, ==, again);
}

static void
check_yen (const char *text)
{
  gint64 yen, again;
  g_autofree char *written = NULL;

  if (!mado_yen_parse (text, &yen, NULL))
    return;
  written = mado_yen_format (yen);
  g_assert_true (mado_yen_parse (written, &again, NULL));
  g_assert_cmpint (yen, ==, again);
}

static void
check_time (const char *text)
{
  gint64 time_us = mado_clock_parse_time (text);
  g_autofree char *written = mado_clock_format_time (time_us);

  g_assert_true (time_us < 0 || mado_clock_parse_time (written) == time_us / 1000 * 1000);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", size);

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  check_folds (text);
  check_date (text);
  check_number (text);
  check_yen (text);
  check_time (text);

  return 0;
}
