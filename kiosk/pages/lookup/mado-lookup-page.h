/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-card-page.h"

/* Somebody who comes back: their card, and then the cases they have. */
#define MADO_TYPE_LOOKUP_PAGE (mado_lookup_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoLookupPage, mado_lookup_page, MADO, LOOKUP_PAGE, MadoCardPage)
