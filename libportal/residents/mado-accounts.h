/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-account.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/**
 * mado_staff_add:
 * @staff: account, name, role and office
 * @password: at least 12 characters
 * @totp_secret: (nullable): base32; supervisors cannot sign in without
 *
 * The result is the MadoStaff.
 */
MADO_EXPORT MadoAct *mado_staff_add     (MadoStore *store, const MadoActor *actor, MadoStaff *staff,
                                         const char *password, const char *totp_secret, GError **error);
MADO_EXPORT MadoAct *mado_staff_disable (MadoStore *store, const MadoActor *actor, const char *account, GError **error);
/**
 * mado_staff_list:
 *
 * Returns: (transfer container) (element-type MadoStaff): all there are
 */
MADO_EXPORT GPtrArray *mado_staff_list  (MadoStore *store, const MadoActor *actor, GError **error);

/* The name residents see; NOT_FOUND if there is no such id. */
MADO_EXPORT char    *mado_staff_dup_name (MadoStore *store, const char *id, GError **error);

/* @secret: 256 bits of mado_token_new(), kept by the device */
MADO_EXPORT MadoAct *mado_device_add    (MadoStore *store, const MadoActor *actor, MadoDevice *device,
                                         const char *secret, GError **error);
/* Ends its session, and its secret opens nothing any more. */
MADO_EXPORT MadoAct *mado_device_disable (MadoStore *store, const MadoActor *actor, const char *device, GError **error);
/**
 * mado_device_list:
 *
 * Returns: (transfer container) (element-type MadoDevice): all there are
 */
MADO_EXPORT GPtrArray *mado_device_list (MadoStore *store, const MadoActor *actor, GError **error);

/* RFC 6238 (HMAC-SHA-1, 30 s, 6 digits). */
MADO_EXPORT char    *mado_totp_secret_new (void);                                   /* 160 bits, base32 */
MADO_EXPORT char    *mado_totp_code       (const char *secret, gint64 time_us, GError **error);
/* One step early or late is taken, none twice: gives the step, to remember, or -1. */
MADO_EXPORT gint64   mado_totp_check      (const char *secret, const char *code, gint64 time_us, gint64 last_step);

G_END_DECLS
