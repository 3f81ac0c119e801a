/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-card-page.h"

/* The card: or on without it, and show it at a counter afterwards. */
#define MADO_TYPE_IDENTIFY_PAGE (mado_identify_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoIdentifyPage, mado_identify_page, MADO, IDENTIFY_PAGE, MadoCardPage)
