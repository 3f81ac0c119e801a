/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

typedef enum {
  MADO_CHARGE_STATE_OPEN,        /* something is still owed */
  MADO_CHARGE_STATE_PAID,
  MADO_CHARGE_STATE_CANCELLED,   /* nothing is owed any more; what was paid is given back */
} MadoChargeState;
#define MADO_TYPE_CHARGE_STATE (mado_charge_state_get_type ())
MADO_EXPORT GType mado_charge_state_get_type (void);

/* One line of what is owed: @quantity times @unit yen, for the revenue account @account. */
#define MADO_TYPE_CHARGE_LINE (mado_charge_line_get_type ())
MADO_DECLARE_RECORD (MadoChargeLine, mado_charge_line)
struct _MadoChargeLine {
  MadoRecord parent;
  JsonNode  *text;       /* {language: text} */
  char      *account;    /* "fees.certificates": its ledger account is "revenue:fees.certificates" */
  gint64     quantity;
  gint64     unit;       /* yen */
};

/* Why, when and by whom what is owed was lessened. */
#define MADO_TYPE_CHARGE_CHANGE (mado_charge_change_get_type ())
MADO_DECLARE_RECORD (MadoChargeChange, mado_charge_change)
struct _MadoChargeChange {
  MadoRecord parent;
  gint64     version;    /* of the charge afterwards */
  gint64     at;
  char      *author;     /* id of the staff, or "system" */
  gint64     before;     /* yen owed in all */
  gint64     after;
  char      *reason;
};

/* What is owed: by whom, for whom and for what in words, until when. */
#define MADO_TYPE_CHARGE (mado_charge_get_type ())
MADO_DECLARE_RECORD (MadoCharge, mado_charge)
struct _MadoCharge {
  MadoRecord      parent;
  char           *id;
  char           *number;        /* "K7M4-R29": to read out */
  gint64          version;       /* its ETag */
  MadoChargeState state;
  char           *office;
  char           *payer;         /* (nullable): resident who owes it; none: it belongs to its visit */
  char           *visit;         /* (nullable): that filed what waits for it */
  char           *payer_kana;    /* (nullable): how a bank writes the payer's name; only a hash of it is kept */
  char           *subject;       /* (nullable): what waits for it: "case/01H…" */
  gint64          amount;        /* yen owed in all, as it stands now */
  gint64          paid;          /* yen received, less what was given back or is on its way back */
  char           *due_date;      /* (nullable) */
  gint64          raised_at;
  gint64          updated_at;
  JsonNode       *words;         /* for whom and for what, {language: text}; sealed */
  GPtrArray      *lines;         /* of MadoChargeLine; sealed */
  GPtrArray      *changes;       /* (nullable): of MadoChargeChange, oldest first */
};

/* Yen still to pay, and yen paid too much. */
MADO_EXPORT gint64 mado_charge_get_owed (const MadoCharge *self);
MADO_EXPORT gint64 mado_charge_get_over (const MadoCharge *self);

/**
 * mado_charge_lines_sum:
 * @lines: (element-type MadoChargeLine): of a charge
 * @sum: (out): yen
 *
 * Returns: %FALSE with %MADO_ERROR_INVALID, the pointer naming the line, where one has no quantity, no account or a
 *   product too large
 */
MADO_EXPORT gboolean mado_charge_lines_sum (GPtrArray *lines, gint64 *sum, GError **error);

G_END_DECLS
