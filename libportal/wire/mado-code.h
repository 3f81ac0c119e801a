/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "../core/mado-error.h"

G_BEGIN_DECLS

#define MADO_CODE_MAX_BYTES 4096

/**
 * mado_code_read:
 * @text: what a scanner gave, as UTF-8; spaces and hyphens between digits do not matter
 *
 * Recognises what is printed or shown to be paid with: EMVCo merchant-presented QR codes (JPQR too), the 44 digits of
 * the GS1-128 of a payment slip (with or without a scanner's mark in front), and the OCR line of a public-money slip
 * (MPN, 39 or 44 digits). Layouts that are not published (eL-QR, Pay-easy) are not guessed at.
 *
 * Returns: (transfer full): `{kind, valid, fields{}, problems[{field, message, expected, found}]}`; kind is "jpqr",
 *   "emv-qr", "slip-gs1-128", "slip-ocr" or "unknown"
 *
 * Since: 0.1
 */
MADO_EXPORT JsonNode *mado_code_read (const char *text);

G_END_DECLS
