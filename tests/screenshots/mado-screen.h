/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-kiosk-window.h"
#include "mado-theme.h"

/* The kiosk's window in the test's own process, looked at as a person would: as a picture, and by what is in it. */
MadoKioskWindow *mado_screen_open  (int width, int height);
/* Lets it lay out and draw. */
void             mado_screen_settle (MadoKioskWindow *window);
/* PNG in the build folder. */
void             mado_screen_save  (MadoKioskWindow *window, const char *name);
/* Nothing outside, cut, ellipsised or too small to touch; names what is, and fails the test. */
void             mado_screen_check (MadoKioskWindow *window, const char *name);
