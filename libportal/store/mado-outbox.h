/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/* What must go out, written with the change that caused it. @channel: "desktop", "mail" …; @topic: "staff-call",
 * "case.submitted"; @payload: JSON (sealed at rest); @key: unique: the same thing is sent once. */
MADO_EXPORT gboolean mado_outbox_put (MadoTx *tx, const char *channel, const char *topic, const char *key,
                                      JsonNode *payload, GError **error);

G_END_DECLS
