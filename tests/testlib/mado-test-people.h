/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-test-store.h"
#include "residents/mado-accounts.h"
#include "residents/mado-residents.h"
#include "residents/mado-sessions.h"

extern const MadoActor people_system;

/* A household of three at 鵠沼: 髙﨑 美代子 (the head), 𠮷郎 and 邉󠄂子; the head's id. */
char        *people_add_household (MadoTestStore *test);
/* A card for that person. */
void         people_add_card      (MadoTestStore *test, const char *resident, const char *number, const char *pin);
/* An account; with @totp for those who need one. */
void         people_add_staff     (MadoTestStore *test, const char *account, MadoRole role, const char *totp);
/* A clerk of that id, whose words are signed with @name. */
void         people_add_staff_with_id (MadoTestStore *test, const char *id, const char *name);
/* Somebody about to move in, known by their card only; gives their id. */
char        *people_add_outsider  (MadoTestStore *test, const char *name, const char *born, const char *card,
                                   const char *pin);
/* Signs in by card; NULL with the error. */
MadoSession *people_sign_in       (MadoTestStore *test, const char *number, const char *pin, GError **error);
/* A number out of the store. */
gint64       people_count         (MadoTestStore *test, const char *sql);
