/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/mado-charge.h"
#include "model/mado-payment.h"

#define ALL_GUARDS 0x3f
#define N_STATES   11
#define N_EVENTS   10

static const MadoRole roles[] = {
  MADO_ROLE_NONE, MADO_ROLE_RESIDENT, MADO_ROLE_VISIT, MADO_ROLE_DEVICE, MADO_ROLE_CLERK, MADO_ROLE_SUPERVISOR,
  MADO_ROLE_AUDITOR, MADO_ROLE_NOTIFIER, MADO_ROLE_SYSTEM,
};

/*
 * Who may, said once more and by hand: O owner, C clerk and supervisor, S supervisor only, N notifier, Y
 * system; small letters where a guard has to hold as well. The columns are the events in their order: open authorise
 * capture fail cancel expire abandon lose settle refund.
 */
static const char *const who_may[N_STATES][N_EVENTS] = {
  /*                 ope   aut   cap     fai    can      exp   aba    los    set   ref */
  /* created    */ { "NY", "NY", "NYc",  "NY",  "NYoc",  "NY", "ocy", "NY",  "",   "" },
  /* pending    */ { "",   "NY", "NY",   "NY",  "NY",    "NY", "ocy", "NY",  "",   "" },
  /* authorised */ { "",   "",   "NY",   "NY",  "NY",    "NY", "ocy", "NY",  "",   "" },
  /* unknown    */ { "NY", "NY", "NY",   "NY",  "NY",    "NY", "",    "NY",  "",   "" },
  /* captured   */ { "",   "",   "",     "",    "nys",   "",   "",    "",    "ny", "y" },
  /* failed     */ { "",   "",   "NY",   "",    "",      "",   "",    "",    "",   "" },
  /* cancelled  */ { "",   "",   "NY",   "",    "",      "",   "",    "",    "",   "" },
  /* expired    */ { "",   "",   "NY",   "",    "",      "",   "",    "",    "",   "" },
  /* settled    */ { "",   "",   "",     "",    "",      "",   "",    "",    "",   "y" },
  /* partly     */ { "",   "",   "",     "",    "",      "",   "",    "",    "ny", "y" },
  /* refunded   */ { "",   "",   "",     "",    "",      "",   "",    "",    "ny", "" },
};

static gboolean
is_among (const char *cell, char letter, guint role, guint roles_of_letter, gboolean guarded)
{
  return (role & roles_of_letter)
         && (strchr (cell, letter) || (guarded && strchr (cell, g_ascii_tolower (letter))));
}

static gboolean
is_expected (const char *cell, MadoRole role, gboolean guarded)
{
  return is_among (cell, 'O', role, MADO_ROLES_OWNER, guarded)
         || is_among (cell, 'C', role, MADO_ROLES_STAFF, guarded)
         || is_among (cell, 'S', role, MADO_ROLE_SUPERVISOR, guarded)
         || is_among (cell, 'N', role, MADO_ROLE_NOTIFIER, guarded)
         || is_among (cell, 'Y', role, MADO_ROLE_SYSTEM, guarded);
}

static void
check_cell (int state, int event, MadoRole role, gboolean guarded)
{
  g_autoptr(GError) error = NULL;
  const char *cell = who_may[state][event];
  const MadoTransition *row = mado_state_table_find (mado_payment_states (), state, event, role,
                                                     guarded ? ALL_GUARDS : 0, &error);

  if ((row != NULL) != is_expected (cell, role, guarded))
    g_error ("%s in %s for role %d", mado_enum_nick (MADO_TYPE_PAYMENT_EVENT, event),
             mado_enum_nick (MADO_TYPE_PAYMENT_STATE, state), role);
  if (row)
    return;
  if (*cell && !is_expected (cell, role, TRUE))
    g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  else
    g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

static void
test_every_cell (void)
{
  for (int state = 0; state < N_STATES; state++)
    for (int event = 0; event < N_EVENTS; event++)
      for (guint r = 0; r < G_N_ELEMENTS (roles); r++) {
        check_cell (state, event, roles[r], TRUE);
        check_cell (state, event, roles[r], FALSE);
      }
}

/* Whatever holds, a role has one row at most to follow: which one never hangs on the order of the table. */
static void
test_one_way (void)
{
  const MadoStateTable *table = mado_payment_states ();

  for (guint holds = 0; holds <= ALL_GUARDS; holds++)
    for (guint i = 0; i < table->n_rows; i++)
      for (guint k = i + 1; k < table->n_rows; k++) {
        const MadoTransition *a = &table->rows[i], *b = &table->rows[k];

        if ((holds & MADO_PAYMENT_GUARD_IN_PART) && (holds & MADO_PAYMENT_GUARD_IN_FULL))
          continue;
        if (a->from == b->from && a->event == b->event && (a->who & b->who)
            && (a->guard & holds) == a->guard && (b->guard & holds) == b->guard)
          g_assert_cmpint (a->to, ==, b->to);
      }
}

/* Nobody but the provider, or who stands for it, makes money come; and no state that had money loses it unseen. */
static void
test_money (void)
{
  const MadoStateTable *table = mado_payment_states ();

  for (guint i = 0; i < table->n_rows; i++) {
    const MadoTransition *row = &table->rows[i];
    gboolean before = mado_payment_state_is_paid (row->from), after = mado_payment_state_is_paid (row->to);

    if (!before && after) {
      g_assert_cmpint (row->event, ==, MADO_PAYMENT_EVENT_CAPTURE);
      g_assert_false (row->who & (MADO_ROLES_OWNER | MADO_ROLE_DEVICE));
      if (row->who & MADO_ROLES_STAFF)
        g_assert_true (row->guard & MADO_PAYMENT_GUARD_BY_HAND);
    }
    if (before && !after)
      g_assert_cmpint (row->event, ==, MADO_PAYMENT_EVENT_CANCEL);
    if (before)
      g_assert_false (mado_payment_state_is_live (row->to));
  }
}

static void
spread (const MadoStateTable *table, gboolean *reached, int from)
{
  if (reached[from])
    return;
  reached[from] = TRUE;
  for (guint i = 0; i < table->n_rows; i++)
    if (table->rows[i].from == from)
      spread (table, reached, table->rows[i].to);
}

/* Every state is reached, and from every state in which we wait an end is reached. */
static void
test_no_dead_end (void)
{
  gboolean reached[N_STATES] = { FALSE };

  spread (mado_payment_states (), reached, MADO_PAYMENT_STATE_CREATED);
  for (guint i = 0; i < N_STATES; i++) {
    gboolean onwards[N_STATES] = { FALSE };

    g_assert_true (reached[i]);
    if (!mado_payment_state_is_live (i))
      continue;
    spread (mado_payment_states (), onwards, i);
    g_assert_true (onwards[MADO_PAYMENT_STATE_CAPTURED] && onwards[MADO_PAYMENT_STATE_CANCELLED]
                   && onwards[MADO_PAYMENT_STATE_FAILED] && onwards[MADO_PAYMENT_STATE_EXPIRED]);
  }
}

static gboolean
may_refund (int state, int event, MadoRole role, guint holds)
{
  return mado_state_table_find (mado_refund_states (), state, event, role, holds, NULL) != NULL;
}

static void
test_refunds (void)
{
  const int proposed = MADO_REFUND_STATE_PROPOSED, asked = MADO_REFUND_STATE_ASKED;
  const guint small = MADO_REFUND_GUARD_SMALL, second = MADO_REFUND_GUARD_SECOND_PERSON;
  const guint by_hand = MADO_REFUND_GUARD_BY_HAND;

  g_assert_true (may_refund (proposed, MADO_REFUND_EVENT_APPROVE, MADO_ROLE_CLERK, small));
  g_assert_false (may_refund (proposed, MADO_REFUND_EVENT_APPROVE, MADO_ROLE_CLERK, second));
  g_assert_true (may_refund (proposed, MADO_REFUND_EVENT_APPROVE, MADO_ROLE_SUPERVISOR, second));
  g_assert_false (may_refund (proposed, MADO_REFUND_EVENT_APPROVE, MADO_ROLE_SUPERVISOR, 0));
  g_assert_false (may_refund (proposed, MADO_REFUND_EVENT_APPROVE, MADO_ROLE_RESIDENT, small | second));
  g_assert_true (may_refund (asked, MADO_REFUND_EVENT_FINISH, MADO_ROLE_NOTIFIER, 0));
  g_assert_false (may_refund (asked, MADO_REFUND_EVENT_FINISH, MADO_ROLE_CLERK, small | second));
  g_assert_true (may_refund (asked, MADO_REFUND_EVENT_FINISH, MADO_ROLE_CLERK, by_hand));
  for (int state = MADO_REFUND_STATE_DONE; state <= MADO_REFUND_STATE_DECLINED; state++)
    for (int event = 0; event <= MADO_REFUND_EVENT_FAIL; event++)
      for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
        g_assert_false (may_refund (state, event, roles[r], ~0u));
}

static GPtrArray *
new_lines (const char *account, gint64 quantity, gint64 unit)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  MadoChargeLine *line = g_object_new (MADO_TYPE_CHARGE_LINE, "account", account, NULL);

  line->quantity = quantity;
  line->unit = unit;
  g_ptr_array_add (lines, line);
  return lines;
}

static void
check_lines (const char *account, gint64 quantity, gint64 unit, gint64 expected, const char *pointer)
{
  g_autoptr(GPtrArray) lines = new_lines (account, quantity, unit);
  g_autoptr(GError) error = NULL;
  gint64 sum;

  if (!pointer) {
    g_assert_true (mado_charge_lines_sum (lines, &sum, NULL));
    g_assert_cmpint (sum, ==, expected);
    return;
  }
  g_assert_false (mado_charge_lines_sum (lines, &sum, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, pointer);
}

static void
test_lines (void)
{
  check_lines ("fees.certificates", 2, 300, 600, NULL);
  check_lines ("fees.certificates", 1, 0, 0, NULL);
  check_lines ("Fees", 1, 300, 0, "/lines/0/account");
  check_lines (NULL, 1, 300, 0, "/lines/0/account");
  check_lines ("fees", 0, 300, 0, "/lines/0/quantity");
  check_lines ("fees", 1, -300, 0, "/lines/0/unit");
  check_lines ("fees", 1000000, G_GINT64_CONSTANT (9007199254740991), 0, "");
}

static void
test_owed (void)
{
  g_autoptr(MadoCharge) charge = g_object_new (MADO_TYPE_CHARGE, NULL);

  charge->amount = 300;
  g_assert_cmpint (mado_charge_get_owed (charge), ==, 300);
  charge->paid = 500;
  g_assert_cmpint (mado_charge_get_owed (charge), ==, 0);
  g_assert_cmpint (mado_charge_get_over (charge), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/payment/every-cell", test_every_cell);
  g_test_add_func ("/model/payment/one-way", test_one_way);
  g_test_add_func ("/model/payment/money", test_money);
  g_test_add_func ("/model/payment/no-dead-end", test_no_dead_end);
  g_test_add_func ("/model/refund/steps", test_refunds);
  g_test_add_func ("/model/charge/lines", test_lines);
  g_test_add_func ("/model/charge/owed", test_owed);
  return g_test_run ();
}
