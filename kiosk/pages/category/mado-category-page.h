/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* What is told of here and done elsewhere, in one field of life. */
#define MADO_TYPE_CATEGORY_PAGE (mado_category_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoCategoryPage, mado_category_page, MADO, CATEGORY_PAGE, MadoFlowPage)
