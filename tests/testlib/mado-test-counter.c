/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-counter.h"

#include "core/mado-json.h"

#include <string.h>

const MadoActor counter_kiosk = { "device", "kiosk-1", NULL, MADO_ROLE_DEVICE };
const MadoActor counter_clerk = { "staff", "clerk-1", NULL, MADO_ROLE_CLERK };
const MadoActor counter_supervisor = { "staff", "boss-1", NULL, MADO_ROLE_SUPERVISOR };

const char *const counter_certificate_answers =
  "{\"applicant.fullName\":\"髙﨑 美代子\",\"applicant.dateOfBirth\":\"1941-03-02\","
  "\"currentAddress.streetAddress\":\"鵠沼橘一丁目\",\"currentAddress.cityBlock\":\"1-2\","
  "\"certificate.scope\":\"all\",\"certificate.include\":[\"relationship\"],\"certificate.copies\":2}";

const char *const counter_move_in_answers =
  "{\"applicant.fullName\":\"佐々木 悠斗\",\"applicant.dateOfBirth\":\"1990-05-24\",\"move.date\":\"2026-11-01\","
  "\"newAddress.postalCode\":\"2520804\",\"newAddress.prefecture\":\"神奈川県\","
  "\"newAddress.cityAndCounty\":\"藤沢市\",\"newAddress.streetAddress\":\"湘南台二丁目\","
  "\"newAddress.cityBlock\":\"1-1\",\"move.from\":\"japan\",\"previousAddress.prefecture\":\"静岡県\","
  "\"previousAddress.cityAndCounty\":\"沼津市\",\"previousAddress.streetAddress\":\"大手町二丁目\","
  "\"move.outReported\":true,\"move.joins\":\"new\",\"household.members\":["
  "{\"fullName\":\"佐々木 莉子\",\"dateOfBirth\":\"1992-12-08\",\"sex\":\"female\",\"relationship\":\"spouse\","
  "\"nationality\":\"JPN\",\"myNumberCard\":false},"
  "{\"fullName\":\"佐々木 悠斗\",\"dateOfBirth\":\"1990-05-24\",\"sex\":\"male\",\"relationship\":\"head\","
  "\"nationality\":\"JPN\",\"myNumberCard\":true}]}";

MadoCatalogue *
counter_get_catalogue (void)
{
  static MadoCatalogue *catalogue;
  g_autoptr(GError) error = NULL;

  if (!catalogue)
    catalogue = mado_catalogue_load (MADO_TEST_CATALOGUE, &error);
  g_assert_no_error (error);
  return catalogue;
}

JsonNode *
counter_parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = mado_json_parse (json, strlen (json), &MADO_JSON_LIMITS_BODY, &error);

  g_assert_no_error (error);
  return node;
}

CounterVisit
counter_open (MadoTestStore *test)
{
  g_autoptr(GError) error = NULL;
  gpointer visit = NULL;

  mado_act_run (test->store, mado_visit_start (test->store, &counter_kiosk, "ja", &error), &visit, &error);
  g_assert_no_error (error);
  return (CounterVisit) { visit, { "visit", ((MadoVisit *) visit)->id, NULL, MADO_ROLE_VISIT } };
}

void
counter_identify (MadoTestStore *test, CounterVisit *self, const char *number, const char *pin)
{
  g_autoptr(GError) error = NULL;
  gpointer visit = NULL;

  mado_act_run (test->store, mado_visit_identify (test->store, &self->actor, self->visit->id, number, pin, &error),
                &visit, &error);
  g_assert_no_error (error);
  self->actor.behalf = g_intern_string (((MadoVisit *) visit)->resident_id);
  g_object_unref (visit);
}

void
counter_visit_clear (CounterVisit *self)
{
  g_clear_object (&self->visit);
}

char *
counter_add_card_holder (MadoTestStore *test)
{
  char *head = people_add_household (test);

  people_add_card (test, head, COUNTER_CARD, "1234");
  return head;
}

JsonNode *
counter_new_filing (const char *procedure, const char *answers)
{
  MadoProcedure *found = mado_catalogue_get_procedure (counter_get_catalogue (), procedure, 0);
  g_autofree char *text = NULL;

  g_assert_nonnull (found);
  text = g_strdup_printf ("{\"procedures\":[{\"id\":\"%s\",\"revision\":%d}],\"answers\":%s}", procedure,
                          (int) found->revision, answers);
  return counter_parse (text);
}

char *
counter_attach (MadoTestStore *test, CounterVisit *self)
{
  gsize n;
  g_autofree guchar *data = g_base64_decode (COUNTER_PICTURE, &n);
  g_autoptr(MadoAttachment) attachment = NULL;
  g_autoptr(GError) error = NULL;
  gpointer result = NULL;

  mado_act_run (test->store, mado_attachment_add (test->store, &self->actor, self->visit->id, data, n, &error), &result,
                &error);
  g_assert_no_error (error);
  attachment = result;
  return g_strdup (attachment->id);
}

MadoReceipt *
counter_submit (MadoTestStore *test, CounterVisit *self, JsonNode *filing, GError **error)
{
  gpointer receipt = NULL;

  mado_act_run (test->store, mado_visit_submit (test->store, counter_get_catalogue (), &self->actor, self->visit->id,
                                                filing, error), &receipt, error);
  return receipt;
}

char *
counter_file (MadoTestStore *test, CounterVisit *self, const char *procedure, const char *answers)
{
  g_autoptr(JsonNode) filing = counter_new_filing (procedure, answers);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoReceipt) receipt = counter_submit (test, self, filing, &error);

  for (guint i = 0; error && i < mado_error_get_n_violations (error); i++)
    g_test_message ("%s: %s", mado_error_get_violation (error, i)->pointer,
                    mado_error_get_violation (error, i)->message);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->cases->len, ==, 1);
  return g_strdup (((MadoCase *) g_ptr_array_index (receipt->cases, 0))->number);
}

MadoCase *
counter_read (MadoTestStore *test, const MadoActor *actor, const char *number)
{
  g_autoptr(GError) error = NULL;
  MadoCase *filed = mado_case_get (test->store, counter_get_catalogue (), actor, number, &error);

  g_assert_no_error (error);
  return filed;
}

MadoCase *
counter_step (MadoTestStore *test, const MadoActor *actor, const char *number, const MadoCaseStep *step,
              GError **error)
{
  g_autoptr(MadoCase) before = counter_read (test, &counter_clerk, number);
  gpointer after = NULL;

  mado_act_run (test->store, mado_case_transition (test->store, counter_get_catalogue (), actor, number,
                                                   before->version, step, error), &after, error);
  return after;
}

MadoCaseState
counter_walk (MadoTestStore *test, const MadoActor *actor, const char *number, const char *events)
{
  g_auto(GStrv) each = g_strsplit (events, " ", -1);
  MadoCaseState state = MADO_CASE_STATE_DRAFT;

  for (guint i = 0; each[i]; i++) {
    const MadoCaseStep step = { .event = mado_enum_value (MADO_TYPE_CASE_EVENT, each[i]), .paper = "passport" };
    g_autoptr(GError) error = NULL;
    g_autoptr(MadoCase) after = counter_step (test, actor, number, &step, &error);

    g_assert_no_error (error);
    state = after->state;
  }
  return state;
}
