/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-service.h"

G_BEGIN_DECLS

/* Once a minute, on a thread of its own: ends visits nobody ended, lapses what nobody came for, forgets sessions that
 * are over. Several services over one store may do so at once. */
typedef struct _MadoHousekeeping MadoHousekeeping;

MadoHousekeeping *mado_housekeeping_new  (MadoService *service);
void              mado_housekeeping_free (MadoHousekeeping *self);

G_END_DECLS
