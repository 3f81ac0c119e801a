/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include "../core/mado-error.h"

G_BEGIN_DECLS

/**
 * MadoCredentials:
 *
 * Where a program keeps the credential with which it speaks to a service: the user's keyring (libsecret), or, only
 * if the caller names one, a file that nobody else may read. A keyring that does not answer is given up in time.
 *
 * A credential is found by the service's address and a @name such as "staff", "device" or "notifier".
 */
#define MADO_TYPE_CREDENTIALS (mado_credentials_get_type ())
MADO_EXPORT G_DECLARE_FINAL_TYPE (MadoCredentials, mado_credentials, MADO, CREDENTIALS, GObject)

/**
 * mado_credentials_new:
 * @address: of the service
 * @file: (nullable): a key file to use instead of the keyring, mode 0600
 *
 * Returns: (transfer full): the credentials of that service
 */
MADO_EXPORT MadoCredentials *mado_credentials_new    (const char *address, const char *file);
/* How long the keyring may take, at first 5,000. */
MADO_EXPORT void             mado_credentials_set_limit (MadoCredentials *self, guint limit_ms);
/**
 * mado_credentials_lookup:
 * @self: credentials
 * @name: which
 * @cancellable: (nullable): to give up
 * @error: return location: `MADO_ERROR_NOT_FOUND` if there is none; `MADO_ERROR_UNAVAILABLE` if the keyring does not
 *   answer; `MADO_ERROR_FORBIDDEN` if others may read the file
 *
 * Returns: (transfer full): the secret; free it with secret_password_free() or g_free()
 */
MADO_EXPORT char            *mado_credentials_lookup (MadoCredentials *self, const char *name,
                                                      GCancellable *cancellable, GError **error);
MADO_EXPORT gboolean         mado_credentials_store  (MadoCredentials *self, const char *name, const char *secret,
                                                      GCancellable *cancellable, GError **error);
/* It is no error if there was none. */
MADO_EXPORT gboolean         mado_credentials_forget (MadoCredentials *self, const char *name,
                                                      GCancellable *cancellable, GError **error);

G_END_DECLS
