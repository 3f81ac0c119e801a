/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/* 「文字の大きさ」: size of the text and colours, seen at once on this very page; gone with the visit. */
#define MADO_TYPE_TEXT_SIZE_PAGE (mado_text_size_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoTextSizePage, mado_text_size_page, MADO, TEXT_SIZE_PAGE, MadoPage)
