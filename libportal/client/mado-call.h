/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "../core/mado-error.h"

G_BEGIN_DECLS

/**
 * MadoCall:
 *
 * One act asked of the service: method, path, body and, for a change, an Idempotency-Key made with it. Sending the
 * same call again (by the client's own retries, or by hand after an error) is the same act and happens once.
 */
#define MADO_TYPE_CALL (mado_call_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoCall, mado_call, MADO, CALL, GObject)

/**
 * mado_call_new:
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @path: path and query under the service's address, already escaped: "/v1/cases?limit=20"
 * @body: (nullable) (transfer none): what is sent as JSON
 *
 * For a route that has no function of its own in mado-calls.h.
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall   *mado_call_new          (const char *method, const char *path, JsonNode *body);
/**
 * mado_call_new_text:
 * @method: as of mado_call_new()
 * @path: as of mado_call_new()
 * @body: (transfer full): JSON text; wiped when the call is freed
 *
 * Returns: (transfer full): the call
 */
MADO_EXPORT MadoCall   *mado_call_new_text     (const char *method, const char *path, GString *body);

MADO_EXPORT const char *mado_call_get_method   (MadoCall *self);
MADO_EXPORT const char *mado_call_get_path     (MadoCall *self);
/**
 * mado_call_get_body:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): the JSON to send
 */
MADO_EXPORT GBytes     *mado_call_get_body     (MadoCall *self);
/**
 * mado_call_get_key:
 * @self: a call
 *
 * Returns: (nullable): the Idempotency-Key; %NULL for a reading call
 */
MADO_EXPORT const char *mado_call_get_key      (MadoCall *self);
/* To go on with an act begun by an earlier process: the key it had kept. */
MADO_EXPORT void        mado_call_set_key      (MadoCall *self, const char *key);
/* Changes only what the caller has seen: the ETag of that answer. */
MADO_EXPORT void        mado_call_set_if_match (MadoCall *self, const char *etag);
/**
 * mado_call_get_if_match:
 * @self: a call
 *
 * Returns: (nullable): the ETag
 */
MADO_EXPORT const char *mado_call_get_if_match (MadoCall *self);
/* A call that counts each time it arrives (a PIN, a password) is never sent again by the client. */
MADO_EXPORT void        mado_call_set_once     (MadoCall *self, gboolean once);
MADO_EXPORT gboolean    mado_call_get_once     (MadoCall *self);

G_END_DECLS
