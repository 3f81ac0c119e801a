/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-error.h"

G_BEGIN_DECLS

#define MADO_CODE128_QUIET 10   /* modules that stay white on either side */

/**
 * mado_code128_gs1:
 * @digits: an even number of digits, the application identifier first
 * @error: return location: `MADO_ERROR_INVALID`
 *
 * The bars of a GS1-128 code (ISO/IEC 15417, code set C, FNC1 in the first place), without its quiet zones.
 *
 * Returns: (transfer full): widths in modules, '1' to '4', of bar and space in turn, a bar first
 */
char *mado_code128_gs1 (const char *digits, GError **error);

G_END_DECLS
