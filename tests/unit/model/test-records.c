/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-json.h"
#include "model/mado-account.h"
#include "model/mado-case.h"
#include "model/mado-charge.h"
#include "model/mado-city.h"
#include "model/mado-ledger.h"
#include "model/mado-payment.h"
#include "model/mado-visit.h"

static MadoResident *
new_resident (void)
{
  MadoResident *self = g_object_new (MADO_TYPE_RESIDENT, "id", "01JD0000000000000000000000",
                                     "state", MADO_RESIDENT_STATE_REGISTERED,
                                     "full-name", "髙﨑\U000E0100 𠮷子", "date-of-birth", "1941-03-02", NULL);

  self->address = g_object_new (MADO_TYPE_ADDRESS, "prefecture", "神奈川県", "city-and-county", "藤沢市",
                                "street-address", "鵠沼橘一丁目", "city-block", "1-2",
                                "building-name-etc", "橘荘203", NULL);
  return self;
}

static char *
print (gpointer record, MadoJsonFlags flags)
{
  GString *out = g_string_new (NULL);

  mado_record_write_json (record, flags, out);
  return g_string_free (out, FALSE);
}

/* A name comes back byte for byte, variation selector included. */
static void
test_round_trip (void)
{
  g_autoptr(MadoResident) resident = new_resident ();
  g_autofree char *text = print (resident, MADO_JSON_PRIVATE);
  g_autoptr(JsonNode) node = mado_json_parse (text, strlen (text), &MADO_JSON_LIMITS_BODY, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoResident) again = mado_record_from_json (MADO_TYPE_RESIDENT, node, MADO_JSON_PRIVATE, &error);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = mado_address_dup_line (again->address);
  g_assert_cmpstr (again->full_name, ==, resident->full_name);
  g_assert_cmpstr (line, ==, "神奈川県藤沢市鵠沼橘一丁目1-2\u3000橘荘203");
}

static void
test_nothing_personal_in_public (void)
{
  g_autoptr(MadoResident) resident = new_resident ();
  g_autoptr(MadoVisit) visit = g_object_new (MADO_TYPE_VISIT, "id", "V", "number", "K7M4-R29", "device", "kiosk",
                                             "language", "ja", "resident-id", "SECRET", NULL);
  g_autofree char *person = print (resident, MADO_JSON_PUBLIC);
  g_autofree char *text = NULL;

  visit->resident = g_object_ref (resident);
  visit->answers = mado_json_parse ("{\"note\":\"SECRET\"}", 17, &MADO_JSON_LIMITS_BODY, NULL);
  text = print (visit, MADO_JSON_PUBLIC);
  g_assert_null (strstr (person, "𠮷"));
  g_assert_null (strstr (person, "鵠沼"));
  g_assert_null (strstr (person, "1941"));
  g_assert_null (strstr (text, "SECRET"));
  g_assert_null (strstr (text, "𠮷"));
}

static void
test_list_has_no_answers (void)
{
  g_autoptr(MadoCase) filed = g_object_new (MADO_TYPE_CASE, "id", "C", "number", "K7M4-R29-1", NULL);
  g_autofree char *single = NULL, *listed = NULL;

  filed->answers = mado_json_parse ("{\"note\":\"SECRET\"}", 17, &MADO_JSON_LIMITS_BODY, NULL);
  single = print (filed, MADO_JSON_PRIVATE);
  listed = print (filed, MADO_JSON_PRIVATE | MADO_JSON_LIST);
  g_assert_nonnull (strstr (single, "SECRET"));
  g_assert_null (strstr (listed, "SECRET"));
}

/* Every noun has a schema, so that the OpenAPI document is whole. */
static void
test_schemas (void)
{
  const GType types[] = {
    MADO_TYPE_ADDRESS, MADO_TYPE_RESIDENT, MADO_TYPE_HOUSEHOLD, MADO_TYPE_STAFF, MADO_TYPE_DEVICE, MADO_TYPE_SESSION,
    MADO_TYPE_CONSENT, MADO_TYPE_DISCLOSURE, MADO_TYPE_VISIT, MADO_TYPE_CASE, MADO_TYPE_CASE_MESSAGE,
    MADO_TYPE_RECEIPT, MADO_TYPE_CASE_DOCUMENT, MADO_TYPE_STAFF_CALL, MADO_TYPE_CITY, MADO_TYPE_OFFICE,
    MADO_TYPE_CHARGE, MADO_TYPE_PAYMENT, MADO_TYPE_REFUND, MADO_TYPE_PAYMENT_RECEIPT, MADO_TYPE_LEDGER_ENTRY,
    MADO_TYPE_LEDGER_DAY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr(JsonNode) schema = mado_record_get_schema (types[i], MADO_JSON_PRIVATE);

    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (schema), "type"), ==, "object");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/records/round-trip", test_round_trip);
  g_test_add_func ("/model/records/nothing-personal", test_nothing_personal_in_public);
  g_test_add_func ("/model/records/list", test_list_has_no_answers);
  g_test_add_func ("/model/records/schemas", test_schemas);
  return g_test_run ();
}
