/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/mado-client.h"

/*
 * Filings that could not be sent: each a file that only the service can open, on this machine until the service has
 * taken it. The file's name is both the reserved id of the filing and the Idempotency-Key of its sending, so that
 * however often it goes out it is filed once.
 */
#define MADO_TYPE_SPOOL (mado_spool_get_type ())
G_DECLARE_FINAL_TYPE (MadoSpool, mado_spool, MADO, SPOOL, GObject)

MadoSpool *mado_spool_new           (const char *path, GError **error);
/* Durable when it returns. @id: a ULID. */
gboolean   mado_spool_put           (MadoSpool *self, const char *id, GBytes *box, GError **error);
guint      mado_spool_count         (MadoSpool *self);
/* What the service cannot ever take (it was sealed to another key, say): kept for staff, named in the log. */
guint      mado_spool_count_refused (MadoSpool *self);

/* Sends what waits, the oldest first, and stops where the service cannot be reached. One sending at a time. */
void       mado_spool_send_async    (MadoSpool *self, MadoClient *client, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
/* How many the service took; -1 with the error that stopped it. */
gssize     mado_spool_send_finish   (MadoSpool *self, GAsyncResult *result, GError **error);
