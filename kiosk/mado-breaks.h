/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

/*
 * Where lines end. Japanese parts words with nothing, so that a line may end anywhere; people read phrases (文節),
 * and a heading cut within one is hard to read. A phrase ends at a space, after a mark, and where kana that close
 * a phrase are followed by the kanji, katakana or figures that open the next one.
 */

/* Where the phrase at the beginning of @text ends, the space after it included. */
const char    *mado_breaks_next (const char *text);
#define MADO_BREAKS_LONG 12   /* as long as a line of large words; more is no phrase */
/*
 * (transfer full): keeps whole what is no longer than @longest kanji. Longer phrases break as they always did; and
 * where a line is too short for one that is kept, it is still cut in a label that wraps characters.
 */
PangoAttrList *mado_breaks_keep (const char *text, guint longest);
