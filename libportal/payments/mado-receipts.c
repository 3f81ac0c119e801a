/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-payments-private.h"

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "store/mado-row.h"

/* Counted in the same act as the receipt is written, so that no number is ever left out. */
static gint64
next_serial (MadoTx *tx, const char *office, int year, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  if (!mado_tx_exec (tx, error,
                     "INSERT INTO receipt_numbers (office, year, last) VALUES ($1, $2, 1)"
                     " ON CONFLICT (office, year) DO UPDATE SET last = receipt_numbers.last + 1",
                     MADO_BIND (MADO_TEXT (office), MADO_INT (year))))
    return 0;
  rows = mado_tx_query_one (tx, error, "", "SELECT last FROM receipt_numbers WHERE office = $1 AND year = $2",
                            MADO_BIND (MADO_TEXT (office), MADO_INT (year)));
  return rows ? mado_rows_int (rows, "last") : 0;
}

gboolean
mado_receipt_issue (MadoTx *tx, const MadoPayment *payment, GError **error)
{
  g_autofree char *today = mado_clock_format_date (mado_tx_now (tx));
  int year = mado_date_fiscal_year (mado_date_parse (today));
  gint64 serial = next_serial (tx, payment->office, year, error);
  g_autofree char *number = g_strdup_printf ("%s/%d/%06" G_GINT64_FORMAT, payment->office, year, serial);

  return serial > 0
         && mado_tx_exec (tx, error,
                          "INSERT INTO receipts (office, year, serial, number, payment, charge, amount, issued_at,"
                          " void_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
                          MADO_BIND (MADO_TEXT (payment->office), MADO_INT (year), MADO_INT (serial),
                                     MADO_TEXT (number), MADO_TEXT (payment->id), MADO_TEXT (payment->charge),
                                     MADO_INT (payment->captured), MADO_INT (mado_tx_now (tx))));
}

gboolean
mado_receipt_void (MadoTx *tx, const MadoPayment *payment, GError **error)
{
  return mado_tx_expect (tx, 1, MADO_ERROR_INTERNAL, error,
                         "UPDATE receipts SET void_at = $2 WHERE payment = $1 AND void_at = 0",
                         MADO_BIND (MADO_TEXT (payment->id), MADO_INT (mado_tx_now (tx))));
}
