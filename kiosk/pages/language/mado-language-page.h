/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* The languages that are complete, each in its own words. A touch changes all that is on screen and leads back. */
#define MADO_TYPE_LANGUAGE_PAGE (mado_language_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoLanguagePage, mado_language_page, MADO, LANGUAGE_PAGE, MadoPage)
