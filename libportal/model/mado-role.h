/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/**
 * MadoRole:
 * @MADO_ROLE_NONE: nobody: may nothing
 * @MADO_ROLE_RESIDENT: a resident signed in with a card
 * @MADO_ROLE_VISIT: a visit at a kiosk; once identified it acts for its resident
 * @MADO_ROLE_DEVICE: a kiosk
 * @MADO_ROLE_CLERK: staff who decide cases
 * @MADO_ROLE_SUPERVISOR: a clerk who may also take decisions back and unlock cards
 * @MADO_ROLE_AUDITOR: reads the journal, never a case's answers
 * @MADO_ROLE_NOTIFIER: leases the outbox
 * @MADO_ROLE_SYSTEM: the program itself: a rule decides, a deadline passes
 *
 * What a credential entitles to. Values are bits, so that a table can say who may.
 */
typedef enum {
  MADO_ROLE_NONE       = 0,
  MADO_ROLE_RESIDENT   = 1 << 0,
  MADO_ROLE_VISIT      = 1 << 1,
  MADO_ROLE_DEVICE     = 1 << 2,
  MADO_ROLE_CLERK      = 1 << 3,
  MADO_ROLE_SUPERVISOR = 1 << 4,
  MADO_ROLE_AUDITOR    = 1 << 5,
  MADO_ROLE_NOTIFIER   = 1 << 6,
  MADO_ROLE_SYSTEM     = 1 << 7,
} MadoRole;

#define MADO_TYPE_ROLE (mado_role_get_type ())
MADO_EXPORT GType mado_role_get_type (void);   /* an enum of single roles: nicks "resident", "clerk" … */

/* (transfer full): "clerk, supervisor": those of @roles somebody can sign in with */
MADO_EXPORT char *mado_role_list (guint roles);

#define MADO_ROLES_OWNER (MADO_ROLE_RESIDENT | MADO_ROLE_VISIT)       /* then the case must be theirs */
#define MADO_ROLES_STAFF (MADO_ROLE_CLERK | MADO_ROLE_SUPERVISOR)
#define MADO_ROLES_ANY   (~0u)

G_END_DECLS
