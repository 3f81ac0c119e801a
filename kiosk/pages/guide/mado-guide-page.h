/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The end of a visit in which nothing was filed here: where to go, on paper. */
#define MADO_TYPE_GUIDE_PAGE (mado_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoGuidePage, mado_guide_page, MADO, GUIDE_PAGE, MadoFlowPage)
