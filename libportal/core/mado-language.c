/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#define DAY_MS 86400000.0
#define DOMAIN "madoguchi"

static const MadoLanguage languages[] = {
  { "ja", "日本語", "ja_JP.UTF-8", "ja", TRUE },
  { "ja@easy", "やさしい日本語", "ja_JP.UTF-8", "ja-x-easy", TRUE },
  { "en", "English", "en_US.UTF-8", "en", TRUE },
  { "zh", "中文", "zh_CN.UTF-8", "zh-Hans", FALSE },
  { "ko", "한국어", "ko_KR.UTF-8", "ko", FALSE },
  { "pt", "Português", "pt_BR.UTF-8", "pt-BR", FALSE },
  { "vi", "Tiếng Việt", "vi_VN.UTF-8", "vi", FALSE },
};

static const char *folder;              /* of the catalogues */
static const char *usual = DOMAIN;      /* what threads speak that were told nothing */
static const char *domains[G_N_ELEMENTS (languages)];   /* what they may be told, once they part */
static __thread const MadoLanguage *spoken;

/* Under the locale "C" gettext translates nothing, and nothing but ASCII is a letter: C.UTF-8 stands in for it, and
 * for a locale that is not installed here, whose language gettext is then told. */
static void
choose_locale (void)
{
  const char *locale = setlocale (LC_ALL, "");

  if (locale != NULL && !g_str_equal (locale, "C") && !g_str_equal (locale, "POSIX"))
    return;
  setlocale (LC_ALL, "C.UTF-8");
  if (locale == NULL)
    g_setenv ("LANGUAGE", g_get_language_names_with_category ("LC_MESSAGES")[0], TRUE);
}

/* "ja", "ja_JP.UTF-8" and "ja-JP" are Japanese; only what is complete is spoken. */
static const MadoLanguage *
match (const char *tag)
{
  gsize n = strcspn (tag, "-_.@");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    const char *code = languages[i].code;

    if (languages[i].complete && strlen (code) == n && g_ascii_strncasecmp (code, tag, n) == 0)
      return &languages[i];
  }

  return NULL;
}

/**
 * mado_language_init:
 * @path: (type filename): where the catalogues are; MADO_LOCALE_DIR in the environment goes before it
 */
void
mado_language_init (const char *path)
{
  const char *other = g_getenv ("MADO_LOCALE_DIR");

  choose_locale ();
  folder = g_intern_string (other != NULL ? other : path);
  bindtextdomain (DOMAIN, folder);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  textdomain (DOMAIN);
}

/**
 * mado_language_get_own:
 *
 * Returns: (transfer none): what the program's environment asks for; English, as in the code, if we lack that
 */
const MadoLanguage *
mado_language_get_own (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");
  const MadoLanguage *own = match (names[0]);

  return own != NULL ? own : match ("en");
}

/*
 * gettext knows one language a program, but any number of domains, and looks for FOLDER/LANGUAGE/LC_MESSAGES/DOMAIN.mo:
 * from one language that has a folder, every other is a domain found by way of it.
 */
void
mado_language_part (void)
{
  const MadoLanguage *own = mado_language_get_own ();

  g_setenv ("LANGUAGE", own->code, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *domain = g_strdup_printf ("../../%s/LC_MESSAGES/" DOMAIN, languages[i].code);

    domains[i] = g_intern_string (domain);
    bindtextdomain (domain, folder);
    bind_textdomain_codeset (domain, "UTF-8");
  }
  usual = domains[own - languages];
}

/**
 * mado_language_speak:
 * @language: (nullable): what this thread's sentences come in from now on; %NULL: the program's own
 */
void
mado_language_speak (const MadoLanguage *language)
{
  spoken = language;
}

/**
 * mado_language_get_spoken:
 *
 * Returns: (transfer none) (nullable): what this thread was told to speak
 */
const MadoLanguage *
mado_language_get_spoken (void)
{
  return spoken;
}

const char *
mado_language_get_domain (void)
{
  const char *domain = spoken != NULL ? domains[spoken - languages] : NULL;

  return domain != NULL ? domain : usual;
}

/* RFC 9110, 12.4.2: ";q=0.5" among parameters nobody else has; without it, 1. */
static double
read_weight (const char *parameter)
{
  double weight;

  if (parameter == NULL)
    return 1;
  parameter += strspn (parameter, "; \t");
  if (g_ascii_strncasecmp (parameter, "q=", 2) != 0)
    return 1;
  weight = g_ascii_strtod (parameter + 2, NULL);

  return weight > 0 && weight <= 1 ? weight : 0;
}

/**
 * mado_language_choose:
 * @accept: (nullable): an Accept-Language header
 *
 * Of equals the first is taken. A "*" wants none of ours more than another, and is as nothing.
 *
 * Returns: (transfer none) (nullable): the one of ours that is wanted most; %NULL where none is asked for
 */
const MadoLanguage *
mado_language_choose (const char *accept)
{
  const MadoLanguage *best = NULL;
  double best_weight = 0;

  for (const char *rest = accept; rest != NULL && *rest != '\0'; rest += strspn (rest, ", \t")) {
    gsize n = strcspn (rest, ",");
    g_autofree char *range = g_strndup (rest, n);
    char *parameter = strchr (range, ';');
    double weight = read_weight (parameter);
    const MadoLanguage *language;

    if (parameter != NULL)
      *parameter = '\0';
    language = match (g_strstrip (range));
    if (language != NULL && weight > best_weight) {
      best = language;
      best_weight = weight;
    }
    rest += n;
  }

  return best;
}

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
