/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"
#include "mado-state-table.h"

G_BEGIN_DECLS

typedef enum {
  MADO_CASE_STATE_DRAFT,       /* not yet filed: it lives in its visit */
  MADO_CASE_STATE_PREFILED,    /* filed, but nobody has been identified yet */
  MADO_CASE_STATE_SUBMITTED,
  MADO_CASE_STATE_ACCEPTED,    /* a clerk has taken it */
  MADO_CASE_STATE_IN_REVIEW,
  MADO_CASE_STATE_RETURNED,    /* a question waits for the resident */
  MADO_CASE_STATE_GRANTED,
  MADO_CASE_STATE_REFUSED,
  MADO_CASE_STATE_WITHDRAWN,
  MADO_CASE_STATE_CLOSED,
} MadoCaseState;
#define MADO_TYPE_CASE_STATE (mado_case_state_get_type ())
MADO_EXPORT GType mado_case_state_get_type (void);

typedef enum {
  MADO_CASE_EVENT_SUBMIT,
  MADO_CASE_EVENT_IDENTIFY,
  MADO_CASE_EVENT_ACCEPT,
  MADO_CASE_EVENT_REVIEW,
  MADO_CASE_EVENT_RETURN,      /* with a question in words */
  MADO_CASE_EVENT_CORRECT,     /* with answers */
  MADO_CASE_EVENT_GRANT,
  MADO_CASE_EVENT_REFUSE,      /* with a reason in words */
  MADO_CASE_EVENT_WITHDRAW,
  MADO_CASE_EVENT_PAID,        /* the fee was taken at the counter: releases the result */
  MADO_CASE_EVENT_CLOSE,
  MADO_CASE_EVENT_UNDO,
  MADO_CASE_EVENT_LAPSE,       /* the resident's time is over */
  MADO_CASE_EVENT_REPRINT,     /* the certificate was handed out, and may be printed once more */
} MadoCaseEvent;
#define MADO_TYPE_CASE_EVENT (mado_case_event_get_type ())
MADO_EXPORT GType mado_case_event_get_type (void);

/* Conditions of a step; all those a row names must hold. */
typedef enum {
  MADO_CASE_GUARD_IDENTIFIED   = 1 << 0,
  MADO_CASE_GUARD_UNIDENTIFIED = 1 << 1,
  MADO_CASE_GUARD_MESSAGE      = 1 << 2,   /* the request brings words */
  MADO_CASE_GUARD_ANSWERS      = 1 << 3,   /* the request brings answers that pass */
  MADO_CASE_GUARD_BY_RULE      = 1 << 4,   /* the procedure lets a rule decide, and it says yes */
  MADO_CASE_GUARD_FEE_DUE      = 1 << 5,
  MADO_CASE_GUARD_FEE_SETTLED  = 1 << 6,
  MADO_CASE_GUARD_UNRELEASED   = 1 << 7,   /* the result is not in anybody's hands, nor in the register */
  MADO_CASE_GUARD_OVERDUE      = 1 << 8,
  MADO_CASE_GUARD_HANDED_OUT   = 1 << 9,   /* the certificate is printed */
} MadoCaseGuard;
#define MADO_TYPE_CASE_GUARD (mado_case_guard_get_type ())
MADO_EXPORT GType mado_case_guard_get_type (void);

MADO_EXPORT const MadoStateTable *mado_case_states (void);
/* "A clerk is looking at it": where a case stands, in words for whose it is. */
MADO_EXPORT const char *mado_case_state_get_words (MadoCaseState state);

/* Words that went with a step: a question, a reason. */
#define MADO_TYPE_CASE_MESSAGE (mado_case_message_get_type ())
MADO_DECLARE_RECORD (MadoCaseMessage, mado_case_message)
struct _MadoCaseMessage {
  MadoRecord    parent;
  gint64        version;        /* of the case after the step */
  MadoCaseEvent event;
  char         *author;         /* (nullable): the name of the staff; none for the system and the resident */
  gint64        at;
  char         *text;
};

/* One filing of one procedure. */
#define MADO_TYPE_CASE (mado_case_get_type ())
MADO_DECLARE_RECORD (MadoCase, mado_case)
struct _MadoCase {
  MadoRecord    parent;
  char         *id;
  char         *number;          /* "K7M4-R29-1" */
  gint64        version;         /* its ETag */
  MadoCaseState state;
  char         *visit;           /* id */
  char         *procedure;       /* id in the catalogue */
  gint64        revision;        /* of the procedure, frozen at submission */
  char         *form;            /* id */
  gint64        form_revision;   /* frozen at submission */
  char         *form_digest;     /* of that revision's canonical JSON, hex */
  char         *language;        /* it was filed in */
  char         *office;          /* that decides */
  char         *resident_id;     /* (nullable): whose it is */
  char         *identified_by;   /* (nullable): see mado-identity.h */
  char         *assignee;        /* (nullable): id of the staff who accepted it */
  gint64        submitted_at;
  gint64        updated_at;
  char         *due_date;        /* (nullable): by when the next step is due */
  gint64        days_left;       /* of the office, while its clock stands still */
  gint64        fee;             /* yen */
  gint64        paid_at;
  gint64        released_at;     /* when the result was made available to its owner */
  gint64        handed_at;       /* when its certificate was printed; of other results 0 */
  JsonNode     *answers;         /* (nullable): sealed */
  JsonNode     *sources;         /* (nullable): {fact: "card"|"register"}; what was typed is not named */
  JsonNode     *late_answers;    /* (nullable): of a correction that came after the case had gone on */
  JsonNode     *charge;          /* (nullable): for its fee: {number, state, amount, paid, goingBack} */
  JsonNode     *words;           /* (nullable): the answers, [{section, row, label, text, note, source, rare, doubt}] */
  JsonNode     *title;           /* (nullable): of the procedure, {language: text} */
  JsonNode     *next_step;       /* (nullable): what happens next, {language: text} */
  GPtrArray    *messages;        /* (nullable): of MadoCaseMessage, oldest first */
  GPtrArray    *attachments;     /* (nullable): of MadoAttachment, oldest first: of every filing of it */
  GStrv         events;          /* (nullable): what the caller may do now */
  gboolean      has_result;      /* and may be fetched by the caller now */
  gboolean      has_form;        /* the city's official one can be printed */
};

/* Who shows a card or a paper at the counter, as the city knows them. */
#define MADO_TYPE_CASE_HOLDER (mado_case_holder_get_type ())
MADO_DECLARE_RECORD (MadoCaseHolder, mado_case_holder)
struct _MadoCaseHolder {
  MadoRecord parent;
  gboolean   known;              /* FALSE: nothing else is said */
  gboolean   named;              /* in the case's answers; FALSE: nothing else is said */
  char      *full_name;          /* (nullable) */
  char      *date_of_birth;      /* (nullable) */
  char      *address;            /* (nullable): not in this city's register */
};

/* What the submission of a visit gives back. */
#define MADO_TYPE_RECEIPT (mado_receipt_get_type ())
MADO_DECLARE_RECORD (MadoReceipt, mado_receipt)
struct _MadoReceipt {
  MadoRecord parent;
  char      *number;         /* of the visit */
  gint64     submitted_at;
  GPtrArray *cases;          /* of MadoCase */
};

/* What a paper is rendered from: facts that were frozen when they were decided. */
#define MADO_TYPE_CASE_DOCUMENT (mado_case_document_get_type ())
MADO_DECLARE_RECORD (MadoCaseDocument, mado_case_document)
struct _MadoCaseDocument {
  MadoRecord parent;
  char      *kind;           /* "record", "form" or "result" */
  char      *layout;         /* see mado-result.h */
  gint64     made_at;
  JsonNode  *facts;          /* see mado-result.h */
  MadoCase  *filing;         /* the case, with its answers where @kind is "record" */
  MadoReceipt *receipt;      /* (nullable): where @kind is "record": all that its visit filed, as it stands now */
};

/* Somebody at a kiosk wants a person. */
#define MADO_TYPE_STAFF_CALL (mado_staff_call_get_type ())
MADO_DECLARE_RECORD (MadoStaffCall, mado_staff_call)
struct _MadoStaffCall {
  MadoRecord parent;
  char      *id;
  char      *device;
  char      *page;           /* where they stand */
  char      *language;
  gint64     called_at;
  gint64     answered_at;
  char      *answered_by;    /* (nullable): id of the staff */
};

G_END_DECLS
