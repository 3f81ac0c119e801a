/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-client.h"

G_BEGIN_DECLS

/**
 * MadoEventStream:
 *
 * What happens at the counter, as it happens (`GET /v1/events`). Lives in the main context that started it; after a
 * lost line it comes back by itself, with growing pauses, and goes on after the last event it has passed on.
 *
 * Signals: `event (type, data)` with a string and a #JsonNode; `failed (error)` with a #GError when the service
 * refuses (the credential is not valid any more), after which the stream has stopped.
 * Property: `connected`.
 */
#define MADO_TYPE_EVENT_STREAM (mado_event_stream_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoEventStream, mado_event_stream, MADO, EVENT_STREAM, GObject)

/**
 * mado_event_stream_new:
 * @client: whose credential decides what is seen
 * @last_id: (nullable): journal position to go on after; %NULL is from now on
 *
 * Returns: (transfer full): a stream, not yet started
 */
MADO_EXPORT MadoEventStream *mado_event_stream_new           (MadoClient *client, const char *last_id);
MADO_EXPORT void             mado_event_stream_start         (MadoEventStream *self);
MADO_EXPORT void             mado_event_stream_stop          (MadoEventStream *self);
MADO_EXPORT gboolean         mado_event_stream_get_connected (MadoEventStream *self);
/**
 * mado_event_stream_get_last_id:
 * @self: a stream
 *
 * Returns: (nullable): of the last event passed on; keep it to go on later
 */
MADO_EXPORT const char      *mado_event_stream_get_last_id   (MadoEventStream *self);

G_END_DECLS
