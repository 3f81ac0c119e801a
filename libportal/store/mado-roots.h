/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-merkle.h"

G_BEGIN_DECLS

/* A signed root as it is kept: each names the one before by its hash. */
typedef struct {
  gint64   size;
  gint64   at;
  MadoHash root;
  MadoHash former;
  guint8   signature[64];
} MadoSignedRoot;

/* The newest one that covers at most @size entries; size 0 and zeros where there is none. */
gboolean mado_signed_root_load  (MadoTx *tx, gint64 size, MadoSignedRoot *out, GError **error);
gboolean mado_signed_root_check (const MadoSignedRoot *self, const guint8 public_key[32]);
/* What the next one names. */
void     mado_signed_root_hash  (const MadoSignedRoot *self, MadoHash *out);
void     mado_signed_root_fill  (MadoSignedRoot *self, MadoRows *rows);

/* Grown in two halves, so that the writer is held for some rows only: read and computed beside it, … */
typedef struct _MadoFold MadoFold;
/* @fold: (out) (nullable): NULL when the tree has every positioned entry */
gboolean mado_fold_prepare (MadoStore *store, MadoFold **fold, GError **error);
/* … and written, by whoever holds the lease. */
gboolean mado_fold_apply   (MadoFold *self, MadoTx *tx, GError **error);
/* Whether it stopped before the newest entry, to be bounded. */
gboolean mado_fold_has_more (const MadoFold *self);
void     mado_fold_free    (MadoFold *self);

G_END_DECLS
