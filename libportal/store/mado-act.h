/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-journal.h"
#include "mado-store.h"

G_BEGIN_DECLS

/*
 * One change somebody asked for, between its two halves. A domain function prepares it in parallel (checks, hashes,
 * seals, makes ids, writes nothing) and gives it back; mado_act_apply() is its short half on the writer. One owner
 * at a time; whoever has it frees it.
 *
 *   g_autoptr(MadoAct) act = mado_visit_save (store, actor, id, answers, &error);
 *   mado_store_write_async (store, mado_act_apply, act, done);     … then act->result
 */
#define MADO_TYPE_ACT (mado_act_get_type ())
typedef struct _MadoAct MadoAct;
struct _MadoAct {
  MadoActor   actor;     /* who acts: a copy */
  MadoApply   apply;     /* with the act itself as data; starts afresh each time */
  void      (*clear) (MadoAct *self);   /* (nullable): what the domain's own struct holds */
  MadoRecord *result;    /* (nullable): after apply: what the caller may see, private members included */

  /*< private >*/
  gatomicrefcount refs;
};

MADO_EXPORT GType       mado_act_get_type (void);

/**
 * mado_act_new: (skip)
 * @size: of the domain's struct, whose first member is the MadoAct
 *
 * Returns: (transfer full): the act
 */
MADO_EXPORT gpointer    mado_act_new    (const MadoActor *actor, gsize size, MadoApply apply,
                                         void (*clear) (MadoAct *self));
MADO_EXPORT MadoAct    *mado_act_ref    (MadoAct *self);
MADO_EXPORT void        mado_act_unref  (MadoAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoAct, mado_act_unref)

/* A MadoApply whose data is an act. */
MADO_EXPORT MadoOutcome mado_act_apply  (MadoTx *tx, gpointer act, GError **error);
/* Within another act, in its transaction. @act: (nullable): nothing to do */
MADO_EXPORT gboolean    mado_act_join   (MadoAct *act, MadoTx *tx, GError **error);
/* @record: (transfer full) (nullable) */
MADO_EXPORT void        mado_act_take_result (MadoAct *self, gpointer record);

/**
 * mado_act_run:
 * @act: (transfer full) (nullable): NULL passes on the error already set, so that calls can be nested
 * @result: (out) (optional) (transfer full) (type GObject): what the caller may see
 *
 * Applies and waits: for programs, seeding and tests.
 *
 * Returns: %FALSE with @error where it was refused
 */
MADO_EXPORT gboolean    mado_act_run    (MadoStore *store, MadoAct *act, gpointer *result, GError **error);

G_END_DECLS
