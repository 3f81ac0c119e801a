/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* How the screen looks to the person in front of it: colours and size of the text. One for the display. */
typedef enum {
  MADO_PALETTE_LIGHT,
  MADO_PALETTE_DARK,
  MADO_PALETTE_HC_LIGHT,
  MADO_PALETTE_HC_DARK,
} MadoPalette;
#define MADO_N_PALETTES 4

/* In percent. */
#define MADO_TEXT_NORMAL 100
#define MADO_TEXT_LARGE 150   /* from here on rows are taller, and pages part rather than shrink */
#define MADO_TEXT_LARGEST 200

/* Emitted as `changed` after either has changed. */
#define MADO_TYPE_THEME (mado_theme_get_type ())
G_DECLARE_FINAL_TYPE (MadoTheme, mado_theme, MADO, THEME, GObject)

MadoTheme  *mado_theme_get           (void);   /* (transfer none) */
MadoPalette mado_theme_get_palette   (MadoTheme *self);
void        mado_theme_set_palette   (MadoTheme *self, MadoPalette palette);
guint       mado_theme_get_text_size (MadoTheme *self);
/* @percent: 100, 125, 150 or 200. */
void        mado_theme_set_text_size (MadoTheme *self, guint percent);
void        mado_theme_reset         (MadoTheme *self);

gboolean    mado_theme_is_large      (MadoTheme *self);
/* Pictures of the landscape: in the light palette, while the text leaves room for them. */
gboolean    mado_theme_has_scenery   (MadoTheme *self);
/* Gives @window the classes the style sheet asks for. */
void        mado_theme_dress         (MadoTheme *self, GtkWidget *window);
/* One of the palette's colours as @widget sees it: "sea". */
GdkRGBA     mado_theme_get_colour    (GtkWidget *widget, const char *name);
/* A size given for 100 %, grown half as much as the text. */
int         mado_theme_scale_icon    (int pixels);
