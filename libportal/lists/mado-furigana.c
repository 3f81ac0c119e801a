/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-furigana.h"

#include <string.h>
#include "lists/mado-list.h"
#include "lists/mado-reading.h"

typedef struct {
  MadoSlice   readings;   /* of the word's kanji, parted by '/' */
  const char *end;        /* of the word in the text */
} Match;

static gboolean
is_kanji_at (const char *text)
{
  return *text != '\0' && mado_reading_is_kanji (g_utf8_get_char (text));
}

static gboolean
is_kanji_before (const char *text, const char *at)
{
  const char *before = g_utf8_find_prev_char (text, at);

  return before != NULL && is_kanji_at (before);
}

/* A kanji alone is read in many ways, so that one known alone says nothing of it beside others. */
static gboolean
fits (const char *text, const char *from, const char *end)
{
  const char *only = NULL;

  for (const char *at = from; at < end; at = g_utf8_next_char (at)) {
    if (!is_kanji_at (at))
      continue;
    if (only != NULL)
      return TRUE;
    only = at;
  }

  return only != NULL && !is_kanji_before (text, only) && !is_kanji_at (g_utf8_next_char (only));
}

/* The longest word that begins with @first, and whose rest is in the text, whose word begins at @from, at @rest. */
static void
look_up (const char *text, const char *from, const char *first, const char *rest, Match *longest)
{
  g_autofree char *letter = g_strndup (first, (gsize) (g_utf8_next_char (first) - first));
  MadoSlice lines = mado_list_from (mado_list_get (MADO_LIST_FURIGANA), letter), line;
  gsize skipped = strlen (letter);

  while (mado_slice_line (&lines, &line) && g_str_has_prefix (line.text, letter)) {
    MadoSlice word = mado_slice_column (line, 0);
    const char *end = rest + word.length - skipped;

    if (strncmp (word.text + skipped, rest, word.length - skipped) == 0 && end > longest->end
        && fits (text, from, end))
      *longest = (Match) { mado_slice_column (line, 1), end };
  }
}

/* Counters: "2日" as it is, and "0日" for all other figures. Gives where the figures end. */
static const char *
look_up_counter (const char *text, const char *from, Match *longest)
{
  const char *end = from + strspn (from, "0123456789,");

  look_up (text, from, from, from + 1, longest);
  look_up (text, from, "0", end, longest);
  return end;
}

static void
add (GArray *found, const char *text, const char *from, const char *to, MadoSlice readings)
{
  for (const char *at = from; at < to; at = g_utf8_next_char (at)) {
    MadoFurigana piece = { (gsize) (at - text), 0, NULL, 0 };
    const char *end = at;
    MadoSlice reading;

    while (end < to && is_kanji_at (end))
      end = g_utf8_next_char (end);
    if (end == at)
      continue;
    piece.length = (gsize) (end - at);
    if (mado_slice_next (&readings, '/', &reading)) {
      piece.reading = reading.text;
      piece.reading_length = reading.length;
    }
    g_array_append_val (found, piece);
    at = g_utf8_prev_char (end);
  }
}

GArray *
mado_furigana_find (const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (MadoFurigana));

  for (const char *at = text, *next; *at != '\0'; at = next) {
    Match longest = { { NULL, 0 }, NULL };

    next = g_utf8_next_char (at);
    if (g_ascii_isdigit (*at))
      next = look_up_counter (text, at, &longest);
    else
      look_up (text, at, at, next, &longest);
    if (longest.end != NULL)
      next = longest.end;
    add (found, text, at, next, longest.readings);
  }

  return found;
}
