/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"
#include "mado-state-table.h"

G_BEGIN_DECLS

/**
 * MadoMatch:
 * @MADO_MATCH_MATCHED: they say what we know
 * @MADO_MATCH_LATE: so, but later than agreed; or we hear of it first by this file
 * @MADO_MATCH_KNOWN: the same was said before: the file overlaps another
 * @MADO_MATCH_CANCELLED: what a flash report promised did not come
 * @MADO_MATCH_MISSING_HERE: money came, and we know nothing it was for
 * @MADO_MATCH_MISSING_THERE: we took it, and their file does not have it
 * @MADO_MATCH_AMOUNT_DIFFERS: they say another amount
 * @MADO_MATCH_TWICE: money came a second time for the same
 * @MADO_MATCH_UNCERTAIN: a transfer that fits several charges, or none quite
 *
 * What a line of a provider's file comes to, against the books.
 */
typedef enum {
  MADO_MATCH_MATCHED,
  MADO_MATCH_LATE,
  MADO_MATCH_KNOWN,
  MADO_MATCH_CANCELLED,
  MADO_MATCH_MISSING_HERE,
  MADO_MATCH_MISSING_THERE,
  MADO_MATCH_AMOUNT_DIFFERS,
  MADO_MATCH_TWICE,
  MADO_MATCH_UNCERTAIN,
} MadoMatch;
#define MADO_TYPE_MATCH (mado_match_get_type ())
MADO_EXPORT GType mado_match_get_type (void);

/* It waits for a person. */
MADO_EXPORT gboolean mado_match_is_open (MadoMatch match);

/**
 * MadoRemedy:
 * @MADO_REMEDY_NONE: nothing was proposed yet
 * @MADO_REMEDY_ASSIGN: the money pays a charge, which is named
 * @MADO_REMEDY_GIVE_BACK: the money goes back
 * @MADO_REMEDY_WRITE_OFF: what they say is accepted, the difference written off
 * @MADO_REMEDY_CANCEL: it never came: the payment is taken back, its charge is owed again
 * @MADO_REMEDY_EXPLAIN: nothing is booked; the reason says why
 * @MADO_REMEDY_ARRIVED: a later file had it
 *
 * How a difference is put right.
 */
typedef enum {
  MADO_REMEDY_NONE,
  MADO_REMEDY_ASSIGN,
  MADO_REMEDY_GIVE_BACK,
  MADO_REMEDY_WRITE_OFF,
  MADO_REMEDY_CANCEL,
  MADO_REMEDY_EXPLAIN,
  MADO_REMEDY_ARRIVED,
} MadoRemedy;
#define MADO_TYPE_REMEDY (mado_remedy_get_type ())
MADO_EXPORT GType mado_remedy_get_type (void);

typedef enum {
  MADO_DIFFERENCE_STATE_OPEN,
  MADO_DIFFERENCE_STATE_PROPOSED,   /* waits for a second person */
  MADO_DIFFERENCE_STATE_CLOSED,
} MadoDifferenceState;
#define MADO_TYPE_DIFFERENCE_STATE (mado_difference_state_get_type ())
MADO_EXPORT GType mado_difference_state_get_type (void);

typedef enum {
  MADO_DIFFERENCE_EVENT_PROPOSE,
  MADO_DIFFERENCE_EVENT_APPROVE,
  MADO_DIFFERENCE_EVENT_DECLINE,
  MADO_DIFFERENCE_EVENT_ARRIVE,     /* a later file has it */
} MadoDifferenceEvent;
#define MADO_TYPE_DIFFERENCE_EVENT (mado_difference_event_get_type ())
MADO_EXPORT GType mado_difference_event_get_type (void);

typedef enum {
  MADO_DIFFERENCE_GUARD_SECOND_PERSON = 1 << 0,   /* not the one who proposed it */
} MadoDifferenceGuard;
#define MADO_TYPE_DIFFERENCE_GUARD (mado_difference_guard_get_type ())
MADO_EXPORT GType mado_difference_guard_get_type (void);

MADO_EXPORT const MadoStateTable *mado_difference_states (void);

/* One thing that does not agree, until two people have put it right. */
#define MADO_TYPE_DIFFERENCE (mado_difference_get_type ())
MADO_DECLARE_RECORD (MadoDifference, mado_difference)
struct _MadoDifference {
  MadoRecord          parent;
  char               *id;
  gint64              version;       /* its ETag */
  char               *settlement;    /* id */
  gint64              line;          /* of the file; 0: of none */
  MadoMatch           match;
  MadoDifferenceState state;
  char               *provider;
  char               *office;
  char               *reference;     /* (nullable): theirs */
  gint64              yen;           /* they say; below 0: went back */
  gint64              costs;         /* they kept */
  gint64              expected;      /* yen we know of */
  gint64              held;          /* yen of it in the account "suspense"; below 0: it lacks there */
  char               *payment;       /* (nullable): id */
  char               *charge;        /* (nullable): number */
  GStrv               candidates;    /* (nullable): numbers of charges it may be for, the likeliest first */
  MadoRemedy          remedy;
  char               *target;        /* (nullable): number of the charge to assign it to */
  char               *reason;        /* (nullable): why, in words, without names of people */
  char               *proposed_by;   /* (nullable) */
  char               *decided_by;    /* (nullable) */
  char               *payer;         /* (nullable): as the bank writes it */
  char               *note;          /* (nullable): what the payer added */
  gint64              created_at;
  gint64              updated_at;
};

/* One file of a provider, known by its content. */
#define MADO_TYPE_SETTLEMENT (mado_settlement_get_type ())
MADO_DECLARE_RECORD (MadoSettlement, mado_settlement)
struct _MadoSettlement {
  MadoRecord parent;
  char      *id;
  char      *mapping;
  char      *provider;
  char      *digest;         /* SHA-256 of the file, hex */
  gboolean   done;           /* every line is accounted for */
  gboolean   again;          /* this very file was taken before; nothing was changed now */
  char      *job;            /* (nullable): that works on it */
  gint64     lines;
  gint64     yen;            /* paid, less what went back */
  gint64     costs;          /* the provider keeps */
  char      *first_day;      /* (nullable): paid on */
  char      *last_day;       /* (nullable) */
  char      *paid_out;       /* (nullable): the last day of its transfers to the city */
  char      *arrived_on;     /* (nullable): the bank's notice has it */
  gint64     matched, late, known, cancelled;
  gint64     open;           /* differences for somebody to look at */
  char      *taken_by;
  gint64     taken_at;
  GPtrArray *differences;    /* (nullable): of MadoDifference */
};

G_END_DECLS
