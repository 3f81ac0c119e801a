/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-clock.h"
#include "core/mado-id.h"

static const char symbols[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static gpointer
make_ulids (gpointer data)
{
  GPtrArray *made = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 5000; i++) {
    g_ptr_array_add (made, mado_ulid_new ());
    if (i > 0)
      g_assert_cmpstr (made->pdata[i - 1], <, made->pdata[i]);
  }

  return made;
}

static void
test_ulid_threads (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ulid", make_ulids, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr(GPtrArray) made = g_thread_join (threads[i]);

    for (guint j = 0; j < made->len; j++) {
      g_assert_true (mado_ulid_is_valid (made->pdata[j]));
      g_assert_true (g_hash_table_add (seen, g_strdup (made->pdata[j])));
    }
  }
}

static void
test_ulid_time (void)
{
  g_autofree char *ulid = NULL;

  mado_clock_freeze (4102444800000 * 1000);   /* 2100: later than any made before */
  ulid = mado_ulid_new ();
  mado_clock_thaw ();
  g_assert_true (g_str_has_prefix (ulid, "03QCPC7P00"));
  g_assert_cmpint (mado_ulid_get_time (ulid), ==, 4102444800000 * 1000);
}

static void
test_ulid_invalid (void)
{
  g_assert_false (mado_ulid_is_valid (NULL));
  g_assert_false (mado_ulid_is_valid (""));
  g_assert_false (mado_ulid_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FA"));
  g_assert_false (mado_ulid_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAU"));
  g_assert_false (mado_ulid_is_valid ("81ARZ3NDEKTSV4RRFFQ69G5FAV"));
  g_assert_false (mado_ulid_is_valid ("01arz3ndektsv4rrffq69g5fav"));
  g_assert_true (mado_ulid_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
}

static gboolean
is_taken (const char *typed)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_parse (typed, &error);

  g_assert_true ((number == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);

  return number != NULL;
}

static void
assert_folds (const char *typed, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_parse (typed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, expected);
}

/* Any wrong symbol and any two swapped ones are noticed. */
static void
test_number_slips (void)
{
  for (guint round = 0; round < 50; round++) {
    g_autofree char *number = mado_number_new ();
    g_autofree char *slip = g_strdup (number);

    assert_folds (number, number);
    for (guint i = 0; i < 8; i++) {
      if (i == 4)
        continue;
      for (const char *s = symbols; *s != '\0'; s++) {
        slip[i] = *s;
        g_assert_true (is_taken (slip) == (*s == number[i]));
      }
      slip[i] = number[i];
      for (guint j = i + 1; j < 8; j++) {
        if (j == 4 || number[i] == number[j])
          continue;
        slip[i] = number[j];
        slip[j] = number[i];
        g_assert_false (is_taken (slip));
        slip[i] = number[i];
        slip[j] = number[j];
      }
    }
  }
}

static void
test_number_folding (void)
{
  g_autofree char *number = mado_number_new ();
  g_autofree char *one = mado_number_for_case (number, 1);
  g_autofree char *twelve = mado_number_for_case (number, 12);
  g_autofree char *lower = g_ascii_strdown (one, -1);
  g_autofree char *bare = g_strdup_printf ("%.4s%.3s12", number, number + 5);
  g_autofree char *spaced = g_strdup_printf (" %.4s　%.3s ー １ ", number, number + 5);
  GString *wide = g_string_new (NULL);

  for (const char *p = twelve; *p != '\0'; p++)
    g_string_append_unichar (wide, (gunichar) *p + 0xfee0);

  assert_folds (lower, one);
  assert_folds (bare, twelve);
  assert_folds (spaced, one);
  assert_folds (wide->str, twelve);
  g_string_free (wide, TRUE);
}

static void
test_number_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *number = mado_number_new ();
  g_autofree char *zero = g_strconcat (number, "-0", NULL);
  g_autofree char *padded = g_strconcat (number, "-01", NULL);
  g_autofree char *hundred = g_strconcat (number, "-100", NULL);
  g_autofree char *tail = g_strconcat (number, "-1x", NULL);

  g_assert_null (mado_number_parse ("K7MO-R29", &error));
  g_assert_nonnull (strstr (error->message, "character 4"));
  g_assert_false (is_taken (""));
  g_assert_false (is_taken (NULL));
  g_assert_false (is_taken ("K7M4"));
  g_assert_false (is_taken ("住民票の写しを"));
  g_assert_false (is_taken (zero));
  g_assert_false (is_taken (padded));
  g_assert_false (is_taken (hundred));
  g_assert_false (is_taken (tail));
}

static void
test_token (void)
{
  g_autofree char *a = mado_token_new (), *b = mado_token_new ();
  g_autofree char *hash = mado_token_hash ("abc");

  g_assert_cmpuint (strlen (a), ==, 43);
  g_assert_cmpstr (a, !=, b);
  g_assert_null (strpbrk (a, "+/="));
  /* BLAKE2b-256 of "abc". */
  g_assert_cmpstr (hash, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/ulid/threads", test_ulid_threads);
  g_test_add_func ("/core/ulid/time", test_ulid_time);
  g_test_add_func ("/core/ulid/invalid", test_ulid_invalid);
  g_test_add_func ("/core/number/slips", test_number_slips);
  g_test_add_func ("/core/number/folding", test_number_folding);
  g_test_add_func ("/core/number/refused", test_number_refused);
  g_test_add_func ("/core/token", test_token);

  return g_test_run ();
}
