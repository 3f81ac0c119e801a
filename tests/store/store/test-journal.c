/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-store.h"

#include "store/mado-journal.h"
#include "store/mado-merkle.h"

#include <sodium.h>

static const MadoActor clerk = { .kind = "staff", .id = "clerk-1", .role = MADO_ROLE_CLERK };

typedef struct {
  guint    from;
  guint    n;
  gboolean refuse;
} Appended;

static MadoOutcome
append (MadoTx *tx, gpointer data, GError **error)
{
  const Appended *self = data;

  for (guint i = self->from; i < self->from + self->n; i++) {
    g_autofree char *subject = g_strdup_printf ("case/%u", i);
    g_autofree char *detail = g_strdup_printf ("{\"i\":%u}", i);

    if (!mado_journal_append (tx, &clerk, i % 5 ? "case.submitted" : "case.returned", subject,
                              i % 3 ? NULL : "resident-1", i % 2 ? detail : NULL, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  if (!self->refuse)
    return MADO_OUTCOME_COMMIT;
  g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN, "refused");
  return MADO_OUTCOME_ROLL_BACK;
}

static void
append_entries (MadoTestStore *test, guint from, guint n)
{
  Appended appended = { from, n, FALSE };
  g_autoptr(GError) error = NULL;

  mado_store_write (test->store, append, &appended, &error);
  g_assert_no_error (error);
}

static void
wait_for_position (MadoTestStore *test, gint64 position)
{
  for (guint i = 0; i < 1000 && mado_journal_get_position (test->store) < position; i++)
    g_usleep (5000);
  g_assert_cmpint (mado_journal_get_position (test->store), ==, position);
}

static void
wait_for_root (MadoTestStore *test, gint64 size)
{
  for (guint i = 0; i < 1000; i++) {
    g_autoptr(GPtrArray) roots = mado_journal_get_roots (test->store, 0, 1, NULL);

    if (roots->len == 1 && ((MadoJournalRoot *) roots->pdata[0])->size == size)
      return;
    g_usleep (5000);
  }
  g_assert_not_reached ();
}

static GPtrArray *
read_entries (MadoTestStore *test, MadoJournalQuery query)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *entries = mado_journal_read (test->store, &query, &error);

  g_assert_no_error (error);
  return entries;
}

/* --- positions ----------------------------------------------------------------------------------------------- */

static void
test_positions (MadoTestStore *test)
{
  Appended refused = { 1000, 3, TRUE };
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) page = NULL;
  g_autoptr(GPtrArray) of_resident = NULL;
  g_autoptr(GPtrArray) of_subject = NULL;
  g_autoptr(GPtrArray) of_action = NULL;
  MadoJournalEntry *entry;

  append_entries (test, 0, 7);
  g_assert_false (mado_store_write (test->store, append, &refused, NULL));
  append_entries (test, 7, 1);
  append_entries (test, 8, 12);
  wait_for_position (test, 20);

  all = read_entries (test, (MadoJournalQuery) { .limit = 100 });
  g_assert_cmpuint (all->len, ==, 20);
  for (guint i = 0; i < all->len; i++) {
    g_autofree char *subject = g_strdup_printf ("case/%u", i);

    entry = all->pdata[i];
    g_assert_cmpint (entry->position, ==, i + 1);
    g_assert_cmpstr (entry->subject, ==, subject);
    g_assert_cmpstr (entry->actor, ==, "clerk-1");
    g_assert_cmpint (entry->detail != NULL, ==, i % 2);
    g_assert_cmpuint (strlen (entry->digest), ==, 64);
  }

  page = read_entries (test, (MadoJournalQuery) { .after = 6, .limit = 3 });
  g_assert_cmpuint (page->len, ==, 3);
  g_assert_cmpint (((MadoJournalEntry *) page->pdata[0])->position, ==, 7);

  of_resident = read_entries (test, (MadoJournalQuery) { .after = 1, .limit = 100, .resident = "resident-1" });
  g_assert_cmpuint (of_resident->len, ==, 6);
  g_assert_cmpstr (((MadoJournalEntry *) of_resident->pdata[0])->subject, ==, "case/3");

  of_subject = read_entries (test, (MadoJournalQuery) { .limit = 100, .subject = "case/11" });
  g_assert_cmpuint (of_subject->len, ==, 1);
  g_assert_cmpint (((MadoJournalEntry *) of_subject->pdata[0])->position, ==, 12);

  of_action = read_entries (test, (MadoJournalQuery) { .limit = 100, .action = "case.returned" });
  g_assert_cmpuint (of_action->len, ==, 4);
}

/* --- following ----------------------------------------------------------------------------------------------- */

typedef struct {
  GMainLoop *loop;
  gint64     last;
  gint64     until;
} Heard;

static void
on_news (gpointer data, gint64 position)
{
  Heard *heard = data;

  g_assert_cmpint (position, >, heard->last);
  heard->last = position;
  if (position == heard->until)
    g_main_loop_quit (heard->loop);
}

/* Two openings of one store: both hear of what either writes, in the same order. */
static void
test_follow (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStore) other = mado_store_open (test->address, test->data_key, &error);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Heard heard = { loop, 0, 30 }, heard_other = { loop, 0, 30 };
  guint id = mado_journal_follow (test->store, on_news, &heard);
  guint other_id = mado_journal_follow (other, on_news, &heard_other);
  Appended mine = { 0, 10, FALSE }, theirs = { 10, 10, FALSE };

  g_assert_no_error (error);
  g_assert_true (mado_store_write (test->store, append, &mine, NULL));
  g_assert_true (mado_store_write (other, append, &theirs, NULL));
  g_assert_true (mado_store_write (test->store, append, &mine, NULL));
  while (heard.last < 30 || heard_other.last < 30)
    g_main_loop_run (loop);

  mado_journal_unfollow (test->store, id);
  mado_journal_unfollow (other, other_id);
  g_assert_true (mado_store_write (other, append, &mine, NULL));
  wait_for_position (test, 40);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (heard.last, ==, 30);
  mado_store_close (other);
}

/* --- the tree ------------------------------------------------------------------------------------------------ */

static void
hash_from_hex (const char *hex, MadoHash *out)
{
  gsize n;

  g_assert_cmpint (sodium_hex2bin (out->bytes, sizeof out->bytes, hex, strlen (hex), NULL, &n, NULL), ==, 0);
  g_assert_cmpuint (n, ==, sizeof out->bytes);
}

static GArray *
path_from_strv (GStrv strv)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (MadoHash));

  for (guint i = 0; strv[i] != NULL; i++) {
    MadoHash hash;

    hash_from_hex (strv[i], &hash);
    g_array_append_val (path, hash);
  }
  return path;
}

/* As somebody who trusts nothing but the city's public key. */
static void
check_proof (MadoTestStore *test, gint64 position, gint64 size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoJournalProof) proof = mado_journal_prove (test->store, position, &error);
  g_autoptr(GArray) path = NULL;
  MadoHash digest, leaf, root, former;
  guint8 message[256], signature[64], public_key[32];
  guint64 big_size, big_at;
  gsize n;

  g_assert_no_error (error);
  g_assert_cmpint (proof->root->size, ==, size);
  path = path_from_strv (proof->path);
  hash_from_hex (proof->digest, &digest);
  hash_from_hex (proof->root->root, &root);
  hash_from_hex (proof->root->former, &former);
  mado_merkle_leaf (digest.bytes, sizeof digest.bytes, &leaf);
  g_assert_true (mado_merkle_check_path (&leaf, position - 1, size, path, &root));

  big_size = GUINT64_TO_BE (proof->root->size);
  big_at = GUINT64_TO_BE (proof->root->at);
  n = strlen (strcpy ((char *) message, "madoguchi journal root\n"));
  memcpy (message + n, &big_size, 8);
  memcpy (message + n + 8, &big_at, 8);
  memcpy (message + n + 16, root.bytes, 32);
  memcpy (message + n + 48, former.bytes, 32);
  mado_journal_get_public_key (test->store, public_key);
  sodium_hex2bin (signature, sizeof signature, proof->root->signature, 128, NULL, NULL, NULL);
  g_assert_cmpint (crypto_sign_verify_detached (signature, message, n + 80, public_key), ==, 0);
}

static void
test_proofs (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) roots = NULL;
  g_auto(GStrv) growth = NULL;
  g_autoptr(GArray) path = NULL;
  MadoJournalRoot *former, *root;
  MadoHash former_hash, root_hash;

  append_entries (test, 0, 300);
  wait_for_root (test, 300);
  append_entries (test, 300, 333);
  wait_for_root (test, 633);
  for (gint64 position = 1; position <= 633; position += position < 520 ? 101 : 1)
    check_proof (test, position, 633);

  g_assert_null (mado_journal_prove (test->store, 634, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mado_journal_prove (test->store, 0, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  roots = mado_journal_get_roots (test->store, 0, 10, &error);
  g_assert_cmpuint (roots->len, >=, 2);
  root = roots->pdata[0];
  former = roots->pdata[1];
  growth = mado_journal_prove_growth (test->store, former->size, root->size, &error);
  g_assert_no_error (error);
  path = path_from_strv (growth);
  hash_from_hex (former->root, &former_hash);
  hash_from_hex (root->root, &root_hash);
  g_assert_true (mado_merkle_check_growth (former->size, root->size, &former_hash, &root_hash, path));
}

/* --- verifying ----------------------------------------------------------------------------------------------- */

static gint64
verify (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gint64 bad = -1;
  gboolean right = mado_journal_verify (test->store, NULL, NULL, &bad, &error);

  if (right)
    g_assert_no_error (error);
  else
    g_assert_error (error, MADO_ERROR, MADO_ERROR_CRYPTO);
  g_assert_cmpint (right, ==, bad == 0);
  return bad;
}

static void
test_verify (MadoTestStore *test)
{
  g_assert_cmpint (verify (test), ==, 0);
  append_entries (test, 0, 600);
  wait_for_root (test, 600);
  append_entries (test, 600, 10);
  wait_for_root (test, 610);
  append_entries (test, 610, 1);
  wait_for_position (test, 611);
  g_assert_cmpint (verify (test), ==, 0);
  mado_test_store_reopen (test);
  g_assert_cmpint (verify (test), ==, 0);

  mado_test_store_tamper (test, "UPDATE journal SET actor = 'nobody' WHERE subject = 'case/605'");
  g_assert_cmpint (verify (test), ==, 606);
  mado_test_store_tamper (test, "UPDATE journal SET detail = '{}' WHERE subject = 'case/299'");
  g_assert_cmpint (verify (test), ==, 300);
  mado_test_store_tamper (test, "DELETE FROM journal WHERE subject = 'case/41'");
  g_assert_cmpint (verify (test), ==, 42);
}

/* Whoever can write the database but not sign: an entry swapped for another, digest and all; its tile made to
 * match; the newest root taken away, or forged. */
static void
test_forged (MadoTestStore *test)
{
  append_entries (test, 0, 300);
  wait_for_root (test, 300);
  append_entries (test, 300, 50);
  wait_for_root (test, 350);
  g_assert_cmpint (verify (test), ==, 0);

  mado_test_store_tamper (test, "UPDATE journal SET"
                          " actor = (SELECT o.actor FROM journal o WHERE o.subject = 'case/7'),"
                          " at = (SELECT o.at FROM journal o WHERE o.subject = 'case/7'),"
                          " detail = (SELECT o.detail FROM journal o WHERE o.subject = 'case/7'),"
                          " resident = (SELECT o.resident FROM journal o WHERE o.subject = 'case/7'),"
                          " action = (SELECT o.action FROM journal o WHERE o.subject = 'case/7'),"
                          " salt = (SELECT o.salt FROM journal o WHERE o.subject = 'case/7'),"
                          " digest = (SELECT o.digest FROM journal o WHERE o.subject = 'case/7'),"
                          " subject = 'case/7' WHERE subject = 'case/320'");
  g_assert_cmpint (verify (test), ==, 321);
  mado_test_store_tamper (test, "UPDATE journal_root SET size = size - 1 WHERE size = 300");
  g_assert_cmpint (verify (test), ==, 1);
}

/* --- looks --------------------------------------------------------------------------------------------------- */

static void
test_looks (MadoTestStore *test)
{
  MadoActor resident = { .kind = "visit", .id = "visit-1", .behalf = "resident-1" };
  MadoLook looks[] = { { "case/1", "resident-1", NULL }, { "case/2", "resident-2", NULL } };
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_journal_look (test->store, &resident, "case.read", looks, 1, &error));
  g_assert_true (mado_journal_look (test->store, &clerk, "case.read", looks, 2, &error));
  g_assert_no_error (error);
  wait_for_position (test, 2);
  entries = read_entries (test, (MadoJournalQuery) { .limit = 10, .resident = "resident-1" });
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((MadoJournalEntry *) entries->pdata[0])->actor, ==, "clerk-1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/journal/positions", test_positions);
  mado_test_store_add ("/journal/follow", test_follow);
  mado_test_store_add ("/journal/proofs", test_proofs);
  mado_test_store_add ("/journal/verify", test_verify);
  mado_test_store_add ("/journal/forged", test_forged);
  mado_test_store_add ("/journal/looks", test_looks);
  return g_test_run ();
}
