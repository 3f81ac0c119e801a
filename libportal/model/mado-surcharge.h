/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-mapping.h"

G_BEGIN_DECLS

/**
 * mado_surcharge_reckon:
 * @treasury: with the rates in force
 * @owed: yen that are overdue
 * @due_date: by when they were to be paid
 * @on: the day they are paid
 * @yen: (out): 0 where none is due
 *
 * The surcharge (延滞金) of local taxes, by 地方税法 and the rates in the city's books, which name their sources.
 *
 * Returns: %FALSE with CONFLICT where the books have no rate for one of the days: none is guessed
 */
MADO_EXPORT gboolean mado_surcharge_reckon (const MadoTreasury *treasury, gint64 owed, const char *due_date,
                                            const char *on, gint64 *yen, GError **error);

#define MADO_INSTALMENTS_MAX 24

typedef struct {
  gint64 yen;
  char   due[11];
} MadoInstalment;

/**
 * mado_instalments_plan: (skip)
 * @first_due: "YYYY-MM-DD"; the others a month apart
 *
 * In whole thousands; what does not divide is in the first (地方税法20条の4の2 6項).
 *
 * Returns: (transfer full) (element-type MadoInstalment): they make @owed
 */
MADO_EXPORT GArray  *mado_instalments_plan (gint64 owed, guint n, const char *first_due, GError **error);

G_END_DECLS
