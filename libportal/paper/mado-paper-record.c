/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-signature.h"
#include "paper/mado-paper-words.h"

#define QR_SIZE       92.0
#define QR_COLUMN     (QR_SIZE + 14)
#define NUMBER_HEIGHT 78.0
#define LABEL_WIDTH   150.0
#define FEE_WIDTH     88.0
#define STATE_WIDTH   150.0
#define SIGNATURE_WIDTH  150.0
#define SIGNATURE_HEIGHT 45.0

#define SAY(word) mado_paper_word (word, record->language)

static void
add_head (MadoSheet *sheet, const MadoPaperRecord *record)
{
  g_autofree char *filed = mado_paper_time (record->submitted_at, record->language);
  const char *city = mado_paper_city (record->city, "name", record->language);

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = city, .style = MADO_SHEET_STRONG },
    { .text = filed, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RIGHT | MADO_SHEET_QUIET, .width = 260 },
  }, 2);
  mado_sheet_add_space (sheet, 6);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, 0, SAY (PAPER_RECORD_TITLE));
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, SAY (PAPER_RECORD_LEAD));
  mado_sheet_add_space (sheet, 10);
}

/* The number, large; the code at its right. */
static gboolean
add_number (MadoSheet *sheet, const MadoPaperRecord *record, GError **error)
{
  double right = record->url != NULL ? QR_COLUMN : 0;

  if (record->url != NULL
      && !mado_sheet_add_qr (sheet, MADO_SHEET_WIDTH - MADO_SHEET_MARGIN - QR_SIZE, QR_SIZE, record->url, error))
    return FALSE;
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .above = SAY (PAPER_YOUR_NUMBER), .text = record->number, .style = MADO_SHEET_NUMBER,
      .flags = MADO_SHEET_TINTED | MADO_SHEET_BARRED | MADO_SHEET_CENTRED, .width = MADO_SHEET_INNER - right },
  }, 1);
  if (record->url != NULL) {
    mado_sheet_add_space (sheet, QR_SIZE - NUMBER_HEIGHT);
    mado_sheet_add_text (sheet, MADO_SHEET_SMALL, MADO_SHEET_RIGHT | MADO_SHEET_QUIET, SAY (PAPER_QR_RECORD));
  }
  mado_sheet_add_space (sheet, 8);
  if (!record->identified) {
    mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_BOXED, SAY (PAPER_NOT_IDENTIFIED));
    mado_sheet_add_space (sheet, 10);
  }

  return TRUE;
}

static void
add_case (MadoSheet *sheet, const MadoPaperRecord *record, const MadoPaperCase *filed)
{
  g_autofree char *due = filed->due_date != NULL ? mado_paper_date (filed->due_date, record->language) : NULL;
  const MadoSheetFlags label = MADO_SHEET_BOXED | MADO_SHEET_TINTED, value = MADO_SHEET_BOXED;

  mado_sheet_keep (sheet, 2);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = filed->procedure, .style = MADO_SHEET_STRONG, .flags = label },
    { .text = filed->state, .style = MADO_SHEET_BODY, .flags = label | MADO_SHEET_RIGHT, .width = STATE_WIDTH },
    { .text = filed->number, .style = MADO_SHEET_STRONG, .flags = label | MADO_SHEET_RIGHT, .width = 110 },
  }, 3);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = SAY (PAPER_NEXT_STEP), .style = MADO_SHEET_LABEL, .flags = value | MADO_SHEET_QUIET,
      .width = LABEL_WIDTH },
    { .text = filed->next_step, .style = MADO_SHEET_BODY, .flags = value },
  }, 2);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = SAY (PAPER_BY_WHEN), .style = MADO_SHEET_LABEL, .flags = value | MADO_SHEET_QUIET,
      .width = LABEL_WIDTH },
    { .text = due != NULL ? due : "—", .style = MADO_SHEET_BODY, .flags = value },
    { .text = SAY (PAPER_FEE), .style = MADO_SHEET_LABEL, .flags = value | MADO_SHEET_QUIET, .width = FEE_WIDTH },
    { .text = filed->fee != NULL ? filed->fee : SAY (PAPER_FREE), .style = MADO_SHEET_BODY, .flags = value,
      .width = FEE_WIDTH },
  }, 4);
  mado_sheet_add_space (sheet, 8);
}

static const char *
or_city (const char *value, const MadoPaperRecord *record, const char *member)
{
  return value != NULL ? value : mado_paper_city (record->city, member, record->language);
}

static void
add_contact (MadoSheet *sheet, const MadoPaperRecord *record)
{
  const char *city = mado_paper_city (record->city, "name", record->language);
  g_autofree char *who = g_strdup_printf ("%s %s", city, or_city (record->contact, record, "office"));
  g_autofree char *phone = mado_paper_say (PAPER_PHONE, record->language,
                                           or_city (record->contact_phone, record, "phone"), NULL);
  g_autofree char *hours = mado_paper_say (PAPER_HOURS, record->language,
                                           or_city (record->contact_hours, record, "hours"), NULL);

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = SAY (PAPER_ASK), .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_BARRED, .width = 110 },
    { .text = who, .style = MADO_SHEET_BODY, .note = hours },
    { .text = phone, .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_RIGHT, .width = 170 },
  }, 3);
}

static void
draw_signature (cairo_t *cr, double x, double y, gconstpointer signature)
{
  mado_paper_draw_signature (cr, signature, x, y, SIGNATURE_WIDTH, SIGNATURE_HEIGHT);
}

/* A signature takes the room of some lines, and words below it say what it is. */
static void
add_answer (MadoSheet *sheet, const MadoPaperRow *row)
{
  if (row->signature != NULL)
    mado_sheet_add_drawing (sheet, MADO_SHEET_MARGIN + LABEL_WIDTH + 8, 4, draw_signature, g_strdup (row->signature),
                            g_free);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = row->label, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RULED | MADO_SHEET_QUIET,
      .width = LABEL_WIDTH },
    { .text = row->signature != NULL ? "\n\n" : row->value, .note = row->signature != NULL ? row->value : row->note,
      .style = MADO_SHEET_BODY, .flags = MADO_SHEET_RULED },
  }, 2);
}

static void
add_answers (MadoSheet *sheet, const MadoPaperRecord *record)
{
  if (record->n_sections > 0) {
    mado_sheet_add_space (sheet, 16);
    mado_sheet_keep (sheet, 3);
    mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, SAY (PAPER_YOUR_ANSWERS));
  }
  for (guint i = 0; i < record->n_sections; i++) {
    const MadoPaperSection *section = &record->sections[i];
    mado_sheet_add_space (sheet, 6);
    mado_sheet_keep (sheet, 1);
    mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_RULED | MADO_SHEET_TINTED, section->title);
    for (guint k = 0; k < section->n_rows; k++)
      add_answer (sheet, &section->rows[k]);
  }
}

/**
 * mado_paper_record:
 * @record: what was filed
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_record (const MadoPaperRecord *record, GError **error)
{
  if (!mado_paper_require (record->language, "/language", error)
      || !mado_paper_require (record->number, "/number", error))
    return NULL;

  g_autoptr(MadoSheet) sheet = mado_sheet_new (record->language, SAY (PAPER_RECORD_TITLE), record->submitted_at);
  g_autofree char *number = mado_paper_say (PAPER_KEEP, record->language, record->number, NULL);
  g_autofree char *footer = g_strdup_printf ("%s　%s", mado_paper_city (record->city, "name", record->language), number);

  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, footer);
  add_head (sheet, record);
  if (!add_number (sheet, record, error))
    return NULL;
  mado_sheet_keep (sheet, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, SAY (PAPER_WHAT_NEXT));
  mado_sheet_add_space (sheet, 4);
  for (guint i = 0; i < record->n_cases; i++)
    add_case (sheet, record, &record->cases[i]);
  mado_sheet_add_space (sheet, 4);
  add_contact (sheet, record);
  add_answers (sheet, record);

  return mado_sheet_finish (sheet, error);
}
