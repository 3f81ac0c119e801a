/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mado-resources.h"
#include "model/mado-state-table.h"
#include "payments/mado-settlements.h"

/* --- files ------------------------------------------------------------------------------------------------------ */

#define MAX_TEXT (44 * 1024 * 1024)   /* base64 of the largest file */

typedef struct {
  const char *mapping;
  const char *file;
} FileInput;

const MadoJsonSpec mado_settlements_file_spec[] = {
  { "mapping", MADO_JSON_STRING, G_STRUCT_OFFSET (FileInput, mapping), TRUE, 1, 64, NULL, NULL,
    "How it is read: an id of the city's books, as `wallet`" },
  { "file", MADO_JSON_STRING, G_STRUCT_OFFSET (FileInput, file), TRUE, 1, MAX_TEXT, NULL, NULL,
    "Base64 of the file as the provider made it" },
  { NULL }
};

MadoTreasury *
mado_request_get_treasury (MadoRequest *request, GError **error)
{
  if (!request->service->treasury)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("This city has no books.json beside its city.json, so files cannot be read."));
  return request->service->treasury;
}

guchar *
mado_request_decode (const char *base64, const char *pointer, gsize *n, GError **error)
{
  gsize length = strlen (base64);
  guchar *data = length % 4 == 0 ? g_base64_decode (base64, n) : NULL;

  if (data && *n >= length / 4 * 3 - MIN (length / 4 * 3, 2))
    return data;
  g_free (data);
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "pattern", _("This is not base64, or was cut."));
  return NULL;
}

typedef struct {
  FileInput input;
  MadoTreasury *treasury;
  guchar *data;
  gsize n;
} File;

static gboolean
read_file (MadoRequest *request, File *self, GError **error)
{
  return mado_request_read (request, &self->input, error)
         && (self->treasury = mado_request_get_treasury (request, error))
         && (self->data = mado_request_decode (self->input.file, "/file", &self->n, error));
}

/* Nothing changes: what it would come to is the answer. */
static MadoOutcome
show (MadoTx *tx, gpointer act, GError **error)
{
  return MADO_OUTCOME_COMMIT;
}

MadoAct *
mado_settlements_preview (MadoRequest *request, GError **error)
{
  File file = { 0 };
  MadoSettlement *preview;
  MadoAct *act;

  if (!read_file (request, &file, error))
    return NULL;
  preview = mado_settlement_preview (mado_request_get_store (request), &request->actor, file.treasury,
                                     file.input.mapping, file.data, file.n, error);
  g_free (file.data);
  if (!preview)
    return NULL;
  act = mado_act_new (&request->actor, sizeof (MadoAct), show, NULL);
  mado_act_take_result (act, preview);
  return act;
}

MadoAct *
mado_settlements_take (MadoRequest *request, GError **error)
{
  File file = { 0 };
  MadoAct *act;

  if (!read_file (request, &file, error))
    return NULL;
  act = mado_settlement_take (mado_request_get_store (request), &request->actor, file.treasury, file.input.mapping,
                              file.data, file.n, error);
  g_free (file.data);
  return act;
}

gboolean
mado_settlements_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoSettlement) settlement = mado_settlement_get (mado_request_get_store (request), &request->actor,
                                                              request->params[0], error);

  return mado_answer_record (answer, settlement);
}

typedef struct {
  gint64 limit;
} ListInput;

const MadoJsonSpec mado_settlements_list_spec[] = {
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 200, NULL, NULL, "50 unless told" },
  { NULL }
};

gboolean
mado_settlements_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) settlements = NULL;
  ListInput input = { 0 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  settlements = mado_settlement_list (mado_request_get_store (request), &request->actor, (guint) input.limit, error);
  return mado_answer_list (answer, settlements, NULL);
}

/* --- differences ------------------------------------------------------------------------------------------------ */

gboolean
mado_differences_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) differences = NULL;
  ListInput input = { 0 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  differences = mado_difference_list (mado_request_get_store (request), &request->actor, (guint) input.limit, error);
  return mado_answer_list (answer, differences, NULL);
}

typedef struct {
  const char *event;
  const char *remedy;
  const char *target;
  const char *reason;
} StepInput;

const MadoJsonSpec mado_differences_step_spec[] = {
  { "event", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, event), TRUE, 1, 16, "propose|approve|decline", NULL,
    "Who proposed it cannot approve it" },
  { "remedy", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, remedy), FALSE, 1, 16,
    "assign|give-back|write-off|cancel|explain", NULL, "With propose: how it is put right" },
  { "target", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, target), FALSE, 1, 32, NULL, NULL,
    "With assign: number of the charge the money pays" },
  { "reason", MADO_JSON_STRING, G_STRUCT_OFFSET (StepInput, reason), FALSE, 1, 500, NULL, NULL,
    "With propose: why, in words" },
  { NULL }
};

MadoAct *
mado_differences_step (MadoRequest *request, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  StepInput input = { 0 };
  gint64 version;

  if (!mado_request_get_version (request, &version, error) || !mado_request_read (request, &input, error))
    return NULL;
  if (!g_str_equal (input.event, "propose"))
    return mado_difference_decide (store, &request->actor, request->params[0], version,
                                   mado_enum_value (MADO_TYPE_DIFFERENCE_EVENT, input.event), error);
  return mado_difference_propose (store, &request->actor, request->params[0], version,
                                  input.remedy ? mado_enum_value (MADO_TYPE_REMEDY, input.remedy) : MADO_REMEDY_NONE,
                                  input.target, input.reason, error);
}

void
mado_differences_stepped (MadoRequest *request, MadoAct *act, MadoAnswer *answer)
{
  mado_answer_set_version (answer, ((MadoDifference *) act->result)->version);
  mado_answer_record (answer, act->result);
}
