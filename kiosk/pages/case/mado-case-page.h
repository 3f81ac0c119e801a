/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* One earlier case: how it stands, what the staff ask, and the paper that came of it. */
#define MADO_TYPE_CASE_PAGE (mado_case_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoCasePage, mado_case_page, MADO, CASE_PAGE, MadoFlowPage)
