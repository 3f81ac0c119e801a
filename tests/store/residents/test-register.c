/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include <string.h>

static void
test_household (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoHousehold) household = mado_household_get_of (test->store, head, &error);
  MadoResident *last;

  g_assert_no_error (error);
  g_assert_cmpuint (household->members->len, ==, 3);
  g_assert_cmpstr (household->head_id, ==, head);
  last = g_ptr_array_index (household->members, 2);
  g_assert_cmpstr (last->full_name, ==, "髙﨑 邉\U000E0102子");
  g_assert_cmpstr (last->address->street_address, ==, "鵠沼橘一丁目");
  g_assert_cmpint (last->state, ==, MADO_RESIDENT_STATE_REGISTERED);
}

/* After a restart the keys are read again. */
static void
test_reopen (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoResident) resident = NULL;

  mado_test_store_reopen (test);
  resident = mado_resident_get (test->store, head, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (resident->full_name, ==, "髙﨑 美代子");
}

static MadoOutcome
rename_head (MadoTx *tx, gpointer data, GError **error)
{
  return mado_resident_write (tx, &people_system, data, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

/* Two clerks who read the same person: the second change is refused, not lost. */
static void
test_stale_change (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoResident) first = mado_resident_get (test->store, head, NULL);
  g_autoptr(MadoResident) second = mado_resident_get (test->store, head, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoResident) after = NULL;

  g_object_set (first, "full-name", "辻\U000E0100 美代子", NULL);
  mado_store_write (test->store, rename_head, first, &error);
  g_assert_no_error (error);
  g_assert_false (mado_store_write (test->store, rename_head, second, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STALE);
  after = mado_resident_get (test->store, head, NULL);
  g_assert_cmpstr (after->full_name, ==, "辻\U000E0100 美代子");
  g_assert_cmpint (after->version, ==, 2);
}

static void
test_facts (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoResident) resident = mado_resident_get (test->store, head, NULL);
  g_autoptr(MadoHousehold) household = mado_household_get_of (test->store, head, NULL);
  g_autoptr(JsonNode) node = mado_resident_facts (resident, household);
  JsonObject *facts = json_node_get_object (node);
  JsonObject *name = json_object_get_object_member (facts, "applicant.fullName");

  g_assert_cmpstr (json_object_get_string_member (name, "value"), ==, "髙﨑 美代子");
  g_assert_cmpstr (json_object_get_string_member (name, "source"), ==, "register");
  g_assert_true (json_object_has_member (facts, "currentAddress.postalCode"));
  g_assert_false (json_object_has_member (facts, "currentAddress.buildingNameEtc"));
  g_assert_false (json_object_has_member (facts, "applicant.fullNameKana"));
}

static void
test_same_person (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoResident) resident = mado_resident_get (test->store, head, NULL);

  g_assert_true (mado_resident_is (resident, "髙﨑　美代子", "1941-03-02"));
  g_assert_true (mado_resident_is (resident, "高崎 美代子", "1941-03-02"));
  g_assert_true (mado_resident_is (resident, "髙\U000E0100崎美代子", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "高橋 美代子", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "高崎 美代", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "高崎 ミヨコ", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "高崎 美代子", "1941-03-03"));
  g_assert_false (mado_resident_is (resident, "髙﨑 美代子", "1941-03-03"));

  /* Who does not find the kanji leaves it in kana. */
  g_assert_false (mado_resident_is (resident, "たかさき みよこ", "1941-03-02"));
  g_object_set (resident, "full-name-kana", "タカサキ ミヨコ", NULL);
  g_assert_true (mado_resident_is (resident, "たかさき みよこ", "1941-03-02"));
  g_assert_true (mado_resident_is (resident, "ﾀｶｻｷﾐﾖｺ", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "たかさき みよ", "1941-03-02"));
  g_assert_false (mado_resident_is (resident, "たかさき みよこ", "1941-03-03"));
}

/* What is written down is nowhere to be read in the store. */
static void
test_sealed_at_rest (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autofree char *path = NULL, *bytes = NULL;
  gsize n;

  if (mado_test_store_is_postgres (test))
    return;
  mado_store_close (test->store);
  path = g_strdup (test->address + strlen ("sqlite:"));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_null (memmem (bytes, n, "美代子", strlen ("美代子")));
  g_assert_null (memmem (bytes, n, "鵠沼橘", strlen ("鵠沼橘")));
  g_assert_null (memmem (bytes, n, "1941-03-02", 10));
  g_assert_nonnull (memmem (bytes, n, head, strlen (head)));
  mado_test_store_reopen (test);
}

static void
test_unknown (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_resident_get (test->store, "01JD0000000000000000000000", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

static void
test_card_numbers (void)
{
  g_autoptr(GError) digit = NULL, length = NULL;
  g_autofree char *folded = mado_card_number_parse ("１２３４ 5678-9015", NULL);

  g_assert_cmpstr (folded, ==, "123456789015");
  g_assert_null (mado_card_number_parse ("123456789016", &digit));
  g_assert_cmpstr (mado_error_get_violation (digit, 0)->code, ==, "check-digit");
  g_assert_null (mado_card_number_parse ("12345678901", &length));
  g_assert_cmpstr (mado_error_get_violation (length, 0)->code, ==, "pattern");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/residents/household", test_household);
  mado_test_store_add ("/residents/reopen", test_reopen);
  mado_test_store_add ("/residents/stale-change", test_stale_change);
  mado_test_store_add ("/residents/facts", test_facts);
  mado_test_store_add ("/residents/same-person", test_same_person);
  mado_test_store_add ("/residents/sealed-at-rest", test_sealed_at_rest);
  mado_test_store_add ("/residents/unknown", test_unknown);
  g_test_add_func ("/residents/card-numbers", test_card_numbers);
  return g_test_run ();
}
