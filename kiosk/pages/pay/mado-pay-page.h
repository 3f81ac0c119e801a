/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* How to pay what was chosen. */
#define MADO_TYPE_PAY_PAGE (mado_pay_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoPayPage, mado_pay_page, MADO, PAY_PAGE, MadoFlowPage)
