/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-record.h"
#include "store/mado-act.h"

G_BEGIN_DECLS

/* A slip to pay a charge with, at a convenience store. */
#define MADO_TYPE_CHARGE_SLIP (mado_charge_slip_get_type ())
MADO_DECLARE_RECORD (MadoChargeSlip, mado_charge_slip)
struct _MadoChargeSlip {
  MadoRecord parent;
  char      *code;        /* the 44 digits of its bar code */
  char      *charge;      /* id */
  char      *number;      /* of the charge */
  gint64     amount;      /* yen, what was owed when it was printed */
  char      *due_date;    /* (nullable) */
  gint64     issued_at;
};

/* What became of the lines of a report. */
#define MADO_TYPE_SLIP_TAKING (mado_slip_taking_get_type ())
MADO_DECLARE_RECORD (MadoSlipTaking, mado_slip_taking)
struct _MadoSlipTaking {
  MadoRecord parent;
  gint64     lines;
  gint64     taken;       /* changed a payment */
  gint64     known;       /* said what was known: the same report again */
  gint64     strays;      /* codes that are on none of our slips: for somebody to look at */
};

/**
 * mado_slip_issue:
 * @charge: number of the charge
 * @company: six digits of the collecting company
 *
 * For all that is still owed, up to 300,000 yen. The charge may be paid another way all the same: the slip is paper.
 * The result is the #MadoChargeSlip.
 */
MADO_EXPORT MadoAct *mado_slip_issue (MadoStore *store, const MadoActor *actor, const char *charge,
                                      const char *company, GError **error);
/**
 * mado_slip_take_report:
 * @data: (array length=n) (element-type guint8): a report as it came: Shift_JIS, flash, final and cancelled lines
 *
 * The file is read whole before any of it counts. Then it is taken in short acts; after a crash it is simply taken
 * again, since every line counts once.
 *
 * Returns: (transfer full): what became of it; %NULL with line and column where it is wrong
 */
MADO_EXPORT MadoSlipTaking *mado_slip_take_report (MadoStore *store, const MadoActor *actor, const guint8 *data,
                                                   gsize n, GError **error);

G_END_DECLS
