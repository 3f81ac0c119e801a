/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/mado-keyboard.h"

#include <glib/gi18n-lib.h>
#include "mado-theme.h"
#include "mado-words.h"
#include "widgets/mado-boards.h"
#include "widgets/mado-button.h"

#define BESIDE_BREAKS 5         /* a line of large words beside the digits */
#define REPEAT_GUARD_US 60000   /* the same key sooner than this is a trembling finger */

typedef struct {
  GtkWidget     *button;
  const MadoKey *key;
  MadoPlace      place;
} Key;

struct _MadoKeyboard {
  GtkWidget    parent;
  MadoTypist  *typist;        /* (nullable) */
  MadoBoard    board;
  gboolean     shifted;       /* capitals */
  guint        half;          /* of a board that large keys part in two */
  GArray      *keys;
  char        *shown;         /* (nullable): which keys these are */
  guint        turned;        /* source: another shape of the screen wants other keys */
  MadoKeyAct   last_act;
  const char  *last_text;
  gint64       last_time;
};

G_DEFINE_TYPE (MadoKeyboard, mado_keyboard, GTK_TYPE_WIDGET)

static void rebuild (MadoKeyboard *self);

static gboolean
is_trembling (MadoKeyboard *self, const MadoKey *key)
{
  gint64 now = g_get_monotonic_time ();
  gboolean same = key->act == self->last_act && key->text == self->last_text;
  gboolean trembling = same && now - self->last_time < REPEAT_GUARD_US;

  self->last_act = key->act;
  self->last_text = key->text;
  self->last_time = now;

  return trembling;
}

static void
set_board (MadoKeyboard *self, MadoBoard board)
{
  MadoComposer *composer = self->typist != NULL ? mado_typist_get_composer (self->typist) : NULL;

  self->board = board;
  self->half = 0;
  self->shifted = FALSE;
  if (composer != NULL)
    mado_composer_set_board (composer, board);
  rebuild (self);
}

static void
go_to_neighbour (MadoKeyboard *self, int direction)
{
  MadoTypist *other = mado_typist_neighbour (self->typist, direction);

  if (other != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (other));
}

static void
type (MadoKeyboard *self, const char *text)
{
  g_autofree char *capital = self->shifted ? g_utf8_strup (text, -1) : NULL;

  mado_typist_type (self->typist, capital != NULL ? capital : text);
  if (self->shifted) {        /* one capital, as on a telephone */
    self->shifted = FALSE;
    rebuild (self);
  }
}

static void
act_on_composer (MadoKeyboard *self, MadoKeyAct act)
{
  MadoComposer *composer = mado_typist_get_composer (self->typist);

  if (composer == NULL)
    return;
  if (act == MADO_KEY_VOICE)
    mado_composer_voice (composer);
  else if (act == MADO_KEY_HALF_VOICE)
    mado_composer_half_voice (composer);
  else
    mado_composer_make_small (composer);
}

static void
press (MadoKeyboard *self, const MadoKey *key)
{
  if (self->typist == NULL || is_trembling (self, key))
    return;
  switch (key->act) {
  case MADO_KEY_TYPE:       type (self, key->text); break;
  case MADO_KEY_SPACE:      mado_typist_type (self->typist, self->board == MADO_BOARD_LATIN ? " " : "\u3000"); break;
  case MADO_KEY_ERASE:      mado_typist_erase (self->typist); break;
  case MADO_KEY_CLEAR:      mado_typist_clear (self->typist); break;
  case MADO_KEY_PREVIOUS:   go_to_neighbour (self, -1); break;
  case MADO_KEY_NEXT:       go_to_neighbour (self, 1); break;
  case MADO_KEY_UNKNOWN:    mado_typist_unknown (self->typist); break;
  case MADO_KEY_FIRST_YEAR: mado_typist_first_year (self->typist); break;
  case MADO_KEY_HIRAGANA:   set_board (self, MADO_BOARD_KANA); break;
  case MADO_KEY_KATAKANA:   set_board (self, MADO_BOARD_KATAKANA); break;
  case MADO_KEY_LATIN:      set_board (self, MADO_BOARD_LATIN); break;
  case MADO_KEY_SHIFT:      self->shifted = !self->shifted; rebuild (self); break;
  case MADO_KEY_HALF:       self->half = !self->half; rebuild (self); break;
  default:                  act_on_composer (self, key->act);
  }
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  press (data, g_object_get_data (G_OBJECT (button), "key"));
}

static MadoKeySize
key_size (MadoKeyboard *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!mado_theme_is_large (mado_theme_get ()))
    return MADO_KEYS_NORMAL;

  return window != NULL && gtk_widget_get_width (window) > gtk_widget_get_height (window) ? MADO_KEYS_LARGE_WIDE
                                                                                          : MADO_KEYS_LARGE;
}

/* Large words leave no room for an icon, and sometimes for few of them. */
static GtkWidget *
new_button (MadoKeyboard *self, const MadoKey *key)
{
  gboolean large = key_size (self) != MADO_KEYS_NORMAL;
  const char *words = large ? mado_key_get_brief (key) : mado_key_get_words (key);
  g_autofree char *capital = self->shifted && key->act == MADO_KEY_TYPE ? g_utf8_strup (words, -1) : NULL;
  GtkWidget *button;

  if (key->icon != NULL && !large) {
    button = mado_button_new (words, key->icon, NULL);
    g_object_set (button, "pixels", 32, NULL);
    return button;
  }
  button = gtk_button_new_with_label (capital != NULL ? capital : words);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
  if (key->beside)
    mado_words_keep_phrases (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), BESIDE_BREAKS);
  if (key->brief != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, mado_key_get_words (key),
                                    -1);

  return button;
}

static GtkWidget *
make_button (MadoKeyboard *self, const MadoKey *key)
{
  GtkWidget *button = new_button (self, key);

  gtk_widget_add_css_class (button, key->act == MADO_KEY_TYPE ? "key" : "function");
  if (key->beside)
    gtk_widget_add_css_class (button, "beside");
  if (self->shifted && key->act == MADO_KEY_SHIFT)
    gtk_widget_add_css_class (button, "held");
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data (G_OBJECT (button), "key", (gpointer) key);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);

  return button;
}

static void
remove_keys (MadoKeyboard *self)
{
  for (guint i = 0; i < self->keys->len; i++)
    gtk_widget_unparent (g_array_index (self->keys, Key, i).button);
  g_array_set_size (self->keys, 0);
}

static void
add_key (const MadoKey *key, const MadoPlace *place, gpointer data)
{
  MadoKeyboard *self = data;
  Key own = { make_button (self, key), key, *place };

  gtk_widget_set_parent (own.button, GTK_WIDGET (self));
  g_array_append_val (self->keys, own);
}

/* What the field does not take is absent, and the rest closes up. */
static MadoKeys
get_wishes (MadoKeyboard *self)
{
  MadoKeys keys = mado_typist_get_keys (self->typist);

  if (mado_typist_neighbour (self->typist, -1) != NULL)
    keys |= MADO_KEYS_HAS_PREVIOUS;
  if (mado_typist_neighbour (self->typist, 1) != NULL)
    keys |= MADO_KEYS_HAS_NEXT;

  return keys;
}

static void
set_class (MadoKeyboard *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
rebuild (MadoKeyboard *self)
{
  MadoKeys wishes;
  MadoKeySize size = key_size (self);
  g_autofree char *wanted = NULL;

  if (self->typist == NULL)
    return;
  wishes = get_wishes (self);
  wanted = g_strdup_printf ("%d %d %d %u %d %s", self->board, wishes, self->shifted, self->half, size,
                            mado_words_get_language ());
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  remove_keys (self);
  mado_boards_lay_out (self->board, wishes, size, self->half, add_key, self);
  set_class (self, "digits", self->board == MADO_BOARD_DIGITS);
  set_class (self, "wide", size == MADO_KEYS_LARGE_WIDE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mado_keyboard_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                       int *least_baseline, int *natural_baseline)
{
  *least = *natural = 1;   /* the stage asks for its height by kind of screen */
}

static gboolean
on_turned (gpointer data)
{
  MadoKeyboard *self = data;

  self->turned = 0;
  rebuild (self);

  return G_SOURCE_REMOVE;
}

static void
mado_keyboard_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadoKeyboard *self = MADO_KEYBOARD (widget);

  if (self->turned == 0 && key_size (self) != MADO_KEYS_NORMAL)
    self->turned = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_turned, self, NULL);
  for (guint i = 0; i < self->keys->len; i++) {
    const Key *key = &g_array_index (self->keys, Key, i);
    GtkAllocation place = mado_place_in (&key->place, key->key, self->board, width, height);

    gtk_widget_measure (key->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
    gtk_widget_size_allocate (key->button, &place, -1);
  }
}

static void
mado_keyboard_dispose (GObject *object)
{
  MadoKeyboard *self = MADO_KEYBOARD (object);

  mado_keyboard_set_typist (self, NULL);
  g_clear_handle_id (&self->turned, g_source_remove);
  if (self->keys != NULL)
    remove_keys (self);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (mado_keyboard_parent_class)->dispose (object);
}

static void
mado_keyboard_class_init (MadoKeyboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mado_keyboard_dispose;
  widget_class->measure = mado_keyboard_measure;
  widget_class->size_allocate = mado_keyboard_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "keyboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mado_keyboard_init (MadoKeyboard *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  mado_words_watch (self, G_CALLBACK (rebuild));
  g_signal_connect_object (mado_theme_get (), "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
}

static MadoBoard
first_board (MadoTypist *typist)
{
  MadoComposer *composer = mado_typist_get_composer (typist);

  if (mado_typist_get_keys (typist) & MADO_KEYS_DIGITS || composer == NULL)
    return MADO_BOARD_DIGITS;

  return mado_composer_get_board (composer);
}

void
mado_keyboard_set_typist (MadoKeyboard *self, MadoTypist *typist)
{
  if (self->typist == typist)
    return;
  g_set_object (&self->typist, typist);
  if (typist == NULL)
    return;
  self->board = first_board (typist);
  self->half = 0;
  self->shifted = FALSE;
  rebuild (self);
}

MadoBoard
mado_keyboard_get_board (MadoKeyboard *self)
{
  return self->board;
}

int
mado_keyboard_get_height (gboolean digits, gboolean wide)
{
  if (wide)
    return 516;
  if (digits)
    return 580;

  return mado_theme_is_large (mado_theme_get ()) ? 772 : 568;
}
