/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * 「あと2か所、教えてください」: one button a mistake, in the very words that stand beside the field, which takes one there.
 * It takes the focus when it is shown. A page shows it with mado_page_show_mistakes().
 */
#define MADO_TYPE_ERROR_SUMMARY (mado_error_summary_get_type ())
G_DECLARE_FINAL_TYPE (MadoErrorSummary, mado_error_summary, MADO, ERROR_SUMMARY, GtkWidget)

void  mado_error_summary_clear (MadoErrorSummary *self);
/* @where: (nullable): what it is about. @field: (nullable): a widget of the page that takes the focus */
void  mado_error_summary_add   (MadoErrorSummary *self, const char *mistake, const char *where, GtkWidget *field);
guint mado_error_summary_get_n (MadoErrorSummary *self);
