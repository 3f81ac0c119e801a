/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-journal.h"
#include "mado-store-private.h"

G_BEGIN_DECLS

#define MADO_DIGEST_BYTES 32
#define MADO_SALT_BYTES   16

/* An entry before its commit. The texts share one block, in the order of the members. */
typedef struct {
  char       *block;
  gint64      at;
  const char *actor_kind;
  const char *actor;
  const char *behalf;      /* (nullable) */
  const char *action;
  const char *subject;
  const char *resident;    /* (nullable) */
  const char *detail;      /* (nullable) */
  guint8      salt[MADO_SALT_BYTES];
  guint8      digest[MADO_DIGEST_BYTES];
} MadoJournalDraft;

void     mado_journal_draft_clear (gpointer draft);
/* Salted SHA-256 over every member but the digest. */
void     mado_journal_digest      (const MadoJournalDraft *draft, guint8 digest[MADO_DIGEST_BYTES]);
/* Of a MADO_KEY_FORGOTTEN entry: which of the subject's keys. */
char    *mado_journal_get_retention (const char *detail);
/* On the writer, last before the commit: the batch's row and its entries. */
gboolean mado_journal_write_batch (MadoTx *tx, GError **error);

G_END_DECLS
