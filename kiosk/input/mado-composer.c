/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mado-composer.h"

#include <string.h>
#include "input/mado-kana.h"
#include "input/mado-kanji.h"

#define DEFAULT_LIMIT 128
#define MAX_CANDIDATES 60

struct _MadoComposer {
  GObject    parent;
  GString   *text;          /* without the reading */
  gsize      caret;         /* in bytes of the text; the reading stands here */
  GString   *reading;
  GString   *letters;       /* rōmaji that are no syllable yet */
  GString   *furigana;      /* of the text */
  gboolean   furigana_known;
  GPtrArray *candidates;    /* (nullable): of the reading, looked up when asked for */
  gboolean   converts;
  guint      limit;
  MadoBoard  board;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (MadoComposer, mado_composer, G_TYPE_OBJECT)

static void
changed (MadoComposer *self)
{
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wipe (GString *string)
{
  explicit_bzero (string->str, string->allocated_len);
  g_string_truncate (string, 0);
}

static void
wipe_and_free (GString *string)
{
  wipe (string);
  g_string_free (string, TRUE);
}

static void
mado_composer_finalize (GObject *object)
{
  MadoComposer *self = MADO_COMPOSER (object);

  wipe_and_free (self->text);
  wipe_and_free (self->reading);
  wipe_and_free (self->letters);
  wipe_and_free (self->furigana);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  G_OBJECT_CLASS (mado_composer_parent_class)->finalize (object);
}

static void
mado_composer_class_init (MadoComposerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_composer_finalize;

  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mado_composer_init (MadoComposer *self)
{
  self->text = g_string_new (NULL);
  self->reading = g_string_new (NULL);
  self->letters = g_string_new (NULL);
  self->furigana = g_string_new (NULL);
  self->furigana_known = TRUE;
  self->limit = DEFAULT_LIMIT;
}

MadoComposer *
mado_composer_new (void)
{
  return g_object_new (MADO_TYPE_COMPOSER, NULL);
}

static void
commit (MadoComposer *self, const char *text, const char *kana)
{
  if (self->caret == self->text->len)
    g_string_append (self->furigana, kana);
  else
    self->furigana_known = FALSE;   /* which kana belong to what stands around is not kept */
  g_string_insert (self->text, (gssize) self->caret, text);
  self->caret += strlen (text);
}

/* What the letters that are no syllable yet stand for if none follows. */
static const char *
pending (MadoComposer *self)
{
  if (!g_str_equal (self->letters->str, "n"))
    return self->letters->str;
  return self->board == MADO_BOARD_KATAKANA ? "ン" : "ん";
}

static void
commit_kana (MadoComposer *self)
{
  if (self->reading->len == 0)
    return;
  commit (self, self->reading->str, self->reading->str);
  wipe (self->reading);
}

static void
commit_reading (MadoComposer *self)
{
  commit_kana (self);
  if (self->letters->len > 0)
    commit (self, pending (self), pending (self));
  wipe (self->letters);
}

void
mado_composer_set_converts (MadoComposer *self, gboolean converts)
{
  self->converts = converts;
  if (!converts)
    commit_reading (self);
}

gboolean
mado_composer_get_converts (MadoComposer *self)
{
  return self->converts;
}

void
mado_composer_set_limit (MadoComposer *self, guint limit)
{
  self->limit = limit > 0 ? limit : DEFAULT_LIMIT;
}

void
mado_composer_set_board (MadoComposer *self, MadoBoard board)
{
  if (self->board == board)
    return;
  if (board != MADO_BOARD_KANA)
    commit_reading (self);
  self->board = board;
  changed (self);
}

MadoBoard
mado_composer_get_board (MadoComposer *self)
{
  return self->board;
}

char *
mado_composer_dup_value (MadoComposer *self)
{
  GString *value = g_string_new_len (self->text->str, (gssize) self->text->len);

  g_string_insert (value, (gssize) self->caret, pending (self));
  g_string_insert (value, (gssize) self->caret, self->reading->str);

  return g_string_free (value, FALSE);
}

void
mado_composer_set_value (MadoComposer *self, const char *value)
{
  wipe (self->text);
  wipe (self->reading);
  wipe (self->letters);
  wipe (self->furigana);
  g_string_append (self->text, value != NULL ? value : "");
  self->caret = self->text->len;
  self->furigana_known = self->text->len == 0;
  changed (self);
}

gboolean
mado_composer_is_empty (MadoComposer *self)
{
  return self->text->len == 0 && self->reading->len == 0 && self->letters->len == 0;
}

char *
mado_composer_dup_furigana (MadoComposer *self)
{
  return self->furigana_known ? g_strconcat (self->furigana->str, self->reading->str, NULL) : NULL;
}

const char *
mado_composer_get_reading (MadoComposer *self)
{
  return self->reading->str;
}

void
mado_composer_get_places (MadoComposer *self, guint *reading, guint *caret)
{
  *reading = (guint) g_utf8_strlen (self->text->str, (gssize) self->caret);
  *caret = *reading + (guint) (g_utf8_strlen (self->reading->str, -1) + g_utf8_strlen (pending (self), -1));
}

void
mado_composer_move_to (MadoComposer *self, guint character)
{
  glong length;

  commit_reading (self);
  length = g_utf8_strlen (self->text->str, -1);
  self->caret = (gsize) (g_utf8_offset_to_pointer (self->text->str, MIN (character, length)) - self->text->str);
  changed (self);
}

void
mado_composer_move (MadoComposer *self, int characters)
{
  guint reading, caret;

  mado_composer_get_places (self, &reading, &caret);
  mado_composer_move_to (self, (guint) MAX (0, (int) caret + characters));
}

static gboolean
has_room (MadoComposer *self)
{
  return g_utf8_strlen (self->text->str, -1) + g_utf8_strlen (self->reading->str, -1) < (glong) self->limit;
}

static void
take (MadoComposer *self, gunichar c)
{
  char own[7] = "";

  if (!has_room (self) || g_unichar_iscntrl (c))
    return;
  if (self->board == MADO_BOARD_KATAKANA)
    c = mado_kana_to_katakana (c);
  g_unichar_to_utf8 (c, own);
  if (self->converts && mado_kana_is_hiragana (c) && self->board == MADO_BOARD_KANA) {
    g_string_append (self->reading, own);
  } else {
    commit_kana (self);
    commit (self, own, own);
  }
}

void
mado_composer_type (MadoComposer *self, const char *text)
{
  if (self->letters->len > 0)
    commit_reading (self);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    take (self, g_utf8_get_char (p));
  changed (self);
}

void
mado_composer_type_letter (MadoComposer *self, gunichar letter)
{
  gboolean kana = self->board == MADO_BOARD_KANA || self->board == MADO_BOARD_KATAKANA;

  if (kana && letter < 128 && (g_ascii_isalpha ((char) letter) || self->letters->len > 0 || letter == '-')) {
    g_autofree char *syllables = mado_kana_read_letter (self->letters, letter);

    for (const char *p = syllables; *p != '\0'; p = g_utf8_next_char (p))
      take (self, g_utf8_get_char (p));
  } else {
    take (self, letter);
  }
  changed (self);
}

/* The last character before the caret, of the reading if there is one. */
static char *
last_character (MadoComposer *self, GString **where, gsize *end)
{
  *where = self->reading->len > 0 ? self->reading : self->text;
  *end = self->reading->len > 0 ? self->reading->len : self->caret;

  return *end > 0 ? g_utf8_find_prev_char ((*where)->str, (*where)->str + *end) : NULL;
}

/* The last kana of the text has become another one. */
static void
change_furigana (MadoComposer *self, const char *kana)
{
  char *end = self->furigana->str + self->furigana->len;
  char *last = g_utf8_find_prev_char (self->furigana->str, end);

  self->furigana_known = self->furigana_known && last != NULL && self->caret == self->text->len;
  if (!self->furigana_known)
    return;
  g_string_truncate (self->furigana, (gsize) (last - self->furigana->str));
  g_string_append (self->furigana, kana);
}

static gboolean
replace_last (MadoComposer *self, gunichar (*change) (gunichar))
{
  GString *where;
  gsize end, start;
  char *last = last_character (self, &where, &end), own[7] = "";
  gunichar other = last != NULL ? change (g_utf8_get_char (last)) : 0;

  if (other == 0)
    return FALSE;
  start = (gsize) (last - where->str);
  g_unichar_to_utf8 (other, own);
  g_string_erase (where, (gssize) start, (gssize) (end - start));
  g_string_insert (where, (gssize) start, own);
  if (where == self->text) {
    self->caret = start + strlen (own);
    change_furigana (self, own);
  }
  changed (self);

  return TRUE;
}

gboolean
mado_composer_voice (MadoComposer *self)
{
  return replace_last (self, mado_kana_voice);
}

gboolean
mado_composer_half_voice (MadoComposer *self)
{
  return replace_last (self, mado_kana_half_voice);
}

gboolean
mado_composer_make_small (MadoComposer *self)
{
  return replace_last (self, mado_kana_make_small);
}

gboolean
mado_composer_erase (MadoComposer *self)
{
  GString *where;
  gsize end, start;
  char *last;

  if (self->letters->len > 0) {
    g_string_truncate (self->letters, self->letters->len - 1);
    changed (self);
    return TRUE;
  }
  last = last_character (self, &where, &end);
  if (last == NULL)
    return FALSE;
  start = (gsize) (last - where->str);
  g_string_erase (where, (gssize) start, (gssize) (end - start));
  if (where == self->text) {
    self->caret = start;
    /* How many kana stood for it is not known; an empty field begins anew. */
    self->furigana_known = self->text->len == 0;
    g_string_truncate (self->furigana, 0);
  }
  changed (self);

  return TRUE;
}

gboolean
mado_composer_clear (MadoComposer *self)
{
  if (mado_composer_is_empty (self))
    return FALSE;
  mado_composer_set_value (self, NULL);

  return TRUE;
}

GPtrArray *
mado_composer_get_candidates (MadoComposer *self)
{
  if (self->candidates == NULL)
    self->candidates = mado_kanji_convert (self->reading->str, MAX_CANDIDATES);

  return self->candidates;
}

void
mado_composer_choose (MadoComposer *self, guint candidate)
{
  GPtrArray *candidates = mado_composer_get_candidates (self);

  g_return_if_fail (candidate < candidates->len);

  commit (self, g_ptr_array_index (candidates, candidate), self->reading->str);
  wipe (self->reading);
  wipe (self->letters);
  changed (self);
}

void
mado_composer_keep (MadoComposer *self)
{
  commit_reading (self);
  changed (self);
}
