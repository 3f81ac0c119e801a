/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-reading.h"

#include <string.h>

#define FIRST 0x4e00
#define LAST  0x9fff

/* Where the words that begin with each kanji stand in the list. */
static guint32 *
make_starts (void)
{
  MadoSlice list = mado_list_get (MADO_LIST_READINGS), rest = list, line;
  guint32 *starts = g_new (guint32, LAST - FIRST + 2);
  gunichar next = FIRST;

  while (mado_slice_line (&rest, &line)) {
    gunichar c = g_utf8_get_char (line.text);

    for (; next <= MIN (c, LAST + 1); next++)
      starts[next - FIRST] = (guint32) (line.text - list.text);
  }
  for (; next <= LAST + 1; next++)
    starts[next - FIRST] = (guint32) list.length;

  return starts;
}

static MadoSlice
get_words (gunichar c)
{
  static gsize once;
  static guint32 *starts;
  MadoSlice list = mado_list_get (MADO_LIST_READINGS);

  if (c < FIRST || c > LAST)
    return (MadoSlice) { "", 0 };
  if (g_once_init_enter (&once)) {
    starts = make_starts ();
    g_once_init_leave (&once, 1);
  }

  return (MadoSlice) { list.text + starts[c - FIRST], starts[c - FIRST + 1] - starts[c - FIRST] };
}

gsize
mado_reading_find (const char *text, gboolean beside, MadoSlice *reading)
{
  MadoSlice words = get_words (g_utf8_get_char (text)), line, longest = { NULL, 0 };
  gsize length = 0;

  while (mado_slice_line (&words, &line)) {
    MadoSlice word = mado_slice_column (line, 0);

    if (word.length > length && strncmp (word.text, text, word.length) == 0) {
      longest = line;
      length = word.length;
    }
  }
  if (length == 0)
    return 0;
  beside = g_utf8_next_char (text) == text + length
           && (beside || mado_reading_is_kanji (g_utf8_get_char (text + length)));
  *reading = mado_slice_column (longest, beside ? 2 : 1);
  if (reading->length == 0)
    *reading = mado_slice_column (longest, 1);

  return length;
}
