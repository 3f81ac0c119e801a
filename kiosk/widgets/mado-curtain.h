/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* 「かくす」: nothing can be read. Any touch or key shows 「もどす」, which emits `lifted`. */
#define MADO_TYPE_CURTAIN (mado_curtain_get_type ())
G_DECLARE_FINAL_TYPE (MadoCurtain, mado_curtain, MADO, CURTAIN, GtkWidget)
