/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "mado-export.h"

G_BEGIN_DECLS

/*
 * One value, however it was typed: nobody is ever told which width to use. What a person gives as their name is
 * kept exactly; only keys for searching are folded that far. All take NULL as "", return a new string, and leave
 * alone what they have already folded.
 */

/* Names and any line of text: control characters dropped, runs of spaces made one, none at the ends; no more. */
MADO_EXPORT char *mado_fold_line        (const char *text);

/* Full-width letters, digits and signs become ASCII, half-width kana full-width and composed, U+3000 a space. */
MADO_EXPORT char *mado_fold_width       (const char *text);

/* Numbers, card and case codes: width folded, upper case, every space and hyphen dropped. */
MADO_EXPORT char *mado_fold_code        (const char *text);

/* Furigana: full-width katakana, from hiragana and half width; what stands for a long mark becomes ー. */
MADO_EXPORT char *mado_fold_kana        (const char *text);

/* Addresses: width folded; between numbers every dash, minus and long mark becomes "-", within kana it stays ー. */
MADO_EXPORT char *mado_fold_address     (const char *text);

/* Telephone: digits, +81 becomes 0; other countries keep their +. What is no number is left for a check to see. */
MADO_EXPORT char *mado_fold_phone       (const char *text);

/* "〒２５１８６０１" → "251-8601"; what has not seven digits is only folded. */
MADO_EXPORT char *mado_fold_postal_code (const char *text);

/*
 * A key to find things by, never shown: NFKC, no case, no accents on Latin letters, hiragana only, small kana large,
 * ぢ づ ゐ ゑ as they sound, 々 written out, dashes and long marks as above, no spaces, no variation selectors, and
 * each kanji by the form the shrink map gives it (髙 → 高, 邉 → 辺). A blind index is made from it: a store has to be
 * indexed anew when the map changes.
 */
MADO_EXPORT char *mado_fold_search      (const char *text);
/* A name to compare with another, never shown: width, spaces and hyphens folded, each kanji by the form the shrink map
 * gives it. Kana and accents stay: ヒロミ and ひろみ may be two people. */
MADO_EXPORT char *mado_fold_name        (const char *text);
/* The same of one character that NFKC and case have been folded of already, for those who take a text apart. */
MADO_EXPORT gunichar mado_fold_search_char (gunichar c);

/**
 * MadoShrink:
 * @c: a character
 *
 * Returns: the character it shares a key with, or @c itself
 */
typedef gunichar (*MadoShrink) (gunichar c);

/**
 * mado_fold_set_shrink:
 * @shrink: (nullable) (scope forever): a map of name kanji, or %NULL for the built-in one
 *
 * To be called once, at the start.
 */
MADO_EXPORT void     mado_fold_set_shrink     (MadoShrink shrink);
MADO_EXPORT gunichar mado_fold_shrink_builtin (gunichar c);

G_END_DECLS
