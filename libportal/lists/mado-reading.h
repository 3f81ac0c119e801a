/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lists/mado-list.h"

/*
 * How kanji are read, likely enough for a key to find things by; never for furigana. Gives how many bytes the longest
 * word of the list takes at @text, 0 where none begins there, and its reading in hiragana. @beside: another kanji
 * stands before it; one after it is seen.
 */
gsize mado_reading_find (const char *text, gboolean beside, MadoSlice *reading);

static inline gboolean
mado_reading_is_kanji (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x323af) || c == 0x3005;
}
