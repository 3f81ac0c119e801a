/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "questions/mado-plan.h"

/* JSON written with ' for ". */
JsonNode *parse (const char *text);
MadoForm *make_form (const char *text, MadoVocabulary *vocabulary);
/* One section "s" with these questions, and what else belongs to the form ("'checks':[…]", or ""). */
MadoForm *make_questions (const char *questions, const char *rest);

void      assert_json (JsonNode *node, const char *expected);

/* Checks @answers; gives what is kept, or writes the mistakes into @mistakes as "POINTER CODE\n". */
JsonNode *check (MadoForm *form, const char *answers, const MadoAnswerContext *context, char **mistakes);
void      assert_kept     (MadoForm *form, const char *answers, const MadoAnswerContext *context, const char *expected);
void      assert_mistakes (MadoForm *form, const char *answers, const MadoAnswerContext *context, const char *expected);
char     *list_mistakes   (const GError *error);

extern const MadoAnswerContext plain_context;   /* nobody is known; today is 2026-11-20 */
