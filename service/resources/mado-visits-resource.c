/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"
#include "procedures/mado-drafts.h"

typedef struct {
  const char *language;
  const char *card_number;
  const char *pin;
  JsonNode   *answers;
  JsonNode   *procedures;
  const char *box;
  const char *draft;
} Input;

const MadoJsonSpec mado_visits_start_spec[] = {
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, language), TRUE, 2, 16, NULL, NULL,
    "That the resident chose, for example `ja` or `en`" },
  { NULL }
};

MadoAct *
mado_visits_start (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_visit_start (mado_request_get_store (request), &request->actor, input.language, error);
}

gboolean
mado_visits_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoVisit) visit = mado_visit_get (mado_request_get_store (request), &request->actor,
                                               request->params[0], error);

  return mado_answer_record (answer, visit);
}

MadoAct *
mado_visits_end (MadoRequest *request, GError **error)
{
  return mado_visit_end (mado_request_get_store (request), &request->actor, request->params[0], error);
}

const MadoJsonSpec mado_visits_identify_spec[] = {
  { "cardNumber", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, card_number), TRUE, 1, 32, NULL, NULL,
    "12 digits; width, spaces and hyphens fold" },
  { "pin", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, pin), TRUE, 4, 16, NULL, NULL, "Of the card; three tries" },
  { NULL }
};

MadoAct *
mado_visits_identify (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_visit_identify (mado_request_get_store (request), &request->actor, request->params[0],
                              input.card_number, input.pin, error);
}

const MadoJsonSpec mado_visits_save_spec[] = {
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Input, answers), TRUE, 0, 0, NULL, NULL,
    "Values by fact name, all there are; the draft is sealed" },
  { NULL }
};

MadoAct *
mado_visits_save (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_visit_save (mado_request_get_store (request), &request->actor, request->params[0], input.answers, error);
}

static const MadoJsonSpec chosen_spec[] = {
  { "id", MADO_JSON_STRING, 0, TRUE, 1, 64, NULL, NULL, "Of the procedure" },
  { "revision", MADO_JSON_INT, 0, TRUE, 1, G_MAXINT32, NULL, NULL, "That the resident was shown" },
  { NULL }
};

const MadoJsonSpec mado_visits_submit_spec[] = {
  { "procedures", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Input, procedures), TRUE, 1, 20, NULL, chosen_spec,
    "What is asked of the city" },
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Input, answers), TRUE, 0, 0, NULL, NULL, "Values by fact name" },
  { "draft", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, draft), FALSE, 1, 16, NULL, NULL,
    "Number of the draft it was finished from, which is forgotten with it" },
  { NULL }
};

/* The domain reads the filing as it came; here its shape is checked. */
MadoAct *
mado_visits_submit (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_visit_submit (mado_request_get_store (request), mado_request_get_catalogue (request), &request->actor,
                            request->params[0], request->input, error);
}

const MadoJsonSpec mado_visits_put_by_spec[] = {
  { "procedures", MADO_JSON_ARRAY, G_STRUCT_OFFSET (Input, procedures), TRUE, 1, 20, NULL, chosen_spec,
    "What is to be filed" },
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (Input, answers), TRUE, 0, 0, NULL, NULL, "Values by fact name" },
  { NULL }
};

MadoAct *
mado_visits_put_by (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_draft_save (mado_request_get_store (request), mado_request_get_catalogue (request), &request->actor,
                          request->params[0], input.procedures, input.answers, error);
}

const MadoJsonSpec mado_filings_deposit_spec[] = {
  { "box", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, box), TRUE, 64, 340 * 1024, "[A-Za-z0-9+/]*={0,2}", NULL,
    "Base64 of a filing sealed to the city's public key (`GET /v1/city`)" },
  { NULL }
};

/* What cannot be opened is the sender's mistake here, not ours. */
static void
blame_box (GError **error)
{
  if (!error || !g_error_matches (*error, MADO_ERROR, MADO_ERROR_CRYPTO))
    return;
  g_clear_error (error);
  mado_set_error_at (error, MADO_ERROR_INVALID, "/box", "sealed",
                     _("This was not sealed to this city's key; take the key from GET /v1/city."));
}

MadoAct *
mado_filings_deposit (MadoRequest *request, GError **error)
{
  g_autoptr(GBytes) box = NULL;
  MadoAct *act;
  Input input = { 0 };
  guchar *data;
  gsize n;

  if (!mado_request_read (request, &input, error))
    return NULL;
  data = g_base64_decode (input.box, &n);
  box = g_bytes_new_take (data, n);
  act = mado_counter_file_sealed (request->service->counter, &request->actor, box, error);
  if (!act)
    blame_box (error);
  return act;
}

const MadoJsonSpec mado_filings_deposited_shape[] = {
  { "number", MADO_JSON_STRING, 0, TRUE, 0, 16, NULL, NULL,
    "To be read out: of the visit, or of the case that was corrected" },
  { NULL }
};

/* The kiosk learns where the filing went, not what is in it. */
void
mado_filings_deposited (MadoRequest *request, MadoAct *act, MadoAnswer *answer)
{
  GString *out = mado_answer_begin (answer, "application/json");

  g_string_append (out, "{\"number\":");
  mado_json_append_string (out, ((MadoReceipt *) act->result)->number);
  g_string_append_c (out, '}');
}
