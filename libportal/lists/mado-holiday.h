/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include "../core/mado-export.h"

G_BEGIN_DECLS

/* National holidays (国民の祝日に関する法律), as far ahead as the Cabinet Office has published them. */

/* @day: a day number, as mado_date_parse() gives */
MADO_EXPORT gboolean mado_day_is_holiday  (int day);
/* The last day of the last year that is known. */
MADO_EXPORT int      mado_holidays_get_end (void);

G_END_DECLS
