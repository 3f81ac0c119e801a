/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "residents/mado-consents.h"

#include <string.h>

static MadoCity *
new_city (void)
{
  const char *purposes = "[{\"id\":\"reminders\",\"days\":10},{\"id\":\"notices\",\"days\":730}]";
  MadoCity *city = g_object_new (MADO_TYPE_CITY, "id", "test", NULL);

  city->purposes = mado_json_parse (purposes, strlen (purposes), &MADO_JSON_LIMITS_BODY, NULL);
  return city;
}

static gboolean
put (MadoTestStore *test, MadoCity *city, const MadoActor *actor, const char *wishes, GError **error)
{
  g_autoptr(JsonNode) node = mado_json_parse (wishes, strlen (wishes), &MADO_JSON_LIMITS_BODY, NULL);

  return mado_act_run (test->store, mado_consent_put (test->store, city, actor, node, error), NULL, error);
}

static gboolean
is_active (MadoTestStore *test, MadoCity *city, const MadoActor *actor, guint i)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) consents = mado_consent_list (test->store, city, actor, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (consents->len, ==, 2);
  return ((MadoConsent *) g_ptr_array_index (consents, i))->active;
}

static void
test_give_and_withdraw (MadoTestStore *test)
{
  g_autoptr(MadoCity) city = new_city ();
  const MadoActor me = { "resident", "R1", NULL, MADO_ROLE_RESIDENT };
  const MadoActor other = { "resident", "R2", NULL, MADO_ROLE_RESIDENT };
  g_autoptr(GError) error = NULL;

  g_assert_false (is_active (test, city, &me, 0));
  put (test, city, &me, "[{\"purpose\":\"reminders\",\"active\":true}]", &error);
  g_assert_no_error (error);
  g_assert_true (is_active (test, city, &me, 0));
  g_assert_false (is_active (test, city, &me, 1));
  g_assert_false (is_active (test, city, &other, 0));
  put (test, city, &me, "[{\"purpose\":\"reminders\",\"active\":false}]", &error);
  g_assert_no_error (error);
  g_assert_false (is_active (test, city, &me, 0));
  put (test, city, &me, "[{\"purpose\":\"reminders\",\"active\":true}]", &error);
  g_assert_no_error (error);
  g_assert_true (is_active (test, city, &me, 0));
}

static void
test_ends (MadoTestStore *test)
{
  g_autoptr(MadoCity) city = new_city ();
  const MadoActor me = { "visit", "V1", "R1", MADO_ROLE_VISIT };
  gboolean before, after;

  mado_clock_freeze (mado_clock_now ());
  g_assert_true (put (test, city, &me, "[{\"purpose\":\"reminders\",\"active\":true}]", NULL));
  before = is_active (test, city, &me, 0);
  mado_clock_advance (G_GINT64_CONSTANT (10) * 24 * 3600 * G_USEC_PER_SEC);
  after = is_active (test, city, &me, 0);
  mado_clock_thaw ();
  g_assert_true (before);
  g_assert_false (after);
}

static void
test_refused (MadoTestStore *test)
{
  g_autoptr(MadoCity) city = new_city ();
  const MadoActor me = { "resident", "R1", NULL, MADO_ROLE_RESIDENT };
  const MadoActor nobody = { "visit", "V1", NULL, MADO_ROLE_VISIT };
  const MadoActor clerk = { "staff", "S", NULL, MADO_ROLE_CLERK };
  g_autoptr(GError) purpose = NULL, unidentified = NULL, staff = NULL, shape = NULL;

  g_assert_false (put (test, city, &me, "[{\"purpose\":\"selling\",\"active\":true}]", &purpose));
  g_assert_error (purpose, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (purpose, 0)->pointer, ==, "/0");
  g_assert_false (put (test, city, &nobody, "[{\"purpose\":\"notices\",\"active\":true}]", &unidentified));
  g_assert_error (unidentified, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_false (put (test, city, &clerk, "[]", &staff));
  g_assert_error (staff, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_false (put (test, city, &me, "[{\"purpose\":\"notices\",\"active\":1}]", &shape));
  g_assert_error (shape, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (shape, 0)->pointer, ==, "/0/active");
}

static MadoOutcome
look (MadoTx *tx, gpointer resident, GError **error)
{
  const MadoActor clerk = { "staff", "S", NULL, MADO_ROLE_CLERK };
  const MadoActor own = { "visit", "V1", resident, MADO_ROLE_VISIT };

  return mado_journal_append (tx, &clerk, "case.viewed", "case/C1", resident, "{\"number\":\"K7M4-R29-1\"}", error)
         && mado_journal_append (tx, &own, "case.submitted", "case/C1", resident, NULL, error)
         && mado_journal_append (tx, &clerk, "case.viewed", "case/C2", "somebody else", NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static GPtrArray *
wait_for_disclosures (MadoTestStore *test, const MadoActor *actor, guint n)
{
  GPtrArray *found = NULL;

  for (guint i = 0; i < 200; i++) {
    g_autoptr(GError) error = NULL;

    g_clear_pointer (&found, g_ptr_array_unref);
    found = mado_disclosure_list (test->store, actor, 0, 50, &error);
    g_assert_no_error (error);
    if (found->len >= n)
      break;
    g_usleep (20 * 1000);   /* positions are given a few milliseconds after the commit */
  }
  return found;
}

static void
test_disclosures (MadoTestStore *test)
{
  const MadoActor me = { "resident", "R1", NULL, MADO_ROLE_RESIDENT };
  g_autoptr(GPtrArray) found = NULL, older = NULL;
  g_autoptr(GError) error = NULL;
  MadoDisclosure *first;

  for (guint i = 0; i < 2; i++)
    mado_store_write (test->store, look, (gpointer) "R1", &error);
  g_assert_no_error (error);
  found = wait_for_disclosures (test, &me, 2);
  g_assert_cmpuint (found->len, ==, 2);
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->action, ==, "case.viewed");
  g_assert_cmpstr (first->number, ==, "K7M4-R29-1");
  g_assert_cmpuint (strlen (first->digest), ==, 64);
  g_assert_cmpint (first->position, >, ((MadoDisclosure *) g_ptr_array_index (found, 1))->position);
  older = mado_disclosure_list (test->store, &me, first->position, 50, &error);
  g_assert_cmpuint (older->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/consents/give-and-withdraw", test_give_and_withdraw);
  mado_test_store_add ("/consents/ends", test_ends);
  mado_test_store_add ("/consents/refused", test_refused);
  mado_test_store_add ("/disclosures/by-others", test_disclosures);
  return g_test_run ();
}
