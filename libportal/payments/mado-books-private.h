/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "payments/mado-books.h"

/* @payment, @refund: (nullable) */
MadoLedgerEntry *mado_entry_new  (const char *office, const char *kind, const char *charge, const char *payment,
                                  const char *refund);
/* Debits one account and credits another with the same amount; nothing where it is 0. */
void             mado_entry_move (MadoLedgerEntry *self, const char *debit, const char *credit, gint64 yen);
/* Adds it to the first day that is open, today or later. Nothing where nothing was moved. */
gboolean         mado_entry_post (MadoLedgerEntry *self, MadoTx *tx, GError **error);

/* Debits and credits of the days, by account. @office: "" for all */
gboolean         mado_books_sum  (MadoTx *tx, GPtrArray *totals, const char *office, const char *from, const char *to,
                                  GError **error);
