/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-page-table.h"

#include "pages/case/mado-case-page.h"
#include "pages/cases/mado-cases-page.h"
#include "pages/check/mado-check-page.h"
#include "pages/done/mado-done-page.h"
#include "pages/end/mado-end-page.h"
#include "pages/events/mado-events-page.h"
#include "pages/files/mado-files-page.h"
#include "pages/guide/mado-guide-page.h"
#include "pages/here/mado-here-page.h"
#include "pages/home/mado-home-page.h"
#include "pages/identify/mado-identify-page.h"
#include "pages/category/mado-category-page.h"
#include "pages/language/mado-language-page.h"
#include "pages/later/mado-later-page.h"
#include "pages/lookup/mado-lookup-page.h"
#include "pages/number/mado-number-page.h"
#include "pages/owed/mado-owed-page.h"
#include "pages/owed/mado-payer-page.h"
#include "pages/paid/mado-paid-page.h"
#include "pages/pay-code/mado-pay-code-page.h"
#include "pages/pay/mado-pay-page.h"
#include "pages/plan/mado-plan-page.h"
#include "pages/procedures/mado-procedures-page.h"
#include "pages/question/mado-question-page.h"
#include "pages/search/mado-search-page.h"
#include "pages/slip/mado-slip-page.h"
#include "pages/text-size/mado-text-size-page.h"
#include "pages/unneeded/mado-unneeded-page.h"

static const MadoPageEntry pages[] = {
  { "home", mado_home_page_get_type, "events" },
  { "events", mado_events_page_get_type, "procedures" },
  { "plan", mado_plan_page_get_type },
  { "unneeded", mado_unneeded_page_get_type },
  { "guide", mado_guide_page_get_type },
  { "procedures", mado_procedures_page_get_type },
  { "category", mado_category_page_get_type },
  { "search", mado_search_page_get_type },
  { "here", mado_here_page_get_type },
  { "identify", mado_identify_page_get_type },
  { "question", mado_question_page_get_type },
  { "files", mado_files_page_get_type },
  { "check", mado_check_page_get_type },
  { "done", mado_done_page_get_type },
  { "later", mado_later_page_get_type },
  { "lookup", mado_lookup_page_get_type },
  { "cases", mado_cases_page_get_type },
  { "number", mado_number_page_get_type },
  { "case", mado_case_page_get_type },
  { "payer", mado_payer_page_get_type },
  { "owed", mado_owed_page_get_type },
  { "slip", mado_slip_page_get_type },
  { "pay", mado_pay_page_get_type },
  { "pay-code", mado_pay_code_page_get_type },
  { "paid", mado_paid_page_get_type },
  { "end", mado_end_page_get_type },
  { "text-size", mado_text_size_page_get_type },
  { "language", mado_language_page_get_type },
};

const MadoPageEntry *
mado_page_table_list (guint *n)
{
  *n = G_N_ELEMENTS (pages);

  return pages;
}

MadoPage *
mado_page_table_make (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_str_equal (pages[i].id, id))
      return g_object_new (pages[i].get_type (), NULL);
  }
  g_error ("There is no page %s", id);
}

const char *
mado_page_table_get_next (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_str_equal (pages[i].id, id))
      return pages[i].next;
  }

  return NULL;
}
