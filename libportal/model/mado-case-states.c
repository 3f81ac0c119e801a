/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-case.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (MadoCaseState, mado_case_state,
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_DRAFT, "draft"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_PREFILED, "prefiled"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_SUBMITTED, "submitted"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_ACCEPTED, "accepted"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_IN_REVIEW, "in-review"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_RETURNED, "returned"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_GRANTED, "granted"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_REFUSED, "refused"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_WITHDRAWN, "withdrawn"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_STATE_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (MadoCaseEvent, mado_case_event,
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_SUBMIT, "submit"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_IDENTIFY, "identify"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_ACCEPT, "accept"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_REVIEW, "review"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_RETURN, "return"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_CORRECT, "correct"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_GRANT, "grant"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_REFUSE, "refuse"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_WITHDRAW, "withdraw"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_PAID, "paid"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_CLOSE, "close"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_UNDO, "undo"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_LAPSE, "lapse"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_EVENT_REPRINT, "reprint"))

G_DEFINE_FLAGS_TYPE (MadoCaseGuard, mado_case_guard,
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_IDENTIFIED, "identified"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_UNIDENTIFIED, "unidentified"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_MESSAGE, "message"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_ANSWERS, "answers"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_BY_RULE, "by-rule"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_FEE_DUE, "fee-due"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_FEE_SETTLED, "fee-settled"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_UNRELEASED, "unreleased"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_OVERDUE, "overdue"),
  G_DEFINE_ENUM_VALUE (MADO_CASE_GUARD_HANDED_OUT, "handed-out"))

#define DAYS_TO_IDENTIFY 14
#define DAYS_TO_CORRECT  14

#define ROW(f, e, t, who, guard, clock, days) \
  { MADO_CASE_STATE_##f, MADO_CASE_EVENT_##e, MADO_CASE_STATE_##t, who, guard, MADO_CLOCK_##clock, days }
#define IS(g)      MADO_CASE_GUARD_##g
#define STAFF      MADO_ROLES_STAFF
#define OWNER      MADO_ROLES_OWNER
#define SUPERVISOR MADO_ROLE_SUPERVISOR
#define SYSTEM     MADO_ROLE_SYSTEM

static const MadoTransition rows[] = {
  ROW (DRAFT,     SUBMIT,   SUBMITTED, OWNER,              IS (IDENTIFIED),                START,  0),
  ROW (DRAFT,     SUBMIT,   PREFILED,  OWNER,              IS (UNIDENTIFIED),              OWNER,  DAYS_TO_IDENTIFY),
  ROW (DRAFT,     RETURN,   RETURNED,  SYSTEM,             IS (MESSAGE),                   STOP,   DAYS_TO_CORRECT),

  ROW (PREFILED,  IDENTIFY, SUBMITTED, OWNER | STAFF,      0,                              START,  0),
  ROW (PREFILED,  WITHDRAW, WITHDRAWN, OWNER | STAFF,      0,                              END,    0),
  ROW (PREFILED,  LAPSE,    CLOSED,    SYSTEM,             IS (OVERDUE),                   END,    0),

  ROW (SUBMITTED, GRANT,    GRANTED,   SYSTEM,             IS (BY_RULE),                   END,    0),
  ROW (SUBMITTED, ACCEPT,   ACCEPTED,  STAFF,              0,                              KEEP,   0),
  ROW (SUBMITTED, PAID,     SUBMITTED, STAFF | SYSTEM,     IS (FEE_DUE),                   KEEP,   0),
  ROW (SUBMITTED, WITHDRAW, WITHDRAWN, OWNER | STAFF,      0,                              END,    0),

  ROW (ACCEPTED,  REVIEW,   IN_REVIEW, STAFF,              0,                              KEEP,   0),
  ROW (ACCEPTED,  PAID,     ACCEPTED,  STAFF | SYSTEM,     IS (FEE_DUE),                   KEEP,   0),
  ROW (ACCEPTED,  WITHDRAW, WITHDRAWN, OWNER | STAFF,      0,                              END,    0),
  ROW (ACCEPTED,  UNDO,     SUBMITTED, STAFF,              0,                              KEEP,   0),

  ROW (IN_REVIEW, RETURN,   RETURNED,  STAFF,              IS (MESSAGE),                   STOP,   DAYS_TO_CORRECT),
  ROW (IN_REVIEW, GRANT,    GRANTED,   STAFF,              0,                              END,    0),
  ROW (IN_REVIEW, REFUSE,   REFUSED,   STAFF,              IS (MESSAGE),                   END,    0),
  ROW (IN_REVIEW, PAID,     IN_REVIEW, STAFF | SYSTEM,     IS (FEE_DUE),                   KEEP,   0),
  ROW (IN_REVIEW, WITHDRAW, WITHDRAWN, OWNER | STAFF,      0,                              END,    0),
  ROW (IN_REVIEW, UNDO,     ACCEPTED,  STAFF,              0,                              KEEP,   0),

  ROW (RETURNED,  PAID,     RETURNED,  STAFF | SYSTEM,     IS (FEE_DUE),                   KEEP,   0),
  ROW (RETURNED,  CORRECT,  IN_REVIEW, OWNER,              IS (ANSWERS),                   RESUME, 0),
  ROW (RETURNED,  REFUSE,   REFUSED,   STAFF,              IS (MESSAGE) | IS (OVERDUE),    END,    0),
  ROW (RETURNED,  WITHDRAW, WITHDRAWN, OWNER | STAFF,      0,                              END,    0),
  ROW (RETURNED,  UNDO,     IN_REVIEW, STAFF,              0,                              RESUME, 0),

  ROW (GRANTED,   PAID,     GRANTED,   STAFF | SYSTEM,     IS (FEE_DUE),                   KEEP,   0),
  ROW (GRANTED,   CLOSE,    CLOSED,    STAFF,              IS (FEE_SETTLED),               END,    0),
  ROW (GRANTED,   WITHDRAW, WITHDRAWN, OWNER | STAFF,      IS (FEE_DUE) | IS (UNRELEASED), END,    0),
  ROW (GRANTED,   UNDO,     IN_REVIEW, SUPERVISOR,         IS (UNRELEASED),                START,  0),
  ROW (GRANTED,   REPRINT,  GRANTED,   STAFF,              IS (HANDED_OUT),                KEEP,   0),

  ROW (REFUSED,   CLOSE,    CLOSED,    STAFF,              0,                              END,    0),
  ROW (REFUSED,   UNDO,     IN_REVIEW, SUPERVISOR,         0,                              START,  0),
  ROW (WITHDRAWN, CLOSE,    CLOSED,    STAFF,              0,                              END,    0),

  ROW (CLOSED,    REPRINT,  CLOSED,    STAFF,              IS (HANDED_OUT),                KEEP,   0),
};

static const MadoStateTable table = {
  "case", mado_case_state_get_type, mado_case_event_get_type, mado_case_guard_get_type,
  rows, G_N_ELEMENTS (rows), IS (MESSAGE) | IS (ANSWERS),
};

const MadoStateTable *
mado_case_states (void)
{
  return &table;
}

const char *
mado_case_state_get_words (MadoCaseState state)
{
  static const char *const words[] = {
    [MADO_CASE_STATE_DRAFT] = N_("Not yet filed"),
    [MADO_CASE_STATE_PREFILED] = N_("Prepared; please show your card at a counter"),
    [MADO_CASE_STATE_SUBMITTED] = N_("Filed"),
    [MADO_CASE_STATE_ACCEPTED] = N_("A clerk has taken it"),
    [MADO_CASE_STATE_IN_REVIEW] = N_("A clerk is looking at it"),
    [MADO_CASE_STATE_RETURNED] = N_("The staff ask you something"),
    [MADO_CASE_STATE_GRANTED] = N_("Granted"),
    [MADO_CASE_STATE_REFUSED] = N_("Not granted"),
    [MADO_CASE_STATE_WITHDRAWN] = N_("Withdrawn"),
    [MADO_CASE_STATE_CLOSED] = N_("Finished"),
  };

  return _(words[state]);
}
