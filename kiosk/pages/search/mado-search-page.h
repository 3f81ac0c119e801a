/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/*
 * Procedures, life events and answers by words, in whatever way they are written, while they are typed. What is
 * unclear is asked; an answer is read in place. While it looks for something it bears the style class "searching".
 */
#define MADO_TYPE_SEARCH_PAGE (mado_search_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoSearchPage, mado_search_page, MADO, SEARCH_PAGE, MadoFlowPage)
