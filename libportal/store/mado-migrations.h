/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-engine.h"

G_BEGIN_DECLS

#define MADO_SCHEMA_NEWEST G_MAXINT64

/* Brings the database to the program's schema, or to @version at most: numbered files of the resources, each that
 * is not recorded yet in one transaction, in their order. STORE_VERSION, and nothing changed, when it comes from a
 * newer program. */
gboolean mado_migrate          (MadoConnection *connection, MadoDatabase database, gint64 version, GError **error);
/* 0: it is empty; -1: error. In a transaction. */
gint64   mado_migrate_version  (MadoConnection *connection, GError **error);
/* What this program brings it to. */
gint64   mado_migrate_newest   (MadoDatabase database);

G_END_DECLS
