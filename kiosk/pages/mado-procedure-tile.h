/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* A tile for a procedure of the offer: pressed, it is chosen and its page follows. */
GtkWidget *mado_procedure_tile_new (MadoFlowPage *page, JsonNode *procedure);
