/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/mado-typist.h"

/* Which keys each board has, and where: without a widget. */
typedef enum {
  MADO_KEY_TYPE, MADO_KEY_SPACE, MADO_KEY_ERASE, MADO_KEY_CLEAR, MADO_KEY_PREVIOUS, MADO_KEY_NEXT, MADO_KEY_UNKNOWN,
  MADO_KEY_FIRST_YEAR, MADO_KEY_VOICE, MADO_KEY_HALF_VOICE, MADO_KEY_SMALL, MADO_KEY_HIRAGANA, MADO_KEY_KATAKANA,
  MADO_KEY_LATIN, MADO_KEY_SHIFT, MADO_KEY_HALF,
} MadoKeyAct;

typedef struct {
  MadoKeyAct  act;
  const char *text;      /* what it types, or an English word for what it does */
  const char *icon;      /* (nullable) */
  gboolean    beside;    /* in the column beside the digits */
  const char *brief;     /* (nullable): the same in large words */
} MadoKey;

/* In a grid of columns and rows, from the top left. */
typedef struct {
  float column, row, columns;
  float n_columns, n_rows;
} MadoPlace;

/* Not asked for by a field but found out by the keyboard. */
#define MADO_KEYS_HAS_PREVIOUS (1 << 8)
#define MADO_KEYS_HAS_NEXT     (1 << 9)

typedef void (*MadoKeyFunc) (const MadoKey *key, const MadoPlace *place, gpointer data);

typedef enum {
  MADO_KEYS_NORMAL,
  MADO_KEYS_LARGE,
  MADO_KEYS_LARGE_WIDE,   /* fewer rows: a wide screen is low */
} MadoKeySize;

/* @half: 0 or 1, of a board that large keys part in two. */
void          mado_boards_lay_out (MadoBoard board, guint wishes, MadoKeySize size, guint half, MadoKeyFunc func,
                                   gpointer data);
GtkAllocation mado_place_in       (const MadoPlace *place, const MadoKey *key, MadoBoard board, int width,
                                   int height);
/* In the language of the moment. */
const char   *mado_key_get_words  (const MadoKey *key);
const char   *mado_key_get_brief  (const MadoKey *key);
