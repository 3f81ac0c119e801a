/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-account.h"
#include "store/mado-act.h"
#include "store/mado-journal.h"

G_BEGIN_DECLS

/*
 * Signing in. Each prepares (Argon2id runs there, off the writer) and gives an act whose result is a MadoSession with
 * its token. A wrong secret is counted although it is refused. UNAUTHENTICATED never says which part was wrong;
 * LOCKED after three wrong PINs in a row, or five wrong passwords (for 15 minutes).
 */
MADO_EXPORT MadoAct *mado_sign_in_with_password (MadoStore *store, const char *account, const char *password,
                                                 const char *totp, GError **error);
MADO_EXPORT MadoAct *mado_sign_in_with_device   (MadoStore *store, const char *device, const char *secret,
                                                 GError **error);
MADO_EXPORT MadoAct *mado_sign_in_with_card     (MadoStore *store, const char *card_number, const char *pin,
                                                 GError **error);
MADO_EXPORT MadoAct *mado_sign_out              (MadoStore *store, const MadoSession *session, GError **error);

/* The credentials of one service, remembered for two seconds: another service's sign-out is seen that soon. */
#define MADO_TYPE_SESSIONS (mado_sessions_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoSessions, mado_sessions, MADO, SESSIONS, GObject)

MADO_EXPORT MadoSessions *mado_sessions_new    (MadoStore *store);
/**
 * mado_sessions_find:
 * @token: as it came, from anybody
 *
 * Any thread. A session that was last seen more than a minute ago is written as seen.
 *
 * Returns: (transfer full): the session; UNAUTHENTICATED if there is none, or it is over
 */
MADO_EXPORT MadoSession  *mado_sessions_find   (MadoSessions *self, const char *token, GError **error);
/**
 * mado_sessions_peek:
 *
 * The same without being seen: a line that is only held open keeps no session from ending.
 *
 * Returns: (transfer full): the session; UNAUTHENTICATED if there is none, or it is over
 */
MADO_EXPORT MadoSession  *mado_sessions_peek   (MadoSessions *self, const char *token, GError **error);
/* After a sign-out, an identification or the end of a visit; @id: of the session, or of the account or visit. */
MADO_EXPORT void          mado_sessions_forget (MadoSessions *self, const char *id);

/* Deletes at most @max sessions that are over; gives how many, -1 on error. */
MADO_EXPORT gint          mado_sessions_sweep  (MadoStore *store, guint max, GError **error);

/**
 * mado_session_dup_name:
 *
 * A session that was found has no name with it: a resident's is kept sealed in the register alone.
 *
 * Returns: (transfer full) (nullable): of the resident, staff or device whose it is; %NULL for a visit, or where there
 *   is nobody any more
 */
MADO_EXPORT char         *mado_session_dup_name  (MadoStore *store, const MadoSession *self);

/**
 * mado_session_get_actor: (skip)
 *
 * Who acts under this session; the strings are the session's.
 */
MADO_EXPORT MadoActor     mado_session_get_actor (const MadoSession *self);

#ifndef __GI_SCANNER__
/* Within the library: opens a session in the transaction that makes its holder. @session's token is hashed here. */
gboolean mado_session_insert (MadoTx *tx, MadoSession *session, GError **error);
gboolean mado_session_bind   (MadoTx *tx, const char *account, const char *resident, GError **error);
gboolean mado_session_delete_of (MadoTx *tx, const char *account, GError **error);
MadoSession *mado_session_new (MadoRole role, const char *account, const char *resident, const char *name);
#endif

G_END_DECLS
