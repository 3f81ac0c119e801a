/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/*
 * Banks and their branches by the codes of the Zengin system: four digits the bank, three the branch. As published;
 * data/lists/README.md says when.
 */

/**
 * mado_bank_dup_name:
 * @bank: four digits
 *
 * Returns: (transfer full) (nullable): its name without 銀行 ("みずほ"), or %NULL if there is none of that code
 */
MADO_EXPORT char *mado_bank_dup_name (const char *bank);

/**
 * mado_bank_dup_kana:
 * @bank: four digits
 *
 * Returns: (transfer full) (nullable): its name in katakana as bank files write it, without small kana
 */
MADO_EXPORT char *mado_bank_dup_kana (const char *bank);

/**
 * mado_bank_dup_branch_name:
 * @bank: four digits
 * @branch: three digits
 *
 * Returns: (transfer full) (nullable): the branch's name without 支店, or %NULL if the bank has none of that code
 */
MADO_EXPORT char *mado_bank_dup_branch_name (const char *bank, const char *branch);

/**
 * mado_bank_dup_branch_kana:
 * @bank: four digits
 * @branch: three digits
 *
 * Returns: (transfer full) (nullable): the branch's name in katakana as bank files write it
 */
MADO_EXPORT char *mado_bank_dup_branch_kana (const char *bank, const char *branch);

G_END_DECLS
