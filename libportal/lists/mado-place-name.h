/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "lists/mado-list.h"

/* An address line made ready to hold names against it. */
typedef struct {
  gunichar *text;      /* ends in 0 */
  gunichar *classes;   /* of each character: equal for those written one for the other (ヶ ケ が, 澤 沢) */
  guint     length;
} MadoTyped;

void     mado_typed_init  (MadoTyped *typed, const char *line);
void     mado_typed_clear (MadoTyped *typed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoTyped, mado_typed_clear)

guint    mado_typed_skip_spaces (const MadoTyped *typed, guint at);
/* Whether @word is written at @at, in any of its writings. */
gboolean mado_typed_has   (const MadoTyped *typed, guint at, const char *word);
/* The end of the number written at @at in digits or kanji; @at where there is none. */
guint    mado_typed_number (const MadoTyped *typed, guint at, guint *number);
/* Whether what follows may be numbers, or nothing. */
gboolean mado_typed_is_border (const MadoTyped *typed, guint at);
gboolean mado_typed_is_digit (const MadoTyped *typed, guint at);
/* "二十三" */
void     mado_kanji_number (guint number, GString *out);

/*
 * Where @name ends in the line if it is written at @at, else 0. @cost grows with what had to be forgiven: another
 * writing, 大字, 字 or ノ left out or put in, 町 left out, which costs most.
 */
#define MADO_PLACE_COST_TOWN 8
guint    mado_place_name_match (MadoSlice name, const MadoTyped *typed, guint at, guint *cost);
