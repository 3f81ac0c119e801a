/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-id.h"
#include "residents/mado-residents.h"

#define MAX_REASON 500

/* --- which remedy for what -------------------------------------------------------------------------------------- */

#define BIT(r) (1u << MADO_REMEDY_##r)

static const guint allowed[] = {
  [MADO_MATCH_MISSING_HERE]   = BIT (ASSIGN) | BIT (GIVE_BACK) | BIT (WRITE_OFF) | BIT (EXPLAIN),
  [MADO_MATCH_MISSING_THERE]  = BIT (CANCEL) | BIT (EXPLAIN),
  [MADO_MATCH_AMOUNT_DIFFERS] = BIT (ASSIGN) | BIT (GIVE_BACK) | BIT (WRITE_OFF) | BIT (EXPLAIN),
  [MADO_MATCH_TWICE]          = BIT (ASSIGN) | BIT (GIVE_BACK) | BIT (WRITE_OFF),
  [MADO_MATCH_UNCERTAIN]      = BIT (ASSIGN) | BIT (GIVE_BACK),
};

gboolean
mado_remedy_check (const MadoDifference *self, MadoRemedy remedy, GError **error)
{
  gboolean moves = remedy == MADO_REMEDY_ASSIGN || remedy == MADO_REMEDY_GIVE_BACK;

  if (!(allowed[self->match] & (1u << remedy)) || (moves && self->held <= 0)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/remedy", "unknown",
                       _("This does not put such a difference right. Choose another remedy."));
    return FALSE;
  }
  if (remedy == MADO_REMEDY_EXPLAIN && self->held != 0) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/remedy", "range",
                       _("Money is held for it: assign it, give it back or write it off."));
    return FALSE;
  }
  return TRUE;
}

/* --- booking ---------------------------------------------------------------------------------------------------- */

static MadoLedgerEntry *
begin (const MadoDifference *self, const char *kind)
{
  return mado_entry_new (self->office, kind, "", self->payment, NULL);
}

/* As if the line had not been booked: what follows books it as what it is. */
static gboolean
release (MadoTx *tx, const MadoDifference *self, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin (self, "difference.released");

  mado_entry_move (entry, MADO_ACCOUNT_SUSPENSE, MADO_ACCOUNT_BANK, self->held - self->costs);
  mado_entry_move (entry, MADO_ACCOUNT_SUSPENSE, MADO_ACCOUNT_COSTS, self->costs);
  return mado_entry_post (entry, tx, error);
}

static gboolean
settle (MadoTx *tx, const MadoDifference *self, MadoPayment *payment, GError **error)
{
  g_autofree char *key = g_strdup_printf ("difference/%s/settled", self->id);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_SETTLE, .key = key, .yen = -1,
                                 .costs = MIN (self->costs, payment->captured) };

  if (!mado_payment_hear_in (tx, &mado_settler, payment, &news, error))
    return FALSE;
  if (payment->settled_at)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                       _("The payment has changed since: it cannot be settled any more. Choose another remedy."));
  return FALSE;
}

static gboolean
assign (MadoTx *tx, MadoDifference *self, GError **error)
{
  g_autofree char *reference = g_strconcat ("difference/", self->id, NULL);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_CAPTURE, .key = reference, .yen = self->held,
                                 .reference = reference };
  MadoProvider provider = (MadoProvider) mado_enum_value (MADO_TYPE_PROVIDER, self->provider);
  g_autoptr(MadoPayment) payment = NULL;

  return release (tx, self, error)
         && (payment = mado_payment_note_in (tx, &mado_settler, self->target, provider, &news, error))
         && settle (tx, self, payment, error);
}

static gboolean
give_back (MadoTx *tx, const MadoDifference *self, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin (self, "difference.given-back");

  mado_entry_move (entry, MADO_ACCOUNT_SUSPENSE, MADO_ACCOUNT_BANK, self->held);
  return mado_entry_post (entry, tx, error);
}

static gboolean
move_difference (MadoTx *tx, const MadoDifference *self, const char *account, gint64 more, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin (self, "difference.written-off");

  mado_entry_move (entry, account, MADO_ACCOUNT_DIFFERENCES, MAX (more, 0));
  mado_entry_move (entry, MADO_ACCOUNT_DIFFERENCES, account, MAX (-more, 0));
  return mado_entry_post (entry, tx, error);
}

/* The payment counts as paid out, and what they say more or less is ours to bear. */
static gboolean
accept_theirs (MadoTx *tx, const MadoDifference *self, GError **error)
{
  g_autoptr(MadoPayment) payment = mado_payment_load (tx, self->payment, error);

  return payment && release (tx, self, error) && settle (tx, self, payment, error)
         && move_difference (tx, self, MADO_ACCOUNT_BANK,
                             self->held - self->costs - (payment->captured - payment->costs), error);
}

static gboolean
write_off (MadoTx *tx, const MadoDifference *self, GError **error)
{
  if (self->match == MADO_MATCH_AMOUNT_DIFFERS && self->held > 0 && self->payment)
    return accept_theirs (tx, self, error);
  return move_difference (tx, self, MADO_ACCOUNT_SUSPENSE, self->held, error);
}

/* It never came: what it paid is owed again. */
static gboolean
cancel (MadoTx *tx, const MadoDifference *self, GError **error)
{
  g_autofree char *key = g_strdup_printf ("difference/%s/cancelled", self->id);
  const MadoPaymentNews news = { .event = MADO_PAYMENT_EVENT_CANCEL, .key = key, .yen = -1,
                                 .reason = "missing-there" };
  g_autoptr(MadoPayment) payment = mado_payment_load (tx, self->payment, error);

  if (!payment || !mado_payment_hear_in (tx, &mado_settler, payment, &news, error))
    return FALSE;
  if (payment->state == MADO_PAYMENT_STATE_CANCELLED)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                       _("Some of it was given back or paid out already, so it cannot be taken back."));
  return FALSE;
}

gboolean
mado_remedy_book (MadoTx *tx, MadoDifference *self, GError **error)
{
  switch (self->remedy) {
  case MADO_REMEDY_ASSIGN:
    return assign (tx, self, error);
  case MADO_REMEDY_GIVE_BACK:
    return give_back (tx, self, error);
  case MADO_REMEDY_WRITE_OFF:
    return write_off (tx, self, error);
  case MADO_REMEDY_CANCEL:
    return cancel (tx, self, error);
  case MADO_REMEDY_NONE:
  case MADO_REMEDY_EXPLAIN:
  case MADO_REMEDY_ARRIVED:
  default:
    return TRUE;
  }
}

/* --- two people ------------------------------------------------------------------------------------------------- */

typedef struct {
  MadoAct act;
  char *id;
  gint64 version;
  MadoDifferenceEvent event;
  MadoRemedy remedy;
  char *target, *reason;
} Step;

static void
step_clear (MadoAct *act)
{
  Step *self = (Step *) act;

  g_free (self->id);
  g_free (self->target);
  g_free (self->reason);
}

static gboolean
check_target (MadoTx *tx, const char *target, GError **error)
{
  g_autoptr(MadoCharge) charge = target ? mado_charge_load_number (tx, target, error) : NULL;

  if (charge && charge->state == MADO_CHARGE_STATE_CANCELLED)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, _("This charge is cancelled already."));
  return !target || (charge && charge->state != MADO_CHARGE_STATE_CANCELLED);
}

static void
set_text (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static gboolean
follow (const Step *self, MadoDifference *difference, MadoTx *tx, GError **error)
{
  switch (self->event) {
  case MADO_DIFFERENCE_EVENT_PROPOSE:
    if (!mado_remedy_check (difference, self->remedy, error) || !check_target (tx, self->target, error))
      return FALSE;
    difference->remedy = self->remedy;
    set_text (&difference->target, self->target);
    set_text (&difference->reason, self->reason);
    set_text (&difference->proposed_by, self->act.actor.id);
    return TRUE;
  case MADO_DIFFERENCE_EVENT_APPROVE:
    set_text (&difference->decided_by, self->act.actor.id);
    if (!mado_remedy_book (tx, difference, error))
      return FALSE;
    difference->held = 0;
    return TRUE;
  case MADO_DIFFERENCE_EVENT_DECLINE:
    set_text (&difference->decided_by, self->act.actor.id);
    difference->remedy = MADO_REMEDY_NONE;
    return TRUE;
  case MADO_DIFFERENCE_EVENT_ARRIVE:
  default:
    return FALSE;
  }
}

static const char *
action_of (MadoDifferenceEvent event)
{
  return event == MADO_DIFFERENCE_EVENT_PROPOSE ? "difference.proposed"
         : event == MADO_DIFFERENCE_EVENT_APPROVE ? "difference.approved" : "difference.declined";
}

static gboolean
check_version (const Step *self, const MadoDifference *difference, GError **error)
{
  if (difference->version == self->version)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_STALE,
                       _("The difference has changed since you read it. Please read it again."));
  return FALSE;
}

static MadoOutcome
step_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoDifference) difference = mado_difference_load (tx, self->id, error);
  const MadoTransition *row;
  guint holds;

  if (!difference || !check_version (self, difference, error))
    return MADO_OUTCOME_ROLL_BACK;
  holds = g_strcmp0 (difference->proposed_by, self->act.actor.id) ? MADO_DIFFERENCE_GUARD_SECOND_PERSON : 0;
  row = mado_state_table_find (mado_difference_states (), difference->state, self->event, self->act.actor.role, holds,
                               error);
  if (!row || !follow (self, difference, tx, error))
    return MADO_OUTCOME_ROLL_BACK;
  difference->state = row->to;
  if (!mado_difference_update (tx, difference, error)
      || !mado_difference_journal (tx, &self->act.actor, difference, action_of (self->event), error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&difference));
  return MADO_OUTCOME_COMMIT;
}

static Step *
step_new (const MadoActor *actor, const char *id, gint64 version, MadoDifferenceEvent event)
{
  Step *self = mado_act_new (actor, sizeof (Step), step_apply, step_clear);

  self->id = g_strdup (id);
  self->version = version;
  self->event = event;
  return self;
}

static gboolean
check_words (MadoRemedy remedy, const char *target, const char *reason, GError **error)
{
  if ((remedy == MADO_REMEDY_ASSIGN) != (target != NULL))
    mado_set_error_at (error, MADO_ERROR_INVALID, "/target", target ? "unknown" : "required",
                       _("To assign money, and only then, name the number of the charge."));
  else if (!reason || !*reason || g_utf8_strlen (reason, -1) > MAX_REASON)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/reason", "required",
                       _("A reason in words is needed, of 500 characters at most."));
  else
    return TRUE;
  return FALSE;
}

MadoAct *
mado_difference_propose (MadoStore *store, const MadoActor *actor, const char *id, gint64 version, MadoRemedy remedy,
                         const char *target, const char *reason, GError **error)
{
  g_autofree char *number = NULL;
  Step *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF, error) || !check_words (remedy, target, reason, error)
      || (target && !(number = mado_number_parse (target, error))))
    return NULL;
  self = step_new (actor, id, version, MADO_DIFFERENCE_EVENT_PROPOSE);
  self->remedy = remedy;
  self->target = g_steal_pointer (&number);
  self->reason = g_strdup (reason);
  return &self->act;
}

MadoAct *
mado_difference_decide (MadoStore *store, const MadoActor *actor, const char *id, gint64 version,
                        MadoDifferenceEvent event, GError **error)
{
  if (!mado_actor_require (actor, MADO_ROLES_STAFF, error))
    return NULL;
  if (event != MADO_DIFFERENCE_EVENT_APPROVE && event != MADO_DIFFERENCE_EVENT_DECLINE) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/event", "unknown", _("It is approved or declined."));
    return NULL;
  }
  return &step_new (actor, id, version, event)->act;
}
