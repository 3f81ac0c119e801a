/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/mado-journal.h"
#include "store/mado-store.h"

G_BEGIN_DECLS

GBytes *mado_totp_seal   (MadoStore *store, const char *account, const char *secret);
char   *mado_totp_unseal (MadoStore *store, const char *account, GBytes *sealed, GError **error);

G_END_DECLS
