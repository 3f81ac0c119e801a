/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-slips.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "core/mado-id.h"
#include "payments/mado-payments-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"
#include "wire/mado-slip.h"

static const MadoField slip_fields[] = {
  MADO_FIELD_STRING (MadoChargeSlip, code, 0, 44, "The digits of its bar code"),
  MADO_FIELD_STRING (MadoChargeSlip, charge, 0, 64, "What it pays"),
  MADO_FIELD_STRING (MadoChargeSlip, number, 0, 16, "Number of the charge"),
  MADO_FIELD_YEN    (MadoChargeSlip, amount, 0, "Yen"),
  MADO_FIELD_DATE   (MadoChargeSlip, due_date, MADO_FIELD_OPTIONAL, "Until when shops take it"),
  MADO_FIELD_TIME   (MadoChargeSlip, issued_at, 0, "When it was printed"),
};

MADO_DEFINE_RECORD (MadoChargeSlip, mado_charge_slip, slip_fields)

typedef struct {
  MadoAct act;
  char *charge, *company;
} Issue;

static void
issue_clear (MadoAct *act)
{
  g_free (((Issue *) act)->charge);
  g_free (((Issue *) act)->company);
}

/* Says nothing of the charge: 21 digits at random, unique in the store. */
static void
draw_reference (char out[22])
{
  for (guint i = 0; i < 21; i++)
    out[i] = (char) ('0' + randombytes_uniform (10));
  out[21] = '\0';
}

static char *
write_code (const Issue *self, const MadoCharge *charge, GError **error)
{
  MadoSlip slip = { .yen = mado_charge_get_owed (charge) };

  g_strlcpy (slip.company, self->company, sizeof slip.company);
  g_strlcpy (slip.due, charge->due_date ? charge->due_date : "", sizeof slip.due);
  draw_reference (slip.reference);
  return mado_slip_write (&slip, error);
}

static gboolean
insert_slip (MadoTx *tx, const MadoChargeSlip *slip, GError **error)
{
  return mado_tx_exec (tx, error,
                       "INSERT INTO slips (code, charge, number, amount, due_date, issued_at)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       MADO_BIND (MADO_TEXT (slip->code), MADO_TEXT (slip->charge), MADO_TEXT (slip->number),
                                  MADO_INT (slip->amount), MADO_TEXT (slip->due_date), MADO_INT (slip->issued_at)));
}

static MadoOutcome
issue_apply (MadoTx *tx, gpointer data, GError **error)
{
  Issue *self = data;
  g_autoptr(MadoCharge) charge = mado_charge_load_number (tx, self->charge, error);
  g_autoptr(MadoChargeSlip) slip = g_object_new (MADO_TYPE_CHARGE_SLIP, NULL);

  if (!charge || !mado_charge_check_owner (charge, &self->act.actor, error)
      || !(slip->code = write_code (self, charge, error)))
    return MADO_OUTCOME_ROLL_BACK;
  slip->charge = g_strdup (charge->id);
  slip->number = g_strdup (charge->number);
  slip->amount = mado_charge_get_owed (charge);
  slip->due_date = g_strdup (charge->due_date);
  slip->issued_at = mado_tx_now (tx);
  if (!insert_slip (tx, slip, error)
      || !mado_charge_journal (tx, &self->act.actor, charge, "charge.slip-issued", error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_steal_pointer (&slip));
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_slip_issue (MadoStore *store, const MadoActor *actor, const char *charge, const char *company, GError **error)
{
  g_autofree char *number = mado_number_parse (charge, error);
  Issue *self;

  if (!number || !mado_actor_require (actor, MADO_ROLES_OWNER | MADO_ROLES_STAFF | MADO_ROLE_SYSTEM, error))
    return NULL;
  self = mado_act_new (actor, sizeof (Issue), issue_apply, issue_clear);
  self->charge = g_steal_pointer (&number);
  self->company = g_strdup (company);
  return &self->act;
}

gboolean
mado_slip_find_charge (MadoTx *tx, const char *code, char **number, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;

  rows = mado_tx_query (tx, error, "SELECT number FROM slips WHERE code = $1", MADO_BIND (MADO_TEXT (code)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  *number = more ? mado_rows_dup_text (rows, "number") : NULL;
  return TRUE;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

#define DIGITS 44

static char *
strip (const char *typed)
{
  GString *digits = g_string_new (NULL);

  for (; *typed && digits->len <= DIGITS; typed++)
    if (!strchr (" ()-", *typed))
      g_string_append_c (digits, *typed);
  return g_string_free (digits, FALSE);
}

static gboolean
check_digits (const char *digits, GError **error)
{
  if (strlen (digits) != DIGITS || strspn (digits, "0123456789") != DIGITS) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/code", "length", _("The bar code of a slip has %d digits."),
                       DIGITS);
    return FALSE;
  }
  if (mado_slip_gs1_check_digit (digits) == digits[DIGITS - 1])
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/code", "check-digit",
                     _("A digit of the bar code is wrong. Please read it again."));
  return FALSE;
}

typedef struct {
  const char *code;
  const char *id;           /* (nullable): of a payment of it */
  MadoChargeSlip *slip;
  MadoPayment *payment;
} Lookup;

static gboolean
read_slip (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("This slip is none of ours."),
                            "SELECT code, charge, number, amount, due_date, issued_at FROM slips WHERE code = $1",
                            MADO_BIND (MADO_TEXT (self->code)));
  self->slip = rows ? mado_rows_dup_record (rows, MADO_TYPE_CHARGE_SLIP) : NULL;
  return self->slip != NULL;
}

MadoChargeSlip *
mado_slip_get (MadoStore *store, const char *digits, GError **error)
{
  g_autofree char *code = strip (digits);
  Lookup lookup = { .code = code };

  return check_digits (code, error) && mado_store_look (store, read_slip, &lookup, error) ? lookup.slip : NULL;
}

/* What the paper in one's hand says, and how much of it is still owed: nothing of who owes it, or for what. */
static MadoCharge *
dup_what_slip_says (MadoCharge *charge)
{
  MadoCharge *said = g_object_new (MADO_TYPE_CHARGE, "number", charge->number, "state", charge->state,
                                   "due-date", charge->due_date, NULL);

  said->id = g_strdup (charge->id);
  said->amount = charge->amount;
  said->paid = charge->paid;
  said->words = json_from_string ("{\"ja\":\"納付書のお支払い\",\"en\":\"Payment of a slip\"}", NULL);
  g_object_unref (charge);
  return said;
}

MadoCharge *
mado_slip_find (MadoStore *store, const MadoActor *actor, const char *digits, GError **error)
{
  g_autoptr(MadoChargeSlip) slip = mado_slip_get (store, digits, error);
  g_autoptr(GError) stranger = NULL;
  MadoCharge *charge;

  if (!slip)
    return NULL;
  if ((charge = mado_charge_get (store, actor, slip->number, &stranger)))
    return charge;
  if (!g_error_matches (stranger, MADO_ERROR, MADO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&stranger));
    return NULL;
  }
  charge = mado_charge_open (store, slip->number, error);
  return charge ? dup_what_slip_says (charge) : NULL;
}

/* --- paying for somebody else ----------------------------------------------------------------------------------- */

MadoAct *
mado_slip_pay (MadoStore *store, const MadoActor *actor, const char *digits, MadoProvider provider, const char *device,
               const char *language, GError **error)
{
  g_autoptr(MadoChargeSlip) slip = mado_slip_get (store, digits, error);

  return slip ? mado_payment_by_slip (mado_payment_start (store, actor, slip->number, provider, device, language,
                                                          error)) : NULL;
}

static gboolean
read_payment (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;

  if (!read_slip (tx, self, error) || !(self->payment = mado_payment_load (tx, self->id, error)))
    return FALSE;
  if (g_strcmp0 (self->payment->charge, self->slip->charge) == 0)
    return TRUE;
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such payment."));
  return FALSE;
}

MadoPayment *
mado_slip_get_payment (MadoStore *store, const char *digits, const char *id, GError **error)
{
  g_autofree char *code = strip (digits);
  Lookup lookup = { .code = code, .id = id };
  gboolean found = check_digits (code, error) && mado_store_read (store, read_payment, &lookup, error);

  g_clear_object (&lookup.slip);
  if (!found)
    g_clear_object (&lookup.payment);
  return lookup.payment;
}

MadoAct *
mado_slip_give_up (MadoStore *store, const MadoActor *actor, const char *digits, const char *id, GError **error)
{
  static const MadoPaymentNews unwanted = { .event = MADO_PAYMENT_EVENT_ABANDON, .reason = "not-wanted" };
  g_autoptr(MadoPayment) payment = mado_slip_get_payment (store, digits, id, error);

  return payment ? mado_payment_by_slip (mado_payment_hear (store, actor, payment->id, &unwanted, error)) : NULL;
}
