/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"
#include "mado-role.h"

G_BEGIN_DECLS

#define MADO_TYPE_STAFF (mado_staff_get_type ())
MADO_DECLARE_RECORD (MadoStaff, mado_staff)
struct _MadoStaff {
  MadoRecord parent;
  char      *id;
  char      *account;        /* what they sign in with */
  char      *name;           /* what residents see in a disclosure */
  MadoRole   role;           /* CLERK, SUPERVISOR or AUDITOR */
  char      *office;         /* of the city's file */
  gint64     created_at;
  gint64     disabled_at;
};

#define MADO_TYPE_DEVICE (mado_device_get_type ())
MADO_DECLARE_RECORD (MadoDevice, mado_device)
struct _MadoDevice {
  MadoRecord parent;
  char      *id;             /* "kiosk-shonandai-1" */
  char      *name;
  MadoRole   role;           /* DEVICE or NOTIFIER */
  char      *office;
  gint64     created_at;
  gint64     disabled_at;
};

#define MADO_TYPE_SESSION (mado_session_get_type ())
MADO_DECLARE_RECORD (MadoSession, mado_session)
struct _MadoSession {
  MadoRecord parent;
  char      *id;
  char      *token;          /* (nullable): told once, at sign-in; the store keeps its hash */
  MadoRole   role;
  char      *account;        /* id of the resident, visit, staff or device */
  char      *resident;       /* (nullable): whom a visit acts for */
  char      *name;           /* (nullable): to greet with; never stored for residents */
  char      *language;       /* (nullable): that of a visit */
  gint64     created_at;
  gint64     seen_at;
  gint64     idle_us;        /* without a request for so long, it is over */
  gint64     expires_at;     /* over in any case */
};

#define MADO_TYPE_CONSENT (mado_consent_get_type ())
MADO_DECLARE_RECORD (MadoConsent, mado_consent)
struct _MadoConsent {
  MadoRecord parent;
  char      *purpose;        /* of the city's file */
  gint64     granted_at;     /* 0: never */
  gint64     ends_at;
  gint64     withdrawn_at;   /* 0: not */
  gboolean   active;         /* now */
};

/* Somebody else saw or changed my data. */
#define MADO_TYPE_DISCLOSURE (mado_disclosure_get_type ())
MADO_DECLARE_RECORD (MadoDisclosure, mado_disclosure)
struct _MadoDisclosure {
  MadoRecord parent;
  gint64     position;       /* in the journal; 0 while it waits for one */
  gint64     at;
  char      *actor_kind;     /* "staff", "system" … */
  char      *actor_name;     /* (nullable) */
  char      *action;         /* "case.viewed" */
  char      *subject;        /* "case/01H…" */
  char      *number;         /* (nullable): of the case, to recognise it by */
  char      *digest;         /* salted, hex: what a proof speaks of */
};

G_END_DECLS
