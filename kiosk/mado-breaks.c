/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-breaks.h"

#include <string.h>

#define MARKS   "、。，．！？・：；〜"
#define OPENERS "「『（【〈“"
#define CLOSERS "」』）】〉”"

static gboolean
is_one_of (gunichar c, const char *set)
{
  return g_utf8_strchr (set, -1, c) != NULL;
}

static gboolean
is_hiragana (gunichar c)
{
  return c >= 0x3041 && c <= 0x309f;
}

/* One kana alone may as well stand within a word (引っ越し, 届け出), unless it is a particle. */
static gboolean
closes_phrase (gunichar last, guint n_hiragana)
{
  return is_one_of (last, "をはがにでとのもへやな") || (n_hiragana > 1 && is_one_of (last, "てたるいくうらばずだ"));
}

static gboolean
opens_phrase (gunichar c)
{
  return !is_hiragana (c) && g_unichar_isalnum (c);
}

static gboolean
ends_between (gunichar before, gunichar after, guint n_hiragana)
{
  if (g_unichar_isspace (before))
    return !g_unichar_isspace (after);
  if (g_unichar_isspace (after) || is_one_of (after, MARKS CLOSERS))
    return FALSE;
  if (is_one_of (before, CLOSERS))
    return !is_hiragana (after);
  if (is_one_of (before, MARKS) || is_one_of (after, OPENERS))
    return !is_one_of (before, OPENERS);

  return is_hiragana (before) && closes_phrase (before, n_hiragana) && opens_phrase (after);
}

static gboolean
ends_with (const char *text, const char *at, const char *words)
{
  gsize n = strlen (words);

  return (gsize) (at - text) >= n && memcmp (at - n, words, n) == 0;
}

/* 「わからない・ときは」「決める・ためです」「たりる・ことが・あります」: nouns in kana, after a verb or an adjective */
static gboolean
is_noun (gunichar before, const char *after)
{
  return is_one_of (before, "いるたう")
         && (g_str_has_prefix (after, "とき") || g_str_has_prefix (after, "ため") || g_str_has_prefix (after, "ことが"));
}

/* 「ことが・ある」 */
static gboolean
is_there (const char *text, const char *at)
{
  return ends_with (text, at, "ことが") && g_str_has_prefix (at, "あ");
}

/* 「出るまで・お待ちください」 */
static gboolean
is_polite (gunichar before, const char *after)
{
  return is_one_of (before, "でをにと") && is_one_of (g_utf8_get_char (after), "おご")
         && opens_phrase (g_utf8_get_char (g_utf8_next_char (after)));
}

/* 「マイナンバー・カード」: too long for a narrow column */
static gboolean
is_card (gunichar before, const char *after)
{
  return before == 0x30fc && g_str_has_prefix (after, "カード");   /* ー */
}

/* 「もう一度・確かめて」: kana that look like an end, and kanji that do not */
static gboolean
is_within_again (const char *text, const char *at)
{
  return ends_with (text, at, "もう");
}

static gboolean
is_after_again (const char *text, const char *at)
{
  return ends_with (text, at, "もう一度") && opens_phrase (g_utf8_get_char (at));
}

const char *
mado_breaks_next (const char *text)
{
  gunichar before = 0;
  guint n_hiragana = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (before != 0 && !is_within_again (text, at)
        && (ends_between (before, c, n_hiragana) || is_noun (before, at) || is_there (text, at)
            || is_polite (before, at) || is_card (before, at) || is_after_again (text, at)))
      return at;
    n_hiragana = is_hiragana (c) ? n_hiragana + 1 : 0;
    before = c;
  }

  return text + strlen (text);
}

/* In tenths of a kanji, without the space at its end, which @end then leaves out. */
static guint
measure (const char *from, const char **end)
{
  guint width = 0;
  const char *last = from;

  for (const char *at = from; at < *end; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c))
      continue;
    width += g_unichar_iswide (c) ? 10 : 6;
    last = g_utf8_next_char (at);
  }
  *end = last;

  return width;
}

/* GTK merges attributes that touch and are equal, so that neighbours must not be. */
static void
keep_whole (PangoAttrList *list, guint nth, guint start, guint end)
{
  PangoAttribute *word = pango_attr_word_new ();

  word->start_index = start;
  word->end_index = end;
  ((PangoAttrInt *) word)->value = 1 + (int) (nth % 2);
  pango_attr_list_insert (list, word);
}

PangoAttrList *
mado_breaks_keep (const char *text, guint longest)
{
  PangoAttrList *list = pango_attr_list_new ();
  guint n = 0;

  for (const char *at = text; *at != '\0'; n++) {
    const char *next = mado_breaks_next (at), *end = next;

    if (measure (at, &end) <= 10 * longest)
      keep_whole (list, n, (guint) (at - text), (guint) (end - text));
    at = next;
  }

  return list;
}
