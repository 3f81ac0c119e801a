/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-page.h"

/*
 * 「もどる」, at most one other act, and the one filled button that names the page's act. While a page goes on overleaf
 * that button says so instead, and 「もどる」 turns back.
 */
#define MADO_TYPE_ACTION_ROW (mado_action_row_get_type ())
G_DECLARE_FINAL_TYPE (MadoActionRow, mado_action_row, MADO, ACTION_ROW, GtkWidget)

/* Follows @page from now on. (nullable) */
void     mado_action_row_set_page (MadoActionRow *self, MadoPage *page);
gboolean mado_action_row_is_empty (MadoActionRow *self);
