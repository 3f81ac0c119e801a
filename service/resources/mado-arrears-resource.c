/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-date.h"
#include "mado-resources.h"
#include "payments/mado-arrears.h"

/* --- surcharges ------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *on;
} SurchargeInput;

const MadoJsonSpec mado_arrears_surcharge_spec[] = {
  { "on", MADO_JSON_STRING, G_STRUCT_OFFSET (SurchargeInput, on), FALSE, 10, 10, "[0-9]{4}-[0-9]{2}-[0-9]{2}", NULL,
    "The day it is paid; today unless told" },
  { NULL }
};

const MadoJsonSpec mado_arrears_surcharge_shape[] = {
  { "on", MADO_JSON_STRING, 0, TRUE, 10, 10, NULL, NULL, "The day it is reckoned for" },
  { "yen", MADO_JSON_INT, 0, TRUE, 1, G_MAXINT32, NULL, NULL, "What would be raised" },
  { NULL }
};

static char *
dup_day (const char *on)
{
  return on ? g_strdup (on) : mado_date_format (mado_date_today ());
}

gboolean
mado_arrears_preview_surcharge (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoTreasury *treasury = mado_request_get_treasury (request, error);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  SurchargeInput input = { NULL };
  g_autofree char *on = NULL;
  gint64 yen;

  json_node_take_object (node, object);
  if (!treasury || !mado_request_read (request, &input, error))
    return FALSE;
  on = dup_day (input.on);
  if (!mado_charge_preview_surcharge (mado_request_get_store (request), &request->actor, treasury, request->params[0],
                                      on, &yen, error))
    return FALSE;
  json_object_set_string_member (object, "on", on);
  json_object_set_int_member (object, "yen", yen);
  return mado_answer_node (answer, node);
}

MadoAct *
mado_arrears_raise_surcharge (MadoRequest *request, GError **error)
{
  MadoTreasury *treasury = mado_request_get_treasury (request, error);
  SurchargeInput input = { NULL };
  g_autofree char *on = NULL;

  if (!treasury || !mado_request_read (request, &input, error))
    return NULL;
  on = dup_day (input.on);
  return mado_charge_surcharge (mado_request_get_store (request), &request->actor, treasury, request->params[0], on,
                                error);
}

/* --- instalments ------------------------------------------------------------------------------------------------ */

typedef struct {
  gint64      n;
  const char *first_due;
  const char *reason;
} SplitInput;

#define COUNT \
  { "n", MADO_JSON_INT, G_STRUCT_OFFSET (SplitInput, n), TRUE, 2, MADO_INSTALMENTS_MAX, NULL, NULL, "Instalments" }
#define FIRST_DUE \
  { "firstDue", MADO_JSON_STRING, G_STRUCT_OFFSET (SplitInput, first_due), TRUE, 10, 10, \
    "[0-9]{4}-[0-9]{2}-[0-9]{2}", NULL, "Day of the first; the others a month apart" }

const MadoJsonSpec mado_arrears_plan_spec[] = { COUNT, FIRST_DUE, { NULL } };

const MadoJsonSpec mado_arrears_split_spec[] = {
  COUNT, FIRST_DUE,
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (SplitInput, reason), TRUE, 1, 500, NULL, NULL,
    "Why, in words, for the one who owes it" },
  { NULL }
};

static const MadoJsonSpec instalment_shape[] = {
  { "yen", MADO_JSON_INT, 0, TRUE, 0, G_MAXINT32, NULL, NULL, "Of this one" },
  { "due", MADO_JSON_STRING, 0, TRUE, 10, 10, NULL, NULL, "By when" },
  { NULL }
};

const MadoJsonSpec mado_arrears_plan_shape[] = {
  { "items", MADO_JSON_ARRAY, 0, TRUE, 2, MADO_INSTALMENTS_MAX, NULL, instalment_shape, "The instalments, in order" },
  { NULL }
};

static JsonNode *
describe_plan (const GArray *plan)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < plan->len; i++) {
    const MadoInstalment *instalment = &g_array_index (plan, MadoInstalment, i);
    JsonObject *item = json_object_new ();

    json_object_set_int_member (item, "yen", instalment->yen);
    json_object_set_string_member (item, "due", instalment->due);
    json_array_add_object_element (items, item);
  }
  json_object_set_array_member (object, "items", items);
  json_node_take_object (node, object);
  return node;
}

gboolean
mado_arrears_preview_split (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  SplitInput input = { 0 };
  g_autoptr(GArray) plan = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (!mado_request_read (request, &input, error)
      || !(plan = mado_charge_preview_split (mado_request_get_store (request), &request->actor, request->params[0],
                                             (guint) input.n, input.first_due, error)))
    return FALSE;
  node = describe_plan (plan);
  return mado_answer_node (answer, node);
}

MadoAct *
mado_arrears_split (MadoRequest *request, GError **error)
{
  SplitInput input = { 0 };
  gint64 version;

  if (!mado_request_get_version (request, &version, error) || !mado_request_read (request, &input, error))
    return NULL;
  return mado_charge_split (mado_request_get_store (request), &request->actor, request->params[0], version,
                            (guint) input.n, input.first_due, input.reason, error);
}
