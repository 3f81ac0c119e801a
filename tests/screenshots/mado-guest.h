/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-kiosk-window.h"

/*
 * A resident at the kiosk's real application, in the test's own process and before a real service: what a finger
 * would do is done to the pages themselves, and waited for. Whatever does not come in time ends the test.
 */
typedef struct {
  MadoKioskApplication *application;
  MadoKioskWindow      *window;
  MadoKioskVisit       *visit;
} MadoGuest;

/* @settings: must live as long as the guest. Waits for the service unless @offline. */
void       mado_guest_come        (MadoGuest *self, const MadoKioskSettings *settings, gboolean offline);
void       mado_guest_leave       (MadoGuest *self);

void       mado_guest_wait_for    (MadoGuest *self, const char *page);
MadoPage  *mado_guest_get_page    (MadoGuest *self);
/* The button at the bottom right. */
void       mado_guest_go_on       (MadoGuest *self);
/* Whatever bears @words, or begins with them, is pressed. */
void       mado_guest_press       (MadoGuest *self, const char *words);
/* Until a button with @words is on the page. */
void       mado_guest_wait_to_see  (MadoGuest *self, const char *words);
/* Until @words, or what begins with them, are. */
void       mado_guest_wait_to_see_words (MadoGuest *self, const char *words);
void       mado_guest_show_card   (MadoGuest *self, const char *number, const char *pin);
void       mado_guest_type        (MadoGuest *self, const char *text);   /* into the first field of the page */

/* Until the page has found what was typed. */
void       mado_guest_wait_for_search (MadoGuest *self);

/* One more row of the list on screen. */
void       mado_guest_add_row      (MadoGuest *self);

/* The first of its kind on the screen: (nullable). */
GtkWidget *mado_guest_find        (MadoGuest *self, GType type);

/* Of the question on screen: its name in the form, "list" of a group's rows. */
const char *mado_guest_get_question (MadoGuest *self);
/* What @answers, {fact: value}, say to the question on screen; TRUE if there is another row to add first. */
gboolean   mado_guest_answer      (MadoGuest *self, JsonObject *answers);
