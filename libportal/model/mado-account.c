/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-account.h"

static const MadoField staff_fields[] = {
  MADO_FIELD_ID     (MadoStaff, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoStaff, account, 0, 64, "What they sign in with"),
  MADO_FIELD_STRING (MadoStaff, name, 0, 128, "Name residents see in a disclosure"),
  MADO_FIELD_ENUM   (MadoStaff, role, mado_role_get_type, 0, "What they may do"),
  MADO_FIELD_STRING (MadoStaff, office, MADO_FIELD_OPTIONAL, 64, "Office"),
  MADO_FIELD_TIME   (MadoStaff, created_at, MADO_FIELD_OPTIONAL, "Since when"),
  MADO_FIELD_TIME   (MadoStaff, disabled_at, MADO_FIELD_OPTIONAL, "Since when no longer"),
};

MADO_DEFINE_RECORD (MadoStaff, mado_staff, staff_fields)

static const MadoField device_fields[] = {
  MADO_FIELD_ID     (MadoDevice, id, "Identifier"),
  MADO_FIELD_STRING (MadoDevice, name, 0, 128, "Name"),
  MADO_FIELD_ENUM   (MadoDevice, role, mado_role_get_type, 0, "Kiosk or notifier"),
  MADO_FIELD_STRING (MadoDevice, office, MADO_FIELD_OPTIONAL, 64, "Where it stands"),
  MADO_FIELD_TIME   (MadoDevice, created_at, MADO_FIELD_OPTIONAL, "Since when"),
  MADO_FIELD_TIME   (MadoDevice, disabled_at, MADO_FIELD_OPTIONAL, "Since when no longer"),
};

MADO_DEFINE_RECORD (MadoDevice, mado_device, device_fields)

static const MadoField session_fields[] = {
  MADO_FIELD_ID     (MadoSession, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoSession, token, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL, 64, "Credential, told once"),
  MADO_FIELD_ENUM   (MadoSession, role, mado_role_get_type, 0, "What it entitles to"),
  MADO_FIELD_STRING (MadoSession, account, MADO_FIELD_PRIVATE, 64, "Whose it is"),
  MADO_FIELD_STRING (MadoSession, resident, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Whom a visit acts for"),
  MADO_FIELD_STRING (MadoSession, name, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL | MADO_FIELD_NO_ROW, 128,
                     "Name to greet with"),
  MADO_FIELD_STRING (MadoSession, language, MADO_FIELD_OPTIONAL, 16, "Chosen at the kiosk"),
  MADO_FIELD_TIME   (MadoSession, created_at, 0, "Since when"),
  MADO_FIELD_TIME   (MadoSession, seen_at, 0, "Last request"),
  MADO_FIELD_INT    (MadoSession, idle_us, MADO_FIELD_PRIVATE, 0, G_MAXINT64, "Over after so long without a request"),
  MADO_FIELD_TIME   (MadoSession, expires_at, 0, "Over in any case"),
};

MADO_DEFINE_RECORD (MadoSession, mado_session, session_fields)

static const MadoField consent_fields[] = {
  MADO_FIELD_STRING (MadoConsent, purpose, 0, 64, "What for"),
  MADO_FIELD_TIME   (MadoConsent, granted_at, MADO_FIELD_OPTIONAL, "Since when"),
  MADO_FIELD_TIME   (MadoConsent, ends_at, MADO_FIELD_OPTIONAL, "Until when"),
  MADO_FIELD_TIME   (MadoConsent, withdrawn_at, MADO_FIELD_OPTIONAL, "Taken back"),
  MADO_FIELD_BOOL   (MadoConsent, active, MADO_FIELD_NO_ROW, "Given now"),
};

MADO_DEFINE_RECORD (MadoConsent, mado_consent, consent_fields)

static const MadoField disclosure_fields[] = {
  MADO_FIELD_INT    (MadoDisclosure, position, MADO_FIELD_OPTIONAL, 0, G_MAXINT64, "In the journal"),
  MADO_FIELD_TIME   (MadoDisclosure, at, 0, "When"),
  MADO_FIELD_STRING (MadoDisclosure, actor_kind, 0, 16, "What kind of somebody"),
  MADO_FIELD_STRING (MadoDisclosure, actor_name, MADO_FIELD_OPTIONAL, 128, "Who"),
  MADO_FIELD_STRING (MadoDisclosure, action, 0, 64, "Did what"),
  MADO_FIELD_STRING (MadoDisclosure, subject, 0, 128, "With what"),
  MADO_FIELD_STRING (MadoDisclosure, number, MADO_FIELD_OPTIONAL, 24, "Number of the case"),
  MADO_FIELD_STRING (MadoDisclosure, digest, MADO_FIELD_OPTIONAL, 64, "Salted digest of the entry, hex"),
};

MADO_DEFINE_RECORD (MadoDisclosure, mado_disclosure, disclosure_fields)
