/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "mado-export.h"

G_BEGIN_DECLS

/*
 * Calendar dates, "YYYY-MM-DD" of the years 1 to 9999 (proleptic Gregorian). In C a date is its day number, days
 * since 1970-01-01, so that dates compare and subtract as numbers do.
 */
#define MADO_DATE_NONE G_MININT

MADO_EXPORT gboolean mado_date_is_valid   (const char *iso);                       /* NULL is not */
MADO_EXPORT int      mado_date_parse      (const char *iso);                       /* or MADO_DATE_NONE */
MADO_EXPORT int      mado_date_from_ymd   (int year, int month, int day);          /* or MADO_DATE_NONE */
MADO_EXPORT void     mado_date_to_ymd     (int days, int *year, int *month, int *day);
MADO_EXPORT char    *mado_date_format     (int days);                              /* "2026-11-20" */
MADO_EXPORT void     mado_date_fill       (int days, char out[11]);
MADO_EXPORT int      mado_date_today      (void);                                  /* in Japan */

MADO_EXPORT int      mado_date_add_months (int days, int months);                  /* the 31st becomes the 30th */
MADO_EXPORT guint    mado_date_weekday    (int days);                              /* 1 Monday … 7 Sunday */
/* Full years lived on that day, by the birthday; -1 before birth. Born on 29 February: 1 March in common years. */
MADO_EXPORT int      mado_date_age        (int born, int on);
/*
 * The age by law (年齢計算ニ関する法律, 1902-12-22): a year is full at the end of the day before the birthday, which is
 * why a child born on 1 April goes to school with those born in the March before.
 */
MADO_EXPORT int      mado_date_legal_age  (int born, int on);
MADO_EXPORT int      mado_date_fiscal_year (int days);                             /* April to March: 2026 */
/* The fiscal year in which a child enters the first year of primary school (学校教育法 17条). */
MADO_EXPORT int      mado_date_school_entry (int born);
/* Grade in that fiscal year: 1–6 primary, 7–9 junior high; <1 not yet, >9 no longer. */
MADO_EXPORT int      mado_date_school_grade (int born, int on);

G_END_DECLS
