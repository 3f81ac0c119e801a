/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "visit/mado-offer.h"
#include "visit/mado-sheet.h"

/* One procedure that may go with a turn in somebody's life. */
typedef struct {
  JsonNode *procedure;   /* as the offer has it */
  gboolean  applies;     /* by the answers of the interview */
  gboolean  here;        /* can be filed at this kiosk */
  gboolean  left_out;    /* the resident took it off */
  MadoRule *rule;        /* (nullable): always applies without one */
  JsonNode *why;         /* (nullable): in the city's words */
} MadoErrand;

/*
 * A turn in somebody's life: the interview, and what follows from its answers, in the order to do it. Without
 * widgets, and without the line: rules are the city's data, the answers stay here.
 */
#define MADO_TYPE_LIFE_PLAN (mado_life_plan_get_type ())
G_DECLARE_FINAL_TYPE (MadoLifePlan, mado_life_plan, MADO, LIFE_PLAN, GObject)

MadoLifePlan     *mado_life_plan_new           (MadoOffer *offer, const char *event, GError **error);
/* As the service published it, see #MadoLifeEvent. */
JsonNode         *mado_life_plan_get_event     (MadoLifePlan *self);
MadoSheet        *mado_life_plan_get_interview (MadoLifePlan *self);

/* Looks anew at what applies, from the answers as they are now. */
void              mado_life_plan_decide        (MadoLifePlan *self);
guint             mado_life_plan_get_n         (MadoLifePlan *self);
const MadoErrand *mado_life_plan_get_nth       (MadoLifePlan *self, guint i);
/* Takes a procedure off the plan, or puts it back. */
void              mado_life_plan_leave_out     (MadoLifePlan *self, guint i, gboolean left_out);
/* (transfer full): why it applies, or why not, in a sentence or two. */
char             *mado_life_plan_dup_why       (MadoLifePlan *self, guint i, const char *language);

/* (transfer container) (element-type JsonNode): what applies and was left in: that which is filed here, or the rest. */
GPtrArray        *mado_life_plan_list          (MadoLifePlan *self, gboolean here);
/* How long the procedures to be filed here take, where @n_asked of @n_asked + @n_avoided questions are asked. */
guint             mado_life_plan_get_minutes   (MadoLifePlan *self, guint n_asked, guint n_avoided);
