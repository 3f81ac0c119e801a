/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-mapping.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"

G_DEFINE_ENUM_TYPE (MadoFileFormat, mado_file_format,
  G_DEFINE_ENUM_VALUE (MADO_FILE_FORMAT_CSV, "csv"),
  G_DEFINE_ENUM_VALUE (MADO_FILE_FORMAT_SLIP_REPORT, "slip-report"),
  G_DEFINE_ENUM_VALUE (MADO_FILE_FORMAT_BANK_CREDITS, "bank-credits"))

#define OPTIONAL MADO_FIELD_OPTIONAL

static const MadoField mapping_fields[] = {
  MADO_FIELD_ID     (MadoMapping, id, "Identifier"),
  MADO_FIELD_JSON   (MadoMapping, title, 0, "Whose file it is, by language"),
  MADO_FIELD_ENUM   (MadoMapping, format, mado_file_format_get_type, 0, "How the file is made"),
  MADO_FIELD_STRING (MadoMapping, provider, OPTIONAL, 32, "Whom it settles; absent: a billing file"),
  MADO_FIELD_STRING (MadoMapping, office, 0, 64, "Whose revenue a billing file is; whose books hold what is unclear"),
  MADO_FIELD_STRING (MadoMapping, encoding, OPTIONAL, 16, "“utf-8” or “shift-jis”; absent: found out"),
  MADO_FIELD_JSON   (MadoMapping, columns, OPTIONAL, "{value: title of its column}"),
  MADO_FIELD_JSON   (MadoMapping, values, OPTIONAL, "{value: {as they write it: as we do}}"),
  MADO_FIELD_YEN    (MadoMapping, costs, OPTIONAL, "Yen the provider keeps of each, where the file does not say"),
  MADO_FIELD_INT    (MadoMapping, share, OPTIONAL, 0, 10000, "Ten-thousandths it keeps of each, besides"),
  MADO_FIELD_INT    (MadoMapping, late, OPTIONAL, 0, 366, "Days after which what was paid is late"),
  MADO_FIELD_STRING (MadoMapping, account, OPTIONAL, 48, "Revenue account of a billing file"),
  MADO_FIELD_JSON   (MadoMapping, words, OPTIONAL, "What its charges are for, by language; {value} is filled in"),
  MADO_FIELD_STRV   (MadoMapping, payers, OPTIONAL, "Names, as banks write them, under which the provider pays"),
  MADO_FIELD_STRV   (MadoMapping, brands, OPTIONAL, "Which brands of a terminal the file is about; absent: all"),
  MADO_FIELD_STRV   (MadoMapping, unverified, OPTIONAL, "Members that show 確認中"),
  MADO_FIELD_JSON   (MadoMapping, sources, OPTIONAL, "Where this is from: [{title, url, date}]"),
};

MADO_DEFINE_RECORD (MadoMapping, mado_mapping, mapping_fields)

static const MadoField rate_fields[] = {
  MADO_FIELD_DATE (MadoSurchargeRate, from, 0, "First day it is in force"),
  MADO_FIELD_DATE (MadoSurchargeRate, until, 0, "Last day it is in force"),
  MADO_FIELD_INT  (MadoSurchargeRate, early, 0, 0, 1000, "Thousandths a year, until a month after the due date"),
  MADO_FIELD_INT  (MadoSurchargeRate, later, 0, 0, 1000, "Thousandths a year, from then on"),
  MADO_FIELD_STRV (MadoSurchargeRate, unverified, OPTIONAL, "Members that show 確認中"),
  MADO_FIELD_JSON (MadoSurchargeRate, sources, 0, "Where this is from: [{title, url, date}]"),
};

MADO_DEFINE_RECORD (MadoSurchargeRate, mado_surcharge_rate, rate_fields)

static const MadoField treasury_fields[] = {
  MADO_FIELD_LIST (MadoTreasury, mappings, mado_mapping_get_type, 0, "How files are read"),
  MADO_FIELD_LIST (MadoTreasury, surcharges, mado_surcharge_rate_get_type, 0, "Rates of the surcharge, oldest first"),
};

MADO_DEFINE_RECORD (MadoTreasury, mado_treasury, treasury_fields)

static const char *
get_text (JsonNode *node, const char *member)
{
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return object ? json_object_get_string_member_with_default (object, member, NULL) : NULL;
}

const char *
mado_mapping_get_column (const MadoMapping *self, const char *value)
{
  return get_text (self->columns, value);
}

const char *
mado_mapping_translate (const MadoMapping *self, const char *value, const char *theirs)
{
  JsonObject *all = self->values && JSON_NODE_HOLDS_OBJECT (self->values) ? json_node_get_object (self->values) : NULL;

  return all && json_object_has_member (all, value) ? get_text (json_object_get_member (all, value), theirs) : NULL;
}

gint64
mado_mapping_costs (const MadoMapping *self, gint64 yen)
{
  return MIN (self->costs + yen * self->share / 10000, yen);
}

MadoTreasury *
mado_treasury_load (const char *path, GError **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  MadoTreasury *treasury;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  node = mado_json_parse (text, length, &MADO_JSON_LIMITS_FILE, error);
  treasury = node ? mado_record_from_json (MADO_TYPE_TREASURY, node, MADO_JSON_PUBLIC, error) : NULL;
  if (!treasury)
    g_prefix_error (error, "%s: ", path);
  return treasury;
}

MadoMapping *
mado_treasury_get_mapping (const MadoTreasury *self, const char *id, GError **error)
{
  g_autoptr(GString) known = g_string_new (NULL);

  for (guint i = 0; i < self->mappings->len; i++) {
    MadoMapping *mapping = self->mappings->pdata[i];

    if (g_strcmp0 (mapping->id, id) == 0)
      return mapping;
    g_string_append_printf (known, "%s%s", i ? ", " : "", mapping->id);
  }
  mado_set_error_at (error, MADO_ERROR_INVALID, "/mapping", "unknown",
                     _("The city's books know no such file. They know: %s."), known->str);
  return NULL;
}
