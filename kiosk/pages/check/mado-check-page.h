/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* All answers once more, each with 変更; and the act itself. */
#define MADO_TYPE_CHECK_PAGE (mado_check_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoCheckPage, mado_check_page, MADO, CHECK_PAGE, MadoFlowPage)
