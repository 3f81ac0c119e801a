/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The treasurer's large files: a billing file becomes charges, and a wallet's settlement file is matched with its
 * payments, each a job on a store that is durable as in service.
 *
 *   bench-books ADDRESS BILLS SETTLEMENT BOOKS_JSON [BILLING_ROWS PAYMENTS]
 *
 * Writes both files (for the peer as well) and prints one line of JSON for each.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/mado-id.h"
#include "payments/mado-billing.h"
#include "payments/mado-charges.h"
#include "payments/mado-payments-private.h"
#include "payments/mado-settlements.h"
#include "store/mado-job.h"

#define PIECE 5000

static const MadoActor clerk = { "staff", "bench", NULL, MADO_ROLE_SUPERVISOR };
static const MadoActor provider = { "system", "bench", NULL, MADO_ROLE_SYSTEM };

static void
check (const GError *error)
{
  if (error)
    g_error ("%s", error->message);
}

static gint64
memory_peak (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  peak = status ? strstr (status, "VmHWM:") : NULL;
  return peak ? g_ascii_strtoll (peak + 6, NULL, 10) / 1024 : 0;
}

static void
wait_for (MadoStore *store, const char *id)
{
  for (;; g_usleep (20000)) {
    g_autoptr(MadoJob) job = mado_job_get (store, id, NULL);

    if (job->state == MADO_JOB_STATE_DONE)
      return;
    if (job->state > MADO_JOB_STATE_DONE)
      g_error ("%s", job->message);
  }
}

typedef struct {
  gint64 clock, processor;
} Moment;

static Moment
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (Moment) { g_get_monotonic_time (), spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000 };
}

static void
report (const char *what, guint rows, Moment since)
{
  Moment end = now ();
  double seconds = (double) (end.clock - since.clock) / G_USEC_PER_SEC;

  printf ("{\"what\":\"%s\",\"rows\":%u,\"seconds\":%.2f,\"processor\":%.2f,\"rate\":%.0f,\"peakMB\":%"
          G_GINT64_FORMAT "}\n", what, rows, seconds, (double) (end.processor - since.processor) / G_USEC_PER_SEC,
          rows / seconds, memory_peak ());
  fflush (stdout);
}

/* --- billing ------------------------------------------------------------------------------------------------------ */

#define TITLES "通知書番号,宛名ID,納税者カナ,税額,納期限,期別,税目\n"

static void
append_bill (GString *out, guint i)
{
  g_string_append_printf (out, "T%07u,01JD%022u,ﾔﾏﾀﾞ ﾀﾛｳ%u,%u,2026-12-25,%u,市県民税\n", i, i, i / 4, 1000 + i % 50000,
                          1 + i % 4);
}

static char *
add_pieces (MadoStore *store, MadoTreasury *treasury, guint rows, FILE *copy)
{
  g_autoptr(MadoBilling) billing = NULL;
  g_autoptr(GError) error = NULL;

  fputs (TITLES, copy);
  mado_act_run (store, mado_billing_open (store, &clerk, treasury, "tax-bills", TITLES, strlen (TITLES), &error),
                (gpointer *) &billing, &error);
  check (error);
  for (guint i = 0; i < rows; i += PIECE) {
    g_autoptr(GString) piece = g_string_new (NULL);

    for (guint k = i; k < MIN (i + PIECE, rows); k++)
      append_bill (piece, k);
    fputs (piece->str, copy);
    mado_act_run (store, mado_billing_add (store, &clerk, treasury, billing->id, i / PIECE, (guint8 *) piece->str,
                                           piece->len, &error), NULL, &error);
    check (error);
  }
  return g_strdup (billing->id);
}

static void
bill (MadoStore *store, MadoTreasury *treasury, guint rows, const char *path)
{
  Moment since = now ();
  FILE *copy = fopen (path, "w");
  g_autofree char *id = add_pieces (store, treasury, rows, copy);
  g_autoptr(MadoBilling) billing = NULL;
  g_autoptr(GError) error = NULL;

  fclose (copy);
  mado_billing_serve (store);
  mado_act_run (store, mado_billing_import (store, &clerk, id, &error), (gpointer *) &billing, &error);
  check (error);
  wait_for (store, billing->job);
  report ("billing", rows, since);
}

/* --- settlement --------------------------------------------------------------------------------------------------- */

typedef struct {
  GString *file;
  guint first, n;
} Payments;

static MadoCharge *
make_charge (void)
{
  MadoCharge *charge = g_object_new (MADO_TYPE_CHARGE, "office", "hall", NULL);
  MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, "account", "fees.certificates", NULL);

  line->quantity = 1;
  line->unit = 300;
  charge->words = json_from_string ("{\"ja\":\"住民票の写し\"}", NULL);
  charge->lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (charge->lines, line);
  return charge;
}

static gboolean
pay_one (Payments *self, MadoTx *tx, guint i, GError **error)
{
  g_autoptr(MadoCharge) charge = make_charge ();
  g_autofree char *reference = g_strdup_printf ("P%07u", i), *key = g_strconcat ("bench/", reference, NULL);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_CAPTURE, .key = key, .yen = 300, .reference = reference };
  g_auto(MadoChargeDraft) draft = { 0 };
  g_autoptr(MadoPayment) payment = NULL;

  if (!mado_charge_draft_prepare (&draft, mado_tx_get_store (tx), charge, error)
      || !mado_charge_draft_apply (&draft, tx, &provider, error)
      || !(payment = mado_payment_note_in (tx, &provider, charge->number, MADO_PROVIDER_QR_WALLET, &news, error)))
    return FALSE;
  g_string_append_printf (self->file, "%s,取引完了,2026/11/20 10:00:00,300,%s\n", reference, payment->id);
  return TRUE;
}

static MadoOutcome
pay (MadoTx *tx, gpointer data, GError **error)
{
  Payments *self = data;

  for (guint i = 0; i < self->n; i++)
    if (!pay_one (self, tx, self->first + i, error))
      return MADO_OUTCOME_ROLL_BACK;
  return MADO_OUTCOME_COMMIT;
}

static void
match (MadoStore *store, MadoTreasury *treasury, guint rows, const char *path)
{
  g_autoptr(GString) file = g_string_new ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n");
  g_autoptr(MadoSettlement) preview = NULL, settlement = NULL;
  g_autoptr(GError) error = NULL;
  Moment since;

  for (guint i = 0; i < rows; i += 1000) {
    Payments payments = { file, i, MIN (1000, rows - i) };

    mado_store_write (store, pay, &payments, &error);
    check (error);
  }
  g_file_set_contents (path, file->str, (gssize) file->len, &error);
  check (error);
  since = now ();
  preview = mado_settlement_preview (store, &clerk, treasury, "wallet", (guint8 *) file->str, file->len, &error);
  check (error);
  g_assert_cmpint (preview->matched, ==, rows);
  report ("matching", rows, since);
  since = now ();
  mado_settlements_serve (store, treasury);
  mado_act_run (store, mado_settlement_take (store, &clerk, treasury, "wallet", (guint8 *) file->str, file->len,
                                             &error), (gpointer *) &settlement, &error);
  check (error);
  wait_for (store, settlement->job);
  report ("settling", rows, since);
}

int
main (int argc, char **argv)
{
  g_autoptr(MadoKey) key = mado_key_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStore) store = NULL;
  g_autoptr(MadoTreasury) treasury = NULL;

  if (argc < 5)
    return 2;
  store = mado_store_open (argv[1], key, &error);
  check (error);
  treasury = mado_treasury_load (argv[4], &error);
  check (error);
  bill (store, treasury, argc > 5 ? (guint) atoi (argv[5]) : 450000, argv[2]);
  match (store, treasury, argc > 6 ? (guint) atoi (argv[6]) : 100000, argv[3]);
  mado_store_close (store);
  return 0;
}
