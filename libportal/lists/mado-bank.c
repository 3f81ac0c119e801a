/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-bank.h"

#include <string.h>

#include "lists/mado-list.h"

/* A column of the bank, or of its branch. */
static char *
dup_column (const char *bank, const char *branch, guint column)
{
  g_autofree char *key = g_strconcat (bank, branch, NULL);
  MadoSlice list, line;

  if (strlen (bank) != 4 || (branch != NULL && strlen (branch) != 3) || strspn (key, "0123456789") != strlen (key))
    return NULL;
  list = mado_list_from (mado_list_get (MADO_LIST_BANKS), key);
  if (!mado_slice_line (&list, &line) || !mado_slice_equals (mado_slice_column (line, 0), key))
    return NULL;

  return mado_slice_dup (mado_slice_column (line, column));
}

char *
mado_bank_dup_name (const char *bank)
{
  g_return_val_if_fail (bank != NULL, NULL);

  return dup_column (bank, NULL, 1);
}

char *
mado_bank_dup_kana (const char *bank)
{
  g_return_val_if_fail (bank != NULL, NULL);

  return dup_column (bank, NULL, 2);
}

char *
mado_bank_dup_branch_name (const char *bank, const char *branch)
{
  g_return_val_if_fail (bank != NULL && branch != NULL, NULL);

  return dup_column (bank, branch, 1);
}

char *
mado_bank_dup_branch_kana (const char *bank, const char *branch)
{
  g_return_val_if_fail (bank != NULL && branch != NULL, NULL);

  return dup_column (bank, branch, 2);
}
