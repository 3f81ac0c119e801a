/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/*
 * Banks and their branches by the codes of the Zengin system: four digits the bank, three the branch. As published;
 * data/lists/README.md says when.
 */

MADO_EXPORT char *mado_bank_dup_name        (const char *bank);
MADO_EXPORT char *mado_bank_dup_kana        (const char *bank);
MADO_EXPORT char *mado_bank_dup_branch_name (const char *bank, const char *branch);
MADO_EXPORT char *mado_bank_dup_branch_kana (const char *bank, const char *branch);

G_END_DECLS
