/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes from banks, collecting companies, wallets and terminals: taken whole or refused, never half. */
#include <string.h>

#include "core/mado-date.h"
#include "wire/mado-code.h"
#include "wire/mado-slip-report.h"
#include "wire/mado-terminal.h"
#include "wire/mado-wallet.h"
#include "wire/mado-zengin.h"

#include "mado-fuzz.h"

static void
try_zengin (const uint8_t *data, size_t n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoZenginNotice) notice = mado_zengin_notice_read (data, n, mado_date_parse ("2026-11-21"), &error);
  gint64 n_credits = 0;

  g_assert_true ((notice == NULL) == (error != NULL));
  for (guint i = 0; notice && i < notice->accounts->len; i++)
    n_credits += g_array_index (notice->accounts, MadoZenginAccount, i).n;
  for (guint i = 0; notice && i < notice->credits->len; i++) {
    const MadoZenginCredit *credit = &g_array_index (notice->credits, MadoZenginCredit, i);

    g_assert_cmpint (credit->yen, >, 0);
    g_assert_true (g_utf8_validate (credit->payer, -1, NULL));
  }
  g_assert_cmpint (n_credits, ==, notice ? notice->credits->len : 0);
}

static void
try_slips (const uint8_t *data, size_t n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) rows = mado_slip_report_read (data, n, &error);

  g_assert_true ((rows == NULL) == (error != NULL));
  for (guint i = 0; rows && i < rows->len; i++) {
    const MadoSlipRow *row = &g_array_index (rows, MadoSlipRow, i);

    g_assert_cmpuint (strlen (row->code), ==, MADO_SLIP_GS1_DIGITS);
    g_assert_cmpint (row->date, !=, MADO_DATE_NONE);
    g_assert_cmpuint (row->minutes, <, 24 * 60);
  }
}

static void
try_providers (const char *text, size_t n)
{
  g_auto(MadoWalletAnswer) answer = { 0 }, notice = { 0 };
  MadoTerminalReport report;
  MadoPaymentEvent event;

  mado_wallet_read_answer (200, text, n, &answer, NULL);
  g_assert_true (answer.yen >= -1 || answer.verdict == MADO_WALLET_SAYS_LATER);
  mado_wallet_read_notice (text, n, &notice, NULL);
  if (mado_terminal_read (text, n, &report, NULL) && mado_terminal_get_event (&report, &event)
      && event == MADO_PAYMENT_EVENT_CAPTURE)
    g_assert_cmpint (report.yen, >, 0);
}

static void
try_code (const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    json_node_unref (mado_code_read (text));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", size);

  try_zengin ((const uint8_t *) text, size);
  try_slips ((const uint8_t *) text, size);
  try_providers (text, size);
  try_code (text);
  return 0;
}
