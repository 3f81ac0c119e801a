/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/*
 * The font map of the papers, at 72 dots an inch; (transfer none), one a thread. Noto CJK has 65,535 characters, and
 * cairo reads all 16 MB of such a font for each document. So the 7,000 characters of everyday Japanese, with their
 * variants (IVS), are cut out when the library is built (fonts/); what is not among them comes from the whole font.
 */
PangoFontMap *mado_paper_font_map (void);
/* (transfer full): of that map; glyphs stand where the font puts them, not on the dots of a screen. */
PangoContext *mado_paper_context_new (const char *language);

G_END_DECLS
