/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* 「消しました」: shown while the program forgets this visit and becomes a new one. */
#define MADO_TYPE_END_PAGE (mado_end_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoEndPage, mado_end_page, MADO, END_PAGE, MadoFlowPage)
