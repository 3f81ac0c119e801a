/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-books.h"

/* @payment, @refund: (nullable) */
MadoLedgerEntry *mado_entry_new  (const char *office, const char *kind, const char *charge, const char *payment,
                                  const char *refund);
/* Debits one account and credits another with the same amount; nothing where it is 0. */
void             mado_entry_move (MadoLedgerEntry *self, const char *debit, const char *credit, gint64 yen);
/*
 * The first day of an office that is open, today or later, within a transaction: entries are added to it, and it counts
 * them when it is closed. Whoever posts thousands finds and counts the day once.
 */
typedef struct {
  const char *office;
  char       *day;
  gint64      at, entries;
} MadoLedgerPage;

gboolean         mado_ledger_page_open  (MadoLedgerPage *self, MadoTx *tx, const char *office, GError **error);
/* Nothing where nothing was moved. */
gboolean         mado_ledger_page_add   (MadoLedgerPage *self, MadoLedgerEntry *entry, MadoTx *tx, GError **error);
gboolean         mado_ledger_page_close (MadoLedgerPage *self, MadoTx *tx, GError **error);
void             mado_ledger_page_clear (MadoLedgerPage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoLedgerPage, mado_ledger_page_clear)

/* One on a page of its own. */
gboolean         mado_entry_post (MadoLedgerEntry *self, MadoTx *tx, GError **error);

/* Debits and credits of the days, by account. @office: "" for all */
gboolean         mado_books_sum  (MadoTx *tx, GPtrArray *totals, const char *office, const char *from, const char *to,
                                  GError **error);
