/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pay/mado-bill.h"

#include "core/mado-json.h"
#include "core/mado-yen.h"
#include "mado-words.h"
#include "pages/mado-flow-page.h"
#include "visit/mado-phrase.h"

GtkWidget *
mado_bill_new (MadoTill *till)
{
  JsonNode *charge = mado_till_get_charge (till);
  const char *language = mado_words_get_language ();
  g_autofree char *amount = mado_yen_format (json_node_get_int (mado_json_get (charge, "/amount")));
  g_autofree char *number = mado_phrase_number (mado_phrase_text (charge, "/number", language));
  GtkWidget *box = mado_piece_row (24, NULL);
  GtkWidget *words = mado_piece_column (4, NULL);
  GtkWidget *yen = mado_piece_label (amount, "amount");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (yen), FALSE);
  gtk_box_append (GTK_BOX (words), mado_piece_label (mado_phrase_text (charge, "/words", language), "h3"));
  gtk_box_append (GTK_BOX (words), mado_piece_label (number, "faint"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), yen);
  return box;
}
