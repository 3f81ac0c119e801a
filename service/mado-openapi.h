/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The OpenAPI 3.1 document of the table of routes, with the schemas of the records and of what they take. */
JsonNode *mado_openapi_new (void);

G_END_DECLS
