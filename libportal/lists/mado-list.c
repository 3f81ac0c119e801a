/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-list.h"

#include <string.h>

/* Of mado-list-data.S. */
extern const char mado_list_banks[], mado_list_banks_end[], mado_list_furigana[],
                  mado_list_furigana_end[], mado_list_holidays[], mado_list_holidays_end[],
                  mado_list_offices[], mado_list_offices_end[], mado_list_readings[], mado_list_readings_end[],
                  mado_list_towns[], mado_list_towns_end[];

MadoSlice
mado_list_get (MadoList list)
{
  static const char *const bounds[][2] = {
    [MADO_LIST_BANKS] = { mado_list_banks, mado_list_banks_end },
    [MADO_LIST_FURIGANA] = { mado_list_furigana, mado_list_furigana_end },
    [MADO_LIST_HOLIDAYS] = { mado_list_holidays, mado_list_holidays_end },
    [MADO_LIST_OFFICES] = { mado_list_offices, mado_list_offices_end },
    [MADO_LIST_READINGS] = { mado_list_readings, mado_list_readings_end },
    [MADO_LIST_TOWNS] = { mado_list_towns, mado_list_towns_end },
  };

  return (MadoSlice) { bounds[list][0], (gsize) (bounds[list][1] - bounds[list][0]) };
}

gboolean
mado_slice_next (MadoSlice *rest, char separator, MadoSlice *piece)
{
  const char *end;

  if (rest->length == 0)
    return FALSE;
  end = memchr (rest->text, separator, rest->length);
  piece->text = rest->text;
  piece->length = end != NULL ? (gsize) (end - rest->text) : rest->length;
  rest->text += piece->length + (end != NULL);
  rest->length -= piece->length + (end != NULL);

  return TRUE;
}

gboolean
mado_slice_line (MadoSlice *rest, MadoSlice *line)
{
  return mado_slice_next (rest, '\n', line);
}

MadoSlice
mado_slice_column (MadoSlice line, guint column)
{
  MadoSlice piece;

  while (mado_slice_next (&line, '\t', &piece))
    if (column-- == 0)
      return piece;

  return (MadoSlice) { "", 0 };
}

char *
mado_slice_dup (MadoSlice slice)
{
  return g_strndup (slice.text, slice.length);
}

gboolean
mado_slice_equals (MadoSlice slice, const char *text)
{
  return strlen (text) == slice.length && memcmp (slice.text, text, slice.length) == 0;
}

/* Whether the line's first column comes before the key. */
static gboolean
is_before (const char *line, const char *end, const char *key)
{
  gsize length = strlen (key), left = (gsize) (end - line);
  int order = memcmp (line, key, MIN (length, left));

  return order < 0 || (order == 0 && left < length);
}

MadoSlice
mado_list_from (MadoSlice list, const char *key)
{
  const char *end = list.text + list.length, *low = list.text, *high = end;

  while (low < high) {
    const char *middle = low + (high - low) / 2, *next;

    while (middle > low && middle[-1] != '\n')
      middle--;
    next = memchr (middle, '\n', (gsize) (end - middle));
    next = next != NULL ? next + 1 : end;
    if (is_before (middle, next, key))
      low = next;
    else
      high = middle;
  }

  return (MadoSlice) { low, (gsize) (end - low) };
}
