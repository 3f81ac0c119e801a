/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-resources.h"
#include "paper/mado-paper.h"
#include "payments/mado-books.h"

typedef struct {
  const char *office;
  const char *language;
} Input;

const MadoJsonSpec mado_days_show_spec[] = {
  { "office", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, office), FALSE, 1, 64, NULL, NULL, "All unless told" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, language), FALSE, 2, 16, NULL, NULL, "`ja` unless told" },
  { NULL }
};

static gboolean
check_office (MadoRequest *request, const char *office, GError **error)
{
  return mado_city_check_office (mado_counter_get_city (request->service->counter), office, "/office", error);
}

static MadoDayReport *
read_report (MadoRequest *request, Input *input, GError **error)
{
  input->language = "ja";
  return mado_request_read (request, input, error) && (!input->office || check_office (request, input->office, error))
         ? mado_day_read_report (mado_request_get_store (request), &request->actor, input->office, request->params[0],
                                 error) : NULL;
}

gboolean
mado_days_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  Input input = { 0 };
  g_autoptr(MadoDayReport) report = read_report (request, &input, error);

  return mado_answer_record (answer, report);
}

gboolean
mado_days_paper (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  Input input = { 0 };
  g_autoptr(MadoDayReport) report = read_report (request, &input, error);
  g_autoptr(JsonNode) city = report ? mado_counter_describe_city (request->service->counter) : NULL;

  return city
         && mado_answer_bytes (answer, "application/pdf", mado_paper_day (report, city, input.language, error));
}

gboolean
mado_days_table (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  Input input = { 0 };
  g_autoptr(MadoDayReport) report = read_report (request, &input, error);
  g_autofree char *csv = report ? mado_day_report_to_csv (report) : NULL;

  if (!csv)
    return FALSE;
  g_string_append (mado_answer_begin (answer, "text/csv; charset=utf-8"), csv);
  return TRUE;
}

typedef struct {
  const char *office;
} CloseInput;

const MadoJsonSpec mado_days_close_spec[] = {
  { "office", MADO_JSON_STRING, G_STRUCT_OFFSET (CloseInput, office), TRUE, 1, 64, NULL, NULL, "Whose books" },
  { NULL }
};

MadoAct *
mado_days_close (MadoRequest *request, GError **error)
{
  CloseInput input = { 0 };

  if (!mado_request_read (request, &input, error) || !check_office (request, input.office, error))
    return NULL;
  return mado_day_close (mado_request_get_store (request), &request->actor, input.office, request->params[0], error);
}
