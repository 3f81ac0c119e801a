/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes from banks, collecting companies, wallets and terminals: taken whole or refused, never half. */
#include <string.h>

#include "core/mado-date.h"
#include "wire/mado-bills.h"
#include "wire/mado-code.h"
#include "wire/mado-slip-report.h"
#include "wire/mado-statement.h"
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

/* A city's mapping is trusted; the file is not. */
static MadoMapping *
read_mapping (const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  return mado_record_from_json (MADO_TYPE_MAPPING, node, MADO_JSON_PUBLIC, NULL);
}

static void
check_line (const MadoStatementLine *line)
{
  g_autoptr(GString) text = g_string_new (NULL);
  MadoStatementLine again;

  g_assert_cmpint (line->yen, >, 0);
  g_assert_true (line->costs >= 0 && line->costs <= line->yen);
  mado_statement_line_append (line, text);
  g_assert_cmpuint (strcspn (text->str, "\n"), ==, text->len - 1);
  text->str[text->len - 1] = '\0';
  g_assert_true (mado_statement_line_parse (&again, text->str));
  g_assert_cmpstr (again.key, ==, line->key);
  g_assert_cmpstr (again.note, ==, line->note);
  g_assert_cmpint (again.paid_out, ==, line->paid_out);
}

static void
try_statement (const uint8_t *data, size_t n)
{
  static MadoMapping *mapping;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStatement) statement = NULL;

  if (!mapping)
    mapping = read_mapping ("{\"id\":\"w\",\"title\":{},\"format\":\"csv\",\"provider\":\"qr-wallet\","
                            "\"office\":\"hall\","
                            "\"columns\":{\"reference\":\"r\",\"yen\":\"y\",\"day\":\"d\",\"note\":\"n\"},"
                            "\"share\":198}");
  statement = mado_statement_read (mapping, data, n, mado_date_parse ("2026-11-21"), &error);
  g_assert_true ((statement == NULL) == (error != NULL));
  for (guint i = 0; statement && i < statement->lines->len; i++)
    check_line (&g_array_index (statement->lines, MadoStatementLine, i));
}

static void
try_bills (const char *text, size_t n)
{
  static MadoMapping *mapping;
  g_autofree char *titles = g_strdup ("b,y,due"), *line = g_strdup (text);
  g_autoptr(GString) row = g_string_new (NULL);
  MadoReader reader = MADO_READER_INIT;
  MadoCsv csv;
  MadoBill bill;
  gint64 yen;

  if (!mapping)
    mapping = read_mapping ("{\"id\":\"b\",\"title\":{},\"format\":\"csv\",\"office\":\"hall\","
                            "\"account\":\"a\","
                            "\"columns\":{\"bill\":\"b\",\"yen\":\"y\",\"due\":\"due\"},"
                            "\"words\":{\"ja\":\"{bill}\"}}");
  g_assert_true (mado_bills_open (&csv, mapping, titles, NULL));
  line[strcspn (line, "\r\n")] = '\0';
  if (g_utf8_validate (line, -1, NULL) && mado_bills_read (&csv, line, row, &yen, &reader)) {
    row->str[row->len - 1] = '\0';
    g_assert_true (mado_bills_parse (&bill, row->str));
    g_assert_cmpint (bill.yen, ==, yen);
    g_assert_cmpint (yen, >, 0);
  }
  mado_reader_finish (&reader, NULL);
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
  try_statement ((const uint8_t *) text, size);
  try_bills (text, size);
  return 0;
}
