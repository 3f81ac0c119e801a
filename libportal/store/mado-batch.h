/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store-private.h"

G_BEGIN_DECLS

/* What the requests of one commit leave to be written with it, or right after it. */
struct _MadoBatch {
  GArray *entries;       /* MadoJournalDraft */
  GArray *made;          /* MadoKeyChange: keys to be durable before the commit */
  GArray *thrown;        /* MadoKeyChange: keys to be deleted after it */
  guint   marked[3];
  gint64  id;            /* of its row in journal_batch, 0 if it has none */
};

MadoBatch *mado_batch_new    (void);
void       mado_batch_free   (MadoBatch *self);
void       mado_batch_clear  (MadoBatch *self);
void       mado_batch_mark   (MadoBatch *self);    /* a request begins */
void       mado_batch_undo   (MadoBatch *self);    /* … and leaves nothing */

G_END_DECLS
