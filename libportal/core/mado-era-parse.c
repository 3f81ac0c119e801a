/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-era.h"

#include <glib/gi18n-lib.h>

#include "core/mado-fold.h"

#define NOWHERE -1

/* What was found in a line: at most three numbers, and which of them the words make year and month. */
typedef struct {
  const char    *p;
  const MadoEra *era;
  int            numbers[3];
  guint          digits[3];      /* as written in figures; 0 where in words */
  guint          n;
  int            year_at, month_at;
} Line;

static int
refuse (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_INVALID, "", "date",
                     _("Please write the date with its year first, like 令和8年11月20日 or 2026-11-20"));

  return MADO_DATE_NONE;
}

static gboolean
skip (Line *self, const char *word)
{
  gsize n = strlen (word);

  if (g_ascii_strncasecmp (self->p, word, n) != 0)
    return FALSE;
  self->p += n;

  return TRUE;
}

static gboolean
add_number (Line *self, int number, guint digits)
{
  if (self->n == G_N_ELEMENTS (self->numbers))
    return FALSE;
  self->numbers[self->n] = number;
  self->digits[self->n] = digits;
  self->n++;

  return TRUE;
}

static gboolean
read_figures (Line *self)
{
  int number = 0;
  guint digits = 0;

  for (; g_ascii_isdigit (*self->p) && digits < 9; self->p++, digits++)
    number = number * 10 + (*self->p - '0');

  return digits < 9 && add_number (self, number, digits);
}

/* 〇 to 九 with their formal variants, then 十 百 千 as 10, 100, 1000; -1 for what is no number. */
static int
kanji_value (gunichar c)
{
  static const struct { const char *kanji; int value; } table[] = {
    { "〇零", 0 }, { "一壱壹", 1 }, { "二弐貳", 2 }, { "三参參", 3 }, { "四", 4 }, { "五伍", 5 }, { "六", 6 }, { "七", 7 },
    { "八", 8 }, { "九", 9 }, { "十拾", 10 }, { "百", 100 }, { "千", 1000 },
  };

  for (guint i = 0; c != 0 && i < G_N_ELEMENTS (table); i++) {
    if (g_utf8_strchr (table[i].kanji, -1, c) != NULL)
      return table[i].value;
  }

  return NOWHERE;
}

/* 三十一 as well as 二〇二六. */
static gboolean
read_kanji (Line *self)
{
  int sum = 0, pending = 0, value;
  guint count = 0;

  for (; count < 9 && (value = kanji_value (g_utf8_get_char (self->p))) >= 0; count++) {
    if (value >= 10) {
      sum += value * MAX (pending, 1);
      pending = 0;
    } else {
      pending = pending * 10 + value;
    }
    self->p = g_utf8_next_char (self->p);
  }

  return count < 9 && add_number (self, sum + pending, sum > 0 ? 0 : count);
}

static const char *
latin_word_end (const char *word)
{
  const char *end = word;

  while (g_unichar_isalpha (g_utf8_get_char (end)) && g_utf8_get_char (end) < 0x250)
    end = g_utf8_next_char (end);

  return end;
}

static gboolean
is_latin_name (const char *name, const char *word, gsize n)
{
  g_autofree char *typed = g_strndup (word, n);
  g_autofree char *key = mado_fold_search (typed), *wanted = mado_fold_search (name);

  return g_str_equal (key, wanted);
}

/* 令和, 令, Reiwa or R. */
static const MadoEra *
read_era (Line *self)
{
  guint n;
  const MadoEra *list = mado_era_list (&n);
  gsize word = (gsize) (latin_word_end (self->p) - self->p);

  for (guint i = 0; i < n; i++) {
    const char *second = g_utf8_next_char (list[i].name);
    g_autofree char *first = g_strndup (list[i].name, (gsize) (second - list[i].name));

    if (skip (self, list[i].name) || skip (self, first))
      return &list[i];
    if ((word == 1 && g_ascii_toupper (*self->p) == list[i].letter)
        || (word > 1 && is_latin_name (list[i].latin, self->p, word))) {
      self->p += word;
      return &list[i];
    }
  }

  return NULL;
}

/* "November", "Nov"; 0 if it is none. */
static int
read_month_name (Line *self)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  gsize n = (gsize) (latin_word_end (self->p) - self->p);

  for (int month = 1; n >= 3 && month <= 12; month++) {
    if (g_ascii_strncasecmp (self->p, names + 3 * (month - 1), 3) == 0) {
      self->p += n;
      return month;
    }
  }

  return 0;
}

/* A weekday, or the year in the other system. */
static gboolean
skip_parenthesis (Line *self)
{
  const char *end = strchr (self->p, ')');

  if (*self->p != '(' || end == NULL)
    return FALSE;
  self->p = end + 1;

  return TRUE;
}

static gboolean
skip_separator (Line *self)
{
  static const char *const separators[] = { " ", ",", ".", "/", "-", "ー", "・", "、", "年", "月", "日", "西暦", "生まれ", "生" };

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++) {
    if (skip (self, separators[i]))
      return TRUE;
  }

  return skip_parenthesis (self);
}

static gboolean
read_word (Line *self)
{
  int month;

  if (self->era == NULL && (self->era = read_era (self)) != NULL) {
    self->year_at = (int) self->n;
    return TRUE;
  }
  if (self->era != NULL && self->year_at == (int) self->n && skip (self, "元"))
    return add_number (self, 1, 0);
  month = read_month_name (self);
  if (month == 0 || self->month_at != NOWHERE)
    return FALSE;
  self->month_at = (int) self->n;

  return add_number (self, month, 0);
}

static gboolean
read_line (Line *self)
{
  while (*self->p != '\0') {
    gboolean ok;

    if (skip_separator (self))
      continue;
    if (g_ascii_isdigit (*self->p))
      ok = read_figures (self);
    else if (kanji_value (g_utf8_get_char (self->p)) >= 0)
      ok = read_kanji (self);
    else
      ok = read_word (self);
    if (!ok)
      return FALSE;
  }

  return TRUE;
}

/* 20261120, or with an era 081120. */
static void
split_figures (Line *self)
{
  int number = self->numbers[0];

  if (self->n != 1 || self->digits[0] != (self->era != NULL ? 6 : 8))
    return;
  self->n = 3;
  self->numbers[0] = number / 10000;
  self->digits[0] -= 4;
  self->numbers[1] = number / 100 % 100;
  self->numbers[2] = number % 100;
}

/* Which of the numbers is the year: after the era, or the one of four figures. */
static void
find_year (Line *self)
{
  for (int i = 0; self->year_at == NOWHERE && i < (int) self->n; i++) {
    if (self->digits[i] == 4 || self->numbers[i] >= 1000)
      self->year_at = i;
  }
}

/**
 * mado_era_parse:
 * @typed: (nullable): a date as somebody typed it
 *
 * Returns: the day, or %MADO_DATE_NONE
 */
int
mado_era_parse (const char *typed, GError **error)
{
  g_autofree char *address = mado_fold_address (typed);
  g_autofree char *folded = g_utf8_normalize (address, -1, G_NORMALIZE_NFKC);
  Line line = { .p = folded, .year_at = NOWHERE, .month_at = NOWHERE };
  int year, month, day;

  if (!read_line (&line))
    return refuse (error);
  split_figures (&line);
  find_year (&line);
  if (line.month_at == NOWHERE && line.year_at == 0)
    line.month_at = 1;
  if (line.n != 3 || line.year_at == NOWHERE || line.year_at == 3 || line.month_at == NOWHERE
      || line.year_at == line.month_at)
    return refuse (error);

  year = line.numbers[line.year_at];
  month = line.numbers[line.month_at];
  day = line.numbers[3 - line.year_at - line.month_at];

  return line.era != NULL ? mado_era_to_date (line.era, year, month, day, error)
                          : mado_era_western_to_date (year, month, day, error);
}
