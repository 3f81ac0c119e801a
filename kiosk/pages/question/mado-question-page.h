/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* One question of the plan, whatever it asks; or the list of a group's rows. */
#define MADO_TYPE_QUESTION_PAGE (mado_question_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoQuestionPage, mado_question_page, MADO, QUESTION_PAGE, MadoFlowPage)
