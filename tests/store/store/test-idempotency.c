/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "core/mado-clock.h"
#include "store/mado-idempotency.h"

typedef struct {
  MadoIdempotency *request;
  GBytes          *answer;
} Kept;

static MadoOutcome
keep (MadoTx *tx, gpointer data, GError **error)
{
  Kept *kept = data;

  return mado_idempotency_keep (kept->request, tx, kept->answer, error) ? MADO_OUTCOME_COMMIT
                                                                        : MADO_OUTCOME_ROLL_BACK;
}

static MadoIdempotency *
request_new (MadoTestStore *test, const char *credential, const char *key, const char *request, const char *text)
{
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  return mado_idempotency_new (test->store, credential, key, request, body);
}

static void
test_replay (MadoTestStore *test)
{
  g_autoptr(MadoIdempotency) first = request_new (test, "token", "key-1", "POST /v1/visits", "{\"a\":1}");
  g_autoptr(MadoIdempotency) again = NULL;
  g_autoptr(MadoIdempotency) other_body = request_new (test, "token", "key-1", "POST /v1/visits", "{\"a\":2}");
  g_autoptr(MadoIdempotency) other_path = request_new (test, "token", "key-1", "POST /v1/cases", "{\"a\":1}");
  g_autoptr(MadoIdempotency) other_owner = request_new (test, "another", "key-1", "POST /v1/visits", "{\"a\":1}");
  g_autoptr(GBytes) answer = g_bytes_new_static ("201 created", 11);
  g_autoptr(GBytes) found = NULL;
  g_autoptr(GError) error = NULL;
  Kept kept = { first, answer };

  g_assert_null (mado_idempotency_find (first, &error));
  g_assert_no_error (error);
  g_assert_true (mado_store_write (test->store, keep, &kept, &error));

  mado_test_store_reopen (test);
  again = request_new (test, "token", "key-1", "POST /v1/visits", "{\"a\":1}");
  found = mado_idempotency_find (again, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (found, NULL), g_bytes_get_size (found), "201 created", 11);

  kept.request = again;
  g_assert_false (mado_store_write (test->store, keep, &kept, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_EXISTS);
  g_clear_error (&error);
  g_clear_pointer (&other_body, mado_idempotency_free);
  g_clear_pointer (&other_path, mado_idempotency_free);
  g_clear_pointer (&other_owner, mado_idempotency_free);

  other_body = request_new (test, "token", "key-1", "POST /v1/visits", "{\"a\":2}");
  g_assert_null (mado_idempotency_find (other_body, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_KEY_REUSED);
  g_clear_error (&error);
  other_path = request_new (test, "token", "key-1", "POST /v1/cases", "{\"a\":1}");
  g_assert_null (mado_idempotency_find (other_path, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_KEY_REUSED);
  g_clear_error (&error);
  other_owner = request_new (test, "another", "key-1", "POST /v1/visits", "{\"a\":1}");
  g_assert_null (mado_idempotency_find (other_owner, &error));
  g_assert_no_error (error);
}

/* The same request sixty times at once: one goes in, and all get its answer. */
typedef struct {
  MadoTestStore *test;
  gint           kept;
  gint           replayed;
} Race;

static gpointer
race (gpointer data)
{
  Race *self = data;
  g_autoptr(MadoIdempotency) request = request_new (self->test, "token", "key-2", "POST /v1/visits", "{}");
  g_autofree char *text = g_strdup_printf ("%p", request);
  g_autoptr(GBytes) answer = g_bytes_new (text, strlen (text));
  g_autoptr(GBytes) found = mado_idempotency_find (request, NULL);
  Kept kept = { request, answer };

  if (found == NULL && mado_store_write (self->test->store, keep, &kept, NULL)) {
    g_atomic_int_inc (&self->kept);
    return NULL;
  }
  if (found == NULL)
    found = mado_idempotency_find (request, NULL);
  g_assert_nonnull (found);
  g_atomic_int_inc (&self->replayed);
  return NULL;
}

static void
test_race (MadoTestStore *test)
{
  Race self = { test, 0, 0 };
  GThread *threads[60];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("race", race, &self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (self.kept, ==, 1);
  g_assert_cmpint (self.replayed, ==, G_N_ELEMENTS (threads) - 1);
}

static MadoOutcome
purge (MadoTx *tx, gpointer data, GError **error)
{
  *(gint64 *) data = mado_idempotency_purge (tx, 100, error);
  return MADO_OUTCOME_COMMIT;
}

static void
test_expiry (MadoTestStore *test)
{
  g_autoptr(MadoIdempotency) request = request_new (test, "token", "key-3", "POST /v1/visits", "{}");
  g_autoptr(GBytes) answer = g_bytes_new_static ("200", 3);
  g_autoptr(GBytes) found = NULL;
  g_autoptr(GError) error = NULL;
  Kept kept = { request, answer };
  gint64 purged = -1;

  mado_clock_freeze (mado_clock_now ());
  g_assert_true (mado_store_write (test->store, keep, &kept, &error));
  mado_clock_advance (24 * G_TIME_SPAN_HOUR);
  g_assert_true (mado_store_write (test->store, purge, &purged, &error));
  g_assert_cmpint (purged, ==, 0);
  found = mado_idempotency_find (request, &error);
  g_assert_nonnull (found);

  mado_clock_advance (2 * G_TIME_SPAN_HOUR);
  g_assert_true (mado_store_write (test->store, purge, &purged, &error));
  g_assert_null (mado_idempotency_find (request, &error));
  g_assert_no_error (error);
  mado_clock_thaw ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/idempotency/replay", test_replay);
  mado_test_store_add ("/idempotency/race", test_race);
  mado_test_store_add ("/idempotency/expiry", test_expiry);
  return g_test_run ();
}
