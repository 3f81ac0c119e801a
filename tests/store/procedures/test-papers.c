/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is printed, for whom, and how often. */
#include "mado-test-counter.h"

#include "core/mado-json.h"

static MadoCaseDocument *
print (MadoTestStore *test, const MadoActor *actor, const char *number, const char *kind, GError **error)
{
  return mado_case_get_document (test->store, counter_get_catalogue (), actor, number, kind, error);
}

static void
assert_printed (MadoTestStore *test, const MadoActor *actor, const char *number, const char *kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCaseDocument) paper = print (test, actor, number, kind, &error);

  g_assert_no_error (error);
  g_assert_nonnull (paper);
}

static void
assert_refused (MadoTestStore *test, const MadoActor *actor, const char *number)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCaseDocument) paper = print (test, actor, number, "result", &error);

  g_assert_null (paper);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

static MadoCase *
hand_out (MadoTestStore *test, const MadoActor *actor, const char *number, GError **error)
{
  gpointer after = NULL;

  mado_act_run (test->store, mado_case_hand_out (test->store, counter_get_catalogue (), actor, number, error), &after,
                error);
  return after;
}

static gint64
count (MadoTestStore *test, const char *action)
{
  g_autofree char *query = g_strdup_printf ("SELECT COUNT(*) AS n FROM journal WHERE action = '%s'", action);

  return people_count (test, query);
}

/* A certificate of the card's holder, paid for. */
static char *
file_paid (MadoTestStore *test, CounterVisit *visit)
{
  char *number;

  counter_identify (test, visit, COUNTER_CARD, "1234");
  number = counter_file (test, visit, "juminhyo", counter_certificate_answers);
  counter_walk (test, &counter_clerk, number, "paid");
  return number;
}

/* Once it lies in somebody's hands, it is not printed again: not here, not at the next visit. */
static void
test_once (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test), later = counter_open (test);
  g_autofree char *number = file_paid (test, &visit);
  g_autoptr(MadoCase) handed = NULL, again = NULL, read = NULL;
  g_autoptr(GError) error = NULL;

  assert_printed (test, &visit.actor, number, "result");
  handed = hand_out (test, &visit.actor, number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (handed->handed_at, >, 0);
  assert_refused (test, &visit.actor, number);
  assert_printed (test, &visit.actor, number, "record");
  counter_identify (test, &later, COUNTER_CARD, "1234");
  assert_refused (test, &later.actor, number);
  again = hand_out (test, &visit.actor, number, &error);      /* said twice, it happened once */
  g_assert_no_error (error);
  g_assert_cmpint (again->handed_at, ==, handed->handed_at);
  g_assert_cmpint (count (test, "case.handed-out"), ==, 1);
  read = counter_read (test, &later.actor, number);
  g_assert_cmpint (read->handed_at, ==, handed->handed_at);
  g_assert_nonnull (strstr (mado_json_text (read->next_step, "ja"), "印刷済み"));
}

/* A jam is tried again; but nobody fetches it for ever by never saying that it came out. The staff help on. */
static void
test_jam (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = file_paid (test, &visit);

  for (guint i = 0; i < 5; i++)
    assert_printed (test, &visit.actor, number, "result");
  assert_refused (test, &visit.actor, number);
  counter_walk (test, &counter_clerk, number, "reprint");
  assert_printed (test, &visit.actor, number, "result");
}

/* It came out torn: the staff may let it be printed once more, and that is journalled. */
static void
test_reprint (MadoTestStore *test)
{
  const MadoCaseStep reprint = { .event = MADO_CASE_EVENT_REPRINT };
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = file_paid (test, &visit);
  g_autoptr(MadoCase) early = NULL, owners = NULL, handed = NULL, allowed = NULL, closed = NULL;
  g_autoptr(GError) early_error = NULL, owners_error = NULL, error = NULL;

  early = counter_step (test, &counter_clerk, number, &reprint, &early_error);
  g_assert_error (early_error, MADO_ERROR, MADO_ERROR_CONFLICT);
  handed = hand_out (test, &visit.actor, number, &error);
  owners = counter_step (test, &visit.actor, number, &reprint, &owners_error);
  g_assert_error (owners_error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  allowed = counter_step (test, &counter_clerk, number, &reprint, &error);
  g_assert_no_error (error);
  g_assert_cmpint (allowed->state, ==, MADO_CASE_STATE_GRANTED);
  g_assert_cmpint (allowed->handed_at, ==, 0);
  g_assert_cmpint (count (test, "case.reprint-allowed"), ==, 1);
  assert_printed (test, &visit.actor, number, "result");
  g_clear_object (&handed);
  handed = hand_out (test, &visit.actor, number, &error);
  assert_refused (test, &visit.actor, number);
  counter_walk (test, &counter_clerk, number, "close reprint");
  assert_printed (test, &visit.actor, number, "result");
}

/* At the counter the clerk hands it over: every print of theirs is journalled, and the kiosk prints it no more. */
static void
test_at_the_counter (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = file_paid (test, &visit);

  assert_printed (test, &counter_clerk, number, "record");
  assert_printed (test, &visit.actor, number, "result");
  assert_printed (test, &counter_clerk, number, "result");
  assert_printed (test, &counter_clerk, number, "result");
  assert_refused (test, &visit.actor, number);
  g_assert_cmpint (count (test, "case.printed"), ==, 3);
}

/* A letter costs nothing, and is printed as often as one likes; nothing is handed out before there is something. */
static void
test_letter (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoCase) early = NULL, handed = NULL;
  g_autoptr(GError) early_error = NULL, error = NULL;

  early = hand_out (test, &visit.actor, number, &early_error);
  g_assert_error (early_error, MADO_ERROR, MADO_ERROR_CONFLICT);
  counter_walk (test, &counter_clerk, number, "identify accept review grant");
  counter_walk (test, &counter_clerk, number, "close");
  for (guint i = 0; i < 7; i++)
    assert_printed (test, &counter_clerk, number, "result");
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM case_results WHERE handed_at > 0"), ==, 0);
}

/* Who may see the record may see the same on the city's form; a look by staff is journalled, one's own is not. */
static void
test_official_form (MadoTestStore *test)
{
  const MadoActor auditor = { "staff", "a", NULL, MADO_ROLE_AUDITOR };
  g_auto(CounterVisit) visit = counter_open (test), other = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(GError) foreign = NULL, audited = NULL;

  assert_printed (test, &visit.actor, number, "form");
  g_assert_cmpint (count (test, "case.printed"), ==, 0);
  g_assert_null (print (test, &other.actor, number, "form", &foreign));
  g_assert_error (foreign, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_null (print (test, &auditor, number, "form", &audited));
  g_assert_error (audited, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_assert_cmpint (count (test, "case.printed"), ==, 0);
  assert_printed (test, &counter_clerk, number, "form");
  assert_printed (test, &counter_supervisor, number, "form");
  g_assert_cmpint (count (test, "case.printed"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/papers/once", test_once);
  mado_test_store_add ("/papers/jam", test_jam);
  mado_test_store_add ("/papers/reprint", test_reprint);
  mado_test_store_add ("/papers/at-the-counter", test_at_the_counter);
  mado_test_store_add ("/papers/letter", test_letter);
  mado_test_store_add ("/papers/official-form", test_official_form);
  return g_test_run ();
}
