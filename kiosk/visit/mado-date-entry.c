/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-date-entry.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define YEARS_AHEAD 10

void
mado_date_entry_init (MadoDateEntry *self, const MadoEra *era)
{
  *self = (MadoDateEntry) { .era = era };
}

static int
number (const MadoDateEntry *self, MadoDatePart part)
{
  return atoi (self->digits[part]);
}

static void
write_number (MadoDateEntry *self, MadoDatePart part, int value)
{
  g_snprintf (self->digits[part], sizeof self->digits[part], "%d", CLAMP (value, 0, 9999));
}

void
mado_date_entry_set_date (MadoDateEntry *self, int days)
{
  int year, month, day;

  mado_date_to_ymd (days, &year, &month, &day);
  if (self->era != NULL)
    self->era = mado_era_of (days, &year);
  write_number (self, MADO_DATE_YEAR, year);
  write_number (self, MADO_DATE_MONTH, month);
  write_number (self, MADO_DATE_DAY, day);
  self->part = MADO_DATE_DAY;
}

void
mado_date_entry_set_era (MadoDateEntry *self, const MadoEra *era)
{
  int days = mado_date_entry_read (self, NULL);
  gboolean between = (self->era == NULL) != (era == NULL);
  int year;

  self->era = era;
  if (days != MADO_DATE_NONE && between && (era == NULL || mado_era_of (days, &year) != NULL))
    mado_date_entry_set_date (self, days);
  else if (between) {
    memset (self->digits[MADO_DATE_YEAR], 0, sizeof self->digits[MADO_DATE_YEAR]);
    self->part = MADO_DATE_YEAR;
  }
}

static gsize
room (const MadoDateEntry *self, MadoDatePart part)
{
  return part == MADO_DATE_YEAR && self->era == NULL ? 4 : 2;
}

/* Of the present era, the years that anybody could mean: 令和8 is whole as soon as the 8 is there. */
static int
most_years (const MadoDateEntry *self)
{
  int year, month, day;

  if (self->era == NULL)
    return 9999;
  mado_date_to_ymd (MIN (self->era->last, mado_date_today () + YEARS_AHEAD * 365), &year, &month, &day);
  return year - self->era->base;
}

static int
most (const MadoDateEntry *self, MadoDatePart part)
{
  const int limits[] = { most_years (self), 12, 31 };

  return limits[part];
}

/* Another digit would not fit, or would be more than there can be. */
static gboolean
is_full (const MadoDateEntry *self, MadoDatePart part)
{
  return strlen (self->digits[part]) >= room (self, part) || number (self, part) * 10 > most (self, part);
}

gboolean
mado_date_entry_type (MadoDateEntry *self, char digit)
{
  char *digits = self->digits[self->part];
  gsize length = strlen (digits);

  if (!g_ascii_isdigit (digit) || length >= room (self, self->part))
    return FALSE;
  digits[length] = digit;
  digits[length + 1] = '\0';
  if (self->part < MADO_DATE_DAY && is_full (self, self->part))
    self->part++;
  return TRUE;
}

gboolean
mado_date_entry_first (MadoDateEntry *self)
{
  if (self->era == NULL)
    return FALSE;
  write_number (self, MADO_DATE_YEAR, 1);
  self->part = MADO_DATE_MONTH;
  return TRUE;
}

gboolean
mado_date_entry_erase (MadoDateEntry *self)
{
  gsize length;

  if (*self->digits[self->part] == '\0' && self->part > MADO_DATE_YEAR)
    self->part--;
  length = strlen (self->digits[self->part]);
  if (length == 0)
    return FALSE;
  self->digits[self->part][length - 1] = '\0';
  return TRUE;
}

void
mado_date_entry_clear (MadoDateEntry *self)
{
  memset (self->digits, 0, sizeof self->digits);
  self->part = MADO_DATE_YEAR;
}

gboolean
mado_date_entry_is_empty (const MadoDateEntry *self)
{
  for (guint i = 0; i < MADO_DATE_N_PARTS; i++)
    if (*self->digits[i] != '\0')
      return FALSE;
  return TRUE;
}

static gboolean
is_whole (const MadoDateEntry *self, GError **error)
{
  const char *const missing[] = { N_("The year is missing"), N_("The month is missing"), N_("The day is missing") };

  for (guint i = 0; i < MADO_DATE_N_PARTS; i++)
    if (*self->digits[i] == '\0') {
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INVALID, _(missing[i]));
      return FALSE;
    }
  return TRUE;
}

int
mado_date_entry_read (const MadoDateEntry *self, GError **error)
{
  int year = number (self, MADO_DATE_YEAR), month = number (self, MADO_DATE_MONTH), day = number (self, MADO_DATE_DAY);

  if (!is_whole (self, error))
    return MADO_DATE_NONE;
  if (self->era != NULL)
    return mado_era_to_date (self->era, year, month, day, error);
  return mado_era_western_to_date (year, month, day, error);
}
