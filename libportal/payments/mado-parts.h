/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/mado-job.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/*
 * Rows of a file that a job goes through. They are written sealed, in parts of some hundred, with the act that asks
 * for the job; the job keeps its place as "PART:ROW", so that after a kill no row is done twice.
 */
#define MADO_PART_ROWS 200

/* Rows in the making: each is a line of text. */
typedef struct {
  char      *owner;
  MadoKey   *key;
  GPtrArray *sealed;     /* of GBytes */
  GArray    *counts;     /* of guint: rows of each */
  GString   *text;
  guint      n;
} MadoParts;

void     mado_parts_init   (MadoParts *self, MadoStore *store, const char *owner);
/* After a row was appended to @text. */
void     mado_parts_step   (MadoParts *self);
/* Writes them all, from part @first on. */
gboolean mado_parts_write  (MadoParts *self, MadoTx *tx, gint64 first, GError **error);
void     mado_parts_clear  (MadoParts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoParts, mado_parts_clear)

/* @row: may be changed */
typedef gboolean (*MadoPartsRow) (MadoTx *tx, char *row, gpointer data, GError **error);

/* Goes on from the cursor of @job until @deadline; @over: there are no more. Counts what is done. */
gboolean mado_parts_walk   (MadoTx *tx, const char *owner, MadoJob *job, gint64 deadline, MadoPartsRow each,
                            gpointer data, gboolean *over, GError **error);
gboolean mado_parts_forget (MadoTx *tx, const char *owner, GError **error);

G_END_DECLS
