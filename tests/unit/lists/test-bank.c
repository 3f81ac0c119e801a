/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lists/mado-bank.h"
#include "lists/mado-list.h"

static void
test_names (void)
{
  g_autofree char *bank = mado_bank_dup_name ("0001"), *kana = mado_bank_dup_kana ("0009");
  g_autofree char *branch = mado_bank_dup_branch_name ("0001", "004");
  g_autofree char *branch_kana = mado_bank_dup_branch_kana ("0001", "004");

  g_assert_cmpstr (bank, ==, "みずほ");
  g_assert_cmpstr (kana, ==, "ミツイスミトモ");
  g_assert_cmpstr (branch, ==, "丸の内中央");
  g_assert_cmpstr (branch_kana, ==, "マルノウチチユウオウ");
}

/* A code that is none is no bank's: also none that begins as one, or spans two columns. */
static void
test_unknown (void)
{
  static const char *const codes[] = { "", "1", "001", "0000", "00010", "0001004", "abcd", "0001\tみ", "#", "# Bank" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_assert_null (mado_bank_dup_name (codes[i]));
    g_assert_null (mado_bank_dup_branch_name ("0001", strlen (codes[i]) == 3 ? "999" : codes[i]));
  }
}

/* What a walk through the list sees is what the search in it finds. */
static void
test_all (void)
{
  MadoSlice rest = mado_list_get (MADO_LIST_BANKS), line;
  guint n = 0;

  mado_slice_line (&rest, &line);
  for (; mado_slice_line (&rest, &line); n++) {
    g_autofree char *code = mado_slice_dup (mado_slice_column (line, 0)), *name = NULL;
    g_autofree char *bank = g_strndup (code, 4);

    name = code[4] == '\0' ? mado_bank_dup_name (bank) : mado_bank_dup_branch_name (bank, code + 4);
    g_assert_true (mado_slice_equals (mado_slice_column (line, 1), name));
  }
  g_test_message ("%u banks and branches", n);
  g_assert_cmpuint (n, >, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/bank/names", test_names);
  g_test_add_func ("/lists/bank/unknown", test_unknown);
  g_test_add_func ("/lists/bank/all", test_all);

  return g_test_run ();
}
