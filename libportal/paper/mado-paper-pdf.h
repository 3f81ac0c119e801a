/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * cairo 1.16 cannot say which language a document is in (ISO 32000-1, 14.9.2), which screen readers need to choose a
 * voice. This appends a new catalogue to a PDF that cairo wrote, as an incremental update (7.5.6).
 */
void mado_pdf_set_language (GByteArray *pdf, const char *tag);

G_END_DECLS
