/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "../core/mado-error.h"

G_BEGIN_DECLS

/**
 * MadoReply:
 *
 * What the service answered to a call that it did: always a 2xx, its JSON already checked for form and size.
 */
#define MADO_TYPE_REPLY (mado_reply_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoReply, mado_reply, MADO, REPLY, GObject)

MADO_EXPORT guint       mado_reply_get_status (MadoReply *self);
/**
 * mado_reply_get_etag:
 * @self: a reply
 *
 * Returns: (nullable): for mado_call_set_if_match()
 */
MADO_EXPORT const char *mado_reply_get_etag   (MadoReply *self);
/**
 * mado_reply_get_bytes:
 * @self: a reply
 *
 * Returns: (transfer none): the body as it came, a PDF for instance
 */
MADO_EXPORT GBytes     *mado_reply_get_bytes  (MadoReply *self);
/**
 * mado_reply_get_json:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): the body, if it was JSON
 */
MADO_EXPORT JsonNode   *mado_reply_get_json   (MadoReply *self);
/**
 * mado_reply_dup_record:
 * @self: a reply
 * @type: a record type
 * @error: return location
 *
 * Returns: (transfer full) (type MadoRecord): the body as a record; %NULL with `MADO_ERROR_INVALID` if it is none
 */
MADO_EXPORT gpointer    mado_reply_dup_record (MadoReply *self, GType type, GError **error);
/**
 * mado_reply_dup_text:
 * @self: a reply
 * @pointer: a JSON Pointer, "/token"
 *
 * Returns: (transfer full) (nullable): the text there
 */
MADO_EXPORT char       *mado_reply_dup_text   (MadoReply *self, const char *pointer);

G_END_DECLS
