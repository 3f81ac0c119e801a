/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* A case that is not among those of the card: filed without one, and claimed by its number. */
#define MADO_TYPE_NUMBER_PAGE (mado_number_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoNumberPage, mado_number_page, MADO, NUMBER_PAGE, MadoFlowPage)
