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
  char *number;
} Lookup;

static gboolean
read_slip (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *self = data;

  if (!mado_slip_find_charge (tx, self->code, &self->number, error))
    return FALSE;
  if (!self->number)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This slip is none of ours."));
  return self->number != NULL;
}

MadoCharge *
mado_slip_find (MadoStore *store, const MadoActor *actor, const char *digits, GError **error)
{
  g_autofree char *code = strip (digits);
  g_autofree char *number = NULL;
  Lookup lookup = { code, NULL };

  if (!check_digits (code, error) || !mado_store_look (store, read_slip, &lookup, error))
    return NULL;
  number = lookup.number;
  return mado_charge_get (store, actor, number, error);
}
