/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-language.h"

#include <unicode/udat.h>
#include <unicode/ustring.h>

#define DAY_MS 86400000.0

static const MadoLanguage languages[] = {
  { "ja", "日本語", "ja_JP.UTF-8", "ja", TRUE },
  { "ja@easy", "やさしい日本語", "ja_JP.UTF-8", "ja-x-easy", FALSE },
  { "en", "English", "en_US.UTF-8", "en", TRUE },
  { "zh", "中文", "zh_CN.UTF-8", "zh-Hans", FALSE },
  { "ko", "한국어", "ko_KR.UTF-8", "ko", FALSE },
  { "pt", "Português", "pt_BR.UTF-8", "pt-BR", FALSE },
  { "vi", "Tiếng Việt", "vi_VN.UTF-8", "vi", FALSE },
};

/**
 * mado_language_list:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): all of them, complete or not
 */
const MadoLanguage *
mado_language_list (guint *n)
{
  *n = G_N_ELEMENTS (languages);

  return languages;
}

/**
 * mado_language_find:
 * @code: (nullable): "ja@easy"
 *
 * Returns: (transfer none) (nullable): the language, if it is one of ours
 */
const MadoLanguage *
mado_language_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    if (g_strcmp0 (languages[i].code, code) == 0)
      return &languages[i];
  }

  return NULL;
}

static char *
format_date (int days, const char *code, UDateFormatStyle style, const UChar *pattern)
{
  const MadoLanguage *language = mado_language_find (code);
  const char *tag = language != NULL ? language->tag : "ja";
  UDateFormatStyle time_style = style == UDAT_PATTERN ? UDAT_PATTERN : UDAT_NONE;
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format = udat_open (time_style, style, tag, u"UTC", -1, pattern, -1, &status);
  UChar text[64];
  char utf8[256] = "";

  udat_format (format, days * DAY_MS, text, G_N_ELEMENTS (text), NULL, &status);
  u_strToUTF8 (utf8, sizeof utf8, NULL, text, -1, &status);
  udat_close (format);
  if (U_FAILURE (status))
    g_error ("ICU cannot write a date: %s", u_errorName (status));

  return g_strdup (utf8);
}

/**
 * mado_language_format_date:
 * @days: a day number
 * @code: (nullable): a language
 *
 * Returns: (transfer full): the date as it is written out there
 */
char *
mado_language_format_date (int days, const char *code)
{
  return format_date (days, code, UDAT_LONG, NULL);
}

/**
 * mado_language_format_weekday:
 * @days: a day number
 * @code: (nullable): a language
 *
 * Returns: (transfer full): the name of the day of the week
 */
char *
mado_language_format_weekday (int days, const char *code)
{
  return format_date (days, code, UDAT_PATTERN, u"EEEE");
}
