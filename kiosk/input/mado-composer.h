/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/*
 * What is being typed into one field, without a widget: the text, the caret, and, where kana become kanji, the reading
 * under the caret with its candidates. Signal: `changed`.
 */
typedef enum {
  MADO_BOARD_KANA,     /* 50 sounds, hiragana */
  MADO_BOARD_KATAKANA,
  MADO_BOARD_LATIN,
  MADO_BOARD_DIGITS,
} MadoBoard;

#define MADO_TYPE_COMPOSER (mado_composer_get_type ())
G_DECLARE_FINAL_TYPE (MadoComposer, mado_composer, MADO, COMPOSER, GObject)

MadoComposer *mado_composer_new           (void);
/* Hiragana are a reading first, with kanji to choose from. */
void          mado_composer_set_converts  (MadoComposer *self, gboolean converts);
gboolean      mado_composer_get_converts  (MadoComposer *self);
/* In characters; what is too much is not taken. 0: 128. */
void          mado_composer_set_limit     (MadoComposer *self, guint limit);
void          mado_composer_set_board     (MadoComposer *self, MadoBoard board);
MadoBoard     mado_composer_get_board     (MadoComposer *self);

/* The whole as it would be filed now, a reading that was left as it is included. (transfer full) */
char         *mado_composer_dup_value     (MadoComposer *self);
void          mado_composer_set_value     (MadoComposer *self, const char *value);   /* (nullable): empty */
gboolean      mado_composer_is_empty      (MadoComposer *self);
/* The kana of all that was typed, (nullable) where that is not known; (transfer full). */
char         *mado_composer_dup_furigana  (MadoComposer *self);
/* Until the next change. "" without one. */
const char   *mado_composer_get_reading   (MadoComposer *self);
/* Where the reading begins and where the caret stands, in characters of the value. */
void          mado_composer_get_places    (MadoComposer *self, guint *reading, guint *caret);
void          mado_composer_move          (MadoComposer *self, int characters);
void          mado_composer_move_to       (MadoComposer *self, guint character);

/* Of a key or a scanner: any text. Letters become kana on the kana boards when they come from a keyboard. */
void          mado_composer_type          (MadoComposer *self, const char *text);
void          mado_composer_type_letter   (MadoComposer *self, gunichar letter);
/* Each: FALSE if there was nothing to do it to. */
gboolean      mado_composer_voice         (MadoComposer *self);   /* か→が */
gboolean      mado_composer_half_voice    (MadoComposer *self);   /* は→ぱ */
gboolean      mado_composer_make_small    (MadoComposer *self);   /* つ→っ */
gboolean      mado_composer_erase         (MadoComposer *self);   /* 1字消す */
gboolean      mado_composer_clear         (MadoComposer *self);   /* 全部消す */

/* (transfer none) (element-type utf8): for the reading, the likeliest first; until the next change. */
GPtrArray    *mado_composer_get_candidates (MadoComposer *self);
void          mado_composer_choose         (MadoComposer *self, guint candidate);
void          mado_composer_keep           (MadoComposer *self);   /* ひらがなのまま */
