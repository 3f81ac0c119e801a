/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-visit.h"

#include "model/mado-case.h"

G_DEFINE_ENUM_TYPE (MadoVisitState, mado_visit_state,
  G_DEFINE_ENUM_VALUE (MADO_VISIT_STATE_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_STATE_FILED, "filed"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_STATE_ENDED, "ended"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_STATE_EXPIRED, "expired"))

G_DEFINE_ENUM_TYPE (MadoVisitEvent, mado_visit_event,
  G_DEFINE_ENUM_VALUE (MADO_VISIT_EVENT_IDENTIFY, "identify"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_EVENT_SAVE, "save"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_EVENT_SUBMIT, "submit"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_EVENT_END, "end"),
  G_DEFINE_ENUM_VALUE (MADO_VISIT_EVENT_EXPIRE, "expire"))

G_DEFINE_FLAGS_TYPE (MadoVisitGuard, mado_visit_guard,
  G_DEFINE_ENUM_VALUE (MADO_VISIT_GUARD_UNIDENTIFIED, "unidentified"))

#define ROW(f, e, t, who, guard) \
  { MADO_VISIT_STATE_##f, MADO_VISIT_EVENT_##e, MADO_VISIT_STATE_##t, who, guard, MADO_CLOCK_KEEP, 0 }
#define VISIT   MADO_ROLE_VISIT
#define DEVICE  MADO_ROLE_DEVICE
#define SYSTEM  MADO_ROLE_SYSTEM
#define UNKNOWN MADO_VISIT_GUARD_UNIDENTIFIED

/* The device may end what it began: a kiosk that was switched off in mid-visit clears up when it is back. */
static const MadoTransition rows[] = {
  ROW (OPEN,    IDENTIFY, OPEN,    VISIT,          UNKNOWN),
  ROW (OPEN,    SAVE,     OPEN,    VISIT,          0),
  ROW (OPEN,    SUBMIT,   FILED,   VISIT | SYSTEM, 0),
  ROW (OPEN,    END,      ENDED,   VISIT | DEVICE, 0),
  ROW (OPEN,    EXPIRE,   EXPIRED, SYSTEM,         0),
  ROW (FILED,   IDENTIFY, FILED,   VISIT,          UNKNOWN),
  ROW (FILED,   END,      ENDED,   VISIT | DEVICE, 0),
  ROW (FILED,   EXPIRE,   EXPIRED, SYSTEM,         0),
  ROW (ENDED,   SUBMIT,   ENDED,   SYSTEM,         0),   /* what a kiosk kept while it was offline comes late */
  ROW (EXPIRED, SUBMIT,   EXPIRED, SYSTEM,         0),
};

static const MadoStateTable table = {
  "visit", mado_visit_state_get_type, mado_visit_event_get_type, mado_visit_guard_get_type,
  rows, G_N_ELEMENTS (rows), 0,
};

const MadoStateTable *
mado_visit_states (void)
{
  return &table;
}

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoVisit, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoVisit, number, 0, 16, "Number to read out; its cases extend it"),
  MADO_FIELD_STRING (MadoVisit, token, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL, 64, "Credential, told once"),
  MADO_FIELD_ENUM   (MadoVisit, state, mado_visit_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoVisit, device, 0, 64, "Where it takes place"),
  MADO_FIELD_STRING (MadoVisit, language, 0, 16, "Language of the screen (BCP 47)"),
  MADO_FIELD_STRING (MadoVisit, resident_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Who was identified"),
  MADO_FIELD_TIME   (MadoVisit, started_at, 0, "When it began"),
  MADO_FIELD_TIME   (MadoVisit, expires_at, 0, "When it ends by itself"),
  MADO_FIELD_TIME   (MadoVisit, filed_at, MADO_FIELD_OPTIONAL, "When cases were filed"),
  MADO_FIELD_TIME   (MadoVisit, ended_at, MADO_FIELD_OPTIONAL, "When it was over"),
  MADO_FIELD_JSON   (MadoVisit, answers, MADO_FIELD_SEALED | MADO_FIELD_OPTIONAL, "Draft: answers by fact"),
  MADO_FIELD_RECORD (MadoVisit, resident, mado_resident_get_type,
                     MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, "Who was identified"),
  MADO_FIELD_LIST   (MadoVisit, household, mado_resident_get_type,
                     MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, "Their household, the head first"),
  MADO_FIELD_JSON   (MadoVisit, facts, MADO_FIELD_NO_ROW | MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL,
                     "What the city knows already: {fact: {value, source}}"),
  MADO_FIELD_LIST   (MadoVisit, cases, mado_case_get_type, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL,
                     "What was filed"),
};

MADO_DEFINE_RECORD (MadoVisit, mado_visit, fields)
