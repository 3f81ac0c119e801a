/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "questions/mado-answers.h"
#include "questions/mado-plan.h"

/*
 * The questions of a visit and what was answered: which are asked now, where the person stands, what the city filled
 * in. One set of answers for all forms. Signal: `changed`, when plan or place may have changed.
 */
#define MADO_TYPE_SHEET (mado_sheet_get_type ())
G_DECLARE_FINAL_TYPE (MadoSheet, mado_sheet, MADO, SHEET, GObject)

/* How a page asks, held against what was asked when it was answered. */
typedef enum {
  MADO_ASKED_ALIKE,
  MADO_ASKED_OTHERWISE,
  MADO_ASKED_ANEW,          /* nobody was asked this before */
} MadoAsked;

/* @forms: (element-type JsonNode): as the service published them. */
MadoSheet      *mado_sheet_new            (GPtrArray *forms, GError **error);
/* The questions of @before as they are published by now, in @forms. Every answer that is still asked for is kept, with
 * its source; the place is the first page that is asked otherwise or anew, or lacks an answer; then the check page. */
MadoSheet      *mado_sheet_new_after      (MadoSheet *before, GPtrArray *forms, GError **error);
/* Of sentences the forms bring themselves. */
void            mado_sheet_set_language   (MadoSheet *self, const char *language);
/* What the city knows, {fact: {value, source}}: filled in where nobody has answered yet, and not asked again. */
void            mado_sheet_fill           (MadoSheet *self, JsonNode *facts);
/* Answers given to other questions of this visit, where nobody has answered yet. */
void            mado_sheet_adopt          (MadoSheet *self, JsonNode *answers);
/* The same of answers to the interview: what they answer whole is not asked again. */
void            mado_sheet_give           (MadoSheet *self, JsonNode *answers);
/* Answers kept from another day. What lacks an answer is asked, and what asks one of @changed (nullable, a list of
 * facts) is to be looked at again; then the check page. */
void            mado_sheet_resume         (MadoSheet *self, JsonNode *answers, JsonNode *changed);
/* Until the page is looked at. */
MadoAsked       mado_sheet_get_asked      (MadoSheet *self, const MadoStep *step);
/* Answers filed earlier, to be corrected; the place is the check page. */
void            mado_sheet_load           (MadoSheet *self, JsonNode *answers, JsonNode *sources);
/* What the city knows of somebody who was identified after filing: of what nobody may change here, it counts. */
void            mado_sheet_settle         (MadoSheet *self, JsonNode *facts);
/* @people: (nullable): the household, [{id, fullName}]. */
void            mado_sheet_set_identified (MadoSheet *self, gboolean identified, JsonNode *people);
JsonNode       *mado_sheet_get_people     (MadoSheet *self);                /* (nullable) */

/* The pages to be asked, as the answers are now; what the city knows is not among them. */
guint           mado_sheet_get_n          (MadoSheet *self);
guint           mado_sheet_get_n_avoided  (MadoSheet *self);
/* Where the person stands; n is the check page. */
guint           mado_sheet_get_position   (MadoSheet *self);
/* (nullable): at the check page. Until the next change. A step without a question is the list of a group's rows. */
const MadoStep *mado_sheet_get_step       (MadoSheet *self);
const MadoStep *mado_sheet_peek           (MadoSheet *self, guint position);   /* (nullable) */
/* To the next page; once the check page was seen, to the next that lacks an answer, or back to the check page. */
void            mado_sheet_go_on          (MadoSheet *self);
gboolean        mado_sheet_go_back        (MadoSheet *self);                /* FALSE at the first page */
/* 変更: any page of the plan, known ones too. FALSE if it is not asked. */
gboolean        mado_sheet_go_to          (MadoSheet *self, const MadoStep *step);
gboolean        mado_sheet_is_changing    (MadoSheet *self);

/* Of a row's page: a member of that row. A NULL value takes the answer away. */
JsonNode       *mado_sheet_get_answer     (MadoSheet *self, const MadoStep *step, const char *fact);
void            mado_sheet_take_answer    (MadoSheet *self, const MadoStep *step, const char *fact, JsonNode *value);
const char     *mado_sheet_get_source     (MadoSheet *self, const char *fact);   /* (nullable) */
guint           mado_sheet_get_n_rows     (MadoSheet *self, const MadoStep *step);
/* Goes to the first page of the new row. */
void            mado_sheet_add_row        (MadoSheet *self, const MadoStep *step);
void            mado_sheet_remove_row     (MadoSheet *self, const MadoStep *step, guint row);
guint           mado_sheet_count_answers  (MadoSheet *self);

/* What rules read of the answers. */
MadoVocabulary *mado_sheet_get_vocabulary (MadoSheet *self);
MadoFacts      *mado_sheet_get_facts      (MadoSheet *self, MadoRule *rule);   /* (transfer full) */

/* What @procedure costs with the answers as they are, in yen; -1 where no rule says it. */
gint64          mado_sheet_count_fee      (MadoSheet *self, JsonNode *procedure);

/* One page; each violation's pointer is "/FACT", or "" of a list of rows. What is right is folded. */
gboolean        mado_sheet_check_step     (MadoSheet *self, const MadoStep *step, GError **error);
/* Everything, as the service will; on failure the place is the first page with a mistake. */
gboolean        mado_sheet_check          (MadoSheet *self, GError **error);
/* Goes to the page that @violations of the service name ("/answers/FACT…"). */
gboolean        mado_sheet_go_to_mistake  (MadoSheet *self, const GError *violations);
/* (transfer full) (nullable): what led to the page the sheet is at, to be said there once. */
GError         *mado_sheet_take_mistake   (MadoSheet *self);
/* (transfer full) (element-type MadoAnswerRow): with the step to go to, for 変更 */
GPtrArray      *mado_sheet_describe       (MadoSheet *self, const char *language);

/* (transfer full): what is filed. */
JsonNode       *mado_sheet_dup_answers    (MadoSheet *self);
