/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "mado-error.h"

G_BEGIN_DECLS

/* Where one is in a document from outside, and what was found wrong so far. Private to the library. */
typedef struct {
  GString *path;
  GError  *error;
} MadoReader;

#define MADO_READER_INIT { g_string_new (NULL), NULL }

/* Notes a mistake at @token below the present place (NULL: at the place itself); after fifty no more are told. */
void     mado_reader_violate (MadoReader *self, const char *token, const char *code, const char *format, ...)
                              G_GNUC_PRINTF (4, 5);
/* Notes the mistakes of a part that was read on its own, below the present place. */
void     mado_reader_take    (MadoReader *self, const GError *error);
/* Steps down to @token, and back to where @length was returned. */
gsize    mado_reader_enter   (MadoReader *self, const char *token);
gsize    mado_reader_enter_index (MadoReader *self, guint index);
void     mado_reader_leave   (MadoReader *self, gsize length);
/* Ends the reading: TRUE if nothing was wrong, else @error is set. */
gboolean mado_reader_finish  (MadoReader *self, GError **error);

/* A member of that type; where it is another, or is @required and absent, that is noted. (nullable) */
JsonNode   *mado_reader_member (MadoReader *self, JsonObject *object, const char *name, JsonNodeType type,
                                gboolean required);
const char *mado_reader_text   (MadoReader *self, JsonObject *object, const char *name, gboolean required);

static inline const char *
mado_reader_get_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

G_END_DECLS
