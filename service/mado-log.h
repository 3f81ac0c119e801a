/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-request.h"

G_BEGIN_DECLS

/* One line of JSON an event on stderr, or fields of the journal where systemd reads it. Call it first. */
void mado_log_init    (void);
/* The row of the table, not the address: that has numbers of cases in it. @error: (nullable) */
void mado_log_request (const MadoRequest *request, const MadoAnswer *answer, gint64 elapsed_us, const GError *error);

G_END_DECLS
