/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-statements.h"

#include <string.h>

static const char *
entry_text (gpointer entry)
{
  return *(char *const *) entry;
}

void
mado_statements_init (MadoStatements *self, GDestroyNotify free_entry)
{
  self->by_pointer = g_hash_table_new (NULL, NULL);
  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_entry);
}

void
mado_statements_clear (MadoStatements *self)
{
  g_clear_pointer (&self->by_pointer, g_hash_table_unref);
  g_clear_pointer (&self->by_text, g_hash_table_unref);
}

gpointer
mado_statements_lookup (MadoStatements *self, const char *sql)
{
  gpointer entry = g_hash_table_lookup (self->by_pointer, sql);

  if (entry != NULL && strcmp (entry_text (entry), sql) == 0)
    return entry;

  entry = g_hash_table_lookup (self->by_text, sql);
  if (entry != NULL)
    g_hash_table_insert (self->by_pointer, (gpointer) sql, entry);
  return entry;
}

void
mado_statements_add (MadoStatements *self, const char *sql, gpointer entry)
{
  g_hash_table_insert (self->by_text, (gpointer) entry_text (entry), entry);
  g_hash_table_insert (self->by_pointer, (gpointer) sql, entry);
}

static gboolean
is_entry (gpointer key, gpointer value, gpointer entry)
{
  return value == entry;
}

void
mado_statements_remove (MadoStatements *self, gpointer entry)
{
  g_hash_table_foreach_remove (self->by_pointer, is_entry, entry);
  g_hash_table_remove (self->by_text, entry_text (entry));
}
