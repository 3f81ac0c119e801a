/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* What a turn in a life may call for, and does not for this person: and why not. */
#define MADO_TYPE_UNNEEDED_PAGE (mado_unneeded_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoUnneededPage, mado_unneeded_page, MADO, UNNEEDED_PAGE, MadoFlowPage)
