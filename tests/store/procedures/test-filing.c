/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include "core/mado-json.h"
#include "core/mado-language.h"
#include "procedures/mado-revisions.h"

#include <string.h>

static gboolean
has_violation (const GError *error, const char *pointer, const char *code)
{
  for (guint i = 0; i < mado_error_get_n_violations (error); i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);

    if (g_str_equal (violation->pointer, pointer) && (!code || g_str_equal (violation->code, code)))
      return TRUE;
  }
  return FALSE;
}

static void
test_mistakes_are_named (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_new_filing ("juminhyo",
                                                   "{\"applicant.fullName\":\"\",\"applicant.dateOfBirth\":"
                                                   "\"1941-02-30\",\"certificate.scope\":\"everybody\","
                                                   "\"certificate.copies\":1,\"favourite.colour\":\"blue\"}");
  g_autoptr(GError) error = NULL;

  g_assert_null (counter_submit (test, &visit, filing, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_true (has_violation (error, "/answers/applicant.fullName", "required"));
  g_assert_true (has_violation (error, "/answers/applicant.dateOfBirth", NULL));
  g_assert_true (has_violation (error, "/answers/certificate.scope", NULL));
  g_assert_true (has_violation (error, "/answers/favourite.colour", "unknown"));
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM cases"), ==, 0);
}

static void
test_shape (MadoTestStore *test)
{
  const char *const bad[] = {
    "[]", "{}", "{\"procedures\":[],\"answers\":{}}", "{\"procedures\":[{\"id\":\"juminhyo\"}],\"answers\":{}}",
    "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":[]}",
    "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{},\"more\":1}",
    "{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2},{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{}}",
  };
  g_auto(CounterVisit) visit = counter_open (test);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr(JsonNode) filing = counter_parse (bad[i]);
    g_autoptr(GError) error = NULL;

    g_assert_null (counter_submit (test, &visit, filing, &error));
    g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  }
}

static void
test_unknown_revision (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_parse ("{\"procedures\":[{\"id\":\"juminhyo\",\"revision\":999}],"
                                              "\"answers\":{}}");
  g_autoptr(GError) error = NULL;

  g_assert_null (counter_submit (test, &visit, filing, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_assert_true (has_violation (error, "/procedures/0", "revision"));
}

static void
test_unknown_procedure (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_parse ("{\"procedures\":[{\"id\":\"no-such\",\"revision\":1}],\"answers\":{}}");
  g_autoptr(GError) error = NULL;

  g_assert_null (counter_submit (test, &visit, filing, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_assert_true (has_violation (error, "/procedures/0", "unknown"));
}

/* One visit files once, however often it is sent; the answer to the first can be read again. */
static void
test_once (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_new_filing ("tennyu", counter_move_in_answers);
  g_autoptr(MadoAct) first = NULL, second = NULL;
  g_autoptr(GPtrArray) cases = NULL;
  g_autoptr(MadoVisit) after = NULL;
  MadoCaseQuery query = { NULL };
  g_autoptr(GError) error = NULL;

  first = mado_visit_submit (test->store, counter_get_catalogue (), &visit.actor, visit.visit->id, filing, &error);
  second = mado_visit_submit (test->store, counter_get_catalogue (), &visit.actor, visit.visit->id, filing, &error);
  g_assert_no_error (error);
  g_assert_true (mado_store_write (test->store, mado_act_apply, first, &error));
  g_assert_false (mado_store_write (test->store, mado_act_apply, second, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (counter_submit (test, &visit, filing, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_EXISTS);
  cases = mado_case_list (test->store, counter_get_catalogue (), &visit.actor, &query, NULL, NULL);
  g_assert_cmpuint (cases->len, ==, 1);
  after = mado_visit_get (test->store, &visit.actor, visit.visit->id, NULL);
  g_assert_cmpint (after->state, ==, MADO_VISIT_STATE_FILED);
  g_assert_cmpuint (after->cases->len, ==, 1);
}

/* Identified in between by another request: what was prepared for nobody is not filed for somebody. */
static void
test_identified_meanwhile (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_new_filing ("juminhyo", counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoAct) act = NULL;

  act = mado_visit_submit (test->store, counter_get_catalogue (), &visit.actor, visit.visit->id, filing, &error);
  g_assert_no_error (error);
  counter_identify (test, &visit, COUNTER_CARD, "1234");
  g_assert_false (mado_store_write (test->store, mado_act_apply, act, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* What is only told of cannot be filed, and the refusal says so. */
static void
test_told (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) filing = counter_new_filing ("inu-toroku", "{}");
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoAct) act = NULL;

  act = mado_visit_submit (test->store, counter_get_catalogue (), &visit.actor, visit.visit->id, filing, &error);
  g_assert_null (act);
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "no-form");
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/procedures/0");
}

/* The form's revision is frozen with its digest. */
static void
test_frozen (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoCase) filed = counter_read (test, &visit.actor, number);
  MadoForm *form = mado_catalogue_get_form (counter_get_catalogue (), filed->form, filed->form_revision);

  g_assert_cmpstr (filed->form_digest, ==, form->digest);
  g_assert_cmpuint (strlen (filed->form_digest), ==, 64);
}

static JsonNode *
new_box (const char *format, ...) G_GNUC_PRINTF (1, 2);

static JsonNode *
new_box (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return counter_parse (text);
}

static MadoReceipt *
send_box_to (MadoTestStore *test, MadoCatalogue *catalogue, JsonNode *content, GError **error)
{
  g_autoptr(MadoKey) secret = mado_store_get_city_key (test->store, "sealed-filings");
  g_autofree char *text = mado_json_canonical (content);
  g_autoptr(GBytes) box = NULL;
  guint8 public_key[32];
  gpointer receipt = NULL;

  mado_box_public_key (secret, public_key);
  box = mado_box_seal (public_key, text, strlen (text));
  mado_act_run (test->store, mado_offline_file (test->store, catalogue, &counter_kiosk, public_key, secret, box,
                                                error), &receipt, error);
  return receipt;
}

static MadoReceipt *
send_box (MadoTestStore *test, JsonNode *content, GError **error)
{
  return send_box_to (test, counter_get_catalogue (), content, error);
}

#define RESERVED "01JD0000000000000000000001"

static MadoCase *
first_case (MadoReceipt *receipt)
{
  return g_ptr_array_index (receipt->cases, 0);
}

static const char *
last_message (const MadoCase *filed)
{
  return ((MadoCaseMessage *) filed->messages->pdata[filed->messages->len - 1])->text;
}

/* Begun and filed without a line: once, however often the kiosk sends it. */
static void
test_kept (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":%s}",
                                     counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) first = send_box (test, box, &error), again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (first_case (first)->state, ==, MADO_CASE_STATE_GRANTED);
  g_assert_cmpstr (first_case (first)->resident_id, ==, head);
  again = send_box (test, box, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->number, ==, first->number);
  g_assert_cmpstr (first_case (again)->number, ==, first_case (first)->number);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM cases"), ==, 1);
}

/* The shipped catalogue was published, and then this one: the same, but a revision later. */
static MadoCatalogue *
publish_next (MadoTestStore *test)
{
  g_autofree char *root = g_dir_make_tmp ("mado-filing-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("cp -r '%s' '%s/forms'", MADO_TEST_CATALOGUE, root);
  g_autofree char *folder = g_build_filename (root, "forms", NULL);
  g_autofree char *raise = g_strdup_printf ("sed -i 's/\"revision\": 2/\"revision\": 3/' '%s/%s'", folder,
                                            "procedures/certificate/juminhyo.json");
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", root);
  g_autoptr(MadoCatalogue) first = mado_catalogue_load (MADO_TEST_CATALOGUE, NULL);
  g_autoptr(MadoCatalogue) next = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (mado_catalogue_publish (first, test->store, NULL));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_assert_true (g_spawn_command_line_sync (raise, NULL, NULL, NULL, NULL));
  next = mado_catalogue_load (folder, &error);
  g_assert_no_error (error);
  g_assert_true (mado_catalogue_publish (next, test->store, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL));
  return g_steal_pointer (&next);
}

/* What it read is taken if it began before the next revision; if after, it comes back, and asks to be read again. */
static void
test_kept_of_an_earlier_revision (MadoTestStore *test)
{
  static const struct { const char *id; MadoCaseState state; gint64 revision; } kept[] = {
    { RESERVED, MADO_CASE_STATE_GRANTED, 2 },
    { "7ZZZZZZZZZ0000000000000001", MADO_CASE_STATE_RETURNED, 3 },   /* a fast clock: it begins when we hear of it */
  };
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(MadoCatalogue) catalogue = publish_next (test);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
    g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"%s\",\"identification\":"
                                       "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"},\"procedures\":"
                                       "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":%s}", kept[i].id,
                                       counter_certificate_answers);
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoReceipt) receipt = send_box_to (test, catalogue, box, &error);

    g_assert_no_error (error);
    g_assert_cmpint (first_case (receipt)->state, ==, kept[i].state);
    g_assert_cmpint (first_case (receipt)->revision, ==, kept[i].revision);
  }
}

/* The line went in mid-visit: the number that was told stays true, even after the visit has expired. */
static void
test_kept_with_number (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"procedures\":"
                                     "[{\"id\":\"tennyu\",\"revision\":2}],\"answers\":%s}", visit.visit->number,
                                     counter_move_in_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = NULL;

  mado_act_run (test->store, mado_visit_end (test->store, &counter_kiosk, visit.visit->id, &error), NULL, &error);
  g_assert_no_error (error);
  receipt = send_box (test, box, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->number, ==, visit.visit->number);
  g_assert_cmpint (first_case (receipt)->state, ==, MADO_CASE_STATE_PREFILED);
}

/* Filed just before the line went, but the answer was lost. */
static void
test_kept_but_filed (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"procedures\":"
                                     "[{\"id\":\"tennyu\",\"revision\":2}],\"answers\":%s}", visit.visit->number,
                                     counter_move_in_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first_case (receipt)->number, ==, number);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM cases"), ==, 1);
}

/* Something else of a visit that has filed: once beside it, and never begun. */
static void
test_kept_beside_filed (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test), later = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":%s}",
                                     visit.visit->number, counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) first = send_box (test, box, &error), again = send_box (test, box, &error);
  g_autoptr(MadoCase) filed = NULL, beside = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (first_case (first)->number, !=, number);
  g_assert_cmpstr (first_case (first)->number, ==, first_case (again)->number);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM cases"), ==, 2);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'case.returned'"), ==, 1);
  filed = counter_read (test, &counter_clerk, number);
  g_assert_cmpint (filed->state, ==, MADO_CASE_STATE_PREFILED);
  counter_identify (test, &later, COUNTER_CARD, "1234");
  beside = counter_read (test, &later.actor, first_case (first)->number);
  g_assert_cmpint (beside->state, ==, MADO_CASE_STATE_RETURNED);
  g_assert_true (json_object_has_member (json_node_get_object (beside->answers), "certificate.copies"));
  g_assert_nonnull (strstr (last_message (beside), visit.visit->number));
}

/* What cannot be accepted comes back in words, and can be corrected by its owner. */
static void
test_kept_but_refused (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":{\"certificate.copies\":99}}");
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(JsonNode) answers = counter_parse (counter_certificate_answers);
  const MadoCaseStep correct = { .event = MADO_CASE_EVENT_CORRECT, .answers = answers };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);
  g_autoptr(MadoCase) returned = NULL, corrected = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (first_case (receipt)->state, ==, MADO_CASE_STATE_RETURNED);
  counter_identify (test, &visit, COUNTER_CARD, "1234");
  returned = counter_read (test, &visit.actor, first_case (receipt)->number);
  g_assert_cmpuint (returned->messages->len, ==, 1);
  g_assert_nonnull (strstr (((MadoCaseMessage *) returned->messages->pdata[0])->text, "お預かり"));
  corrected = counter_step (test, &visit.actor, returned->number, &correct, &error);
  g_assert_no_error (error);
  g_assert_cmpint (corrected->state, ==, MADO_CASE_STATE_IN_REVIEW);
}

/* Whatever the kiosk's own requests speak, its visit reads one language. */
static void
test_kept_language (MadoTestStore *test)
{
  static const struct { const char *id, *language, *foreign; } visits[] = {
    { "01JD0000000000000000000001", "ja", "[A-Za-z]{3}" }, { "01JD0000000000000000000002", "en", "[ぁ-ん]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (visits); i++) {
    g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"%s\",\"language\":\"%s\","
                                       "\"procedures\":[{\"id\":\"juminhyo\",\"revision\":2}],"
                                       "\"answers\":{\"certificate.copies\":99}}", visits[i].id, visits[i].language);
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoReceipt) receipt = NULL;
    g_autoptr(MadoCase) returned = NULL;

    mado_language_speak (mado_language_find (visits[1 - i].language));
    receipt = send_box (test, box, &error);
    g_assert_no_error (error);
    returned = counter_read (test, &counter_clerk, first_case (receipt)->number);
    g_assert_cmpstr (returned->language, ==, visits[i].language);
    g_assert_nonnull (strstr (last_message (returned), "\n・"));
    g_assert_false (g_regex_match_simple (visits[i].foreign, last_message (returned), 0, 0));
  }
}

/* Read at the kiosk, and no longer in the catalogue when the line came back. */
static void
test_kept_but_gone (MadoTestStore *test)
{
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"procedures\":"
                                     "[{\"id\":\"tennyu\",\"revision\":2},{\"id\":\"abolished\",\"revision\":3},"
                                     "{\"id\":\"inu-toroku\",\"revision\":1},{\"id\":\"tennyu\",\"revision\":2}],"
                                     "\"answers\":%s}", counter_move_in_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->cases->len, ==, 3);
  for (guint i = 0; i < receipt->cases->len; i++) {
    MadoCase *one = receipt->cases->pdata[i];
    g_autoptr(MadoCase) kept = counter_read (test, &counter_clerk, one->number);

    g_assert_cmpint (kept->state, ==, MADO_CASE_STATE_RETURNED);
    g_assert_cmpuint (kept->messages->len, ==, 1);
    g_assert_nonnull (strstr (last_message (kept), "係員にお聞き"));
    g_assert_null (strstr (last_message (kept), "GET"));
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (kept->answers), "applicant.fullName"), ==,
                     "佐々木 悠斗");
  }
}

/* Whoever reads it knows which question, what became of the card, and what to do. */
static void
test_kept_reasons (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"9999\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":"
                                     "{\"certificate.copies\":99,\"favourite.colour\":\"blue\"}}");
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);
  g_autoptr(MadoCase) returned = NULL;
  const char *said;

  g_assert_no_error (error);
  returned = counter_read (test, &counter_clerk, first_case (receipt)->number);
  said = last_message (returned);
  g_assert_true (g_regex_match_simple ("\n・[^:]*通[^:]*: ", said, 0, 0));
  g_assert_nonnull (strstr (said, "今はおたずねしていない"));
  g_assert_nonnull (strstr (said, "暗証番号"));
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'case.returned'"
                                 " AND detail LIKE '%\"problem\":\"invalid\"%'"), ==, 1);
}

/* Taken up as it came: a scope nobody offered is not the whole household. */
static void
test_kept_with_unknown_scope (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"1234\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":"
                                     "{\"certificate.scope\":\"everybody\"}}");
  const MadoCaseStep grant = { .event = MADO_CASE_EVENT_GRANT };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);

  g_assert_no_error (error);
  counter_walk (test, &counter_clerk, first_case (receipt)->number, "undo");
  g_assert_null (counter_step (test, &counter_clerk, first_case (receipt)->number, &grant, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

/* Found while the line was up, corrected while it was down: taken once, however often it is sent, and never over
 * what a clerk has asked since. */
static void
test_kept_correction (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(JsonNode) box = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) first = NULL, again = NULL;
  g_autoptr(MadoCase) returned = NULL, anew = NULL;
  const MadoCaseStep ask = { .event = MADO_CASE_EVENT_RETURN, .message = "部屋番号を教えてください" };

  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  counter_walk (test, &counter_clerk, number, "identify accept review");
  returned = counter_step (test, &counter_clerk, number, &ask, &error);
  g_assert_no_error (error);
  box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"correction\":{\"number\":\"%s\","
                 "\"version\":%d},\"answers\":%s}", visit.visit->number, number, (int) returned->version,
                 counter_move_in_answers);
  first = send_box (test, box, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->number, ==, number);
  g_assert_cmpint (first_case (first)->state, ==, MADO_CASE_STATE_IN_REVIEW);

  anew = counter_step (test, &counter_clerk, number, &ask, &error);   /* asks something else */
  g_assert_no_error (error);
  again = send_box (test, box, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first_case (again)->state, ==, MADO_CASE_STATE_RETURNED);
  g_assert_cmpint (first_case (again)->version, ==, anew->version);
}

/* A case of @visit that a clerk has returned; gives its version. */
static gint64
return_case (MadoTestStore *test, const char *number, const char *steps)
{
  const MadoCaseStep ask = { .event = MADO_CASE_EVENT_RETURN, .message = "部屋番号を教えてください" };
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCase) returned = NULL;

  counter_walk (test, &counter_clerk, number, steps);
  returned = counter_step (test, &counter_clerk, number, &ask, &error);
  g_assert_no_error (error);
  return returned->version;
}

static MadoReceipt *
send_correction (MadoTestStore *test, const CounterVisit *visit, const char *number, gint64 version,
                 const char *answers)
{
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"correction\":"
                                     "{\"number\":\"%s\",\"version\":%d},\"answers\":%s}", visit->visit->number,
                                     number, (int) version, answers);
  g_autoptr(GError) error = NULL;
  MadoReceipt *receipt = send_box (test, box, &error);

  g_assert_no_error (error);
  return receipt;
}

#define LATE_CALLS "SELECT count(*) AS n FROM outbox WHERE topic = 'case.correction-late'"

/* What no longer passes is the draft its owner goes on from, with the mistakes in words; what was filed is kept. */
static void
test_kept_correction_refused (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoReceipt) first = NULL, again = NULL;
  g_autoptr(MadoCase) after = NULL;
  gint64 version;

  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  version = return_case (test, number, "identify accept review");
  first = send_correction (test, &visit, number, version, "{\"newAddress.cityBlock\":\"1-1-203\"}");
  again = send_correction (test, &visit, number, version, "{\"newAddress.cityBlock\":\"1-1-203\"}");
  g_assert_cmpint (first_case (first)->state, ==, MADO_CASE_STATE_RETURNED);
  g_assert_cmpint (first_case (again)->version, ==, version + 1);
  after = counter_read (test, &visit.actor, number);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (after->answers), "newAddress.cityBlock"), ==,
                   "1-1-203");
  g_assert_nonnull (strstr (last_message (after), "お預かり"));
  g_assert_nonnull (strstr (last_message (after), "\n・"));
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM case_corrections"), ==, 1);
  g_assert_cmpint (people_count (test, LATE_CALLS), ==, 1);
}

/* The case went on without it: what stands is left alone, and the answers lie beside it for the desk. */
static void
test_kept_correction_overtaken (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *number = counter_file (test, &visit, "tennyu", counter_move_in_answers);
  g_autoptr(MadoReceipt) receipt = NULL;
  g_autoptr(MadoCase) before = NULL, after = NULL;
  gint64 version;

  people_add_staff_with_id (test, "clerk-1", "窓口 花子");
  version = return_case (test, number, "identify accept review");
  counter_walk (test, &counter_clerk, number, "undo");
  before = counter_read (test, &visit.actor, number);
  receipt = send_correction (test, &visit, number, version, "{\"newAddress.cityBlock\":\"1-1-203\"}");
  g_assert_cmpint (first_case (receipt)->state, ==, MADO_CASE_STATE_IN_REVIEW);
  after = counter_read (test, &counter_clerk, number);
  g_assert_cmpint (after->state, ==, before->state);
  g_assert_true (json_node_equal (after->answers, before->answers));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (after->late_answers), "newAddress.cityBlock"),
                   ==, "1-1-203");
  g_assert_cmpuint (after->messages->len, ==, before->messages->len + 1);
  g_assert_cmpint (people_count (test, LATE_CALLS), ==, 1);
}

/* A box of another's visit corrects nothing. */
static void
test_kept_correction_of_another (MadoTestStore *test)
{
  g_auto(CounterVisit) filer = counter_open (test), stranger = counter_open (test);
  g_autofree char *number = counter_file (test, &filer, "tennyu", counter_move_in_answers);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":\"%s\",\"reservedId\":\"" RESERVED "\",\"correction\":"
                                     "{\"number\":\"%s\",\"version\":1},\"answers\":{}}", stranger.visit->number,
                                     number);
  g_autoptr(GError) error = NULL;

  g_assert_null (send_box (test, box, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

/* A wrong PIN counts, and what was filed waits for a right one. */
static void
test_kept_with_wrong_pin (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_autoptr(JsonNode) box = new_box ("{\"visitNumber\":null,\"reservedId\":\"" RESERVED "\",\"identification\":"
                                     "{\"cardNumber\":\"" COUNTER_CARD "\",\"pin\":\"9999\"},\"procedures\":"
                                     "[{\"id\":\"juminhyo\",\"revision\":2}],\"answers\":%s}",
                                     counter_certificate_answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = send_box (test, box, &error);

  g_assert_no_error (error);
  g_assert_cmpint (first_case (receipt)->state, ==, MADO_CASE_STATE_PREFILED);
  g_assert_null (first_case (receipt)->resident_id);
  g_assert_cmpint (people_count (test, "SELECT attempts AS n FROM cards"), ==, 1);
}

static void
test_forged_box (MadoTestStore *test)
{
  g_autoptr(MadoKey) secret = mado_store_get_city_key (test->store, "sealed-filings"), other = NULL;
  g_autoptr(GBytes) box = NULL;
  guint8 public_key[32], other_key[32];
  g_autoptr(GError) error = NULL;

  mado_box_public_key (secret, public_key);
  mado_box_keypair (other_key, &other);
  box = mado_box_seal (other_key, "{}", 2);
  g_assert_null (mado_offline_file (test->store, counter_get_catalogue (), &counter_kiosk, public_key, secret, box,
                                    &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CRYPTO);
}

int
main (int argc, char **argv)
{
  mado_language_init (NULL);
  mado_language_part ();
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/filing/mistakes-are-named", test_mistakes_are_named);
  mado_test_store_add ("/filing/shape", test_shape);
  mado_test_store_add ("/filing/unknown-revision", test_unknown_revision);
  mado_test_store_add ("/filing/unknown-procedure", test_unknown_procedure);
  mado_test_store_add ("/filing/once", test_once);
  mado_test_store_add ("/filing/identified-meanwhile", test_identified_meanwhile);
  mado_test_store_add ("/filing/told", test_told);
  mado_test_store_add ("/filing/frozen", test_frozen);
  mado_test_store_add ("/filing/kept", test_kept);
  mado_test_store_add ("/filing/kept-of-an-earlier-revision", test_kept_of_an_earlier_revision);
  mado_test_store_add ("/filing/kept-with-number", test_kept_with_number);
  mado_test_store_add ("/filing/kept-but-filed", test_kept_but_filed);
  mado_test_store_add ("/filing/kept-beside-filed", test_kept_beside_filed);
  mado_test_store_add ("/filing/kept-but-refused", test_kept_but_refused);
  mado_test_store_add ("/filing/kept-language", test_kept_language);
  mado_test_store_add ("/filing/kept-but-gone", test_kept_but_gone);
  mado_test_store_add ("/filing/kept-reasons", test_kept_reasons);
  mado_test_store_add ("/filing/kept-with-unknown-scope", test_kept_with_unknown_scope);
  mado_test_store_add ("/filing/kept-correction", test_kept_correction);
  mado_test_store_add ("/filing/kept-correction-refused", test_kept_correction_refused);
  mado_test_store_add ("/filing/kept-correction-overtaken", test_kept_correction_overtaken);
  mado_test_store_add ("/filing/kept-correction-of-another", test_kept_correction_of_another);
  mado_test_store_add ("/filing/kept-with-wrong-pin", test_kept_with_wrong_pin);
  mado_test_store_add ("/filing/forged-box", test_forged_box);
  return g_test_run ();
}
