/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* 「つづきは あとで」: hands the answers in until another day, and says until when and how to go on. */
#define MADO_TYPE_LATER_PAGE (mado_later_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoLaterPage, mado_later_page, MADO, LATER_PAGE, MadoFlowPage)
