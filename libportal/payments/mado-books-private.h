/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-books.h"

/*
 * The postings (p) of the entries (e) of an office's days (d), where $1 is the office or empty. By way of the days, so
 * that who asks for one does not read all others; CROSS JOIN keeps SQLite to that order.
 */
#define MADO_POSTINGS_OF_DAYS \
  " FROM ledger_days d CROSS JOIN ledger_entries e CROSS JOIN ledger_postings p" \
  " WHERE e.office = d.office AND e.day = d.day AND p.entry = e.id AND ($1 = '' OR d.office = $1)"

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
