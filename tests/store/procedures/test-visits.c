/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "procedures/mado-visits.h"

#include <sodium.h>
#include <string.h>

#define CARD "123456789015"

static const MadoActor kiosk = { "device", "kiosk-1", NULL, MADO_ROLE_DEVICE };
static const MadoActor other_kiosk = { "device", "kiosk-2", NULL, MADO_ROLE_DEVICE };

static MadoVisit *
start (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gpointer visit = NULL;

  mado_act_run (test->store, mado_visit_start (test->store, &kiosk, "ja", &error), &visit, &error);
  g_assert_no_error (error);
  return visit;
}

/* As the service does it: from the token. */
static MadoSession *
resume (MadoTestStore *test, const char *token, GError **error)
{
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);

  return mado_sessions_find (sessions, token, error);
}

static JsonNode *
parse (const char *text)
{
  return mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_BODY, NULL);
}

static gboolean
identify (MadoTestStore *test, const MadoActor *actor, const char *id, const char *pin, GError **error)
{
  return mado_act_run (test->store, mado_visit_identify (test->store, actor, id, CARD, pin, error), NULL, error);
}

static void
test_start (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test), again = NULL;
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;
  MadoActor actor;

  g_assert_cmpuint (strlen (visit->number), ==, 8);
  session = resume (test, visit->token, &error);
  g_assert_no_error (error);
  actor = mado_session_get_actor (session);
  g_assert_cmpuint (actor.role, ==, MADO_ROLE_VISIT);
  again = mado_visit_get (test->store, &actor, visit->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->number, ==, visit->number);
  g_assert_null (again->token);
  g_assert_null (again->resident);
}

/* Chance that says the same for a while: six bytes a number, and nothing else takes six. */
static guint same_for;

static void
draw_same (void *const bytes, const size_t n)
{
  if (n == 6 && same_for > 0) {
    same_for--;
    memset (bytes, 7, n);
  } else
    randombytes_sysrandom_implementation.buf (bytes, n);
}

static void
test_number_again (MadoTestStore *test)
{
  randombytes_implementation chance = randombytes_sysrandom_implementation;
  g_autoptr(MadoVisit) first = NULL, second = NULL;

  chance.buf = draw_same;
  randombytes_set_implementation (&chance);
  same_for = 1;
  first = start (test);
  same_for = 2;
  second = start (test);
  randombytes_set_implementation (&randombytes_sysrandom_implementation);
  g_assert_cmpuint (same_for, ==, 0);
  g_assert_cmpstr (first->number, !=, second->number);
}

static void
test_not_mine (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test), mine = start (test);
  const MadoActor stranger = { "visit", mine->id, NULL, MADO_ROLE_VISIT };
  const MadoActor clerk = { "staff", "s", NULL, MADO_ROLE_CLERK };
  const MadoActor *actors[] = { &stranger, &clerk, &other_kiosk };

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++) {
    g_autoptr(GError) error = NULL;

    g_assert_null (mado_visit_get (test->store, actors[i], visit->id, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
    g_assert_cmpint (strstr (error->message, "another visit") != NULL, ==, i == 0);
  }
}

static void
test_identify (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoVisit) visit = start (test), after = NULL;
  g_autoptr(MadoSession) before = resume (test, visit->token, NULL), session = NULL;
  g_autoptr(GError) error = NULL;
  MadoActor actor = mado_session_get_actor (before);

  people_add_card (test, head, CARD, "1234");
  g_assert_null (actor.behalf);
  g_assert_false (identify (test, &actor, visit->id, "0000", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_true (identify (test, &actor, visit->id, "1234", &error));

  session = resume (test, visit->token, &error);
  actor = mado_session_get_actor (session);
  g_assert_cmpstr (actor.behalf, ==, head);
  after = mado_visit_get (test->store, &actor, visit->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->resident->full_name, ==, "髙﨑 美代子");
  g_assert_cmpuint (after->household->len, ==, 3);
  g_assert_true (json_object_has_member (json_node_get_object (after->facts), "applicant.fullName"));
  g_assert_false (identify (test, &actor, visit->id, "1234", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'household.shown'"), ==, 2);
}

static void
test_draft (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test), read = NULL, over = NULL;
  const MadoActor actor = { "visit", visit->id, NULL, MADO_ROLE_VISIT };
  g_autoptr(JsonNode) first = parse ("{\"applicant.fullName\":\"𠮷田\"}");
  g_autoptr(JsonNode) second = parse ("{\"applicant.fullName\":\"𠮷田 さくら\",\"n\":2}");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  mado_act_run (test->store, mado_visit_save (test->store, &actor, visit->id, first, &error), NULL, &error);
  g_assert_no_error (error);
  mado_act_run (test->store, mado_visit_save (test->store, &actor, visit->id, second, &error), NULL, &error);
  g_assert_no_error (error);
  mado_test_store_reopen (test);
  read = mado_visit_get (test->store, &actor, visit->id, &error);
  g_assert_no_error (error);
  text = mado_json_canonical (read->answers);
  g_assert_cmpstr (text, ==, "{\"applicant.fullName\":\"𠮷田 さくら\",\"n\":2}");
  over = mado_visit_get (test->store, &kiosk, visit->id, &error);
  g_assert_null (over->answers);
}

/* The end forgets: the draft cannot be opened by anybody, and the credential is dead. */
static void
test_end (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test);
  const MadoActor actor = { "visit", visit->id, NULL, MADO_ROLE_VISIT };
  g_autoptr(JsonNode) answers = parse ("{\"note\":\"marker\"}");
  g_autofree char *subject = g_strconcat ("visit/", visit->id, NULL);
  g_autoptr(GError) error = NULL;
  gpointer ended = NULL;

  mado_act_run (test->store, mado_visit_save (test->store, &actor, visit->id, answers, &error), NULL, &error);
  g_assert_no_error (error);
  mado_act_run (test->store, mado_visit_end (test->store, &actor, visit->id, &error), &ended, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((MadoVisit *) ended)->state, ==, MADO_VISIT_STATE_ENDED);
  g_object_unref (ended);

  mado_test_store_reopen (test);
  g_assert_null (mado_store_get_subject_key (test->store, subject, "draft", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (resume (test, visit->token, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_null (mado_visit_save (test->store, &actor, visit->id, answers, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

static void
test_expire (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test), after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mado_visits_expire (test->store, 10, NULL), ==, 0);
  mado_clock_freeze (visit->expires_at + G_USEC_PER_SEC);
  g_assert_cmpint (mado_visits_expire (test->store, 10, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (mado_visits_expire (test->store, 10, &error), ==, 0);
  mado_clock_thaw ();
  after = mado_visit_get (test->store, &kiosk, visit->id, &error);
  g_assert_cmpint (after->state, ==, MADO_VISIT_STATE_EXPIRED);
}

/* A week later nothing of an unfiled visit is left, not even a key. */
static void
test_sweep (MadoTestStore *test)
{
  g_autoptr(MadoVisit) visit = start (test);
  g_autofree char *subject = g_strconcat ("visit/", visit->id, NULL);
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_visit_end (test->store, &kiosk, visit->id, &error), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mado_visits_sweep (test->store, 10, NULL), ==, 0);
  mado_clock_freeze (visit->expires_at + 8 * G_GINT64_CONSTANT (86400000000));
  g_assert_cmpint (mado_visits_sweep (test->store, 10, &error), ==, 1);
  mado_clock_thaw ();
  g_assert_no_error (error);
  g_assert_null (mado_visit_get (test->store, &kiosk, visit->id, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  mado_test_store_reopen (test);
  g_assert_null (mado_store_get_subject_key (test->store, subject, "filing", NULL));
}

static void
test_mistakes (MadoTestStore *test)
{
  const MadoActor clerk = { "staff", "s", NULL, MADO_ROLE_CLERK };
  g_autoptr(MadoVisit) visit = start (test);
  const MadoActor actor = { "visit", visit->id, NULL, MADO_ROLE_VISIT };
  g_autoptr(JsonNode) list = parse ("[]");
  g_autoptr(GError) role = NULL, language = NULL, shape = NULL, unknown = NULL;

  g_assert_null (mado_visit_start (test->store, &clerk, "ja", &role));
  g_assert_error (role, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_null (mado_visit_start (test->store, &kiosk, "tlh", &language));
  g_assert_error (language, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (mado_visit_save (test->store, &actor, visit->id, list, &shape));
  g_assert_error (shape, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (mado_visit_get (test->store, &kiosk, "01JD0000000000000000000000", &unknown));
  g_assert_error (unknown, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/visits/start", test_start);
  mado_test_store_add ("/visits/number-again", test_number_again);
  mado_test_store_add ("/visits/not-mine", test_not_mine);
  mado_test_store_add ("/visits/identify", test_identify);
  mado_test_store_add ("/visits/draft", test_draft);
  mado_test_store_add ("/visits/end", test_end);
  mado_test_store_add ("/visits/expire", test_expire);
  mado_test_store_add ("/visits/sweep", test_sweep);
  mado_test_store_add ("/visits/mistakes", test_mistakes);
  return g_test_run ();
}
