/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* Pages of the drawing board, made of the kiosk's parts: what every real page is built from, at its fullest. */
MadoPage *mado_sample_name_page    (void);   /* a question typed in kana and kanji */
MadoPage *mado_sample_number_page  (void);   /* digits */
MadoPage *mado_sample_mistake_page (void);
MadoPage *mado_sample_tiles_page   (void);
