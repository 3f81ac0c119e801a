/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* What a turn in a life calls for, and why; what is done here, and what elsewhere. */
#define MADO_TYPE_PLAN_PAGE (mado_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoPlanPage, mado_plan_page, MADO, PLAN_PAGE, MadoFlowPage)
