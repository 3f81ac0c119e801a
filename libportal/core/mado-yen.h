/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-error.h"

G_BEGIN_DECLS

/* Money is whole yen in a gint64, never more than JSON keeps exactly (9,007,199,254,740,991). */
MADO_EXPORT char    *mado_yen_format      (gint64 yen);                         /* "¥1,200", "−¥500" */
MADO_EXPORT char    *mado_yen_format_word (gint64 yen, const char *language);   /* "1,200円", else "1,200 yen" */

/* MADO_ERROR_INVALID with code "range" rather than a wrong sum. */
MADO_EXPORT gboolean mado_yen_add         (gint64 a, gint64 b, gint64 *sum, GError **error);
MADO_EXPORT gboolean mado_yen_multiply    (gint64 yen, gint64 count, gint64 *product, GError **error);

/* "１，２００円", "¥1200", "1 200"; code "amount" if it is none. */
MADO_EXPORT gboolean mado_yen_parse       (const char *typed, gint64 *yen, GError **error);

G_END_DECLS
