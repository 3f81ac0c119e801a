/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-floor.h"
#include "paper/mado-paper-words.h"

#include "core/mado-clock.h"
#include "core/mado-json.h"

#define BOX   "□"
#define NARROW 24.0

#define SAY(word) mado_paper_word (word, guide->language)

static void
add_head (MadoSheet *sheet, const MadoPaperGuide *guide)
{
  g_autofree char *iso = mado_clock_format_date (guide->made_at);
  g_autofree char *day = mado_paper_date (iso, guide->language);
  g_autofree char *lead = mado_paper_say (PAPER_GUIDE_LEAD, guide->language, guide->title, NULL);
  g_autofree char *number = guide->number != NULL
                            ? mado_paper_say (PAPER_LETTER_NUMBER, guide->language, guide->number, NULL) : NULL;

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = mado_paper_city (guide->city, "name", guide->language), .style = MADO_SHEET_STRONG },
    { .text = day, .note = number, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RIGHT | MADO_SHEET_QUIET,
      .width = 260 },
  }, 2);
  mado_sheet_add_space (sheet, 6);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, 0, SAY (PAPER_GUIDE_TITLE));
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, lead);
  mado_sheet_add_space (sheet, 10);
}

/* --- where to go ---------------------------------------------------------------------------------------------- */

static char *
describe_place (const MadoPaperGuide *guide, const char *office)
{
  MadoPaperPlace place = mado_paper_find_place (guide->city, office);
  const char *address = mado_paper_office (guide->city, office, "address", guide->language);
  JsonNode *floor = place.floor != NULL ? json_object_get_member (place.floor, "name") : NULL;

  if (floor == NULL)
    return g_strdup (address);
  return mado_paper_say (PAPER_COUNTER, guide->language, mado_json_text (floor, guide->language),
                         json_object_get_string_member_with_default (place.counter, "number", ""));
}

static char *
describe_hours (const MadoPaperGuide *guide, const char *office)
{
  const char *hours = mado_paper_office (guide->city, office, "hours", guide->language);
  const char *phone = mado_paper_office (guide->city, office, "phone", guide->language);
  g_autofree char *open = NULL, *call = NULL;

  if (hours == NULL && phone == NULL)
    return g_strdup (SAY (PAPER_ASK_HOURS));
  open = hours != NULL ? mado_paper_say (PAPER_HOURS, guide->language, hours, NULL) : NULL;
  call = phone != NULL ? mado_paper_say (PAPER_PHONE, guide->language, phone, NULL) : NULL;
  return g_strjoin ("　", open != NULL ? open : call, open != NULL ? call : NULL, NULL);
}

static void
add_errand (MadoSheet *sheet, const MadoPaperGuide *guide, const MadoPaperErrand *errand)
{
  g_autofree char *things = errand->bring != NULL && errand->bring[0] != NULL
                            ? g_strjoinv ("\n" BOX " ", (char **) errand->bring) : NULL;
  g_autofree char *bring = things != NULL ? g_strconcat (BOX " ", things, NULL) : NULL;
  g_autofree char *note = g_strjoin ("\n", errand->deadline != NULL ? errand->deadline : errand->how,
                                     errand->deadline != NULL ? errand->how : NULL, NULL);

  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = BOX, .style = MADO_SHEET_HEADING, .flags = MADO_SHEET_RULED, .width = NARROW },
    { .text = errand->title, .note = note, .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_RULED },
    { .text = bring, .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RULED, .width = 220 },
  }, 3);
}

static void
add_stop (MadoSheet *sheet, const MadoPaperGuide *guide, const MadoPaperStop *stop)
{
  const char *name = mado_paper_office (guide->city, stop->office, "name", guide->language);
  g_autofree char *place = describe_place (guide, stop->office);
  g_autofree char *hours = describe_hours (guide, stop->office);

  mado_sheet_keep (sheet, 2);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = name != NULL ? name : SAY (PAPER_ASK_WHERE), .note = hours, .style = MADO_SHEET_HEADING,
      .flags = MADO_SHEET_BARRED | MADO_SHEET_TINTED },
    { .text = place, .style = MADO_SHEET_STRONG, .flags = MADO_SHEET_TINTED | MADO_SHEET_RIGHT, .width = 190 },
  }, 2);
  mado_sheet_keep (sheet, 1);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = SAY (PAPER_WHAT_TO_DO), .style = MADO_SHEET_SMALL, .flags = MADO_SHEET_QUIET },
    { .text = SAY (PAPER_BRING), .style = MADO_SHEET_SMALL, .flags = MADO_SHEET_QUIET, .width = 220 },
  }, 2);
  for (guint i = 0; i < stop->n_errands; i++)
    add_errand (sheet, guide, &stop->errands[i]);
  mado_sheet_add_space (sheet, 12);
}

/* --- how to get there ----------------------------------------------------------------------------------------- */

static void
add_floors (MadoSheet *sheet, const MadoPaperGuide *guide)
{
  g_autoptr(GPtrArray) offices = g_ptr_array_new (), floors = NULL;
  JsonNode *sample = guide->city != NULL ? mado_json_get (guide->city, "/building/sample") : NULL;
  gboolean leads_up;

  for (guint i = 0; i < guide->n_stops; i++)
    g_ptr_array_add (offices, (gpointer) guide->stops[i].office);
  g_ptr_array_add (offices, NULL);
  floors = mado_paper_list_floors (guide->city, (const char *const *) offices->pdata);
  if (floors->len == 0)
    return;
  mado_sheet_keep (sheet, 5);   /* to the end of the first plan */
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, SAY (PAPER_THE_WAY));
  if (sample != NULL)
    mado_sheet_add_text (sheet, MADO_SHEET_SMALL, MADO_SHEET_QUIET, mado_json_text (sample, guide->language));
  mado_sheet_add_space (sheet, 4);
  for (guint i = 0; i < floors->len; i++) {
    JsonObject *floor = g_ptr_array_index (floors, i);

    leads_up = json_object_has_member (floor, "kiosk") && floors->len > 1;
    mado_paper_add_floor (sheet, guide->city, floor, guide->language, (const char *const *) offices->pdata, leads_up);
  }
}

/**
 * mado_paper_guide:
 * @guide: what is done elsewhere
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_guide (const MadoPaperGuide *guide, GError **error)
{
  if (!mado_paper_require (guide->language, "/language", error) || !mado_paper_require (guide->title, "/title", error))
    return NULL;

  g_autoptr(MadoSheet) sheet = mado_sheet_new (guide->language, SAY (PAPER_GUIDE_TITLE), guide->made_at);
  g_autofree char *footer = g_strdup_printf ("%s　%s", mado_paper_city (guide->city, "name", guide->language),
                                             SAY (PAPER_GUIDE_TITLE));

  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, footer);
  add_head (sheet, guide);
  for (guint i = 0; i < guide->n_stops; i++)
    add_stop (sheet, guide, &guide->stops[i]);
  add_floors (sheet, guide);

  return mado_sheet_finish (sheet, error);
}
