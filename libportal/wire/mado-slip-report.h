/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-error.h"
#include "wire/mado-slip.h"

G_BEGIN_DECLS

#define MADO_SLIP_REPORT_MAX_BYTES (64 * 1024 * 1024)

/* What a collecting company says of a slip. */
typedef enum {
  MADO_SLIP_FLASH,      /* 速報: paid in a shop, not yet final */
  MADO_SLIP_FINAL,      /* 確報: on its way to the city */
  MADO_SLIP_CANCELLED,  /* 取消: the flash report is void */
} MadoSlipNews;

/* One line. Dates are day numbers (mado-date.h). */
typedef struct {
  guint        line;              /* in the file, from 1 */
  MadoSlipNews news;
  char         kind[3];           /* as reported: "01"; the first digit is the kind of place it was paid at */
  int          date;              /* it was paid */
  guint        minutes;           /* of that day */
  char         code[MADO_SLIP_GS1_DIGITS + 1];
  gint64       yen;
  char         chain[4], shop[7];
  int          transfer_date;     /* MADO_DATE_NONE until final */
} MadoSlipRow;

/**
 * mado_slip_report_read:
 * @data: (array length=n): a report of collected slips: CSV in Shift_JIS (CP932), thirteen columns, with or without a
 *   line of titles
 *
 * Every mistake is a violation with line and column (up to fifty); one is enough for nothing to be taken.
 *
 * Returns: (transfer full): of MadoSlipRow, in the order of the file
 */
GArray *mado_slip_report_read (const guint8 *data, gsize n, GError **error);

G_END_DECLS
