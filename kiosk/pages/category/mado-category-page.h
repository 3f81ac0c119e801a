/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The procedures of one field of life: those that can be done here, then those that are told of. */
#define MADO_TYPE_CATEGORY_PAGE (mado_category_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoCategoryPage, mado_category_page, MADO, CATEGORY_PAGE, MadoFlowPage)
