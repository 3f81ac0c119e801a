/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Prepared statements by their text. The same literal has the same address each time, so a pointer is tried first
 * and hashing 200 characters is the exception. An entry is any struct whose first member is its own copy of the
 * text.
 */
typedef struct {
  GHashTable *by_pointer;
  GHashTable *by_text;
} MadoStatements;

void     mado_statements_init   (MadoStatements *self, GDestroyNotify free_entry);
void     mado_statements_clear  (MadoStatements *self);
gpointer mado_statements_lookup (MadoStatements *self, const char *sql);
void     mado_statements_add    (MadoStatements *self, const char *sql, gpointer entry);
void     mado_statements_remove (MadoStatements *self, gpointer entry);

G_END_DECLS
