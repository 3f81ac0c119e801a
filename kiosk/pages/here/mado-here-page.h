/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* 「ここでできますか？」: who may, what to bring, how long, what it costs, by when; and whether line and printer are up. */
#define MADO_TYPE_HERE_PAGE (mado_here_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoHerePage, mado_here_page, MADO, HERE_PAGE, MadoFlowPage)
