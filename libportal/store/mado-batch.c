/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-batch.h"

#include "store/mado-journal-private.h"
#include "store/mado-keys.h"

MadoBatch *
mado_batch_new (void)
{
  MadoBatch *self = g_new0 (MadoBatch, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (MadoJournalDraft));
  self->made = g_array_new (FALSE, FALSE, sizeof (MadoKeyChange));
  self->thrown = g_array_new (FALSE, FALSE, sizeof (MadoKeyChange));
  g_array_set_clear_func (self->entries, mado_journal_draft_clear);
  g_array_set_clear_func (self->made, mado_key_change_clear);
  g_array_set_clear_func (self->thrown, mado_key_change_clear);
  return self;
}

void
mado_batch_free (MadoBatch *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->made);
  g_array_unref (self->thrown);
  g_free (self);
}

void
mado_batch_clear (MadoBatch *self)
{
  self->id = 0;
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->made, 0);
  g_array_set_size (self->thrown, 0);
}

void
mado_batch_mark (MadoBatch *self)
{
  self->marked[0] = self->entries->len;
  self->marked[1] = self->made->len;
  self->marked[2] = self->thrown->len;
}

void
mado_batch_undo (MadoBatch *self)
{
  g_array_set_size (self->entries, self->marked[0]);
  g_array_set_size (self->made, self->marked[1]);
  g_array_set_size (self->thrown, self->marked[2]);
}
