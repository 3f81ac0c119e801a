/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-card-page.h"

/* Whose payments it is about: card and PIN, then to what they owe. */
#define MADO_TYPE_PAYER_PAGE (mado_payer_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoPayerPage, mado_payer_page, MADO, PAYER_PAGE, MadoCardPage)
