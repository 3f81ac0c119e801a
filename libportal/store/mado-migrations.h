/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-engine.h"

G_BEGIN_DECLS

/* Brings the database to the program's schema: numbered files of the resources, each in one transaction and recorded.
 * MADO_ERROR_STORE_VERSION, and nothing changed, when it comes from a newer program. */
gboolean mado_migrate (MadoConnection *connection, MadoDatabase database, GError **error);

G_END_DECLS
