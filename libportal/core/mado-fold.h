/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "mado-export.h"

G_BEGIN_DECLS

/*
 * One value, however it was typed: nobody is ever told which width to use. What a person gives as their name is
 * kept exactly; only keys for searching are folded that far. All return a new string; NULL counts as "".
 */

/* Full-width letters, digits and signs become ASCII, half-width kana full-width and composed, U+3000 a space. */
MADO_EXPORT char *mado_fold_width (const char *text);

/* Numbers, card and case codes: width folded, upper case, every space and hyphen dropped. */
MADO_EXPORT char *mado_fold_code  (const char *text);

G_END_DECLS
