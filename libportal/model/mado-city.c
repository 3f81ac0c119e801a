/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-city.h"

#include "core/mado-json.h"

#include <glib/gi18n-lib.h>

static const MadoField office_fields[] = {
  MADO_FIELD_ID     (MadoOffice, id, "Identifier"),
  MADO_FIELD_STRING (MadoOffice, kind, 0, 16, "“hall”, “centre”, “desk” or “section”"),
  MADO_FIELD_JSON   (MadoOffice, name, 0, "Name, by language"),
  MADO_FIELD_STRING (MadoOffice, address, MADO_FIELD_OPTIONAL, 128, "Address"),
  MADO_FIELD_STRING (MadoOffice, phone, MADO_FIELD_OPTIONAL, 32, "Telephone; absent: not verified"),
  MADO_FIELD_JSON   (MadoOffice, hours, MADO_FIELD_OPTIONAL, "Opening hours, by language; absent: not verified"),
  MADO_FIELD_STRV   (MadoOffice, unverified, MADO_FIELD_OPTIONAL, "Members that show 確認中"),
  MADO_FIELD_JSON   (MadoOffice, sources, 0, "Where this is from: [{title, url, date}]"),
};

MADO_DEFINE_RECORD (MadoOffice, mado_office, office_fields)

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoCity, id, "Identifier"),
  MADO_FIELD_STRING (MadoCity, code, 0, 6, "Municipality code with its check digit"),
  MADO_FIELD_JSON   (MadoCity, name, 0, "Name, by language"),
  MADO_FIELD_JSON   (MadoCity, prefecture, 0, "Prefecture, by language"),
  MADO_FIELD_JSON   (MadoCity, office, 0, "Office that answers for this counter, by language"),
  MADO_FIELD_JSON   (MadoCity, address, 0, "Address of the city hall, by language"),
  MADO_FIELD_STRING (MadoCity, phone, MADO_FIELD_OPTIONAL, 32, "Telephone; absent: not verified"),
  MADO_FIELD_JSON   (MadoCity, hours, 0, "Opening hours, by language"),
  MADO_FIELD_JSON   (MadoCity, closed, MADO_FIELD_OPTIONAL,
                     "Days around New Year on which it is closed: {from, to} as “12-29”, “01-03”"),
  MADO_FIELD_JSON   (MadoCity, mayor, 0, "Who a certificate is issued by, by language"),
  MADO_FIELD_STRV   (MadoCity, languages, 0, "Languages offered"),
  MADO_FIELD_JSON   (MadoCity, districts, 0, "[{id, name}]"),
  MADO_FIELD_LIST   (MadoCity, offices, mado_office_get_type, 0, "City hall and citizen centres"),
  MADO_FIELD_JSON   (MadoCity, building, MADO_FIELD_OPTIONAL, "Floor plans of the counters, in metres"),
  MADO_FIELD_JSON   (MadoCity, payments, MADO_FIELD_OPTIONAL,
                     "{slipCompany: six digits of who collects for its slips, methods: [{id, devices}]}"),
  MADO_FIELD_JSON   (MadoCity, purposes, 0, "What one may consent to: [{id, title, text, days}]"),
  MADO_FIELD_STRV   (MadoCity, unverified, MADO_FIELD_OPTIONAL, "Members that show 確認中"),
  MADO_FIELD_JSON   (MadoCity, sources, 0, "Where this is from: [{title, url, date}]"),
  MADO_FIELD_STRING (MadoCity, public_url, MADO_FIELD_OPTIONAL, 256, "Where phones reach us; no slash at the end"),
  MADO_FIELD_STRING (MadoCity, public_key, MADO_FIELD_OPTIONAL, 64, "Base64; offline filings are sealed to it"),
  MADO_FIELD_DATE   (MadoCity, today, MADO_FIELD_OPTIONAL, "Today, in Japan"),
};

MADO_DEFINE_RECORD (MadoCity, mado_city, fields)

MadoCity *
mado_city_load (const char *path, GError **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  MadoCity *city;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  node = mado_json_parse (text, length, &MADO_JSON_LIMITS_FILE, error);
  city = node ? mado_record_from_json (MADO_TYPE_CITY, node, MADO_JSON_PUBLIC, error) : NULL;
  if (!city)
    g_prefix_error (error, "%s: ", path);
  return city;
}

MadoOffice *
mado_city_find_office (const MadoCity *self, const char *id)
{
  for (guint i = 0; i < self->offices->len; i++) {
    MadoOffice *office = g_ptr_array_index (self->offices, i);

    if (g_strcmp0 (office->id, id) == 0)
      return office;
  }
  return NULL;
}

gboolean
mado_city_check_office (const MadoCity *self, const char *id, const char *pointer, GError **error)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) known = NULL;
  g_autofree char *list = NULL;

  if (mado_city_find_office (self, id))
    return TRUE;
  for (guint i = 0; i < self->offices->len; i++)
    g_strv_builder_add (ids, ((const MadoOffice *) g_ptr_array_index (self->offices, i))->id);
  known = g_strv_builder_end (ids);
  list = g_strjoinv (", ", known);
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "unknown",
                     _("The city has no office “%s”. These are its offices: %s."), id, list);
  return FALSE;
}

static gboolean
names (JsonArray *texts, const char *text)
{
  for (guint i = 0; i < json_array_get_length (texts); i++)
    if (g_strcmp0 (json_array_get_string_element (texts, i), text) == 0)
      return TRUE;
  return FALSE;
}

gboolean
mado_city_takes (JsonNode *payments, const char *method, const char *device)
{
  JsonNode *methods = payments ? mado_json_get (payments, "/methods") : NULL;
  JsonArray *list = methods && JSON_NODE_HOLDS_ARRAY (methods) ? json_node_get_array (methods) : NULL;

  for (guint i = 0; list && i < json_array_get_length (list); i++) {
    JsonNode *entry = json_array_get_element (list, i);
    JsonNode *id = mado_json_get (entry, "/id"), *devices = mado_json_get (entry, "/devices");

    if (id && JSON_NODE_HOLDS_VALUE (id) && g_strcmp0 (json_node_get_string (id), method) == 0)
      return !devices || !JSON_NODE_HOLDS_ARRAY (devices) || names (json_node_get_array (devices), device);
  }
  return FALSE;
}

GStrv
mado_city_dup_accounts (const MadoCity *self)
{
  JsonNode *node = self->payments ? mado_json_get (self->payments, "/accounts") : NULL;
  JsonArray *list = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    g_strv_builder_add (ids, json_array_get_string_element (list, i));
  return g_strv_builder_end (ids);
}

JsonObject *
mado_city_get_purpose (const MadoCity *self, const char *id)
{
  JsonArray *purposes = JSON_NODE_HOLDS_ARRAY (self->purposes) ? json_node_get_array (self->purposes) : NULL;

  for (guint i = 0; purposes && i < json_array_get_length (purposes); i++) {
    JsonObject *purpose = json_array_get_object_element (purposes, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (purpose, "id", NULL), id) == 0)
      return purpose;
  }
  return NULL;
}
