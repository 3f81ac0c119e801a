/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../model/mado-attachment.h"

G_BEGIN_DECLS

#define MADO_FILE_MAX_SIDE 20000   /* pixels of a picture, either way */

/**
 * mado_file_judge:
 * @data: (array length=n): a file
 * @type: (out): what it is
 * @end: (out): its length; cameras write more of their own behind it, and so may anybody
 * @error: return location: `MADO_ERROR_TOO_LARGE`, or `MADO_ERROR_INVALID` with a violation "empty", "kind",
 *   "cut-short", "acts" (a PDF that does something when it is opened) or "pixels"
 *
 * Tells by its content, to the end, what a file is: a PDF (ISO 32000), a JPEG (ITU-T T.81) or a PNG (ISO/IEC 15948).
 *
 * Returns: whether it is whole, and may be attached
 */
MADO_EXPORT gboolean mado_file_judge (const guint8 *data, gsize n, MadoAttachmentType *type, gsize *end,
                                      GError **error);

G_END_DECLS
