/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-page-table.h"

#include "pages/home/mado-home-page.h"
#include "pages/language/mado-language-page.h"
#include "pages/text-size/mado-text-size-page.h"

static const MadoPageEntry pages[] = {
  { "home", mado_home_page_get_type },
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
