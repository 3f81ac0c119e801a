/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A city's money at random: what is told comes twice, in the wrong order, late or never; acts die before their commit,
 * the program between any two; the clock jumps. In the end the books balance, each charge is explained, and every
 * payment is what the world knows it to be.
 *
 * MADO_HISTORY sets how many operations, --seed repeats one. With MADO_HISTORY_FOLDER the history is kept there and
 * goes on where it was, however it ended: on SQLite, or in the database that MADO_HISTORY_STORE names.
 */
#include "money.h"

#include <stdlib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "store/mado-row.h"

#define OPERATIONS 20000
#define CHAPTER    1000   /* operations, after which a history that is kept says where it is */
#define AUDITS     8
#define BATCH_BITS 11     /* of a batch's number that are not its microsecond */
#define EVENT(e)   MADO_PAYMENT_EVENT_##e

/* --- the world ---------------------------------------------------------------------------------------------------- */

/* What really becomes of a payment, as its provider will tell it, in order. */
static const MadoPaymentEvent stories[][4] = {
  { EVENT (OPEN), EVENT (CAPTURE) },
  { EVENT (OPEN), EVENT (AUTHORISE), EVENT (CAPTURE) },
  { EVENT (OPEN), EVENT (FAIL) },
  { EVENT (OPEN), EVENT (CANCEL) },
  { EVENT (OPEN), EVENT (EXPIRE) },
  { EVENT (OPEN), EVENT (EXPIRE), EVENT (CAPTURE) },   /* paid after all */
  { EVENT (OPEN), EVENT (CAPTURE), EVENT (CANCEL) },   /* and taken back */
};
#define TAKEN_BACK 6
static const guint lengths[] = { 2, 3, 2, 2, 2, 3, 3 };

/* Lies in its name, so that whoever goes on after a death knows it. */
static guint
get_story (const char *payment, gboolean slip)
{
  guint chance = g_str_hash (payment);

  return slip ? (chance % 2 ? 1 : 3) : chance % G_N_ELEMENTS (stories);
}

typedef struct {
  char *id;
  guint story;
  gint64 yen;
  gboolean slip;
} Truth;

/* Something that was said and is under way. */
typedef struct {
  guint truth;
  MadoPaymentEvent event;
  char *key;
} Message;

typedef struct {
  MadoTestStore *test;
  GRand *chance;
  GPtrArray *numbers;      /* of charges */
  GArray *truths;
  GArray *messages;
  GPtrArray *refunds;      /* ids */
  guint max_charges;
  GPtrArray *jobs;         /* ids, of files that are being taken */
  char *path;              /* (nullable): where it is kept how far this has come */
  guint32 seed;
  guint operations, done;
  guint refused, died, reopened, closed, n_lines, files, righted, lives;
} World;

static void
truth_clear (gpointer truth)
{
  g_free (((Truth *) truth)->id);
}

static void
message_clear (gpointer message)
{
  g_free (((Message *) message)->key);
}

static guint
pick (World *self, guint n)
{
  return (guint) g_rand_int_range (self->chance, 0, (gint32) n);
}

/* --- acts that may die -------------------------------------------------------------------------------------------- */

static MadoOutcome
apply_and_die (MadoTx *tx, gpointer act, GError **error)
{
  if (mado_act_apply (tx, act, error) == MADO_OUTCOME_COMMIT)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "died before the commit");
  return MADO_OUTCOME_ROLL_BACK;
}

/* Refusals are part of life; but only those that say so. */
static gboolean
try_act (World *self, MadoAct *act, gpointer *result, GError **error)
{
  static const MadoError refusals[] = {
    MADO_ERROR_CONFLICT, MADO_ERROR_INVALID, MADO_ERROR_STALE, MADO_ERROR_FORBIDDEN, MADO_ERROR_UNAVAILABLE,
  };
  g_autoptr(MadoAct) owned = act;
  gboolean dies = pick (self, 25) == 0;

  if (result)
    *result = NULL;
  if (owned && mado_store_write (self->test->store, dies ? apply_and_die : mado_act_apply, owned, error)) {
    if (result)
      *result = g_steal_pointer (&owned->result);
    return TRUE;
  }
  self->died += dies;
  self->refused++;
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_error_matches (*error, MADO_ERROR, refusals[i]))
      return FALSE;
  g_error ("%s", (*error)->message);
}

/* --- what may happen ---------------------------------------------------------------------------------------------- */

static void
raise_one (World *self)
{
  g_autoptr(MadoCharge) charge = NULL;

  if (self->numbers->len >= self->max_charges)
    return;
  charge = money_raise (self->test, 1 + pick (self, 3000));
  g_ptr_array_add (self->numbers, g_strdup (charge->number));
}

static const char *
any_charge (World *self)
{
  return self->numbers->pdata[pick (self, self->numbers->len)];
}

/* Tells the whole story once, perhaps some of it more often, perhaps some of it never. */
static void
tell (World *self, guint truth)
{
  guint story = g_array_index (self->truths, Truth, truth).story;

  for (guint i = 0; i < lengths[story]; i++)
    for (guint copies = pick (self, 4); copies > 0; copies--) {
      Message message = { truth, stories[story][i], NULL };

      message.key = g_strdup_printf ("%s/%u/%u", g_array_index (self->truths, Truth, truth).id, i, pick (self, 2));
      g_array_append_val (self->messages, message);
    }
}

static void
add_truth (World *self, const char *payment, gint64 yen, gboolean slip)
{
  Truth truth = { g_strdup (payment), get_story (payment, slip), yen, slip };

  g_array_append_val (self->truths, truth);
}

static void
begin_truth (World *self, const MadoPayment *payment, gboolean slip)
{
  add_truth (self, payment->id, payment->amount, slip);
  tell (self, self->truths->len - 1);
}

static void
start_one (World *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = NULL;

  if (try_act (self, mado_payment_start (self->test->store, &money_resident, any_charge (self),
                                         MADO_PROVIDER_QR_WALLET, NULL, "ja", &error), (gpointer *) &payment, &error))
    begin_truth (self, payment, FALSE);
}

#define SLIP "slip-"

/* Somebody paid it at a shop, whatever else is going on. */
static void
slip_one (World *self)
{
  g_autofree char *id = mado_ulid_new ();
  g_autofree char *reference = g_strconcat (SLIP, id, NULL);
  g_autofree char *key = g_strconcat (reference, "/first", NULL);
  const MadoPaymentNews flash = { EVENT (AUTHORISE), key, 1 + pick (self, 500), 0, reference, NULL, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = NULL;

  if (try_act (self, mado_payment_note (self->test->store, &people_system, any_charge (self), MADO_PROVIDER_SLIP,
                                        &flash, &error), (gpointer *) &payment, &error))
    begin_truth (self, payment, TRUE);
}

static gboolean
deliver (World *self, const Message *message)
{
  const Truth *truth = &g_array_index (self->truths, Truth, message->truth);
  const MadoPaymentNews news = { message->event, message->key, -1, 0, NULL, NULL, NULL };
  g_autoptr(GError) error = NULL;

  return try_act (self, mado_payment_hear (self->test->store, &money_wallet, truth->id, &news, &error), NULL, &error);
}

/* Any of those under way, so that order means nothing. What failed comes again. */
static void
deliver_one (World *self)
{
  guint i;

  if (!self->messages->len)
    return;
  i = pick (self, self->messages->len);
  if (deliver (self, &g_array_index (self->messages, Message, i)))
    g_array_remove_index_fast (self->messages, i);
}

static void
abandon_one (World *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *key = mado_ulid_new ();
  const MadoPaymentNews news = { pick (self, 2) ? EVENT (ABANDON) : EVENT (LOSE), key, -1, 0, NULL, NULL, "wish" };

  if (self->truths->len)
    try_act (self, mado_payment_hear (self->test->store, &people_system,
                                      g_array_index (self->truths, Truth, pick (self, self->truths->len)).id, &news,
                                      &error), NULL, &error);
}

static void
settle_one (World *self)
{
  g_autoptr(GError) error = NULL;
  const char *id;
  g_autofree char *key = NULL;
  MadoPaymentNews news = { EVENT (SETTLE), NULL, -1, pick (self, 3), NULL, NULL, NULL };

  if (!self->truths->len)
    return;
  id = g_array_index (self->truths, Truth, pick (self, self->truths->len)).id;
  news.key = key = g_strdup_printf ("payout/%s/%u", id, pick (self, 2));
  try_act (self, mado_payment_hear (self->test->store, &people_system, id, &news, &error), NULL, &error);
}

static void
lessen_one (World *self)
{
  g_autoptr(MadoCharge) charge = money_charge (self->test, any_charge (self));
  g_autoptr(GError) error = NULL;
  gint64 yen = pick (self, 3) ? charge->amount / 2 : 0;
  g_autoptr(GPtrArray) lines = yen ? money_lines ("fees.nursery", (int) yen, NULL) : g_ptr_array_new ();

  try_act (self, mado_charge_lessen (self->test->store, &money_clerk, charge->number, charge->version, lines, "理由",
                                     &error), NULL, &error);
}

static void
propose_one (World *self)
{
  g_autoptr(MadoPayment) payment = NULL;
  g_autoptr(MadoRefund) refund = NULL;
  g_autoptr(GError) error = NULL;
  const char *id;

  if (!self->truths->len)
    return;
  id = g_array_index (self->truths, Truth, pick (self, self->truths->len)).id;
  payment = mado_payment_get (self->test->store, &people_system, id, NULL);
  if (try_act (self, mado_refund_propose (self->test->store, &money_clerk, id,
                                          1 + pick (self, (guint) payment->captured + 2), "paid-twice", 100, &error),
               (gpointer *) &refund, &error))
    g_ptr_array_add (self->refunds, g_strdup (refund->id));
}

static void
refund_one (World *self)
{
  static const MadoActor *const actors[] = { &money_wallet, &money_supervisor, &money_clerk };
  g_autoptr(GError) error = NULL;

  if (self->refunds->len)
    try_act (self, mado_refund_step (self->test->store, actors[pick (self, G_N_ELEMENTS (actors))],
                                     self->refunds->pdata[pick (self, self->refunds->len)],
                                     pick (self, MADO_REFUND_EVENT_FAIL + 1), &error), NULL, &error);
}

/* Forwards mostly; back sometimes, as clocks do. */
static void
jump (World *self)
{
  g_autoptr(GError) error = NULL;

  mado_clock_advance ((pick (self, 5) ? 1 : -1) * (gint64) pick (self, 300) * G_TIME_SPAN_MINUTE);
  mado_payments_lapse (self->test->store, 5, &error);
  g_assert_no_error (error);
}

static void
close_one (World *self)
{
  g_autofree char *today = mado_clock_format_date (mado_clock_now ());
  g_autoptr(GError) error = NULL;

  self->closed += try_act (self, mado_day_close (self->test->store, &money_supervisor, "hongo", today, &error), NULL,
                           &error);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* What the wallet really has, and does tell. */
static void
append_truth (World *self, GString *file)
{
  const Truth *truth = &g_array_index (self->truths, Truth, pick (self, self->truths->len));

  if (truth->slip || truth->story > 1)
    return;
  for (guint copies = pick (self, 8) ? 1 : 2; copies > 0; copies--)
    g_string_append_printf (file, "W%u,取引完了,2026/11/20 10:00:00,%" G_GINT64_FORMAT ",%s\n", self->n_lines++,
                            truth->yen + (pick (self, 10) ? 0 : 1), truth->id);
}

/* Its file: some of what it has, some of it twice or with a wrong amount, something nobody knows. */
static GString *
write_report (World *self)
{
  GString *file = g_string_new ("取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\n");

  for (guint i = pick (self, 12); i > 0 && self->truths->len; i--)
    append_truth (self, file);
  if (pick (self, 3) == 0)
    g_string_append_printf (file, "W%u,取引完了,2026/11/20,%u,\n", self->n_lines++, 1 + pick (self, 500));
  return file;
}

static GString *
write_notice (World *self)
{
  g_autofree char *first = g_strdup_printf ("%06u", self->n_lines++);
  g_autofree char *second = g_strdup_printf ("%06u", self->n_lines++);
  const MoneyCredit credits[] = {
    { "ﾅﾅｼ", any_charge (self), 1 + (int) pick (self, 3000), first }, { "ﾅﾅｼ", "", 1 + (int) pick (self, 99), second },
  };

  return money_notice (credits, 1 + pick (self, 2));
}

/* A job may be cut off by a restart between any two of its chunks, and goes on. */
static void
wait_for_jobs (World *self)
{
  mado_settlements_serve (self->test->store, money_treasury ());
  for (guint i = 0; i < self->jobs->len; i++)
    money_wait (self->test, self->jobs->pdata[i]);
  g_ptr_array_set_size (self->jobs, 0);
}

static void
report_one (World *self)
{
  gboolean bank = pick (self, 2);
  g_autoptr(GString) file = bank ? write_notice (self) : write_report (self);
  g_autoptr(MadoSettlement) taken = NULL;
  g_autoptr(GError) error = NULL;

  for (guint copies = 1 + pick (self, 2); copies > 0; copies--) {
    g_clear_object (&taken);
    if (try_act (self, mado_settlement_take (self->test->store, &money_clerk, money_treasury (),
                                             bank ? "bank" : "wallet", (const guint8 *) file->str, file->len, &error),
                 (gpointer *) &taken, &error) && !taken->again)
      g_ptr_array_add (self->jobs, g_strdup (taken->job));
    g_clear_error (&error);
  }
  self->files += taken != NULL;
}

/* Two people put one of them right, or do not agree. What was missed is only explained: the wallet does have it. */
static void
put_right (World *self)
{
  static const MadoRemedy remedies[] = { MADO_REMEDY_ASSIGN, MADO_REMEDY_GIVE_BACK, MADO_REMEDY_WRITE_OFF };
  g_autoptr(GPtrArray) open = mado_difference_list (self->test->store, &people_system, 200, NULL);
  const MadoDifference *difference;
  MadoRemedy remedy;
  g_autoptr(GError) error = NULL;

  if (!open->len)
    return;
  difference = open->pdata[pick (self, open->len)];
  if (difference->state == MADO_DIFFERENCE_STATE_PROPOSED) {
    self->righted += try_act (self, mado_difference_decide (self->test->store, &money_supervisor, difference->id,
                                                            difference->version,
                                                            pick (self, 4) ? MADO_DIFFERENCE_EVENT_APPROVE
                                                                           : MADO_DIFFERENCE_EVENT_DECLINE, &error),
                              NULL, &error);
    return;
  }
  remedy = difference->match == MADO_MATCH_MISSING_THERE ? MADO_REMEDY_EXPLAIN
                                                         : remedies[pick (self, G_N_ELEMENTS (remedies))];
  try_act (self, mado_difference_propose (self->test->store, &money_clerk, difference->id, difference->version, remedy,
                                          remedy == MADO_REMEDY_ASSIGN ? any_charge (self) : NULL, "確かめました",
                                          &error), NULL, &error);
}

static void
reopen (World *self)
{
  if (pick (self, 12))
    return;
  mado_test_store_reopen (self->test);
  mado_settlements_serve (self->test->store, money_treasury ());
  self->reopened++;
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

#define GROUP "history"

typedef struct {
  const char *name;
  gsize at;
} Counter;

static const Counter counters[] = {
  { "operations", G_STRUCT_OFFSET (World, operations) }, { "seed", G_STRUCT_OFFSET (World, seed) },
  { "done", G_STRUCT_OFFSET (World, done) },             { "refused", G_STRUCT_OFFSET (World, refused) },
  { "died", G_STRUCT_OFFSET (World, died) },             { "reopened", G_STRUCT_OFFSET (World, reopened) },
  { "closed", G_STRUCT_OFFSET (World, closed) },         { "files", G_STRUCT_OFFSET (World, files) },
  { "righted", G_STRUCT_OFFSET (World, righted) },       { "lives", G_STRUCT_OFFSET (World, lives) },
};

static void
save (World *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *key = g_base64_encode (mado_key_get_bytes (self->test->data_key), MADO_KEY_BYTES);
  g_autoptr(GError) error = NULL;

  if (!self->path)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    g_key_file_set_uint64 (file, GROUP, counters[i].name, G_STRUCT_MEMBER (guint, self, counters[i].at));
  g_key_file_set_int64 (file, GROUP, "now", mado_clock_now ());
  g_key_file_set_string (file, GROUP, "key", key);
  g_key_file_save_to_file (file, self->path, &error);
  g_assert_no_error (error);
}

static gboolean
recall_charges (MadoTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr(MadoRows) rows = mado_tx_query (tx, error, "SELECT number FROM charges ORDER BY id", NULL, 0);

  while (rows && mado_rows_next (rows, error))
    g_ptr_array_add (self->numbers, mado_rows_dup_text (rows, "number"));
  return rows && !*error;
}

/* What a remedy or a file brought is nobody's story. */
static gboolean
recall_truths (MadoTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT id, amount, CASE WHEN provider = 'slip' THEN 1 ELSE 0 END AS slip FROM payments"
                        " WHERE (provider = 'qr-wallet' AND reference IS NULL) OR (provider = 'slip'"
                        " AND reference LIKE '" SLIP "%') ORDER BY id", NULL, 0);
  while (rows && mado_rows_next (rows, error))
    add_truth (self, mado_rows_text (rows, "id"), mado_rows_int (rows, "amount"), mado_rows_int (rows, "slip") != 0);
  return rows && !*error;
}

static gboolean
recall_rest (MadoTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT id, 0 AS job FROM refunds UNION ALL SELECT id, 1 AS job FROM job"
                        " WHERE state IN ('waiting', 'running') ORDER BY id", NULL, 0);
  while (rows && mado_rows_next (rows, error))
    g_ptr_array_add (mado_rows_int (rows, "job") ? self->jobs : self->refunds, mado_rows_dup_text (rows, "id"));
  return rows && !*error;
}

/* Batches of the journal are numbered by the clock, which has to be later than what the one who died had written. */
static gboolean
recall_time (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "", "SELECT COALESCE(MAX(batch), 0) AS batch FROM journal_batch", NULL, 0);
  if (rows)
    mado_clock_freeze (MAX (mado_clock_now (), mado_rows_int (rows, "batch") >> BATCH_BITS) + G_TIME_SPAN_MINUTE);
  return rows != NULL;
}

/* From what is in the store. What was under way to it is lost, as messages are. */
static void
recall (World *self)
{
  static const MadoRead memories[] = { recall_charges, recall_truths, recall_rest, recall_time };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (memories); i++) {
    mado_store_read (self->test->store, memories[i], self, &error);
    g_assert_no_error (error);
  }
  self->n_lines = self->done;   /* of which there are fewer */
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static void
live_once (World *self)
{
  static void (*const deeds[]) (World *self) = {
    raise_one, start_one, start_one, deliver_one, deliver_one, deliver_one, deliver_one, deliver_one, slip_one,
    abandon_one, settle_one, lessen_one, propose_one, propose_one, refund_one, refund_one, jump, close_one, reopen,
    put_right,
  };

  deeds[pick (self, G_N_ELEMENTS (deeds))] (self);
  if (pick (self, 80) == 0)
    report_one (self);
}

static void
live (World *self)
{
  while (self->done < self->operations) {
    guint before = self->done;

    g_rand_set_seed (self->chance, self->seed + before);
    for (guint i = MIN (CHAPTER, self->operations - before); i > 0; i--)
      live_once (self);
    wait_for_jobs (self);
    self->done = MIN (before + CHAPTER, self->operations);
    if (before * (guint64) AUDITS / self->operations != self->done * (guint64) AUDITS / self->operations)
      money_audit (self->test);
    save (self);
  }
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

/* Each provider is asked how it stands. */
static void
ask_all (World *self)
{
  for (guint i = 0; i < self->truths->len; i++) {
    const Truth *truth = &g_array_index (self->truths, Truth, i);
    g_autofree char *key = g_strconcat (truth->id, "/asked", NULL);
    const Message message = { i, stories[truth->story][lengths[truth->story] - 1], key };

    while (!deliver (self, &message))
      ;
  }
}

static void
check_truth (World *self)
{
  for (guint i = 0; i < self->truths->len; i++) {
    const Truth *truth = &g_array_index (self->truths, Truth, i);
    g_autoptr(MadoPayment) payment = mado_payment_get (self->test->store, &people_system, truth->id, NULL);
    gboolean paid = stories[truth->story][lengths[truth->story] - 1] == EVENT (CAPTURE);

    /* What was paid out or given back cannot be taken back as well: that is for somebody to look at. */
    if (truth->story == TAKEN_BACK && (payment->settled_at || payment->refunding || payment->refunded))
      paid = TRUE;
    g_assert_false (mado_payment_state_is_live (payment->state));
    g_assert_cmpint (mado_payment_state_is_paid (payment->state), ==, paid);
    g_assert_cmpint (payment->captured, ==, paid ? truth->yen : 0);
  }
}

static void
world_init (World *self, MadoTestStore *test)
{
  self->test = test;
  self->chance = g_rand_new ();
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->refunds = g_ptr_array_new_with_free_func (g_free);
  self->jobs = g_ptr_array_new_with_free_func (g_free);
  self->truths = g_array_new (FALSE, FALSE, sizeof (Truth));
  self->messages = g_array_new (FALSE, FALSE, sizeof (Message));
  g_array_set_clear_func (self->truths, truth_clear);
  g_array_set_clear_func (self->messages, message_clear);
}

static void
world_clear (World *self)
{
  g_array_unref (self->messages);
  g_array_unref (self->truths);
  g_ptr_array_unref (self->refunds);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->numbers);
  g_rand_free (self->chance);
  g_free (self->path);
}

static void
live_to_the_end (World *self)
{
  self->max_charges = 1 + self->operations / 30;
  self->lives++;
  save (self);
  if (!self->numbers->len)
    raise_one (self);
  live (self);
  wait_for_jobs (self);
  ask_all (self);
  money_audit (self->test);
  check_truth (self);
  g_test_message ("seed %u: %u operations, %u charges, %u payments, %u refunds, %u days, %u files, %u put right;"
                  " %u refused, %u died, %u restarts, %u lives", self->seed, self->done, self->numbers->len,
                  self->truths->len, self->refunds->len, self->closed, self->files, self->righted, self->refused,
                  self->died, self->reopened, self->lives);
}

static guint
get_operations (void)
{
  const char *wanted = g_getenv ("MADO_HISTORY");

  return wanted ? (guint) atoi (wanted) : OPERATIONS;
}

static void
test_history (MadoTestStore *test)
{
  World world = { .seed = (guint32) g_test_rand_int (), .operations = get_operations () };

  world_init (&world, test);
  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T00:00:00Z"));
  live_to_the_end (&world);
  mado_clock_thaw ();
  world_clear (&world);
}

/* --- one that is kept --------------------------------------------------------------------------------------------- */

/* What is known of it: how far it came, when it was, and the key of its store. */
static void
world_load (World *self, GKeyFile *file)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, "key", NULL);
  g_autofree guint8 *key = NULL;
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    G_STRUCT_MEMBER (guint, self, counters[i].at) = (guint) g_key_file_get_uint64 (file, GROUP, counters[i].name, NULL);
  mado_clock_freeze (g_key_file_get_int64 (file, GROUP, "now", NULL));
  key = g_base64_decode (text, &n);
  self->test->data_key = mado_key_new_from_bytes (key, n, NULL);
}

static void
test_kept (gconstpointer folder)
{
  const char *address = g_getenv ("MADO_HISTORY_STORE");
  MadoTestStore test = { .engine = address ? "postgresql" : "sqlite" };
  World world = { .seed = (guint32) g_test_rand_int (), .operations = get_operations () };
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gboolean known;

  world_init (&world, &test);
  world.path = g_build_filename (folder, "history.ini", NULL);
  test.address = address ? g_strdup (address) : g_strdup_printf ("sqlite:%s/city.db", (const char *) folder);
  known = g_key_file_load_from_file (file, world.path, G_KEY_FILE_NONE, NULL);
  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T00:00:00Z"));
  if (known)
    world_load (&world, file);
  else {
    test.data_key = mado_key_new ();
    save (&world);
  }
  mado_test_store_reopen (&test);
  recall (&world);
  live_to_the_end (&world);
  mado_clock_thaw ();
  mado_store_close (test.store);
  g_object_unref (test.store);
  mado_key_unref (test.data_key);
  g_free (test.address);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("MADO_HISTORY_FOLDER");

  g_test_init (&argc, &argv, NULL);
  if (folder)
    g_test_add_data_func ("/payments/history/kept", folder, test_kept);
  else
    mado_test_store_add ("/payments/history", test_history);
  return g_test_run ();
}
