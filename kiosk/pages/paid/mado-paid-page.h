/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* How it ended, each ending in its own words; while nobody knows, it waits here and changes by itself. */
#define MADO_TYPE_PAID_PAGE (mado_paid_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoPaidPage, mado_paid_page, MADO, PAID_PAGE, MadoFlowPage)
