/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "core/mado-clock.h"
#include "model/mado-city.h"
#include "paper/mado-paper.h"

static gint64
step (const MadoDayReport *report, const char *id)
{
  for (guint i = 0; i < report->steps->len; i++)
    if (g_str_equal (((MadoDayStep *) report->steps->pdata[i])->id, id))
      return ((MadoDayStep *) report->steps->pdata[i])->yen;
  g_error ("no step %s", id);
}

static MadoDayReport *
read_report (MadoTestStore *test, const char *day)
{
  g_autoptr(GError) error = NULL;
  MadoDayReport *report = mado_day_read_report (test->store, &money_clerk, NULL, day, &error);

  g_assert_no_error (error);
  g_assert_true (report->balanced);
  return report;
}

static MadoPayment *
pay (MadoTestStore *test, const MadoCharge *charge, MadoProvider provider)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = money_start (test, &money_clerk, charge->number, provider, &error);
  MadoPayment *paid = money_hear (test, &people_system, payment->id, MADO_PAYMENT_EVENT_CAPTURE, NULL, &error);

  g_assert_no_error (error);
  return paid;
}

static void
save_pdf (const MadoDayReport *report)
{
  const char *folder = g_getenv ("MADO_PAPERS_DIR");
  g_autoptr(MadoCity) city = mado_city_load (MADO_TEST_DATA "/cities/fujisawa/city.json", NULL);
  g_autoptr(JsonNode) node = mado_record_to_json (MADO_RECORD (city), MADO_JSON_PUBLIC);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++) {
    g_autoptr(GBytes) pdf = mado_paper_day (report, node, i ? "en" : "ja", &error);
    g_autofree char *path = folder ? g_strdup_printf ("%s/day-%s.pdf", folder, i ? "en" : "ja") : NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (pdf), >, 2000);
    if (path)
      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  }
}

/* Two days of a small city: each yen is in one bar, and the bars make the bank. */
static void
test_report (MadoTestStore *test)
{
  g_autoptr(MadoCharge) a = NULL, b = NULL, c = NULL, less = NULL;
  g_autoptr(MadoPayment) one = NULL, two = NULL, three = NULL;
  g_autoptr(MadoDayReport) first = NULL, second = NULL;
  g_autoptr(MadoSettlement) taken = NULL;
  g_autofree char *file = NULL, *csv = NULL;

  mado_clock_freeze (mado_clock_parse_time ("2026-11-19T01:00:00Z"));
  a = money_raise (test, 1000);
  b = money_raise (test, 5000);
  c = money_raise (test, 700);
  one = pay (test, a, MADO_PROVIDER_QR_WALLET);
  less = money_lessen (test, c, 300, NULL);
  first = read_report (test, "2026-11-19");
  g_assert_cmpint (step (first, "raised"), ==, 6700);
  g_assert_cmpint (step (first, "lessened"), ==, -400);
  g_assert_cmpint (step (first, "still-owed"), ==, -5300);
  g_assert_cmpint (step (first, "came-in"), ==, 1000);
  g_assert_cmpint (step (first, "still-under-way"), ==, -1000);
  g_assert_cmpint (step (first, "bank"), ==, 0);

  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T01:00:00Z"));
  two = pay (test, b, MADO_PROVIDER_COUNTER);
  three = pay (test, less, MADO_PROVIDER_TERMINAL);
  file = g_strdup_printf ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n"
                          "P1,取引完了,2026/11/19 10:00:00,1000,%s\nP2,取引完了,2026/11/19 11:00:00,800,\n", one->id);
  taken = money_take (test, "wallet", file, -1, NULL);
  second = read_report (test, "2026-11-20");
  g_assert_cmpint (step (second, "owed-before"), ==, 5300);
  g_assert_cmpint (step (second, "still-owed"), ==, 0);
  g_assert_cmpint (step (second, "came-in"), ==, 5300);
  g_assert_cmpint (step (second, "under-way-before"), ==, 1000);
  g_assert_cmpint (step (second, "unexplained"), ==, 800);
  g_assert_cmpint (step (second, "costs"), ==, -19 - 15);
  g_assert_cmpint (step (second, "bank"), ==, 1800 - 19 - 15);
  g_assert_cmpint (money_balance (test, "bank"), ==, step (second, "bank"));
  csv = mado_day_report_to_csv (second);
  g_assert_nonnull (strstr (csv, "total,bank,1766\r\n"));
  g_assert_nonnull (strstr (csv, "line,qr-wallet.open,1\r\n"));
  g_assert_nonnull (strstr (csv, "line,terminal.takenYen,300\r\n"));
  save_pdf (second);
  mado_clock_thaw ();
}

static void
test_empty (MadoTestStore *test)
{
  g_autoptr(MadoDayReport) report = read_report (test, "2026-11-20");
  g_autoptr(GError) day = NULL, role = NULL;

  g_assert_cmpint (report->entries, ==, 0);
  save_pdf (report);
  g_assert_null (mado_day_read_report (test->store, &money_clerk, NULL, "2026-13-01", &day));
  g_assert_error (day, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (mado_day_read_report (test->store, &money_resident, NULL, "2026-11-20", &role));
  g_assert_error (role, MADO_ERROR, MADO_ERROR_FORBIDDEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/day/empty", test_empty);
  mado_test_store_add ("/payments/day/report", test_report);
  return g_test_run ();
}
