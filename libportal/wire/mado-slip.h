/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-error.h"

G_BEGIN_DECLS

#define MADO_SLIP_GS1_DIGITS 44
#define MADO_SLIP_OCR_SHORT  39     /* two check digits and 37 */
#define MADO_SLIP_OCR_LONG   44     /* two check digits and 42 */
#define MADO_SLIP_MAX_YEN    300000 /* above it a slip bears no bar code */

/**
 * MadoSlip:
 * @company: six digits of the collecting company
 * @reference: up to 21 digits, the biller's own; zero-filled on the left
 * @reissue: 0 to 9
 * @due: (nullable): "YYYY-MM-DD", or %NULL for a slip that stays payable
 * @stamp: whether revenue stamp duty applies; public money: %FALSE
 * @yen: 1 to 300,000
 *
 * The GS1-128 of a payment slip for convenience stores: application identifier 91 and 42 digits.
 */
typedef struct {
  char     company[7];
  char     reference[22];
  guint    reissue;
  char     due[11];
  gboolean stamp;
  gint64   yen;
} MadoSlip;

/**
 * mado_slip_write:
 * @slip: what the slip says
 * @error: return location: `MADO_ERROR_INVALID` names the member
 *
 * Returns: (transfer full): the 44 digits, check digit last
 */
MADO_EXPORT char *mado_slip_write (const MadoSlip *slip, GError **error);

/* Modulus 10, weights 3 and 1 from the right of the 43: '0' to '9'. */
MADO_EXPORT char  mado_slip_gs1_check_digit  (const char *digits43);
/* The two check digits in front of the OCR line of a public-money slip (MPN). */
MADO_EXPORT void  mado_slip_ocr_check_digits (const char *body, char out[3]);

G_END_DECLS
