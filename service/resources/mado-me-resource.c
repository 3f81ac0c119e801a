/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-resources.h"
#include "procedures/mado-drafts.h"

gboolean
mado_me_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(JsonNode) mine = mado_record_to_json (MADO_RECORD (request->session), MADO_JSON_PRIVATE);
  g_autofree char *name = mado_session_dup_name (mado_request_get_store (request), request->session);

  if (name)
    json_object_set_string_member (json_node_get_object (mine), "name", name);
  return mado_answer_node (answer, mine);
}

typedef struct {
  gint64 before;
  gint64 limit;
} DisclosuresInput;

const MadoJsonSpec mado_me_disclosures_spec[] = {
  { "before", MADO_JSON_INT, G_STRUCT_OFFSET (DisclosuresInput, before), FALSE, 1, G_MAXINT32, NULL, NULL,
    "Journal position to go on from" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (DisclosuresInput, limit), FALSE, 1, 200, NULL, NULL, "50 unless told" },
  { NULL }
};

gboolean
mado_me_disclosures (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) disclosures = NULL;
  DisclosuresInput input = { .limit = 50 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  disclosures = mado_disclosure_list (mado_request_get_store (request), &request->actor, input.before,
                                      (guint) input.limit, error);
  return mado_answer_list (answer, disclosures, NULL);
}

gboolean
mado_me_consents (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) consents = mado_consent_list (mado_request_get_store (request),
                                                     mado_counter_get_city (request->service->counter),
                                                     &request->actor, error);

  return mado_answer_list (answer, consents, NULL);
}

typedef struct {
  JsonNode *items;
} ConsentsInput;

const MadoJsonSpec mado_me_put_consents_spec[] = {
  { "items", MADO_JSON_ARRAY, G_STRUCT_OFFSET (ConsentsInput, items), TRUE, 1, 100, NULL, NULL,
    "As the list gives them, `active` as wished; those not named stay as they are" },
  { NULL }
};

MadoAct *
mado_me_put_consents (MadoRequest *request, GError **error)
{
  ConsentsInput input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_consent_put (mado_request_get_store (request), mado_counter_get_city (request->service->counter),
                           &request->actor, input.items, error);
}

gboolean
mado_me_drafts (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) drafts = mado_draft_list (mado_request_get_store (request), &request->actor, error);

  return mado_answer_list (answer, drafts, NULL);
}

gboolean
mado_me_show_draft (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoDraft) draft = mado_draft_get (mado_request_get_store (request), mado_request_get_catalogue (request),
                                               &request->actor, request->params[0], error);

  return mado_answer_record (answer, draft);
}

MadoAct *
mado_me_drop_draft (MadoRequest *request, GError **error)
{
  return mado_draft_drop (mado_request_get_store (request), &request->actor, request->params[0], error);
}
