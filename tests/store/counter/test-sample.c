/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include "core/mado-clock.h"
#include "counter/mado-counter.h"

#include <string.h>

static MadoCounter *
new_counter (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCity) city = mado_city_load (MADO_TEST_DATA "/cities/fujisawa/city.json", &error);

  g_assert_no_error (error);
  return mado_counter_new (test->store, city, counter_get_catalogue ());
}

/* What the report names lets one in, and a second start changes nothing. */
static void
test_seed (MadoTestStore *test)
{
  g_autoptr(MadoCounter) counter = new_counter (test);
  g_autofree char *report = NULL, *again = NULL;
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(MadoHousehold) household = NULL;
  g_autoptr(GError) error = NULL;
  gint64 people;

  mado_counter_seed (counter, MADO_TEST_DATA "/sample", &report, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, "渡邉\U000E0102 健一"));
  people = people_count (test, "SELECT count(*) AS n FROM residents");
  g_assert_cmpint (people, >, 10);
  session = people_sign_in (test, "901420510744", "8507", &error);
  g_assert_no_error (error);
  household = mado_household_get_of (test->store, session->account, &error);
  g_assert_cmpuint (household->members->len, ==, 4);

  mado_counter_seed (counter, MADO_TEST_DATA "/sample", &again, &error);
  g_assert_no_error (error);
  g_assert_null (again);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM residents"), ==, people);
}

/* The city says what a kiosk needs when the line is down; every service of the city has the same key. */
static void
test_city (MadoTestStore *test)
{
  g_autoptr(MadoCounter) one = new_counter (test), two = new_counter (test);
  g_autoptr(JsonNode) first = mado_counter_describe_city (one), second = mado_counter_describe_city (two);
  JsonObject *city = json_node_get_object (first);
  gsize n;
  g_autofree guchar *key = g_base64_decode (json_object_get_string_member (city, "publicKey"), &n);

  g_assert_cmpuint (n, ==, 32);
  g_assert_cmpstr (json_object_get_string_member (city, "publicKey"), ==,
                   json_object_get_string_member (json_node_get_object (second), "publicKey"));
  g_assert_cmpuint (strlen (json_object_get_string_member (city, "today")), ==, 10);
  g_assert_cmpstr (json_object_get_string_member (city, "id"), ==, "fujisawa");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (city, "districts")), ==, 13);
}

/* A day nobody was there to end anything. */
static void
test_tidy (MadoTestStore *test)
{
  g_autoptr(MadoCounter) counter = new_counter (test);
  g_auto(CounterVisit) idle = counter_open (test), filing = counter_open (test);
  g_autofree char *number = counter_file (test, &filing, "tennyu", counter_move_in_answers);
  g_autoptr(MadoCase) lapsed = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mado_counter_tidy (counter, 100, &error), ==, 0);
  mado_clock_freeze (mado_clock_now () + 30 * G_GINT64_CONSTANT (86400000000));
  g_assert_cmpint (mado_counter_tidy (counter, 100, &error), >, 0);
  g_assert_cmpint (mado_counter_tidy (counter, 100, &error), ==, 0);
  mado_clock_thaw ();
  g_assert_no_error (error);
  lapsed = counter_read (test, &counter_clerk, number);
  g_assert_cmpint (lapsed->state, ==, MADO_CASE_STATE_CLOSED);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM visits"), ==, 1);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM sessions"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/counter/seed", test_seed);
  mado_test_store_add ("/counter/city", test_city);
  mado_test_store_add ("/counter/tidy", test_tidy);
  return g_test_run ();
}
