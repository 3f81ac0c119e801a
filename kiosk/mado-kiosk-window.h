/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-kiosk-application.h"
#include "pages/mado-page.h"
#include "widgets/mado-bar.h"

/*
 * The one window: which page is on screen and how one came there, and what the bar does. Actions: `win.go` (a page's
 * id), `win.back`, `win.hide`.
 */
#define MADO_TYPE_KIOSK_WINDOW (mado_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (MadoKioskWindow, mado_kiosk_window, MADO, KIOSK_WINDOW, GtkApplicationWindow)

MadoKioskWindow *mado_kiosk_window_new      (MadoKioskApplication *application);
/* (nullable): of a widget that is not in it yet. */
MadoKioskWindow *mado_kiosk_window_of       (gpointer widget);

/* To the page of that id. One that was passed on the way is gone back to. */
void             mado_kiosk_window_go       (MadoKioskWindow *self, const char *page);
/* The same, but 「もどる」 leads past the page one comes from. */
void             mado_kiosk_window_replace  (MadoKioskWindow *self, const char *page);
void             mado_kiosk_window_back     (MadoKioskWindow *self);
/* Made when first asked for. */
MadoPage        *mado_kiosk_window_get_page (MadoKioskWindow *self, const char *page);
/* One that is not in the table. Takes a floating @page. */
void             mado_kiosk_window_add_page (MadoKioskWindow *self, const char *id, MadoPage *page);
const char      *mado_kiosk_window_get_page_id (MadoKioskWindow *self);   /* of the page on screen */

/* All that is on screen and off it, in another language, with nothing lost. */
void             mado_kiosk_window_set_language (MadoKioskWindow *self, const char *language);

void             mado_kiosk_window_set_staff_call (MadoKioskWindow *self, MadoStaffCall state);
gboolean         mado_kiosk_window_is_hidden    (MadoKioskWindow *self);
