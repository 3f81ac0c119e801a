/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "payments/mado-billing.h"

#define TITLES "通知書番号,宛名ID,納税者カナ,税額,納期限,期別,税目\r\n"

static MadoBilling *
open_file (MadoTestStore *test, const char *titles, GError **error)
{
  MadoBilling *billing = NULL;

  mado_act_run (test->store, mado_billing_open (test->store, &money_clerk, money_treasury (), "tax-bills", titles,
                                                strlen (titles), error), (gpointer *) &billing, error);
  return billing;
}

static MadoBilling *
add (MadoTestStore *test, const char *id, gint64 piece, const char *text, gssize n, GError **error)
{
  MadoBilling *billing = NULL;

  mado_act_run (test->store, mado_billing_add (test->store, &money_clerk, money_treasury (), id, piece,
                                               (const guint8 *) text, n < 0 ? strlen (text) : (gsize) n, error),
                (gpointer *) &billing, error);
  return billing;
}

static MadoBilling *
import (MadoTestStore *test, const char *id)
{
  g_autoptr(MadoBilling) billing = NULL;
  g_autoptr(GError) error = NULL;

  mado_billing_serve (test->store);
  mado_act_run (test->store, mado_billing_import (test->store, &money_supervisor, id, &error), (gpointer *) &billing,
                &error);
  g_assert_no_error (error);
  money_wait (test, billing->job);
  return mado_billing_get (test->store, &money_clerk, id, NULL);
}

static void
append_rows (GString *text, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (text, "T%06u,,ﾔﾏﾀﾞ ﾀﾛｳ,%u,2026-12-25,%u,市県民税\r\n", i, 1000 + i, 1 + i % 4);
}

static void
test_import (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoBilling) billing = open_file (test, TITLES, &error), one = NULL, two = NULL, again = NULL, done = NULL;
  g_autoptr(GString) rows = g_string_new (NULL);

  g_assert_no_error (error);
  append_rows (rows, 0, 300);
  one = add (test, billing->id, 0, rows->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (one->good, ==, 300);
  again = add (test, billing->id, 0, rows->str, -1, &error);
  g_assert_cmpint (again->good, ==, 300);
  g_string_truncate (rows, 0);
  append_rows (rows, 299, 2);
  two = add (test, billing->id, 1, rows->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (two->good, ==, 302);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM charges"), ==, 0);
  done = import (test, billing->id);
  g_assert_cmpint (done->state, ==, MADO_BILLING_STATE_DONE);
  g_assert_cmpint (done->imported, ==, 301);
  g_assert_cmpint (done->known, ==, 1);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM charges"), ==, 301);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM parts"), ==, 0);
  g_assert_cmpint (money_balance (test, "receivable"), ==, 301 * 1000 + 300 * 301 / 2);
  g_assert_cmpint (money_balance (test, "revenue:taxes.resident"), ==, -(301 * 1000 + 300 * 301 / 2));
  money_audit (test);
}

static void
test_words (MadoTestStore *test)
{
  g_autoptr(MadoBilling) billing = open_file (test, TITLES, NULL), one = NULL, done = NULL;
  g_autoptr(GPtrArray) charges = NULL;
  g_autoptr(GError) error = NULL;
  const char *row = "N1," MONEY_RESIDENT ",ﾔﾏﾀﾞ ﾊﾅｺ,\"12,000\",令和8年12月25日,3,国民健康保険料\n";
  const MadoCharge *charge;

  one = add (test, billing->id, 0, row, -1, &error);
  g_assert_no_error (error);
  done = import (test, billing->id);
  charges = mado_charge_list (test->store, &money_resident, &(MadoChargeQuery) { NULL }, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (charges->len, ==, 1);
  charge = charges->pdata[0];
  g_assert_cmpint (charge->amount, ==, 12000);
  g_assert_cmpstr (charge->due_date, ==, "2026-12-25");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (charge->words), "ja"), ==,
                   "国民健康保険料 3期分");
}

/* Broken rows are named by line and column; the good ones are offered. */
static void
test_mistakes (MadoTestStore *test)
{
  static const char rows[] = "A1,,,1000,2026-12-25,1,市県民税\n"
                             "A2,,,12.5,2026-12-25,1,市県民税\n"
                             "A3,,,1000,2026-02-30,1,市県民税\n"
                             "A4,,,-5,2026-12-25,1,市県民税\n"
                             "A5,,,1000,2026-12-25,1,なぞの税\n"
                             ",,,1000,2026-12-25,1,市県民税\n"
                             "A7,,,1000\n"
                             "A8,,,2000,,1,固定資産税\n";
  static const char *const columns[] = { "税額", "納期限", "税額", "税目", "通知書番号", "" };
  g_autoptr(MadoBilling) billing = open_file (test, TITLES, NULL), added = NULL, seen = NULL, done = NULL;
  g_autoptr(GError) error = NULL;

  added = add (test, billing->id, 0, rows, -1, &error);
  g_assert_no_error (error);
  seen = mado_billing_get (test->store, &money_clerk, billing->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen->good, ==, 2);
  g_assert_cmpint (seen->bad, ==, 6);
  g_assert_cmpint (seen->yen, ==, 3000);
  g_assert_cmpuint (seen->mistakes->len, ==, G_N_ELEMENTS (columns));
  for (guint i = 0; i < seen->mistakes->len; i++) {
    const MadoBillingMistake *mistake = seen->mistakes->pdata[i];

    g_assert_cmpint (mistake->line, ==, 3 + i);
    g_assert_cmpstr (mistake->column, ==, columns[i]);
  }
  done = import (test, billing->id);
  g_assert_cmpint (done->imported, ==, 2);
}

static void
test_encodings (MadoTestStore *test)
{
  static const char *const encodings[] = { "UTF-8", "CP932" };
  static const char text[] = "%c1,,ﾔﾏﾀﾞ,1000,2026-12-25,1,市県民税\n";

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    g_autofree char *row = g_strdup_printf (text, 'A' + i);
    g_autoptr(GError) error = NULL;
    gsize n;
    g_autofree char *titles = g_convert (i ? TITLES : "\xef\xbb\xbf" TITLES, -1, encodings[i], "UTF-8", NULL, NULL,
                                         NULL);
    g_autofree char *encoded = g_convert (row, -1, encodings[i], "UTF-8", NULL, &n, NULL);
    g_autoptr(MadoBilling) billing = open_file (test, titles, &error), added = NULL;

    g_assert_no_error (error);
    added = add (test, billing->id, 0, encoded, (gssize) n, &error);
    g_assert_no_error (error);
    g_assert_cmpint (added->good, ==, 1);
  }
}

static void
test_refused (MadoTestStore *test)
{
  g_autoptr(GError) titles = NULL, order = NULL, bytes = NULL, twice = NULL, clerk = NULL, error = NULL;
  g_autoptr(MadoBilling) billing = open_file (test, TITLES, &error), added = NULL, done = NULL;

  g_assert_no_error (error);
  g_assert_null (open_file (test, "通知書番号,税目\n", &titles));
  g_assert_error (titles, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (add (test, billing->id, 1, "A1,,,1000,,1,市県民税\n", -1, &order));
  g_assert_error (order, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_null (add (test, billing->id, 0, "A1,,,1000,,1,市県民税\n\xff\xff\n", -1, &bytes));
  g_assert_error (bytes, MADO_ERROR, MADO_ERROR_MALFORMED);
  added = add (test, billing->id, 0, "A1,,,1000,,1,市県民税\n", -1, &error);
  g_assert_no_error (error);
  g_assert_null (mado_billing_import (test->store, &money_clerk, billing->id, &clerk));
  g_assert_error (clerk, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  done = import (test, billing->id);
  g_assert_false (mado_act_run (test->store, mado_billing_import (test->store, &money_supervisor, billing->id, &twice),
                                NULL, &twice));
  g_assert_error (twice, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* Killed again and again: no bill twice, none left out. */
static void
test_resumed (MadoTestStore *test)
{
  g_autoptr(MadoBilling) billing = open_file (test, TITLES, NULL), added = NULL, begun = NULL, done = NULL;
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  append_rows (rows, 0, 1000);
  added = add (test, billing->id, 0, rows->str, -1, &error);
  g_assert_no_error (error);
  mado_billing_serve (test->store);
  mado_act_run (test->store, mado_billing_import (test->store, &money_supervisor, billing->id, &error),
                (gpointer *) &begun, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++) {
    g_usleep (20000);
    mado_test_store_reopen (test);
    mado_billing_serve (test->store);
  }
  money_wait (test, begun->job);
  done = mado_billing_get (test->store, &money_clerk, billing->id, NULL);
  g_assert_cmpint (done->imported, ==, 1000);
  g_assert_cmpint (done->known, ==, 0);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM bills"), ==, 1000);
  money_audit (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/billing/import", test_import);
  mado_test_store_add ("/payments/billing/words", test_words);
  mado_test_store_add ("/payments/billing/mistakes", test_mistakes);
  mado_test_store_add ("/payments/billing/encodings", test_encodings);
  mado_test_store_add ("/payments/billing/refused", test_refused);
  mado_test_store_add ("/payments/billing/resumed", test_resumed);
  return g_test_run ();
}
