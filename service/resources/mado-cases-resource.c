/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "counter/mado-fees.h"
#include "mado-documents.h"
#include "mado-resources.h"

typedef struct {
  const char *state;
  const char *procedure;
  const char *visit;
  const char *cursor;
  gint64      limit;
} ListInput;

const MadoJsonSpec mado_cases_list_spec[] = {
  { "state", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, state), FALSE, 1, 16, "[a-z-]+", NULL,
    "Only in this state" },
  { "procedure", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, procedure), FALSE, 1, 64, NULL, NULL,
    "Only of this procedure" },
  { "visit", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, visit), FALSE, 1, 32, NULL, NULL,
    "Only what was filed in the visit of this number" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 200, NULL, NULL,
    "Of a page; 50 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, cursor), FALSE, 1, 200, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

gboolean
mado_cases_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) cases = NULL;
  g_autofree char *number = NULL, *next = NULL;
  ListInput input = { .limit = 50 };
  MadoCaseQuery query;

  if (!mado_request_read (request, &input, error)
      || (input.visit && !(number = mado_number_parse (input.visit, error))))
    return FALSE;
  query = (MadoCaseQuery) { input.state, input.procedure, NULL, input.cursor, (guint) input.limit,
                            number };
  cases = mado_case_list (mado_request_get_store (request), mado_request_get_catalogue (request), &request->actor,
                          &query, &next, error);
  return mado_answer_list (answer, cases, next);
}

typedef struct {
  const char *words;
} ShowInput;

const MadoJsonSpec mado_cases_show_spec[] = {
  { "words", MADO_JSON_STRING, G_STRUCT_OFFSET (ShowInput, words), FALSE, 2, 16, NULL, NULL,
    "Language to say the answers in, as `words`" },
  { NULL }
};

gboolean
mado_cases_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);
  g_autoptr(MadoCase) found = NULL;
  ShowInput input = { 0 };

  if (!number || !mado_request_read (request, &input, error))
    return FALSE;
  found = mado_case_get (mado_request_get_store (request), mado_request_get_catalogue (request), &request->actor,
                         number, error);
  if (found && !mado_fees_tell (mado_request_get_store (request), found, error))
    return FALSE;
  if (found && input.words)
    found->words = mado_documents_say (request->service, found, input.words);
  if (found)
    mado_answer_set_version (answer, found->version);
  return mado_answer_record (answer, found);
}

typedef struct {
  const char *event;
  const char *message;
  JsonNode   *answers;
  const char *card_number;
  const char *paper;
} StepInput;

const MadoJsonSpec mado_cases_step_spec[] = {
  { "event", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, event), TRUE, 1, 16, "[a-z-]+", NULL,
    "One of the case's `events`" },
  { "message", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, message), FALSE, 1, 2000, NULL, NULL,
    "Words for the resident: a question, a reason" },
  { "answers", MADO_JSON_OBJECT, G_STRUCT_OFFSET (StepInput, answers), FALSE, 0, 0, NULL, NULL,
    "With `correct`: all values again, by fact name" },
  { "cardNumber", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, card_number), FALSE, 1, 32, NULL, NULL,
    "With `identify`: of the card that staff have looked at" },
  { "paper", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, paper), FALSE, 1, 16, "[a-z-]+", NULL,
    "With `identify`, instead: the kind of paper they have looked at, never its number" },
  { NULL }
};

static gboolean
read_step (MadoRequest *request, MadoCaseStep *step, GError **error)
{
  StepInput input = { 0 };
  int event;

  if (!mado_request_read (request, &input, error))
    return FALSE;
  event = mado_enum_value (MADO_TYPE_CASE_EVENT, input.event);
  if (event < 0) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/event", "unknown",
                       _("There is no such step; the case lists those it takes as `events`."));
    return FALSE;
  }
  *step = (MadoCaseStep) { event, input.message, input.answers, input.card_number, input.paper };
  return TRUE;
}

MadoAct *
mado_cases_step (MadoRequest *request, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);
  MadoCaseStep step;
  gint64 version;

  if (!number || !mado_request_get_version (request, &version, error) || !read_step (request, &step, error))
    return NULL;
  return mado_case_transition (mado_request_get_store (request), mado_request_get_catalogue (request),
                               &request->actor, number, version, &step, error);
}

typedef struct {
  const char *card_number;
  const char *paper;
} HolderInput;

const MadoJsonSpec mado_cases_holder_spec[] = {
  { "cardNumber", MADO_JSON_STRING, G_STRUCT_OFFSET (HolderInput, card_number), FALSE, 1, 32, NULL, NULL,
    "Of the card that is shown" },
  { "paper", MADO_JSON_STRING, G_STRUCT_OFFSET (HolderInput, paper), FALSE, 1, 16, "[a-z-]+", NULL,
    "The kind of paper that is shown instead" },
  { NULL }
};

MadoAct *
mado_cases_holder (MadoRequest *request, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);
  HolderInput input = { 0 };
  MadoCaseStep shown;

  if (!number || !mado_request_read (request, &input, error))
    return NULL;
  shown = (MadoCaseStep) { MADO_CASE_EVENT_IDENTIFY, .card_number = input.card_number, .paper = input.paper };
  return mado_case_look_up_holder (mado_request_get_store (request), &request->actor, number, &shown, error);
}

void
mado_cases_stepped (MadoRequest *request, MadoAct *act, MadoAnswer *answer)
{
  mado_answer_set_version (answer, ((MadoCase *) act->result)->version);
  mado_answer_record (answer, act->result);
}
