/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/*
 * How the kanji of texts in plain Japanese (ja@easy) are read, for small kana above them. The list knows the words such
 * texts are made of and no others, each read as it is there: where it is silent, so is the page. Not for names.
 */

/**
 * MadoFurigana:
 * @start: of kanji that stand together, in bytes
 * @length: in bytes
 * @reading: (nullable): in hiragana, not terminated; %NULL if the list does not know them
 * @reading_length: in bytes
 */
typedef struct {
  gsize       start;
  gsize       length;
  const char *reading;
  gsize       reading_length;
} MadoFurigana;

/**
 * mado_furigana_find:
 * @text: in plain Japanese
 *
 * Returns: (transfer full) (element-type MadoFurigana): the kanji of @text, in their order
 */
MADO_EXPORT GArray *mado_furigana_find (const char *text);

G_END_DECLS
