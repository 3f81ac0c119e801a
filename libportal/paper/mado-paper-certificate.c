/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-sheet.h"
#include "paper/mado-paper-seal.h"
#include "paper/mado-paper-words.h"

#include <math.h>
#include "core/mado-clock.h"

/* 住民基本台帳法第12条, 住民基本台帳事務処理要領 第2-4: what a copy of the residence record shows, and its words. */

#define LANGUAGE     "ja"
#define LABEL_WIDTH  88.0
#define HALF_WIDTH   ((MADO_SHEET_INNER - 2 * LABEL_WIDTH) / 2)
#define OMITTED      "（省略）"
#define PERSON_ROWS  7
#define WORDS_ROWS   7

#define LABEL(t) { .text = t, .style = MADO_SHEET_FORMAL_SMALL, .width = LABEL_WIDTH, \
                   .flags = MADO_SHEET_BOXED | MADO_SHEET_MIDDLE }
#define VALUE(t, w) { .text = t, .style = MADO_SHEET_FORMAL, .width = w, \
                      .flags = MADO_SHEET_BOXED | MADO_SHEET_MIDDLE }

/* Fine waves that a copier breaks up, and a rosette (地紋). */
static void
draw_ground (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.8, 0.895, 0.875);
  cairo_set_line_width (cr, 0.35);
  for (int line = 0; line < 52; line++) {
    double at = 18 + line * 15.8, half = 30, phase = (line % 8) * 7.5 - 60;
    cairo_move_to (cr, phase, at);
    for (double left = phase; left < MADO_SHEET_WIDTH; left += 2 * half) {
      cairo_rel_curve_to (cr, half * 0.36, -12, half * 0.64, -12, half, 0);
      cairo_rel_curve_to (cr, half * 0.36, 12, half * 0.64, 12, half, 0);
    }
  }
  cairo_stroke (cr);
  for (int ring = 0; ring < 3; ring++) {
    double radius = 118 - 30 * ring;
    for (int i = 0; i <= 220; i++) {
      double turn = i * 2 * G_PI / 220, wave = radius + 13 * cos (12 * turn + ring);
      cairo_line_to (cr, MADO_SHEET_WIDTH / 2 + wave * cos (turn), MADO_SHEET_HEIGHT / 2 + wave * sin (turn));
    }
    cairo_close_path (cr);
  }
  cairo_stroke (cr);
}

static void
add_wide (MadoSheet *sheet, const char *label, const char *value)
{
  mado_sheet_add_row (sheet, (MadoSheetCell[]) { LABEL (label), VALUE (value, 0) }, 2);
}

static void
add_pair (MadoSheet *sheet, const char *label, const char *value, const char *other_label, const char *other)
{
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    LABEL (label), VALUE (value, HALF_WIDTH), LABEL (other_label), VALUE (other, HALF_WIDTH) }, 4);
}

static const char *
or_blank (const char *text)
{
  return text != NULL && *text != '\0' ? text : "";
}

static void
add_origin (MadoSheet *sheet, const MadoPaperCertificate *certificate, const MadoPaperPerson *person)
{
  g_autofree char *expires = mado_paper_date (person->residence_expires, LANGUAGE);

  if (person->nationality != NULL) {
    add_pair (sheet, "国籍・地域", person->nationality, "在留資格", or_blank (person->residence_status));
    add_wide (sheet, "在留期間の満了の日", expires);
  } else if (certificate->with_domicile)
    add_pair (sheet, "本籍", or_blank (person->registered_domicile), "筆頭者", or_blank (person->domicile_head));
  else
    add_pair (sheet, "本籍", OMITTED, "筆頭者", OMITTED);
}

static void
add_person (MadoSheet *sheet, const MadoPaperCertificate *certificate, guint i)
{
  const MadoPaperPerson *person = &certificate->people[i];
  gboolean last = i + 1 == certificate->n_people;
  g_autofree char *born = mado_paper_date (person->date_of_birth, LANGUAGE);
  g_autofree char *resident = mado_paper_date (person->resident_since, LANGUAGE);
  g_autofree char *address = mado_paper_date (person->address_since, LANGUAGE);
  g_autofree char *reported = mado_paper_date (person->reported_on, LANGUAGE);

  mado_sheet_keep (sheet, last ? PERSON_ROWS + WORDS_ROWS : PERSON_ROWS);   /* no sheet of mere words */
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    LABEL ("氏名"),
    { .text = person->full_name, .above = or_blank (person->kana), .style = MADO_SHEET_FORMAL_LARGE,
      .flags = MADO_SHEET_BOXED | MADO_SHEET_MIDDLE, .width = HALF_WIDTH },
    LABEL ("生年月日"), VALUE (born, HALF_WIDTH) }, 4);
  add_pair (sheet, "性別", or_blank (person->sex), "続柄",
            certificate->with_relationship ? or_blank (person->relationship) : OMITTED);
  add_pair (sheet, "住民となった年月日", resident, "住所を定めた年月日", address);
  add_pair (sheet, "届出年月日", reported, "従前の住所", or_blank (person->previous_address));
  add_origin (sheet, certificate, person);
  add_pair (sheet, "個人番号", OMITTED, "住民票コード", OMITTED);
  mado_sheet_add_space (sheet, 10);
}

static char *
issuer_of (JsonNode *city)
{
  const char *person = mado_paper_city (city, "mayorName", LANGUAGE);

  return g_strdup_printf ("%s%s%s%s", mado_paper_city (city, "prefecture", LANGUAGE),
                          mado_paper_city (city, "mayor", LANGUAGE), *person != '\0' ? "　" : "", person);
}

static void
add_words (MadoSheet *sheet, const MadoPaperCertificate *certificate)
{
  g_autofree char *date = mado_paper_date (certificate->issued_on, LANGUAGE);
  g_autofree char *issuer = issuer_of (certificate->city);
  const char *seal = mado_paper_city (certificate->city, "seal", LANGUAGE);

  mado_sheet_add_space (sheet, 14);
  mado_sheet_add_text (sheet, MADO_SHEET_FORMAL_LARGE, 0,
                       certificate->whole_household
                       ? "　この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
                       : "　この写しは、住民票の原本と相違ないことを証明する。");
  mado_sheet_add_space (sheet, 14);
  mado_sheet_add_text (sheet, MADO_SHEET_FORMAL_LARGE, 0, date);
  mado_sheet_add_space (sheet, 16);
  if (*seal != '\0')
    mado_paper_add_seal (sheet, MADO_SHEET_WIDTH - MADO_SHEET_MARGIN - MADO_PAPER_SEAL_SIZE - 20, -18, seal);
  mado_sheet_add_row (sheet, (MadoSheetCell[]) {
    { .text = issuer, .style = MADO_SHEET_FORMAL_LARGE, .flags = MADO_SHEET_RIGHT,
      .width = MADO_SHEET_INNER - MADO_PAPER_SEAL_SIZE - 34 } }, 1);
  mado_sheet_add_space (sheet, 30);
}

static gboolean
is_complete (const MadoPaperCertificate *certificate, GError **error)
{
  if (!mado_paper_require (certificate->number, "/number", error)
      || !mado_paper_require (certificate->issued_on, "/issued_on", error)
      || !mado_paper_require (certificate->address, "/address", error))
    return FALSE;
  if (certificate->n_people == 0)
    return mado_paper_require (NULL, "/people", error);
  for (guint i = 0; i < certificate->n_people; i++) {
    g_autofree char *name = g_strdup_printf ("/people/%u/full_name", i);
    g_autofree char *born = g_strdup_printf ("/people/%u/date_of_birth", i);
    if (!mado_paper_require (certificate->people[i].full_name, name, error)
        || !mado_paper_require (certificate->people[i].date_of_birth, born, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * mado_paper_certificate:
 * @certificate: what the register says
 *
 * Returns: (transfer full): 住民票の写し as PDF, in Japanese
 */
GBytes *
mado_paper_certificate (const MadoPaperCertificate *certificate, GError **error)
{
  if (!is_complete (certificate, error))
    return NULL;

  g_autofree char *time = g_strdup_printf ("%sT00:00:00+09:00", certificate->issued_on);
  g_autofree char *footer = g_strdup_printf ("発行番号 %s", certificate->number);
  g_autoptr(MadoSheet) sheet = mado_sheet_new (LANGUAGE, "住民票の写し", MAX (mado_clock_parse_time (time), 0));
  const char *householder = or_blank (certificate->householder);

  mado_sheet_set_footer (sheet, MADO_SHEET_FORMAL_SMALL, footer);
  mado_sheet_set_ground (sheet, draw_ground);
  mado_sheet_set_copies (sheet, MAX (certificate->copies, 1));
  mado_sheet_add_text (sheet, MADO_SHEET_FORMAL_TITLE, MADO_SHEET_CENTRED, "住　民　票");
  mado_sheet_add_text (sheet, MADO_SHEET_FORMAL, MADO_SHEET_CENTRED,
                       certificate->whole_household ? "（世帯全員）" : "（世帯の一部）");
  mado_sheet_add_space (sheet, 12);
  add_wide (sheet, "住所", certificate->address);
  add_wide (sheet, "世帯主", certificate->with_relationship ? householder : OMITTED);
  mado_sheet_add_space (sheet, 10);
  for (guint i = 0; i < certificate->n_people; i++)
    add_person (sheet, certificate, i);
  add_words (sheet, certificate);

  return mado_sheet_finish (sheet, error);
}
