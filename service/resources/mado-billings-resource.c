/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mado-resources.h"
#include "payments/mado-billing.h"

#define MAX_TEXT (MADO_BILLING_MAX_PIECE / 3 * 4 + 4)

typedef struct {
  const char *mapping;
  const char *titles;
} OpenInput;

const MadoJsonSpec mado_billings_open_spec[] = {
  { "mapping", MADO_JSON_STRING, G_STRUCT_OFFSET (OpenInput, mapping), TRUE, 1, 64, NULL, NULL,
    "How the file is read: an id of the city's books, as `tax-bills`" },
  { "titles", MADO_JSON_STRING, G_STRUCT_OFFSET (OpenInput, titles), TRUE, 1, 65536, NULL, NULL,
    "Base64 of its first line as it came" },
  { NULL }
};

MadoAct *
mado_billings_open (MadoRequest *request, GError **error)
{
  g_autofree guchar *data = NULL;
  MadoTreasury *treasury;
  OpenInput input = { 0 };
  gsize n;

  if (!mado_request_read (request, &input, error) || !(treasury = mado_request_get_treasury (request, error))
      || !(data = mado_request_decode (input.titles, "/titles", &n, error)))
    return NULL;
  return mado_billing_open (mado_request_get_store (request), &request->actor, treasury, input.mapping,
                            (const char *) data, n, error);
}

typedef struct {
  gint64 piece;
  const char *lines;
} AddInput;

const MadoJsonSpec mado_billings_add_spec[] = {
  { "piece", MADO_JSON_INT, G_STRUCT_OFFSET (AddInput, piece), TRUE, 0, G_MAXINT32, NULL, NULL,
    "From 0, one after the other" },
  { "lines", MADO_JSON_STRING, G_STRUCT_OFFSET (AddInput, lines), TRUE, 1, MAX_TEXT, NULL, NULL,
    "Base64 of whole lines as they came, up to 1 MiB" },
  { NULL }
};

MadoAct *
mado_billings_add (MadoRequest *request, GError **error)
{
  g_autofree guchar *data = NULL;
  MadoTreasury *treasury;
  AddInput input = { 0 };
  gsize n;

  if (!mado_request_read (request, &input, error) || !(treasury = mado_request_get_treasury (request, error))
      || !(data = mado_request_decode (input.lines, "/lines", &n, error)))
    return NULL;
  return mado_billing_add (mado_request_get_store (request), &request->actor, treasury, request->params[0],
                           input.piece, data, n, error);
}

gboolean
mado_billings_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoBilling) billing = mado_billing_get (mado_request_get_store (request), &request->actor,
                                                     request->params[0], error);

  return mado_answer_record (answer, billing);
}

MadoAct *
mado_billings_import (MadoRequest *request, GError **error)
{
  return mado_billing_import (mado_request_get_store (request), &request->actor, request->params[0], error);
}

MadoAct *
mado_billings_discard (MadoRequest *request, GError **error)
{
  return mado_billing_discard (mado_request_get_store (request), &request->actor, request->params[0], error);
}
