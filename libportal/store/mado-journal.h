/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../model/mado-role.h"
#include "mado-store.h"

G_BEGIN_DECLS

/* Who acts. Resolved once from the credential by the service; travels with every act. */
typedef struct {
  const char *kind;        /* "resident", "staff", "device", "visit", "system" */
  const char *id;          /* of the account, device or visit */
  const char *behalf;      /* (nullable): the resident on whose behalf */
  MadoRole    role;        /* what the credential entitles to */
} MadoActor;

/* One entry, in the same transaction as the change. @action: "case.submitted"; @subject: "case/01H…";
 * @resident: (nullable): whose data it concerns (for disclosures); @detail: (nullable): JSON without personal data. */
MADO_EXPORT gboolean mado_journal_append (MadoTx *tx, const MadoActor *actor, const char *action, const char *subject,
                                          const char *resident, const char *detail, GError **error);

/* The store's own entry when a subject's key is thrown away; detail {"retention": …}. */
#define MADO_KEY_FORGOTTEN "key.forgotten"

G_END_DECLS
