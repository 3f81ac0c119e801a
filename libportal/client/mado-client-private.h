/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>
#include "client/mado-client.h"

/* (transfer full): without slashes at its end: one service, one name. */
char        *mado_client_normalize   (const char *address);
/* Base 200 ms, doubled each time up to 10 s, and then any part of it between a half and the whole. */
guint        mado_client_backoff     (guint attempt);
SoupSession *mado_client_get_session (MadoClient *self);
/* With credential and language; (transfer full). */
SoupMessage *mado_client_new_message (MadoClient *self, const char *method, const char *path);
