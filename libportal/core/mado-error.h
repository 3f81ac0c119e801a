/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include "mado-export.h"

G_BEGIN_DECLS

/**
 * MadoError:
 *
 * Everything that can be refused. One table (mado-error.c) gives each code its stable wire name,
 * its HTTP status (RFC 9457 problem documents) and a sentence a person understands.
 */
typedef enum {
  MADO_ERROR_MALFORMED,        /* not JSON, not UTF-8, cut short: 400 */
  MADO_ERROR_TOO_LARGE,        /* body, depth or list over its cap: 413 */
  MADO_ERROR_INVALID,          /* well formed, but does not fit; carries violations: 422 */
  MADO_ERROR_UNAUTHENTICATED,  /* no session, forged or expired: 401 */
  MADO_ERROR_FORBIDDEN,        /* known, but not entitled: 403 */
  MADO_ERROR_LOCKED,           /* PIN or account locked: 423 */
  MADO_ERROR_NOT_FOUND,        /* also someone else's thing: 404 */
  MADO_ERROR_METHOD,           /* method not allowed here: 405 */
  MADO_ERROR_CONFLICT,         /* state does not allow it: 409 */
  MADO_ERROR_EXISTS,           /* unique by nature and already there: 409 */
  MADO_ERROR_STALE,            /* If-Match does not match: 412 */
  MADO_ERROR_KEY_REUSED,       /* Idempotency-Key with another body: 422 */
  MADO_ERROR_KEY_REQUIRED,     /* a mutation without Idempotency-Key: 400 */
  MADO_ERROR_PRECONDITION,     /* a mutation that needs If-Match came without: 428 */
  MADO_ERROR_RATE_LIMITED,     /* 429 */
  MADO_ERROR_UNSUPPORTED,      /* media type, encoding, version: 415 */
  MADO_ERROR_STORE,            /* the store failed: 500 */
  MADO_ERROR_STORE_VERSION,    /* a store from a newer program: refuse to start */
  MADO_ERROR_STORE_BUSY,       /* held by another; try again: 503 */
  MADO_ERROR_STORE_FULL,       /* no room left on its disk; try again once there is: 503 */
  MADO_ERROR_CRYPTO,           /* cannot be opened: wrong key or forged */
  MADO_ERROR_UNAVAILABLE,      /* network or service away: 503 */
  MADO_ERROR_INTERNAL,         /* a bug: 500 */
} MadoError;

#define MADO_ERROR (mado_error_quark ())
MADO_EXPORT GQuark mado_error_quark (void);

/**
 * MadoViolation:
 * @pointer: RFC 6901 JSON Pointer of the offending place ("" is the whole document)
 * @code: stable machine name: "required", "type", "unknown", "too-long", "pattern", "range", "check-digit" …
 * @message: a sentence for people, translated, that names the remedy; never repeats the value
 */
typedef struct {
  char *pointer;
  char *code;
  char *message;
} MadoViolation;

/* Each error of the domain carries a list of violations (often none). */
MADO_EXPORT GError *mado_error_new_at         (MadoError code, const char *pointer, const char *violation_code,
                                               const char *format, ...) G_GNUC_PRINTF (4, 5);
MADO_EXPORT void    mado_set_error_at         (GError **error, MadoError code, const char *pointer,
                                               const char *violation_code, const char *format, ...)
  G_GNUC_PRINTF (5, 6);
MADO_EXPORT void    mado_error_add_violation  (GError *error, const char *pointer, const char *violation_code,
                                               const char *format, ...) G_GNUC_PRINTF (4, 5);
MADO_EXPORT guint   mado_error_get_n_violations (const GError *error);
MADO_EXPORT const MadoViolation *mado_error_get_violation (const GError *error, guint i);
/* Puts @prefix before every pointer, when a part was checked on its own. */
MADO_EXPORT void    mado_error_prefix_pointers (GError *error, const char *prefix);

MADO_EXPORT const char *mado_error_get_wire_name (MadoError code);   /* "too-large" */
MADO_EXPORT guint       mado_error_get_status    (MadoError code);   /* HTTP */
MADO_EXPORT const char *mado_error_get_title     (MadoError code);   /* translated */
MADO_EXPORT gboolean    mado_error_from_wire_name (const char *name, MadoError *code);

G_END_DECLS
