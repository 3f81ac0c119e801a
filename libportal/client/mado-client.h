/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include "mado-calls.h"
#include "mado-reply.h"

G_BEGIN_DECLS

/**
 * MadoClient:
 *
 * The way to the city's service for every program. A call is sent until it is answered or its time is over: after a
 * network error, 429, 502, 503 or 504 it is sent again with the same Idempotency-Key, after a pause that grows and
 * varies. Calls marked once (mado_call_set_once()) go out one time only.
 *
 * Plain HTTP is spoken with the loopback only; elsewhere the address must be https.
 */
#define MADO_TYPE_CLIENT (mado_client_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoClient, mado_client, MADO, CLIENT, GObject)

/**
 * mado_client_new:
 * @address: "http://127.0.0.1:8080" or "https://counter.example.jp"
 * @error: return location; `MADO_ERROR_INVALID` for an address that is none or not safe
 *
 * Returns: (transfer full): a client without a credential
 */
MADO_EXPORT MadoClient *mado_client_new          (const char *address, GError **error);
/**
 * mado_client_new_as:
 * @other: a client
 * @token: (nullable): another credential for the same service
 *
 * Returns: (transfer full): a client that shares @other's connections and settings
 */
MADO_EXPORT MadoClient *mado_client_new_as       (MadoClient *other, const char *token);

MADO_EXPORT const char *mado_client_get_address  (MadoClient *self);
MADO_EXPORT void        mado_client_set_token    (MadoClient *self, const char *token);
/* The language of the service's sentences, as in Accept-Language. */
MADO_EXPORT void        mado_client_set_language (MadoClient *self, const char *language);
/* @attempt_ms: how long one try may take (10,000 at first); @total_ms: all of them with their pauses (30,000). */
MADO_EXPORT void        mado_client_set_limits   (MadoClient *self, guint attempt_ms, guint total_ms);
/**
 * mado_client_set_authority:
 * @self: a client
 * @path: PEM file of the authorities to trust instead of the system's
 * @error: return location
 *
 * Returns: %FALSE if the file cannot be used
 */
MADO_EXPORT gboolean    mado_client_set_authority (MadoClient *self, const char *path, GError **error);

/**
 * mado_client_send:
 * @self: a client
 * @call: what to ask
 * @cancellable: (nullable): to give up
 * @error: return location: what the service's problem document says, with its violations;
 *   `MADO_ERROR_UNAVAILABLE` if it cannot be reached in time; `MADO_ERROR_MALFORMED` if its answer is none;
 *   `G_IO_ERROR_CANCELLED`
 *
 * Blocks. The same @call may be sent again after an error: it will still happen once.
 *
 * Returns: (transfer full): the answer
 */
MADO_EXPORT MadoReply  *mado_client_send         (MadoClient *self, MadoCall *call, GCancellable *cancellable,
                                                  GError **error);
/**
 * mado_client_send_async:
 * @self: a client
 * @call: what to ask
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called in the caller's main context
 * @data: for @callback
 */
MADO_EXPORT void        mado_client_send_async   (MadoClient *self, MadoCall *call, GCancellable *cancellable,
                                                  GAsyncReadyCallback callback, gpointer data);
/**
 * mado_client_send_finish:
 * @self: a client
 * @result: of the callback
 * @error: as of mado_client_send()
 *
 * Returns: (transfer full): the answer
 */
MADO_EXPORT MadoReply  *mado_client_send_finish  (MadoClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
