/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "mado-error.h"

G_BEGIN_DECLS

/*
 * JSON Schema (2020-12), as much of it as our own schemas use: type, const, enum, properties, required,
 * additionalProperties, propertyNames, minProperties, items, minItems, maxItems, uniqueItems, minLength, maxLength,
 * pattern, minimum, maximum, anyOf, $ref to "#/…" or to "FILE#/…" of the same set, $defs, and annotations. Any other
 * keyword is a mistake, so that no schema says more than is checked. Private to the library.
 */
typedef struct _MadoSchemas MadoSchemas;
MadoSchemas *mado_schemas_new   (void);
void         mado_schemas_free  (MadoSchemas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSchemas, mado_schemas_free)

/* @name: what a $ref calls it, "common.json". All are added before the first is used. */
void         mado_schemas_add   (MadoSchemas *self, const char *name, JsonNode *schema);
/* Compiles what was added; INVALID names the keyword by pointer. After it, any number of threads may check. */
gboolean     mado_schemas_ready (MadoSchemas *self, GError **error);
/* INVALID, every mistake with its JSON Pointer. */
gboolean     mado_schemas_check (MadoSchemas *self, const char *name, JsonNode *value, GError **error);

G_END_DECLS
