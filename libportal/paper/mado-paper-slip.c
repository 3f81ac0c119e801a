/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-words.h"

#include <string.h>

#include "core/mado-yen.h"
#include "wire/mado-code128.h"
#include "wire/mado-slip.h"

#define MODULE      0.6      /* 0.21 mm: a slip's bar code is at most 60 mm wide with it */
#define BAR_HEIGHT  45.0     /* 16 mm */

#define SAY(word) mado_paper_word (word, slip->language)

static void
draw_bars (cairo_t *cr, double x, double y, gconstpointer data)
{
  x += MADO_CODE128_QUIET * MODULE;
  for (const char *width = data; *width; width++) {
    double wide = (*width - '0') * MODULE;

    if ((width - (const char *) data) % 2 == 0)
      cairo_rectangle (cr, x, y, wide, BAR_HEIGHT);
    x += wide;
  }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
}

/* As the shops' rules group them: (91)company-reference and reissue, due day-stamp-yen-check. */
static char *
group (const char *code)
{
  return g_strdup_printf ("(%.2s)%.6s-%.22s\n%.6s-%.1s-%.6s-%.1s", code, code + 2, code + 8, code + 30, code + 36,
                          code + 37, code + 43);
}

static gboolean
add_code (MadoSheet *sheet, const MadoPaperSlip *slip, GError **error)
{
  char *bars = mado_code128_gs1 (slip->code, error);
  g_autofree char *grouped = NULL;

  if (bars == NULL)
    return FALSE;
  grouped = group (slip->code);
  mado_sheet_add_drawing (sheet, MADO_SHEET_MARGIN, 0, draw_bars, bars, g_free);
  mado_sheet_add_space (sheet, BAR_HEIGHT + 4);
  mado_sheet_add_text (sheet, MADO_SHEET_SMALL, 0, grouped);
  return TRUE;
}

static void
add_facts (MadoSheet *sheet, const MadoPaperSlip *slip)
{
  g_autofree char *who = g_strdup_printf ("%s %s", mado_paper_city (slip->city, "name", slip->language),
                                          mado_paper_city (slip->city, "office", slip->language));
  g_autofree char *day = slip->due_date != NULL ? mado_paper_date (slip->due_date, slip->language) : NULL;

  mado_sheet_add_fact (sheet, SAY (PAPER_CHARGE_NUMBER), slip->charge);
  mado_sheet_add_fact (sheet, SAY (PAPER_SLIP_UNTIL), day != NULL ? day : SAY (PAPER_SLIP_NO_DAY));
  mado_sheet_add_fact (sheet, SAY (PAPER_ISSUER), who);
}

/**
 * mado_paper_slip:
 * @slip: what may be paid at a convenience store
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
mado_paper_slip (const MadoPaperSlip *slip, GError **error)
{
  g_autofree char *yen = mado_yen_format (slip->amount);

  if (!mado_paper_require (slip->language, "/language", error) || !mado_paper_require (slip->code, "/code", error)
      || !mado_paper_require (slip->words, "/words", error))
    return NULL;

  g_autoptr(MadoSheet) sheet = mado_sheet_new (slip->language, SAY (PAPER_SLIP_TITLE), slip->issued_at);

  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, 0, mado_paper_city (slip->city, "name", slip->language));
  mado_sheet_add_space (sheet, 12);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, MADO_SHEET_CENTRED, SAY (PAPER_SLIP_TITLE));
  mado_sheet_add_space (sheet, 12);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = yen, .style = MADO_SHEET_NUMBER, .flags = MADO_SHEET_TINTED | MADO_SHEET_BARRED | MADO_SHEET_CENTRED },
  }, 1);
  mado_sheet_add_space (sheet, 6);
  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_CENTRED, slip->words);
  mado_sheet_add_space (sheet, 14);
  add_facts (sheet, slip);
  mado_sheet_add_space (sheet, 20);
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, SAY (PAPER_SLIP_HOW));
  mado_sheet_add_space (sheet, 10);
  if (!add_code (sheet, slip, error))
    return NULL;
  mado_sheet_add_space (sheet, 14);
  mado_sheet_add_text (sheet, MADO_SHEET_SMALL, MADO_SHEET_QUIET, SAY (PAPER_SLIP_ONCE));
  return mado_sheet_finish (sheet, error);
}
