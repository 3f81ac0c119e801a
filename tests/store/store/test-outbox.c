/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "core/mado-clock.h"
#include "store/mado-outbox.h"

static const MadoActor notifier = { .kind = "device", .id = "notifier-1", .role = MADO_ROLE_NOTIFIER };
static const MadoActor other = { .kind = "device", .id = "notifier-2", .role = MADO_ROLE_NOTIFIER };
static const char *const desktop[] = { "desktop", "push", NULL };
static const char *const mail[] = { "mail", NULL };

static MadoOutcome
put (MadoTx *tx, gpointer key, GError **error)
{
  g_autoptr(JsonNode) payload = json_from_string ("{\"page\":\"home\",\"秘密\":\"marker-secret\"}", NULL);

  return mado_outbox_put (tx, "desktop", "staff-call", key, payload, error) ? MADO_OUTCOME_COMMIT
                                                                            : MADO_OUTCOME_ROLL_BACK;
}

static void
put_one (MadoTestStore *test, const char *key)
{
  g_autoptr(GError) error = NULL;

  mado_store_write (test->store, put, (gpointer) key, &error);
  g_assert_no_error (error);
}

static MadoOutboxLease *
take (MadoTestStore *test, const MadoActor *actor, const char *const *channels, guint max)
{
  g_autoptr(GError) error = NULL;
  MadoOutboxLease *lease = NULL;

  mado_act_run (test->store, mado_outbox_take (test->store, actor, channels, max, 60, &error),
                (gpointer *) &lease, &error);
  g_assert_no_error (error);
  return lease;
}

static MadoOutboxItem *
settle (MadoTestStore *test, const MadoActor *actor, const char *id, gboolean delivered, GError **error)
{
  MadoOutboxItem *item = NULL;

  mado_act_run (test->store, mado_outbox_settle (test->store, actor, id, delivered, "no display", error),
                (gpointer *) &item, error);
  return item;
}

static void
test_once (MadoTestStore *test)
{
  g_autoptr(MadoOutboxLease) lease = NULL;
  g_autoptr(MadoOutboxLease) none = NULL;
  g_autoptr(MadoOutboxItem) settled = NULL;
  g_autoptr(GError) error = NULL;
  MadoOutboxItem *item;

  put_one (test, "call-1");
  put_one (test, "call-1");
  put_one (test, "call-2");
  none = take (test, &notifier, mail, 10);
  g_assert_cmpuint (none->items->len, ==, 0);
  g_clear_object (&none);

  lease = take (test, &notifier, desktop, 1);
  g_assert_cmpuint (lease->items->len, ==, 1);
  item = lease->items->pdata[0];
  g_assert_cmpstr (item->key, ==, "call-1");
  g_assert_cmpint (item->attempt, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (item->payload), "秘密"), ==,
                   "marker-secret");

  none = take (test, &other, desktop, 10);
  g_assert_cmpuint (none->items->len, ==, 1);
  g_assert_cmpstr (((MadoOutboxItem *) none->items->pdata[0])->key, ==, "call-2");

  g_assert_null (settle (test, &other, item->id, TRUE, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  settled = settle (test, &notifier, item->id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (settled->state, ==, MADO_OUTBOX_STATE_DELIVERED);
  g_assert_null (settle (test, &notifier, item->id, TRUE, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (settle (test, &notifier, "01HZZZZZZZZZZZZZZZZZZZZZZZ", TRUE, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

/* A lease that is not settled comes back when it is over. */
static void
test_lost (MadoTestStore *test)
{
  g_autoptr(MadoOutboxLease) lost = NULL;
  g_autoptr(MadoOutboxLease) again = NULL;
  g_autoptr(GError) error = NULL;
  const char *id;

  mado_clock_freeze (mado_clock_now ());
  put_one (test, "call");
  lost = take (test, &notifier, desktop, 10);
  id = ((MadoOutboxItem *) lost->items->pdata[0])->id;
  mado_clock_advance (61 * G_TIME_SPAN_SECOND);
  again = take (test, &other, desktop, 10);
  g_assert_cmpuint (again->items->len, ==, 1);
  g_assert_cmpint (((MadoOutboxItem *) again->items->pdata[0])->attempt, ==, 2);
  g_assert_null (settle (test, &notifier, id, TRUE, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  mado_clock_thaw ();
}

static void
test_schedule (MadoTestStore *test)
{
  guint n;
  const gint64 *schedule = mado_outbox_get_schedule (&n);
  const char *id;
  g_autoptr(GPtrArray) dead = NULL;
  g_autoptr(MadoOutboxLease) last = NULL;
  g_autoptr(MadoOutboxItem) revived = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *next = NULL;

  mado_clock_freeze (mado_clock_now ());
  put_one (test, "call");
  for (guint i = 0; i <= n; i++) {
    g_autoptr(MadoOutboxLease) lease = take (test, &notifier, desktop, 10);
    g_autoptr(MadoOutboxLease) early = NULL;
    g_autoptr(MadoOutboxItem) item = NULL;

    g_assert_cmpuint (lease->items->len, ==, 1);
    item = settle (test, &notifier, ((MadoOutboxItem *) lease->items->pdata[0])->id, FALSE, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (item->reason, ==, "no display");
    g_assert_cmpint (item->state, ==, i < n ? MADO_OUTBOX_STATE_WAITING : MADO_OUTBOX_STATE_DEAD);
    if (i == n)
      break;
    mado_clock_advance (schedule[i] - G_TIME_SPAN_SECOND);
    early = take (test, &notifier, desktop, 10);
    g_assert_cmpuint (early->items->len, ==, 0);
    mado_clock_advance (G_TIME_SPAN_SECOND);
  }

  dead = mado_outbox_list (test->store, MADO_OUTBOX_STATE_DEAD, NULL, 10, &next, &error);
  g_assert_cmpuint (dead->len, ==, 1);
  g_assert_null (next);
  g_assert_null (((MadoOutboxItem *) dead->pdata[0])->payload);
  id = ((MadoOutboxItem *) dead->pdata[0])->id;
  mado_act_run (test->store, mado_outbox_revive (test->store, &notifier, id, &error), (gpointer *) &revived,
                &error);
  g_assert_no_error (error);
  last = take (test, &notifier, desktop, 10);
  g_assert_cmpuint (last->items->len, ==, 1);
  g_assert_nonnull (((MadoOutboxItem *) last->items->pdata[0])->payload);
  mado_clock_thaw ();
}

static void
test_pages (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *cursor = NULL;
  guint seen = 0;

  for (guint i = 0; i < 7; i++) {
    g_autofree char *key = g_strdup_printf ("call-%u", i);

    put_one (test, key);
  }
  do {
    g_autofree char *former = g_steal_pointer (&cursor);
    g_autoptr(GPtrArray) page =
      mado_outbox_list (test->store, MADO_OUTBOX_STATE_WAITING, former, 3, &cursor, &error);

    g_assert_no_error (error);
    seen += page->len;
  } while (cursor != NULL);
  g_assert_cmpuint (seen, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/outbox/once", test_once);
  mado_test_store_add ("/outbox/lost", test_lost);
  mado_test_store_add ("/outbox/schedule", test_schedule);
  mado_test_store_add ("/outbox/pages", test_pages);
  return g_test_run ();
}
