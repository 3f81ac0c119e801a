/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"
#include "procedures/mado-catalogue.h"

#define MINUTE 60
#define DAY    (24 * 60 * MINUTE)

gboolean
mado_procedures_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  answer->max_age = MINUTE;
  return mado_answer_list (answer, mado_catalogue_get_procedures (mado_request_get_catalogue (request)), NULL);
}

gboolean
mado_procedures_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoProcedure *procedure = mado_catalogue_get_procedure (mado_request_get_catalogue (request),
                                                           request->params[0], 0);

  if (!procedure) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("There is no such procedure; GET /v1/procedures lists those there are."));
    return FALSE;
  }
  answer->max_age = MINUTE;
  return mado_answer_record (answer, procedure);
}

typedef struct {
  gint64 revision;
} Input;

const MadoJsonSpec mado_forms_show_spec[] = {
  { "revision", MADO_JSON_INT, G_STRUCT_OFFSET (Input, revision), FALSE, 1, G_MAXINT32, NULL, NULL,
    "The one in force unless told" },
  { NULL }
};

gboolean
mado_forms_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  Input input = { 0 };
  MadoForm *form;

  if (!mado_request_read (request, &input, error))
    return FALSE;
  form = mado_catalogue_get_form (mado_request_get_catalogue (request), request->params[0], input.revision);
  if (!form) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("There is no such form, or not in this revision; a procedure names its form."));
    return FALSE;
  }
  answer->max_age = input.revision > 0 ? DAY : MINUTE;
  answer->etag = g_strdup_printf ("\"%s\"", form->digest);
  return mado_answer_node (answer, form->json);
}
