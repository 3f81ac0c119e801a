/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-export.h"

G_BEGIN_DECLS

/*
 * By what somebody was known to be who they say (本人確認): what MadoCase.identified_by holds. Of a paper its kind is
 * kept, and never its number.
 */
#define MADO_IDENTITY_CARD      "card"        /* their card, and its PIN */
#define MADO_IDENTITY_CARD_SEEN "card-seen"   /* their card, which staff looked at */

/* One that staff may take: "driving-licence" */
MADO_EXPORT gboolean    mado_identity_is_paper    (const char *kind);
/* (transfer full): "driving-licence, passport": those staff may take */
MADO_EXPORT char       *mado_identity_list_papers (void);
/* In the language of this thread; @kind itself where it is of a later program. */
MADO_EXPORT const char *mado_identity_get_words   (const char *kind);

G_END_DECLS
