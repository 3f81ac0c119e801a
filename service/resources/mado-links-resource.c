/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-id.h"
#include "core/mado-language.h"
#include "mado-page.h"
#include "mado-resources.h"

typedef struct {
  const char *language;
} Input;

const MadoJsonSpec mado_links_make_spec[] = {
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, language), FALSE, 2, 16, NULL, NULL,
    "Of the page; that of the case unless told" },
  { NULL }
};

MadoAct *
mado_links_make (MadoRequest *request, GError **error)
{
  const MadoCity *city = mado_counter_get_city (request->service->counter);
  g_autofree char *number = mado_number_parse (request->params[0], error);
  Input input = { 0 };

  if (!number || !mado_request_read (request, &input, error))
    return NULL;
  return mado_link_make (mado_request_get_store (request), &request->actor, number, city->public_url, input.language,
                        error);
}

gboolean
mado_links_follow (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoLink) link = mado_link_find (mado_request_get_store (request), request->params[0], error);
  g_autoptr(MadoReceipt) receipt = NULL;

  if (!link)
    return FALSE;
  receipt = mado_link_follow (mado_request_get_store (request), mado_request_get_catalogue (request), link, error);
  mado_language_speak (mado_language_find (link->language));
  return receipt && mado_page_write_receipt (answer, request->service, link, receipt);
}
