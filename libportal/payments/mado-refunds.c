/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-refunds.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-id.h"
#include "payments/mado-payments-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_REASON 64
#define PROVIDER   (MADO_ROLE_NOTIFIER | MADO_ROLE_SYSTEM)
#define COLUMNS \
  "id, version, state, payment, charge, amount, reason, proposed_by, decided_by, created_at, updated_at"

typedef struct {
  MadoAct act;
  char *id;               /* of the payment that is proposed for, or of the refund */
  gint64 yen, alone;
  char *reason;
  MadoRefundEvent event;
} Step;

static void
step_clear (MadoAct *act)
{
  g_free (((Step *) act)->id);
  g_free (((Step *) act)->reason);
}

/* The three that change together. */
typedef struct {
  MadoRefund *refund;
  MadoPayment *payment;
  MadoCharge *charge;
} Three;

static void
three_clear (Three *self)
{
  g_clear_object (&self->refund);
  g_clear_object (&self->payment);
  g_clear_object (&self->charge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Three, three_clear)

/* --- rows ------------------------------------------------------------------------------------------------------- */

static const char *
state_nick (const MadoRefund *self)
{
  return mado_enum_nick (MADO_TYPE_REFUND_STATE, self->state);
}

static gboolean
insert (MadoTx *tx, const MadoRefund *self, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO refunds (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version), MADO_TEXT (state_nick (self)),
                                  MADO_TEXT (self->payment), MADO_TEXT (self->charge), MADO_INT (self->amount),
                                  MADO_TEXT (self->reason), MADO_TEXT (self->proposed_by),
                                  MADO_TEXT (self->decided_by), MADO_INT (self->created_at),
                                  MADO_INT (self->updated_at)));
}

static gboolean
update (MadoTx *tx, MadoRefund *self, GError **error)
{
  gint64 version = self->version++;

  self->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE refunds SET version = $3, state = $4, decided_by = $5, updated_at = $6"
                         " WHERE id = $1 AND version = $2",
                         MADO_BIND (MADO_TEXT (self->id), MADO_INT (version), MADO_INT (self->version),
                                    MADO_TEXT (state_nick (self)), MADO_TEXT (self->decided_by),
                                    MADO_INT (self->updated_at)));
}

static gboolean
journal (const Step *self, const Three *three, const char *action, MadoTx *tx, GError **error)
{
  char subject[64], detail[256];

  g_snprintf (subject, sizeof subject, "refund/%s", three->refund->id);
  g_snprintf (detail, sizeof detail, "{\"charge\":\"%s\",\"payment\":\"%s\",\"state\":\"%s\",\"yen\":%"
              G_GINT64_FORMAT "}", three->charge->number, three->payment->id, state_nick (three->refund),
              three->refund->amount);
  return mado_journal_append (tx, &self->act.actor, action, subject, three->charge->payer, detail, error);
}

static MadoLedgerEntry *
begin_entry (const Three *three, const char *kind)
{
  return mado_entry_new (three->payment->office, kind, three->charge->id, three->payment->id, three->refund->id);
}

/* --- steps ------------------------------------------------------------------------------------------------------ */

/* The provider is told; where a person gives the money back, they are told by the list of what is asked for. */
static gboolean
ask (const Step *self, Three *three, MadoTx *tx, GError **error)
{
  g_autofree char *key = g_strconcat ("payment.refund/", three->refund->id, NULL);
  JsonObject *payload = json_object_new ();

  json_object_set_string_member (payload, "refund", three->refund->id);
  json_object_set_int_member (payload, "yen", three->refund->amount);
  json_object_set_string_member (payload, "reason", three->refund->reason);
  g_free (three->refund->decided_by);
  three->refund->decided_by = g_strdup (self->act.actor.id);
  return mado_provider_call (tx, three->payment, "payment.refund", key, payload, error);
}

/* It stays with us after all: for what is owed by now, or as too much again. */
static gboolean
keep (Three *three, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (three, "refund.kept");

  three->payment->refunding -= three->refund->amount;
  mado_charge_take (three->charge, entry, MADO_ACCOUNT_REFUNDING, three->refund->amount);
  return mado_entry_post (entry, tx, error)
         && mado_charge_update (tx, three->charge, NULL, error)
         && mado_payment_update (tx, three->payment, error);
}

/* By the way it came; what a slip or a transfer brought goes back from the bank. */
static char *
paid_back_from (const MadoPayment *payment)
{
  if (payment->provider == MADO_PROVIDER_SLIP || payment->provider == MADO_PROVIDER_BANK_TRANSFER)
    return g_strdup (MADO_ACCOUNT_BANK);
  return mado_provider_account (payment->provider);
}

static gboolean
finish (Three *three, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (three, "refund.paid");
  g_autofree char *account = paid_back_from (three->payment);
  const MadoTransition *row;

  row = mado_state_table_find (mado_payment_states (), three->payment->state, MADO_PAYMENT_EVENT_REFUND,
                               MADO_ROLE_SYSTEM, mado_payment_holds (three->payment, three->refund->amount), error);
  if (!row)
    return FALSE;
  three->payment->state = row->to;
  three->payment->refunding -= three->refund->amount;
  three->payment->refunded += three->refund->amount;
  mado_entry_move (entry, MADO_ACCOUNT_REFUNDING, account, three->refund->amount);
  return mado_entry_post (entry, tx, error) && mado_payment_update (tx, three->payment, error);
}

static gboolean
follow (const Step *self, Three *three, MadoRefundEvent event, MadoTx *tx, GError **error)
{
  switch (event) {
  case MADO_REFUND_EVENT_APPROVE:
    return ask (self, three, tx, error) && journal (self, three, "refund.approved", tx, error);
  case MADO_REFUND_EVENT_DECLINE:
    three->refund->decided_by = g_strdup (self->act.actor.id);
    return keep (three, tx, error) && journal (self, three, "refund.declined", tx, error);
  case MADO_REFUND_EVENT_FINISH:
    return finish (three, tx, error) && journal (self, three, "refund.paid", tx, error);
  case MADO_REFUND_EVENT_FAIL:
    return keep (three, tx, error) && journal (self, three, "refund.failed", tx, error);
  default:
    return FALSE;
  }
}

/* --- proposing -------------------------------------------------------------------------------------------------- */

static gboolean
check_amount (const Step *self, const Three *three, GError **error)
{
  const MadoPayment *payment = three->payment;

  if (self->yen <= 0 || self->yen > payment->captured - payment->refunded - payment->refunding) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/yen", "range",
                       _("Between one yen and what is left of the payment can be given back."));
    return FALSE;
  }
  if (self->yen > mado_charge_get_over (three->charge)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("This is owed: lessen or cancel the charge first, then give back what is too much."));
    return FALSE;
  }
  return TRUE;
}

static MadoRefund *
refund_new (const Step *self, const Three *three, MadoTx *tx)
{
  MadoRefund *refund = g_object_new (MADO_TYPE_REFUND, "payment", three->payment->id, "charge", three->charge->id,
                                     "reason", self->reason, "proposed-by", self->act.actor.id, NULL);

  refund->id = mado_ulid_new ();
  refund->version = 1;
  refund->amount = self->yen;
  refund->created_at = refund->updated_at = mado_tx_now (tx);
  return refund;
}

/* From now on it is no longer there to be given back twice. */
static gboolean
set_aside (Three *three, MadoTx *tx, GError **error)
{
  g_autoptr(MadoLedgerEntry) entry = begin_entry (three, "refund.proposed");

  three->payment->refunding += three->refund->amount;
  mado_charge_give (three->charge, entry, MADO_ACCOUNT_REFUNDING, three->refund->amount);
  return mado_entry_post (entry, tx, error)
         && mado_charge_update (tx, three->charge, NULL, error)
         && mado_payment_update (tx, three->payment, error);
}

static gboolean
decide_alone (const Step *self, Three *three, MadoTx *tx, GError **error)
{
  const MadoTransition *row = mado_state_table_find (mado_refund_states (), three->refund->state,
                                                     MADO_REFUND_EVENT_APPROVE, self->act.actor.role,
                                                     self->yen <= self->alone ? MADO_REFUND_GUARD_SMALL : 0, NULL);

  if (!row)
    return TRUE;
  three->refund->state = row->to;
  return follow (self, three, MADO_REFUND_EVENT_APPROVE, tx, error);
}

static MadoOutcome
propose_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_auto(Three) three = { NULL };

  if (!(three.payment = mado_payment_load (tx, self->id, error))
      || !(three.charge = mado_charge_load (tx, three.payment->charge, error))
      || !check_amount (self, &three, error))
    return MADO_OUTCOME_ROLL_BACK;
  three.refund = refund_new (self, &three, tx);
  if (!set_aside (&three, tx, error)
      || !journal (self, &three, "refund.proposed", tx, error)
      || !decide_alone (self, &three, tx, error)
      || !insert (tx, three.refund, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&three.refund));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_refund_propose (MadoStore *store, const MadoActor *actor, const char *payment, gint64 yen, const char *reason,
                     gint64 alone, GError **error)
{
  Step *self;

  if (!mado_actor_require (actor, MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error))
    return NULL;
  if (!reason || strlen (reason) > MAX_REASON || !g_regex_match_simple ("^[a-z][a-z0-9-]*$", reason, 0, 0)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/reason", "pattern", _("A reason of the city's list is needed."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (Step), propose_apply, step_clear);
  self->id = g_strdup (payment);
  self->yen = yen;
  self->alone = alone;
  self->reason = g_strdup (reason);
  return &self->act;
}

/* --- what was paid too much ------------------------------------------------------------------------------------- */

static gboolean
read_refundable (MadoTx *tx, const char *charge, GPtrArray *payments, GError **error)
{
  return mado_tx_query_records (tx, payments, MADO_TYPE_PAYMENT, error,
                                "SELECT id, captured, refunding, refunded FROM payments WHERE charge = $1"
                                " AND captured > refunding + refunded ORDER BY captured_at DESC, id DESC",
                                MADO_BIND (MADO_TEXT (charge)));
}

static gboolean
propose_in (MadoTx *tx, const MadoActor *actor, const char *payment, gint64 yen, const char *reason, gint64 alone,
            GError **error)
{
  Step step = { .act.actor = *actor, .id = (char *) payment, .yen = yen, .alone = alone, .reason = (char *) reason };
  gboolean proposed = propose_apply (tx, &step, error) == MADO_OUTCOME_COMMIT;

  g_clear_object (&step.act.result);
  return proposed;
}

gboolean
mado_refund_excess (MadoTx *tx, const MadoActor *actor, const MadoCharge *charge, const char *reason, gint64 alone,
                    GError **error)
{
  g_autoptr(GPtrArray) payments = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 over = mado_charge_get_over (charge);

  if (over && !read_refundable (tx, charge->id, payments, error))
    return FALSE;
  for (guint i = 0; over && i < payments->len; i++) {
    const MadoPayment *payment = payments->pdata[i];
    gint64 yen = MIN (over, payment->captured - payment->refunding - payment->refunded);

    if (!propose_in (tx, actor, payment->id, yen, reason, alone, error))
      return FALSE;
    over -= yen;
  }
  return TRUE;
}

/* --- deciding and ending ---------------------------------------------------------------------------------------- */

static MadoRefund *
load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such refund."),
                            "SELECT " COLUMNS " FROM refunds WHERE id = $1", MADO_BIND (MADO_TEXT (id)));
  return rows ? mado_rows_dup_record (rows, MADO_TYPE_REFUND) : NULL;
}

static guint
holds (const Step *self, const Three *three)
{
  return (g_strcmp0 (self->act.actor.id, three->refund->proposed_by) != 0 ? MADO_REFUND_GUARD_SECOND_PERSON : 0)
         | (mado_payment_is_called (three->payment) ? 0 : MADO_REFUND_GUARD_BY_HAND);
}

/* A provider says again what it has said. */
static gboolean
is_old (const Step *self, const MadoRefund *refund)
{
  return (self->act.actor.role & PROVIDER)
         && ((self->event == MADO_REFUND_EVENT_FINISH && refund->state == MADO_REFUND_STATE_DONE)
             || (self->event == MADO_REFUND_EVENT_FAIL && refund->state == MADO_REFUND_STATE_FAILED));
}

static gboolean
step (Step *self, Three *three, MadoTx *tx, GError **error)
{
  const MadoTransition *row;

  if (is_old (self, three->refund))
    return TRUE;
  row = mado_state_table_find (mado_refund_states (), three->refund->state, self->event, self->act.actor.role,
                               holds (self, three), error);
  if (!row)
    return FALSE;
  three->refund->state = row->to;
  return follow (self, three, self->event, tx, error) && update (tx, three->refund, error);
}

static MadoOutcome
step_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_auto(Three) three = { NULL };

  if (!(three.refund = load (tx, self->id, error))
      || !(three.payment = mado_payment_load (tx, three.refund->payment, error))
      || !(three.charge = mado_charge_load (tx, three.refund->charge, error))
      || !step (self, &three, tx, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&three.refund));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_refund_step (MadoStore *store, const MadoActor *actor, const char *id, MadoRefundEvent event, GError **error)
{
  Step *self = mado_act_new (actor, sizeof (Step), step_apply, step_clear);

  self->id = g_strdup (id);
  self->event = event;
  return &self->act;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *payment;
  GPtrArray *refunds;
} Listing;

static gboolean
read_list (MadoTx *tx, gpointer data, GError **error)
{
  Listing *self = data;

  return mado_tx_query_records (tx, self->refunds, MADO_TYPE_REFUND, error,
                                "SELECT " COLUMNS " FROM refunds WHERE payment = $1 ORDER BY id",
                                MADO_BIND (MADO_TEXT (self->payment)));
}

GPtrArray *
mado_refund_list (MadoStore *store, const MadoActor *actor, const char *payment, GError **error)
{
  g_autoptr(GPtrArray) refunds = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoPayment) seen = mado_payment_get (store, actor, payment, error);
  Listing listing = { payment, refunds };

  return seen && mado_store_read (store, read_list, &listing, error) ? g_steal_pointer (&refunds) : NULL;
}
