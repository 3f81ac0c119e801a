/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The code to pay by, the time that is left, and how it is done; it goes on by itself once it is paid. */
#define MADO_TYPE_PAY_CODE_PAGE (mado_pay_code_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoPayCodePage, mado_pay_code_page, MADO, PAY_CODE_PAGE, MadoFlowPage)
