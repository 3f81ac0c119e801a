/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "../core/mado-error.h"
#include "../core/mado-export.h"

G_BEGIN_DECLS

/**
 * mado_form_resolve:
 * @form: a form as its author wrote it; changed in place
 * @vocabulary: the vocabulary's JSON
 * @error: return location: `MADO_ERROR_INVALID`, each unknown fact or option with its JSON Pointer
 *
 * Makes the form complete in itself, as it is published: what the vocabulary says of a fact (kind, label, help,
 * example, bounds, options) is written into each field that does not say otherwise.
 */
MADO_EXPORT gboolean mado_form_resolve (JsonNode *form, JsonNode *vocabulary, GError **error);

G_END_DECLS
