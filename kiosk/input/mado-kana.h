/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the keys か→が, は→ぱ and つ→っ make of the character before the caret; pressed again they take it back. */
gunichar mado_kana_voice       (gunichar c);   /* 0: nothing */
gunichar mado_kana_half_voice  (gunichar c);
gunichar mado_kana_make_small  (gunichar c);

gunichar mado_kana_to_katakana (gunichar c);   /* what is no hiragana stays */
gunichar mado_kana_to_hiragana (gunichar c);
gboolean mado_kana_is_hiragana (gunichar c);   /* ー too */

/*
 * Rōmaji from a keyboard of letters. @pending holds what is not a syllable yet; @letter is added to it, and what has
 * become kana is taken out and returned; so is, as it was typed, what can become none. (transfer full): "" while
 * nothing is.
 */
char    *mado_kana_read_letter (GString *pending, gunichar letter);
