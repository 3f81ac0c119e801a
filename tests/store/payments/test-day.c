/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

#include "core/mado-clock.h"
#include "model/mado-city.h"
#include "paper/mado-paper.h"
#include "payments/mado-slips.h"

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

/* --- a day of the sample city ----------------------------------------------------------------------------------- */

typedef struct {
  MadoTestStore *test;
  GString *wallet, *slips;
  GArray *credits;        /* of MoneyCredit */
  GPtrArray *texts;
  gint64 raised, paid;
} Day;

static void
pay_by_slip (Day *self, const MadoCharge *charge)
{
  g_autoptr(MadoChargeSlip) slip = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *flash = NULL, *final = NULL;

  mado_act_run (self->test->store, mado_slip_issue (self->test->store, &money_resident, charge->number, "929023",
                                                    &error), (gpointer *) &slip, &error);
  g_assert_no_error (error);
  flash = money_slip_line ("01", slip->code, charge->amount);
  final = money_slip_line ("02", slip->code, charge->amount);
  g_string_append_printf (self->slips, "%s%s", flash, final);
}

static void
pay_by_transfer (Day *self, const MadoCharge *charge)
{
  char *reference = g_strdup_printf ("%06u", self->credits->len + 1), *note = g_strdup (charge->number);
  const MoneyCredit credit = { "ﾌｼﾞｻﾜ ﾀﾛｳ", note, (int) charge->amount, reference };

  g_array_append_val (self->credits, credit);
  g_ptr_array_add (self->texts, reference);
  g_ptr_array_add (self->texts, note);
}

static void
pay_by_wallet (Day *self, const MadoCharge *charge, guint i)
{
  g_autoptr(MadoPayment) payment = pay (self->test, charge, MADO_PROVIDER_QR_WALLET);

  if (i % 20 != 1)    /* one of them is not in the wallet's file */
    g_string_append_printf (self->wallet, "P%u,取引完了,2026/11/20 10:00:00,%" G_GINT64_FORMAT ",%s\n", i,
                            charge->amount, payment->id);
}

/* Certificates, taxes and fees of a day, by every way there is; some are not paid at all. */
static void
live_a_day (Day *self)
{
  for (guint i = 0; i < 60; i++) {
    g_autoptr(MadoCharge) charge = money_raise (self->test, 300 + 250 * (i % 17));
    g_autoptr(MadoPayment) payment = NULL;

    self->raised += charge->amount;
    self->paid += i % 6 == 5 ? 0 : charge->amount;
    if (i % 6 == 0)
      payment = pay (self->test, charge, MADO_PROVIDER_COUNTER);
    else if (i % 6 == 1)
      pay_by_wallet (self, charge, i);
    else if (i % 6 == 2)
      payment = pay (self->test, charge, MADO_PROVIDER_TERMINAL);
    else if (i % 6 == 3)
      pay_by_slip (self, charge);
    else if (i % 6 == 4)
      pay_by_transfer (self, charge);
  }
}

/* Each file twice: the second time changes nothing, not even the journal. */
static void
take_twice (Day *self, const char *mapping, const GString *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoSettlement) first = money_take (self->test, mapping, file->str, (gssize) file->len, &error);
  g_autoptr(MadoSettlement) second = NULL;
  gint64 before = people_count (self->test, "SELECT COUNT(*) AS n FROM ledger_postings");

  g_assert_no_error (error);
  second = money_take (self->test, mapping, file->str, (gssize) file->len, &error);
  g_assert_no_error (error);
  g_assert_true (second->again);
  g_assert_cmpint (people_count (self->test, "SELECT COUNT(*) AS n FROM ledger_postings"), ==, before);
}

static void
test_sample_day (MadoTestStore *test)
{
  Day day = { .test = test, .wallet = g_string_new ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n"),
              .slips = g_string_new (NULL), .credits = g_array_new (FALSE, FALSE, sizeof (MoneyCredit)),
              .texts = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr(GString) notice = NULL;
  g_autoptr(MadoDayReport) report = NULL, closed = NULL;
  g_autoptr(GError) error = NULL;

  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T01:00:00Z"));
  live_a_day (&day);
  notice = money_notice ((const MoneyCredit *) (void *) day.credits->data, day.credits->len);
  take_twice (&day, "wallet", day.wallet);
  take_twice (&day, "slips", day.slips);
  take_twice (&day, "bank", notice);
  money_audit (test);
  report = read_report (test, "2026-11-20");
  g_assert_cmpint (step (report, "raised"), ==, day.raised);
  g_assert_cmpint (step (report, "came-in"), ==, day.paid);
  g_assert_cmpint (step (report, "still-owed"), ==, day.paid - day.raised);
  g_assert_cmpuint (report->lines->len, ==, 5);
  g_assert_true (mado_act_run (test->store, mado_day_close (test->store, &money_supervisor, "hongo", "2026-11-20",
                                                            &error), NULL, &error));
  closed = mado_day_read_report (test->store, &money_clerk, "hongo", "2026-11-20", &error);
  g_assert_true (closed->balanced);
  g_assert_nonnull (closed->digest);
  save_pdf (closed);
  mado_clock_thaw ();
  g_string_free (day.wallet, TRUE);
  g_string_free (day.slips, TRUE);
  g_array_unref (day.credits);
  g_ptr_array_unref (day.texts);
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
  mado_test_store_add ("/payments/day/sample", test_sample_day);
  return g_test_run ();
}
