/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-merkle.h"

G_BEGIN_DECLS

/*
 * The journal's tree as it is kept: tiles of 256 hashes. Level 0 holds leaves, each next level the roots of 256
 * hashes below it, so that growing by n entries writes n/256 rows and a proof reads a handful.
 */
#define MADO_TILE_BITS 8
#define MADO_TILE_SIZE (1 << MADO_TILE_BITS)

typedef struct _MadoTree MadoTree;

/* Reads tiles as they are needed; valid while @tx is. @size: leaves it has. */
MadoTree *mado_tree_new      (MadoTx *tx, guint64 size);
void      mado_tree_free     (MadoTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTree, mado_tree_free)
guint64   mado_tree_get_size (MadoTree *self);

/* A MadoMerkleNode whose data is a tree. */
gboolean  mado_tree_node     (gpointer tree, guint level, guint64 index, MadoHash *out, GError **error);
gboolean  mado_tree_root     (MadoTree *self, MadoHash *out, GError **error);
gboolean  mado_tree_append   (MadoTree *self, const MadoHash *leaf, GError **error);
/* In another transaction, on the writer: the tiles that have grown. */
gboolean  mado_tree_write    (MadoTree *self, MadoTx *tx, GError **error);

G_END_DECLS
