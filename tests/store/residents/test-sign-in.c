/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include "core/mado-clock.h"
#include "core/mado-id.h"

#define CARD   "123456789015"
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"   /* RFC 6238's, in base32 */
#define MINUTE (60 * G_GINT64_CONSTANT (1000000))

static void
test_card (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);
  g_autoptr(MadoSession) session = NULL, found = NULL;
  g_autoptr(GError) error = NULL;
  MadoActor actor;

  people_add_card (test, head, CARD, "1234");
  session = people_sign_in (test, "1234 5678 9015", "１２３４", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->name, ==, "髙﨑 美代子");
  found = mado_sessions_find (sessions, session->token, &error);
  g_assert_no_error (error);
  actor = mado_session_get_actor (found);
  g_assert_cmpstr (actor.kind, ==, "resident");
  g_assert_cmpstr (actor.id, ==, head);
  g_assert_cmpstr (mado_actor_get_resident (&actor), ==, head);
}

/* Three wrong ones lock; the fourth is refused even if it is right; a supervisor unlocks. */
static void
test_card_locks (MadoTestStore *test)
{
  const MadoActor clerk = { "staff", "c", NULL, MADO_ROLE_CLERK };
  const MadoActor supervisor = { "staff", "s", NULL, MADO_ROLE_SUPERVISOR };
  g_autofree char *head = people_add_household (test);
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;

  people_add_card (test, head, CARD, "1234");
  for (guint i = 0; i < 3; i++) {
    g_clear_error (&error);
    g_assert_null (people_sign_in (test, CARD, "9999", &error));
    if (i < 2)
      g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
    else
      g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  }
  g_clear_error (&error);
  mado_test_store_reopen (test);
  g_assert_null (people_sign_in (test, CARD, "1234", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_clear_error (&error);

  g_assert_null (mado_card_unlock (test->store, &clerk, CARD, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_clear_error (&error);
  mado_act_run (test->store, mado_card_unlock (test->store, &supervisor, CARD, &error), NULL, &error);
  g_assert_no_error (error);
  session = people_sign_in (test, CARD, "1234", &error);
  g_assert_no_error (error);
  g_assert_nonnull (session);
}

/* A right one in between starts the count afresh. */
static void
test_card_count (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);

  people_add_card (test, head, CARD, "1234");
  for (guint round = 0; round < 3; round++) {
    g_autoptr(MadoSession) session = NULL;

    g_assert_null (people_sign_in (test, CARD, "0000", NULL));
    g_assert_null (people_sign_in (test, CARD, "0001", NULL));
    session = people_sign_in (test, CARD, "1234", NULL);
    g_assert_nonnull (session);
  }
}

typedef struct {
  MadoTestStore *test;
  gint locked, wrong, let_in;
} Guesses;

static gpointer
guess (gpointer data)
{
  Guesses *guesses = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoSession) session = people_sign_in (guesses->test, CARD, "5555", &error);

  g_atomic_int_inc (session ? &guesses->let_in
                    : g_error_matches (error, MADO_ERROR, MADO_ERROR_LOCKED) ? &guesses->locked : &guesses->wrong);
  return NULL;
}

/* Guessing at once buys no more tries. */
static void
test_parallel_guesses (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  Guesses guesses = { test, 0, 0, 0 };
  GThread *threads[8];

  people_add_card (test, head, CARD, "1234");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("guess", guess, &guesses);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (guesses.let_in, ==, 0);
  g_assert_cmpint (guesses.wrong, ==, 2);
  g_assert_cmpint (guesses.locked, ==, 6);
}

/* Try by try, a card and an account that are known and those nobody has get the same answer. */
static void
test_unknown_cards (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);

  people_add_card (test, head, CARD, "1234");
  for (guint i = 0; i < 5; i++) {
    g_autoptr(GError) known = NULL, unknown = NULL;

    g_assert_null (people_sign_in (test, CARD, "9999", &known));
    g_assert_null (people_sign_in (test, "901420512591", "9999", &unknown));
    g_assert_cmpint (unknown->code, ==, known->code);
    g_assert_cmpstr (unknown->message, ==, known->message);
    g_assert_cmpstr (mado_error_get_violation (unknown, 0)->message, ==, mado_error_get_violation (known, 0)->message);
  }
}

static void
test_card_mistakes (MadoTestStore *test)
{
  g_autoptr(GError) unknown = NULL, pin = NULL, number = NULL;

  g_assert_null (people_sign_in (test, CARD, "1234", &unknown));
  g_assert_error (unknown, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_null (people_sign_in (test, CARD, "12345", &pin));
  g_assert_error (pin, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_null (people_sign_in (test, "123456789016", "1234", &number));
  g_assert_error (number, MADO_ERROR, MADO_ERROR_INVALID);
}

static MadoSession *
sign_in (MadoTestStore *test, const char *account, const char *password, const char *totp, GError **error)
{
  gpointer session = NULL;

  mado_act_run (test->store, mado_sign_in_with_password (test->store, account, password, totp, error), &session,
                error);
  return session;
}

static void
test_password (MadoTestStore *test)
{
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;
  MadoActor actor;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  session = sign_in (test, "clerk", "correct horse battery", NULL, &error);
  g_assert_no_error (error);
  actor = mado_session_get_actor (session);
  g_assert_cmpstr (actor.kind, ==, "staff");
  g_assert_cmpuint (actor.role, ==, MADO_ROLE_CLERK);
  g_assert_cmpstr (session->name, ==, "藤沢 花子");
  g_assert_null (sign_in (test, "nobody", "correct horse battery", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

static void
test_password_locks (MadoTestStore *test)
{
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  mado_clock_freeze (mado_clock_now ());
  for (guint i = 0; i < 5; i++) {
    g_clear_error (&error);
    g_assert_null (sign_in (test, "clerk", "wrong horse battery", NULL, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  }
  g_clear_error (&error);
  g_assert_null (sign_in (test, "clerk", "correct horse battery", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_LOCKED);
  g_clear_error (&error);
  mado_clock_advance (16 * MINUTE);
  session = sign_in (test, "clerk", "correct horse battery", NULL, &error);
  mado_clock_thaw ();
  g_assert_no_error (error);
}

static void
test_unknown_accounts (MadoTestStore *test)
{
  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  mado_clock_freeze (mado_clock_now ());
  for (guint i = 0; i < 13; i++) {
    g_autoptr(GError) known = NULL, unknown = NULL;

    g_assert_null (sign_in (test, "clerk", "wrong horse battery", NULL, &known));
    g_assert_null (sign_in (test, "nobody", "wrong horse battery", NULL, &unknown));
    g_assert_cmpint (unknown->code, ==, known->code);
    g_assert_cmpint (unknown->code, ==, i == 5 || i == 12 ? MADO_ERROR_LOCKED : unknown->code);
    g_assert_cmpstr (unknown->message, ==, known->message);
    if (i == 6)
      mado_clock_advance (16 * MINUTE);
  }
  mado_clock_thaw ();
}

/* A supervisor needs a code, and each code serves once. */
static void
test_totp (MadoTestStore *test)
{
  g_autoptr(MadoSession) first = NULL, later = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *code = NULL, *next = NULL;
  gint64 now = mado_clock_now ();

  people_add_staff (test, "boss", MADO_ROLE_SUPERVISOR, SECRET);
  mado_clock_freeze (now);
  code = mado_totp_code (SECRET, now, NULL);
  next = mado_totp_code (SECRET, now + MINUTE / 2, NULL);
  g_assert_null (sign_in (test, "boss", "correct horse battery", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/totp");
  g_clear_error (&error);
  g_assert_null (sign_in (test, "boss", "correct horse battery", "000000", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);

  first = sign_in (test, "boss", "correct horse battery", code, &error);
  g_assert_no_error (error);
  g_assert_null (sign_in (test, "boss", "correct horse battery", code, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  later = sign_in (test, "boss", "correct horse battery", next, &error);
  mado_clock_thaw ();
  g_assert_no_error (error);
}

/* RFC 6238, appendix B, its SHA-1 column; the last six of its eight digits. */
static void
test_totp_vectors (void)
{
  const struct { gint64 seconds; const char *code; } vectors[] = {
    { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" },
    { 2000000000, "279037" }, { G_GINT64_CONSTANT (20000000000), "353130" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *code = mado_totp_code (SECRET, vectors[i].seconds * G_USEC_PER_SEC, NULL);

    g_assert_cmpstr (code, ==, vectors[i].code);
  }
  g_assert_cmpint (mado_totp_check (SECRET, "287082", (59 + 30) * G_USEC_PER_SEC, 0), ==, 1);
  g_assert_cmpint (mado_totp_check (SECRET, "287082", (59 + 60) * G_USEC_PER_SEC, 0), ==, -1);
}

static void
test_device (MadoTestStore *test)
{
  g_autoptr(MadoDevice) device = g_object_new (MADO_TYPE_DEVICE, "id", "kiosk-1", "name", "湘南台 1", "role",
                                               MADO_ROLE_DEVICE, NULL);
  g_autofree char *secret = mado_token_new ();
  g_autoptr(GError) error = NULL;
  gpointer session = NULL;

  mado_act_run (test->store, mado_device_add (test->store, &people_system, device, secret, &error), NULL, &error);
  g_assert_no_error (error);
  mado_act_run (test->store, mado_sign_in_with_device (test->store, "kiosk-1", secret, &error), &session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((MadoSession *) session)->role, ==, MADO_ROLE_DEVICE);
  g_object_unref (session);
  g_assert_null (mado_sign_in_with_device (test->store, "kiosk-1", "forged", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

static void
test_device_disabled (MadoTestStore *test)
{
  g_autoptr(MadoDevice) device = g_object_new (MADO_TYPE_DEVICE, "id", "kiosk-1", "name", "湘南台 1", "role",
                                               MADO_ROLE_DEVICE, NULL);
  g_autofree char *secret = mado_token_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  gpointer session = NULL;

  mado_act_run (test->store, mado_device_add (test->store, &people_system, device, secret, &error), NULL, &error);
  mado_act_run (test->store, mado_sign_in_with_device (test->store, "kiosk-1", secret, &error), &session, &error);
  g_assert_no_error (error);
  g_object_unref (session);
  mado_act_run (test->store, mado_device_disable (test->store, &people_system, "kiosk-1", &error), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM sessions"), ==, 0);
  all = mado_device_list (test->store, &people_system, &error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((MadoDevice *) all->pdata[0])->disabled_at, >, 0);
  g_assert_null (mado_sign_in_with_device (test->store, "kiosk-1", secret, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_false (mado_act_run (test->store, mado_device_disable (test->store, &people_system, "nope", &error), NULL,
                                &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

static void
test_expiry (MadoTestStore *test)
{
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  mado_clock_freeze (mado_clock_now ());
  session = sign_in (test, "clerk", "correct horse battery", NULL, NULL);
  for (guint i = 0; i < 3; i++) {
    g_autoptr(MadoSessions) other = mado_sessions_new (test->store);   /* no memory: reads the store */
    g_autoptr(MadoSession) found = NULL;

    mado_clock_advance (20 * MINUTE);
    found = mado_sessions_find (other, session->token, &error);
    g_assert_no_error (error);
  }
  mado_clock_advance (31 * MINUTE);
  g_assert_null (mado_sessions_find (sessions, session->token, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_cmpint (mado_sessions_sweep (test->store, 10, NULL), ==, 0);
  mado_clock_advance (12 * 60 * MINUTE);
  g_assert_cmpint (mado_sessions_sweep (test->store, 10, NULL), ==, 1);
  mado_clock_thaw ();
}

/* Another service's memory is at most two seconds behind. */
static void
test_sign_out (MadoTestStore *test)
{
  g_autoptr(MadoSessions) here = mado_sessions_new (test->store), there = mado_sessions_new (test->store);
  g_autoptr(MadoSession) session = NULL, one = NULL, two = NULL;
  g_autoptr(GError) error = NULL;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  session = sign_in (test, "clerk", "correct horse battery", NULL, NULL);
  one = mado_sessions_find (here, session->token, NULL);
  two = mado_sessions_find (there, session->token, NULL);
  g_assert_nonnull (one);
  g_assert_nonnull (two);
  mado_act_run (test->store, mado_sign_out (test->store, one, &error), NULL, &error);
  g_assert_no_error (error);
  mado_sessions_forget (here, one->id);
  g_assert_null (mado_sessions_find (here, session->token, NULL));
  g_usleep (2100 * 1000);
  g_assert_null (mado_sessions_find (there, session->token, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

/* A request keeps a session alive; a line that is only held open does not. */
static void
test_peek (MadoTestStore *test)
{
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);
  g_autoptr(MadoSession) session = NULL;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  mado_clock_freeze (mado_clock_now ());
  session = sign_in (test, "clerk", "correct horse battery", NULL, NULL);
  for (guint i = 0; i < 2; i++) {
    g_autoptr(MadoSessions) fresh = mado_sessions_new (test->store);
    g_autoptr(MadoSession) seen = NULL, peeked = NULL;

    mado_clock_advance (20 * MINUTE);
    seen = mado_sessions_find (fresh, session->token, NULL);
    g_assert_nonnull (seen);
    peeked = mado_sessions_peek (sessions, session->token, NULL);
    g_assert_nonnull (peeked);
  }
  mado_clock_advance (20 * MINUTE);
  g_object_unref (mado_sessions_peek (sessions, session->token, NULL));
  mado_clock_advance (15 * MINUTE);
  g_assert_null (mado_sessions_peek (sessions, session->token, NULL));
  mado_clock_thaw ();
}

static void
test_disabled (MadoTestStore *test)
{
  const MadoActor supervisor = { "staff", "s", NULL, MADO_ROLE_SUPERVISOR };
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);
  g_autoptr(MadoSession) session = NULL;
  g_autoptr(GError) error = NULL;

  people_add_staff (test, "clerk", MADO_ROLE_CLERK, NULL);
  session = sign_in (test, "clerk", "correct horse battery", NULL, NULL);
  mado_act_run (test->store, mado_staff_disable (test->store, &supervisor, "clerk", &error), NULL, &error);
  g_assert_no_error (error);
  g_assert_null (mado_sessions_find (sessions, session->token, NULL));
  g_assert_null (sign_in (test, "clerk", "correct horse battery", NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

static void
test_forged (MadoTestStore *test)
{
  g_autoptr(MadoSessions) sessions = mado_sessions_new (test->store);
  g_autofree char *token = mado_token_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_sessions_find (sessions, token, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/sign-in/card", test_card);
  mado_test_store_add ("/sign-in/card-locks", test_card_locks);
  mado_test_store_add ("/sign-in/card-count", test_card_count);
  mado_test_store_add ("/sign-in/parallel-guesses", test_parallel_guesses);
  mado_test_store_add ("/sign-in/unknown-cards", test_unknown_cards);
  mado_test_store_add ("/sign-in/unknown-accounts", test_unknown_accounts);
  mado_test_store_add ("/sign-in/card-mistakes", test_card_mistakes);
  mado_test_store_add ("/sign-in/password", test_password);
  mado_test_store_add ("/sign-in/password-locks", test_password_locks);
  mado_test_store_add ("/sign-in/totp", test_totp);
  mado_test_store_add ("/sign-in/device", test_device);
  mado_test_store_add ("/sign-in/device-disabled", test_device_disabled);
  mado_test_store_add ("/sign-in/expiry", test_expiry);
  mado_test_store_add ("/sign-in/sign-out", test_sign_out);
  mado_test_store_add ("/sign-in/peek", test_peek);
  mado_test_store_add ("/sign-in/disabled", test_disabled);
  mado_test_store_add ("/sign-in/forged", test_forged);
  g_test_add_func ("/sign-in/totp-vectors", test_totp_vectors);
  return g_test_run ();
}
