/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-day-report.h"
#include "model/mado-ledger.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/*
 * The books of the city: double entry, by office and account. An entry is made of moves from account to account, so
 * that it cannot but balance, and is only ever added.
 */

/**
 * mado_books_read_totals:
 * @office: (nullable): all offices
 * @from: first day, "YYYY-MM-DD"
 * @to: last day
 *
 * Returns: (transfer full) (element-type MadoPosting): debits and credits by account, in the order of their names
 */
MADO_EXPORT GPtrArray *mado_books_read_totals (MadoStore *store, const MadoActor *actor, const char *office,
                                               const char *from, const char *to, GError **error);
/**
 * mado_books_read_charge:
 * @charge: id
 *
 * Returns: (transfer full) (element-type MadoLedgerEntry): all that was booked for it, oldest first
 */
MADO_EXPORT GPtrArray *mado_books_read_charge (MadoStore *store, const MadoActor *actor, const char *charge,
                                               GError **error);

/**
 * mado_day_close:
 * @office: whose books
 * @day: "YYYY-MM-DD", today at the latest; days before it have to be closed first
 *
 * For supervisors. What comes later the same day is booked on the next. The digest of the day, chained to that of the
 * day closed before, goes into the journal ("day.closed"). The result is the #MadoLedgerDay with its totals.
 */
MADO_EXPORT MadoAct  *mado_day_close  (MadoStore *store, const MadoActor *actor, const char *office, const char *day,
                                       GError **error);
/**
 * mado_day_verify:
 * @bad: (out) (nullable) (optional): the first day whose books are not as they were when it was closed
 *
 * Returns: %FALSE with CONFLICT, in words, where a closed day of the office was changed
 */
MADO_EXPORT gboolean  mado_day_verify (MadoStore *store, const char *office, char **bad, GError **error);

/**
 * mado_day_read_report:
 * @office: (nullable): all offices
 * @day: "YYYY-MM-DD", open or closed
 *
 * Returns: (transfer full): the day on one page; its bars lead from what was owed to what came into the bank
 */
MADO_EXPORT MadoDayReport *mado_day_read_report   (MadoStore *store, const MadoActor *actor, const char *office,
                                                   const char *day, GError **error);
/* For a spreadsheet: UTF-8 with a mark, one value a line: part, name, value. */
MADO_EXPORT char          *mado_day_report_to_csv (const MadoDayReport *self);

G_END_DECLS
