/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that go with a filing: whose they are at each moment, and when they are forgotten. */
#include "mado-test-counter.h"

#include "core/mado-json.h"
#include "procedures/mado-drafts.h"

static char *
join_answers (const char *ids)
{
  return g_strdup_printf ("{\"applicant.phone\":\"0466251111\",\"insurance.joinReason\":\"left-job\","
                          "\"insurance.changedOn\":\"2026-11-01\",\"insurance.people\":\"髙﨑 美代子\","
                          "\"card.hasMyNumberCard\":true,\"insurance.lossProof\":[%s]}", ids);
}

static char *
file_with (MadoTestStore *test, CounterVisit *visit, const char *id)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", id);
  g_autofree char *answers = join_answers (quoted);

  return counter_file (test, visit, "kokuho-kanyu", answers);
}

static void
assert_may (MadoTestStore *test, const MadoActor *actor, const char *id, gboolean may)
{
  g_autoptr(GError) error = NULL;
  GBytes *content = NULL;
  g_autoptr(MadoAttachment) attachment = mado_attachment_get (test->store, actor, id, &content, &error);
  g_autofree char *text = NULL;

  if (!may) {
    g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
    return;
  }
  g_assert_no_error (error);
  text = g_base64_encode (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  g_assert_cmpstr (text, ==, COUNTER_PICTURE);
  g_assert_cmpint (attachment->type, ==, MADO_ATTACHMENT_PNG);
  g_assert_cmpint (attachment->size, ==, g_bytes_get_size (content));
  g_bytes_unref (content);
}

static void
end (MadoTestStore *test, const CounterVisit *visit)
{
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_visit_end (test->store, &visit->actor, visit->visit->id, &error), NULL, &error);
  g_assert_no_error (error);
}

/* Nothing of it is left: neither a row nor the key of what a backup may still hold. */
static void
assert_forgotten (MadoTestStore *test, const char *id)
{
  g_autofree char *subject = g_strconcat ("attachment/", id, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM attachments"), ==, 0);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM attachment_holders"), ==, 0);
  g_assert_null (mado_store_get_subject_key (test->store, subject, "filing", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

static void
test_open_visit (MadoTestStore *test)
{
  g_auto(CounterVisit) mine = counter_open (test), other = counter_open (test);
  g_autofree char *id = counter_attach (test, &mine);
  g_autoptr(GError) error = NULL;

  assert_may (test, &mine.actor, id, TRUE);
  assert_may (test, &other.actor, id, FALSE);
  assert_may (test, &counter_clerk, id, FALSE);
  g_assert_false (mado_act_run (test->store, mado_attachment_drop (test->store, &other.actor, id, &error), NULL,
                                &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (mado_act_run (test->store, mado_attachment_drop (test->store, &mine.actor, id, &error), NULL,
                               &error));
  assert_may (test, &mine.actor, id, FALSE);
  assert_forgotten (test, id);
}

static void
test_visit_ends (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *id = counter_attach (test, &visit);

  end (test, &visit);
  assert_forgotten (test, id);
}

/* A PNG begins so, sealed it does not. */
static void
test_sealed (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autofree char *id = counter_attach (test, &visit);

  g_assert_cmpint (people_count (test, mado_test_store_is_postgres (test)
                                 ? "SELECT count(*) AS n FROM attachments WHERE position('\\x49484452' IN content) > 0"
                                 : "SELECT count(*) AS n FROM attachments WHERE instr(content, X'49484452') > 0"), ==,
                   0);
}

static void
test_filed (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) visit = counter_open (test), other = counter_open (test);
  const MadoActor resident = { "resident", head, head, MADO_ROLE_RESIDENT };
  g_autofree char *id = NULL, *number = NULL;
  g_autoptr(MadoCase) filed = NULL;

  counter_identify (test, &visit, COUNTER_CARD, "1234");
  id = counter_attach (test, &visit);
  number = file_with (test, &visit, id);
  end (test, &visit);
  assert_may (test, &resident, id, TRUE);
  assert_may (test, &other.actor, id, FALSE);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'attachment.viewed'"), ==, 0);
  assert_may (test, &counter_clerk, id, TRUE);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM journal WHERE action = 'attachment.viewed'"), ==, 1);
  filed = counter_read (test, &counter_clerk, number);
  g_assert_cmpuint (filed->attachments->len, ==, 1);
  g_assert_cmpstr (((MadoAttachment *) filed->attachments->pdata[0])->id, ==, id);
}

/* Naming another's file does not give it away. */
static void
test_not_theirs (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) mine = counter_open (test), other = counter_open (test);
  g_autofree char *id = counter_attach (test, &other);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", id);
  g_autofree char *answers = join_answers (quoted);
  g_autoptr(JsonNode) filing = counter_new_filing ("kokuho-kanyu", answers);
  g_autoptr(GError) error = NULL;

  counter_identify (test, &mine, COUNTER_CARD, "1234");
  g_assert_null (counter_submit (test, &mine, filing, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "attachment");
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM cases"), ==, 0);
}

/* Answers that wait for another day keep their files; once they are filed, the case does. */
static void
test_kept_for_later (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) first = counter_open (test), second = counter_open (test);
  g_autoptr(JsonNode) filing = NULL;
  g_autofree char *id = NULL, *quoted = NULL, *answers = NULL, *number = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *members;

  counter_identify (test, &first, COUNTER_CARD, "1234");
  id = counter_attach (test, &first);
  quoted = g_strdup_printf ("\"%s\"", id);
  answers = join_answers (quoted);
  filing = counter_new_filing ("kokuho-kanyu", answers);
  members = json_node_get_object (filing);
  mado_act_run (test->store, mado_draft_save (test->store, counter_get_catalogue (), &first.actor, first.visit->id,
                                              json_object_get_member (members, "procedures"),
                                              json_object_get_member (members, "answers"), &error), NULL, &error);
  g_assert_no_error (error);
  end (test, &first);
  assert_may (test, &second.actor, id, FALSE);
  counter_identify (test, &second, COUNTER_CARD, "1234");
  assert_may (test, &second.actor, id, TRUE);
  json_object_set_string_member (members, "draft", first.visit->number);
  g_object_unref (counter_submit (test, &second, filing, &error));
  g_assert_no_error (error);
  g_assert_cmpint (people_count (test, "SELECT count(*) AS n FROM drafts"), ==, 0);
  assert_may (test, &counter_clerk, id, TRUE);
}

/* Sent back and corrected with another: the clerk sees both. */
static void
test_corrected (MadoTestStore *test)
{
  g_autofree char *head = counter_add_card_holder (test);
  g_auto(CounterVisit) first = counter_open (test), second = counter_open (test);
  g_autofree char *before = NULL, *after = NULL, *number = NULL, *quoted = NULL, *answers = NULL;
  g_autoptr(JsonNode) corrected = NULL;
  g_autoptr(MadoCase) filed = NULL, returned = NULL, back = NULL;
  g_autoptr(GError) error = NULL;

  people_add_staff_with_id (test, counter_clerk.id, "青木");
  counter_identify (test, &first, COUNTER_CARD, "1234");
  before = counter_attach (test, &first);
  number = file_with (test, &first, before);
  counter_walk (test, &counter_clerk, number, "accept review");
  returned = counter_step (test, &counter_clerk, number,
                           &(MadoCaseStep) { MADO_CASE_EVENT_RETURN, "裏面もお願いします", NULL, NULL, NULL }, &error);
  g_assert_no_error (error);
  end (test, &first);
  counter_identify (test, &second, COUNTER_CARD, "1234");
  after = counter_attach (test, &second);
  quoted = g_strdup_printf ("\"%s\",\"%s\"", before, after);
  answers = join_answers (quoted);
  corrected = counter_parse (answers);
  back = counter_step (test, &second.actor, number,
                       &(MadoCaseStep) { MADO_CASE_EVENT_CORRECT, NULL, corrected, NULL, NULL }, &error);
  g_assert_no_error (error);
  end (test, &second);
  filed = counter_read (test, &counter_clerk, number);
  g_assert_cmpuint (filed->attachments->len, ==, 2);
  assert_may (test, &counter_clerk, after, TRUE);
}

static void
test_room (MadoTestStore *test)
{
  g_auto(CounterVisit) visit = counter_open (test);
  g_autoptr(GError) error = NULL;
  gsize n;
  g_autofree guchar *data = g_base64_decode (COUNTER_PICTURE, &n);

  for (guint i = 0; i < MADO_ATTACHMENTS_MAX; i++)
    g_free (counter_attach (test, &visit));
  g_assert_false (mado_act_run (test->store, mado_attachment_add (test->store, &visit.actor, visit.visit->id, data, n,
                                                                  &error), NULL, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_test_store_add ("/attachments/open-visit", test_open_visit);
  mado_test_store_add ("/attachments/visit-ends", test_visit_ends);
  mado_test_store_add ("/attachments/sealed", test_sealed);
  mado_test_store_add ("/attachments/filed", test_filed);
  mado_test_store_add ("/attachments/not-theirs", test_not_theirs);
  mado_test_store_add ("/attachments/kept-for-later", test_kept_for_later);
  mado_test_store_add ("/attachments/corrected", test_corrected);
  mado_test_store_add ("/attachments/room", test_room);
  return g_test_run ();
}
