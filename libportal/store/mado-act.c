/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/mado-act.h"

G_DEFINE_BOXED_TYPE (MadoAct, mado_act, mado_act_ref, mado_act_unref)

gpointer
mado_act_new (const MadoActor *actor, gsize size, MadoApply apply, void (*clear) (MadoAct *self))
{
  MadoAct *self = g_malloc0 (MAX (size, sizeof (MadoAct)));

  self->actor = (MadoActor) { g_intern_string (actor->kind), g_strdup (actor->id), g_strdup (actor->behalf),
                              actor->role };
  self->apply = apply;
  self->clear = clear;
  g_atomic_ref_count_init (&self->refs);
  return self;
}

MadoAct *
mado_act_ref (MadoAct *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mado_act_unref (MadoAct *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->clear)
    self->clear (self);
  g_clear_object (&self->result);
  g_free ((char *) self->actor.id);
  g_free ((char *) self->actor.behalf);
  g_free (self);
}

void
mado_act_take_result (MadoAct *self, gpointer record)
{
  g_clear_object (&self->result);
  self->result = record;
}

MadoOutcome
mado_act_apply (MadoTx *tx, gpointer act, GError **error)
{
  MadoAct *self = act;

  return self->apply (tx, self, error);
}

gboolean
mado_act_join (MadoAct *act, MadoTx *tx, GError **error)
{
  return !act || act->apply (tx, act, error) == MADO_OUTCOME_COMMIT;
}

gboolean
mado_act_run (MadoStore *store, MadoAct *act, gpointer *result, GError **error)
{
  g_autoptr(MadoAct) self = act;

  if (!self || !mado_store_write (store, mado_act_apply, self, error))
    return FALSE;
  if (result)
    *result = g_steal_pointer (&self->result);
  return TRUE;
}
