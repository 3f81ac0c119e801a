/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/* The Merkle tree of RFC 9162, 2.1, over SHA-256; pure. */
typedef struct { guint8 bytes[32]; } MadoHash;

void mado_merkle_leaf   (const void *data, gsize n, MadoHash *out);
void mado_merkle_parent (const MadoHash *left, const MadoHash *right, MadoHash *out);

/* The root of the whole subtree of 2^@level leaves that begins at leaf @index × 2^@level. */
typedef gboolean (*MadoMerkleNode) (gpointer data, guint level, guint64 index, MadoHash *out, GError **error);

/* Of the first @size leaves; the empty tree's is the hash of nothing. */
gboolean mado_merkle_root   (guint64 size, MadoMerkleNode node, gpointer data, MadoHash *out, GError **error);
/* 2.1.3.1: from the leaf's neighbour up. @path: of MadoHash, appended to. @index: from 0, < @size. */
gboolean mado_merkle_path   (guint64 index, guint64 size, MadoMerkleNode node, gpointer data, GArray *path,
                             GError **error);
/* 2.1.4.1: 0 < @former ≤ @size */
gboolean mado_merkle_growth (guint64 former, guint64 size, MadoMerkleNode node, gpointer data, GArray *path,
                             GError **error);

/* 2.1.3.2 and 2.1.4.2: what whoever is given a proof does with it. */
gboolean mado_merkle_check_path   (const MadoHash *leaf, guint64 index, guint64 size, GArray *path,
                                   const MadoHash *root);
gboolean mado_merkle_check_growth (guint64 former, guint64 size, const MadoHash *former_root, const MadoHash *root,
                                   GArray *path);

G_END_DECLS
