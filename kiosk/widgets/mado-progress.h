/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* 「質問 9 / 14」 with one segment a question, and the section it belongs to. */
#define MADO_TYPE_PROGRESS (mado_progress_get_type ())
G_DECLARE_FINAL_TYPE (MadoProgress, mado_progress, MADO, PROGRESS, GtkWidget)

/* @current: from 1. @section: (nullable) */
void mado_progress_set (MadoProgress *self, guint current, guint n, const char *section);
