/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-words.h"

#include "core/mado-yen.h"

#define QR_SIZE     92.0
#define YEN_WIDTH   110.0

#define SAY(word) mado_paper_word (word, receipt->language)

static void
add_head (MadoSheet *sheet, const MadoPaperReceipt *receipt)
{
  g_autofree char *number = mado_paper_say (PAPER_RECEIPT_NUMBER, receipt->language, receipt->number, NULL);

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = mado_paper_city (receipt->city, "name", receipt->language), .style = MADO_SHEET_STRONG },
    { .text = number, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RIGHT | MADO_SHEET_QUIET, .width = 260 },
  }, 2);
  mado_sheet_add_space (sheet, 12);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, MADO_SHEET_CENTRED, SAY (PAPER_RECEIPT_TITLE));
  mado_sheet_add_space (sheet, 12);
  if (receipt->is_void) {
    mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_BOXED | MADO_SHEET_CENTRED, SAY (PAPER_VOID));
    mado_sheet_add_space (sheet, 10);
  }
}

static void
add_amount (MadoSheet *sheet, const MadoPaperReceipt *receipt)
{
  g_autofree char *yen = mado_yen_format (receipt->amount);

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = yen, .style = MADO_SHEET_NUMBER, .flags = MADO_SHEET_TINTED | MADO_SHEET_BARRED | MADO_SHEET_CENTRED },
  }, 1);
  mado_sheet_add_space (sheet, 6);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_CENTRED, receipt->words);
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, MADO_SHEET_CENTRED, SAY (PAPER_RECEIVED));
  mado_sheet_add_space (sheet, 14);
}

static void
add_lines (MadoSheet *sheet, const MadoPaperReceipt *receipt)
{
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, SAY (PAPER_FOR));
  mado_sheet_add_space (sheet, 4);
  for (guint i = 0; i < receipt->n_lines; i++) {
    const MadoPaperLine *line = &receipt->lines[i];
    g_autofree char *unit = mado_yen_format (line->unit);
    g_autofree char *times = g_strdup_printf ("%s × %" G_GINT64_FORMAT, unit, line->quantity);
    g_autofree char *sum = mado_yen_format (line->unit * line->quantity);

    mado_sheet_add_row (sheet, (MadoSheetCell[]) {
      { .text = line->text, .style = MADO_SHEET_BODY, .flags = MADO_SHEET_RULED },
      { .text = times, .style = MADO_SHEET_BODY, .flags = MADO_SHEET_RULED | MADO_SHEET_RIGHT, .width = YEN_WIDTH },
      { .text = sum, .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_RULED | MADO_SHEET_RIGHT, .width = YEN_WIDTH },
    }, 3);
  }
  mado_sheet_add_space (sheet, 14);
}

static gboolean
add_foot (MadoSheet *sheet, const MadoPaperReceipt *receipt, GError **error)
{
  g_autofree char *who = g_strdup_printf ("%s %s", mado_paper_city (receipt->city, "name", receipt->language),
                                          mado_paper_city (receipt->city, "office", receipt->language));
  g_autofree char *day = mado_paper_time (receipt->paid_at, receipt->language);

  mado_sheet_add_fact (sheet, SAY (PAPER_PAID_ON), day);
  mado_sheet_add_fact (sheet, SAY (PAPER_PAID_BY), receipt->method);
  mado_sheet_add_fact (sheet, SAY (PAPER_CHARGE_NUMBER), receipt->charge);
  mado_sheet_add_fact (sheet, SAY (PAPER_ISSUER), who);
  mado_sheet_add_space (sheet, 20);
  if (!mado_sheet_add_qr (sheet, MADO_SHEET_WIDTH - MADO_SHEET_MARGIN - QR_SIZE, QR_SIZE, receipt->number, error))
    return FALSE;
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = SAY (PAPER_NO_STAMP), .style = MADO_SHEET_SMALL, .width = MADO_SHEET_INNER - QR_SIZE - 14 },
  }, 1);
  mado_sheet_add_space (sheet, QR_SIZE);
  mado_sheet_add_text (sheet, MADO_SHEET_SMALL, MADO_SHEET_RIGHT | MADO_SHEET_QUIET, SAY (PAPER_QR_RECEIPT));
  return TRUE;
}

/**
 * mado_paper_receipt:
 * @receipt: that money came
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_receipt (const MadoPaperReceipt *receipt, GError **error)
{
  if (!mado_paper_require (receipt->language, "/language", error)
      || !mado_paper_require (receipt->number, "/number", error)
      || !mado_paper_require (receipt->words, "/words", error))
    return NULL;

  g_autoptr(MadoSheet) sheet = mado_sheet_new (receipt->language, SAY (PAPER_RECEIPT_TITLE), receipt->paid_at);
  g_autofree char *footer = mado_paper_say (PAPER_RECEIPT_NUMBER, receipt->language, receipt->number, NULL);

  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, footer);
  add_head (sheet, receipt);
  add_amount (sheet, receipt);
  add_lines (sheet, receipt);
  if (!add_foot (sheet, receipt, error))
    return NULL;
  return mado_sheet_finish (sheet, error);
}
