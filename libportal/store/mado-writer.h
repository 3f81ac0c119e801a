/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store-private.h"

G_BEGIN_DECLS

/* The one thread of a store that changes it. Takes @connection. */
MadoWriter *mado_writer_new    (MadoStore *store, MadoConnection *connection);
void        mado_writer_free   (MadoWriter *self);    /* waits for what was accepted */
gboolean    mado_writer_write  (MadoWriter *self, MadoApply apply, gpointer data, GError **error);
/* The last failure that was the store's own (no room, no rights, no connection), until a change of some size passes:
 * tried here. Not on the writer's thread. */
gboolean    mado_writer_check  (MadoWriter *self, GError **error);
void        mado_writer_submit (MadoWriter *self, MadoApply apply, gpointer data, MadoWritten done);

G_END_DECLS
