/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The notification protocol of sd_notify(3); does nothing where systemd did not ask for it. @state: "READY=1" … */
void  mado_systemd_notify       (const char *state);
/* Seconds within which it wants to hear WATCHDOG=1, 0 if it does not watch us. */
guint mado_systemd_get_watchdog (void);

G_END_DECLS
