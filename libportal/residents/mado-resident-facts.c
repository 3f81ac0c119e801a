/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-residents.h"

/* One fact with where it is from; what the register does not hold is absent. */
static void
add_fact (JsonObject *facts, const char *name, JsonNode *value, const char *source)
{
  JsonObject *fact = json_object_new ();

  json_object_set_member (fact, "value", value);
  json_object_set_string_member (fact, "source", source);
  json_object_set_object_member (facts, name, fact);
}

static void
add_text (JsonObject *facts, const char *prefix, const char *name, const char *value, const char *source)
{
  g_autofree char *fact = g_strconcat (prefix, ".", name, NULL);

  if (value && *value)
    add_fact (facts, fact, json_node_init_string (json_node_alloc (), value), source);
}

static void
add_address (JsonObject *facts, const char *prefix, const MadoAddress *address, const char *source)
{
  add_text (facts, prefix, "postalCode", address->postal_code, source);
  add_text (facts, prefix, "prefecture", address->prefecture, source);
  add_text (facts, prefix, "cityAndCounty", address->city_and_county, source);
  add_text (facts, prefix, "streetAddress", address->street_address, source);
  add_text (facts, prefix, "cityBlock", address->city_block, source);
  add_text (facts, prefix, "buildingNameEtc", address->building_name_etc, source);
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value && *value)
    json_object_set_string_member (object, name, value);
}

static JsonNode *
describe_members (GPtrArray *members)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < members->len; i++) {
    MadoResident *member = g_ptr_array_index (members, i);
    JsonObject *object = json_object_new ();

    set_text (object, "fullName", member->full_name);
    set_text (object, "fullNameKana", member->full_name_kana);
    set_text (object, "dateOfBirth", member->date_of_birth);
    set_text (object, "sex", member->sex);
    set_text (object, "nationality", member->nationality);
    set_text (object, "relationship", member->relationship);
    json_array_add_object_element (list, object);
  }
  json_node_take_array (node, list);
  return node;
}

JsonNode *
mado_resident_facts (MadoResident *resident, MadoHousehold *household)
{
  gboolean registered = resident->state == MADO_RESIDENT_STATE_REGISTERED;
  const char *source = registered ? "register" : "card";
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *facts = json_object_new ();

  add_text (facts, "applicant", "fullName", resident->full_name, source);
  add_text (facts, "applicant", "familyName", resident->family_name, source);
  add_text (facts, "applicant", "givenName", resident->given_name, source);
  add_text (facts, "applicant", "fullNameKana", resident->full_name_kana, source);
  add_text (facts, "applicant", "familyNameKana", resident->family_name_kana, source);
  add_text (facts, "applicant", "givenNameKana", resident->given_name_kana, source);
  add_text (facts, "applicant", "dateOfBirth", resident->date_of_birth, source);
  add_text (facts, "applicant", "sex", resident->sex, source);
  add_text (facts, "applicant", "nationality", resident->nationality, source);
  if (resident->address)
    add_address (facts, registered ? "currentAddress" : "previousAddress", resident->address, source);
  if (household)
    add_fact (facts, "household.members", describe_members (household->members), source);
  json_node_take_object (node, facts);
  return node;
}
