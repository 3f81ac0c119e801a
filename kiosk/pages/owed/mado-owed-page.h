/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* What the person owes, for whom and for what, each to be pressed. */
#define MADO_TYPE_OWED_PAGE (mado_owed_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoOwedPage, mado_owed_page, MADO, OWED_PAGE, MadoFlowPage)
