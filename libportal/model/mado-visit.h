/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"
#include "mado-resident.h"
#include "mado-state-table.h"

G_BEGIN_DECLS

typedef enum {
  MADO_VISIT_STATE_OPEN,      /* someone is at it */
  MADO_VISIT_STATE_FILED,     /* cases were filed; they may still be looked at and printed */
  MADO_VISIT_STATE_ENDED,     /* over: the draft is forgotten */
  MADO_VISIT_STATE_EXPIRED,   /* nobody ended it: the draft is forgotten all the same */
} MadoVisitState;
#define MADO_TYPE_VISIT_STATE (mado_visit_state_get_type ())
MADO_EXPORT GType mado_visit_state_get_type (void);

typedef enum {
  MADO_VISIT_EVENT_IDENTIFY,
  MADO_VISIT_EVENT_SAVE,
  MADO_VISIT_EVENT_SUBMIT,
  MADO_VISIT_EVENT_END,
  MADO_VISIT_EVENT_EXPIRE,
} MadoVisitEvent;
#define MADO_TYPE_VISIT_EVENT (mado_visit_event_get_type ())
MADO_EXPORT GType mado_visit_event_get_type (void);

typedef enum { MADO_VISIT_GUARD_UNIDENTIFIED = 1 << 0 } MadoVisitGuard;
#define MADO_TYPE_VISIT_GUARD (mado_visit_guard_get_type ())
MADO_EXPORT GType mado_visit_guard_get_type (void);

MADO_EXPORT const MadoStateTable *mado_visit_states (void);

/* One resident's session at a counter. Its number is reserved at the start, so that nothing is filed twice. */
#define MADO_TYPE_VISIT (mado_visit_get_type ())
MADO_DECLARE_RECORD (MadoVisit, mado_visit)
struct _MadoVisit {
  MadoRecord     parent;
  char          *id;
  char          *number;         /* "K7M4-R29" */
  char          *token;          /* (nullable): told once, at the start */
  MadoVisitState state;
  char          *device;
  char          *language;
  char          *resident_id;    /* (nullable): bound by identification */
  gint64         started_at;
  gint64         expires_at;
  gint64         filed_at;
  gint64         ended_at;
  JsonNode      *answers;        /* (nullable): the draft, sealed under a key the end throws away */
  MadoResident  *resident;       /* (nullable) */
  GPtrArray     *household;      /* (nullable): of MadoResident, the head first */
  JsonNode      *facts;          /* (nullable): {fact: {value, source}} to prefill with; source "card" or "register" */
  GPtrArray     *cases;          /* (nullable): of MadoCase, once filed */
};

G_END_DECLS
