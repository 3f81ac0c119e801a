/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-store.h"

G_BEGIN_DECLS

/**
 * mado_store_backup:
 * @main_path: archive of the city's data
 * @keys_path: archive of the key store, to be kept elsewhere and not for long: whom it knows can be read again
 *
 * While others read and write: each archive is one moment, the keys' a little later, so that it has every key the
 * data needs. The same format for both engines. Each appears under its name when it is whole.
 */
MADO_EXPORT gboolean mado_store_backup  (MadoStore *self, const char *main_path, const char *keys_path,
                                         GError **error);

/**
 * mado_store_restore:
 * @address: of an empty store, of either engine
 *
 * Both archives are checked whole before anything is written. Then whoever the journal says was forgotten is
 * forgotten again, since the archive of the keys may be older. EXISTS if the store is not empty, STORE_VERSION if
 * the archive comes from a newer program, CRYPTO if an archive is damaged or of another city.
 */
MADO_EXPORT gboolean mado_store_restore (const char *address, const MadoKey *data_key, const char *main_path,
                                         const char *keys_path, GError **error);

G_END_DECLS
