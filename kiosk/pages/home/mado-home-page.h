/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* Where every visit begins: the city, the language, and what can be done here. */
#define MADO_TYPE_HOME_PAGE (mado_home_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoHomePage, mado_home_page, MADO, HOME_PAGE, MadoPage)
