/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/mado-era.h"

/*
 * A date as it is being typed, digit by digit, by era or by western year. It goes on to the next part by itself when
 * no other digit could follow, so that 6 2 4 9 is enough for 昭和62年4月9日.
 */
typedef enum { MADO_DATE_YEAR, MADO_DATE_MONTH, MADO_DATE_DAY, MADO_DATE_N_PARTS } MadoDatePart;

typedef struct {
  const MadoEra *era;                          /* NULL: western */
  char           digits[MADO_DATE_N_PARTS][5];
  MadoDatePart   part;                         /* where the next digit goes */
} MadoDateEntry;

void     mado_date_entry_init     (MadoDateEntry *self, const MadoEra *era);
void     mado_date_entry_set_date (MadoDateEntry *self, int days);
/* Between the systems the day is kept if it is whole, else the month and the day. */
void     mado_date_entry_set_era  (MadoDateEntry *self, const MadoEra *era);

/* Each: FALSE if the key does nothing here. */
gboolean mado_date_entry_type     (MadoDateEntry *self, char digit);
gboolean mado_date_entry_first    (MadoDateEntry *self);   /* 元年 */
gboolean mado_date_entry_erase    (MadoDateEntry *self);   /* and goes back into the part before an empty one */
void     mado_date_entry_clear    (MadoDateEntry *self);

gboolean mado_date_entry_is_empty (const MadoDateEntry *self);
/* The day, or MADO_DATE_NONE with what is missing or wrong. */
int      mado_date_entry_read     (const MadoDateEntry *self, GError **error);
