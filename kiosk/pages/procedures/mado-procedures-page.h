/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* The way to the search, what is often asked for, and the fields of life. */
#define MADO_TYPE_PROCEDURES_PAGE (mado_procedures_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoProceduresPage, mado_procedures_page, MADO, PROCEDURES_PAGE, MadoFlowPage)
