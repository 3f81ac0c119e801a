/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-date.h"
#include "mado-error.h"

G_BEGIN_DECLS

/*
 * Japanese eras, from ICU's calendar, so that a new era comes with an update of ICU. Before 1873-01-01 Japan counted
 * lunar months, of which no day of ours can be told: such dates are refused. The future is the caller's matter.
 */
#define MADO_ERA_FIRST_DATE "1873-01-01"

/**
 * MadoEra:
 * @name: "令和"
 * @latin: "Reiwa"
 * @letter: 'R'
 * @first: its first day (of Meiji: 1873-01-01)
 * @last: its last day (of the present one: 9999-12-31)
 * @base: Gregorian year minus year of the era
 */
typedef struct {
  char name[16];
  char latin[16];
  char letter;
  int  first;
  int  last;
  int  base;
} MadoEra;

typedef enum {
  MADO_ERA_KANJI,    /* 令和8年11月20日, 令和元年5月1日 */
  MADO_ERA_BOTH,     /* 令和8年（2026年）11月20日 */
  MADO_ERA_LETTER,   /* R8.11.20 */
  MADO_ERA_ENGLISH,  /* November 20, 2026 (Reiwa 8) */
} MadoEraStyle;

/* The latest first. */
MADO_EXPORT const MadoEra *mado_era_list    (guint *n);
/* (nullable): NULL before 1873. */
MADO_EXPORT const MadoEra *mado_era_of      (int days, int *year);
/* Before 1873 the Gregorian date alone. */
MADO_EXPORT char          *mado_era_format  (int days, MadoEraStyle style);

/*
 * Refuses with MADO_ERROR_INVALID, in words that name the remedy; violation codes "date" (not understood),
 * "no-such-day", "era" (the day belongs to another era, which is named), "before-1873". MADO_DATE_NONE on error.
 */
MADO_EXPORT int            mado_era_to_date (const MadoEra *era, int year, int month, int day, GError **error);
MADO_EXPORT int            mado_era_western_to_date (int year, int month, int day, GError **error);
/*
 * What people type, in either system, any width: 令和8年11月20日, 令和元年五月一日, 昭62.4.9, R8/11/20, R081120, ㍼62-4-9,
 * 2026年11月20日, 2026-11-20, 20261120, Showa 62 4 9, November 20, 2026.
 */
MADO_EXPORT int            mado_era_parse   (const char *typed, GError **error);

G_END_DECLS
