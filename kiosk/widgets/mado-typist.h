/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "input/mado-composer.h"

/* What stands beside the digits, besides erasing. */
typedef enum {
  MADO_KEYS_PLAIN      = 0,
  MADO_KEYS_UNKNOWN    = 1 << 0,   /* わからない */
  MADO_KEYS_FIRST_YEAR = 1 << 1,   /* 元年 */
  MADO_KEYS_DIGITS     = 1 << 2,   /* no other board than that of the digits */
  MADO_KEYS_LATIN      = 1 << 3,   /* no kana */
  MADO_KEYS_CLEAR      = 1 << 4,   /* 全部消す on the digits */
} MadoKeys;

/* A field one can type into: the keyboard on the screen serves the one that has, or last had, the focus. */
#define MADO_TYPE_TYPIST (mado_typist_get_type ())
G_DECLARE_INTERFACE (MadoTypist, mado_typist, MADO, TYPIST, GtkWidget)

struct _MadoTypistInterface {
  GTypeInterface parent;

  MadoKeys      (*get_keys)     (MadoTypist *self);
  MadoComposer *(*get_composer) (MadoTypist *self);   /* (nullable) (transfer none) */
  void          (*type)         (MadoTypist *self, const char *text);
  void          (*erase)        (MadoTypist *self);
  void          (*clear)        (MadoTypist *self);
  void          (*first_year)   (MadoTypist *self);
  void          (*unknown)      (MadoTypist *self);
};

MadoKeys      mado_typist_get_keys     (MadoTypist *self);
MadoComposer *mado_typist_get_composer (MadoTypist *self);
void          mado_typist_type         (MadoTypist *self, const char *text);
void          mado_typist_erase        (MadoTypist *self);
void          mado_typist_clear        (MadoTypist *self);
void          mado_typist_first_year   (MadoTypist *self);
void          mado_typist_unknown      (MadoTypist *self);
/* The first field inside @widget, or @widget itself. (nullable) */
MadoTypist   *mado_typist_find         (GtkWidget *widget);
/* The field before (-1) or after (1) this one on its page. (nullable) */
MadoTypist   *mado_typist_neighbour    (MadoTypist *self, int direction);
