/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/mado-procedure-tile.h"

#include <glib/gi18n-lib.h>
#include "mado-words.h"
#include "visit/mado-phrase.h"
#include "widgets/mado-tile.h"

static void
on_chosen (GtkWidget *tile, MadoFlowPage *page)
{
  g_autoptr(GError) error = NULL;

  if (mado_kiosk_visit_choose (mado_flow_page_get_visit (page), g_object_get_data (G_OBJECT (tile), "id"), &error))
    mado_flow_page_go (page, "here", FALSE);
  else
    mado_flow_page_complain (page, error->message, _("Please ask the staff"));
}

GtkWidget *
mado_procedure_tile_new (MadoFlowPage *page, JsonNode *procedure)
{
  const char *language = mado_words_get_language ();
  const char *icon = mado_phrase_text (procedure, "/icon", language);
  GtkWidget *tile = mado_tile_new (icon != NULL ? icon : "doc", mado_phrase_text (procedure, "/title", language),
                                   mado_phrase_text (procedure, "/summary", language));

  g_object_set (tile, "chevron", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (tile), "id", g_strdup (mado_phrase_text (procedure, "/id", language)), g_free);
  g_signal_connect (tile, "clicked", G_CALLBACK (on_chosen), page);
  return tile;
}
