/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "model/mado-result.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static MadoCaseDocument *
get_result (MadoTestStore *test, const MadoActor *actor, const char *number, GError **error)
{
  return mado_case_get_document (test->store, counter_get_catalogue (), actor, number, "result", error);
}

/* 住民票 of one's own household, by card and PIN: granted in the same act, handed over once paid. */
static void
test_certificate (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test), *number = NULL;
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoCase) filed = NULL, paid = NULL;
  g_autoptr(MadoCaseDocument) result = NULL;
  g_autoptr(MadoCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;
  MadoCertificatePerson *second;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  filed = counter_read (test, &visit.actor, number);
  g_assert_cmpint (filed->state, ==, MADO_CASE_STATE_GRANTED);
  g_assert_cmpint (filed->fee, ==, 600);
  g_assert_false (filed->has_result);
  g_assert_null (get_result (test, &visit.actor, number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);

  counter_walk (test, &counter_clerk, number, "paid");
  paid = counter_read (test, &visit.actor, number);
  g_assert_true (paid->has_result);
  result = get_result (test, &visit.actor, number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->layout, ==, MADO_LAYOUT_CERTIFICATE);
  certificate = mado_record_from_json (MADO_TYPE_CERTIFICATE, result->facts, MADO_JSON_PRIVATE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (certificate->address, ==, "神奈川県藤沢市鵠沼橘一丁目1-2");
  g_assert_cmpstr (certificate->householder, ==, "髙﨑 美代子");
  g_assert_true (certificate->whole_household);
  g_assert_cmpuint (certificate->people->len, ==, 3);
  second = g_ptr_array_index (certificate->people, 2);
  g_assert_cmpstr (second->full_name, ==, "髙﨑 邉\U000E0102子");
  g_assert_cmpstr (second->relationship, ==, "子");
  g_assert_null (second->registered_domicile);
  /* the others of the household can see that they were on it */
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'certificate.made'"), ==, 2);
}

/* Without a card it waits for one, and lapses. */
static void
test_prefiled_lapses (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autoptr(MadoCase) filed = counter_read (test, &visit.actor, number), after = NULL;

  g_assert_cmpint (filed->state, ==, MADO_CASE_STATE_PREFILED);
  g_assert_nonnull (filed->due_date);
  g_assert_cmpint (mado_cases_lapse (test->store, counter_get_catalogue (), 10, NULL), ==, 0);
  mado_clock_freeze (mado_clock_now () + 30 * DAY);
  g_assert_cmpint (mado_cases_lapse (test->store, counter_get_catalogue (), 10, NULL), ==, 1);
  mado_clock_thaw ();
  after = counter_read (test, &visit.actor, number);
  g_assert_cmpint (after->state, ==, MADO_CASE_STATE_CLOSED);
}

/* The same answers, in which the applicant goes by another name. */
static char *
answers_of (const char *name)
{
  g_autoptr(JsonNode) answers = counter_parse (counter_certificate_answers);

  json_object_set_string_member (json_node_get_object (answers), "applicant.fullName", name);
  return json_to_string (answers, FALSE);
}

/* Prefiled at home, so to speak, in the kanji that a keyboard has; then card and PIN at any kiosk: the rule grants what
 * it would have granted. */
static void
test_prefiled_then_card (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *answers = answers_of ("高崎美代子");
  g_auto(CounterVisit) before = counter_open (test), visit = counter_open (test);
  g_autofree char *number = counter_file (test, &before, "juminhyo", answers);
  const MadoCaseStep identify = { .event = MADO_CASE_EVENT_IDENTIFY };
  g_autoptr(MadoCase) after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_case_get (test->store, counter_get_catalogue (), &visit.actor, number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  counter_identify (test, &visit, COUNTER_CARD, "1234");
  after = counter_step (test, &visit.actor, number, &identify, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->state, ==, MADO_CASE_STATE_GRANTED);
  g_assert_cmpstr (after->resident_id, ==, head);
}

/* Somebody else's card does not open a case, even if its number is known: nor a neighbour's of the same birthday. */
static void
test_prefiled_not_mine (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *neighbour = answers_of ("高橋 美代子");
  g_auto(CounterVisit) before = counter_open (test), other = counter_open (test), visit = counter_open (test);
  g_autofree char *number = counter_file (test, &before, "tennyu", counter_move_in_answers);
  g_autofree char *others = counter_file (test, &other, "juminhyo", neighbour);
  g_autoptr(GError) error = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  g_assert_null (mado_case_get (test->store, counter_get_catalogue (), &visit.actor, number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mado_case_get (test->store, counter_get_catalogue (), &visit.actor, others, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

static char *
add_newcomer (MadoTestStore *test)
{
  return people_add_outsider (test, "佐々木 悠斗", "1990-05-24", "901420512591", "9005");
}

/* The whole walk of 転入届: filed, asked back, corrected, granted; then they are in the register. */
static void
test_move_in (MadoTestStore *test)
{
  g_autofree char *newcomer = add_newcomer (test), *number = NULL;
  g_autofree char *corrected_text = NULL;
  g_auto(CounterVisit) visit = counter_open (test), later = counter_open (test);
  const MadoCaseStep ask = { .event = MADO_CASE_EVENT_RETURN, .message = "番地を確かめてください。" };
  MadoCaseStep correct = { .event = MADO_CASE_EVENT_CORRECT };
  g_autoptr(JsonNode) answers = counter_parse (counter_move_in_answers);
  g_autoptr(MadoCase) returned = NULL, asked = NULL, corrected = NULL, granted = NULL;
  g_autoptr(MadoHousehold) household = NULL;
  g_autoptr(GError) error = NULL;
  MadoResident *head;

  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  counter_identify (test, &visit, "901420512591", "9005");
  number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_assert_cmpint (counter_walk (test, &counter_clerk, number, "accept review"), ==, MADO_CASE_STATE_IN_REVIEW);
  returned = counter_step (test, &counter_clerk, number, &ask, &error);
  g_assert_no_error (error);
  g_assert_cmpint (returned->state, ==, MADO_CASE_STATE_RETURNED);

  counter_identify (test, &later, "901420512591", "9005");
  asked = counter_read (test, &later.actor, number);
  g_assert_cmpuint (asked->messages->len, ==, 1);
  g_assert_cmpstr (((MadoCaseMessage *) asked->messages->pdata[0])->text, ==, "番地を確かめてください。");
  g_assert_cmpstr (((MadoCaseMessage *) asked->messages->pdata[0])->author, ==, "窓口 花子");
  g_assert_true (g_strv_contains ((const char *const *) asked->events, "correct"));

  json_object_set_string_member (json_node_get_object (answers), "newAddress.cityBlock", "1-12");
  correct.answers = answers;
  corrected = counter_step (test, &later.actor, number, &correct, &error);
  g_assert_no_error (error);
  g_assert_cmpint (corrected->state, ==, MADO_CASE_STATE_IN_REVIEW);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM case_corrections"), ==, 1);

  g_assert_cmpint (counter_walk (test, &counter_clerk, number, "grant"), ==, MADO_CASE_STATE_GRANTED);
  household = mado_household_get_of (test->store, newcomer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (household->members->len, ==, 2);
  head = g_ptr_array_index (household->members, 0);
  g_assert_cmpstr (head->id, ==, newcomer);
  g_assert_cmpstr (head->address->city_block, ==, "1-12");
  g_assert_cmpint (head->state, ==, MADO_RESIDENT_STATE_REGISTERED);
  g_assert_cmpstr (head->previous_address, ==, "静岡県沼津市大手町二丁目");
  granted = counter_read (test, &later.actor, number);
  g_assert_true (granted->has_result);
}

/* Filed without a card; the clerk looks at it, and grants what the register says. */
static char *
file_to_be_fetched (MadoTestStore *test, CounterVisit *visit)
{
  const MadoCaseStep own = { .event = MADO_CASE_EVENT_IDENTIFY, .card_number = COUNTER_CARD };
  char *number = counter_file (test, visit, "juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCase) identified = counter_step (test, &counter_clerk, number, &own, &error);

  g_assert_no_error (error);
  counter_walk (test, &counter_clerk, number, "accept review grant paid");
  return number;
}

/* Filed without a card in one's own name, and another's card laid down at the counter: not the same person. */
static void
test_identify_another (MadoTestStore *test)
{
  const MadoCaseStep other = { .event = MADO_CASE_EVENT_IDENTIFY, .card_number = "901420512591" };
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *stranger = people_add_outsider (test, "佐々木 悠斗", "1990-05-24", "901420512591", "9005");
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autoptr(MadoCase) refused = NULL;
  g_autoptr(GError) error = NULL;

  refused = counter_step (test, &counter_clerk, number, &other, &error);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "other-person");
}

/* What the register says is not for a visit at which nobody was identified, but for whose it is. */
static void
test_fetch_with_card (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = file_to_be_fetched (test, &visit);
  g_autoptr(MadoCaseDocument) hidden = NULL, given = NULL;
  g_autoptr(GError) error = NULL;

  hidden = get_result (test, &visit.actor, number, &error);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  counter_identify (test, &visit, COUNTER_CARD, "1234");
  given = get_result (test, &visit.actor, number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (given->filing->resident_id, ==, head);
}

static gboolean
try_card (MadoTestStore *test, CounterVisit *visit, const char *number, const char *pin, GError **error)
{
  g_autoptr(MadoVisit) identified = NULL;
  gpointer result = NULL;
  gboolean ok = mado_act_run (test->store, mado_visit_identify (test->store, &visit->actor, visit->visit->id, number,
                                                                pin, error), &result, error);

  identified = result;
  return ok;
}

/* Somebody else comes to the same visit with a card of their own: it is not taken, and nothing becomes theirs. Who does
 * not know its PIN does not hear why. */
static void
assert_sent_away (MadoTestStore *test, CounterVisit *visit, const char *stranger, const char *number)
{
  g_autoptr(MadoVisit) shown = NULL;
  g_autoptr(MadoCase) after = NULL;
  g_autoptr(GError) pin_error = NULL, error = NULL;

  g_assert_false (try_card (test, visit, "901420512591", "0000", &pin_error));
  g_assert_error (pin_error, MADO_ERROR, MADO_ERROR_UNAUTHENTICATED);
  g_assert_false (try_card (test, visit, "901420512591", "9005", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "other-person");
  g_clear_error (&error);
  shown = mado_visit_get (test->store, &visit->actor, visit->visit->id, &error);
  g_assert_no_error (error);
  g_assert_null (shown->resident);
  g_assert_cmpuint (shown->cases->len, ==, 1);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'visit.identified'"), ==, 0);
  after = counter_read (test, &counter_clerk, number);
  g_assert_cmpstr (after->resident_id, !=, stranger);
}

static void
test_fetch_with_another_card (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *stranger = people_add_outsider (test, "佐々木 悠斗", "1990-05-24", "901420512591", "9005");
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = file_to_be_fetched (test, &visit);
  g_autoptr(MadoCaseDocument) given = NULL;
  g_autoptr(GError) error = NULL;

  assert_sent_away (test, &visit, stranger, number);
  g_assert_null (get_result (test, &visit.actor, number, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  counter_identify (test, &visit, COUNTER_CARD, "1234");    /* whose it is still gets it */
  given = get_result (test, &visit.actor, number, &error);
  g_assert_no_error (error);
}

static void
test_prefiled_with_another_card (MadoTestStore *test)
{
  const MadoCaseStep identify = { .event = MADO_CASE_EVENT_IDENTIFY };
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *stranger = people_add_outsider (test, "佐々木 悠斗", "1990-05-24", "901420512591", "9005");
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autoptr(MadoCase) granted = NULL;
  g_autoptr(GError) error = NULL;

  assert_sent_away (test, &visit, stranger, number);
  g_assert_null (counter_step (test, &visit.actor, number, &identify, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  counter_identify (test, &visit, COUNTER_CARD, "1234");
  granted = counter_step (test, &visit.actor, number, &identify, &error);
  g_assert_no_error (error);
  g_assert_cmpint (granted->state, ==, MADO_CASE_STATE_GRANTED);
  g_assert_cmpstr (granted->resident_id, ==, head);
}

/* Half a name is enough beside the same birthday; not beside another, though every other answer be the same. */
static void
test_named_by_half (MadoTestStore *test)
{
  static const char *const people[][2] = {
    { "高崎", "1941-03-02" }, { "高崎", "1941-03-03" }, { "佐々木", "1941-03-02" }, { "・", "1941-03-03" },
  };
  g_autofree char *head = counter_add_card_holder (test);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_auto(CounterVisit) visit = counter_open (test);
    g_autoptr(JsonNode) answers = counter_parse (counter_certificate_answers);
    g_autofree char *text = NULL, *number = NULL;
    g_autoptr(GError) error = NULL;

    json_object_set_string_member (json_node_get_object (answers), "applicant.fullName", people[i][0]);
    json_object_set_string_member (json_node_get_object (answers), "applicant.dateOfBirth", people[i][1]);
    text = mado_json_canonical (answers);
    number = counter_file (test, &visit, "juminhyo", text);
    g_assert_cmpint (try_card (test, &visit, COUNTER_CARD, "1234", &error), ==, i == 0);
  }
}

static MadoCaseHolder *
look_up (MadoTestStore *test, const char *number, const MadoCaseStep *shown, GError **error)
{
  gpointer holder = NULL;

  mado_act_run (test->store, mado_case_look_up_holder (test->store, &counter_clerk, number, shown, error), &holder,
                error);
  return holder;
}

/* A driving licence: the clerk sees who the register knows by it, and what was filed can be granted. */
static void
test_identify_by_paper (MadoTestStore *test)
{
  const MadoCaseStep licence = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "driving-licence" };
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCaseHolder) holder = look_up (test, number, &licence, &error);
  g_autoptr(MadoCase) identified = NULL;

  g_assert_no_error (error);
  g_assert_true (holder->known && holder->named);
  g_assert_cmpstr (holder->full_name, ==, "髙﨑 美代子");
  g_assert_cmpstr (holder->address, ==, "神奈川県藤沢市鵠沼橘一丁目1-2");
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'resident.viewed'"
                                       " AND resident IS NOT NULL"), ==, 1);
  identified = counter_step (test, &counter_clerk, number, &licence, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (identified->identified_by, ==, "driving-licence");
  g_assert_cmpstr (identified->resident_id, ==, head);
  g_assert_cmpint (people_count (test, "SELECT COUNT(*) AS n FROM journal WHERE action = 'case.identified'"
                                       " AND detail LIKE '%\"by\":\"driving-licence\"%'"), ==, 1);
  counter_walk (test, &counter_clerk, number, "accept review grant");
}

/* They wrote 高崎, as everybody does who has no 髙﨑 on the keyboard: the register knows them all the same. */
static void
test_identify_by_common_form (MadoTestStore *test)
{
  const MadoCaseStep licence = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "driving-licence" };
  static const char answers[] = "{\"applicant.fullName\":\"高崎　美代子\",\"applicant.dateOfBirth\":\"1941-03-02\","
                                "\"currentAddress.streetAddress\":\"鵠沼橘一丁目\",\"currentAddress.cityBlock\":\"1-2\","
                                "\"certificate.scope\":\"all\",\"certificate.include\":[\"relationship\"],"
                                "\"certificate.copies\":2}";
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCaseHolder) holder = look_up (test, number, &licence, &error);
  g_autoptr(MadoCase) identified = NULL;

  g_assert_no_error (error);
  g_assert_true (holder->known && holder->named);
  g_assert_cmpstr (holder->full_name, ==, "髙﨑 美代子");
  identified = counter_step (test, &counter_clerk, number, &licence, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (identified->resident_id, ==, head);
}

static void
assert_not_identified (MadoTestStore *test, const char *number, const MadoCaseStep *step, int code, const char *why)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCase) refused = counter_step (test, &counter_clerk, number, step, &error);
  g_autoptr(MadoCase) after = counter_read (test, &counter_clerk, number);

  g_assert_null (refused);
  g_assert_error (error, MADO_ERROR, code);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, why);
  g_assert_cmpint (after->state, ==, MADO_CASE_STATE_PREFILED);
}

/* Not by nothing, nor by any paper; and what could never be granted is refused before the clerk begins. */
static void
test_identify_by_nothing (MadoTestStore *test)
{
  const MadoCaseStep nothing = { .event = MADO_CASE_EVENT_IDENTIFY };
  const MadoCaseStep pass = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "bus-pass" };
  const MadoCaseStep card = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "card" };
  const MadoCaseStep passport = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "passport" };
  const MadoCaseStep both = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "passport", .card_number = COUNTER_CARD };
  g_auto(CounterVisit) visit = counter_open (test), other = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autofree char *moving = counter_file (test, &other, "tennyu", counter_move_in_answers);
  g_autoptr(MadoCaseHolder) holder = NULL;
  g_autoptr(MadoCase) moved = NULL;
  g_autoptr(GError) error = NULL;

  assert_not_identified (test, number, &nothing, MADO_ERROR_INVALID, "required");
  assert_not_identified (test, number, &pass, MADO_ERROR_INVALID, "unknown");
  assert_not_identified (test, number, &both, MADO_ERROR_INVALID, "twice");
  assert_not_identified (test, number, &card, MADO_ERROR_INVALID, "unknown");
  assert_not_identified (test, number, &passport, MADO_ERROR_CONFLICT, "not-registered");
  holder = look_up (test, moving, &passport, &error);
  g_assert_no_error (error);
  g_assert_false (holder->known);
  moved = counter_step (test, &counter_clerk, moving, &passport, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (moved->identified_by, ==, "passport");
  g_assert_null (moved->resident_id);
}

static gint
count_looks (MadoTestStore *test, const char *action)
{
  g_autofree char *query = g_strdup_printf ("SELECT COUNT(*) AS n FROM journal WHERE action = '%s'", action);

  return people_count (test, query);
}

/* The look is for the case at hand: it does not open the register to whoever has a number, or tries some. */
static void
test_look_up_a_stranger (MadoTestStore *test)
{
  const MadoCaseStep card = { .event = MADO_CASE_EVENT_IDENTIFY, .card_number = COUNTER_CARD };
  const MadoCaseStep unknown = { .event = MADO_CASE_EVENT_IDENTIFY, .card_number = "901420512591" };
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test), other = counter_open (test);
  g_autofree char *moving = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autofree char *number = file_to_be_fetched (test, &other);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCaseHolder) stranger = look_up (test, moving, &card, &error);

  g_assert_no_error (error);
  g_assert_true (stranger->known);
  g_assert_false (stranger->named);
  g_assert_null (stranger->full_name);
  g_assert_null (stranger->date_of_birth);
  g_assert_null (stranger->address);
  g_assert_cmpint (count_looks (test, "resident.viewed"), ==, 0);
  g_assert_cmpint (count_looks (test, "resident.sought"), ==, 1);
  g_assert_null (look_up (test, moving, &unknown, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpint (count_looks (test, "resident.sought"), ==, 2);
  g_clear_error (&error);

  g_assert_null (look_up (test, number, &card, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_cmpint (count_looks (test, "resident.viewed"), ==, 0);
}

/* Two of one name and birthday: nobody guesses which. */
static void
test_identify_a_namesake (MadoTestStore *test)
{
  const MadoCaseStep passport = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "passport" };
  g_autofree char *one = counter_add_card_holder (test), *other = people_add_household (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;

  g_assert_null (look_up (test, number, &passport, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* Who is named in another's name is not named; who is, however it was spaced, is. */
static void
test_named_members (MadoTestStore *test)
{
  const MadoCaseStep identify = { .event = MADO_CASE_EVENT_IDENTIFY, .card_number = COUNTER_CARD };
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "juminhyo",
                                          "{\"applicant.fullName\":\"髙﨑 美代子\",\"applicant.dateOfBirth\":\"1941-03-02\","
                                          "\"currentAddress.streetAddress\":\"鵠沼橘一丁目\","
                                          "\"currentAddress.cityBlock\":\"1-2\",\"certificate.scope\":\"some\","
                                          "\"certificate.memberNames\":\"小髙﨑 美代子\\n髙﨑　𠮷 郎\","
                                          "\"certificate.include\":[],\"certificate.copies\":1}");
  g_autoptr(MadoCase) identified = NULL;
  g_autoptr(MadoCaseDocument) result = NULL;
  g_autoptr(MadoCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;

  identified = counter_step (test, &counter_clerk, number, &identify, &error);
  g_assert_no_error (error);
  counter_walk (test, &counter_clerk, number, "accept review grant paid");
  result = get_result (test, &counter_clerk, number, &error);
  g_assert_no_error (error);
  certificate = mado_record_from_json (MADO_TYPE_CERTIFICATE, result->facts, MADO_JSON_PRIVATE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (certificate->people->len, ==, 1);
  g_assert_cmpstr (((MadoCertificatePerson *) certificate->people->pdata[0])->full_name, ==, "髙﨑 𠮷郎");
}

/* The spouse's card, too, is that of the person now in the register. */
static void
test_move_in_keeps_cards (MadoTestStore *test)
{
  g_autofree char *spouse = people_add_outsider (test, "佐々木　莉子", "1992-12-08", "901420512963", "9212");
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoHousehold) household = NULL;

  counter_walk (test, &counter_clerk, number, "identify accept review grant");
  household = mado_household_get_of (test->store, spouse, NULL);
  g_assert_cmpuint (household->members->len, ==, 2);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM residents"), ==, 2);
}

/* Nobody is in the register twice. */
static void
test_move_in_twice (MadoTestStore *test)
{
  g_auto(CounterVisit) first = counter_open (test), second = counter_open (test);
  g_autofree char *one = counter_file (test, &first, "tennyu", counter_move_in_answers);
  g_autofree char *two = counter_file (test, &second, "tennyu", counter_move_in_answers);
  const MadoCaseStep grant = { .event = MADO_CASE_EVENT_GRANT };
  g_autoptr(GError) error = NULL;

  counter_walk (test, &counter_clerk, one, "identify accept review grant");
  counter_walk (test, &counter_clerk, two, "identify accept review");
  g_assert_null (counter_step (test, &counter_clerk, two, &grant, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM residents"), ==, 2);
}

/* Nobody of those who join a household is its head. */
static void
join_household (JsonObject *answers, const char *head)
{
  JsonArray *members = json_object_get_array_member (answers, "household.members");

  json_object_set_string_member (answers, "move.joins", "existing");
  json_object_set_string_member (answers, "move.joinsHead", head);
  json_object_set_boolean_member (answers, "move.includesApplicant", TRUE);
  for (guint i = 0; i < json_array_get_length (members); i++)
    json_object_set_string_member (json_array_get_object_element (members, i), "relationship", "child");
}

/* To the family that lives here already: by the head's name, as people write it, and the address. */
static void
test_move_in_joins (MadoTestStore *test)
{
  g_autofree char *head = people_add_household (test);
  g_autoptr(JsonNode) answers = counter_parse (counter_move_in_answers);
  JsonObject *object = json_node_get_object (answers);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *text = NULL, *number = NULL;
  g_autoptr(MadoHousehold) household = NULL;

  join_household (object, "高崎美代子");
  json_object_set_string_member (object, "newAddress.streetAddress", "鵠沼橘一丁目");
  json_object_set_string_member (object, "newAddress.cityBlock", "１－２");
  text = mado_json_canonical (answers);
  number = counter_file (test, &visit, "tennyu", text);
  counter_walk (test, &counter_clerk, number, "identify accept review grant");
  household = mado_household_get_of (test->store, head, NULL);
  g_assert_cmpuint (household->members->len, ==, 5);
  g_assert_cmpstr (household->head_id, ==, head);
  g_assert_cmpstr (((MadoResident *) household->members->pdata[4])->address->city_block, ==, "1-2");
}

static void
test_move_in_joins_nobody (MadoTestStore *test)
{
  g_autoptr(JsonNode) answers = counter_parse (counter_move_in_answers);
  JsonObject *object = json_node_get_object (answers);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *text = NULL, *number = NULL;
  const MadoCaseStep grant = { .event = MADO_CASE_EVENT_GRANT };
  g_autoptr(GError) error = NULL;

  join_household (object, "だれか");
  text = mado_json_canonical (answers);
  number = counter_file (test, &visit, "tennyu", text);
  counter_walk (test, &counter_clerk, number, "identify accept review");
  g_assert_null (counter_step (test, &counter_clerk, number, &grant, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* A clerk who knows them by sight: no card at all. */
static void
test_move_in_without_card (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoCase) after = NULL;
  g_autoptr(MadoHousehold) household = NULL;

  counter_walk (test, &counter_clerk, number, "identify accept review grant");
  after = counter_read (test, &counter_clerk, number);
  g_assert_nonnull (after->resident_id);
  g_assert_cmpstr (after->identified_by, ==, "passport");
  household = mado_household_get_of (test->store, after->resident_id, NULL);
  g_assert_cmpuint (household->members->len, ==, 2);
}

/* Two clerks at one case: the second is told that it has changed. */
static void
test_stale (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  const MadoCaseStep identify = { .event = MADO_CASE_EVENT_IDENTIFY, .paper = "passport" };
  g_autoptr(MadoAct) first = NULL, second = NULL;
  g_autoptr(GError) error = NULL;

  first = mado_case_transition (test->store, counter_get_catalogue (), &counter_clerk, number, 1, &identify, &error);
  second = mado_case_transition (test->store, counter_get_catalogue (), &counter_supervisor, number, 1, &identify,
                                 &error);
  g_assert_no_error (error);
  g_assert_true (mado_store_write (test->store, mado_act_apply, first, &error));
  g_assert_false (mado_store_write (test->store, mado_act_apply, second, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STALE);
  g_clear_error (&error);
  g_assert_null (mado_case_transition (test->store, counter_get_catalogue (), &counter_clerk, number, 1, &identify,
                                       &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_STALE);
}

static void
test_undo (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  const MadoCaseStep undo = { .event = MADO_CASE_EVENT_UNDO };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (counter_walk (test, &counter_clerk, number, "identify accept undo"), ==,
                   MADO_CASE_STATE_SUBMITTED);
  g_assert_cmpint (counter_walk (test, &counter_clerk, number, "accept review undo"), ==, MADO_CASE_STATE_ACCEPTED);
  counter_walk (test, &counter_clerk, number, "review grant");
  g_assert_null (counter_step (test, &counter_clerk, number, &undo, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (counter_step (test, &counter_supervisor, number, &undo, &error));   /* they are in the register */
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

static void
test_refuse (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) answers = counter_parse (counter_move_in_answers);
  g_autofree char *text = NULL, *number = NULL;
  const MadoCaseStep silent = { .event = MADO_CASE_EVENT_REFUSE, .message = " \n" };
  const MadoCaseStep refuse = { .event = MADO_CASE_EVENT_REFUSE, .message = "まだ引っ越していません。" };
  g_autoptr(MadoCaseDocument) letter = NULL;
  g_autoptr(MadoDecision) decision = NULL;
  g_autoptr(MadoCase) after = NULL;
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (json_node_get_object (answers), "newAddress.buildingNameEtc", "辻堂ハイツ 201");
  text = json_to_string (answers, FALSE);
  number = counter_file (test, &visit, "tennyu", text);
  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  counter_walk (test, &counter_clerk, number, "identify accept review");
  g_assert_null (counter_step (test, &counter_clerk, number, &silent, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_clear_error (&error);
  after = counter_step (test, &counter_clerk, number, &refuse, &error);
  g_assert_no_error (error);
  letter = get_result (test, &visit.actor, number, &error);
  g_assert_no_error (error);
  decision = mado_record_from_json (MADO_TYPE_DECISION, letter->facts, MADO_JSON_PRIVATE, &error);
  g_assert_no_error (error);
  g_assert_false (decision->granted);
  g_assert_cmpstr (decision->message, ==, "まだ引っ越していません。");
  g_assert_cmpstr (decision->recipient, ==, "佐々木 悠斗");
  g_assert_cmpstr (decision->recipient_address, ==, "神奈川県藤沢市湘南台二丁目1-1\u3000辻堂ハイツ 201");
  g_assert_cmpuint (after->messages->len, ==, 1);
  g_assert_cmpint (counter_walk (test, &counter_supervisor, number, "undo"), ==, MADO_CASE_STATE_IN_REVIEW);
  g_assert_null (get_result (test, &visit.actor, number, &error));
  g_clear_object (&after);
  after = counter_read (test, &visit.actor, number);
  g_assert_cmpuint (after->messages->len, ==, 0);    /* the words were taken back with it */
}

static int
open_day (int day)
{
  return mado_catalogue_get_open_day (counter_get_catalogue (), day);
}

/* Seven days from then end on a Saturday that two holidays follow: 2027-05-01, 憲法記念日 … こどもの日 after Sunday. */
static void
test_closed (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = { NULL };
  g_autofree char *number = NULL;
  g_autoptr(MadoCase) filed = NULL;
  MadoProcedure *procedure = mado_catalogue_get_procedure (counter_get_catalogue (), "tennyu", 0);
  int days = (int) mado_procedure_get_decision_days (procedure);

  mado_clock_freeze ((gint64) (mado_date_parse ("2027-05-01") - days) * DAY + DAY / 4);
  visit = counter_open (test);
  number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  counter_walk (test, &counter_clerk, number, "identify");
  filed = counter_read (test, &counter_clerk, number);
  mado_clock_thaw ();
  g_assert_cmpstr (filed->due_date, ==, "2027-05-06");
}

/* A question stops the office's clock; the answer lets it go on. */
static void
test_clock (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  const MadoCaseStep ask = { .event = MADO_CASE_EVENT_RETURN, .message = "?" };
  g_autoptr(JsonNode) answers = counter_parse (counter_move_in_answers);
  const MadoCaseStep correct = { .event = MADO_CASE_EVENT_CORRECT, .answers = answers };
  g_autoptr(MadoCase) review = NULL, asked = NULL, resumed = NULL;
  int start = mado_date_today (), left;

  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  mado_clock_freeze (mado_clock_now ());
  counter_walk (test, &counter_clerk, number, "identify accept review");
  review = counter_read (test, &counter_clerk, number);
  left = mado_date_parse (review->due_date) - start;
  asked = counter_step (test, &counter_clerk, number, &ask, NULL);
  mado_clock_advance (5 * DAY);
  resumed = counter_step (test, &visit.actor, number, &correct, NULL);
  mado_clock_thaw ();
  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (asked->days_left, ==, left);
  g_assert_cmpint (mado_date_parse (asked->due_date), ==, open_day (start + 14));
  g_assert_cmpint (mado_date_parse (resumed->due_date), ==, open_day (start + 5 + left));
  g_assert_cmpint (resumed->days_left, ==, 0);
}

static void
test_list (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autofree char *next = NULL, *end = NULL;
  g_autoptr(GPtrArray) first = NULL, second = NULL, mine = NULL, granted = NULL;
  MadoCaseQuery query = { .limit = 2 };
  g_autoptr(GError) error = NULL;
  MadoActor resident = { "resident", NULL, NULL, MADO_ROLE_RESIDENT };

  for (guint i = 0; i < 3; i++) {
    g_auto(CounterVisit) visit = counter_open (test);
    g_autofree char *number = NULL;

    if (i == 1)
      counter_identify (test, &visit, COUNTER_CARD, "1234");
    number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  }
  first = mado_case_list (test->store, counter_get_catalogue (), &counter_clerk, &query, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 2);
  query.cursor = next;
  second = mado_case_list (test->store, counter_get_catalogue (), &counter_clerk, &query, &end, &error);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_null (end);
  query = (MadoCaseQuery) { .state = "granted" };
  granted = mado_case_list (test->store, counter_get_catalogue (), &counter_clerk, &query, NULL, &error);
  g_assert_cmpuint (granted->len, ==, 1);
  resident.id = head;
  query = (MadoCaseQuery) { NULL };
  mine = mado_case_list (test->store, counter_get_catalogue (), &resident, &query, NULL, &error);
  g_assert_cmpuint (mine->len, ==, 1);
  query.state = "eaten";
  g_assert_null (mado_case_list (test->store, counter_get_catalogue (), &counter_clerk, &query, NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
}

/* A clerk's look is told to the resident; their own is not. */
static void
test_looks (MadoTestStore *test)
{
  const MadoActor auditor = { "staff", "a", NULL, MADO_ROLE_AUDITOR };
  g_autofree char *head = counter_add_card_holder (test), *number = NULL;
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoCase) own = NULL, clerks = NULL, audited = NULL;
  const char *looks = "SELECT count(*) AS n FROM journal WHERE action = 'case.viewed' AND resident IS NOT NULL";

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  own = counter_read (test, &visit.actor, number);
  g_assert_cmpint (people_count (test, looks), ==, 0);
  clerks = counter_read (test, &counter_clerk, number);
  g_assert_nonnull (clerks->answers);
  g_assert_cmpint (people_count (test, looks), ==, 1);
  audited = counter_read (test, &auditor, number);
  g_assert_null (audited->answers);
  g_assert_null (audited->resident_id);
}

static void
test_nothing_personal_in_journal (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test), *number = NULL;
  g_auto(CounterVisit) visit = counter_open (test);

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  number = counter_file (test, &visit, "juminhyo", counter_certificate_answers);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE detail LIKE '%髙%' OR detail LIKE"
                                 " '%1941%' OR subject LIKE '%髙%'"), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'case.submitted'"), ==, 1);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'case.granted'"), ==, 1);
}

/* A move and a certificate, in the name of 佐々木 悠斗. */
static MadoReceipt *
file_two (MadoTestStore *test, CounterVisit *visit)
{
  g_autofree char *text = g_strdup_printf (
    "{\"procedures\":[{\"id\":\"tennyu\",\"revision\":2},{\"id\":\"juminhyo\",\"revision\":2}],"
    "\"answers\":{"
    "\"currentAddress.streetAddress\":\"鵠沼橘一丁目\",\"currentAddress.cityBlock\":\"1-2\","
    "\"certificate.scope\":\"all\",\"certificate.include\":[\"relationship\"],\"certificate.copies\":2,%s}",
    counter_move_in_answers + 1);
  g_autoptr(JsonNode) filing = counter_parse (text);
  g_autoptr(GError) error = NULL;
  MadoReceipt *receipt = counter_submit (test, visit, filing, &error);

  g_assert_no_error (error);
  return receipt;
}

/* A clerk has given one of two to somebody of the same name: neither list nor record tells the other of it. */
static void
test_others_are_left_out (MadoTestStore *test)
{
  g_autofree char *newcomer = add_newcomer (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoReceipt) receipt = file_two (test, &visit);
  const char *own = ((MadoCase *) receipt->cases->pdata[0])->number;
  const char *others = ((MadoCase *) receipt->cases->pdata[1])->number;
  g_autofree char *give = g_strdup_printf ("UPDATE cases SET resident_id = '01NAMESAKE' WHERE number = '%s'", others);
  g_autoptr(MadoVisit) shown = NULL;
  g_autoptr(MadoCaseDocument) record = NULL;
  g_autoptr(GError) error = NULL;

  counter_identify (test, &visit, "901420512591", "9005");
  counter_walk (test, &visit.actor, own, "identify");
  mado_test_store_tamper (test, give);
  shown = mado_visit_get (test->store, &visit.actor, visit.visit->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shown->cases->len, ==, 1);
  g_assert_cmpstr (((MadoCase *) shown->cases->pdata[0])->number, ==, own);
  g_assert_null (((MadoCase *) shown->cases->pdata[0])->resident_id);
  record = mado_case_get_document (test->store, counter_get_catalogue (), &visit.actor, own, "record", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->receipt->cases->len, ==, 1);
}

/* What was filed together is on one record, in the order it was filed in. */
static void
test_record_of_all (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(MadoReceipt) receipt = file_two (test, &visit);
  g_autoptr(MadoCaseDocument) record = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *second = NULL;

  second = g_strdup (((MadoCase *) receipt->cases->pdata[1])->number);
  record = mado_case_get_document (test->store, counter_get_catalogue (), &visit.actor, second, "record", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->receipt->number, ==, visit.visit->number);
  g_assert_cmpuint (record->receipt->cases->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const MadoCase *filed = record->receipt->cases->pdata[i], *told = receipt->cases->pdata[i];

    g_assert_cmpstr (filed->number, ==, told->number);
    g_assert_nonnull (filed->title);
    g_assert_nonnull (filed->next_step);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/cases/certificate", test_certificate);
  mado_test_store_add ("/cases/named-members", test_named_members);
  mado_test_store_add ("/cases/prefiled-lapses", test_prefiled_lapses);
  mado_test_store_add ("/cases/prefiled-then-card", test_prefiled_then_card);
  mado_test_store_add ("/cases/prefiled-not-mine", test_prefiled_not_mine);
  mado_test_store_add ("/cases/identify-another", test_identify_another);
  mado_test_store_add ("/cases/fetch-with-card", test_fetch_with_card);
  mado_test_store_add ("/cases/fetch-with-another-card", test_fetch_with_another_card);
  mado_test_store_add ("/cases/prefiled-with-another-card", test_prefiled_with_another_card);
  mado_test_store_add ("/cases/named-by-half", test_named_by_half);
  mado_test_store_add ("/cases/identify-by-paper", test_identify_by_paper);
  mado_test_store_add ("/cases/identify-by-common-form", test_identify_by_common_form);
  mado_test_store_add ("/cases/identify-by-nothing", test_identify_by_nothing);
  mado_test_store_add ("/cases/look-up-a-stranger", test_look_up_a_stranger);
  mado_test_store_add ("/cases/identify-a-namesake", test_identify_a_namesake);
  mado_test_store_add ("/cases/move-in", test_move_in);
  mado_test_store_add ("/cases/move-in-without-card", test_move_in_without_card);
  mado_test_store_add ("/cases/move-in-keeps-cards", test_move_in_keeps_cards);
  mado_test_store_add ("/cases/move-in-twice", test_move_in_twice);
  mado_test_store_add ("/cases/move-in-joins", test_move_in_joins);
  mado_test_store_add ("/cases/move-in-joins-nobody", test_move_in_joins_nobody);
  mado_test_store_add ("/cases/stale", test_stale);
  mado_test_store_add ("/cases/undo", test_undo);
  mado_test_store_add ("/cases/refuse", test_refuse);
  mado_test_store_add ("/cases/clock", test_clock);
  mado_test_store_add ("/cases/closed", test_closed);
  mado_test_store_add ("/cases/list", test_list);
  mado_test_store_add ("/cases/looks", test_looks);
  mado_test_store_add ("/cases/nothing-personal-in-journal", test_nothing_personal_in_journal);
  mado_test_store_add ("/cases/others-are-left-out", test_others_are_left_out);
  mado_test_store_add ("/cases/record-of-all", test_record_of_all);
  return g_test_run ();
}
