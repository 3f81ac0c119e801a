/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include "mado-error.h"

G_BEGIN_DECLS

#define MADO_ULID_LENGTH 26
/* Monotonic within a process, thread-safe; time from mado_clock_now(). */
MADO_EXPORT char    *mado_ulid_new   (void);
MADO_EXPORT void     mado_ulid_fill  (char out[27]);
MADO_EXPORT gboolean mado_ulid_is_valid (const char *text);
MADO_EXPORT gint64   mado_ulid_get_time (const char *ulid);   /* µs, to the millisecond */

/*
 * Numbers people read out: 7 symbols of "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" (no O I 0 1), the last a check
 * symbol (a code over GF(32): one wrong symbol or any two swapped ones are noticed), written "K7M4-R29";
 * a case adds "-1", "-2" … A person's lower case, full width and missing hyphens fold; O→0-like slips are named.
 */
MADO_EXPORT char *mado_number_new         (void);
MADO_EXPORT char *mado_number_for_case    (const char *visit_number, guint index);   /* from 1 */
MADO_EXPORT char *mado_number_parse       (const char *typed, GError **error);       /* the canonical form */

/* Opaque credentials: 256 random bits, base64url. The store keeps their hash only. */
MADO_EXPORT char *mado_token_new          (void);
MADO_EXPORT char *mado_token_hash         (const char *token);   /* hex BLAKE2b-256 */

G_END_DECLS
