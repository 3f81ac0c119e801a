/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a character is to the search. */
typedef enum {
  MADO_SCRIPT_NONE,      /* a space, a sign: parts what stands beside it */
  MADO_SCRIPT_KANJI,
  MADO_SCRIPT_KATAKANA,
  MADO_SCRIPT_HIRAGANA,
  MADO_SCRIPT_LETTER,    /* of an alphabet, and digits: words with spaces between them */
} MadoScript;

/* What joins words more often than it is part of one. */
static inline gboolean
mado_script_is_particle (gunichar c)
{
  switch (c) {
  case 0x304c:   /* が */
  case 0x3092:   /* を */
  case 0x306b:   /* に */
  case 0x306f:   /* は */
  case 0x306e:   /* の */
  case 0x3078:   /* へ */
    return TRUE;
  default:
    return FALSE;
  }
}

/* One character, folded as for a key (mado_fold_search()). */
typedef struct {
  gunichar   c;
  MadoScript script;
} MadoChar;

/*
 * One syllable as it is heard: kanji are read, long vowels and doubled consonants dropped, so that what sounds alike
 * is alike: 住民票, じゅうみんひょう, じゅみんひょう, jūminhyō. @from … @to are the characters it stands for.
 */
typedef struct {
  gunichar c;            /* 0: a gap */
  guint16  from, to;
} MadoSound;

/* A word of an alphabet, without its ending: "moving" and "moved" are "mov". */
typedef struct {
  char    stem[24];
  guint16 from, to;
} MadoWord;

/* A text taken apart, for an index and for a query alike. */
typedef struct {
  GArray *chars;         /* of MadoChar */
  GArray *sounds;        /* of MadoSound */
  GArray *words;         /* of MadoWord */
} MadoText;

/* @max: characters, the rest is passed over */
void mado_text_init  (MadoText *self, const char *text, guint max);
void mado_text_clear (MadoText *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoText, mado_text_clear)

/* Appends rōmaji as it is heard; FALSE, and nothing, if @word is none. */
gboolean mado_sound_append_romaji (GArray *sounds, const char *word, guint from, guint to);

G_END_DECLS
