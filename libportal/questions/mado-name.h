/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/**
 * mado_name_find_rare:
 * @name: a name as given
 *
 * Characters that an office's systems may not have (none of Windows code page 932, or with a variation selector).
 * They are kept, shown and printed as they are; staff are told to look at them.
 *
 * Returns: (transfer full) (nullable): those characters, each once; %NULL where there are none
 */
MADO_EXPORT char *mado_name_find_rare (const char *name);
/**
 * mado_name_has_invisible:
 * @text: as given
 *
 * Signs that show nothing but change what is read: those that turn the direction of writing (Unicode UAX #9), fillers,
 * joiners where nothing joins. Selectors of a variant are not meant: they belong to the character before them.
 *
 * Returns: whether there are any
 */
MADO_EXPORT gboolean mado_name_has_invisible (const char *text);

G_END_DECLS
