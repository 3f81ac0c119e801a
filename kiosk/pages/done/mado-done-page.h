/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The end: the number, what happens next and by when, whom to ask, and something to take home. */
#define MADO_TYPE_DONE_PAGE (mado_done_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoDonePage, mado_done_page, MADO, DONE_PAGE, MadoFlowPage)
