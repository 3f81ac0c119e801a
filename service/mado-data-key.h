/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/mado-seal.h"

G_BEGIN_DECLS

/**
 * mado_data_key_load:
 * @store: address of the store it is for
 * @sample: a sample city, whose key need not be kept well
 *
 * The city's data key, from the first of these that has one, never from the command line:
 *
 * - systemd's credential `data-key` ($CREDENTIALS_DIRECTORY), 32 bytes or 64 hexadecimal digits
 * - for a SQLite store, the file beside it with `.key` for an ending, mode 0600
 * - the user's keyring (libsecret), as `data-key` of the store's address
 *
 * For a new SQLite store the file is made; for a sample city on PostgreSQL, one in the user's state folder.
 *
 * Returns: (transfer full): the key; NOT_FOUND with what to do if there is none, FORBIDDEN if others may read the file
 */
MadoKey *mado_data_key_load (const char *store, gboolean sample, GError **error);
/* The same, but nothing is ever made: NOT_FOUND says where the key was looked for. */
MadoKey *mado_data_key_find (const char *store, gboolean sample, GError **error);

G_END_DECLS
