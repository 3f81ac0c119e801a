/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "core/mado-reader.h"
#include "questions/mado-form-private.h"

G_BEGIN_DECLS

/*
 * Answers and forms, brought together: which questions are asked now, and what of the answers is kept. A rule sees
 * only what is asked, so that is done in rounds until nothing changes any more. A form whose rules go round in circles
 * is refused by the lint; here it stops after MADO_SETTLE_ROUNDS, and its answers are refused. After a change, a round
 * goes only to the questions that depend on it: see mado-typing.c.
 *
 * Fields have ordinal numbers, form after form, from 1. A fact is asked by the first field that wants it.
 */
#define MADO_SETTLE_ROUNDS 40

/* Bits by field of a question. */
typedef struct {
  guint32 shown;       /* asked now, by this question */
  guint32 passed;      /* of those: the answer passes, or may be left out */
  guint32 known;       /* of those: what the city knows, whether or not it was answered again */
  guint32 repeated;    /* asked, but by another question before */
} MadoSettledQuestion;

typedef struct _MadoSettledRows MadoSettledRows;

/* What became of one fact. */
typedef struct {
  JsonNode        *value;      /* (nullable): as it was answered */
  JsonNode        *kept;       /* (nullable): owned */
  JsonNode        *told;       /* (nullable): owned: what rules see */
  MadoRefusal      refusal;
  MadoSettledRows *rows;       /* (nullable): of a group */
  guint            n_changes;  /* of a group: of the scope, when its rows were settled last */
  guint            asker;      /* the field or group that asks it; 0 nobody does */
  guint            checker;    /* that asked it when it was checked */
  guint8           is_looked_up, is_checked, is_read;
  guint8           is_filled;  /* @value is what the city knows: nobody answered */
  guint8           is_known;   /* @kept is what the city knows */
} MadoSettledFact;

typedef struct _MadoScope MadoScope;

/* Who has to know that a fact has changed. */
typedef struct {
  void   (*changed) (guint slot, gpointer data);
  gpointer data;
} MadoWatch;

/* One set of answers: the visit's, or one row's. */
struct _MadoScope {
  const MadoAnswerContext *context;
  const MadoFormGroup     *group;      /* (nullable): whose row it is */
  const MadoScope         *outer;      /* (nullable): of a row: the answers around it */
  gboolean                 is_first;   /* row: takes what was asked of somebody before */
  JsonObject              *answers;
  MadoFacts               *facts;
  MadoSettledFact         *by_slot;
  guint                    n_slots;
  guint                    n_met;      /* members of @answers that were looked up */
  guint                    round;
  gboolean                 is_stable;
  guint                    n_changes;  /* of what rules see */
  gboolean                 is_planning; /* rows that are still to come are rows already */
  MadoWatch                watch;
};

/* One row of a group. */
typedef struct {
  JsonNode            *clean;          /* (nullable): NULL where it was no object */
  MadoSettledQuestion *questions;      /* by question of the group */
} MadoSettledRow;

struct _MadoSettledRows {
  MadoSettledRow *rows;
  guint           n_rows;
  GError         *error;               /* (nullable): violations, below the group's fact */
};

typedef struct {
  MadoForm *const      *forms;
  guint                 n_forms;
  MadoScope             scope;
  MadoSettledQuestion **questions;     /* by form, by question */
} MadoSettled;

/* @answers: (nullable). @is_planning: rows that a group needs and are not there yet count as empty rows. */
void      mado_settled_init      (MadoSettled *self, MadoForm *const *forms, guint n_forms, JsonObject *answers,
                                  const MadoAnswerContext *context, gboolean is_planning);
void      mado_settled_clear     (MadoSettled *self);
/* One page, or a group at its first one. */
void      mado_settled_ask       (MadoSettled *self, guint form, guint question, guint ordinal);
/* Every mistake, with its pointer below the answers. */
gboolean  mado_settled_report    (MadoSettled *self, GError **error);
/* (transfer full): @original itself, where it is kept as it is. */
JsonNode *mado_settled_get_clean (MadoSettled *self, JsonNode *original);

/* (transfer full) (element-type MadoStep): the pages, of what was settled for planning: mado-plan.c. */
GArray   *mado_settled_plan      (const MadoSettled *self, guint *n_avoided);

/* (nullable): what became of the group's rows; NULL where it is not asked. */
static inline const MadoSettledRows *
mado_settled_get_rows (const MadoSettled *self, const MadoFormGroup *group)
{
  const MadoSettledFact *fact = &self->scope.by_slot[group->slot];

  return fact->asker != 0 ? fact->rows : NULL;
}

/* --- shared by mado-settle.c and mado-settle-rows.c ----------------------------------------------------------- */

void      mado_scope_init        (MadoScope *self, MadoVocabulary *words, JsonObject *answers,
                                  const MadoAnswerContext *context);
void      mado_scope_reset       (MadoScope *self, JsonObject *answers);
void      mado_scope_clear       (MadoScope *self);
void      mado_scope_read        (MadoScope *self, const guint8 *reads, guint n_reads);
/* Another round; FALSE once nothing changes any more. */
gboolean  mado_scope_begin_round (MadoScope *self);
gboolean  mado_scope_holds       (const MadoScope *self, MadoRule *rule);
MadoSettledFact *mado_scope_look_up (MadoScope *self, guint slot, const char *name);
/* The answer has changed, or may be another now: it is looked up anew. */
void      mado_scope_forget      (MadoScope *self, guint slot);
/* FALSE where an earlier field asks already. */
gboolean  mado_scope_claim       (MadoScope *self, guint slot, MadoSettledFact *fact, guint ordinal);
/* It is not asked any more, if that is who asked. */
void      mado_scope_release     (MadoScope *self, guint slot, MadoSettledFact *fact, guint ordinal);
JsonNode *mado_scope_get_known   (const MadoScope *self, const char *name);   /* (nullable) */
void      mado_scope_tell_rules  (MadoScope *self, guint slot, MadoSettledFact *fact);
/* @ordinal: of the first field. */
void      mado_scope_ask         (MadoScope *self, const MadoFormQuestion *question, guint ordinal,
                                  MadoSettledQuestion *settled);
void      mado_scope_report      (const MadoScope *self, const MadoFormQuestion *question,
                                  const MadoSettledQuestion *settled, MadoReader *reader);
void      mado_scope_report_circle (const MadoScope *self, MadoReader *reader);
void      mado_scope_report_checks (const MadoScope *self, const MadoFormCheck *checks, guint n, MadoReader *reader);
void      mado_settle_group      (MadoScope *self, const MadoFormGroup *group, guint ordinal);
void      mado_settled_rows_free (MadoSettledRows *self);
void      mado_settled_fact_forget (MadoSettledFact *self);

G_END_DECLS
