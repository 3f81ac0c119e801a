/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store alone can file: a visit updated, a case with 2 KB of sealed answers, a journal entry, a message
 * in the outbox and an idempotent answer, durable before it counts.
 *
 *     bench-store ADDRESS CONCURRENCY SECONDS [VISITS]
 *
 * ADDRESS: of an empty store, "sqlite:PATH" or "postgresql://…"
 */
#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "store/mado-idempotency.h"
#include "store/mado-outbox.h"

#include <stdlib.h>
#include <string.h>

#define ANSWERS 2000

typedef struct {
  MadoStore *store;
  MadoKey   *key;
  JsonNode  *payload;
  GMainLoop *loop;
  char     (*visits)[27];
  guint      n_visits, next, running;
  gint64     ends;
  GArray    *latencies;    /* µs */
  guint      failed;
} Bench;

typedef struct {
  Bench           *bench;
  const char      *visit;
  char             id[27], number[20];
  GBytes          *answers;
  GBytes          *receipt;
  MadoIdempotency *idempotency;
  gint64           began;
} Filing;

static const MadoActor actor = { .kind = "visit", .id = "bench" };

static void file_next (Bench *bench);

/* --- the two halves ------------------------------------------------------------------------------------------ */

static Filing *
prepare (Bench *bench, guint index)
{
  Filing *self = g_new0 (Filing, 1);
  g_autoptr(GBytes) body = NULL;
  char answers[ANSWERS];

  memset (answers, 'a', sizeof answers);
  body = g_bytes_new (answers, sizeof answers);
  self->began = g_get_monotonic_time ();
  self->bench = bench;
  self->visit = bench->visits[index];
  mado_ulid_fill (self->id);
  g_snprintf (self->number, sizeof self->number, "%08x%06x-1", g_random_int (), g_random_int () >> 8);
  self->answers = mado_seal (bench->key, self->id, answers, sizeof answers);
  self->receipt = g_bytes_new (answers, 300);
  self->idempotency = mado_idempotency_new (bench->store, self->visit, self->id, "POST /v1/visits", body);
  return self;
}

static void
filing_free (Filing *self)
{
  mado_idempotency_free (self->idempotency);
  g_bytes_unref (self->answers);
  g_bytes_unref (self->receipt);
  g_free (self);
}

static gboolean
insert_case (Filing *self, MadoTx *tx, GError **error)
{
  gint64 now = mado_tx_now (tx);

  return mado_tx_exec (tx, error,
                       "INSERT INTO cases (id, number, version, state, visit, procedure, revision, form,"
                       " form_revision, form_digest, language, resident_id, submitted_at, updated_at, days_left,"
                       " fee, paid_at, released_at, answers) VALUES ($1, $2, 1, 'submitted', $3, 'juminhyo', 1,"
                       " 'juminhyo', 1, 'digest', 'ja', $4, $5, $5, 0, 300, 0, 0, $6)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_TEXT (self->number), MADO_TEXT (self->visit),
                                  MADO_TEXT (self->visit), MADO_INT (now), MADO_BYTES (self->answers)));
}

static MadoOutcome
apply (MadoTx *tx, gpointer data, GError **error)
{
  Filing *self = data;
  char subject[48];

  g_snprintf (subject, sizeof subject, "case/%s", self->id);
  return mado_tx_expect (tx, 1, MADO_ERROR_CONFLICT, error,
                         "UPDATE visits SET state = 'filed', filed_at = $2 WHERE id = $1 AND state = 'open'",
                         MADO_BIND (MADO_TEXT (self->visit), MADO_INT (mado_tx_now (tx))))
         && insert_case (self, tx, error)
         && mado_journal_append (tx, &actor, "case.submitted", subject, self->visit, NULL, error)
         && mado_outbox_put (tx, "desktop", "case.submitted", self->id, self->bench->payload, error)
         && mado_idempotency_keep (self->idempotency, tx, self->receipt, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
on_written (gpointer data, const GError *error)
{
  Filing *self = data;
  Bench *bench = self->bench;
  guint latency = g_get_monotonic_time () - self->began;

  if (error != NULL && bench->failed++ == 0)
    g_printerr ("%s\n", error->message);
  g_array_append_val (bench->latencies, latency);
  filing_free (self);
  bench->running--;
  file_next (bench);
}

static void
file_next (Bench *bench)
{
  if (g_get_monotonic_time () < bench->ends && bench->next < bench->n_visits) {
    bench->running++;
    mado_store_write_async (bench->store, apply, prepare (bench, bench->next++), on_written);
  } else if (bench->running == 0)
    g_main_loop_quit (bench->loop);
}

/* --- the city before it -------------------------------------------------------------------------------------- */

static MadoOutcome
open_visits (MadoTx *tx, gpointer data, GError **error)
{
  Bench *bench = data;

  for (guint end = MIN (bench->next + 1000, bench->n_visits); bench->next < end; bench->next++) {
    char *id = bench->visits[bench->next];

    mado_ulid_fill (id);
    if (!mado_tx_exec (tx, error,
                       "INSERT INTO visits (id, number, state, device, language, started_at, expires_at,"
                       " filed_at, ended_at) VALUES ($1, $1, 'open', 'kiosk', 'ja', $2, $2, 0, 0)",
                       MADO_BIND (MADO_TEXT (id), MADO_INT (mado_tx_now (tx)))))
      return MADO_OUTCOME_ROLL_BACK;
  }
  return MADO_OUTCOME_COMMIT;
}

static MadoOutcome
make_key (MadoTx *tx, gpointer data, GError **error)
{
  ((Bench *) data)->key = mado_tx_subject_key (tx, "bench", "case", error);
  return ((Bench *) data)->key ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  static const guint8 same_for_all[MADO_KEY_BYTES];    /* so that several can run on one store */
  g_autoptr(MadoKey) data_key = mado_key_new_from_bytes (same_for_all, sizeof same_for_all, NULL);
  Bench bench = { 0 };
  guint concurrency;
  gint64 began;
  double seconds;

  if (argc < 4) {
    g_printerr ("usage: bench-store ADDRESS CONCURRENCY SECONDS [VISITS]\n");
    return 2;
  }
  concurrency = atoi (argv[2]);
  bench.store = mado_store_open (argv[1], data_key, &error);
  if (bench.store == NULL)
    g_error ("%s", error->message);
  bench.n_visits = argc > 4 ? atoi (argv[4]) : 20000 * atoi (argv[3]);
  bench.visits = g_malloc (bench.n_visits * sizeof *bench.visits);
  bench.payload = json_from_string ("{\"number\":\"K7M4-R29-1\",\"procedure\":\"juminhyo\"}", NULL);
  bench.latencies = g_array_sized_new (FALSE, FALSE, sizeof (guint), bench.n_visits);
  bench.loop = g_main_loop_new (NULL, FALSE);
  mado_store_write (bench.store, make_key, &bench, &error);
  while (error == NULL && bench.next < bench.n_visits)
    mado_store_write (bench.store, open_visits, &bench, &error);
  if (error != NULL)
    g_error ("%s", error->message);

  bench.next = 0;
  began = g_get_monotonic_time ();
  bench.ends = began + atoi (argv[3]) * G_TIME_SPAN_SECOND;
  for (guint i = 0; i < concurrency; i++)
    file_next (&bench);
  g_main_loop_run (bench.loop);
  seconds = (g_get_monotonic_time () - began) / 1e6;

  g_array_sort (bench.latencies, by_size);
  g_print ("%u at once: %.0f filings/s, p50 %.1f ms, p99 %.1f ms, worst %.1f ms, %u failed\n", concurrency,
           bench.latencies->len / seconds, g_array_index (bench.latencies, guint, bench.latencies->len / 2) / 1e3,
           g_array_index (bench.latencies, guint, bench.latencies->len * 99 / 100) / 1e3,
           g_array_index (bench.latencies, guint, bench.latencies->len - 1) / 1e3, bench.failed);
  mado_store_close (bench.store);
  g_object_unref (bench.store);
  mado_key_unref (bench.key);
  json_node_unref (bench.payload);
  g_array_unref (bench.latencies);
  g_main_loop_unref (bench.loop);
  g_free (bench.visits);
  return bench.failed > 0;
}
