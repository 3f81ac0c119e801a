/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/* One holder at a time among all processes on one database. A holder that dies loses it. */

/* @held: (out): whether this store has it now; it had, nobody did, or the holder let it expire. */
MADO_EXPORT gboolean mado_lease_take    (MadoTx *tx, const char *name, gint64 duration, gboolean *held,
                                         GError **error);
/* In each change that relies on it, so that a holder who was overtaken changes nothing: CONFLICT. Prolongs it. */
MADO_EXPORT gboolean mado_lease_hold    (MadoTx *tx, const char *name, gint64 duration, GError **error);
MADO_EXPORT gboolean mado_lease_release (MadoTx *tx, const char *name, GError **error);

G_END_DECLS
