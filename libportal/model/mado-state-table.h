/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "../core/mado-error.h"
#include "mado-role.h"

G_BEGIN_DECLS

/**
 * MadoClockStep:
 * @MADO_CLOCK_KEEP: the deadline stays as it is
 * @MADO_CLOCK_START: the office's time begins: the procedure's days from today
 * @MADO_CLOCK_OWNER: the resident's time begins: the row's days from today, after which it lapses
 * @MADO_CLOCK_STOP: the office's clock stops and keeps what is left; the resident has the row's days
 * @MADO_CLOCK_RESUME: the office goes on with what was left
 * @MADO_CLOCK_END: decided: no deadline any more
 *
 * What a step does to the deadline.
 */
typedef enum {
  MADO_CLOCK_KEEP,
  MADO_CLOCK_START,
  MADO_CLOCK_OWNER,
  MADO_CLOCK_STOP,
  MADO_CLOCK_RESUME,
  MADO_CLOCK_END,
} MadoClockStep;

#define MADO_TYPE_CLOCK_STEP (mado_clock_step_get_type ())
MADO_EXPORT GType mado_clock_step_get_type (void);

/**
 * MadoTransition:
 * @from: state (value of the table's state enum)
 * @event: event (value of the table's event enum)
 * @to: state afterwards
 * @who: roles that may, #MadoRole bits
 * @guard: conditions that must all hold, bits of the table's guard flags
 * @clock: what happens to the deadline
 * @days: of the resident's time, where @clock gives some
 *
 * One row of a published state table.
 */
typedef struct {
  int           from;
  int           event;
  int           to;
  guint         who;
  guint         guard;
  MadoClockStep clock;
  guint         days;
} MadoTransition;

/**
 * MadoStateTable:
 * @name: "case"
 *
 * A state machine as data: the code runs it; documentation, drawings, the OpenAPI document and exhaustive tests
 * are made from it.
 */
typedef struct {
  const char           *name;
  GType               (*state_type) (void);
  GType               (*event_type) (void);
  GType               (*guard_type) (void);
  const MadoTransition *rows;
  guint                 n_rows;
  guint                 request_guards;   /* those of them that the request brings: members of its JSON, by nick */
} MadoStateTable;

/**
 * mado_state_table_find:
 * @table: the table
 * @from: where the thing stands
 * @event: what is asked
 * @role: who asks
 * @holds: the guards that hold now
 * @error: CONFLICT: no such step from here, or a guard does not hold; FORBIDDEN: not for this role; INVALID: a
 *   guard on what the request brings (a message, answers) does not hold, with its pointer
 *
 * Returns: (transfer none) (nullable): the row to follow
 */
MADO_EXPORT const MadoTransition *mado_state_table_find (const MadoStateTable *table, int from, int event,
                                                         MadoRole role, guint holds, GError **error);
/**
 * mado_state_table_events:
 * @holds: the guards that hold now; those the request would bring are taken for granted
 *
 * Returns: (transfer full): nicks of the events @role may send from here, in the order of the table
 */
MADO_EXPORT GStrv     mado_state_table_events  (const MadoStateTable *table, int from, MadoRole role, guint holds);
MADO_EXPORT JsonNode *mado_state_table_to_json (const MadoStateTable *table);   /* for the OpenAPI document */
MADO_EXPORT char     *mado_state_table_to_dot  (const MadoStateTable *table);   /* for graphviz */

/* The nick of an enum value, and back (-1 if there is none). */
MADO_EXPORT const char *mado_enum_nick  (GType type, int value);
MADO_EXPORT int         mado_enum_value (GType type, const char *nick);
MADO_EXPORT char       *mado_enum_list  (GType type);      /* (transfer full): "draft, prefiled, submitted" */

G_END_DECLS
