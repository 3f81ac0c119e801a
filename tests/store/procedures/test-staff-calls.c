/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include "procedures/mado-cases.h"
#include "procedures/mado-visits.h"

static const MadoActor kiosk = { "device", "kiosk-1", NULL, MADO_ROLE_DEVICE };
static const MadoActor clerk = { "staff", "clerk-1", NULL, MADO_ROLE_CLERK };

static MadoStaffCall *
call (MadoTestStore *test, const MadoActor *actor, const char *page, GError **error)
{
  gpointer made = NULL;

  mado_act_run (test->store, mado_staff_call_make (test->store, actor, page, "ja", error), &made, error);
  return made;
}

static void
test_call_and_answer (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStaffCall) made = call (test, &kiosk, "check-answers", &error);
  gpointer answered = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM outbox WHERE topic = 'staff-call'"), ==, 1);
  mado_act_run (test->store, mado_staff_call_answer (test->store, &clerk, made->id, &error), &answered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((MadoStaffCall *) answered)->answered_by, ==, "clerk-1");
  g_object_unref (answered);
  g_assert_false (mado_act_run (test->store, mado_staff_call_answer (test->store, &clerk, made->id, &error), NULL,
                                &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* A visit calls from where its kiosk stands. */
static void
test_from_visit (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoStaffCall) made = NULL;
  gpointer visit = NULL;
  MadoActor actor = { "visit", NULL, NULL, MADO_ROLE_VISIT };

  mado_act_run (test->store, mado_visit_start (test->store, &kiosk, "ja", &error), &visit, &error);
  g_assert_no_error (error);
  actor.id = ((MadoVisit *) visit)->id;
  made = call (test, &actor, "welcome", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->device, ==, "kiosk-1");
  g_object_unref (visit);
}

static void
test_mistakes (MadoTestStore *test)
{
  g_autoptr(GError) page = NULL, role = NULL, unknown = NULL;

  g_assert_null (call (test, &kiosk, "\"},{", &page));
  g_assert_error (page, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (call (test, &clerk, "welcome", &role));
  g_assert_error (role, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (mado_staff_call_answer (test->store, &clerk, "01JD0000000000000000000000", &unknown));
  g_assert_error (unknown, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/staff-calls/call-and-answer", test_call_and_answer);
  mado_test_store_add ("/staff-calls/from-visit", test_from_visit);
  mado_test_store_add ("/staff-calls/mistakes", test_mistakes);
  return g_test_run ();
}
