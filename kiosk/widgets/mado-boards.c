/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-boards.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GAP 8
#define WIDE_GAP 6           /* on a wide screen the keyboard is low */
#define WIDE_HEIGHT 516
#define DIGITS_GAP 12
#define SIDE_SHARE (312 / 984.0f)   /* the column beside the digits */
#define SIDE_GAP 24

/* From right to left, as in school; 「　」 is no key. */
static const char *const sounds[] = { "あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの",
                                      "はひふへほ", "まみむめも", "や　ゆ　よ", "らりるれろ", "わをんー・" };
static const char *const letters[] = { "1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm.@_" };
static const char *const large_letters[2][5] = {
  { "abcde", "fghij", "klmno", "pqrst", "uvwxy" },
  { "z1234", "56789", "0-.@_", "+/'&,", "():#!" },
};

static const char *const wide_letters[2][3] = {
  { "1234567890", "qwertyuiop", "asdfghjkl-" },
  { "zxcvbnm.@_", "+/'&,():#!", "" },
};

static const MadoKey erase = { MADO_KEY_ERASE, N_("Delete one"), "bs" };
static const MadoKey voice = { MADO_KEY_VOICE, "か→が", .brief = "→が" };
static const MadoKey half_voice = { MADO_KEY_HALF_VOICE, "は→ぱ", .brief = "→ぱ" };
static const MadoKey small = { MADO_KEY_SMALL, "つ→っ", .brief = "→っ" };
static const MadoKey katakana = { MADO_KEY_KATAKANA, "カナ" }, hiragana = { MADO_KEY_HIRAGANA, "かな" };
static const MadoKey latin = { MADO_KEY_LATIN, N_("ABC") }, space = { MADO_KEY_SPACE, N_("Space") };
static const MadoKey shift = { MADO_KEY_SHIFT, N_("Capital"), .brief = "Aa" };
static const MadoKey later_sounds = { MADO_KEY_HALF, "は–わ" }, earlier_sounds = { MADO_KEY_HALF, "あ–な" };
static const MadoKey last_sounds = { MADO_KEY_HALF, "ま–わ" }, first_sounds = { MADO_KEY_HALF, "あ–は" };
static const MadoKey later_letters = { MADO_KEY_HALF, "z–@" }, earlier_letters = { MADO_KEY_HALF, "a–y" };
static const MadoKey previous = { MADO_KEY_PREVIOUS, N_("Field before"), NULL, TRUE };
static const MadoKey next = { MADO_KEY_NEXT, N_("Next field"), NULL, TRUE };
static const MadoKey clear = { MADO_KEY_CLEAR, N_("Delete all"), NULL, TRUE };
static const MadoKey unknown = { MADO_KEY_UNKNOWN, N_("I don’t know"), "q", TRUE };
static const MadoKey first_year = { MADO_KEY_FIRST_YEAR, N_("Year one") };

typedef struct {
  MadoKeyFunc func;
  gpointer    data;
  float       n_columns, n_rows;
  float       column, row;
} Pen;

static void
put (Pen *pen, const MadoKey *key, float column, float row, float columns)
{
  const MadoPlace place = { column, row, columns, pen->n_columns, pen->n_rows };

  pen->func (key, &place, pen->data);
}

static const MadoKey *
character_key (const char *character, gboolean as_katakana)
{
  static GHashTable *keys;
  gunichar c = g_utf8_get_char (character);
  MadoKey *key;

  if (as_katakana && c >= 0x3041 && c <= 0x3096)
    c += 0x60;
  if (keys == NULL)
    keys = g_hash_table_new (NULL, NULL);
  key = g_hash_table_lookup (keys, GUINT_TO_POINTER (c));
  if (key == NULL) {
    char text[7] = "";

    g_unichar_to_utf8 (c, text);
    key = g_new0 (MadoKey, 1);
    key->text = g_intern_string (text);
    g_hash_table_insert (keys, GUINT_TO_POINTER (c), key);
  }

  return key;
}

static void
put_characters (Pen *pen, const char *characters, gboolean down, gboolean as_katakana)
{
  for (const char *p = characters; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_utf8_get_char (p) != 0x3000)
      put (pen, character_key (p, as_katakana), pen->column, pen->row, 1);
    if (down)
      pen->row++;
    else
      pen->column++;
  }
}

static void
put_row (Pen *pen, float row, const MadoKey *const *keys, const float *widths, guint n)
{
  float column = 0;

  for (guint i = 0; i < n; i++) {
    put (pen, keys[i], column, row, widths[i]);
    column += widths[i];
  }
}

static void
lay_out_kana (Pen *pen, MadoBoard board)
{
  gboolean as_katakana = board == MADO_BOARD_KATAKANA;
  const MadoKey *keys[] = { &voice, &half_voice, &small, as_katakana ? &hiragana : &katakana, &latin, &space, &erase };
  const float widths[] = { 1.4, 1.4, 1.4, 1.19, 1.19, 1.19, 2.23 };

  pen->n_columns = 10;
  pen->n_rows = 6;
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++) {
    pen->column = 9 - i;
    pen->row = 0;
    put_characters (pen, sounds[i], TRUE, as_katakana);
  }
  put_row (pen, 5, keys, widths, G_N_ELEMENTS (keys));
}

/* Five columns of sounds at a time, and one of what is needed most. */
static void
lay_out_large_kana (Pen *pen, MadoBoard board, guint half)
{
  gboolean as_katakana = board == MADO_BOARD_KATAKANA;

  pen->n_columns = pen->n_rows = 6;
  for (guint i = 0; i < 5; i++) {
    pen->column = 5 - i;
    pen->row = 0;
    put_characters (pen, sounds[half * 5 + i], TRUE, as_katakana);
  }
  put (pen, half ? &earlier_sounds : &later_sounds, 0, 0, 1);
  put (pen, &voice, 0, 1, 1);
  put (pen, &half_voice, 0, 2, 1);
  put (pen, &small, 0, 3, 1);
  put (pen, as_katakana ? &hiragana : &katakana, 0, 4, 1);
  put (pen, &latin, 0, 5, 1.5);
  put (pen, &space, 1.5, 5, 1.5);
  put (pen, &erase, 3, 5, 3);
}

/* Two lines of sounds in a row, three rows at a time, and a row of what else is needed; other letters stand where the
 * sounds have left room. */
static void
lay_out_wide_kana (Pen *pen, MadoBoard board, guint half)
{
  const MadoKey *others[] = { board == MADO_BOARD_KATAKANA ? &hiragana : &katakana, &latin };
  const MadoKey *keys[] = { half ? &first_sounds : &last_sounds, &voice, &half_voice, &small, &space, &erase };
  const float widths[] = { 1.55, 1.25, 1.25, 1.25, 1.85, 2.85 };
  gboolean as_katakana = board == MADO_BOARD_KATAKANA;

  pen->n_columns = 10;
  pen->n_rows = 4;
  for (guint i = 6 * half; i < MIN (6 * half + 6, G_N_ELEMENTS (sounds)); i++) {
    pen->column = i % 2 * 5;
    pen->row = i % 6 / 2;
    put_characters (pen, sounds[i], FALSE, as_katakana);
  }
  if (half)
    put_row (pen, 2, others, (const float[]) { 2.5, 2.5 }, G_N_ELEMENTS (others));
  put_row (pen, 3, keys, widths, G_N_ELEMENTS (keys));
}

static void
lay_out_wide_latin (Pen *pen, guint wishes, guint half)
{
  const MadoKey *keys[] = { half ? &earlier_letters : &later_letters, &shift, &space, &erase, &hiragana };
  gboolean kana = !(wishes & MADO_KEYS_LATIN);
  const float widths[] = { kana ? 1.5 : 2, kana ? 1.4 : 2, kana ? 2.3 : 3, 3, 1.8 };

  pen->n_columns = 10;
  pen->n_rows = 4;
  for (guint i = 0; i < G_N_ELEMENTS (wide_letters[half]); i++) {
    pen->column = 0;
    pen->row = i;
    put_characters (pen, wide_letters[half][i], FALSE, FALSE);
  }
  put_row (pen, 3, keys, widths, kana ? 5 : 4);
}

static void
lay_out_latin (Pen *pen, guint wishes)
{
  pen->n_columns = 10;
  pen->n_rows = 5;
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    pen->column = 0;
    pen->row = i;
    put_characters (pen, letters[i], FALSE, FALSE);
  }
  if (wishes & MADO_KEYS_LATIN) {
    const MadoKey *keys[] = { &shift, &space, &erase };

    put_row (pen, 4, keys, (const float[]) { 3, 4, 3 }, G_N_ELEMENTS (keys));
  } else {
    const MadoKey *keys[] = { &hiragana, &shift, &space, &erase };

    put_row (pen, 4, keys, (const float[]) { 2, 2.5, 3, 2.5 }, G_N_ELEMENTS (keys));
  }
}

static void
lay_out_large_latin (Pen *pen, guint wishes, guint half)
{
  pen->n_columns = pen->n_rows = 6;
  for (guint i = 0; i < 5; i++) {
    pen->column = 0;
    pen->row = i;
    put_characters (pen, large_letters[half][i], FALSE, FALSE);
  }
  put (pen, half ? &earlier_letters : &later_letters, 5, 0, 1);
  put (pen, &shift, 5, 1, 1);
  if (!(wishes & MADO_KEYS_LATIN))
    put (pen, &hiragana, 5, 2, 1);
  put (pen, &space, 0, 5, 3);
  put (pen, &erase, 3, 5, 3);
}

static void
lay_out_digits (Pen *pen, guint wishes)
{
  static const char *const rows[] = { "123", "456", "789" };
  float side = 0;

  pen->n_columns = 3;
  pen->n_rows = 4;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    pen->column = 0;
    pen->row = i;
    put_characters (pen, rows[i], FALSE, FALSE);
  }
  if (wishes & MADO_KEYS_FIRST_YEAR)
    put (pen, &first_year, 0, 3, 1);
  put (pen, character_key ("0", FALSE), 1, 3, 1);
  put (pen, &erase, 2, 3, 1);
  if (wishes & MADO_KEYS_HAS_PREVIOUS)
    put (pen, &previous, 0, side++, 1);
  if (wishes & MADO_KEYS_HAS_NEXT)
    put (pen, &next, 0, side++, 1);
  if (wishes & MADO_KEYS_CLEAR)
    put (pen, &clear, 0, side++, 1);
  if (wishes & MADO_KEYS_UNKNOWN)
    put (pen, &unknown, 0, side++, 1);
}

static void
lay_out_letters (Pen *pen, guint wishes, MadoKeySize size, guint half)
{
  if (size == MADO_KEYS_LARGE_WIDE)
    lay_out_wide_latin (pen, wishes, half);
  else if (size == MADO_KEYS_LARGE)
    lay_out_large_latin (pen, wishes, half);
  else
    lay_out_latin (pen, wishes);
}

static void
lay_out_sounds (Pen *pen, MadoBoard board, MadoKeySize size, guint half)
{
  if (size == MADO_KEYS_LARGE_WIDE)
    lay_out_wide_kana (pen, board, half);
  else if (size == MADO_KEYS_LARGE)
    lay_out_large_kana (pen, board, half);
  else
    lay_out_kana (pen, board);
}

void
mado_boards_lay_out (MadoBoard board, guint wishes, MadoKeySize size, guint half, MadoKeyFunc func, gpointer data)
{
  Pen pen = { func, data };

  if (board == MADO_BOARD_DIGITS)
    lay_out_digits (&pen, wishes);
  else if (board == MADO_BOARD_LATIN)
    lay_out_letters (&pen, wishes, size, half);
  else
    lay_out_sounds (&pen, board, size, half);
}

GtkAllocation
mado_place_in (const MadoPlace *place, const MadoKey *key, MadoBoard board, int width, int height)
{
  int gap = board == MADO_BOARD_DIGITS ? DIGITS_GAP : height > WIDE_HEIGHT ? GAP : WIDE_GAP;
  float side = width * SIDE_SHARE, left = board == MADO_BOARD_DIGITS && !key->beside ? side + SIDE_GAP : 0;
  float column = key->beside ? side + gap : (width - left + gap) / place->n_columns;
  float row = (height + gap) / place->n_rows;

  return (GtkAllocation) { (int) (left + place->column * column + 0.5), (int) (place->row * row + 0.5),
                           (int) (place->columns * column - gap), (int) (row - gap) };
}

const char *
mado_key_get_words (const MadoKey *key)
{
  return key->act == MADO_KEY_TYPE ? key->text : _(key->text);
}

const char *
mado_key_get_brief (const MadoKey *key)
{
  return key->brief != NULL ? key->brief : mado_key_get_words (key);
}
