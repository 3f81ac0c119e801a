/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The cases of the person whose card was shown: what waits for them stands first. */
#define MADO_TYPE_CASES_PAGE (mado_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoCasesPage, mado_cases_page, MADO, CASES_PAGE, MadoFlowPage)
