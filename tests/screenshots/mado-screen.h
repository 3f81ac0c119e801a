/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-kiosk-window.h"
#include "mado-theme.h"

/* How the screen is looked at: in which language, how large, in which colours, high or wide. */
typedef struct {
  const char *language;
  guint       text_size;
  MadoPalette palette;
  gboolean    wide;
} MadoLook;

/* "ja-200-hc-dark-wide": (transfer full) */
char *mado_look_describe (const MadoLook *look);

void  mado_screen_dress  (MadoKioskWindow *window, const MadoLook *look);
/* Lets it lay out and draw. */
void  mado_screen_settle (MadoKioskWindow *window);
/* NAME.png in @folder, written in the background until mado_screen_finish(). */
void  mado_screen_save   (MadoKioskWindow *window, const char *folder, const char *name);
void  mado_screen_finish (void);
/* Nothing outside, cut, ellipsised or too small to touch, and the regions where the design has them: what is not so. */
GPtrArray *mado_screen_check (MadoKioskWindow *window, const MadoLook *look);   /* (transfer full) of char * */
