/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A city's money at random: what is told comes twice, in the wrong order, late or never; acts die before their commit,
 * the program between any two; the clock jumps. In the end the books balance, each charge is explained, and every
 * payment is what the world knows it to be. MADO_HISTORY sets how many operations, --seed repeats one.
 */
#include "money.h"

#include <stdlib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"

#define OPERATIONS 20000
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
  guint refused, died, reopened, n_slips, closed, n_lines, files, righted;
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
add_truth (World *self, const MadoPayment *payment, guint story, gint64 yen, gboolean slip)
{
  Truth truth = { g_strdup (payment->id), story, yen, slip };

  g_array_append_val (self->truths, truth);
  tell (self, self->truths->len - 1);
}

static void
start_one (World *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = NULL;

  if (try_act (self, mado_payment_start (self->test->store, &money_resident, any_charge (self),
                                         MADO_PROVIDER_QR_WALLET, NULL, "ja", &error), (gpointer *) &payment, &error))
    add_truth (self, payment, pick (self, G_N_ELEMENTS (stories)), payment->amount, FALSE);
}

/* Somebody paid it at a shop, whatever else is going on. */
static void
slip_one (World *self)
{
  g_autofree char *reference = g_strdup_printf ("slip-%u", self->n_slips++);
  g_autofree char *key = g_strconcat (reference, "/first", NULL);
  const MadoPaymentNews flash = { EVENT (AUTHORISE), key, 1 + pick (self, 500), 0, reference, NULL, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoPayment) payment = NULL;

  if (try_act (self, mado_payment_note (self->test->store, &people_system, any_charge (self), MADO_PROVIDER_SLIP,
                                        &flash, &error), (gpointer *) &payment, &error))
    add_truth (self, payment, pick (self, 2) ? 1 : 3, flash.yen, TRUE);
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

static void
live (World *self, guint operations)
{
  static void (*const deeds[]) (World *self) = {
    raise_one, start_one, start_one, deliver_one, deliver_one, deliver_one, deliver_one, deliver_one, slip_one,
    abandon_one, settle_one, lessen_one, propose_one, propose_one, refund_one, refund_one, jump, close_one, reopen,
    put_right,
  };

  for (guint i = 0; i < operations; i++) {
    deeds[pick (self, G_N_ELEMENTS (deeds))] (self);
    if (pick (self, 80) == 0)
      report_one (self);
    if (i % (operations / 4 + 1) == 0) {
      wait_for_jobs (self);
      money_audit (self->test);
    }
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
    g_autoptr(MadoPayment) payment = mado_payment_get (self->test->store, &money_clerk, truth->id, NULL);
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
test_history (MadoTestStore *test)
{
  const char *wanted = g_getenv ("MADO_HISTORY");
  guint operations = wanted ? (guint) atoi (wanted) : OPERATIONS;
  guint32 seed = (guint32) g_test_rand_int ();
  World world = { .test = test, .chance = g_rand_new_with_seed (seed), .max_charges = 1 + operations / 30 };

  mado_clock_freeze (mado_clock_parse_time ("2026-11-20T00:00:00Z"));
  world.numbers = g_ptr_array_new_with_free_func (g_free);
  world.refunds = g_ptr_array_new_with_free_func (g_free);
  world.jobs = g_ptr_array_new_with_free_func (g_free);
  world.truths = g_array_new (FALSE, FALSE, sizeof (Truth));
  world.messages = g_array_new (FALSE, FALSE, sizeof (Message));
  g_array_set_clear_func (world.truths, truth_clear);
  g_array_set_clear_func (world.messages, message_clear);
  raise_one (&world);
  live (&world, operations);
  wait_for_jobs (&world);
  ask_all (&world);
  money_audit (test);
  check_truth (&world);
  g_test_message ("seed %u: %u charges, %u payments, %u refunds, %u days, %u files, %u put right; %u refused, %u died,"
                  " %u restarts", seed,
                  world.numbers->len, world.truths->len, world.refunds->len, world.closed, world.files,
                  world.righted, world.refused, world.died,
                  world.reopened);
  g_array_unref (world.messages);
  g_array_unref (world.truths);
  g_ptr_array_unref (world.refunds);
  g_ptr_array_unref (world.jobs);
  g_ptr_array_unref (world.numbers);
  g_rand_free (world.chance);
  mado_clock_thaw ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/payments/history", test_history);
  return g_test_run ();
}
