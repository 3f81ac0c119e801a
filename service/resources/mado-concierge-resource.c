/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-resources.h"
#include "procedures/mado-catalogue.h"

#define MINUTE 60

typedef struct {
  const char *query;
  const char *language;
  gint64      limit;
} SearchInput;

const MadoJsonSpec mado_search_spec[] = {
  { "q", MADO_JSON_STRING, G_STRUCT_OFFSET (SearchInput, query), TRUE, 1, 200, NULL, NULL,
    "What was typed, in any writing" },
  { "language", MADO_JSON_STRING, G_STRUCT_OFFSET (SearchInput, language), FALSE, 2, 16, "[a-z]{2}(@[a-z]+)?", NULL,
    "Texts in this language only" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (SearchInput, limit), FALSE, 1, MADO_SEARCH_MAX_HITS, NULL, NULL,
    "Hits at most; 10 unless told" },
  { NULL }
};

gboolean
mado_search_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  SearchInput input = { .limit = 10 };
  g_autoptr(MadoHits) hits = NULL;

  if (!mado_request_read (request, &input, error))
    return FALSE;
  hits = mado_search_find (mado_catalogue_get_search (mado_request_get_catalogue (request)), input.query,
                           input.language, (guint) input.limit);
  answer->max_age = MINUTE;
  return mado_answer_record (answer, hits);
}

gboolean
mado_life_events_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  answer->max_age = MINUTE;
  return mado_answer_list (answer, mado_catalogue_get_life_events (mado_request_get_catalogue (request)), NULL);
}

gboolean
mado_life_events_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoLifeEvent *event = mado_catalogue_get_life_event (mado_request_get_catalogue (request), request->params[0]);

  if (!event) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("There is no such life event; GET /v1/life-events lists those there are."));
    return FALSE;
  }
  answer->max_age = MINUTE;
  return mado_answer_record (answer, event);
}

/* What people ask */

typedef struct {
  const char *category;
  const char *cursor;
  gint64      limit;
} ListInput;

const MadoJsonSpec mado_faq_list_spec[] = {
  { "category", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, category), FALSE, 1, 64, NULL, NULL,
    "Only of this field of life" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (ListInput, limit), FALSE, 1, 500, NULL, NULL,
    "Of a page; 100 unless told" },
  { "cursor", MADO_JSON_STRING, G_STRUCT_OFFSET (ListInput, cursor), FALSE, 1, 64, NULL, NULL,
    "`next` of the page before" },
  { NULL }
};

/* A page after @cursor, the id of the last one of the page before. */
static GPtrArray *
take_page (GPtrArray *questions, const ListInput *input, const char **next)
{
  GPtrArray *page = g_ptr_array_new ();
  gboolean begun = input->cursor == NULL;

  for (guint i = 0; i < questions->len; i++) {
    MadoFaq *faq = g_ptr_array_index (questions, i);

    if (begun && (!input->category || g_str_equal (faq->category, input->category))) {
      if (page->len == input->limit) {
        *next = ((MadoFaq *) g_ptr_array_index (page, page->len - 1))->id;
        break;
      }
      g_ptr_array_add (page, faq);
    }
    begun = begun || g_str_equal (faq->id, input->cursor);
  }
  return page;
}

gboolean
mado_faq_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  ListInput input = { .limit = 100 };
  g_autoptr(GPtrArray) page = NULL;
  const char *next = NULL;

  if (!mado_request_read (request, &input, error))
    return FALSE;
  page = take_page (mado_catalogue_get_questions (mado_request_get_catalogue (request)), &input, &next);
  answer->max_age = MINUTE;
  return mado_answer_list (answer, page, next);
}

gboolean
mado_faq_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoFaq *faq = mado_catalogue_get_question (mado_request_get_catalogue (request), request->params[0]);

  if (!faq) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("There is no such question; GET /v1/faq lists those there are."));
    return FALSE;
  }
  answer->max_age = MINUTE;
  return mado_answer_record (answer, faq);
}
