/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-payments-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_KEY       200
#define MAX_REFERENCE 128
#define PROVIDER      (MADO_ROLE_NOTIFIER | MADO_ROLE_SYSTEM)

/* One act for all that happens to a payment. */
typedef struct {
  MadoAct act;
  char *id;               /* (nullable): of the payment */
  char *charge;           /* (nullable): number of the charge, of one that is begun or noted */
  MadoProvider provider;
  char *device, *language;
  MadoPaymentNews news;   /* with its own texts */
  gboolean by_slip;       /* who acts holds its slip: that is enough */
} Step;

static void
step_clear (MadoAct *act)
{
  Step *self = (Step *) act;

  g_free (self->id);
  g_free (self->charge);
  g_free (self->device);
  g_free (self->language);
  g_free ((char *) self->news.key);
  g_free ((char *) self->news.reference);
  g_free ((char *) self->news.reason);
  g_free ((char *) self->news.brand);
  g_clear_pointer (&self->news.offer, json_node_unref);
}

static Step *
step_new (const MadoActor *actor, MadoApply apply, const MadoPaymentNews *news)
{
  Step *self = mado_act_new (actor, sizeof (Step), apply, step_clear);

  if (!news)
    return self;
  self->news = *news;
  self->news.key = g_strdup (news->key);
  self->news.reference = g_strdup (news->reference);
  self->news.reason = g_strdup (news->reason);
  self->news.brand = g_strdup (news->brand);
  self->news.offer = news->offer ? json_node_ref (news->offer) : NULL;
  return self;
}

/* --- beginning -------------------------------------------------------------------------------------------------- */

/* Owners speak of what they owe. */
static gboolean
check_speaker (const Step *self, const MadoCharge *charge, GError **error)
{
  const MadoActor *actor = &self->act.actor;

  return self->by_slip || !(actor->role & MADO_ROLES_OWNER) || mado_charge_check_owner (charge, actor, error);
}

MadoAct *
mado_payment_by_slip (MadoAct *act)
{
  if (act)
    ((Step *) act)->by_slip = TRUE;
  return act;
}

static gboolean
conflict (GError **error, const char *message)
{
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT, message);
  return FALSE;
}

static gboolean
check_free (MadoTx *tx, const MadoCharge *charge, GError **error)
{
  g_autoptr(MadoPayment) live = NULL;

  if (!mado_payment_find_live (tx, charge->id, &live, error))
    return FALSE;
  if (!live)
    return mado_charge_get_owed (charge) > 0 && charge->state != MADO_CHARGE_STATE_CANCELLED
           ? TRUE : conflict (error, _("Nothing is owed here any more. Please do not pay again."));
  if (live->state == MADO_PAYMENT_STATE_UNKNOWN)
    return conflict (error, _("We are asking whether it was paid. Please do not pay again until we know."));
  if (live->state == MADO_PAYMENT_STATE_AUTHORISED)
    return conflict (error, _("A payment is on its way already. Please do not pay again."));
  return conflict (error, _("A payment was begun already. Finish it, or cancel it first."));
}

static MadoPayment *
payment_new (const Step *self, const MadoCharge *charge, MadoTx *tx)
{
  MadoPayment *payment = g_object_new (MADO_TYPE_PAYMENT, "charge", charge->id, "provider", self->provider,
                                       "office", charge->office, "device", self->device,
                                       "language", self->language, NULL);

  payment->id = mado_ulid_new ();
  payment->version = 1;
  payment->amount = mado_charge_get_owed (charge);
  payment->created_at = payment->updated_at = mado_tx_now (tx);
  payment->expires_at = payment->created_at + MADO_PAYMENT_LIFE;
  return payment;
}

/* What it is for stays here: the provider hears a number. */
static gboolean
call_create (MadoTx *tx, const MadoPayment *payment, const MadoCharge *charge, GError **error)
{
  g_autofree char *key = g_strconcat ("payment.create/", payment->id, NULL);
  JsonObject *payload = json_object_new ();

  json_object_set_int_member (payload, "yen", payment->amount);
  json_object_set_string_member (payload, "description", charge->number);
  json_object_set_int_member (payload, "begunAt", payment->created_at);
  json_object_set_int_member (payload, "expiresAt", payment->expires_at);
  json_object_set_string_member (payload, "language", payment->language ? payment->language : "ja");
  return mado_provider_call (tx, payment, "payment.create", key, payload, error);
}

static MadoOutcome
start_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoCharge) charge = mado_charge_load_number (tx, self->charge, error);
  g_autoptr(MadoPayment) payment = NULL;

  if (!charge || !check_speaker (self, charge, error) || !check_free (tx, charge, error))
    return MADO_OUTCOME_ROLL_BACK;
  payment = payment_new (self, charge, tx);
  if (!mado_payment_insert (tx, payment, TRUE, error) || !call_create (tx, payment, charge, error)
      || !mado_payment_journal (tx, &self->act.actor, payment, charge, "payment.created", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&payment));
  return MADO_OUTCOME_COMMIT;
}

static gboolean
check_provider (const MadoActor *actor, MadoProvider provider, const char *device, GError **error)
{
  if (provider == MADO_PROVIDER_TERMINAL && !device) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/terminal", "required",
                       _("It is not said which terminal the payer stands at."));
    return FALSE;
  }
  if (provider == MADO_PROVIDER_SLIP || provider == MADO_PROVIDER_BANK_TRANSFER) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/provider", "unknown",
                       _("A slip or a transfer is not begun here: it is noted when the money comes."));
    return FALSE;
  }
  return provider != MADO_PROVIDER_COUNTER || mado_actor_require (actor, MADO_ROLES_STAFF, error);
}

MadoAct *
mado_payment_start (MadoStore *store, const MadoActor *actor, const char *charge, MadoProvider provider,
                    const char *device, const char *language, GError **error)
{
  g_autofree char *number = mado_number_parse (charge, error);
  Step *self;

  if (!number || !mado_actor_require (actor, MADO_ROLES_OWNER | MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error)
      || !check_provider (actor, provider, device, error))
    return NULL;
  self = step_new (actor, start_apply, NULL);
  self->charge = g_steal_pointer (&number);
  self->provider = provider;
  self->device = g_strdup (device);
  self->language = g_strdup (language);
  return &self->act;
}

/* --- hearing ---------------------------------------------------------------------------------------------------- */

static gboolean
is_seen (MadoTx *tx, const char *key, gboolean *seen, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  *seen = FALSE;
  if (!key)
    return TRUE;
  rows = mado_tx_query (tx, error, "SELECT 1 AS seen FROM payment_events WHERE key = $1", MADO_BIND (MADO_TEXT (key)));
  return rows && mado_rows_step (rows, seen, error);
}

static gboolean
remember (MadoTx *tx, const MadoPayment *payment, const MadoPaymentNews *news, gboolean taken, GError **error)
{
  return !news->key
         || mado_tx_exec (tx, error,
                          "INSERT INTO payment_events (key, payment, event, state, yen, taken, at)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                          MADO_BIND (MADO_TEXT (news->key), MADO_TEXT (payment->id),
                                     MADO_TEXT (mado_enum_nick (MADO_TYPE_PAYMENT_EVENT, news->event)),
                                     MADO_TEXT (mado_enum_nick (MADO_TYPE_PAYMENT_STATE, payment->state)),
                                     MADO_INT (news->yen), MADO_INT (taken), MADO_INT (mado_tx_now (tx))));
}

/* It says what we know, or knew and have passed. */
static gboolean
is_old (const MadoPayment *payment, const MadoPaymentNews *news)
{
  switch (news->event) {
  case MADO_PAYMENT_EVENT_OPEN:
    return TRUE;
  case MADO_PAYMENT_EVENT_AUTHORISE:
    return payment->state == MADO_PAYMENT_STATE_AUTHORISED || mado_payment_state_is_paid (payment->state);
  case MADO_PAYMENT_EVENT_CAPTURE:
    return mado_payment_state_is_paid (payment->state) && (news->yen < 0 || news->yen == payment->captured);
  case MADO_PAYMENT_EVENT_FAIL:
    return payment->state == MADO_PAYMENT_STATE_FAILED;
  case MADO_PAYMENT_EVENT_CANCEL:
    return payment->state == MADO_PAYMENT_STATE_CANCELLED;
  case MADO_PAYMENT_EVENT_EXPIRE:
    return payment->state == MADO_PAYMENT_STATE_EXPIRED;
  case MADO_PAYMENT_EVENT_SETTLE:
  case MADO_PAYMENT_EVENT_ABANDON:
  case MADO_PAYMENT_EVENT_LOSE:
  case MADO_PAYMENT_EVENT_REFUND:
  default:
    return FALSE;
  }
}

static const char *
action_of (MadoPaymentEvent event)
{
  static const char *const actions[] = {
    [MADO_PAYMENT_EVENT_OPEN] = "payment.opened", [MADO_PAYMENT_EVENT_AUTHORISE] = "payment.authorised",
    [MADO_PAYMENT_EVENT_CAPTURE] = "payment.captured", [MADO_PAYMENT_EVENT_FAIL] = "payment.failed",
    [MADO_PAYMENT_EVENT_CANCEL] = "payment.cancelled", [MADO_PAYMENT_EVENT_EXPIRE] = "payment.expired",
    [MADO_PAYMENT_EVENT_ABANDON] = "payment.abandoned", [MADO_PAYMENT_EVENT_LOSE] = "payment.lost",
    [MADO_PAYMENT_EVENT_SETTLE] = "payment.settled", [MADO_PAYMENT_EVENT_REFUND] = "payment.refunded",
  };

  return actions[event];
}

/* What a provider says is kept even where it cannot be: somebody has to look at it. What is old is kept as well. */
static gboolean
keep_aside (Step *self, MadoPayment *payment, const MadoCharge *charge, MadoTx *tx, GError **error)
{
  return remember (tx, payment, &self->news, FALSE, error)
         && (is_old (payment, &self->news)
             || mado_payment_journal (tx, &self->act.actor, payment, charge, "payment.contradicted", error));
}

static gboolean
take_step (Step *self, MadoPayment *payment, MadoCharge *charge, const MadoTransition *row, MadoTx *tx, GError **error)
{
  gint64 version = charge->version;

  payment->state = row->to;
  return mado_payment_follow (payment, charge, row, &self->news, tx, error)
         && mado_payment_update (tx, payment, error)
         && remember (tx, payment, &self->news, TRUE, error)
         && mado_payment_journal (tx, &self->act.actor, payment, charge, action_of (row->event), error)
         && (charge->version == version || mado_charge_tell (tx, charge, error));
}

/* TRUE: it was taken, or put aside. */
static gboolean
hear (Step *self, MadoPayment *payment, MadoCharge *charge, MadoTx *tx, GError **error)
{
  g_autoptr(GError) refusal = NULL;
  const MadoTransition *row;

  row = mado_state_table_find (mado_payment_states (), payment->state, self->news.event, self->act.actor.role,
                               mado_payment_holds (payment, 0), &refusal);
  if (row)
    return take_step (self, payment, charge, row, tx, error);
  if ((self->act.actor.role & PROVIDER) && g_error_matches (refusal, MADO_ERROR, MADO_ERROR_CONFLICT))
    return keep_aside (self, payment, charge, tx, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
hear_of (Step *self, MadoPayment *payment, MadoTx *tx, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_charge_load (tx, payment->charge, error);
  gboolean seen;

  if (!charge || !check_speaker (self, charge, error)
      || !is_seen (tx, self->news.key, &seen, error))
    return FALSE;
  if (!seen && !hear (self, payment, charge, tx, error))
    return FALSE;
  mado_act_take_result (&self->act, g_object_ref (payment));
  return TRUE;
}

static MadoOutcome
hear_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoPayment) payment = mado_payment_load (tx, self->id, error);

  return payment && hear_of (self, payment, tx, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static gboolean
check_news (const MadoActor *actor, const MadoPaymentNews *news, GError **error)
{
  if ((actor->role & PROVIDER) && !news->key)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/key", "required", _("News of a provider has a key of its own."));
  else if (news->key && strlen (news->key) > MAX_KEY)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/key", "too-long", _("A key has at most %d bytes."), MAX_KEY);
  else if (news->reference && strlen (news->reference) > MAX_REFERENCE)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/reference", "too-long", _("A reference has at most %d bytes."),
                       MAX_REFERENCE);
  else if (news->event == MADO_PAYMENT_EVENT_REFUND)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/event", "unknown", _("Money is given back by a refund."));
  else
    return TRUE;
  return FALSE;
}

MadoAct *
mado_payment_hear (MadoStore *store, const MadoActor *actor, const char *id, const MadoPaymentNews *news,
                   GError **error)
{
  Step *self;

  if (!check_news (actor, news, error))
    return NULL;
  self = step_new (actor, hear_apply, news);
  self->id = g_strdup (id);
  return &self->act;
}

/* --- cash ------------------------------------------------------------------------------------------------------- */

static MadoOutcome
take_cash_apply (MadoTx *tx, gpointer data, GError **error)
{
  Step *self = data;
  g_autoptr(MadoPayment) payment = NULL;

  if (start_apply (tx, self, error) != MADO_OUTCOME_COMMIT)
    return MADO_OUTCOME_ROLL_BACK;
  payment = g_object_ref ((MadoPayment *) self->act.result);
  return hear_of (self, payment, tx, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

MadoAct *
mado_payment_take_cash (MadoStore *store, const MadoActor *actor, const char *charge, GError **error)
{
  static const MadoPaymentNews taken = { .event = MADO_PAYMENT_EVENT_CAPTURE, .yen = -1 };
  g_autofree char *number = mado_number_parse (charge, error);
  Step *self;

  if (!number || !mado_actor_require (actor, MADO_ROLES_STAFF, error))
    return NULL;
  self = step_new (actor, take_cash_apply, &taken);
  self->charge = g_steal_pointer (&number);
  self->provider = MADO_PROVIDER_COUNTER;
  return &self->act;
}

/* --- noting ----------------------------------------------------------------------------------------------------- */

/* It holds nothing: it only says what happened, whatever else was begun meanwhile. */
static MadoPayment *
insert_noted (Step *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoCharge) charge = mado_charge_load_number (tx, self->charge, error);
  g_autoptr(MadoPayment) payment = NULL;

  if (!charge)
    return NULL;
  payment = payment_new (self, charge, tx);
  payment->amount = self->news.yen;
  payment->reference = g_strdup (self->news.reference);
  return mado_payment_insert (tx, payment, FALSE, error) ? g_steal_pointer (&payment) : NULL;
}

static gboolean
note (Step *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoPayment) payment = NULL;

  return mado_payment_find_reference (tx, self->provider, self->news.reference, &payment, error)
         && (payment || (payment = insert_noted (self, tx, error)))
         && hear_of (self, payment, tx, error);
}

static MadoOutcome
note_apply (MadoTx *tx, gpointer data, GError **error)
{
  return note (data, tx, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

MadoPayment *
mado_payment_note_in (MadoTx *tx, const MadoActor *actor, const char *charge, MadoProvider provider,
                      const MadoPaymentNews *news, GError **error)
{
  Step step = { .act.actor = *actor, .charge = (char *) charge, .provider = provider, .news = *news };

  if (!note (&step, tx, error))
    g_clear_object (&step.act.result);
  return (MadoPayment *) step.act.result;
}

MadoAct *
mado_payment_note (MadoStore *store, const MadoActor *actor, const char *charge, MadoProvider provider,
                   const MadoPaymentNews *news, GError **error)
{
  g_autofree char *number = mado_number_parse (charge, error);
  Step *self;

  if (!number || !mado_actor_require (actor, PROVIDER, error) || !check_news (actor, news, error))
    return NULL;
  if (!news->reference || news->yen <= 0) {
    mado_set_error_at (error, MADO_ERROR_INVALID, news->reference ? "/yen" : "/reference", "required",
                       _("What came is known by the provider's reference and its yen."));
    return NULL;
  }
  self = step_new (actor, note_apply, news);
  self->charge = g_steal_pointer (&number);
  self->provider = provider;
  return &self->act;
}

gboolean
mado_payment_hear_in (MadoTx *tx, const MadoActor *actor, MadoPayment *payment, const MadoPaymentNews *news,
                      GError **error)
{
  Step step = { .act.actor = *actor, .news = *news };
  gboolean heard = hear_of (&step, payment, tx, error);

  g_clear_object (&step.act.result);
  return heard;
}

/* --- time ------------------------------------------------------------------------------------------------------- */

typedef struct {
  guint max;
  GPtrArray *payments;
} Overdue;

static gboolean
read_overdue (MadoTx *tx, gpointer data, GError **error)
{
  Overdue *self = data;

  return mado_tx_query_records (tx, self->payments, MADO_TYPE_PAYMENT, error,
                                "SELECT id, version, provider FROM payments WHERE holds = 1 AND state <> 'unknown'"
                                " AND expires_at < $1 ORDER BY expires_at LIMIT $2",
                                MADO_BIND (MADO_INT (mado_tx_now (tx)), MADO_INT (self->max)));
}

/* Where there is nobody to ask, nothing was taken. */
static gboolean
lapse_one (MadoStore *store, const MadoPayment *payment, GError **error)
{
  static const MadoActor clock = { "system", "clock", NULL, MADO_ROLE_SYSTEM };
  g_autofree char *key = g_strdup_printf ("lapse/%s/%" G_GINT64_FORMAT, payment->id, payment->version);
  const MadoPaymentNews news = {
    .event = mado_provider_is_remote (payment->provider) ? MADO_PAYMENT_EVENT_ABANDON : MADO_PAYMENT_EVENT_EXPIRE,
    .key = key, .reason = "time-over",
  };

  return mado_act_run (store, mado_payment_hear (store, &clock, payment->id, &news, error), NULL, error);
}

gint
mado_payments_lapse (MadoStore *store, guint max, GError **error)
{
  g_autoptr(GPtrArray) payments = g_ptr_array_new_with_free_func (g_object_unref);
  Overdue overdue = { max, payments };

  if (!mado_store_read (store, read_overdue, &overdue, error))
    return -1;
  for (guint i = 0; i < payments->len; i++)
    if (!lapse_one (store, payments->pdata[i], error))
      return -1;
  return (gint) payments->len;
}
