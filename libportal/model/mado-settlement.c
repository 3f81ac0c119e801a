/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-settlement.h"

#include "core/mado-json.h"

G_DEFINE_ENUM_TYPE (MadoMatch, mado_match,
  G_DEFINE_ENUM_VALUE (MADO_MATCH_MATCHED, "matched"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_LATE, "late"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_KNOWN, "known"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_CANCELLED, "cancelled"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_MISSING_HERE, "missing-here"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_MISSING_THERE, "missing-there"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_AMOUNT_DIFFERS, "amount-differs"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_TWICE, "twice"),
  G_DEFINE_ENUM_VALUE (MADO_MATCH_UNCERTAIN, "uncertain"))

G_DEFINE_ENUM_TYPE (MadoRemedy, mado_remedy,
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_NONE, "none"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_ASSIGN, "assign"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_GIVE_BACK, "give-back"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_WRITE_OFF, "write-off"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_CANCEL, "cancel"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_EXPLAIN, "explain"),
  G_DEFINE_ENUM_VALUE (MADO_REMEDY_ARRIVED, "arrived"))

G_DEFINE_ENUM_TYPE (MadoDifferenceState, mado_difference_state,
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_STATE_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_STATE_PROPOSED, "proposed"),
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_STATE_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (MadoDifferenceEvent, mado_difference_event,
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_EVENT_PROPOSE, "propose"),
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_EVENT_APPROVE, "approve"),
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_EVENT_DECLINE, "decline"),
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_EVENT_ARRIVE, "arrive"))

G_DEFINE_FLAGS_TYPE (MadoDifferenceGuard, mado_difference_guard,
  G_DEFINE_ENUM_VALUE (MADO_DIFFERENCE_GUARD_SECOND_PERSON, "second-person"))

#define ROW(f, e, t, who, guard) \
  { MADO_DIFFERENCE_STATE_##f, MADO_DIFFERENCE_EVENT_##e, MADO_DIFFERENCE_STATE_##t, who, guard, MADO_CLOCK_KEEP, 0 }

static const MadoTransition rows[] = {
  ROW (OPEN,     PROPOSE, PROPOSED, MADO_ROLES_STAFF,     0),
  ROW (OPEN,     ARRIVE,  CLOSED,   MADO_ROLE_SYSTEM,     0),
  ROW (PROPOSED, APPROVE, CLOSED,   MADO_ROLE_SUPERVISOR, MADO_DIFFERENCE_GUARD_SECOND_PERSON),
  ROW (PROPOSED, DECLINE, OPEN,     MADO_ROLES_STAFF,     0),
  ROW (PROPOSED, ARRIVE,  CLOSED,   MADO_ROLE_SYSTEM,     0),
};

static const MadoStateTable table = {
  "difference", mado_difference_state_get_type, mado_difference_event_get_type, mado_difference_guard_get_type,
  rows, G_N_ELEMENTS (rows), 0,
};

const MadoStateTable *
mado_difference_states (void)
{
  return &table;
}

gboolean
mado_match_is_open (MadoMatch match)
{
  return match >= MADO_MATCH_MISSING_HERE;
}

#define OPTIONAL MADO_FIELD_OPTIONAL
#define SECRET   (MADO_FIELD_PRIVATE | MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL)

static const MadoField difference_fields[] = {
  MADO_FIELD_ID     (MadoDifference, id, "Identifier (ULID)"),
  MADO_FIELD_INT    (MadoDifference, version, 0, 1, G_MAXINT32, "Counts its changes; the ETag"),
  MADO_FIELD_STRING (MadoDifference, settlement, 0, 64, "The file it was found in"),
  MADO_FIELD_INT    (MadoDifference, line, OPTIONAL, 0, G_MAXINT32, "Line of the file"),
  MADO_FIELD_ENUM   (MadoDifference, match, mado_match_get_type, 0, "What does not agree"),
  MADO_FIELD_ENUM   (MadoDifference, state, mado_difference_state_get_type, 0, "Where it stands"),
  MADO_FIELD_STRING (MadoDifference, provider, 0, 32, "Whose file it was"),
  MADO_FIELD_STRING (MadoDifference, office, 0, 64, "Whose books"),
  MADO_FIELD_STRING (MadoDifference, reference, OPTIONAL, 128, "The provider's own number"),
  MADO_FIELD_INT    (MadoDifference, yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX,
                     "Yen they say; below 0: went back"),
  MADO_FIELD_YEN    (MadoDifference, costs, 0, "Yen they kept"),
  MADO_FIELD_INT    (MadoDifference, expected, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX, "Yen we know of"),
  MADO_FIELD_INT    (MadoDifference, held, OPTIONAL, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX,
                     "Yen of it nobody knows what for yet"),
  MADO_FIELD_STRING (MadoDifference, payment, OPTIONAL, 64, "Payment it is about"),
  MADO_FIELD_STRING (MadoDifference, charge, OPTIONAL, 16, "Number of the charge it is about"),
  MADO_FIELD_STRV   (MadoDifference, candidates, OPTIONAL,
                     "Numbers of charges it may be for, the likeliest first"),
  MADO_FIELD_ENUM   (MadoDifference, remedy, mado_remedy_get_type, 0, "How it is put right"),
  MADO_FIELD_STRING (MadoDifference, target, OPTIONAL, 16, "Number of the charge it is assigned to"),
  MADO_FIELD_STRING (MadoDifference, reason, OPTIONAL, 500, "Why, in words"),
  MADO_FIELD_STRING (MadoDifference, proposed_by, OPTIONAL, 64, "Who proposed it"),
  MADO_FIELD_STRING (MadoDifference, decided_by, OPTIONAL, 64, "Who agreed or declined"),
  MADO_FIELD_STRING (MadoDifference, payer, SECRET, 200, "Who paid, as the bank writes it"),
  MADO_FIELD_STRING (MadoDifference, note, SECRET, 200, "What the payer added"),
  MADO_FIELD_TIME   (MadoDifference, created_at, 0, "When it was found"),
  MADO_FIELD_TIME   (MadoDifference, updated_at, 0, "When it last changed"),
};

MADO_DEFINE_RECORD (MadoDifference, mado_difference, difference_fields)

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoSettlement, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoSettlement, mapping, 0, 64, "How it was read"),
  MADO_FIELD_STRING (MadoSettlement, provider, 0, 32, "Whose file it is"),
  MADO_FIELD_STRING (MadoSettlement, digest, 0, 64, "SHA-256 of the file, hex"),
  MADO_FIELD_BOOL   (MadoSettlement, done, 0, "Every line is accounted for"),
  MADO_FIELD_BOOL   (MadoSettlement, again, MADO_FIELD_NO_ROW | OPTIONAL, "Taken before; nothing was changed now"),
  MADO_FIELD_STRING (MadoSettlement, job, OPTIONAL, 64, "That works on it"),
  MADO_FIELD_INT    (MadoSettlement, lines, 0, 0, MADO_JSON_EXACT_MAX, "Lines of the file"),
  MADO_FIELD_INT    (MadoSettlement, yen, 0, -MADO_JSON_EXACT_MAX, MADO_JSON_EXACT_MAX,
                     "Yen paid, less what went back"),
  MADO_FIELD_YEN    (MadoSettlement, costs, 0, "Yen the provider keeps"),
  MADO_FIELD_DATE   (MadoSettlement, first_day, OPTIONAL, "First day of payments in it"),
  MADO_FIELD_DATE   (MadoSettlement, last_day, OPTIONAL, "Last day of payments in it"),
  MADO_FIELD_DATE   (MadoSettlement, paid_out, OPTIONAL, "Last day of its transfers to the city"),
  MADO_FIELD_DATE   (MadoSettlement, arrived_on, OPTIONAL, "When the bank had it"),
  MADO_FIELD_INT    (MadoSettlement, matched, 0, 0, MADO_JSON_EXACT_MAX, "Lines that say what we know"),
  MADO_FIELD_INT    (MadoSettlement, late, 0, 0, MADO_JSON_EXACT_MAX, "Lines that came late"),
  MADO_FIELD_INT    (MadoSettlement, known, 0, 0, MADO_JSON_EXACT_MAX, "Lines another file had"),
  MADO_FIELD_INT    (MadoSettlement, cancelled, 0, 0, MADO_JSON_EXACT_MAX, "Lines that take back a promise"),
  MADO_FIELD_INT    (MadoSettlement, open, 0, 0, MADO_JSON_EXACT_MAX, "Differences found"),
  MADO_FIELD_STRING (MadoSettlement, taken_by, OPTIONAL, 64, "By whom"),
  MADO_FIELD_TIME   (MadoSettlement, taken_at, OPTIONAL, "When"),
  MADO_FIELD_LIST   (MadoSettlement, differences, mado_difference_get_type, MADO_FIELD_NO_ROW | OPTIONAL,
                     "What does not agree"),
};

MADO_DEFINE_RECORD (MadoSettlement, mado_settlement, fields)
