/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-id.h"
#include "core/mado-language.h"
#include "mado-documents.h"
#include "mado-resources.h"

typedef struct {
  const char *kind;
} Input;

const MadoJsonSpec mado_cases_document_spec[] = {
  { "kind", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, kind), TRUE, 1, 8, "record|form|result", NULL,
    "`record`: what was filed; `form`: the same on the city's official form; `result`: what was decided, once it is"
    " released" },
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

MadoAct *
mado_cases_hand_out (MadoRequest *request, GError **error)
{
  g_autofree char *number = mado_number_parse (request->params[0], error);

  return number ? mado_case_hand_out (mado_request_get_store (request), mado_request_get_catalogue (request),
                                      &request->actor, number, error) : NULL;
}

typedef struct {
  const char *language;
} ReceiptInput;

const MadoJsonSpec mado_charges_receipt_spec[] = {
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (ReceiptInput, language), FALSE, 2, 16, NULL, NULL,
    "To print it in; Japanese unless told" },
  { NULL }
};

typedef GBytes *(*Render) (MadoService *service, const MadoActor *actor, const char *of, const char *language,
                           GError **error);

static gboolean
print (MadoRequest *request, MadoAnswer *answer, Render render, GError **error)
{
  ReceiptInput input = { .language = "ja" };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  if (!mado_language_find (input.language))
    input.language = "ja";
  return mado_answer_bytes (answer, "application/pdf",
                            render (request->service, &request->actor, request->params[0], input.language, error));
}

gboolean
mado_charges_receipt (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  return print (request, answer, mado_documents_render_receipt, error);
}

gboolean
mado_slips_paper (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  return print (request, answer, mado_documents_render_slip, error);
}
