/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-id.h"
#include "mado-documents.h"
#include "mado-resources.h"

typedef struct {
  const char *kind;
  const char *language;
} Input;

const MadoJsonSpec mado_cases_document_spec[] = {
  { "kind", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, kind), TRUE, 1, 8, "record|result", NULL,
    "`record`: what was filed; `result`: what was decided, once it is released" },
  { NULL }
};

gboolean
mado_cases_document (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);
  g_autoptr(MadoCaseDocument) document = NULL;
  Input input = { 0 };

  if (!number || !mado_request_read (request, &input, error))
    return FALSE;
  document = mado_case_get_document (mado_request_get_store (request), mado_request_get_catalogue (request),
                                     &request->actor, number, input.kind, error);
  return document
         && mado_answer_bytes (answer, "application/pdf", mado_documents_render (request->service, document, error));
}

const MadoJsonSpec mado_cases_answers_spec[] = {
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, language), FALSE, 2, 16, NULL, NULL,
    "That of the case unless told" },
  { NULL }
};

static const MadoJsonSpec answer_shape[] = {
  { "section", MADO_JSON_STRING, 0, FALSE, 0, 0, NULL, NULL, "Part of the form" },
  { "row", MADO_JSON_STRING, 0, FALSE, 0, 0, NULL, NULL, "Of whom or what, where it is asked several times" },
  { "label", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "What was asked" },
  { "text", MADO_JSON_STRING, 0, TRUE, 0, 0, NULL, NULL, "What was answered" },
  { "note", MADO_JSON_STRING, 0, FALSE, 0, 0, NULL, NULL, "Quieter words beside it: furigana, the western year" },
  { "source", MADO_JSON_STRING, 0, FALSE, 0, 0, NULL, NULL, "`card` or `register`; absent where it was typed" },
  { "rare", MADO_JSON_STRING, 0, FALSE, 0, 0, NULL, NULL, "Characters of a name that want a look" },
  { NULL }
};

const MadoJsonSpec mado_cases_answers_shape[] = {
  { "items", MADO_JSON_ARRAY, 0, TRUE, 0, 0, NULL, answer_shape, "In the order of the form" },
  { NULL }
};

static void
append_member (GString *out, const char *name, const char *text)
{
  if (!text)
    return;
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", name);
  mado_json_append_string (out, text);
}

static void
append_row (GString *out, const MadoAnswerRow *row)
{
  g_string_append_c (out, '{');
  append_member (out, "section", row->section);
  append_member (out, "row", row->row);
  append_member (out, "label", row->label);
  append_member (out, "text", row->text);
  append_member (out, "note", row->note);
  append_member (out, "source", row->source);
  append_member (out, "rare", row->rare);
  g_string_append_c (out, '}');
}

gboolean
mado_cases_answers (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);
  g_autoptr(MadoCase) filing = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  Input input = { 0 };
  GString *out;

  if (!number || !mado_request_read (request, &input, error))
    return FALSE;
  filing = mado_case_get (mado_request_get_store (request), mado_request_get_catalogue (request), &request->actor,
                          number, error);
  if (filing)
    rows = mado_documents_describe (request->service, filing, input.language ? input.language : filing->language,
                                    error);
  if (!rows)
    return FALSE;
  out = mado_answer_begin (answer, "application/json");
  g_string_append (out, "{\"items\":[");
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_row (out, rows->pdata[i]);
    }
  g_string_append (out, "]}");
  return TRUE;
}
