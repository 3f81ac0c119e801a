/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-clock.h"
#include "core/mado-yen.h"
#include "model/mado-ledger.h"
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-words.h"

#define LABEL_WIDTH  150.0
#define YEN_WIDTH    96.0
#define COUNT_WIDTH  62.0
#define BAR_HEIGHT   11.0
#define BAR_OFFSET   4.0
#define BARS_WIDTH   (MADO_SHEET_INNER - LABEL_WIDTH - YEN_WIDTH - 16)

/* What the parts of the report are called. */
static const struct {
  const char *id, *ja, *en;
} names[] = {
  { "title", "出納日計表", "Books of the day" },
  { "flow", "請求から入金まで", "From what was owed to the bank" },
  { "ways", "支払方法ごと", "By way of payment" },
  { "accounts", "勘定科目ごと", "By account" },
  { "open", "この日はまだ締められていません。", "This day is not closed yet." },
  { "closed", "締め", "Closed" },
  { "balanced", "借方と貸方が合っています。", "Debits and credits agree." },
  { "unbalanced", "借方と貸方が合っていません。会計課で確かめてください。", "Debits and credits do NOT agree. Find out why." },
  { "all-offices", "全部の課", "All offices" },
  { "way", "方法", "Way" },
  { "taken", "受けた件数", "Taken" },
  { "taken-yen", "受けた額", "Yen taken" },
  { "settled", "入金件数", "Paid out" },
  { "settled-yen", "入金額", "Yen paid out" },
  { "kept", "手数料", "Costs" },
  { "waiting", "未解決", "Open" },
  { "account", "科目", "Account" },
  { "debit", "借方", "Debit" },
  { "credit", "貸方", "Credit" },
  { "owed-before", "前日までの未収", "Owed from before" },
  { "raised", "当日の請求", "Raised that day" },
  { "lessened", "減額・取消", "Lessened or cancelled" },
  { "still-owed", "翌日への未収", "Still owed" },
  { "paid-too-much", "納めすぎ・還付", "Paid too much, given back" },
  { "came-in", "受け取った額", "Came in" },
  { "under-way-before", "前日までの入金待ち", "Under way from before" },
  { "still-under-way", "翌日への入金待ち", "Still under way" },
  { "unexplained", "内容を確認中", "Not explained yet" },
  { "costs", "収納の手数料", "Kept by providers" },
  { "written-off", "差額の処理", "Written off" },
  { "bank", "口座に入った額", "Into the bank" },
  { "counter", "窓口・現金", "Counter, cash" },
  { "qr-wallet", "コード決済", "QR wallet" },
  { "terminal", "カード・電子マネー", "Card and IC terminal" },
  { "slip", "コンビニ収納", "Convenience store" },
  { "bank-transfer", "口座振込", "Bank transfer" },
};

static const char *
say (const char *id, const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].id, id))
      return g_str_has_prefix (language, "ja") ? names[i].ja : names[i].en;
  return id;
}

/* --- the picture ------------------------------------------------------------------------------------------------ */

typedef struct {
  double   from, to;    /* of the width of the bars */
  gboolean total, less;
} Bar;

static void
draw_bar (cairo_t *cr, double x, double y, gconstpointer data)
{
  static const double inks[][3] = { { 0.043, 0.267, 0.408 }, { 0.055, 0.357, 0.231 }, { 0.682, 0.071, 0.071 } };
  const Bar *bar = data;
  const double *ink = inks[bar->total ? 0 : bar->less ? 2 : 1];

  cairo_set_source_rgb (cr, ink[0], ink[1], ink[2]);
  cairo_rectangle (cr, x + bar->from, y + BAR_OFFSET, MAX (bar->to - bar->from, 0.8), BAR_HEIGHT);
  cairo_fill (cr);
}

/* How far the bars reach to either side of 0. */
static void
measure (const MadoDayReport *report, gint64 *least, gint64 *most)
{
  gint64 sum = 0;

  *least = 0;
  *most = 1;
  for (guint i = 0; i < report->steps->len; i++) {
    const MadoDayStep *step = report->steps->pdata[i];

    sum = step->total ? step->yen : sum + step->yen;
    *least = MIN (*least, sum);
    *most = MAX (*most, sum);
  }
}

static void
add_step (MadoSheet *sheet, const MadoDayStep *step, gint64 before, gint64 least, gint64 most, const char *language)
{
  double scale = BARS_WIDTH / (double) (most - least);
  gint64 from = step->total ? 0 : before, to = step->total ? step->yen : before + step->yen;
  Bar *bar = g_new0 (Bar, 1);
  g_autofree char *yen = mado_yen_format (step->yen);
  MadoSheetStyle style = step->total ? MADO_SHEET_STRONG : MADO_SHEET_LABEL;

  bar->from = (double) (MIN (from, to) - least) * scale;
  bar->to = (double) (MAX (from, to) - least) * scale;
  bar->total = step->total;
  bar->less = to < from;
  mado_sheet_add_drawing (sheet, MADO_SHEET_MARGIN + LABEL_WIDTH, 0, draw_bar, bar, g_free);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = say (step->id, language), .style = style, .flags = MADO_SHEET_RULED, .width = LABEL_WIDTH },
    { .text = " ", .style = MADO_SHEET_LABEL, .flags = MADO_SHEET_RULED },
    { .text = yen, .style = style, .flags = MADO_SHEET_RULED | MADO_SHEET_RIGHT, .width = YEN_WIDTH },
  }, 3);
}

static void
add_picture (MadoSheet *sheet, const MadoDayReport *report, const char *language)
{
  gint64 least, most, sum = 0;

  measure (report, &least, &most);
  mado_sheet_keep (sheet, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, say ("flow", language));
  mado_sheet_add_space (sheet, 4);
  for (guint i = 0; i < report->steps->len; i++) {
    const MadoDayStep *step = report->steps->pdata[i];

    add_step (sheet, step, sum, least, most, language);
    sum = step->total ? step->yen : sum + step->yen;
  }
  mado_sheet_add_space (sheet, 14);
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

static void
add_row (MadoSheet *sheet, const char *const *texts, const double *widths, guint n, MadoSheetFlags flags)
{
  MadoSheetCell cells[8] = { 0 };

  for (guint i = 0; i < n; i++)
    cells[i] = (MadoSheetCell) { .text = texts[i], .style = MADO_SHEET_LABEL, .width = widths[i],
                                 .flags = flags | MADO_SHEET_RULED | (i ? MADO_SHEET_RIGHT : 0) };
  mado_sheet_add_row (sheet, cells, n);
}

static void
add_way (MadoSheet *sheet, const MadoDayLine *line, const double *widths, const char *language)
{
  g_autofree char *taken = g_strdup_printf ("%" G_GINT64_FORMAT, line->taken);
  g_autofree char *settled = g_strdup_printf ("%" G_GINT64_FORMAT, line->settled);
  g_autofree char *open = g_strdup_printf ("%" G_GINT64_FORMAT, line->open);
  g_autofree char *taken_yen = mado_yen_format (line->taken_yen), *settled_yen = mado_yen_format (line->settled_yen);
  g_autofree char *costs = mado_yen_format (line->costs);

  add_row (sheet, (const char *const[]) { say (line->provider, language), taken, taken_yen, settled, settled_yen,
                                          costs, open }, widths, 7, 0);
}

static void
add_ways (MadoSheet *sheet, const MadoDayReport *report, const char *language)
{
  static const double widths[] = { 0, COUNT_WIDTH, YEN_WIDTH - 10, COUNT_WIDTH, YEN_WIDTH - 10, 60, 46 };

  if (!report->lines->len)
    return;
  mado_sheet_keep (sheet, 3);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, say ("ways", language));
  mado_sheet_add_space (sheet, 4);
  add_row (sheet, (const char *const[]) { say ("way", language), say ("taken", language), say ("taken-yen", language),
                                          say ("settled", language), say ("settled-yen", language),
                                          say ("kept", language), say ("waiting", language) },
           widths, 7, MADO_SHEET_TINTED);
  for (guint i = 0; i < report->lines->len; i++)
    add_way (sheet, report->lines->pdata[i], widths, language);
  mado_sheet_add_space (sheet, 14);
}

static void
add_accounts (MadoSheet *sheet, const MadoDayReport *report, const char *language)
{
  static const double widths[] = { 0, 110, 110 };

  if (!report->totals->len)
    return;
  mado_sheet_keep (sheet, 3);
  mado_sheet_add_text (sheet, MADO_SHEET_HEADING, 0, say ("accounts", language));
  mado_sheet_add_space (sheet, 4);
  add_row (sheet, (const char *const[]) { say ("account", language), say ("debit", language),
                                          say ("credit", language) }, widths, 3, MADO_SHEET_TINTED);
  for (guint i = 0; i < report->totals->len; i++) {
    const MadoPosting *total = report->totals->pdata[i];
    g_autofree char *debit = mado_yen_format (total->debit), *credit = mado_yen_format (total->credit);

    add_row (sheet, (const char *const[]) { total->account, debit, credit }, widths, 3, 0);
  }
  mado_sheet_add_space (sheet, 14);
}

static void
add_close (MadoSheet *sheet, const MadoDayReport *report, const char *language)
{
  g_autofree char *at = report->closed_at ? mado_paper_time (report->closed_at, language) : NULL;
  g_autofree char *closed = at ? g_strdup_printf ("%s %s　SHA-256 %s", say ("closed", language), at,
                                                  report->digest ? report->digest : "") : NULL;

  mado_sheet_add_text (sheet, MADO_SHEET_STRONG, MADO_SHEET_BOXED,
                       say (report->balanced ? "balanced" : "unbalanced", language));
  mado_sheet_add_space (sheet, 4);
  mado_sheet_add_text (sheet, MADO_SHEET_SMALL, MADO_SHEET_QUIET, closed ? closed : say ("open", language));
}

GBytes *
mado_paper_day (const MadoDayReport *report, JsonNode *city, const char *language, GError **error)
{
  g_autoptr(MadoSheet) sheet = NULL;
  g_autofree char *day = mado_paper_date (report->day, language);
  g_autofree char *midnight = g_strconcat (report->day, "T00:00:00+09:00", NULL);
  g_autofree char *footer = NULL;

  if (!mado_paper_require (language, "/language", error) || !mado_paper_require (report->day, "/day", error))
    return NULL;
  sheet = mado_sheet_new (language, say ("title", language), mado_clock_parse_time (midnight));
  footer = g_strdup_printf ("%s　%s　%s", mado_paper_city (city, "name", language), say ("title", language), day);
  mado_sheet_set_footer (sheet, MADO_SHEET_SMALL, footer);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = mado_paper_city (city, "name", language), .style = MADO_SHEET_STRONG },
    { .text = report->office ? report->office : say ("all-offices", language), .style = MADO_SHEET_LABEL,
      .flags = MADO_SHEET_RIGHT | MADO_SHEET_QUIET, .width = 200 },
  }, 2);
  mado_sheet_add_text (sheet, MADO_SHEET_TITLE, 0, say ("title", language));
  mado_sheet_add_text (sheet, MADO_SHEET_BODY, 0, day);
  mado_sheet_add_space (sheet, 6);
  add_close (sheet, report, language);
  mado_sheet_add_space (sheet, 8);
  add_picture (sheet, report, language);
  add_ways (sheet, report, language);
  add_accounts (sheet, report, language);
  return mado_sheet_finish (sheet, error);
}
