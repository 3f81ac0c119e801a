/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-resources.h"

typedef struct {
  const char *page;
  const char *language;
} Input;

const MadoJsonSpec mado_staff_calls_make_spec[] = {
  { "page", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, page), TRUE, 1, 64, "[a-z0-9-]+", NULL,
    "Where they stand: the name of the kiosk's page" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, language), TRUE, 2, 16, NULL, NULL, "They chose" },
  { NULL }
};

MadoAct *
mado_staff_calls_make (MadoRequest *request, GError **error)
{
  Input input = { 0 };

  if (!mado_request_read (request, &input, error))
    return NULL;
  return mado_staff_call_make (mado_request_get_store (request), &request->actor, input.page, input.language, error);
}

MadoAct *
mado_staff_calls_answer (MadoRequest *request, GError **error)
{
  return mado_staff_call_answer (mado_request_get_store (request), &request->actor, request->params[0], error);
}
