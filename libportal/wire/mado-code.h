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
 * (MPN, 39 or 44 digits). Layouts that are not published (eL-QR, Pay-easy) are not guessed at: their adapter is asked.
 *
 * Returns: (transfer full): `{kind, valid, fields{}, problems[{field, message, expected, found}]}`; kind is "jpqr",
 *   "emv-qr", "slip-gs1-128", "slip-ocr", "el-qr", "pay-easy" or "unknown"
 *
 * Since: 0.1
 */
MADO_EXPORT JsonNode *mado_code_read (const char *text);

/**
 * mado_code_read_as:
 * @kind: "el-qr" or "pay-easy", as whoever holds the paper can see
 * @text: what a scanner gave, or what stands on the paper
 * @error: INVALID at `/kind` for another kind
 *
 * Carries a code of an unpublished layout as one opaque `value`. Where its adapter is there, it adds what it reads;
 * without one nothing in the value is looked at, and `checked` is false.
 *
 * Returns: (transfer full): as mado_code_read()
 *
 * Since: 0.2
 */
MADO_EXPORT JsonNode *mado_code_read_as (const char *kind, const char *text, GError **error);

/**
 * MadoCodeAdapter:
 * @text: the code
 * @fields: what is read goes here
 * @error: why it is of this kind, but wrong
 *
 * Written by whoever was told the layout.
 *
 * Returns: whether it is a valid code of this kind; %FALSE without @error where it is none of it
 */
typedef gboolean (*MadoCodeAdapter) (const char *text, JsonObject *fields, GError **error);

/**
 * mado_code_set_adapter: (skip)
 * @kind: "el-qr" or "pay-easy"
 * @adapter: (nullable): from now on, in this process
 */
MADO_EXPORT void mado_code_set_adapter (const char *kind, MadoCodeAdapter adapter);

G_END_DECLS
