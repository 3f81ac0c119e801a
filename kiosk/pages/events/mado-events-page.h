/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* What happened: turns in a life as large tiles. */
#define MADO_TYPE_EVENTS_PAGE (mado_events_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoEventsPage, mado_events_page, MADO, EVENTS_PAGE, MadoFlowPage)
