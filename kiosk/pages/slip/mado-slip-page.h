/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The bar code of a payment slip is held under the scanner, or its digits typed; then it is paid like anything else. */
#define MADO_TYPE_SLIP_PAGE (mado_slip_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoSlipPage, mado_slip_page, MADO, SLIP_PAGE, MadoFlowPage)
