/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mado-resources.h"
#include "procedures/mado-catalogue.h"

#define MINUTE 60
#define DAY    (24 * 60 * MINUTE)

typedef struct {
  const char *category;
  const char *cursor;
  gint64      limit;
} ListInput;

const MadoJsonSpec mado_procedures_list_spec[] = {
  { "category", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, category), FALSE, 1, 64, NULL, NULL,
    "Only of this field of life" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 500, NULL, NULL,
    "Of a page; 200 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, cursor), FALSE, 1, 64, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

const MadoJsonSpec mado_catalogue_list_spec[] = {
  { "category", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, category), FALSE, 1, 64, NULL, NULL,
    "Only of this field of life" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 100, NULL, NULL,
    "Of a page; 100 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, cursor), FALSE, 1, 64, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

static gboolean
check_cursor (MadoRequest *request, const ListInput *input, GError **error)
{
  if (!input->cursor || mado_catalogue_get_procedure (mado_request_get_catalogue (request), input->cursor, 0))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/cursor", "unknown",
                     _("The cursor is the “next” of the page before."));
  return FALSE;
}

/* Of @records, which lie beside the procedures in force: those after @cursor, the last id of the page before. */
static gboolean
answer_page (MadoRequest *request, MadoAnswer *answer, const ListInput *input, GPtrArray *records)
{
  GPtrArray *procedures = mado_catalogue_get_procedures (mado_request_get_catalogue (request));
  g_autoptr(GPtrArray) page = g_ptr_array_new ();
  const char *next = NULL, *last = NULL;

  for (guint i = 0; i < procedures->len && !next; i++) {
    const MadoProcedure *procedure = g_ptr_array_index (procedures, i);

    if ((input->cursor && strcmp (procedure->id, input->cursor) <= 0)
        || (input->category && !g_str_equal (procedure->category, input->category)))
      continue;
    if (page->len == input->limit)
      next = last;
    else
      g_ptr_array_add (page, g_ptr_array_index (records, i));
    last = procedure->id;
  }
  answer->max_age = MINUTE;
  mado_answer_list (answer, page, next);
  return mado_answer_set_digest (answer);
}

gboolean
mado_procedures_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  ListInput input = { .limit = 200 };

  return mado_request_read (request, &input, error) && check_cursor (request, &input, error)
         && answer_page (request, answer, &input, mado_catalogue_get_briefs (mado_request_get_catalogue (request)));
}

gboolean
mado_catalogue_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  ListInput input = { .limit = 100 };

  return mado_request_read (request, &input, error) && check_cursor (request, &input, error)
         && answer_page (request, answer, &input, mado_catalogue_get_procedures (mado_request_get_catalogue (request)));
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
