/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-error.h"

G_BEGIN_DECLS

/**
 * MadoJpqr:
 * @identifiers: the merchant's four numbers of the JPQR template: 13, 4, 6 and 6 characters
 * @category: merchant category code, four digits ("9399" for government services)
 * @yen: what to pay; 0 for a static code, where the payer types it
 * @name: ASCII, up to 25
 * @city: ASCII, up to 15
 * @postcode: seven digits
 * @bill: (nullable): bill number, up to 25
 * @reference: (nullable): reference label, up to 25
 * @name_ja: (nullable): the name in Japanese, up to 25 characters
 *
 * A merchant-presented code after EMVCo QRCPS-MPM with the JPQR template.
 */
typedef struct {
  const char *identifiers[4];
  const char *category;
  gint64      yen;
  const char *name, *city, *postcode;
  const char *bill, *reference, *name_ja;
} MadoJpqr;

/**
 * mado_jpqr_write:
 * @code: what it says
 * @error: return location: `MADO_ERROR_INVALID` names the member
 *
 * Returns: (transfer full): the payload, CRC last, at most 512 characters
 */
MADO_EXPORT char   *mado_jpqr_write (const MadoJpqr *code, GError **error);

/* CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, over bytes. */
MADO_EXPORT guint16 mado_emv_qr_crc (const char *data, gsize n);

G_END_DECLS
