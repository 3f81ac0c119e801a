/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-charge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-yen.h"

#define MAX_LINES   50
#define MAX_ACCOUNT 48

G_DEFINE_ENUM_TYPE (MadoChargeState, mado_charge_state,
  G_DEFINE_ENUM_VALUE (MADO_CHARGE_STATE_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (MADO_CHARGE_STATE_PAID, "paid"),
  G_DEFINE_ENUM_VALUE (MADO_CHARGE_STATE_CANCELLED, "cancelled"))

static const MadoField line_fields[] = {
  MADO_FIELD_JSON   (MadoChargeLine, text, MADO_FIELD_OPTIONAL, "What for, by language"),
  MADO_FIELD_STRING (MadoChargeLine, account, 0, MAX_ACCOUNT, "Revenue account: small letters, digits, dots"),
  MADO_FIELD_INT    (MadoChargeLine, quantity, 0, 1, 1000000, "How many"),
  MADO_FIELD_YEN    (MadoChargeLine, unit, 0, "Yen for one"),
};

MADO_DEFINE_RECORD (MadoChargeLine, mado_charge_line, line_fields)

static const MadoField change_fields[] = {
  MADO_FIELD_INT    (MadoChargeChange, version, 0, 1, G_MAXINT32, "Of the charge, afterwards"),
  MADO_FIELD_TIME   (MadoChargeChange, at, 0, "When"),
  MADO_FIELD_STRING (MadoChargeChange, author, 0, 64, "Who"),
  MADO_FIELD_YEN    (MadoChargeChange, before, 0, "Yen owed in all before"),
  MADO_FIELD_YEN    (MadoChargeChange, after, 0, "Yen owed in all afterwards"),
  MADO_FIELD_STRING (MadoChargeChange, reason, MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW, 500, "Why, in words"),
};

MADO_DEFINE_RECORD (MadoChargeChange, mado_charge_change, change_fields)

#define SECRET (MADO_FIELD_SEALED | MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL)

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoCharge, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoCharge, number, 0, 16, "Number to read out"),
  MADO_FIELD_INT    (MadoCharge, version, 0, 1, G_MAXINT32, "Counts its changes; the ETag"),
  MADO_FIELD_ENUM   (MadoCharge, state, mado_charge_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoCharge, office, 0, 64, "Office whose revenue it is"),
  MADO_FIELD_STRING (MadoCharge, payer, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Who owes it"),
  MADO_FIELD_STRING (MadoCharge, visit, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Visit it comes from"),
  MADO_FIELD_STRING (MadoCharge, payer_kana, MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL, 100,
                     "How a bank writes the payer's name"),
  MADO_FIELD_STRING (MadoCharge, subject, MADO_FIELD_OPTIONAL, 80, "What waits for it"),
  MADO_FIELD_YEN    (MadoCharge, amount, 0, "Yen owed in all"),
  MADO_FIELD_YEN    (MadoCharge, paid, 0, "Yen received and kept"),
  MADO_FIELD_DATE   (MadoCharge, due_date, MADO_FIELD_OPTIONAL, "By when"),
  MADO_FIELD_TIME   (MadoCharge, raised_at, 0, "Since when"),
  MADO_FIELD_TIME   (MadoCharge, updated_at, 0, "When it last changed"),
  MADO_FIELD_JSON   (MadoCharge, words, MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "For whom and for what, by language"),
  MADO_FIELD_LIST   (MadoCharge, lines, mado_charge_line_get_type, SECRET, "What it is made up of"),
  MADO_FIELD_LIST   (MadoCharge, changes, mado_charge_change_get_type,
                     MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, "Oldest first"),
};

MADO_DEFINE_RECORD (MadoCharge, mado_charge, fields)

gint64
mado_charge_get_owed (const MadoCharge *self)
{
  return MAX (self->amount - self->paid, 0);
}

gint64
mado_charge_get_over (const MadoCharge *self)
{
  return MAX (self->paid - self->amount, 0);
}

static gboolean
is_account (const char *account)
{
  return account && *account && strlen (account) <= MAX_ACCOUNT
         && strspn (account, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen (account);
}

static gboolean
check_line (const MadoChargeLine *line, guint i, GError **error)
{
  g_autofree char *pointer = NULL;

  if (is_account (line->account) && line->quantity > 0 && line->unit >= 0)
    return TRUE;
  pointer = g_strdup_printf ("/lines/%u/%s", i,
                             !is_account (line->account) ? "account" : line->quantity <= 0 ? "quantity" : "unit");
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "range",
                     _("A line has an account of small letters, digits, dots and hyphens, a quantity from 1 and "
                       "whole yen from 0."));
  return FALSE;
}

gboolean
mado_charge_lines_sum (GPtrArray *lines, gint64 *sum, GError **error)
{
  gint64 product;

  *sum = 0;
  if (lines->len > MAX_LINES) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/lines", "too-long", _("A charge has at most %d lines."),
                       MAX_LINES);
    return FALSE;
  }
  for (guint i = 0; i < lines->len; i++) {
    const MadoChargeLine *line = g_ptr_array_index (lines, i);

    if (!check_line (line, i, error)
        || !mado_yen_multiply (line->unit, line->quantity, &product, error)
        || !mado_yen_add (*sum, product, sum, error))
      return FALSE;
  }
  return TRUE;
}
