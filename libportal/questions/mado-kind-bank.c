/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-fold.h"
#include "lists/mado-bank.h"

#define DIGITS         "0123456789"
#define BANK_LENGTH    4
#define BRANCH_LENGTH  3
#define ACCOUNT_LENGTH 7

/*
 * Bank and branch by their seven digits, kept as "0001-004". An unknown bank is a mistake; a branch that the list does
 * not have may be a new one, and is kept.
 */
MADO_KIND_CHECK (bank_branch)
{
  g_autofree char *digits = mado_kind_fold (value, mado_fold_code, refusal), *bank = NULL, *name = NULL, *kept = NULL;

  if (digits == NULL)
    return NULL;
  if (strlen (digits) == BANK_LENGTH + BRANCH_LENGTH && strspn (digits, DIGITS) == strlen (digits)) {
    bank = g_strndup (digits, BANK_LENGTH);
    name = mado_bank_dup_name (bank);
  }
  if (name == NULL)
    return mado_refuse (refusal, "bank",
                        g_strdup (_("Please compare the bank's four digits and the branch's three with the passbook")));
  kept = g_strconcat (bank, "-", digits + BANK_LENGTH, NULL);

  return mado_kind_keep (value, kept);
}

/* Ordinary accounts have seven digits; shorter ones are written with zeros before them. */
MADO_KIND_CHECK (account_number)
{
  g_autofree char *digits = mado_kind_fold (value, mado_fold_code, refusal), *kept = NULL;
  gsize length = digits != NULL ? strlen (digits) : 0;

  if (digits == NULL)
    return NULL;
  if (length == 0 || length > ACCOUNT_LENGTH || strspn (digits, DIGITS) != length)
    return mado_refuse (refusal, "account-number",
                        g_strdup (_("An account number has up to seven digits: please compare it with the passbook")));
  kept = g_strdup_printf ("%.*s%s", (int) (ACCOUNT_LENGTH - length), "0000000", digits);

  return mado_kind_keep (value, kept);
}

/* "みずほ 丸の内中央 (0001-004)"; without the branch's name where the list has none. */
MADO_KIND_DISPLAY (bank_branch)
{
  const char *code = mado_reader_get_string (value);
  g_autofree char *bank = NULL, *name = NULL, *branch = NULL;

  if (code == NULL || strlen (code) != BANK_LENGTH + 1 + BRANCH_LENGTH)
    return g_strdup (code);
  bank = g_strndup (code, BANK_LENGTH);
  name = mado_bank_dup_name (bank);
  branch = mado_bank_dup_branch_name (bank, code + BANK_LENGTH + 1);

  return g_strdup_printf ("%s%s%s (%s)", name != NULL ? name : "", branch != NULL ? " " : "",
                          branch != NULL ? branch : "", code);
}
