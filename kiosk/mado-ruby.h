/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * Furigana over what is shown in plain Japanese. Pango knows no ruby, so the small kana are drawn over the labels as
 * they stand, with the room that `.easy` in the theme leaves between lines. What people wrote themselves
 * (`as-written`: a name, an address) has none: how that is read is not ours to say.
 */

/* Draws them over the labels within @root, whose own drawing is in @snapshot already. */
void mado_ruby_snapshot (GtkWidget *root, GtkSnapshot *snapshot);
