/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-seal.h"
#include "paper/mado-paper-words.h"

#include "core/mado-clock.h"

#define LABEL_WIDTH  96.0
#define SENDER_WIDTH 230.0
#define QR_SIZE      84.0

typedef struct {
  const char *language;
  JsonNode   *city;
  const char *number;
  const char *date;
  const char *recipient;
  const char *recipient_address;
  gboolean    sealed;            /* signed by the mayor; else by the office */
} Letter;

static char *
sender_of (const Letter *letter)
{
  const char *name = mado_paper_city (letter->city, "name", letter->language);
  const char *mayor = mado_paper_city (letter->city, "mayor", letter->language);
  const char *person = mado_paper_city (letter->city, "mayorName", letter->language);
  const char *office = mado_paper_city (letter->city, "office", letter->language);

  if (letter->sealed)
    return g_strdup_printf ("%s%s%s", mayor, *person != '\0' ? "　" : "", person);
  return g_strdup_printf ("%s\n%s", name, office);
}

static void
add_head (MadoSheet *sheet, const Letter *letter)
{
  g_autofree char *date = mado_paper_date (letter->date, letter->language);
  g_autofree char *number = mado_paper_say (PAPER_LETTER_NUMBER, letter->language, letter->number, NULL);
  g_autofree char *recipient = mado_paper_say (PAPER_RECIPIENT, letter->language, letter->recipient, NULL);
  g_autofree char *sender = sender_of (letter);
  const char *seal = letter->sealed ? mado_paper_city (letter->city, "seal", "ja") : "";

  mado_sheet_add_text (sheet, MADO_SHEET_LABEL, MADO_SHEET_RIGHT, number);
  mado_sheet_add_text (sheet, MADO_SHEET_LABEL, MADO_SHEET_RIGHT, date);
  mado_sheet_add_space (sheet, 14);
  if (letter->recipient_address != NULL)
    mado_sheet_add_row (sheet, (MadoSheetCell[]) {
      { .text = letter->recipient_address, .style = MADO_SHEET_LABEL, .width = 280 } }, 1);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, recipient);
  mado_sheet_add_space (sheet, 16);
  if (*seal != '\0')
    mado_paper_add_seal (sheet, MADO_SHEET_WIDTH - MADO_SHEET_MARGIN - MADO_PAPER_SEAL_SIZE, -16, seal);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .style = MADO_SHEET_BODY },
    { .text = sender, .style = MADO_SHEET_HEADING, .flags = MADO_SHEET_RIGHT, .width = SENDER_WIDTH },
    { .style = MADO_SHEET_BODY, .width = *seal != '\0' ? MADO_PAPER_SEAL_SIZE + 6 : 0.01 },
  }, 3);
  mado_sheet_add_space (sheet, 26);
}

static void
add_entry (MadoSheet *sheet, const char *label, const char *value, MadoSheetStyle style)
{
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = label, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_BOXED | MADO_SHEET_TINTED, .width = LABEL_WIDTH },
    { .text = value, .style = style, .flags = MADO_SHEET_BOXED },
  }, 2);
}

static void
add_appeal (MadoSheet *sheet, const MadoPaperDecision *decision)
{
  const char *city = mado_paper_city (decision->city, "name", decision->language);
  g_autofree char *review = mado_paper_say (PAPER_APPEAL_REVIEW, decision->language, city, NULL);
  g_autofree char *court = mado_paper_say (PAPER_APPEAL_COURT, decision->language, city, NULL);

  mado_sheet_add_space (sheet, 16);
  mado_sheet_keep (sheet, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, 0, mado_paper_word (PAPER_APPEAL, decision->language));
  mado_sheet_add_space (sheet, 3);
  mado_sheet_add_text (sheet, MADO_SHEET_LABEL, 0, review);
  mado_sheet_add_space (sheet, 3);
  mado_sheet_add_text (sheet, MADO_SHEET_LABEL, 0, court);
}

static void
add_contact (MadoSheet *sheet, JsonNode *city, const char *language, const char *contact, const char *phone)
{
  const char *number = phone != NULL ? phone : mado_paper_city (city, "phone", language);
  g_autofree char *call = mado_paper_say (PAPER_PHONE, language, number, NULL);
  g_autofree char *who = g_strdup_printf ("%s %s", mado_paper_city (city, "name", language),
                                          contact != NULL ? contact : mado_paper_city (city, "office", language));

  mado_sheet_add_space (sheet, 18);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = mado_paper_word (PAPER_ASK, language), .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_BARRED,
      .width = 110 },
    { .text = who, .note = mado_paper_city (city, "hours", language), .style = MADO_SHEET_BODY },
    { .text = call, .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_RIGHT, .width = 170 },
  }, 3);
}

static gint64
morning_of (const char *date)
{
  g_autofree char *time = g_strdup_printf ("%sT00:00:00+09:00", date);

  return MAX (mado_clock_parse_time (time), 0);
}

static void
add_decision (MadoSheet *sheet, const MadoPaperDecision *decision)
{
  const char *language = decision->language;
  g_autofree char *filed = mado_paper_date (decision->filed_on, language);
  g_autofree char *lead = mado_paper_say (PAPER_DECIDED, language, filed, decision->procedure);

  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, lead);
  mado_sheet_add_space (sheet, 12);
  add_entry (sheet, mado_paper_word (PAPER_DECISION, language),
             mado_paper_word (decision->granted ? PAPER_GRANTED : PAPER_REFUSED, language), MADO_SHEET_STRONG);
  if (decision->message != NULL)
    add_entry (sheet, mado_paper_word (decision->granted ? PAPER_MESSAGE : PAPER_REASON, language), decision->message,
               MADO_SHEET_BODY);
  if (decision->legal_basis != NULL)
    add_entry (sheet, mado_paper_word (PAPER_LEGAL_BASIS, language), decision->legal_basis, MADO_SHEET_BODY);
  if (decision->next_step != NULL)
    add_entry (sheet, mado_paper_word (PAPER_NEXT_STEP, language), decision->next_step, MADO_SHEET_BODY);
  if (!decision->granted)
    add_appeal (sheet, decision);
  add_contact (sheet, decision->city, language, decision->contact, decision->contact_phone);
}

/**
 * mado_paper_decision:
 * @decision: what was decided; a refusal needs its reasons
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_decision (const MadoPaperDecision *decision, GError **error)
{
  if (!mado_paper_require (decision->language, "/language", error)
      || !mado_paper_require (decision->number, "/number", error)
      || !mado_paper_require (decision->procedure, "/procedure", error)
      || !mado_paper_require (decision->recipient, "/recipient", error)
      || !mado_paper_require (decision->decided_on, "/decided_on", error)
      || (!decision->granted && !mado_paper_require (decision->message, "/message", error)))
    return NULL;

  Letter letter = { decision->language, decision->city, decision->number, decision->decided_on, decision->recipient,
                    decision->recipient_address, TRUE };
  g_autofree char *title = mado_paper_say (PAPER_DECISION_TITLE, decision->language, decision->procedure, NULL);
  g_autoptr(MadoSheet) sheet = mado_sheet_new (decision->language, title, morning_of (decision->decided_on));

  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, decision->number);
  add_head (sheet, &letter);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, MADO_SHEET_CENTRED, title);
  mado_sheet_add_space (sheet, 18);
  add_decision (sheet, decision);

  return mado_sheet_finish (sheet, error);
}

static void
add_fields (MadoSheet *sheet, const MadoPaperReturn *asked)
{
  if (asked->n_fields == 0)
    return;
  mado_sheet_add_space (sheet, 10);
  mado_sheet_keep (sheet, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, 0, mado_paper_word (PAPER_ABOUT, asked->language));
  mado_sheet_add_space (sheet, 3);
  for (guint i = 0; i < asked->n_fields; i++)
    mado_sheet_add_row (sheet, (MadoSheetCell[]) {
      { .text = asked->fields[i].label, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RULED | MADO_SHEET_QUIET,
        .width = 150 },
      { .text = asked->fields[i].value, .note = asked->fields[i].note, .style = MADO_SHEET_BODY,
        .flags = MADO_SHEET_RULED },
    }, 2);
}

static gboolean
add_ways_to_answer (MadoSheet *sheet, const MadoPaperReturn *asked, GError **error)
{
  const char *language = asked->language;
  const char *phone = asked->contact_phone != NULL ? asked->contact_phone
                                                   : mado_paper_city (asked->city, "phone", language);
  const char *office = asked->contact != NULL ? asked->contact : mado_paper_city (asked->city, "office", language);
  g_autofree char *kiosk = mado_paper_say (PAPER_ANSWER_KIOSK, language, asked->number, NULL);
  g_autofree char *counter = mado_paper_say (PAPER_ANSWER_COUNTER, language, office, phone);
  double width = asked->url != NULL ? MADO_SHEET_INNER - QR_SIZE - 16 : MADO_SHEET_INNER;

  mado_sheet_add_space (sheet, 16);
  mado_sheet_keep (sheet, 5);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, 0, mado_paper_word (PAPER_HOW_TO_ANSWER, language));
  mado_sheet_add_space (sheet, 4);
  if (asked->url != NULL
      && !mado_sheet_add_qr (sheet, MADO_SHEET_WIDTH - MADO_SHEET_MARGIN - QR_SIZE, QR_SIZE, asked->url, error))
    return FALSE;
  mado_sheet_add_row (sheet, (MadoSheetCell[]) { { .text = kiosk, .style = MADO_SHEET_BODY, .width = width } }, 1);
  mado_sheet_add_space (sheet, 3);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) { { .text = counter, .style = MADO_SHEET_BODY, .width = width } }, 1);
  mado_sheet_add_space (sheet, 3);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = mado_paper_word (PAPER_NO_ANSWER, language), .style = MADO_SHEET_BODY, .width = width } }, 1);

  return TRUE;
}

/**
 * mado_paper_return:
 * @letter: what the city asks back
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_return (const MadoPaperReturn *asked, GError **error)
{
  if (!mado_paper_require (asked->language, "/language", error)
      || !mado_paper_require (asked->number, "/number", error)
      || !mado_paper_require (asked->procedure, "/procedure", error)
      || !mado_paper_require (asked->recipient, "/recipient", error)
      || !mado_paper_require (asked->asked_on, "/asked_on", error)
      || !mado_paper_require (asked->message, "/message", error))
    return NULL;

  const char *title = mado_paper_word (PAPER_RETURN_TITLE, asked->language);
  Letter letter = { asked->language, asked->city, asked->number, asked->asked_on, asked->recipient,
                    asked->recipient_address, FALSE };
  g_autoptr(MadoSheet) sheet = mado_sheet_new (asked->language, title, morning_of (asked->asked_on));
  g_autofree char *lead = mado_paper_say (PAPER_RETURN_LEAD, asked->language, asked->procedure, NULL);
  g_autofree char *due = mado_paper_date (asked->due_date, asked->language);
  g_autofree char *by = mado_paper_say (PAPER_ANSWER_BY, asked->language, due, NULL);

  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, asked->number);
  add_head (sheet, &letter);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, 0, title);
  mado_sheet_add_space (sheet, 6);
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, lead);
  mado_sheet_add_space (sheet, 10);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .above = mado_paper_word (PAPER_QUESTION, asked->language), .text = asked->message, .style = MADO_SHEET_STRONG,
      .flags = MADO_SHEET_TINTED | MADO_SHEET_BARRED } }, 1);
  if (asked->due_date != NULL) {
    mado_sheet_add_space (sheet, 8);
    mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, by);
  }
  add_fields (sheet, asked);
  if (!add_ways_to_answer (sheet, asked, error))
    return NULL;
  add_contact (sheet, asked->city, asked->language, asked->contact, asked->contact_phone);

  return mado_sheet_finish (sheet, error);
}
