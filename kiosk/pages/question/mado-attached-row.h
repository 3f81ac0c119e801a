/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A row that shows what is attached, small, and the key that takes it away. */

/* @content: (nullable): where it was attached another day; @n: which it is, from 1. */
GtkWidget *mado_attached_row_new        (GBytes *content, guint n);
/* (transfer none) */
GtkWidget *mado_attached_row_get_remove (GtkWidget *row);
