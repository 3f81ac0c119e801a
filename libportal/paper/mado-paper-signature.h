/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include "questions/mado-signature.h"

G_BEGIN_DECLS

/* Its strokes as lines, as large as they can be in that box, in the middle of its height. Nothing where it is none. */
void mado_paper_draw_signature (cairo_t *cr, const char *signature, double x, double y, double width, double height);

G_END_DECLS
